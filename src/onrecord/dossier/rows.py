"""From a record to the rows of the dossier's tables, and from a row of a table back."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, TypeVar

import msgspec

from onrecord.corpus.entries import IssueIn, Side, Telling, entries_of
from onrecord.corpus.ids import position_ids, statement_ids, telling_ids
from onrecord.record import Date, Event, Position, Record, Statement, from_json, to_json

State = Literal["machine", "accepted", "rejected", "corrected", "added"]


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A row of table ``statement``: its columns, but for the report and the copy it is of."""

    id: str
    local: str | None
    speaker: str | None
    speaker_text: str | None
    party: str | None
    via: str
    addressee: str | None
    kind: str
    channel: str | None
    said_from: str | None
    said_to: str | None
    said_precision: str | None
    cue: str | None
    content: str
    start: int
    end: int
    because: str | None
    confidence: float | None
    state: State = "machine"


@dataclass(frozen=True, slots=True)
class TellingRow:
    """A row of table ``telling`` and its rows of ``telling_side``, but for the report and the event."""

    id: str
    local: str | None
    type: str
    mode: str | None
    contexts: str
    cameo: str | None
    quad: str | None
    intensity: float | None
    status: str
    according_to: str | None
    date_from: str | None
    date_to: str | None
    precision: str | None
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    text: str
    sentence: str
    start: int
    end: int
    because: str | None
    confidence: float | None
    state: State = "machine"
    sides: tuple[Side, ...] = ()


@dataclass(frozen=True, slots=True)
class PositionRow:
    """A row of table ``position``, but for the report. ``issue`` is the record's issue id until it is filed,
    and the dossier's after."""

    id: str
    local: str | None
    party: str
    voice: str | None
    issue: str
    stance: str
    act: str
    condition: str | None
    basis: str
    date_from: str | None
    date_to: str | None
    precision: str | None
    taken: str | None
    text: str
    start: int
    end: int
    statement: str | None
    telling: str | None
    because: str | None
    confidence: float | None
    follows: str | None
    state: State = "machine"


Row = StatementRow | TellingRow | PositionRow
_R = TypeVar("_R", bound=Row)


@dataclass(frozen=True, slots=True)
class Rows:
    """What one record gives to the tables; ``about`` pairs a statement's id with the local id of an issue
    that it touches."""

    statements: tuple[StatementRow, ...]
    tellings: tuple[TellingRow, ...]
    issues: tuple[IssueIn, ...]
    positions: tuple[PositionRow, ...]
    about: tuple[tuple[str, str], ...]


def rows_of(record: Record) -> Rows:
    """The rows of a record, in its order. A statement without any content gives none."""
    entries = entries_of(record)
    said, told, held = statement_ids(record), telling_ids(record), position_ids(record)
    parties = {s.id: s.party for s in entries.statements}
    sides = {t.id: t.sides for t in entries.tellings}
    statements = tuple(
        _statement(s, said[s.id], parties[said[s.id]]) for s in record.statements if s.id in said
    )
    tellings = tuple(_telling(e, told[e.id], said, sides[told[e.id]]) for e in record.events)
    published = record.document.published
    positions = tuple(_position(p, held, said, told, published) for p in record.positions)
    return Rows(statements, tellings, entries.issues, positions, _about(record, said))


def _statement(s: Statement, row_id: str, party: str | None) -> StatementRow:
    first, last, precision = _days(s.said_on)
    return StatementRow(
        id=row_id,
        local=s.id,
        speaker=s.speaker,
        speaker_text=s.speaker_span.text if s.speaker_span else None,
        party=party,
        via=_json(s.via),
        addressee=s.addressee,
        kind=s.kind,
        channel=s.channel,
        said_from=first,
        said_to=last,
        said_precision=precision,
        cue=s.cue.text if s.cue else None,
        content=" … ".join(span.text for span in s.content),
        start=min(span.start for span in s.content),
        end=max(span.end for span in s.content),
        because=s.because,
        confidence=s.confidence,
    )


def _telling(e: Event, row_id: str, said: dict[str, str], sides: tuple[Side, ...]) -> TellingRow:
    first, last, precision = _days(e.date)
    info = e.place_info
    return TellingRow(
        id=row_id,
        local=e.id,
        type=e.type,
        mode=e.mode,
        contexts=_json(e.contexts),
        cameo=e.cameo,
        quad=e.quad,
        intensity=e.intensity,
        status=e.status,
        according_to=said.get(e.according_to) if e.according_to else None,
        date_from=first,
        date_to=last,
        precision=precision,
        place=e.place,
        country=info.country if info else None,
        lat=info.lat if info else None,
        lon=info.lon if info else None,
        text=e.span.text,
        sentence=e.sentence.text,
        start=e.span.start,
        end=e.span.end,
        because=e.because,
        confidence=e.confidence,
        sides=sides,
    )


