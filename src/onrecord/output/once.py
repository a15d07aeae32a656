"""Each event once, though several reports tell it, and each report once, though several outlets carry it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from onrecord.corpus.grouping import Grouper, Placed
from onrecord.corpus.ids import telling_ids
from onrecord.output.done import with_events
from onrecord.record import Record

# What is counted as left out.
COPIES, TELLINGS = "copies of reports", "further tellings of events"


def once(records: Iterable[Record], left_out: Counter[str]) -> Iterator[Record]:
    """The records without copies of earlier ones, and without events that an earlier one, or they, have told.

    An event stays as it was first told. Issues that are the same in several reports get one id. What is left
    out is counted in ``left_out``. Signatures, events and issues are held, no texts.
    """
    grouper, told, ids = Grouper(), set[str](), Counter[str]()
    for record in records:
        placed = grouper.add(_apart(record, ids))
        if placed.copy_of is not None:
            left_out[COPIES] += 1
            continue
        tellings = telling_ids(_apart_as(record, placed.report))
        events = []
        for event in record.events:
            belongs_to = placed.events[tellings[event.id]]
            if belongs_to in told:
                left_out[TELLINGS] += 1
            else:
                told.add(belongs_to)
                events.append(event)
        record = with_events(record, tuple(events))
        yield msgspec.structs.replace(
            record,
            issues=tuple(
                msgspec.structs.replace(
                    i, id=_issue(placed, i.id), broader=tuple(_issue(placed, b) for b in i.broader)
                )
                for i in record.issues
            ),
            positions=tuple(
                msgspec.structs.replace(p, issue=_issue(placed, p.issue)) for p in record.positions
            ),
        )


def _issue(placed: Placed, local: str) -> str:
    return placed.issues.get(local, local)


def _apart(record: Record, ids: Counter[str]) -> Record:
    """The record under an id that no earlier one had, since the grouper tells records by their ids."""
    document_id = record.document.id
    ids[document_id] += 1
    return record if ids[document_id] == 1 else _apart_as(record, f"{document_id}\x1f{ids[document_id]}")


def _apart_as(record: Record, document_id: str) -> Record:
    document = msgspec.structs.replace(record.document, id=document_id)
    return msgspec.structs.replace(record, document=document)
