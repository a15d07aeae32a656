"""Repair on any text: the alignment holds, readable text stays as it is, later text changes nothing."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.text.quotation import find_quotes
from onrecord.text.readable import Edit, apply, compose
from onrecord.text.repair import repair
from tests.properties.damage import texts

PIECES = st.sampled_from(
    [
        "the", "war", "withUkraine", "said", "peace.The", " ", "  ", "\n", "\n\n", "\u00a0", "\u200b",
        "\r\n", "“", "”", "‘", "’", '"', "'", "``", "''", "Â ", "â€™", "â€œ", "Ã©", "&amp;", "<b>", "</p>",
        "-", "- ", "é", "cease-\nfire", ",", ".", ":", "A", "a", "U.S.", "in2015", "-\n", "\u00ad", "ﬁ",
        "talks", "\x00", "\x93", "🙂", "\u2028", "(", ")",
    ]
)  # fmt: skip
DIRTY = st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=40).map("".join)
BOUNDED = settings(max_examples=250, deadline=None, derandomize=True, database=None)


def edits(text: str, seed: list[tuple[int, int, str]]) -> list[Edit]:
    """Edits in order that do not overlap, from arbitrary numbers."""
    result: list[Edit] = []
    at = 0
    for skip, length, insertion in seed:
        start = at + skip
        end = start + length
        if end > len(text):
            break
        if length or insertion:
            result.append(Edit(start, end, insertion))
            at = end + 1
    return result


SEEDS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.text("xyz", max_size=2)), max_size=8)


@BOUNDED
@given(st.text("abcdef", max_size=30), SEEDS, SEEDS)
def test_composed_edits_do_what_the_two_lists_do(text: str, one: list, two: list) -> None:
    first = edits(text, one)
    between = apply(text, first)
    second = edits(between, two)
    both = compose(first, second, between)
    assert apply(text, both) == apply(between, second)
    assert all(a.end <= b.start for a, b in pairwise(both))


@BOUNDED
@given(DIRTY)
def test_readable_offsets_lead_back(text: str) -> None:
    readable = repair(text)
    shift = 0
    at = 0
    for edit in [*readable.edits, None]:
        # What no edit touches stands in the text as received, character for character.
        end = edit.start if edit else len(text)
        for start in range(at, end):
            assert readable.text[start + shift] == text[start]
            assert readable.received(start + shift, start + shift + 1) == (start, start + 1)
        if edit:
            shift += len(edit.text) - (edit.end - edit.start)
            at = edit.end
    for start in range(0, len(readable.text), 3):
        low, high = readable.received(start, min(start + 5, len(readable.text)))
        assert 0 <= low <= high <= len(text)


@BOUNDED
@given(DIRTY)
def test_listed_repairs_turn_the_received_text_into_the_readable_one(text: str) -> None:
    readable = repair(text)
    listed = readable.repairs()
    assert all(text[r.start : r.end] == r.raw and r.raw != r.text for r in listed)
    assert apply(text, [Edit(r.start, r.end, r.text) for r in listed]) == readable.text


@BOUNDED
@given(DIRTY)
def test_a_readable_text_needs_no_repair(text: str) -> None:
    once = repair(text).text
    assert repair(once).text == once


@BOUNDED
@given(DIRTY, st.sampled_from(["“We go,” he said.", "The museum opens on Monday.", "She left.\nHe stayed."]))
def test_a_paragraph_at_the_end_leaves_everything_before_it(text: str, added: str) -> None:
    before, after = repair(text), repair(f"{text}\n\n{added}")
    kept = before.text.rstrip()
    assert after.text.startswith(kept)
    for start in range(0, len(kept), 5):
        end = min(start + 4, len(kept))
        assert before.received(start, end) == after.received(start, end)
    assert [f for f in after.furniture if f.end <= len(kept)] == [
        f for f in before.furniture if f.end <= len(kept)
    ]


@BOUNDED
@given(DIRTY)
def test_quotations_are_in_order_within_their_paragraphs_and_nest(text: str) -> None:
    paragraphs = tuple(m.span() for m in re.finditer(r"[^\n]+", text) if m.group().strip())
    quotes = find_quotes(text, paragraphs)
    assert list(quotes) == sorted(quotes, key=lambda q: (q.start, q.depth))
    for quote in quotes:
        assert any(start <= quote.start < quote.end <= end for start, end in paragraphs)
    outer = [q for q in quotes if q.depth == 1]
    assert all(a.end <= b.start for a, b in pairwise(outer))
    for inner in quotes:
        if inner.depth > 1:
            assert any(
                q.depth < inner.depth and q.start <= inner.start and inner.end <= q.end for q in quotes
            )


def test_damaged_reports_are_read_without_loss() -> None:
    for text in texts(300, seed=3):
        readable = repair(text)
        assert repair(readable.text).text == readable.text
