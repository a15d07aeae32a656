"""Precision, recall and F1 of records against gold, with bootstrap intervals over the reports."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from onrecord.evaluation.gold import GoldEntry
from onrecord.evaluation.matching import Found, Reading, found_words, right
from onrecord.record import Event, Record, Span, Statement

DRAWS = 2000
SEED = 20261124  # of the bootstrap: the same records and gold give the same interval
MEASURES = (
    ("statements found", "their words"),
    ("statements", "their words and the resolved speaker"),
    ("events", "sentence, type, actors and recipients"),
    ("positions", "sentence, party, stance and issue"),
)
Match = Callable[[Reading, GoldEntry, Found], bool]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one measure over one report or more: entries that are right, found, and asked for."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.found + other.found, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of what is there that was found; 0 where nothing is there."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0


@dataclass(frozen=True, slots=True)
class Error:
    """What is missed or wrong in a report, in words."""

    report: str
    measure: str
    kind: str  # 'missed' or 'wrong'
    told: str


@dataclass(frozen=True, slots=True)
class Score:
    """A measure over all reports. ``low`` and ``high`` bound 95 % of the bootstrap's F1."""

    measure: str
    what: str
    tally: Tally
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Scored:
    """One report: its tally for each measure, in their order, and what is wrong in it."""

    report: str
    tallies: tuple[Tally, ...]
    errors: tuple[Error, ...]


def score_report(record: Record, gold: Sequence[GoldEntry]) -> Scored:
    """Each measure for one record. Every gold entry is matched with one found entry at most.

    An entry that only an optional gold entry explains counts neither way, a second one of the same
    thing counts as wrong.
    """
    reading = Reading.of(record)
    by: tuple[tuple[str, Sequence[Found], Match], ...] = (
        ("statements", record.statements, _words_alone),
        ("statements", record.statements, right),
        ("events", record.events, right),
        ("positions", record.positions, right),
    )
    tallies, errors = [], []
    for (measure, _), (kind, found, match) in zip(MEASURES, by, strict=True):
        asked = [g for g in gold if g.kind == kind]
        tally, missed, wrong = _tally(reading, asked, found, match)
        tallies.append(tally)
        errors += [Error(record.document.id, measure, "missed", g.told) for g in missed]
        errors += [Error(record.document.id, measure, "wrong", _told(record, f)) for f in wrong]
    return Scored(record.document.id, tuple(tallies), tuple(errors))


def scores(reports: Sequence[Scored]) -> tuple[Score, ...]:
    """Each measure over all reports, with the interval that drawing the reports again and again gives."""
    made = []
    for n, (measure, what) in enumerate(MEASURES):
        tallies = [r.tallies[n] for r in reports]
        low, high = _interval(tallies)
        made.append(Score(measure, what, _sum(tallies), low, high))
    return tuple(made)


def _tally(
    reading: Reading, gold: Sequence[GoldEntry], found: Sequence[Found], match: Match
) -> tuple[Tally, list[GoldEntry], list[Found]]:
    free = list(range(len(found)))
    hit: dict[int, int] = {}
    for g in sorted(range(len(gold)), key=lambda i: gold[i].optional):
        taken = next((f for f in free if match(reading, gold[g], found[f])), None)
        if taken is not None:
            hit[g] = taken
            free.remove(taken)
    asked = [g for g in range(len(gold)) if not gold[g].optional]
    wrong = [found[f] for f in free if not _is_more_of(reading, gold, found, hit, f, match)]
    rights = sum(g in hit for g in asked)
    return Tally(rights, rights + len(wrong), len(asked)), [gold[g] for g in asked if g not in hit], wrong


def _is_more_of(
    reading: Reading,
    gold: Sequence[GoldEntry],
    found: Sequence[Found],
    hit: dict[int, int],
    f: int,
    match: Match,
) -> bool:
    """Whether an entry left over says another thing of a matched gold entry, and not the same again."""
    return any(match(reading, gold[g], found[f]) and _key(found[f]) != _key(found[t]) for g, t in hit.items())


def _key(found: Found) -> tuple[object, ...]:
    if isinstance(found, Statement):
        return (found.speaker,)
    values = ("type", "actor", "recipient", "party", "stance", "issue")
    return tuple(getattr(found, v, None) for v in values)


def _words_alone(reading: Reading, gold: GoldEntry, found: Found) -> bool:
    return isinstance(found, Statement) and found_words(gold, found)


def _interval(tallies: Sequence[Tally]) -> tuple[float, float]:
    """The 2.5th and 97.5th percentile of F1 over reports drawn with replacement."""
    if not tallies:
        return 0.0, 0.0
    draw = random.Random(SEED)
    drawn = sorted(_sum(draw.choices(tallies, k=len(tallies))).f1 for _ in range(DRAWS))
    return drawn[int(DRAWS * 0.025)], drawn[int(DRAWS * 0.975) - 1]


def _sum(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())


def _told(record: Record, found: Found) -> str:
    if isinstance(found, Statement):
        words = _quoted(record, found.content[0]) if found.content else "no words"
        return f"{found.id} {found.speaker}: {words}"
    words = _quoted(record, found.span)
    if isinstance(found, Event):
        return f"{found.id} {found.type} {list(found.actor)} → {list(found.recipient)}: {words}"
    return f"{found.id} {found.party} {found.stance} {found.issue}: {words}"


def _quoted(record: Record, span: Span) -> str:
    return record.document.text[span.start : span.end]
