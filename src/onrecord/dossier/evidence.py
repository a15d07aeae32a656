"""From an id to the words: what an entry rests on, in every report that carries it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from onrecord.errors import UsageError

Kind = Literal["statement", "position", "telling", "event", "issue", "report", "actor"]
# The characters shown before and after the words.
_AROUND = 320
# Where an id is looked for, in this order.
_TABLES: tuple[Kind, ...] = ("statement", "position", "telling", "event", "issue", "actor", "report")


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of an entry in a report, with what stands around them: ``text[start:end]`` of the report."""

    entry: str
    report: str
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    start: int
    end: int
    before: str
    words: str
    after: str


def resolve(connection: sqlite3.Connection, wanted: str) -> tuple[Kind, str]:
    """The kind and full id of what a user names by its id or the beginning of it.

    Raises UsageError where nothing or more than one thing begins so.
    """
    for table in _TABLES:
        if connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", (wanted,)).fetchone():
            return table, wanted
    found = [
        (table, row[0])
        for table in _TABLES
        for row in connection.execute(
            f"SELECT id FROM {table} WHERE substr(id, 1, ?) = ? ORDER BY id LIMIT 4", (len(wanted), wanted)
        )
    ]
    if wanted and len(found) == 1:
        return found[0]
    if wanted and found:
        few = ", ".join(i for _, i in found[:4])
        raise UsageError(f"{wanted!r} is the beginning of more than one id: {few}; give more of it")
    raise UsageError(f"the dossier holds nothing with the id {wanted!r}; 'onrecord show' lists the ids")


def passages(connection: sqlite3.Connection, kind: Kind, entry: str) -> tuple[Passage, ...]:
    """Where an entry stands, copies last, else in the order of filing; a report and an actor have none."""
    if kind in ("report", "actor"):
        return ()
    table, condition = {
        "event": ("telling", "x.event = ?"),
        "issue": ("position", "x.issue = ?"),
    }.get(kind, (kind, "(x.id = ? OR x.copy_of = ?)"))
    rows = connection.execute(
        f"SELECT x.id, x.start, x.end, r.id AS report, r.title, r.outlet, r.published, r.url, "
        "substr(r.text, max(x.start - ?, 0) + 1, min(x.start, ?)) AS before, "
        "substr(r.text, x.start + 1, x.end - x.start) AS words, substr(r.text, x.end + 1, ?) AS after "
        f"FROM {table} x JOIN report r ON r.n = x.report WHERE {condition} AND x.state <> 'rejected' "
        "ORDER BY x.copy_of IS NOT NULL, r.n, x.start",
        (_AROUND, _AROUND, _AROUND, *([entry] * condition.count("?"))),
    )
    return tuple(_passage(row) for row in rows)


def _passage(row: sqlite3.Row) -> Passage:
    """The passage within its paragraph."""
    before = row["before"].rpartition("\n\n")[2]
    after = row["after"].partition("\n\n")[0]
    return Passage(
        row["id"], row["report"], row["title"], row["outlet"], row["published"], row["url"], row["start"],
        row["end"], before, row["words"], after,
    )  # fmt: skip
