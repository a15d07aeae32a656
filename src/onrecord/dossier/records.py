"""The records of a dossier, as the machine made them or as they are shown: overlaid by reviews."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec

from onrecord.corpus.ids import position_ids, statement_ids, telling_ids
from onrecord.dossier.connection import connect, errors
from onrecord.dossier.overlay import Review, Reviews, at_issue, load, overlaid
from onrecord.dossier.rows import (
    PositionRow,
    Row,
    StatementRow,
    TellingRow,
    from_json_row,
    rows_of,
    unpack,
)
from onrecord.record import Actor, Date, Event, Issue, Position, Record, Span, Statement

_ADDED = "review"
_T = TypeVar("_T", Statement, Event, Position)


def records(path: str | os.PathLike[str], *, machine: bool = False) -> Iterator[Record]:
    """The records of a dossier's reports in the order of filing, one after another.

    What a person rejected is left out, corrected fields are as corrected, added entries are there, and
    issues have the labels that people gave them; with ``machine``, everything is as the machine made it.
    Raises DossierError where the dossier cannot be read.
    """
    connection = connect(path)
    try:
        with errors(path):
            yield from records_in(connection, machine=machine)
    finally:
        connection.close()


def records_in(connection: sqlite3.Connection, *, machine: bool = False) -> Iterator[Record]:
    """``records`` of a dossier that is open. Raises sqlite3.Error."""
    reviews = Reviews() if machine else load(connection)
    for row in connection.execute("SELECT n, text, record FROM report WHERE state = 'coded' ORDER BY n"):
        record = unpack(row["record"], row["text"])
        yield record if machine else shown(connection, row["n"], record, reviews)


def shown(connection: sqlite3.Connection, n: int, record: Record, reviews: Reviews) -> Record:
    """The record of report ``n`` as the reviews have it."""
    made = _Made(record)
    issues = _Issues(connection, n, record, reviews)
    rows = rows_of(record)
    given: tuple[Row, ...] = (*rows.statements, *rows.tellings, *rows.positions)
    touched = {row.id: row for row in given if row.id in reviews.entries}
    for entry, row in touched.items():
        now = _placed(overlaid(row, reviews.entries[entry]), reviews)
        made.change(entry, row, now, reviews.entries[entry], issues)
    for review in reviews.added.get(record.document.id, ()):
        bare = from_json_row(_ROWS[review.target_kind], review.value)
        of_it = reviews.entries.get(review.target, ())
        made.add(_placed(overlaid(bare, of_it), reviews), (review, *of_it), issues)
    if not touched and record.document.id not in reviews.added:
        return msgspec.structs.replace(record, issues=issues.all())
    return made.record(connection, issues.all())


_ROWS: Mapping[str, type[Row]] = {"statement": StatementRow, "telling": TellingRow, "position": PositionRow}


def _placed(row: Row, reviews: Reviews) -> Row:
    return at_issue(row, reviews)[0] if isinstance(row, PositionRow) else row


class _Issues:
    """The issues of a record, by the issue of the dossier that each is."""

    def __init__(self, connection: sqlite3.Connection, n: int, record: Record, reviews: Reviews) -> None:
        placed = connection.execute("SELECT issue, local FROM issue_in WHERE report = ?", (n,)).fetchall()
        self._connection = connection
        self._local: dict[str, str] = {row["issue"]: row["local"] for row in placed}
        self._more: dict[str, Issue] = {}
        names = {row["local"]: row["issue"] for row in placed}
        named = reviews.renamed.keys() | {
            review.value["into"] for merges in reviews.merged.values() for review in merges
        }
        self._own = tuple(
            msgspec.structs.replace(issue, label=self._label(names[issue.id]))
            if names.get(issue.id) in named
            else issue
            for issue in record.issues
        )

    def local(self, issue: str) -> str:
        """The id in the record of an issue of the dossier; it is added where the record has it not."""
        if issue not in self._local:
            row = self._connection.execute("SELECT label, topic FROM issue WHERE id = ?", (issue,)).fetchone()
            self._more[issue] = Issue(
                id=issue, label=row["label"], topic=row["topic"], proposed_by=(), mentions=()
            )
            self._local[issue] = issue
        return self._local[issue]

    def all(self) -> tuple[Issue, ...]:
        """The record's own, and those that people brought in."""
        return (*self._own, *self._more.values())

    def _label(self, issue: str) -> str:
        row = self._connection.execute("SELECT label FROM issue WHERE id = ?", (issue,)).fetchone()
        return str(row["label"])


