"""Which events go out: all, those told as done, those that more than somebody's word stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import msgspec

from onrecord.record import Event, Record

# Told as done; the other statuses are plans, threats, denials and hypotheses.
DONE = frozenset({"happened", "ongoing", "earlier"})
# What is counted as left out, beside the statuses.
CLAIMS = "events that somebody claims"


def done_only(records: Iterable[Record], left_out: Counter[str]) -> Iterator[Record]:
    """The records with those events alone that are told as done; the others are counted by their status."""
    return _without(records, left_out, lambda e: None if e.status in DONE else e.status)


def no_claims(records: Iterable[Record], left_out: Counter[str]) -> Iterator[Record]:
    """The records without events for which a statement is the only ground; they are counted as ``CLAIMS``."""
    return _without(records, left_out, lambda e: CLAIMS if e.according_to else None)


def _without(
    records: Iterable[Record], left_out: Counter[str], reason: Callable[[Event], str | None]
) -> Iterator[Record]:
    for record in records:
        reasons = [reason(e) for e in record.events]
        left_out.update(r for r in reasons if r is not None)
        yield with_events(record, tuple(e for e, r in zip(record.events, reasons, strict=True) if r is None))


def with_events(record: Record, events: tuple[Event, ...]) -> Record:
    """The record with these of its events; positions that rest on another one do so no more."""
    if len(events) == len(record.events):
        return record
    kept = {event.id for event in events}
    positions = (
        p if p.event is None or p.event in kept else msgspec.structs.replace(p, event=None)
        for p in record.positions
    )
    return msgspec.structs.replace(record, events=events, positions=tuple(positions))
