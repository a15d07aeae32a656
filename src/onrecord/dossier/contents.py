"""The rows of one report: written among those of all others, and taken out again."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Hashable
from dataclasses import replace

from onrecord.dossier import grouping
from onrecord.dossier.rows import (
    PositionRow,
    Row,
    Rows,
    StatementRow,
    TellingRow,
    from_row,
    insert,
    rows_of,
    telling_of,
)
from onrecord.output.words import Names
from onrecord.record import Document, Record


def fill(connection: sqlite3.Connection, n: int, record: Record) -> None:
    """Write all that a record says of report ``n``, which has nothing yet."""
    document = record.document
    rows = rows_of(record)
    earlier = _Earlier.of(connection, n)
    _write_actors(connection, n, record)
    issues = _place_issues(connection, n, record, rows)
    for statement in rows.statements:
        insert(connection, "statement", statement, report=n, copy_of=earlier.copy_of(statement))
    _write_tellings(connection, n, document, rows, earlier)
    for position in rows.positions:
        filed = replace(position, issue=issues[position.issue])
        insert(connection, "position", filed, report=n, copy_of=earlier.copy_of(position))
    connection.executemany(
        "INSERT OR IGNORE INTO statement_issue (statement, issue) VALUES (?, ?)",
        [(statement, issues[local]) for statement, local in rows.about],
    )


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
        WHERE coalesce(excluded.as_of, '') > coalesce(actor.as_of, '')""",
        [
            (a.id, a.name, a.kind, a.country, a.sector, a.role, a.party, a.wikidata, published)
            for a in record.actors
        ],
    )
    parties = {a.party for a in record.actors} | {p.party for p in record.positions}
    connection.executemany(
        "INSERT OR IGNORE INTO actor (id, name, kind) VALUES (?, ?, ?)",
        [
            (p, names.name(p), "state" if names.name(p) != p else "unknown")
            for p in sorted(filter(None, parties))
        ],
    )
    connection.executemany(
        "INSERT INTO appearance (report, actor, mentions, role, party) VALUES (?, ?, ?, ?, ?)",
        [(n, a.id, len(a.mentions), a.role, a.party) for a in record.actors],
    )


def _place_issues(connection: sqlite3.Connection, n: int, record: Record, rows: Rows) -> dict[str, str]:
    """The issue of the dossier for each issue of the record."""
    placed = {issue.local: grouping.issue_for(connection, issue) for issue in rows.issues}
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


def _write_tellings(
    connection: sqlite3.Connection, n: int, document: Document, rows: Rows, earlier: _Earlier
) -> None:
    speakers = {s.id: s.speaker for s in rows.statements}
    touched = set()
    for row in rows.tellings:
        of = earlier.copy_of(row)
        if of is None:
            voice = speakers.get(row.according_to) if row.according_to else None
            telling = telling_of(row, document.id, document.outlet, document.published, voice)
            event = grouping.event_for(connection, telling)
            grouping.add_event_keys(connection, event, telling)
            touched.add(event)
        else:
            (event,) = connection.execute("SELECT event FROM telling WHERE id = ?", (of,)).fetchone()
        insert(connection, "telling", row, report=n, event=event, copy_of=of)
        connection.executemany(
            "INSERT OR IGNORE INTO telling_side (telling, side, actor, party) VALUES (?, ?, ?, ?)",
            [(row.id, s.side, s.actor, s.party) for s in row.sides],
        )
    grouping.refresh_events(connection, touched)


class _Earlier:
    """The rows of the earlier reports of a copy group, of which each can be repeated once."""

    def __init__(self) -> None:
        self._there: defaultdict[Hashable, list[str]] = defaultdict(list)

    @classmethod
    def of(cls, connection: sqlite3.Connection, n: int) -> _Earlier:
        """The rows in reports filed before report ``n`` of its group; none where it is no copy."""
        found = cls()
        (lead,) = connection.execute("SELECT copy_of FROM report WHERE n = ?", (n,)).fetchone()
        if lead is None:
            return found
        kinds: tuple[tuple[type[Row], str], ...] = (
            (StatementRow, "statement"),
            (TellingRow, "telling"),
            (PositionRow, "position"),
        )
        for kind, table in kinds:
            rows = connection.execute(
                f"SELECT x.* FROM {table} x JOIN report r ON r.n = x.report "
                "WHERE (r.n = ? OR r.copy_of = ?) AND r.n < ? AND x.copy_of IS NULL ORDER BY x.n DESC",
                (lead, lead, n),
            )
            for row in rows:
                found._there[_print(from_row(kind, row))].append(row["id"])
        return found

    def copy_of(self, row: Row) -> str | None:
        """The id of the earlier row that says the same in the same words, and was not taken yet."""
        same = self._there.get(_print(row))
        return same.pop() if same else None


def _print(row: Row) -> Hashable:
    """What two rows have in common that say the same in the same words."""
    if isinstance(row, StatementRow):
        return "statement", row.speaker, _words(row.content)
    if isinstance(row, TellingRow):
        return "telling", row.type, _words(row.text), _words(row.sentence)
    return "position", row.party, row.stance, row.act, _words(row.text)


def _words(text: str) -> str:
    return " ".join(text.casefold().split())