@dataclass(slots=True)
class _Made:
    """A record being changed: its entries by the ids that the dossier has for them."""

    given: Record
    statements: dict[str, Statement] = field(init=False)
    events: dict[str, Event] = field(init=False)
    positions: dict[str, Position] = field(init=False)

    def __post_init__(self) -> None:
        said, told, held = statement_ids(self.given), telling_ids(self.given), position_ids(self.given)
        self.statements = {said.get(s.id, s.id): s for s in self.given.statements}
        self.events = {told[e.id]: e for e in self.given.events}
        self.positions = {held[p.id]: p for p in self.given.positions}

    def change(self, entry: str, was: Row, now: Row, reviews: Iterable[Review], issues: _Issues) -> None:
        """Make an entry what its row is now."""
        if isinstance(now, StatementRow):
            _put(self.statements, entry, now, _statement(self.statements[entry], was, now))
        elif isinstance(now, TellingRow):
            _put(self.events, entry, now, _event(self.events[entry], was, now))
        else:
            position = _position(self.positions[entry], now, reviews)
            if _moved(reviews):
                position = msgspec.structs.replace(position, issue=issues.local(now.issue))
            _put(self.positions, entry, now, position)

    def add(self, row: Row, reviews: Iterable[Review], issues: _Issues) -> None:
        """Bring in an entry that a person added."""
        if row.state == "rejected":
            return
        if isinstance(row, StatementRow):
            self.statements[row.id] = _new_statement(row, _next("s", self.given.statements, self.statements))
        elif isinstance(row, TellingRow):
            self.events[row.id] = _new_event(row, _next("e", self.given.events, self.events))
        else:
            name = _next("p", self.given.positions, self.positions)
            self.positions[row.id] = _position(
                _new_position(row, name, issues.local(row.issue)), row, reviews
            )

    def record(self, connection: sqlite3.Connection, issues: tuple[Issue, ...]) -> Record:
        """The record, without references to what was taken out, with every actor that is named."""
        statements, events = tuple(self.statements.values()), tuple(self.events.values())
        said, told = {s.id for s in statements}, {e.id for e in events}
        held = {p.id for p in self.positions.values()}
        events = tuple(
            msgspec.structs.replace(e, according_to=e.according_to if e.according_to in said else None)
            for e in events
        )
        positions = tuple(
            msgspec.structs.replace(
                p,
                statement=p.statement if p.statement in said else None,
                event=p.event if p.event in told else None,
                follows=p.follows if p.follows in held else None,
            )
            for p in self.positions.values()
        )
        named = {s.speaker for s in statements} | {a for e in events for a in (*e.actor, *e.recipient)}
        return msgspec.structs.replace(
            self.given,
            actors=(*self.given.actors, *_actors(connection, named - {a.id for a in self.given.actors})),
            statements=statements,
            events=events,
            positions=positions,
            issues=issues,
        )


def _put(entries: dict[str, _T], entry: str, row: Row, changed: _T) -> None:
    if row.state == "rejected":
        del entries[entry]
    else:
        entries[entry] = changed


def _statement(statement: Statement, was: Row, now: StatementRow) -> Statement:
    assert isinstance(was, StatementRow)
    if now.speaker != was.speaker:
        statement = msgspec.structs.replace(statement, speaker=now.speaker, speaker_span=None)
    if (now.start, now.end) != (was.start, was.end):
        statement = msgspec.structs.replace(statement, content=(_span(now.start, now.end, now.content),))
    return msgspec.structs.replace(statement, kind=now.kind)


