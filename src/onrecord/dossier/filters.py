"""What a question to the dossier is narrowed by, and the SQL that does it.

Words that a user gives (a party, a speaker, an issue) are looked up among what the dossier holds
(``lookup.py``); the SQL only ever sees ids, as parameters.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from onrecord.dossier.lookup import actors_named, issues_named, parties_named
from onrecord.record import Basis, StatementKind

Kind = Literal["statement", "position", "telling", "event"]
_DAY = {
    "statement": "coalesce(x.said_from, r.published)",
    "position": "x.taken",
    "telling": "coalesce(x.date_from, r.published)",
    "event": "x.date_from",
}
_LAST_DAY = {
    "statement": "coalesce(x.said_to, x.said_from, r.published)",
    "position": "x.taken",
    "telling": "coalesce(x.date_to, x.date_from, r.published)",
    "event": "coalesce(x.date_to, x.date_from)",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What to narrow a listing to; ``None`` narrows nothing.

    ``party`` and ``speaker`` are ids, codes or names, ``issue`` an id or words of a label, ``topic`` a topic
    of the codebook, ``since`` and ``until`` ISO days, both included, ``outlet`` and ``report`` exact,
    ``text`` words to be found (FTS5, all of them).
    """

    party: str | None = None
    speaker: str | None = None
    issue: str | None = None
    topic: str | None = None
    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    report: str | None = None
    text: str | None = None
    basis: Basis | None = None
    kind: StatementKind | None = None
    channel: str | None = None
    limit: int | None = None
    offset: int = 0


# Of the report that an entry is in, as every query of entries gives it.
REPORT = "r.id AS report_id, r.title, r.outlet, r.published"
EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class Where:
    """A condition of SQL over entry ``x`` and its report ``r``, with the values of its parameters."""

    sql: str
    values: tuple[str | int, ...]


def where(connection: sqlite3.Connection, filters: Filters, kind: Kind) -> Where:
    """The condition for entries of a kind. Raises UsageError where a name is nobody's in the dossier."""
    f = filters
    parts = [
        Where("x.tellings > 0" if kind == "event" else "x.copy_of IS NULL AND x.state <> 'rejected'", ())
    ]
    if f.party:
        parts.append(_party(kind, parties_named(connection, f.party)))
    if f.speaker:
        parts.append(_speaker(kind, actors_named(connection, f.speaker)))
    if f.issue:
        parts.append(_issue(kind, issues_named(connection, f.issue)))
    if f.topic:
        parts.append(_topic(kind, f.topic))
    if f.since:
        parts.append(Where(f"{_LAST_DAY[kind]} >= ?", (f.since,)))
    if f.until:
        parts.append(Where(f"{_DAY[kind]} <= ?", (f.until,)))
    if f.outlet:
        parts.append(_report(kind, "outlet", f.outlet))
    if f.report:
        parts.append(_report(kind, "id", f.report))
    if f.text and (query := fts(f.text)):
        parts.append(_text(kind, query))
    if f.basis and kind == "position":
        parts.append(Where("x.basis = ?", (f.basis,)))
    if f.kind and kind == "statement":
        parts.append(Where("x.kind = ?", (f.kind,)))
    if f.channel and kind == "statement":
        parts.append(Where("x.channel = ?", (f.channel,)))
    return Where(" AND ".join(part.sql for part in parts), tuple(v for part in parts for v in part.values))


def page(filters: Filters) -> str:
    """The LIMIT of a listing."""
    if filters.limit is None and not filters.offset:
        return ""
    return f" LIMIT {-1 if filters.limit is None else int(filters.limit)} OFFSET {int(filters.offset)}"


def fts(text: str) -> str:
    """Words of a user as a query of FTS5 that finds all of them; no sign of them is an operator."""
    return " ".join('"' + word.replace('"', '""') + '"' for word in text.replace("\0", " ").split())


def marks(values: tuple[str, ...]) -> str:
    """As many question marks as there are values, for IN."""
    return ", ".join("?" * len(values))


def _party(kind: Kind, ids: tuple[str, ...]) -> Where:
    if kind in ("statement", "position"):
        return Where(f"x.party IN ({marks(ids)})", ids)
    sides = f"SELECT {kind} FROM {kind}_side WHERE party IN ({marks(ids)}) OR actor IN ({marks(ids)})"
    return Where(f"x.id IN ({sides})", ids + ids)


def _speaker(kind: Kind, ids: tuple[str, ...]) -> Where:
    if kind in ("statement", "position"):
        return Where(f"x.{'speaker' if kind == 'statement' else 'voice'} IN ({marks(ids)})", ids)
    said = f"according_to IN (SELECT id FROM statement WHERE speaker IN ({marks(ids)}))"
    if kind == "telling":
        return Where(f"x.{said}", ids)
    return Where(f"x.id IN (SELECT event FROM telling WHERE {said})", ids)


def _issue(kind: Kind, ids: tuple[str, ...]) -> Where:
    return Where(_on(kind, f"issue IN ({marks(ids)})"), ids)


def _topic(kind: Kind, topic: str) -> Where:
    return Where(_on(kind, "issue IN (SELECT id FROM issue WHERE topic = ?)"), (topic,))


def _on(kind: Kind, condition: str) -> str:
    """Entries on an issue; tellings and events are so where a position rests on them."""
    if kind == "position":
        return f"x.{condition}"
    if kind == "statement":
        return f"x.id IN (SELECT statement FROM statement_issue WHERE {condition})"
    wanted = "id" if kind == "telling" else "event"
    return (
        f"x.id IN (SELECT {wanted} FROM telling WHERE id IN (SELECT telling FROM position WHERE {condition}))"
    )


def _report(kind: Kind, column: Literal["outlet", "id"], value: str) -> Where:
    """A copy's outlet counts: the same words stood there too."""
    if kind == "event":
        told = "SELECT t.event FROM telling t JOIN report o ON o.n = t.report WHERE t.state <> 'rejected'"
        return Where(f"x.id IN ({told} AND o.{column} = ?)", (value,))
    copies = f"SELECT c.copy_of FROM {kind} c JOIN report o ON o.n = c.report WHERE c.copy_of IS NOT NULL"
    return Where(f"(r.{column} = ? OR x.id IN ({copies} AND o.{column} = ?))", (value, value))


def _text(kind: Kind, query: str) -> Where:
    if kind == "statement":
        return Where("x.n IN (SELECT rowid FROM statement_text WHERE statement_text MATCH ?)", (query,))
    found = "SELECT rowid FROM report_text WHERE report_text MATCH ?"
    if kind == "event":
        return Where(f"x.id IN (SELECT event FROM telling WHERE report IN ({found}))", (query,))
    return Where(f"x.report IN ({found})", (query,))
