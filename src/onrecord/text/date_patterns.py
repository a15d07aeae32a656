"""The expressions of time that are read in a text, as one regular expression, and their words."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from onrecord.knowledge import read_toml

# The words in lower case with which an expression can begin, but for the numbers.
_FIRST = (
    "before|by|coming|during|earlier|early|end|beginning|middle|start|fiscal|for|in|last|late|later|mid|next|on"
    "|past|previous|since|the|this|through|till|today|tomorrow|tonight|until|yesterday"
)


@cache
def expressions() -> re.Pattern[str]:
    """One alternative an expression; the named groups tell which it is, and hold its parts."""
    full = _either(m.capitalize() for m in table("months") if len(m) > 4 or m in ("may", "june", "july"))
    short = _either(
        m.capitalize() for m in table("months") if len(m) < 5 and m not in ("may", "june", "july")
    )
    weekdays = _either(w.capitalize() for w in table("weekdays"))
    numbers = rf"(?:(?i:{_either(table('numbers'))})|\d{{1,3}})"
    month = rf"(?:(?:{full})\b|(?:{short})\b\.?)"
    ordinal = r"\d{1,2}(?:st|nd|rd|th)?\b"
    days = rf"{ordinal}(?:\s?(?:-|–|to|and)\s?{ordinal}(?!\s?(?:%|per)))?"
    year = r"(?:19|20)\d\d\b"
    after_preposition = "".join(
        f"(?<={word} )|"
        for word in ("[Ii]n", "[Ss]ince", "[Uu]ntil", "[Bb]y", "[Bb]efore", "[Dd]uring", "of")
    ).rstrip("|")
    alternatives = [
        rf"(?P<iso>{year}-\d\d-\d\d\b)",
        rf"(?P<slashed>\d{{1,2}}/\d{{1,2}}/{year}|\d{{1,2}}\.\d{{1,2}}\.{year})",
        rf"(?:(?:{weekdays}),?\s+)?(?P<m1>{month})\s?(?P<d1>{days})(?:,?\s+(?P<y1>{year}))?",
        rf"(?:(?:{weekdays}),?\s+)?(?P<d2>{days})\s+(?:of\s+)?(?P<m2>{month})(?:,?\s+(?P<y2>{year}))?",
        r"(?:(?P<in>[Ii]n|[Dd]uring|(?:end|start|beginning|middle) of|[Ee]arly|[Ll]ate|[Mm]id)[\s-]+)?"
        r"(?:(?P<which>(?i:last|next|this|early|late|mid))[\s-]+)?"
        rf"(?P<month>{month})(?!\s?\d{{1,2}}\b|[’']s)(?:,?\s+(?:of\s+)?(?P<y3>{year}))?",
        rf"(?:{after_preposition})(?P<year>{year})"
        r"(?![-–]| (?:[a-z]+ )?(?:people|troops|soldiers|dead|km|miles))",
        rf"(?:(?P<which2>(?i:last|past|next|this coming|coming|previous|this))\s+)?(?P<weekday>{weekdays})\b"
        r"(?:\s+(?:morning|afternoon|evening|night)\b)?",
        r"(?P<deictic>(?:[Tt]he day before )?[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow|[Ll]ast night"
        r"|[Tt]his (?:morning|afternoon|evening))\b(?:\s+(?:morning|afternoon|evening|night)\b)?",
        r"(?:(?i:earlier|later) )?(?P<which3>(?i:this|last|next|coming|previous|past))\s+"
        r"(?P<unit>week(?:end)?|month|year)\b(?!-)",
        rf"(?P<count>\b{numbers})\s+(?P<units>days?|weeks?|months?|years?)\s+"
        r"(?P<how>ago|earlier|later|before|after)\b",
        r"[Tt]he (?P<neighbour>same|next|following|previous) day\b",
        r"[Tt]he (?P<quarter>first|second|third|fourth|last) quarter\b"
        rf"(?:\s+of\s+(?P<y4>{year}))?",
        rf"(?:(?:the )?[Ff]iscal (?:year )?(?P<fiscal>{year})|(?:the )?(?P<fiscal2>{year}) fiscal year\b)",
        rf"[Oo]n the eve of (?:the )?(?P<eve>(?P<m3>{month})\s?(?P<d3>{ordinal})(?:,?\s+(?P<y5>{year}))?"
        rf"|(?P<d4>{ordinal})\s+(?P<m4>{month})(?:,?\s+(?P<y6>{year}))?|\w+)",
        rf"(?P<duration>\bfor (?:the (?:past|last|next) )?{numbers} (?:days?|weeks?|months?|years?)\b(?!-))",
    ]
    bound = r"(?:(?P<bound>[Ss]ince|[Uu]ntil|[Tt]ill|[Bb]y|[Bb]efore|[Tt]hrough)\s+)?"
    # Most words begin none of these; that is seen at once.
    first = rf"(?=[^\Wa-z]|(?:{_FIRST}|{_either(table('numbers'))})\b)"
    return re.compile(rf"\b{first}{bound}(?:{'|'.join(alternatives)})")


@cache
def table(name: str) -> dict[str, Any]:
    """A table of the data file of time words."""
    return dict(read_toml("text", "dates.toml")[name])


@cache
def word_set(name: str) -> frozenset[str]:
    """A group of words of that file."""
    return frozenset(table("words")[name])


@cache
def month_first_outlets() -> frozenset[str]:
    """The outlets that write the month first, in lower case."""
    return frozenset(outlet.lower() for outlet in table("outlets")["month_first"])


def _either(words: Any) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))