def _position(
    p: Position, held: dict[str, str], said: dict[str, str], told: dict[str, str], published: str | None
) -> PositionRow:
    first, last, precision = _days(p.date)
    return PositionRow(
        id=held[p.id],
        local=p.id,
        party=p.party,
        voice=p.voice,
        issue=p.issue,
        stance=p.stance,
        act=p.act,
        condition=p.condition.text if p.condition else None,
        basis=p.basis,
        date_from=first,
        date_to=last,
        precision=precision,
        taken=first or published,
        text=p.span.text,
        start=p.span.start,
        end=p.span.end,
        statement=said.get(p.statement) if p.statement else None,
        telling=told.get(p.event) if p.event else None,
        because=p.because,
        confidence=p.confidence,
        follows=held.get(p.follows) if p.follows else None,
    )


def _about(record: Record, said: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Each statement with the issues of which a mention, or a position on them, lies in it."""
    found = {(said[p.statement], p.issue) for p in record.positions if p.statement in said}
    for s in record.statements:
        found |= {
            (said[s.id], issue.id)
            for issue in record.issues
            for mention in issue.mentions
            if any(span.start <= mention.start and mention.end <= span.end for span in s.content)
        }
    return tuple(sorted(found))


def _days(date: Date | None) -> tuple[str | None, str | None, str | None]:
    return (date.from_, date.to, date.precision) if date else (None, None, None)


def _json(values: Iterable[str]) -> str:
    return json.dumps(list(values), ensure_ascii=False)


def pack(record: Record) -> bytes:
    """A record without its text, as it is stored: compressed with the help of the text."""
    text = record.document.text
    bare = msgspec.structs.replace(record, document=msgspec.structs.replace(record.document, text=""))
    squeeze = zlib.compressobj(6, zdict=_dictionary(text))
    return squeeze.compress(to_json(bare)) + squeeze.flush()


def unpack(data: bytes, text: str) -> Record:
    """The record that ``pack`` stored, with the text it is of."""
    record = from_json(zlib.decompressobj(zdict=_dictionary(text)).decompress(data))
    return msgspec.structs.replace(record, document=msgspec.structs.replace(record.document, text=text))


def _dictionary(text: str) -> bytes:
    return text[-(1 << 15) :].encode("utf-8", "surrogatepass")[-(1 << 15) :]


def columns(kind: type[_R]) -> tuple[str, ...]:
    """The columns that a row's fields stand in, in their order."""
    return _COLUMNS[kind]


_COLUMNS: Mapping[type, tuple[str, ...]] = {
    kind: tuple(f.name for f in fields(kind) if f.name != "sides")
    for kind in (StatementRow, TellingRow, PositionRow)
}


def to_json_row(row: Row) -> dict[str, Any]:
    """The row as JSON can hold it, for a review that adds it."""
    return asdict(row)


def from_json_row(kind: type[_R], value: dict[str, Any]) -> _R:
    """The row that ``to_json_row`` gave."""
    given = dict(value)
    if "sides" in given:
        given["sides"] = tuple(Side(**side) for side in given["sides"])
    return kind(**given)


def insert(connection: sqlite3.Connection, table: str, row: Row, **more: Any) -> None:
    """Write a row, and ``more`` columns of it, into its table."""
    values = {name: getattr(row, name) for name in columns(type(row))} | more
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))


def from_row(kind: type[_R], row: sqlite3.Row, **more: Any) -> _R:
    """The row that a query of all columns gave; a telling's sides are given with it."""
    return kind(**{name: row[name] for name in columns(kind)}, **more)


def telling_of(
    row: TellingRow, report: str, outlet: str | None, published: str | None, voice: str | None
) -> Telling:
    """The row as the corpus compares it."""
    return Telling(
        id=row.id,
        report=report,
        outlet=outlet,
        published=published,
        type=row.type,
        mode=row.mode,
        contexts=tuple(json.loads(row.contexts)),
        cameo=row.cameo,
        actor=tuple(s.actor for s in row.sides if s.side == "actor"),
        recipient=tuple(s.actor for s in row.sides if s.side == "recipient"),
        parties=tuple(sorted({s.party for s in row.sides})),
        place=row.place,
        country=row.country,
        date_from=row.date_from,
        date_to=row.date_to,
        precision=row.precision,  # type: ignore[arg-type]
        status=row.status,  # type: ignore[arg-type]
        voice=voice,
        text=row.text,
        sentence=row.sentence,
        confidence=row.confidence if row.confidence is not None else 1.0,
        sides=row.sides,
        according_to=row.according_to,
    )
