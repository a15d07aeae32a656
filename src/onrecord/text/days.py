"""Calendar arithmetic for dates in reports. Intervals are two days, both included."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

SOON = 3  # months ahead that are nearer than the same month of last year where nothing says which
Interval = tuple[date, date]
Direction = Literal["past", "future", "none"]


def parse_day(text: str | None) -> date | None:
    """The day of an ISO date or time, None where the text is none."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def day_of(year: int, month: int, day: int) -> date | None:
    """A day of the calendar, None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shifted(day: date, days: int) -> date | None:
    """The day so many days later, None outside the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def weekday(published: date, number: int, direction: Direction, *, strictly: bool = False) -> date | None:
    """The nearest such weekday (0 for Monday) before or after a day; the day itself unless ``strictly``."""
    if direction == "future":
        ahead = (number - published.weekday()) % 7
        return shifted(published, 7 if strictly and ahead == 0 else ahead)
    back = (published.weekday() - number) % 7
    return shifted(published, -(7 if strictly and back == 0 else back))


def week(day: date, weeks: int) -> Interval | None:
    """The week, Monday to Sunday, so many weeks after the one that holds a day."""
    monday = shifted(day, 7 * weeks - day.weekday())
    sunday = shifted(monday, 6) if monday else None
    return (monday, sunday) if monday and sunday else None


def month(year: int, number: int) -> Interval | None:
    """A month; ``number`` may run over the year's ends (0 is the December before)."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    if not 1 <= year <= 9999:
        return None
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def year(number: int) -> Interval | None:
    """A year."""
    return (date(number, 1, 1), date(number, 12, 31)) if 1 <= number <= 9999 else None


def nearest_year(published: date, number: int, day: int, direction: Direction) -> int | None:
    """The year in which a day and month without one fall, going by the day of publication."""
    days = [(y, day_of(y, number, day)) for y in (published.year - 1, published.year, published.year + 1)]
    fits = [
        (abs((d - published).days), y)
        for y, d in days
        if d is not None
        and (direction != "past" or d <= published)
        and (direction != "future" or d >= published)
    ]
    return min(fits)[1] if fits else None


def nearest_month(published: date, number: int, direction: Direction) -> Interval | None:
    """The month meant by its bare name: the last one begun, or the next where the text looks ahead."""
    ahead = (number - published.month) % 12
    soon = ahead <= SOON and direction == "none"
    return month(
        published.year,
        published.month + (ahead if direction == "future" or soon or ahead == 0 else ahead - 12),
    )
