"""An entry as the machine had it, or as a person added it: what reviews are laid over."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace

from onrecord.dossier.rows import (
    PositionRow,
    Row,
    StatementRow,
    TellingRow,
    from_json_row,
    rows_of,
    unpack,
)
from onrecord.record import Record

TABLES: Mapping[str, type[Row]] = {"statement": StatementRow, "telling": TellingRow, "position": PositionRow}


@dataclass(frozen=True, slots=True)
class Report:
    """What the rows of a report need to know of it."""

    n: int
    id: str
    outlet: str | None
    published: str | None


def machine_row(connection: sqlite3.Connection, kind: str, entry: str) -> tuple[Report, Row] | None:
    """A row as the machine had it, with its report, or as a person added it; None where it is not there.

    A position's issue is the one of the dossier that the machine's was placed in.
    """
    at = connection.execute(
        "SELECT r.n, r.id, r.outlet, r.published, r.text, r.record, x.local "
        f"FROM {kind} x JOIN report r ON r.n = x.report WHERE x.id = ?",
        (entry,),
    ).fetchone()
    if at is None:
        return None
    report = Report(at["n"], at["id"], at["outlet"], at["published"])
    if at["local"] is None:
        added = connection.execute(
            "SELECT value FROM review WHERE target = ? AND judgement = 'add' ORDER BY n DESC", (entry,)
        ).fetchone()
        return report, from_json_row(TABLES[kind], json.loads(added["value"]))
    row = _rows_by_id(unpack(at["record"], at["text"]))[entry]
    if isinstance(row, PositionRow):
        placed = connection.execute(
            "SELECT issue FROM issue_in WHERE report = ? AND local = ?", (report.n, row.issue)
        ).fetchone()
        row = replace(row, issue=placed["issue"])
    return report, row


def _rows_by_id(record: Record) -> dict[str, Row]:
    rows = rows_of(record)
    every: tuple[Row, ...] = (*rows.statements, *rows.tellings, *rows.positions)
    return {row.id: row for row in every}
