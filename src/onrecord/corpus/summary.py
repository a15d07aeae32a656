"""What the tellings of one event say of it together, and where they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from onrecord.corpus.encounters import family, is_encounter
from onrecord.corpus.entries import Side, Telling, outlets
from onrecord.corpus.quantities import quantities
from onrecord.record import Precision, Status

T = TypeVar("T")
_STATUS: tuple[Status, ...] = (
    "happened", "ongoing", "earlier", "denied", "planned", "proposed", "threatened", "hypothetical"
)  # fmt: skip
_FINE: dict[Precision | None, int] = {"day": 0, "week": 1, "month": 2, "year": 3, "unknown": 4, None: 5}


@dataclass(frozen=True, slots=True)
class Detail:
    """Something on which tellings differ: ``what`` (a unit, 'place', 'day', 'status'), the value as told,
    and the ids of the tellings that give it."""

    what: str
    value: str
    tellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """An event as its tellings have it. ``tellings`` are their ids, the founding one first; ``details`` the
    quantities told, and all else on which they differ."""

    type: str
    mode: str | None
    contexts: tuple[str, ...]
    sides: tuple[Side, ...]
    place: str | None
    country: str | None
    date_from: str | None
    date_to: str | None
    precision: Precision | None
    status: Status
    encounter: bool
    tellings: tuple[str, ...]
    outlets: tuple[str, ...]
    details: tuple[Detail, ...]


def merged(tellings: Iterable[Telling]) -> Summary:
    """The event of these tellings, of which there must be one at least, the founding one first.

    The order of the others changes nothing. Copies are to be left out by the caller: they would outvote.
    """
    given = tuple(tellings)
    ordered = tuple(sorted(given, key=lambda t: t.id))
    told = _of_status(ordered)
    status = told[0].status
    held = tuple(t for t in told if t.type == family(t)) or told
    place, country = _best(((t.place, t.country), t.confidence) for t in told if t.place) or (None, None)
    first, last, precision = _day(told)
    kind = _best((t.type, t.confidence) for t in held) or held[0].type
    mode = _best((t.mode, t.confidence) for t in held if t.mode)
    return Summary(
        kind,
        mode,
        tuple(sorted({c for t in told for c in t.contexts})),
        _sides(told),
        place,
        country,
        first,
        last,
        precision,
        status,
        is_encounter(kind, mode) or any(family(t) != t.type for t in told),
        (given[0].id, *(t.id for t in ordered if t.id != given[0].id)),
        outlets(given),
        tuple(_details(ordered)),
    )


def _of_status(tellings: tuple[Telling, ...]) -> tuple[Telling, ...]:
    """The tellings of the status that the event has: told as done where any says so."""
    status = min((t.status for t in tellings), key=_STATUS.index)
    return tuple(t for t in tellings if t.status == status)


def _best(weighed: Iterable[tuple[T, float]]) -> T | None:
    """The value of most weight, the first in order where two have the same."""
    weights: dict[T, float] = defaultdict(float)
    for value, weight in weighed:
        weights[value] += weight
    return min(weights, key=lambda v: (-round(weights[v], 9), repr(v))) if weights else None


def _day(tellings: tuple[Telling, ...]) -> tuple[str | None, str | None, Precision | None]:
    """The days told most among those told most exactly."""
    dated = [t for t in tellings if t.date_from]
    if not dated:
        return None, None, None
    finest = min(_FINE[t.precision] for t in dated)
    found = _best(
        ((t.date_from, t.date_to, t.precision), t.confidence) for t in dated if _FINE[t.precision] == finest
    )
    return found or (None, None, None)


def _sides(tellings: tuple[Telling, ...]) -> tuple[Side, ...]:
    """Everybody on a side in any telling; a party alone only where nobody of it is named on that side."""
    found = {(s.side, s.party, s.actor): s for t in tellings for s in t.sides if s.kind != "place"}
    named = {(s.side, s.party) for s in found.values() if s.actor != s.party}
    kept = [s for s in found.values() if s.actor != s.party or (s.side, s.party) not in named]
    return tuple(sorted(kept, key=lambda s: (s.side, s.party, s.actor)))


def _details(tellings: tuple[Telling, ...]) -> Iterable[Detail]:
    """The quantities told, those alike as one, and places, days and statuses where they differ."""
    amounts: dict[tuple[str, float], list[tuple[str, str]]] = defaultdict(list)
    for t in tellings:
        for q in quantities(t.sentence):
            amounts[q.unit, round(q.amount, 6)].append((q.text, t.id))
    found = [
        Detail(unit, min(text for text, _ in given), tuple(sorted({i for _, i in given})))
        for (unit, _), given in amounts.items()
    ]
    kinds: tuple[tuple[str, Callable[[Telling], str | None]], ...] = (
        ("place", lambda t: t.place),
        ("day", lambda t: t.date_from),
        ("status", lambda t: t.status),
        ("mode", lambda t: t.mode),
    )
    for what, value in kinds:
        by: dict[str, list[str]] = defaultdict(list)
        for t in tellings:
            if given := value(t):
                by[given].append(t.id)
        if len(by) > 1:
            found += [Detail(what, v, tuple(ids)) for v, ids in by.items()]
    return sorted(found, key=lambda d: (d.what, d.value, d.tellings))
