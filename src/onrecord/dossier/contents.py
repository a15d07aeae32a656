"""The rows of one report: written among those of all others, overlaid by reviews, and taken out again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import replace

from onrecord.dossier import grouping
from onrecord.dossier.known import Known
from onrecord.dossier.machine import TABLES, Report
from onrecord.dossier.overlay import Review, Reviews, at_issue, overlaid
from onrecord.dossier.repeats import Earlier
from onrecord.dossier.rows import (
    PositionRow,
    Row,
    Rows,
    TellingRow,
    from_json_row,
    insert,
    rows_of,
    telling_of,
    unpack,
)
from onrecord.output.words import Names
from onrecord.record import Record


def fill(
    connection: sqlite3.Connection, n: int, record: Record, reviews: Reviews, known: Known | None = None
) -> set[str]:
    """Write all that a record says of report ``n``, which has nothing yet, as the reviews have it.

    Gives the events that have a telling more, which are to be told anew (``grouping.refresh_events``).
    """
    document = record.document
    report = Report(n, document.id, document.outlet, document.published)
    rows = rows_of(record)
    earlier = Earlier.of(connection, n)
    _write_actors(connection, n, record)
    issues = _place_issues(connection, n, record, rows, reviews)
    events = set()
    shown: Row
    for statement in rows.statements:
        shown = overlaid(statement, reviews.entries.get(statement.id, ()))
        insert(connection, "statement", shown, report=n, copy_of=earlier.copy_of(statement))
    for telling in rows.tellings:
        shown = overlaid(telling, reviews.entries.get(telling.id, ()))
        assert isinstance(shown, TellingRow)
        events.add(write_telling(connection, report, shown, earlier.copy_of(telling), known))
    for position in rows.positions:
        filed = replace(position, issue=issues[position.issue])
        shown = overlaid(filed, reviews.entries.get(position.id, ()))
        assert isinstance(shown, PositionRow)
        shown = see_to_issue(connection, shown, reviews)
        insert(connection, "position", shown, report=n, copy_of=earlier.copy_of(filed))
        link_statement(connection, shown)
    for review in reviews.added.get(document.id, ()):
        events |= write_added(connection, report, review, reviews)
    _link_statements(connection, rows, issues)
    return events


def clear(connection: sqlite3.Connection, n: int) -> set[str]:
    """Take out all rows of report ``n``; the events that it told of, to be told anew when all is done."""
    events = {
        row[0] for row in connection.execute("SELECT DISTINCT event FROM telling WHERE report = ?", (n,))
    }
    # What is known of an actor from this report, the first of the actor's latest day, is to be told anew.
    connection.execute(
        """UPDATE actor SET as_of = NULL
        WHERE id IN (SELECT actor FROM appearance WHERE report = :n)
            AND as_of = (SELECT published FROM report WHERE n = :n)
            AND NOT EXISTS (
                SELECT 1 FROM appearance a JOIN report o ON o.n = a.report
                WHERE a.actor = actor.id AND o.published = actor.as_of AND o.n < :n
            )""",
        {"n": n},
    )
    for table in ("statement", "telling", "position", "appearance", "issue_in"):
        connection.execute(f"DELETE FROM {table} WHERE report = ?", (n,))
    return events


def write_telling(
    connection: sqlite3.Connection,
    report: Report,
    row: TellingRow,
    copy_of: str | None = None,
    known: Known | None = None,
) -> str:
    """Write a telling, placed at its event, which is to be told anew: its id."""
    event = (
        place_telling(connection, report, row, known) if copy_of is None else _event_of(connection, copy_of)
    )
    insert(connection, "telling", row, report=report.n, event=event, copy_of=copy_of)
    write_sides(connection, row)
    return event


def place_telling(
    connection: sqlite3.Connection, report: Report, row: TellingRow, known: Known | None = None
) -> str:
    """The event that a telling is of, which later ones like it will find."""
    voice = None
    if row.according_to is not None:
        voice = connection.execute(
            "SELECT speaker FROM statement WHERE id = ?", (row.according_to,)
        ).fetchone()
    telling = telling_of(row, report.id, report.outlet, report.published, voice[0] if voice else None)
    return grouping.event_for(connection, telling, known)


def write_sides(connection: sqlite3.Connection, row: TellingRow) -> None:
    """Write who stands on each side of a telling, in place of what was there."""
    connection.execute("DELETE FROM telling_side WHERE telling = ?", (row.id,))
    connection.executemany(
        "INSERT OR IGNORE INTO telling_side (telling, n, side, actor, party, kind) VALUES (?, ?, ?, ?, ?, ?)",
        [(row.id, n, s.side, s.actor, s.party, s.kind) for n, s in enumerate(row.sides)],
    )


def write_added(connection: sqlite3.Connection, report: Report, review: Review, reviews: Reviews) -> set[str]:
    """Write the row that a person added, overlaid by the reviews of it; the events that it touches."""
    bare = from_json_row(TABLES[review.target_kind], review.value)
    row = overlaid(bare, reviews.entries.get(review.target, ()))
    if isinstance(row, TellingRow):
        return {write_telling(connection, report, row)}
    if isinstance(row, PositionRow):
        row = see_to_issue(connection, row, reviews)
    insert(connection, review.target_kind, row, report=report.n)
    return set()


def link_statement(connection: sqlite3.Connection, row: PositionRow) -> None:
    """Let the statement that a position lies in be about its issue."""
    connection.execute(
        "INSERT OR IGNORE INTO statement_issue (statement, issue) SELECT id, ? FROM statement WHERE id = ?",
        (row.issue, row.statement),
    )


def relink(connection: sqlite3.Connection, n: int) -> None:
    """Tell anew what each statement of report ``n`` is about, after its issues were moved."""
    at = connection.execute("SELECT text, record FROM report WHERE n = ?", (n,)).fetchone()
    rows = rows_of(unpack(at["record"], at["text"]))
    issues = dict(connection.execute("SELECT local, issue FROM issue_in WHERE report = ?", (n,)).fetchall())
    connection.execute(
        "DELETE FROM statement_issue WHERE statement IN (SELECT id FROM statement WHERE report = ?)", (n,)
    )
    _link_statements(connection, rows, issues)
    connection.execute(
        "INSERT OR IGNORE INTO statement_issue (statement, issue) SELECT s.id, p.issue FROM position p "
        "JOIN statement s ON s.id = p.statement WHERE p.report = ?",
        (n,),
    )


def _link_statements(connection: sqlite3.Connection, rows: Rows, issues: Mapping[str, str]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO statement_issue (statement, issue) VALUES (?, ?)",
        [(statement, issues[local]) for statement, local in rows.about],
    )


def _event_of(connection: sqlite3.Connection, telling: str) -> str:
    return str(connection.execute("SELECT event FROM telling WHERE id = ?", (telling,)).fetchone()[0])


def see_to_issue(connection: sqlite3.Connection, row: PositionRow, reviews: Reviews) -> PositionRow:
    """The position at its issue now (``overlay.at_issue``); where that is not there any more, it is made
    again."""
    placed, issue = at_issue(row, reviews)
    if issue is not None:
        grouping.make_issue(connection, placed.issue, issue["label"], issue["topic"], reviews)
    return placed


def _write_actors(connection: sqlite3.Connection, n: int, record: Record) -> None:
    """The actors of a record; what is known of one is as the latest report has it."""
    published = record.document.published
    names = Names.of(record)
    connection.executemany(
        """INSERT INTO actor (id, name, kind, country, sector, role, party, wikidata, as_of)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, country = excluded.country,
            sector = excluded.sector, role = excluded.role, party = excluded.party,
            wikidata = excluded.wikidata, as_of = excluded.as_of
        WHERE actor.as_of IS NULL OR excluded.as_of > actor.as_of""",
        [
            (a.id, a.name, a.kind, a.country, a.sector, a.role, a.party, a.wikidata, published)
            for a in record.actors
        ],
    )
    parties = {a.party for a in record.actors} | {p.party for p in record.positions}
    connection.executemany(
        "INSERT OR IGNORE INTO actor (id, name, kind) VALUES (?, ?, ?)",
        [
            (p, names.name(p), "unknown" if names.name(p) == p else "state")
            for p in sorted(filter(None, parties))
        ],
    )
    connection.executemany(
        "INSERT INTO appearance (report, actor, mentions, role, party) VALUES (?, ?, ?, ?, ?)",
        [(n, a.id, len(a.mentions), a.role, a.party) for a in record.actors],
    )


def _place_issues(
    connection: sqlite3.Connection, n: int, record: Record, rows: Rows, reviews: Reviews
) -> dict[str, str]:
    """The issue of the dossier for each issue of the record."""
    placed = {issue.local: grouping.issue_for(connection, issue, reviews) for issue in rows.issues}
    connection.executemany(
        "INSERT INTO issue_in (report, local, issue, label, topic, parties) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (n, i.local, placed[i.local], i.label, i.topic, json.dumps(i.parties, ensure_ascii=False))
            for i in rows.issues
        ],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO broader (issue, broader) VALUES (?, ?)",
        [
            (placed[i.id], placed[wide])
            for i in record.issues
            for wide in i.broader
            if placed[i.id] != placed[wide]
        ],
    )
    return placed
