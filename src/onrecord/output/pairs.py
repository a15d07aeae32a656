"""Events as pairs of one actor and one recipient, for formats that know no lists."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import BinaryIO

from onrecord.output.codes import cameo, cameo_of, cameo_quad
from onrecord.output.mentions import actors_of
from onrecord.output.tsv import line
from onrecord.record import Actor, Event, Record

# Types in which actors without a recipient act on each other: each pair stands in both directions.
_MUTUAL = frozenset({"CONSULT", "COOPERATE"})

# What every format that this makes pairs for loses with it.
CANNOT_HOLD = (
    "events of several actors or recipients as one: each pair is a row",
    "that an event has no day: the day of publication stands there; a span of days is its first",
    "PLOVER type, mode and contexts: they become a CAMEO code",
    "who said that it happened (according_to, via), which rule found it, and how sure the coder is",
    "statements, issues, positions and warnings",
    "offsets into the text",
)


@dataclass(frozen=True)
class Pair:
    """One actor and one recipient of an event, None on a side where nobody is identified.

    ``cameo`` is the event's code, None for a type that PLOVER does not have.
    """

    record: Record
    event: Event
    cameo: str | None
    actor: Actor | None
    recipient: Actor | None

    @property
    def goldstein(self) -> float | None:
        """The Goldstein scale of the code, -10 (conflict) to 10 (cooperation)."""
        return known.goldstein if (known := cameo(self.cameo or "")) else None

    @property
    def what(self) -> str | None:
        """CAMEO's name for the code."""
        return known.what if (known := cameo(self.cameo or "")) else None

    @property
    def root(self) -> str | None:
        """The code's first two digits."""
        return self.cameo[:2] if self.cameo else None

    @property
    def quad(self) -> int | None:
        """GDELT's quad class of the code: 1 and 2 verbal and material cooperation, 3 and 4 conflict."""
        return cameo_quad(self.cameo or "")

    @property
    def id(self) -> int:
        """A number of 52 bits that follows from the report's id, the event's id and the two actors."""
        sides = (self.actor.id if self.actor else "", self.recipient.id if self.recipient else "")
        key = "\x00".join((self.record.document.id, self.event.id, *sides))
        return int(hashlib.sha256(key.encode()).hexdigest()[:13], 16)


def pairs(record: Record) -> Iterator[Pair]:
    """The pairs of a record's events, in order; nobody is paired with himself where others are there."""
    actors = actors_of(record)
    for event in record.events:
        code = cameo_of(event)
        for one, other in _sides(event):
            yield Pair(record, event, code, actors.get(one or ""), actors.get(other or ""))


def write_pairs(
    records: Iterable[Record],
    out: BinaryIO,
    row: Callable[[Pair], Iterable[str | int | float | None]],
    header: Iterable[str] = (),
) -> None:
    """A tab-separated line for each pair of each event, as records come, under a header where it is given."""
    if names := tuple(header):
        out.write(line(names))
    for record in records:
        for pair in pairs(record):
            out.write(line(row(pair)))


def _sides(event: Event) -> list[tuple[str | None, str | None]]:
    if event.type in _MUTUAL and len(event.actor) > 1 and not event.recipient:
        return list(permutations(event.actor, 2))
    every = [(a, r) for a in event.actor or (None,) for r in event.recipient or (None,)]
    return [(a, r) for a, r in every if a != r] or every[:1]


def day_of(record: Record, event: Event) -> str | None:
    """The day that a format which must have one gives an event: its first, else that of publication."""
    return (event.date.from_ if event.date else None) or record.document.published
