"""Show an entry as its reviews have it now: its row written anew, and what depends on it."""

from __future__ import annotations

import sqlite3

from onrecord.dossier import grouping
from onrecord.dossier.contents import link_statement, place_telling, see_to_issue, write_sides
from onrecord.dossier.corrections import EntryKind
from onrecord.dossier.machine import Report, machine_row
from onrecord.dossier.overlay import Reviews, overlaid
from onrecord.dossier.rows import PositionRow, Row, TellingRow, columns, from_row


def reshow(connection: sqlite3.Connection, kind: EntryKind, entry: str, reviews: Reviews) -> None:
    """Write what is to be shown of an entry; nothing where it is not there."""
    found = machine_row(connection, kind, entry)
    if found is None:
        return
    report, machine = found
    row = overlaid(machine, reviews.entries.get(entry, ()))
    if isinstance(row, TellingRow):
        _reshow_telling(connection, report, row)
        return
    if isinstance(row, PositionRow):
        row = see_to_issue(connection, row, reviews)
        link_statement(connection, row)
    _update(connection, kind, row)


def _reshow_telling(connection: sqlite3.Connection, report: Report, row: TellingRow) -> None:
    """A telling that says something else than before may be of another event."""
    before = connection.execute("SELECT * FROM telling WHERE id = ?", (row.id,)).fetchone()
    shown = from_row(TellingRow, before, sides=grouping.sides_of(connection, [row.id])[row.id])
    event = before["event"]
    if _compared(shown) != _compared(row) and before["copy_of"] is None:
        event = place_telling(connection, report, row)
        connection.execute("UPDATE telling SET event = ? WHERE ? IN (id, copy_of)", (event, row.id))
    _update(connection, "telling", row)
    write_sides(connection, row)
    grouping.refresh_events(connection, {before["event"], event})


def _compared(row: TellingRow) -> tuple[object, ...]:
    """What decides of which event a telling is."""
    sides = sorted((s.side, s.actor, s.party) for s in row.sides)
    return row.type, row.status, row.date_from, row.date_to, row.text, row.sentence, sides


def _update(connection: sqlite3.Connection, table: str, row: Row) -> None:
    names = [name for name in columns(type(row)) if name != "id"]
    changes = ", ".join(f'"{name}" = ?' for name in names)
    values = [getattr(row, name) for name in names]
    connection.execute(f"UPDATE {table} SET {changes} WHERE id = ?", (*values, row.id))
