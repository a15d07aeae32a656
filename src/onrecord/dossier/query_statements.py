"""Who said what, across the reports of a dossier."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from onrecord.dossier.filters import EVERYTHING, REPORT, Filters, page, where
from onrecord.dossier.lookup import names
from onrecord.dossier.query_positions import outlets_of
from onrecord.record import StatementKind


@dataclass(frozen=True, slots=True)
class ShownStatement:
    """A statement as the dossier shows it; ``speaker`` is an actor's id, ``speaker_name`` its name, else the
    words that stand for it; ``day`` is when it was said, else the day of the report; ``issues`` are ids."""

    id: str
    day: str | None
    said_from: str | None
    said_to: str | None
    speaker: str | None
    speaker_name: str
    party: str | None
    party_name: str | None
    via: tuple[str, ...]
    addressee: str | None
    kind: StatementKind
    channel: str | None
    cue: str | None
    content: str
    issues: tuple[str, ...]
    outlets: tuple[str, ...]
    report: str
    title: str | None
    outlet: str | None
    published: str | None
    start: int
    end: int
    because: str | None
    confidence: float | None
    state: str


_SELECT = f"""
SELECT x.*, {REPORT}, coalesce(x.said_from, r.published) AS day,
    (SELECT json_group_array(issue) FROM statement_issue i WHERE i.statement = x.id) AS issues
FROM statement x JOIN report r ON r.n = x.report
"""
_ORDER = "ORDER BY day IS NULL, day DESC, r.n, x.start"


def statements(connection: sqlite3.Connection, filters: Filters = EVERYTHING) -> tuple[ShownStatement, ...]:
    """The statements, the latest first. Raises UsageError where a name is nobody's."""
    chosen = where(connection, filters, "statement")
    sql = f"{_SELECT} WHERE {chosen.sql} {_ORDER}{page(filters)}"
    rows = connection.execute(sql, chosen.values).fetchall()
    wanted = {i for r in rows for i in (r["speaker"], r["party"], r["addressee"]) if i}
    named = names(connection, wanted | {i for r in rows for i in json.loads(r["via"])})
    outlets = outlets_of(connection, "statement", (r["id"] for r in rows))
    return tuple(
        ShownStatement(
            r["id"], r["day"], r["said_from"], r["said_to"], r["speaker"],
            named[r["speaker"]] if r["speaker"] else r["speaker_text"] or "not identified",
            r["party"], named[r["party"]] if r["party"] else None,
            tuple(named[i] for i in json.loads(r["via"])),
            named[r["addressee"]] if r["addressee"] else None,
            r["kind"], r["channel"], r["cue"], r["content"],
            tuple(sorted(json.loads(r["issues"]))), outlets[r["id"]], r["report_id"], r["title"], r["outlet"],
            r["published"], r["start"], r["end"], r["because"], r["confidence"], r["state"],
        )
        for r in rows
    )  # fmt: skip


def count(connection: sqlite3.Connection, filters: Filters = EVERYTHING) -> int:
    """How many statements there are."""
    chosen = where(connection, filters, "statement")
    sql = f"SELECT count(*) FROM statement x JOIN report r ON r.n = x.report WHERE {chosen.sql}"
    number: int = connection.execute(sql, chosen.values).fetchone()[0]
    return number
