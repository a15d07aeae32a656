"""The parts of the tagger: word pieces, tags, decoding, contents across paragraphs."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from onrecord.coding import tagger_tags as T
from onrecord.coding.tagger_across import Draft, Reading, join, signed
from onrecord.coding.tagger_decode import marginals, spans, viterbi
from onrecord.coding.tagger_pieces import WordPiece
from onrecord.text.quotation import find_quotes

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "nego", "##tia", "##tor", "a", "elan", '"', ".", "-"]


def wordpiece() -> WordPiece:
    return WordPiece(VOCABULARY)


def test_words_keep_their_offsets_whatever_becomes_of_their_letters() -> None:
    text = "  Élan. NEGOTIATOR-élan"
    p = wordpiece().split(text)
    assert [text[s:e] for s, e in p.words] == ["Élan", ".", "NEGOTIATOR", "-", "élan"]
    assert p.ids == [8, 10, 4, 5, 6, 11, 8]
    assert p.first == [0, 1, 2, 5, 6]


def test_an_unknown_or_endless_word_is_one_piece() -> None:
    p = wordpiece().split("zzz " + "a" * 5000)
    assert p.ids == [1, 1]


def test_capitals_and_missing_spaces_are_marked() -> None:
    p = wordpiece().split("Elan elan ELAN 7 a-a")
    assert [c // 2 for c in p.case] == [1, 0, 2, 4, 0, 5, 0]
    assert [c % 2 for c in p.case] == [0, 0, 0, 0, 0, 1, 1]


@pytest.mark.parametrize("text", ['a "elan" a', "a “elan” a"])
def test_words_in_quotation_marks_are_marked(text: str) -> None:
    assert wordpiece().split(text).quote == [0, 2, 1, 3, 0]


def scores(seed: int, n: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    transitions = rng.normal(size=(T.TAGS + 1, T.TAGS)).astype(np.float32)
    return rng.normal(size=(1, n, T.TAGS)).astype(np.float32), transitions - 1e4 * T.forbidden()


@pytest.mark.parametrize("seed", range(3))
def test_the_best_tags_and_the_marginals_agree_with_counting_all_ways(seed: int) -> None:
    emission, transitions = scores(seed, 3)
    ways = {}
    for way in product(range(T.TAGS), repeat=3):
        score = transitions[-1, way[0]] + sum(emission[0, i, t] for i, t in enumerate(way))
        ways[way] = score + sum(transitions[a, b] for a, b in pairwise(way))
    best = max(ways, key=lambda w: ways[w])
    lengths = np.array([3])
    assert viterbi(emission, lengths, transitions) == [list(best)]
    total = sum(np.exp(s) for s in ways.values())
    expected = np.zeros((3, T.TAGS))
    for way, s in ways.items():
        for i, t in enumerate(way):
            expected[i, t] += np.exp(s) / total
    assert np.allclose(marginals(emission, lengths, transitions)[0], expected, atol=1e-4)


def test_a_paragraph_fares_alike_in_any_batch() -> None:
    short, transitions = scores(1, 5)
    long = np.random.default_rng(9).normal(size=(1, 12, T.TAGS)).astype(np.float32)
    both = np.zeros((2, 12, T.TAGS), dtype=np.float32)
    both[0, :5], both[1] = short[0], long[0]
    lengths = np.array([5, 12])
    assert viterbi(both, lengths, transitions)[0] == viterbi(short, np.array([5]), transitions)[0]
    alone = marginals(short, np.array([5]), transitions)[0]
    assert np.array_equal(marginals(both, lengths, transitions)[0, :5], alone)


def test_an_inner_tag_only_follows_its_own_kind() -> None:
    emission, transitions = scores(4, 40)
    before = None
    for tag in viterbi(emission, np.array([40]), transitions)[0]:
        if tag and tag == T.inside(T.kind_of(tag)):
            assert before is not None
            assert T.kind_of(before) == T.kind_of(tag)
        before = tag


def test_spans_of_tags() -> None:
    b, i = T.begin(T.CUE), T.inside(T.CUE)
    assert spans([0, b, i, b, 0, T.begin(T.CONTENT_LEFT)]) == [
        (T.CUE, 1, 3),
        (T.CUE, 3, 4),
        (T.CONTENT_LEFT, 5, 6),
    ]


def test_distances_fall_in_buckets_that_grow() -> None:
    buckets = T.distance_buckets(np.arange(-2000, 2001))
    assert buckets.min() == 0
    assert buckets.max() == T.DISTANCES - 1
    assert (np.diff(buckets) >= 0).all()


def draft(text: str, cue: str, content: str | None) -> Draft:
    at = text.index(cue)
    parts = [(text.index(content), text.index(content) + len(content))] if content else []
    return Draft(None, (at, at + len(cue)), parts, 1.0)


def contents(text: str, drafts: list[list[Draft]], **extra: list[tuple[int, int]]) -> list[list[str]]:
    readings = []
    start = 0
    for line, found in zip(text.split("\n"), drafts, strict=True):
        readings.append(Reading(start, start + len(line), found))
        start += len(line) + 1
    for name, value in extra.items():
        setattr(readings[0 if name == "after" else -1], name, value)
    paragraphs = tuple((r.start, r.end) for r in readings)
    return [[text[s:e] for s, e in d.content] for d in join(text, readings, find_quotes(text, paragraphs))]


def test_a_quotation_left_open_goes_on_in_the_next_paragraph() -> None:
    text = "She said: “We came early.\n“We left late.”\n“Nobody saw us,” he said."
    first = draft(text, "said", "“We came early.")
    other = draft(text, "he said", "“Nobody saw us,”")
    assert contents(text, [[first], [], [other]]) == [
        ["“We came early.", "“We left late.”"],
        ["“Nobody saw us,”"],
    ]


def test_an_introduction_takes_the_block_after_its_colon_and_no_more() -> None:
    text = "She wrote:\nThe road is closed.\nRain fell."
    assert contents(text, [[draft(text, "wrote", None)], [], []]) == [["The road is closed."]]


def test_a_cue_without_words_gives_nothing() -> None:
    text = "She wrote often.\nRain fell."
    assert contents(text, [[draft(text, "wrote", None)], []]) == []


def test_a_quotation_may_be_signed_in_the_next_paragraph() -> None:
    text = "“The road is closed.”\n— the mayor"
    signed = draft(text, "—", None)
    assert contents(text, [[], [signed]], after=[(0, 21)]) == [["“The road is closed.”"]]


def test_the_name_after_a_dash_is_the_speaker() -> None:
    text = "“The road is closed.” ― Ana Kola"
    found = signed(text, Draft(None, (22, 32), [(0, 21)], 1.0))
    assert found.speaker is not None
    assert text[slice(*found.speaker)] == "Ana Kola"
    assert text[slice(*found.cue)] == "―"
