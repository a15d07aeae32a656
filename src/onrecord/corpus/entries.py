"""What a record gives to the corpus: tellings, stands, issues and sayings, each by itself.

An event of a record is a *telling*: one report's account of something done. A position of a record is a
*stand*. They carry all that comparing them across reports needs, and nothing of the parse. A date that the
text does not give is ``None`` here as in the record; no date falls back to the day of publication.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from onrecord.corpus.ids import position_ids, statement_ids, telling_ids
from onrecord.record import (
    Act,
    Actor,
    ActorKind,
    Basis,
    Date,
    Precision,
    Record,
    Stance,
    StatementKind,
    Status,
)


@dataclass(frozen=True, slots=True)
class Side:
    """Who stands on a side of a telling: an actor's id, the party it speaks for (itself where it has none),
    and what it is."""

    actor: str
    party: str
    side: Literal["actor", "recipient"]
    kind: ActorKind = "unknown"


@dataclass(frozen=True, slots=True)
class Telling:
    """One report's account of an event. ``report`` is a document id, days are ISO dates.

    ``parties`` are those of ``sides``, sorted, each once. ``voice`` is the speaker on whose word alone it
    rests, ``None`` where the reporter tells it; ``according_to`` the id of that statement. ``text`` are the
    words that show it.
    """

    id: str
    report: str
    outlet: str | None
    published: str | None
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    parties: tuple[str, ...]
    place: str | None
    country: str | None
    date_from: str | None
    date_to: str | None
    precision: Precision | None
    status: Status
    voice: str | None
    text: str
    sentence: str
    confidence: float
    sides: tuple[Side, ...] = ()
    according_to: str | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """A position as filed. ``issue`` is the record's issue id, or that of the issue it was merged into;
    ``statement`` the id of the statement that it rests on, if any."""

    id: str
    report: str
    outlet: str | None
    published: str | None
    party: str
    voice: str | None
    issue: str
    stance: Stance
    act: Act
    condition: str | None
    basis: Basis
    date_from: str | None
    date_to: str | None
    precision: Precision | None
    text: str
    confidence: float
    follows: str | None = None
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class IssueIn:
    """An issue as one report has it: ``local`` is its id there, ``parties`` who proposes or takes a stand on
    it, sorted; ``broader`` the local ids of more general issues that it is a case of."""

    report: str
    local: str
    label: str
    topic: str | None
    parties: tuple[str, ...]
    published: str | None
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as filed. ``content`` is the readable text of all its stretches, joined by ' … '.

    ``told_by`` is the party on whose word it is known: that of the outermost who relayed it, else of the
    speaker. ``start`` is its offset in the report.
    """

    id: str
    report: str
    outlet: str | None
    published: str | None
    speaker: str | None
    party: str | None
    content: str
    kind: StatementKind
    date_from: str | None
    date_to: str | None
    told_by: str | None = None
    cue: str = ""
    start: int = 0


@dataclass(frozen=True, slots=True)
class Entries:
    """What one record gives."""

    tellings: tuple[Telling, ...]
    stands: tuple[Stand, ...]
    issues: tuple[IssueIn, ...]
    statements: tuple[Said, ...]


def entries_of(record: Record) -> Entries:
    """The tellings, stands, issues and statements of a record, in its order."""
    return Entries(_tellings(record), _stands(record), _issues(record), _statements(record))


def _tellings(record: Record) -> tuple[Telling, ...]:
    document, actors, ids = record.document, _by_id(record), telling_ids(record)
    speakers, said = {s.id: s.speaker for s in record.statements}, statement_ids(record)
    found = []
    for e in record.events:
        sides = (
            *(_side(actors, i, "actor") for i in e.actor),
            *(_side(actors, i, "recipient") for i in e.recipient),
        )
        first, last, precision = _days(e.date)
        found.append(
            Telling(
                ids[e.id], document.id, document.outlet, document.published, e.type, e.mode, e.contexts,
                e.cameo, e.actor, e.recipient, tuple(sorted({s.party for s in sides})), e.place,
                e.place_info.country if e.place_info else None, first, last, precision, e.status,
                speakers.get(e.according_to) if e.according_to else None, e.span.text, e.sentence.text,
                e.confidence, sides, said.get(e.according_to) if e.according_to else None,
            )
        )  # fmt: skip
    return tuple(found)


def _stands(record: Record) -> tuple[Stand, ...]:
    document, ids, said = record.document, position_ids(record), statement_ids(record)
    found = []
    for p in record.positions:
        first, last, precision = _days(p.date)
        found.append(
            Stand(
                ids[p.id], document.id, document.outlet, document.published, p.party, p.voice, p.issue,
                p.stance, p.act, p.condition.text if p.condition else None, p.basis, first, last, precision,
                p.span.text, p.confidence, ids.get(p.follows) if p.follows else None,
                said.get(p.statement) if p.statement else None,
            )
        )  # fmt: skip
    return tuple(found)


def _issues(record: Record) -> tuple[IssueIn, ...]:
    standing: dict[str, set[str]] = {}
    for p in record.positions:
        standing.setdefault(p.issue, set()).add(p.party)
    document, actors = record.document, _by_id(record)
    return tuple(
        IssueIn(
            document.id,
            i.id,
            i.label,
            i.topic,
            tuple(sorted(standing.get(i.id, set()) | {_party(actors, a) for a in i.proposed_by})),
            document.published,
            i.broader,
        )
        for i in record.issues
    )


def _statements(record: Record) -> tuple[Said, ...]:
    document, actors, ids = record.document, _by_id(record), statement_ids(record)
    found = []
    for s in record.statements:
        if s.id in ids:
            first, last, _ = _days(s.said_on)
            party = _party(actors, s.speaker) if s.speaker else None
            told_by = _party(actors, s.via[0]) if s.via else party
            content = " … ".join(span.text for span in s.content)
            found.append(
                Said(
                    ids[s.id], document.id, document.outlet, document.published, s.speaker, party, content,
                    s.kind, first, last, told_by, s.cue.text if s.cue else "",
                    min(span.start for span in s.content),
                )
            )  # fmt: skip
    return tuple(found)


def _by_id(record: Record) -> dict[str, Actor]:
    return {actor.id: actor for actor in record.actors}


def _side(actors: dict[str, Actor], actor: str, side: Literal["actor", "recipient"]) -> Side:
    return Side(actor, _party(actors, actor), side, actors[actor].kind if actor in actors else "unknown")


def _party(actors: dict[str, Actor], actor: str) -> str:
    """The party an actor speaks for, else the actor itself."""
    known = actors.get(actor)
    return (known.party if known else None) or actor


def _days(date: Date | None) -> tuple[str | None, str | None, Precision | None]:
    return (date.from_, date.to, date.precision) if date else (None, None, None)


def outlets(reports: Iterable[Telling | Stand | Said]) -> tuple[str, ...]:
    """The outlets of entries, sorted, each once; the report's id where the outlet is not known."""
    return tuple(sorted({r.outlet or r.report for r in reports}))
