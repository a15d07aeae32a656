"""What a copy of a report repeats of the others in its group."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Hashable

from onrecord.dossier import grouping
from onrecord.dossier.machine import TABLES, machine_row
from onrecord.dossier.rows import Row, StatementRow, TellingRow, from_row


class Earlier:
    """The rows of the earlier reports of a copy group, of which each can be repeated once."""

    def __init__(self) -> None:
        self._there: defaultdict[Hashable, list[str]] = defaultdict(list)

    @classmethod
    def of(cls, connection: sqlite3.Connection, n: int) -> Earlier:
        """The rows in the other reports of its group that are filed; none where report ``n`` is no copy."""
        found = cls()
        (lead,) = connection.execute("SELECT copy_of FROM report WHERE n = ?", (n,)).fetchone()
        if lead is None:
            return found
        for table, kind in TABLES.items():
            rows = connection.execute(
                f"SELECT x.* FROM {table} x JOIN report r ON r.n = x.report "
                "WHERE (r.n = ? OR r.copy_of = ?) AND r.n <> ? AND x.copy_of IS NULL AND x.local IS NOT NULL "
                "ORDER BY x.report DESC, x.n DESC",
                (lead, lead, n),
            ).fetchall()
            for row in rows:
                found._there[_print(_as_found(connection, table, kind, row))].append(row["id"])
        return found

    def copy_of(self, row: Row) -> str | None:
        """The id of the earlier row that says the same in the same words, and was not taken yet."""
        same = self._there.get(_print(row))
        return same.pop() if same else None


def _as_found(connection: sqlite3.Connection, table: str, kind: type[Row], row: sqlite3.Row) -> Row:
    """The row as the machine had it."""
    if row["state"] in ("machine", "rejected"):
        if kind is TellingRow:
            return from_row(TellingRow, row, sides=grouping.sides_of(connection, [row["id"]])[row["id"]])
        return from_row(kind, row)
    found = machine_row(connection, table, row["id"])
    assert found is not None
    return found[1]


def _print(row: Row) -> Hashable:
    """What two rows of copies have in common that say the same."""
    if isinstance(row, StatementRow):
        return "statement", row.speaker, _words(row.content)
    if isinstance(row, TellingRow):
        return "telling", row.type, _words(row.text), frozenset((s.side, s.actor) for s in row.sides)
    return "position", row.party, row.stance, row.act, _words(row.text)


def _words(text: str) -> str:
    return " ".join(text.casefold().split())
