from __future__ import annotations

import pytest

from onrecord.output.style import around, one_line, safe, shorten
from onrecord.output.words import day
from onrecord.record import Date


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u061cb", "a\\u061cb"),
        ("tab\there\nline", "tab\there\nline"),
        ("“Zarif” – naïve 北京", "“Zarif” – naïve 北京"),
        ("cr\rover", "cr\\rover"),
        ("half \ud800", "half \\ud800"),
    ],
)
def test_safe_escapes_what_steers_a_terminal_and_nothing_else(text: str, shown: str) -> None:
    assert safe(text) == shown


def test_one_line_joins_lines() -> None:
    assert one_line("  a\r\n\tb ") == "a b"


def test_shorten_keeps_both_ends_in_whole_words() -> None:
    text = "the first words of a long sentence whose middle can be spared, and its very last words"
    short = shorten(text, 50)
    assert short == "the first words of a long sentence … last words"
    assert shorten(text, 200) == text
    assert len(shorten("x" * 500, 50)) <= 50


@pytest.mark.parametrize(
    ("start", "end", "precision", "shown"),
    [
        ("2015-07-14", "2015-07-14", "day", "2015-07-14"),
        ("2015-07-06", "2015-07-12", "week", "2015-07-06–12"),
        ("2015-06-29", "2015-07-05", "week", "2015-06-29–07-05"),
        ("2014-12-29", "2015-01-04", "week", "2014-12-29–2015-01-04"),
        ("2015-07-01", "2015-07-31", "month", "2015-07"),
        ("2015-01-01", "2015-12-31", "year", "2015"),
        (None, None, "unknown", "–"),
    ],
)
def test_dates_are_shown_as_precise_as_they_are(start, end, precision, shown) -> None:
    assert day(Date(from_=start, to=end, precision=precision)) == shown


def test_around_marks_the_words_and_cuts_what_is_far_from_them() -> None:
    text = "one two three four five six seven eight nine ten"
    start = text.index("five")
    assert around(text, start, start + 4, 100) == ("one two three four ", "five", " six seven eight nine ten")
    assert around(text, start, start + 4, 24) == ("… four ", "five", " six …")
    assert around(text, 0, 3, 14) == ("", "one", " two three …")
    assert around("a  b\nc", 3, 4, 80) == ("a ", "b", " c")
