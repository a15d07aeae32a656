"""How a party's stance on an issue went: in the order in which stances were taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from onrecord.corpus.entries import Stand


@dataclass(frozen=True, slots=True)
class Step:
    """Stands that say the same, one after another; ``taken`` is the day of the first, '' where none is
    known."""

    taken: str
    stands: tuple[Stand, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """A party moved: its last stand before and its first after."""

    taken: str
    before: Stand
    after: Stand


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Sources tell different stances of one party for the same day."""

    taken: str
    stands: tuple[Stand, ...]


def taken(stand: Stand) -> str:
    """The ISO day on which a stance was taken: the day told, else that of publication, else ''."""
    return stand.date_from or (stand.published or "")[:10]


def timeline(stands: Iterable[Stand]) -> tuple[Step, ...]:
    """The stands of one party on one issue, in order, equal ones that follow each other as one step."""
    ordered = sorted(stands, key=lambda s: (taken(s), s.stance, s.id))
    return tuple(
        Step(taken(group[0]), group)
        for group in (tuple(g) for _, g in groupby(ordered, key=lambda s: s.stance))
    )


def shifts(stands: Iterable[Stand]) -> tuple[Shift | Contradiction, ...]:
    """The changes of stance of one party on one issue, and the contradictions, in order of time."""
    found: list[Shift | Contradiction] = []
    before: Stand | None = None
    ordered = sorted(stands, key=lambda s: (taken(s), s.stance, s.id))
    for day, group in groupby(ordered, key=taken):
        on_day = tuple(group)
        if len({s.stance for s in on_day}) > 1:
            found.append(Contradiction(day, on_day))
            before = None
            continue
        if before is not None and before.stance != on_day[0].stance:
            found.append(Shift(day, before, on_day[0]))
        before = on_day[-1]
    return tuple(found)
