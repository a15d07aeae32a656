"""How a party's stance on an issue went: in the order in which stances were taken, not published.

A *shift* is a change of stance from one day to another. Where sources tell different stances for one day, or
another party tells one against the party's own words, that is a *contradiction* of sources, and no shift.
What is said again is neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from onrecord.corpus.entries import Stand

# Whose word weighs more: the party's own, the reporter's, another party's.
_WEIGHT = {"self": 3.0, "narrated": 2.0, "reported": 1.0}
_OPPOSED = (frozenset({"supports", "opposes"}), frozenset({"conditional", "opposes"}))
_APART = _OPPOSED[1]  # opposed only in two reports: in one it is a refusal with a condition
# Of stances of one day that go together, the one that says most of where the party stands.
_SAYS_MOST = ("conditional", "supports", "opposes", "noncommittal")
_COARSE = ("month", "year")


@dataclass(frozen=True, slots=True)
class Step:
    """Stands of one stance, one after another; ``taken`` is the day of the first, '' where none is known."""

    taken: str
    stands: tuple[Stand, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """A party moved: its last stand before and its first after. ``taken`` is the day of the second, '' where
    none is known and the report itself tells the change."""

    taken: str
    before: Stand
    after: Stand


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Sources tell different stances of one party. ``kind`` says whether for one day, or whether another
    party's word and the last or next known of the party's own go against each other."""

    taken: str
    stands: tuple[Stand, ...]
    kind: Literal["same day", "another's word"] = "same day"


def taken(stand: Stand) -> str:
    """The ISO day on which a stance was taken: the day told, else that of publication, else ''."""
    return stand.date_from or (stand.published or "")[:10]


def timeline(stands: Iterable[Stand]) -> tuple[Step, ...]:
    """The stands of one party on one issue, in order, equal ones that follow each other as one step; those
    of which no day is known at the end."""
    return tuple(
        Step(taken(group[0]), group)
        for group in (tuple(g) for _, g in groupby(_ordered(stands), key=lambda s: (not taken(s), s.stance)))
    )


def shifts(stands: Iterable[Stand]) -> tuple[Shift | Contradiction, ...]:
    """The changes of stance of one party on one issue, and the contradictions, in order of time.

    The order in which the stands are given, and giving one twice, change nothing.
    """
    ordered = _ordered(stands)
    found: list[Shift | Contradiction] = list(_told(ordered))
    standing: Stand | None = None
    for day, group in groupby([s for s in ordered if taken(s) and not _blurred(s, ordered)], key=taken):
        on_day = tuple(group)
        now, contradiction = _of_day(day, on_day)
        if contradiction is not None:
            found.append(contradiction)
        if now is None or (now.act == "evades" and standing is not None):
            continue
        if standing is not None and _moved(standing, now):
            if "reported" in (now.basis, standing.basis) and now.basis != standing.basis:
                found.append(Contradiction(day, (standing, now), "another's word"))
                if now.basis == "reported":
                    continue
            else:
                found.append(Shift(day, standing, now))
        standing = now
    unique = {(f.taken, _ids(f)): f for f in reversed(found)}
    return tuple(unique[key] for key in sorted(unique))


def _ordered(stands: Iterable[Stand]) -> list[Stand]:
    unique = {s.id: s for s in stands}
    return sorted(unique.values(), key=lambda s: (not taken(s), taken(s), s.stance, s.id))


def _told(stands: list[Stand]) -> Iterable[Shift]:
    """The shifts that a report tells itself: 'dropped its demand'."""
    by_id = {s.id: s for s in stands}
    for s in stands:
        if s.follows in by_id and _moved(by_id[s.follows], s):
            yield Shift(taken(s), by_id[s.follows], s)


def _moved(before: Stand, after: Stand) -> bool:
    """Whether an analyst would call it a move: another stance, or a demand or offer withdrawn."""
    withdrawn = (before.act == "withdraws") != (after.act == "withdraws")
    return before.stance != after.stance or withdrawn


def _blurred(stand: Stand, stands: list[Stand]) -> bool:
    """Whether a stand is dated so roughly that another's day lies within: it cannot be put in order."""
    if stand.precision not in _COARSE or not stand.date_from or not stand.date_to:
        return False
    return any(
        other.precision not in _COARSE and stand.date_from <= taken(other) <= stand.date_to
        for other in stands
    )


def _of_day(day: str, stands: tuple[Stand, ...]) -> tuple[Stand | None, Contradiction | None]:
    """Where the party stood on a day, as the words of most weight have it, ``None`` where they disagree; and
    the contradiction of that day, if there is one."""
    earlier = {s.follows for s in stands if s.follows}
    open_ = tuple(s for s in stands if s.id not in earlier) or stands
    opposed = tuple(s for s in open_ if any(_contradict(s, other) for other in open_))
    contradiction = Contradiction(day, opposed) if opposed else None
    most = max(_WEIGHT[s.basis] for s in open_)
    heard = [s for s in open_ if _WEIGHT[s.basis] == most]
    if any(_contradict(s, other) for s in heard for other in heard):
        return None, contradiction
    weights: dict[str, float] = defaultdict(float)
    for s in heard:
        weights[s.stance] += s.confidence
    if any(pair <= set(weights) for pair in _OPPOSED):  # one voice in one report: what it says most
        stance = min(weights, key=lambda w: (-round(weights[w], 9), _SAYS_MOST.index(w)))
    else:
        stance = min(weights, key=_SAYS_MOST.index)
    return next(s for s in heard if s.stance == stance), contradiction


def _contradict(a: Stand, b: Stand) -> bool:
    """Whether two sources tell opposed stances."""
    pair = {a.stance, b.stance}
    return (pair in _OPPOSED and a.report != b.report) or (
        pair in _OPPOSED and pair != _APART and a.voice != b.voice
    )


def _ids(found: Shift | Contradiction) -> tuple[str, ...]:
    if isinstance(found, Shift):
        return "shift", found.before.id, found.after.id
    return "contradiction", *(s.id for s in found.stands)
