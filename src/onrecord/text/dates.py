"""Dates in the text, resolved against the day of publication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.record import Date
from onrecord.text.parse import Parse


@dataclass(frozen=True, slots=True)
class DateMention:
    """An expression of time: readable offsets and the days it means."""

    start: int
    end: int
    date: Date
    kind: str


def find_dates(parse: Parse) -> tuple[DateMention, ...]:
    """The expressions of time of a parse, in their order."""
    return ()


def date_for(mentions: Sequence[DateMention], parse: Parse, start: int, end: int) -> Date | None:
    """The day of a clause (readable offsets), None where it names none."""
    return None
