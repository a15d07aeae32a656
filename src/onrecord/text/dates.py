"""Dates in the text, resolved against the day of publication."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from spacy.tokens import Token

from onrecord.record import Date, Precision
from onrecord.text import days
from onrecord.text.date_patterns import expressions, month_first_outlets, table, word_set
from onrecord.text.days import Direction, Interval
from onrecord.text.parse import Parse

NOT_A_DAY = frozenset(["since", "until", "duration"])  # kinds that bound something and give it no day
_CLAUSE = frozenset(["ccomp", "advcl", "relcl", "acl", "csubj", "parataxis"])


@dataclass(frozen=True, slots=True)
class DateMention:
    """An expression of time: readable offsets and the days it means.

    ``kind`` is day, weekday, relative, week, month, year or range; since ('since 2022') or until ('by
    Monday') where it only bounds something; duration ('for two days').
    """

    start: int
    end: int
    date: Date
    kind: str


@dataclass(slots=True)
class _Reader:
    """What resolving needs: the text, the day of publication, the last day that the text named."""

    parse: Parse
    published: date | None
    month_first: bool
    anchor: tuple[date, int] | None = None  # the day and where it stands
    found: list[DateMention] = field(default_factory=list)

    def direction(self, start: int) -> Direction:
        """Whether the clause that holds an offset looks back or ahead."""
        for t in _upwards(self.parse, start):
            if t.pos_ in ("VERB", "AUX"):
                return _verb_direction(t)
            if t.lemma_.lower() in word_set("future"):
                return "future"
        return "none"

    def near_anchor(self, start: int) -> date | None:
        """The last day named, where it stands in this sentence, the one before it, or this paragraph."""
        if self.anchor is None:
            return None
        day, at = self.anchor
        here, _ = self.parse.sentence_at(start)
        before, _ = self.parse.sentence_at(max(here - 2, 0))
        return day if at >= min(before, self.parse.paragraph_at(start)[0]) else None


def find_dates(parse: Parse) -> tuple[DateMention, ...]:
    """The expressions of time of a parse, in their order.

    Those that need the day of publication or another day that the text does not name have precision
    ``unknown``.
    """
    reader = _Reader(
        parse=parse,
        published=days.parse_day(parse.document.published),
        month_first=(parse.document.outlet or "").lower() in month_first_outlets(),
    )
    at = 0
    for match in expressions().finditer(parse.text):
        if match.start() < at or parse.is_furniture(match.start()):
            continue
        mention = _read(reader, match)
        if mention is not None:
            reader.found.append(mention)
            at = mention.end
    return tuple(reader.found)


def date_for(mentions: Sequence[DateMention], parse: Parse, start: int, end: int) -> Date | None:
    """The day of the clause or word at these readable offsets, None where the text names none for it.

    ``mentions`` are in order of their start.
    A mention counts that hangs from the head of the stretch with no other verb between; else one that hangs
    from the verb that governs the head.
    """
    first, last = parse.sentence_at(start)
    low, high = (bisect_left(mentions, edge, key=lambda m: m.start) for edge in (first, last))
    inside = [m for m in mentions[low:high] if m.kind not in NOT_A_DAY]
    span = parse.doc.char_span(start, end, alignment_mode="expand") if inside else None
    if span is None or not len(span):
        return None
    head: Token = span.root
    while True:
        owned = [m for m in inside if _owner(parse, m, head) == head]
        if owned:
            # Of two, the one that can be resolved; then the one nearest to the head.
            best = min(owned, key=lambda m: (m.date.from_ is None, abs(m.start - head.idx), m.start))
            return best.date
        if head.dep_ in _CLAUSE or head.head == head:
            return None
        head = head.head


def _owner(parse: Parse, mention: DateMention, head: Token) -> Token | None:
    """The head where a mention hangs from it with no other verb between, else the mention's own verb."""
    for t in _upwards(parse, mention.start):
        if t == head or (t.pos_ == "VERB" and t.dep_ not in ("amod", "compound")):
            return t
    return None


def _upwards(parse: Parse, start: int) -> list[Token]:
    """The token at an offset and those that it hangs from, nearest first.

    Where it follows a past verb at once ('said on Friday he would …'), it is that verb's, whatever the parse.
    """
    token = parse.token_at(start)
    if token is None:
        return []
    i = token.i - 1
    while i > 0 and parse.doc[i].lower_ in ("on", "late", "early", "in", "earlier", "from"):
        i -= 1
    before = parse.doc[max(i, 0)]
    if before.tag_ == "VBD" and before.pos_ == "VERB" and before.sent == token.sent:
        return [token, before, *before.ancestors]
    return [token, *token.ancestors]


def _verb_direction(verb: Token) -> Direction:
    """Whether a verb looks ahead ('will meet', 'is to meet', 'plans to meet', 'is meeting') or back."""
    lowers = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if lowers & {"will", "shall", "would", "'ll", "’ll", "can", "could", "may", "might", "should", "must"}:
        return "none" if "have" in lowers else "future"
    if verb.tag_ == "VBG" and verb.lemma_ in ("start", "begin"):
        return "future"  # 'a truce starting on Saturday'
    if "to" in lowers or verb.lemma_.lower() in word_set("future"):
        return "future"
    if verb.tag_ == "VBG" and lowers & {"is", "are", "'s", "’s", "'re", "’re"}:
        return "future"
    if verb.tag_ == "VBN" and lowers & {"is", "are"}:
        return "none"
    if verb.tag_ in ("VBD", "VBN") or lowers & {"was", "were", "had", "did"}:
        return "past"
    if verb.tag_ == "VBG" and verb.head != verb and verb.dep_ in ("advcl", "xcomp", "pcomp", "conj"):
        return _verb_direction(verb.head) if verb.head.pos_ in ("VERB", "AUX") else "none"
    return "none"


def _read(reader: _Reader, match: re.Match[str]) -> DateMention | None:
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    name = next(n for n in _READERS if n in groups)
    result = _READERS[name](reader, match, groups)
    if result is None:
        return None
    interval, precision, kind = result
    start, end = match.span()
    bound = groups.get("bound", "").lower()
    start += len(match.group()) - len(match.group()[len(groups.get("bound", "")) :].lstrip()) if bound else 0
    if bound == "since":
        kind = "since"
    elif bound in ("until", "till", "by", "before", "through"):
        kind = "until"
    low, high = interval if interval else (None, None)
    resolved = Date(
        from_=low.isoformat() if low else None,
        to=high.isoformat() if high else None,
        precision=precision if interval else "unknown",
        span=reader.parse.span(start, end),
    )
    if low is not None and low == high and (reader.published is None or low <= reader.published):
        reader.anchor = (low, start)  # 'a day later' follows what was told, not what is to come
    return DateMention(start, end, resolved, kind)


_Result = tuple[Interval | None, Precision, str] | None


def _day(found: date | None) -> Interval | None:
    return (found, found) if found else None


def _iso(reader: _Reader, match: re.Match[str], g: dict[str, str]) -> _Result:
    found = days.parse_day(g["iso"])
    return (_day(found), "day", "day") if found else None


def _slashed(reader: _Reader, match: re.Match[str], g: dict[str, str]) -> _Result:
    first, second, year = map(int, re.split(r"[/.]", g["slashed"]))
    day, month = (second, first) if reader.month_first or second > 12 else (first, second)
    found = days.day_of(year, month, day)
    return (_day(found), "day", "day") if found else None


def _month_day(reader: _Reader, match: re.Match[str], g: dict[str, str]) -> _Result:
    month = table("months")[(g.get("m1") or g["m2"]).lower().rstrip(".")]
    numbers = [int(n) for n in re.findall(r"\d+", g.get("d1") or g["d2"])]
    year_text = g.get("y1") or g.get("y2")
    if year_text:
        year: int | None = int(year_text)
    elif reader.published:
        year = days.nearest_year(reader.published, month, numbers[0], _attached(reader, match))
    else:
        return None, "unknown", "day"
    low = days.day_of(year, month, numbers[0]) if year else None
    high = days.day_of(year, month, numbers[-1]) if year else None
    if low is None or high is None or high < low:
        return None
    return (low, high), "day", "day" if low == high else "range"


def _attached(reader: _Reader, match: re.Match[str]) -> Direction:
    """The direction of a day without a year: 'past' only where it says when a past verb was."""
    direction = reader.direction(match.start())
    above = [t for t in _upwards(reader.parse, match.start())[1:] if t.pos_ != "NUM"][:2]
    hangs = any(t.pos_ == "VERB" for t in above) and all(t.pos_ in ("ADP", "VERB", "PROPN") for t in above)
    return direction if direction == "future" or hangs else "none"


def _month(reader: _Reader, match: re.Match[str], g: dict[str, str]) -> _Result:
    number = table("months")[g["month"].lower().rstrip(".")]
    which = g.get("which", "").lower()
    if g.get("y3"):
        return days.month(int(g["y3"]), number), "month", "month"
    if not (which or g.get("bound") or g.get("in")):
        return None  # a bare 'May' or 'March' is as often a name or a verb
    if reader.published is None:
        return None, "unknown", "month"
    direction: Direction = "past" if which == "last" else reader.direction(match.start())
    if which == "next" or (which == "this" and direction != "past"):
        direction = "future"
    return days.nearest_month(reader.published, number, direction), "month", "month"


def _year(reader: _Reader, match: re.Match[str], g: dict[str, str]) -> _Result:
    return days.year(int(g["year"])), "year", "year"


def _weekday(reader: _Reader, match: re.Match[str], g: dict[str, str]) -> _Result:
    text = reader.parse.text
    before = re.search(r"(\w+)[ -]$", text[max(0, match.start() - 20) : match.start()])
    after = re.match(r"[ ’']?(\w+)", text[match.end() : match.end() + 20])
    if before and before[1].lower() in word_set("names_before"):
        return None
    if after and after[1][0].isupper() and after[1].lower() in word_set("names_after"):
        return None
    if reader.published is None:
        return None, "unknown", "weekday"
    number = table("weekdays")[g["weekday"].lower()]
    which = g.get("which2", "").lower()
    direction = reader.direction(match.start())
    if which in ("next", "coming", "this coming"):
        return _day(days.weekday(reader.published, number, "future", strictly=True)), "day", "weekday"
    if which in ("last", "past", "previous"):
        return _day(days.weekday(reader.published, number, "past", strictly=True)), "day", "weekday"
    bounded = g.get("bound", "").lower() in ("by", "until", "till", "before")
    ahead: Direction = "future" if direction == "future" or (bounded and direction != "past") else "past"
    return _day(days.weekday(reader.published, number, ahead)), "day", "weekday"


def _deictic(reader: _Reader, match: re.Match[str], g: dict[str, str]) -> _Result:
    word = re.sub(r"\s+", " ", g["deictic"].lower())
    shift = {"yesterday": -1, "last night": -1, "tomorrow": 1, "the day before yesterday": -2}.get(word, 0)
    if reader.published is None:
        return None, "unknown", "relative"
    return _day(days.shifted(reader.published, shift)), "day", "relative"


def _period(reader: _Reader, match: re.Match[str], g: dict[str, str]) -> _Result:
    which, unit = g["which3"].lower(), g["unit"].lower()
    if reader.published is None:
        return None, "unknown", "relative"
    p = reader.published
    shift = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(which, 0)
    if unit == "week":
        return days.week(p, shift), "week", "week"
    if unit == "weekend":
        looks_ahead = which == "this" and reader.direction(match.start()) == "future"
        ahead = which in ("next", "coming") or (looks_ahead and p.weekday() < 5)
        saturday = days.weekday(p, 5, "future" if ahead else "past")
        sunday = days.shifted(saturday, 1) if saturday else None
        return ((saturday, sunday) if saturday and sunday else None), "day", "range"
    if unit == "month":
        return days.month(p.year, p.month + shift), "month", "month"
    return days.year(p.year + shift), "year", "year"


def _ago(reader: _Reader, match: re.Match[str], g: dict[str, str]) -> _Result:
    count = _number(g["count"])
    unit, how = g["units"].lower().rstrip("s"), g["how"].lower()
    if how == "ago":
        base = reader.published
    elif how in ("earlier", "later", "before"):
        base = reader.near_anchor(match.start())
    else:
        base = None  # 'a day after the talks': the talks' day, which is not looked up
    if base is None or count is None:
        return None, "unknown", "relative"
    sign = 1 if how == "later" else -1
    if unit in ("day", "week"):
        found = days.shifted(base, sign * count * (7 if unit == "week" else 1))
        return _day(found), "day" if unit == "day" else "week", "relative"
    if unit == "month":
        return days.month(base.year, base.month + sign * count), "month", "relative"
    return days.year(base.year + sign * count), "year", "relative"


def _same_day(reader: _Reader, match: re.Match[str], g: dict[str, str]) -> _Result:
    base = reader.near_anchor(match.start())
    shift = {"same": 0, "next": 1, "following": 1, "previous": -1}[g["neighbour"].lower()]
    return _day(days.shifted(base, shift)) if base else None, "day", "relative"


def _duration(reader: _Reader, match: re.Match[str], g: dict[str, str]) -> _Result:
    return None, "unknown", "duration"


def _quarter(reader: _Reader, match: re.Match[str], g: dict[str, str]) -> _Result:
    """Three months; without a year the last such quarter that has begun."""
    number = _QUARTERS.get(g["quarter"].lower())
    if number is None or (reader.published is None and "y4" not in g):
        return None, "unknown", "quarter"
    year = int(g["y4"]) if "y4" in g else reader.published.year if reader.published else 0
    first, last = days.month(year, 3 * number - 2), days.month(year, 3 * number)
    if "y4" not in g and first and reader.published and first[0] > reader.published:
        first, last = days.month(year - 1, 3 * number - 2), days.month(year - 1, 3 * number)
    return ((first[0], last[1]), "month", "quarter") if first and last else None


def _fiscal(reader: _Reader, match: re.Match[str], g: dict[str, str]) -> _Result:
    """A fiscal year: where it begins differs by state, so the calendar year that names it, as a year."""
    return days.year(int(g.get("fiscal") or g["fiscal2"])), "year", "year"


def _eve(reader: _Reader, match: re.Match[str], g: dict[str, str]) -> _Result:
    """'On the eve of 14 July' is the day before; 'on the eve of the summit' is a day that is not told."""
    name, number = g.get("m3") or g.get("m4"), g.get("d3") or g.get("d4")
    if name is None or number is None:
        return None, "unknown", "relative"
    month, day = table("months")[name.lower().rstrip(".")], int(re.sub(r"\D", "", number))
    told = g.get("y5") or g.get("y6")
    year = int(told) if told else None
    if year is None and reader.published:
        year = days.nearest_year(reader.published, month, day, _attached(reader, match))
    found = days.day_of(year, month, day) if year else None
    return _day(days.shifted(found, -1) if found else None), "day", "day"


_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}

_READERS: dict[str, Callable[[_Reader, re.Match[str], dict[str, str]], _Result]] = {
    "iso": _iso,
    "slashed": _slashed,
    "m1": _month_day,
    "m2": _month_day,
    "month": _month,
    "year": _year,
    "weekday": _weekday,
    "deictic": _deictic,
    "unit": _period,
    "how": _ago,
    "neighbour": _same_day,
    "quarter": _quarter,
    "fiscal": _fiscal,
    "fiscal2": _fiscal,
    "eve": _eve,
    "duration": _duration,
}


def _number(word: str) -> int | None:
    return int(word) if word.isdigit() else table("numbers").get(word.lower())
