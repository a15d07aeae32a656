"""Quotation structure, mark by mark."""

from __future__ import annotations

import re
import time

import pytest

from onrecord.text.quotation import MAX_DEPTH, Quote, find_quotes


def quotes(text: str) -> tuple[Quote, ...]:
    return find_quotes(text, tuple(m.span() for m in re.finditer(r"[^\n]+", text)))


def words(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotes(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We go,” she said. “We don’t stay.”", ["“We go,”", "“We don’t stay.”"]),
        ('"We go," she said. "We don\'t stay."', ['"We go,"', '"We don\'t stay."']),
        ("``We go,'' she said.", ["``We go,''"]),
        ("'We go,' he said. 'It's the clerks' fault.'", ["'We go,'", "'It's the clerks' fault.'"]),
        ("‘We don’t go,’ he said.", ["‘We don’t go,’"]),
        ("«We go,» he said.", ["«We go,»"]),
        ("He said:“We go”and left.", ["“We go”"]),
        ("It was “bad “ and “good”.", ["“bad “", "“good”"]),
        ("”We go,” he said.", ["”We go,”"]),
        ("“Yes”—“no”", ["“Yes”", "“no”"]),
    ],
    ids=[
        "curly",
        "straight",
        "wire",
        "single",
        "british",
        "guillemets",
        "glued",
        "turned",
        "turned-open",
        "dash",
    ],
)
def test_each_kind_of_mark(text: str, expected: list[str]) -> None:
    assert words(text) == expected
    assert all(q.opened and q.closed and not q.continues and q.depth == 1 for q in quotes(text))


@pytest.mark.parametrize(
    "text",
    [
        "They don't know the workers' demands, nor Iran's.",
        "The ’90s, the '80s and the ‘70s, rock ’n’ roll, 'til Monday.",
        'A man of 6\'2" with a 12" ruler, and another of 5\' 11".',
        "‘Abd al-Rahman met O'Brien and O’Neill in Sana'a.",
        "",
        '"""\'\'“”',
    ],
)
def test_apostrophes_and_measures_are_no_quotations(text: str) -> None:
    assert words(text) == []


def test_nesting_gives_the_outer_before_the_inner_with_their_depths() -> None:
    text = "“I’d ask: ‘Are you ready?’” she said. ‘The pilots’ plan is a “mess”,’ he said."
    assert [(text[q.start : q.end], q.depth) for q in quotes(text)] == [
        ("“I’d ask: ‘Are you ready?’”", 1),
        ("‘Are you ready?’", 2),
        ("‘The pilots’ plan is a “mess”,’", 1),
        ("“mess”", 2),
    ]


def test_the_same_marks_nest_where_both_are_closed() -> None:
    assert words("“He told me “no” twice,” she said.") == ["“He told me “no” twice,”", "“no”"]


def test_a_lost_closing_mark_ends_the_quotation_where_the_next_begins() -> None:
    first, second = quotes("“We go, he said. “We stay,” he added.")
    assert not first.closed
    assert (second.opened, second.closed, second.depth) == (True, True, 1)


def test_a_lost_opening_mark_takes_the_sentence() -> None:
    text = "He spoke. We go now,” he said."
    (quote,) = quotes(text)
    assert text[quote.start : quote.end] == "We go now,”"
    assert not quote.opened
    assert not quote.continues


@pytest.mark.parametrize("marks", ["“”", '""', "‘’", "''"])
def test_a_quotation_opened_anew_in_each_paragraph(marks: str) -> None:
    o, c = marks
    text = f"{o}We go on.\n{o}We do.\n{o}We stay,{c} he said.\nHe left. {o}Bye,{c} he said."
    found = quotes(text)
    assert [q.closed for q in found] == [False, False, True, True]
    assert [q.continues for q in found] == [False, True, True, False]
    assert all(q.opened for q in found)


def test_a_quotation_carried_over_without_a_new_mark() -> None:
    first, second = quotes("He said: “We go on. And on.\nWe stay. And stay,” he said.")
    assert not first.closed
    assert (second.start, second.opened, second.closed, second.continues) == (28, False, True, True)


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    first, second = quotes("She said: “We go on. \nNothing follows. “Yes,” he said.")
    assert (first.start, first.end) == (10, 20)
    assert not second.continues


def test_depth_is_capped() -> None:
    assert max(q.depth for q in quotes("“‘" * 500 + "a" + "’”" * 500)) == MAX_DEPTH


@pytest.mark.parametrize(
    "text", ["“" * 60_000, '"' * 60_000, "'" * 60_000, "“‘" * 30_000 + "a" + "’”" * 30_000, "a.” " * 15_000]
)
def test_any_heap_of_marks_takes_linear_time(text: str) -> None:
    began = time.perf_counter()
    find_quotes(text, ((0, len(text)),))
    assert time.perf_counter() - began < 3
