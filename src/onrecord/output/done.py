"""Which events go into formats that cannot say whether something was done, planned or denied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from onrecord.record import Record

# Told as done; the other statuses are plans, threats, denials and hypotheses.
DONE = frozenset({"happened", "ongoing", "earlier"})


def done_only(records: Iterable[Record], left_out: Counter[str]) -> Iterator[Record]:
    """The records with those events alone that are told as done; the others are counted by their status."""
    for record in records:
        events = tuple(e for e in record.events if e.status in DONE)
        if len(events) < len(record.events):
            left_out.update(e.status for e in record.events if e.status not in DONE)
            record = msgspec.structs.replace(record, events=events)
        yield record
