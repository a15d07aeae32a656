"""Which tellings are of one event, and what they tell of it together.

Coders of the field count reports, not events. Here a telling joins an event where the type, the sides at
the level of parties, the day and the place agree, and for what is said or demanded also the matter. What
disagrees in a detail is kept as told.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import combinations

from onrecord.corpus.encounters import AHEAD, family, is_encounter
from onrecord.corpus.encounters import TYPE as ENCOUNTER
from onrecord.corpus.entries import Telling
from onrecord.corpus.summary import Detail, Summary, merged
from onrecord.corpus.words import content, overlap
from onrecord.knowledge import read_csv

__all__ = [
    "Detail", "Summary", "Window", "family", "is_encounter", "keys", "merged", "same_event", "sameness",
    "window",
]  # fmt: skip

SAME = 0.5  # of sameness
PACT = "PACT"  # what is agreed (AGREE) or signed (SUPPORT) between two: one event, whichever is told
BETWEEN = frozenset({"AGREE", "SUPPORT"})
SYMMETRIC = frozenset({"CONSULT", "COOPERATE", PACT})
VERBAL = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
LONGEST = 8  # days; a longer stretch is known by its months
LONG = 6  # content words; a sentence of as many is not written twice by chance
_REAL = frozenset({"happened", "ongoing", "earlier"})
_NIGHT = re.compile(
    r"\b(?:night|late|evening|overnight|midnight|early hours|small hours|dawn|local time|GMT)\b", re.I
)
_PACT = re.compile(
    r"\b(?:agreed|agree on|(?:reach|struck|strike|sign|seal|conclud|initial)\w*"
    r"|agreement|deal|accord|treaty|pact)\b"
)
_PHONE = re.compile(r"\b(?:phoned?|telephoned?|telephone|calls?|called|rang)\b")
_MET = re.compile(r"\b(?:met|meet|meeting|visit\w*|summit|host\w*|received)\b")
_NAME = re.compile(r"\b[A-Z][\w’'.-]*")


@dataclass(frozen=True, slots=True)
class Window:
    """The days in which something can have been: ordinals, both included.

    ``early`` is 1 where it can as well have been the day before ``first``: what is dated by the day of
    publication was often the evening before, or the day before in another time zone. ``late`` is 1 where it
    can have been the day after ``last``: 'late on Monday night'. ``told`` says that the text gives the days.
    """

    first: int
    last: int
    early: int
    late: int
    told: bool


def window(telling: Telling) -> Window | None:
    """When it can have been; ``None`` where nothing tells. What is told as news without a day lies on the
    day of publication or the day before."""
    published = _ordinal(telling.published)
    first = _ordinal(telling.date_from)
    if first is not None:
        last = _ordinal(telling.date_to) or first
        early = last == first == published
        late = last == first and bool(_NIGHT.search(telling.sentence))
        return Window(first, max(first, last), int(early), int(late), True)
    if published is None or telling.status == "earlier":
        return None
    return Window(published - 1, published, 0, 0, False)


def keys(telling: Telling) -> tuple[str, ...]:
    """Blocking keys, 12 hexadecimal digits each: two tellings that can be of one event share one at least."""
    kind, when = family(telling), window(telling)
    parties = parties_of(telling)
    of = [f"{k}|{p}" for k in _kinds(telling) for p in parties]
    plain = {f"r|{telling.report}|{k}" for k in of}
    if when is not None and when.last - when.first < LONGEST:
        days = range(when.first - when.early, when.last + when.late + 1)
        plain |= {f"d|{k}|{day}" for k in of for day in days}
    if when is not None and when.told and kind == ENCOUNTER:
        months = sorted({date.fromordinal(d).isoformat()[:7] for d in (when.first, when.last)})
        plain |= {f"m|{a}|{b}|{m}" for a, b in combinations(sorted(parties), 2) for m in months}
    if _long(telling):
        plain.add(f"w|{telling.text}|{' '.join(sorted(_all_matter(telling)))}")
    return tuple(sorted(hashlib.blake2b(k.encode(), digest_size=6).hexdigest() for k in plain))


def sameness(a: Telling, b: Telling) -> float:
    """How surely two tellings are of one event, 0 (cannot be) to 1."""
    kind = _kind(a, b)
    if kind is None or not _status_fits(a, b, kind):
        return 0.0
    if _verbatim(a, b) and None in (window(a), window(b)):
        return 1.0
    days = _days_fit(a, b)
    if not days:
        return 0.0
    if _verbatim(a, b):
        return 1.0
    place, sides = _place_fits(a, b), _sides_fit(a, b, kind)
    if not sides or place < 0 or (kind == ENCOUNTER and {_called(a), _called(b)} == {True, False}):
        return 0.0
    matter = overlap(_matter(a), _matter(b))
    if kind == ENCOUNTER:
        alone = len(parties_of(a)) < 2 or len(parties_of(b)) < 2
        return min(1.0, 0.1 + 0.3 * days + (0.15 if alone else 0.35) * sides + 0.15 * place + 0.2 * matter)
    if kind == PACT:
        return min(1.0, 0.25 * days + 0.3 * sides + 0.1 * place + 0.5 * matter)
    if len(_matter(a) & _matter(b)) < min(2, len(_matter(a)), len(_matter(b))):
        return 0.0
    if kind in VERBAL:
        return min(1.0, 0.15 * days + 0.35 * sides + 0.05 * place + 0.65 * matter)
    return min(1.0, 0.15 * days + 0.2 * sides + 0.3 * place + 0.6 * matter)


def same_event(a: Telling, b: Telling) -> bool:
    """Whether two tellings are of one event."""
    return sameness(a, b) >= SAME


def _kinds(telling: Telling) -> tuple[str, ...]:
    """The types under which a telling can be compared, the one to prefer first."""
    kind = family(telling)
    return (PACT, kind) if kind in BETWEEN and _between(telling) else (kind,)


def _kind(a: Telling, b: Telling) -> str | None:
    """The type under which two tellings are compared, None where they are of different ones."""
    return next((k for k in _kinds(a) if k in _kinds(b)), None)


def _verbatim(a: Telling, b: Telling) -> bool:
    """Whether two tellings are the same sentence, and the same words of it."""
    return a.text == b.text and _long(a) and _all_matter(a) == _all_matter(b)


def _status_fits(a: Telling, b: Telling, kind: str) -> bool:
    one, other = _standing(a), _standing(b)
    if one == other:
        return one != "other" or a.status == b.status
    if "other" in (one, other):
        return False
    if "denied" in (one, other):
        return True
    return kind == ENCOUNTER and "proposed" not in (a.status, b.status)


def _standing(telling: Telling) -> str:
    if telling.status in _REAL:
        return "real"
    if telling.status in AHEAD:
        return "ahead"
    return "denied" if telling.status == "denied" else "other"


def _days_fit(a: Telling, b: Telling) -> float:
    """0 where the days exclude each other, 1 where both are told and the same, less where one is guessed."""
    if a.report == b.report and None in (a.date_from, b.date_from):
        return 0.8 if "earlier" not in (a.status, b.status) or a.status == b.status else 0.0
    one, other = window(a), window(b)
    if one is None or other is None:
        return 0.0
    if (_standing(a), _standing(b)) in (("real", "ahead"), ("ahead", "real")) and not (
        one.told and other.told
    ):
        return 0.0
    if not (_reaches(one, other) or _reaches(other, one)):
        return 0.0
    if not (one.told and other.told):
        return 0.5
    length = max(one.last - one.first, other.last - other.first)
    return 1.0 if length < 2 else 0.7 if length < LONGEST else 0.3


def _reaches(one: Window, other: Window) -> bool:
    """Whether the days of one, with what is not sharp about them, meet those that the other gives."""
    return one.first - one.early <= other.last and other.first <= one.last + one.late


def _place_fits(a: Telling, b: Telling) -> float:
    """1 the same, 0 not known of one, 0.5 one in the other, -1 elsewhere."""
    if not a.place or not b.place:
        return 0.0
    if a.place.casefold() == b.place.casefold():
        return 1.0
    states = _states()
    if (
        a.country
        and a.country == b.country
        and (states.get(a.place.casefold()) or states.get(b.place.casefold()))
    ):
        return 0.5
    return -1.0


def _sides_fit(a: Telling, b: Telling, kind: str) -> float:
    """0 where the sides exclude each other, 1 where they are the same."""
    if _persons_differ(a, b, kind):
        return 0.0
    if kind in SYMMETRIC:
        return _sets_fit(parties_of(a), parties_of(b), least=2)
    actors = _sets_fit(parties_of(a, "actor"), parties_of(b, "actor"), least=1)
    if kind in VERBAL and actors <= 0.5:  # what one says, and what it says with others
        return 0.0
    one, other = parties_of(a, "recipient"), parties_of(b, "recipient")
    if not one or not other:
        return 0.7 * actors
    return actors and _sets_fit(one, other, least=1) and (actors + _sets_fit(one, other, least=1)) / 2


def _sets_fit(one: frozenset[str], other: frozenset[str], least: int) -> float:
    common = len(one & other)
    if common < min(least, len(one), len(other)) or not common:
        return 0.0
    alike = common / len(one | other)
    return alike if alike >= 0.5 else 0.0


def _between(telling: Telling) -> bool:
    """Whether something is agreed or signed between two, so that it does not matter who is named first."""
    return len(parties_of(telling)) > 1 and bool(_PACT.search(telling.text))


def _called(telling: Telling) -> bool | None:
    """Whether an encounter was a call, and no meeting; ``None`` where nothing tells."""
    if telling.mode is not None:
        return telling.mode == "phone"
    if _PHONE.search(telling.text):
        return True
    return False if _MET.search(telling.text) else None


def _persons_differ(a: Telling, b: Telling, kind: str) -> bool:
    """Whether both name persons of one party, on one side where sides matter, and no one in common."""
    for party in sorted(parties_of(a) & parties_of(b)):
        one, other = _persons(a, party, kind), _persons(b, party, kind)
        if one and other and not one & other:
            return True
    return False


def _persons(telling: Telling, party: str, kind: str) -> frozenset[str]:
    return frozenset(
        s.actor
        for s in telling.sides
        if s.party == party
        and s.kind == "person"
        and not s.actor.startswith("unnamed-")
        and (s.side == "actor" or kind in SYMMETRIC)
    )


def parties_of(telling: Telling, side: str | None = None) -> frozenset[str]:
    """The parties of a telling, of one side where it is named. Its place is none."""
    return frozenset(s.party for s in telling.sides if side in (None, s.side) and s.kind != "place")


@lru_cache(maxsize=1 << 14)
def _matter_of(sentence: str, text: str) -> frozenset[str]:
    return content(_NAME.sub(" ", sentence)) - content(text)


def _all_matter(telling: Telling) -> frozenset[str]:
    """The content words of the sentence."""
    return _all_matter_of(telling.sentence)


def _long(telling: Telling) -> bool:
    return len(_all_matter(telling)) >= LONG


@lru_cache(maxsize=1 << 14)
def _all_matter_of(sentence: str) -> frozenset[str]:
    return content(sentence)


def _matter(telling: Telling) -> frozenset[str]:
    """The content words of the sentence, without names and the words that name the act."""
    return _matter_of(telling.sentence, telling.text)


def _ordinal(day: str | None) -> int | None:
    if not day:
        return None
    try:
        return date.fromisoformat(day[:10]).toordinal()
    except ValueError:
        return None


@cache
def _states() -> dict[str, str]:
    return {row["name"].casefold(): row["code"] for row in read_csv("actors", "states.csv")}
