"""Each event once, though several reports tell it, and each report once, though several outlets carry it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import msgspec

from onrecord.corpus.grouping import Grouper
from onrecord.corpus.ids import telling_ids
from onrecord.output.done import with_events
from onrecord.record import Event, Record

# What is counted as left out.
COPIES, TELLINGS = "copies of reports", "further tellings of events"


@dataclass(frozen=True, slots=True)
class Places:
    """Where a record stands among others: whether it copies one, and by its own ids the event that each of
    its events tells, and the issue that each of its issues is. What is missing stands by itself."""

    copy: bool
    events: Mapping[str, str] = field(default_factory=dict)
    issues: Mapping[str, str] = field(default_factory=dict)


Place = Callable[[Record], Places]


def once(records: Iterable[Record], left_out: Counter[str], place: Place) -> Iterator[Record]:
    """The records without copies of others, and without events that an earlier one, or they, have told.

    An event stays as it was first told. Issues that are the same in several reports get one id. What is left
    out is counted in ``left_out``.
    """
    told: set[str] = set()
    for record in records:
        places = place(record)
        if places.copy:
            left_out[COPIES] += 1
            continue
        events: list[Event] = []
        for event in record.events:
            belongs_to = places.events.get(event.id, f"{record.document.id}\x1f{event.id}")
            if belongs_to in told:
                left_out[TELLINGS] += 1
            else:
                told.add(belongs_to)
                events.append(event)
        yield _with_issues(with_events(record, tuple(events)), places.issues)


def _with_issues(record: Record, names: Mapping[str, str]) -> Record:
    issues = (
        msgspec.structs.replace(
            i, id=names.get(i.id, i.id), broader=tuple(names.get(b, b) for b in i.broader)
        )
        for i in record.issues
    )
    positions = (msgspec.structs.replace(p, issue=names.get(p.issue, p.issue)) for p in record.positions)
    return msgspec.structs.replace(record, issues=tuple(issues), positions=tuple(positions))


def grouping() -> Place:
    """Places records among those placed before, by comparing them. Holds signatures, events and issues."""
    grouper, ids = Grouper(), Counter[str]()

    def place(record: Record) -> Places:
        document_id = record.document.id
        ids[document_id] += 1
        if ids[document_id] > 1:  # the grouper tells records by their ids
            document_id = f"{document_id}\x1f{ids[document_id]}"
            document = msgspec.structs.replace(record.document, id=document_id)
            record = msgspec.structs.replace(record, document=document)
        placed = grouper.add(record)
        events = {local: placed.events[telling] for local, telling in telling_ids(record).items()}
        return Places(placed.copy_of is not None, events, placed.issues)

    return place
