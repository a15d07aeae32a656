"""What a dossier holds: its reports, its actors, what is on the table, and what could not be read."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from onrecord.dossier.filters import EVERYTHING, Filters, fts, marks, page
from onrecord.dossier.lookup import issues_named, names, parties_named


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the dossier rests on. ``reports`` counts each group of copies once; days are ISO."""

    reports: int
    copies: int
    uncoded: int
    failures: int
    outlets: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class ShownReport:
    """A report as it was filed. ``copy_of`` is the report that it repeats, ``copies`` how many repeat it."""

    id: str
    published: str | None
    outlet: str | None
    title: str | None
    url: str | None
    byline: str | None
    language: str | None
    words: int
    state: str
    reason: str | None
    copy_of: str | None
    copies: int
    statements: int
    tellings: int
    positions: int
    source: str | None
    filed: str


@dataclass(frozen=True, slots=True)
class ShownActor:
    """Somebody in the dossier, with what is newest known, and how often it is spoken of."""

    id: str
    name: str
    kind: str
    country: str | None
    sector: str | None
    role: str | None
    party: str | None
    wikidata: str | None
    reports: int
    mentions: int


@dataclass(frozen=True, slots=True)
class ShownIssue:
    """Something on the table: how many positions, by which parties (ids), from when to when."""

    id: str
    label: str
    topic: str | None
    broader: tuple[str, ...]
    positions: int
    parties: tuple[str, ...]
    party_names: tuple[str, ...]
    reports: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class ShownFailure:
    """What could not be read or coded, and why."""

    source: str
    place: str
    reason: str
    filed: str


def coverage(connection: sqlite3.Connection) -> Coverage:
    """What there is, and from when to when."""
    row = connection.execute(
        "SELECT sum(copy_of IS NULL AND state = 'coded'), sum(copy_of IS NOT NULL), sum(state = 'uncoded'), "
        "count(DISTINCT outlet), min(published), max(published) FROM report"
    ).fetchone()
    failed = connection.execute("SELECT count(*) FROM failure").fetchone()[0]
    return Coverage(row[0] or 0, row[1] or 0, row[2] or 0, failed, row[3], row[4], row[5])


def reports(connection: sqlite3.Connection, filters: Filters = EVERYTHING) -> tuple[ShownReport, ...]:
    """The reports by day of publication, the latest first; of the filters ``outlet``, ``report``, ``since``,
    ``until`` and ``text`` count."""
    parts, values = ["1"], []
    for sql, value in (
        ("r.outlet = ?", filters.outlet),
        ("r.id = ?", filters.report),
        ("r.published >= ?", filters.since),
        ("r.published <= ?", filters.until),
        ("r.n IN (SELECT rowid FROM report_text WHERE report_text MATCH ?)", fts(filters.text or "") or None),
    ):
        if value:
            parts.append(sql)
            values.append(value)
    rows = connection.execute(
        "SELECT r.id, r.published, r.outlet, r.title, r.url, r.byline, r.language, r.words, r.state, "
        "r.reason, lead.id, (SELECT count(*) FROM report c WHERE c.copy_of = r.n), "
        "(SELECT count(*) FROM statement s WHERE s.report = r.n AND s.state <> 'rejected'), "
        "(SELECT count(*) FROM telling t WHERE t.report = r.n AND t.state <> 'rejected'), "
        "(SELECT count(*) FROM position p WHERE p.report = r.n AND p.state <> 'rejected'), r.source, r.filed "
        "FROM report r LEFT JOIN report lead ON lead.n = r.copy_of "
        f"WHERE {' AND '.join(parts)} ORDER BY r.published IS NULL, r.published DESC, r.n{page(filters)}",
        values,
    )
    return tuple(ShownReport(*row) for row in rows)


def actors(connection: sqlite3.Connection, filters: Filters = EVERYTHING) -> tuple[ShownActor, ...]:
    """The actors, the most spoken of first; of the filters ``party`` and ``text`` (words of names) count."""
    parts: list[str] = ["r.copy_of IS NULL"]
    values: list[str] = []
    if filters.party:
        ids = parties_named(connection, filters.party)
        parts.append(f"(a.party IN ({marks(ids)}) OR a.id IN ({marks(ids)}))")
        values += ids + ids
    for word in (filters.text or "").split():
        parts.append("instr(lower(a.name), ?)")
        values.append(word.lower())
    rows = connection.execute(
        "SELECT a.id, a.name, a.kind, a.country, a.sector, a.role, a.party, a.wikidata, "
        "count(*) AS reports, sum(p.mentions) AS mentions FROM appearance p "
        "JOIN actor a ON a.id = p.actor JOIN report r ON r.n = p.report "
        f"WHERE {' AND '.join(parts)} GROUP BY a.id "
        f"ORDER BY reports DESC, mentions DESC, a.id{page(filters)}",
        values,
    )
    return tuple(ShownActor(*row) for row in rows)


def issues(connection: sqlite3.Connection, filters: Filters = EVERYTHING) -> tuple[ShownIssue, ...]:
    """What is on the table, the issues with the most positions first; of the filters ``party``, ``issue``,
    ``topic``, ``since`` and ``until`` count."""
    parts: list[str] = ["p.copy_of IS NULL", "p.state <> 'rejected'"]
    values: list[str] = []
    for column, ids in (
        ("p.party", parties_named(connection, filters.party) if filters.party else ()),
        ("i.id", issues_named(connection, filters.issue) if filters.issue else ()),
    ):
        if ids:
            parts.append(f"{column} IN ({marks(ids)})")
            values += ids
    for sql, value in (
        ("i.topic = ?", filters.topic),
        ("p.taken >= ?", filters.since),
        ("p.taken <= ?", filters.until),
    ):
        if value:
            parts.append(sql)
            values.append(value)
    rows = connection.execute(
        "SELECT i.id, i.label, i.topic, "
        "(SELECT group_concat(b.broader, char(31)) FROM broader b WHERE b.issue = i.id) AS broader, "
        "count(p.id) AS positions, group_concat(DISTINCT p.party) AS parties, "
        "count(DISTINCT p.report) AS reports, min(p.taken) AS first, max(p.taken) AS last "
        "FROM issue i JOIN position p ON p.issue = i.id "
        f"WHERE {' AND '.join(parts)} GROUP BY i.id ORDER BY positions DESC, i.id{page(filters)}",
        values,
    ).fetchall()
    named = names(connection, {party for row in rows for party in row["parties"].split(",")})
    made = []
    for r in rows:
        parties = tuple(sorted(r["parties"].split(",")))
        broader = tuple(sorted(r["broader"].split("\x1f"))) if r["broader"] else ()
        made.append(
            ShownIssue(
                r["id"], r["label"], r["topic"], broader, r["positions"], parties,
                tuple(named[p] for p in parties), r["reports"], r["first"], r["last"],
            )
        )  # fmt: skip
    return tuple(made)


def failures(connection: sqlite3.Connection) -> tuple[ShownFailure, ...]:
    """What could not be read or coded, in the order in which it came."""
    rows = connection.execute("SELECT source, place, reason, filed FROM failure ORDER BY n")
    return tuple(ShownFailure(*row) for row in rows)


def outlets(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The outlets, by name."""
    sql = "SELECT DISTINCT outlet FROM report WHERE outlet IS NOT NULL ORDER BY outlet"
    return tuple(row[0] for row in connection.execute(sql))


def topics(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The topics of what is on the table, by name."""
    sql = "SELECT DISTINCT topic FROM issue WHERE topic IS NOT NULL ORDER BY topic"
    return tuple(row[0] for row in connection.execute(sql))
