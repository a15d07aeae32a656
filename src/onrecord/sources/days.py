"""The day in what pages, tables, feeds and archives give as a date."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<!\d)(?P<year>\d{4})-(?P<m>\d\d?)-(?P<day>\d\d?)(?!\d)",
        r"(?<!\d)(?P<year>\d{4})[/.](?P<m>\d\d?)[/.](?P<day>\d\d?)(?!\d)",
        rf"(?<![\w.]){_MONTH}\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d)",
        rf"(?<!\d)(?P<day>\d\d?)(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{_MONTH},?[\s-]+(?P<year>\d{{4}})(?!\d)",
        r"(?<!\d)(?P<day>\d\d?)\.\s?(?P<m>\d\d?)\.\s?(?P<year>\d{4})(?!\d)",
        r"^(?P<year>(?:19|20)\d\d)(?P<m>\d\d)(?P<day>\d\d)(?:T?\d{4,6}Z?)?$",
    )
)
_SLASHES = re.compile(r"(?<!\d)(\d\d?)[/-](\d\d?)[/-](\d{4})(?!\d)")
_EPOCH = re.compile(r"^(\d{9,10})(?:\.\d+|\d{3})?$")
_LONGEST = 120  # characters; what is longer is no date but a text that may name one
FIRST, LAST = 1800, 2100


def day_of(value: str | int | float | date | None) -> str | None:
    """The ISO date that a value gives as it stands, without regard to time zones; None where it gives none.

    Numbers are seconds or milliseconds since 1970, the day in UTC. A date like 03/04/2015, whose month and
    day cannot be told apart, is none.
    """
    if isinstance(value, date):
        return value.isoformat()[:10]
    if value is None or isinstance(value, bool):
        return None
    text = str(value).strip()
    if not text or len(text) > _LONGEST:
        return None
    for form in _FORMS:
        if match := form.search(text):
            month = match.groupdict().get("m")
            number = int(month) if month else 1 + _MONTHS.index(match["month"][:3].lower())
            return _day(match["year"], number, match["day"])
    if match := _SLASHES.search(text):
        first, second = int(match[1]), int(match[2])
        if first > 12 or first == second:
            return _day(match[3], second, first)
        return _day(match[3], first, second) if second > 12 else None
    if match := _EPOCH.match(text):
        return datetime.fromtimestamp(int(match[1]), UTC).date().isoformat()
    return None


def _day(year: str | int, month: int, day: str | int) -> str | None:
    try:
        found = date(int(year), month, int(day))
    except ValueError:
        return None
    return found.isoformat() if FIRST <= found.year <= LAST else None


def parse_day(value: str) -> str:
    """The ISO date in an ISO date or date with time. Raises ValueError where it is none."""
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return datetime.fromisoformat(value).date().isoformat()
