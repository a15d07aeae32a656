"""Dates: expressions of time resolved against the day of publication, and the day of a clause."""

from __future__ import annotations

import pytest

from onrecord.record import Document
from onrecord.text.dates import date_for, find_dates
from onrecord.text.parse import Parser

PUBLISHED = "2015-07-14"  # a Tuesday


def found(
    parser: Parser, text: str, published: str | None = PUBLISHED, outlet: str | None = None
) -> list[tuple[str, str | None, str | None, str, str]]:
    parse = parser.parse(Document(id="x", text=text, published=published, outlet=outlet))
    return [
        (parse.text[m.start : m.end], m.date.from_, m.date.to, m.date.precision, m.kind)
        for m in find_dates(parse)
    ]


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("The ministers met on Monday.", "Monday", "2015-07-13"),
        ("The ministers met on Tuesday.", "Tuesday", "2015-07-14"),
        ("The minister said on Friday he would resign.", "Friday", "2015-07-10"),
        ("They left late on Saturday.", "Saturday", "2015-07-11"),
        ("They left on Sunday evening.", "Sunday evening", "2015-07-12"),
        ("They left last Friday.", "last Friday", "2015-07-10"),
        ("They will meet on Monday.", "Monday", "2015-07-20"),
        ("They plan to meet on Monday.", "Monday", "2015-07-20"),
        ("They will meet next Friday.", "next Friday", "2015-07-17"),
        ("They met yesterday.", "yesterday", "2015-07-13"),
        ("They will meet tomorrow.", "tomorrow", "2015-07-15"),
        ("They met two days ago.", "two days ago", "2015-07-12"),
        ("They met on 15 May.", "15 May", "2015-05-15"),
        ("They met on May 15th.", "May 15th", "2015-05-15"),
        ("They will meet on Sept. 3.", "Sept. 3", "2015-09-03"),
        ("They met on 20 December.", "20 December", "2014-12-20"),
        ("They met on May 15, 2013.", "May 15, 2013", "2013-05-15"),
        ("They met on the 3rd of May 2013.", "3rd of May 2013", "2013-05-03"),
        ("They met on 2013-05-15.", "2013-05-15", "2013-05-15"),
        ("They met on 3/5/2013.", "3/5/2013", "2013-05-03"),
        ("They met on 5/13/2013.", "5/13/2013", "2013-05-13"),
    ],
)
def test_days(parser: Parser, text: str, words: str, day: str) -> None:
    ((mention, low, high, precision, _),) = found(parser, text)
    assert (mention, low, high, precision) == (words, day, day, "day")


@pytest.mark.parametrize(
    ("text", "low", "high", "precision"),
    [
        ("They met last week.", "2015-07-06", "2015-07-12", "week"),
        ("They met from 3 to 5 December.", "2014-12-03", "2014-12-05", "day"),
        ("Trade fell in the third quarter of 2013.", "2013-07-01", "2013-09-30", "month"),
        ("Trade fell in the fourth quarter.", "2014-10-01", "2014-12-31", "month"),
        ("Aid was cut in the 2016 fiscal year.", "2016-01-01", "2016-12-31", "year"),
        ("They met on the eve of the June 30 deadline.", "2015-06-29", "2015-06-29", "day"),
        ("They met on the eve of the summit.", None, None, "unknown"),
        ("They met earlier this month.", "2015-07-01", "2015-07-31", "month"),
        ("They met last month.", "2015-06-01", "2015-06-30", "month"),
        ("They met last year.", "2014-01-01", "2014-12-31", "year"),
        ("They met in March.", "2015-03-01", "2015-03-31", "month"),
        ("They met in late November.", "2014-11-01", "2014-11-30", "month"),
        ("They will meet in March.", "2016-03-01", "2016-03-31", "month"),
        ("They met in March 2014.", "2014-03-01", "2014-03-31", "month"),
        ("They met in 2009.", "2009-01-01", "2009-12-31", "year"),
        ("They met from 3 to 5 May.", "2015-05-03", "2015-05-05", "day"),
        ("They met last weekend.", "2015-07-11", "2015-07-12", "day"),
    ],
)
def test_longer_times(parser: Parser, text: str, low: str, high: str, precision: str) -> None:
    ((_, from_, to, found_precision, _),) = found(parser, text)
    assert (from_, to, found_precision) == (low, high, precision)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("They have talked since Monday.", "since"),
        ("They have talked since 2009.", "since"),
        ("They must leave by Friday.", "until"),
        ("They talked for two days.", "duration"),
    ],
)
def test_bounds_and_durations_give_no_day(parser: Parser, text: str, kind: str) -> None:
    parse = parser.parse(Document(id="x", text=text, published=PUBLISHED))
    mentions = find_dates(parse)
    assert [m.kind for m in mentions] == [kind]
    assert date_for(mentions, parse, 0, len(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May said that it may end.",
        "The Sunday Times called it Bloody Sunday.",
        "The 2015 accord holds.",
        "Some of May’s ministers left.",
    ],
)
def test_what_only_looks_like_a_day(parser: Parser, text: str) -> None:
    assert found(parser, text) == []


def test_a_day_after_the_one_named_before(parser: Parser) -> None:
    text = "The ministers met on Thursday. A day later, the road was opened."
    assert found(parser, text)[1][:3] == ("A day later", "2015-07-10", "2015-07-10")


def test_a_day_after_something_is_unknown(parser: Parser) -> None:
    ((words, low, _, precision, _),) = found(parser, "A day after the delegations met, she left.")
    assert (words, low, precision) == ("A day after", None, "unknown")


def test_without_the_day_of_publication_only_whole_dates_are_known(parser: Parser) -> None:
    text = "They met on Monday, and on May 15, 2013."
    assert [f[1] for f in found(parser, text, published=None)] == [None, "2013-05-15"]


def test_american_outlets_write_the_month_first(parser: Parser) -> None:
    assert found(parser, "They met on 3/5/2013.", outlet="USA Today")[0][1] == "2013-03-05"


def test_the_day_of_a_clause_is_its_verbs_own(parser: Parser) -> None:
    text = "The minister said on Friday that the two sides met on Wednesday."
    parse = parser.parse(Document(id="x", text=text, published=PUBLISHED))
    mentions = find_dates(parse)

    def day(word: str) -> str | None:
        start = text.index(word)
        date = date_for(mentions, parse, start, start + len(word))
        return date.from_ if date else None

    assert (day("said"), day("met")) == ("2015-07-10", "2015-07-08")


def test_a_date_quotes_the_words_it_rests_on(parser: Parser) -> None:
    text = "They met onMonday.Then they left."
    parse = parser.parse(Document(id="x", text=text, published=PUBLISHED))
    (mention,) = find_dates(parse)
    span = mention.date.span
    assert span is not None
    assert (text[span.start : span.end], span.text) == ("Monday", "Monday")