def _event(event: Event, was: Row, now: TellingRow) -> Event:
    assert isinstance(was, TellingRow)
    if (now.date_from, now.date_to) != (was.date_from, was.date_to):
        event = msgspec.structs.replace(event, date=_date(now))
    if (now.start, now.end) != (was.start, was.end):
        event = msgspec.structs.replace(event, span=_span(now.start, now.end, now.text))
    return msgspec.structs.replace(event, **_of_telling(now))


def _of_telling(row: TellingRow) -> dict[str, Any]:
    """What a row of a telling says of its event, under the names of the record."""
    return {
        "type": row.type,
        "mode": row.mode,
        "cameo": row.cameo,
        "actor": tuple(s.actor for s in row.sides if s.side == "actor"),
        "recipient": tuple(s.actor for s in row.sides if s.side == "recipient"),
        "status": row.status,
        "quad": row.quad,
        "intensity": row.intensity,
    }


def _position(position: Position, now: PositionRow, reviews: Iterable[Review]) -> Position:
    changed: dict[str, Any] = {"party": now.party, "stance": now.stance, "act": now.act}
    for review in reviews:
        value = review.value
        if review.field == "condition":
            changed["condition"] = _span(**value) if value else None
        elif review.field == "span":
            changed["span"] = _span(**value)
        elif review.field == "date":
            changed["date"] = _date(now)
    return msgspec.structs.replace(position, **changed)


def _moved(reviews: Iterable[Review]) -> bool:
    return any(review.judgement == "split" or review.field == "issue" for review in reviews)


def _new_statement(row: StatementRow, name: str) -> Statement:
    return Statement(
        id=name, speaker=row.speaker, speaker_span=None, via=(), addressee=None, cue=None,
        content=(_span(row.start, row.end, row.content),), kind=row.kind,  # type: ignore[arg-type]
        channel=None, said_on=None, because=_ADDED, confidence=1.0,
    )  # fmt: skip


def _new_event(row: TellingRow, name: str) -> Event:
    span = _span(row.start, row.end, row.text)
    return Event(
        id=name, contexts=(), place=None, date=_date(row), according_to=None, span=span, sentence=span,
        because=_ADDED, confidence=1.0, **_of_telling(row),
    )  # fmt: skip


def _new_position(row: PositionRow, name: str, issue: str) -> Position:
    return Position(
        id=name, party=row.party, voice=None, issue=issue, stance=row.stance,  # type: ignore[arg-type]
        act=row.act, condition=None, basis="narrated", date=_date(row),  # type: ignore[arg-type]
        span=_span(row.start, row.end, row.text), statement=None, event=None, because=_ADDED, confidence=1.0,
    )  # fmt: skip


def _date(row: TellingRow | PositionRow) -> Date | None:
    if row.date_from is None:
        return None
    return Date(from_=row.date_from, to=row.date_to, precision=row.precision or "unknown")  # type: ignore[arg-type]


def _span(start: int, end: int, text: str) -> Span:
    return Span(start=start, end=end, text=text)


def _next(letter: str, given: Iterable[Statement | Event | Position], now: Mapping[str, Any]) -> str:
    """The id after all that the record has had."""
    taken = {entry.id for entry in (*given, *now.values())}
    n = len(taken) + 1
    while f"{letter}{n}" in taken:
        n += 1
    return f"{letter}{n}"


def _actors(connection: sqlite3.Connection, ids: Iterable[str | None]) -> tuple[Actor, ...]:
    """Actors of the dossier that a record does not mention."""
    wanted = json.dumps(sorted(i for i in ids if i is not None))
    rows = connection.execute(
        "SELECT * FROM actor WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", (wanted,)
    )
    names = ("id", "name", "kind", "country", "sector", "role", "party", "wikidata")
    return tuple(Actor(**{name: row[name] for name in names}) for row in rows)
