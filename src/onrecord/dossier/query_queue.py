"""What a person should look at first: entries that nobody has judged, the doubtful that carry much."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.dossier.corrections import EntryKind

KINDS: tuple[EntryKind, ...] = ("position", "statement", "telling")


@dataclass(frozen=True, slots=True)
class Due:
    """An entry to be judged. ``weight`` is how many rows fall with it: itself, its copies in other reports,
    and what rests on it (positions and tellings on a statement; positions on a telling; for a position, the
    cell of the table that shows it)."""

    kind: EntryKind
    id: str
    confidence: float | None
    weight: int


_WEIGHT = {
    "statement": """
SELECT 'statement' AS kind, x.id, x.confidence,
    1 + coalesce(c.number, 0) + coalesce(p.number, 0) + coalesce(t.number, 0) AS weight
FROM statement x
LEFT JOIN (SELECT copy_of, count(*) AS number FROM statement WHERE copy_of IS NOT NULL GROUP BY copy_of) c
    ON c.copy_of = x.id
LEFT JOIN (SELECT statement, count(*) AS number FROM position
    WHERE copy_of IS NULL AND state <> 'rejected' GROUP BY statement) p ON p.statement = x.id
LEFT JOIN (SELECT according_to, count(*) AS number FROM telling
    WHERE copy_of IS NULL AND state <> 'rejected' GROUP BY according_to) t ON t.according_to = x.id
""",
    "telling": """
SELECT 'telling' AS kind, x.id, x.confidence, 1 + coalesce(c.number, 0) + coalesce(p.number, 0) AS weight
FROM telling x
LEFT JOIN (SELECT copy_of, count(*) AS number FROM telling WHERE copy_of IS NOT NULL GROUP BY copy_of) c
    ON c.copy_of = x.id
LEFT JOIN (SELECT telling, count(*) AS number FROM position
    WHERE copy_of IS NULL AND state <> 'rejected' GROUP BY telling) p ON p.telling = x.id
""",
    "position": """
SELECT 'position' AS kind, x.id, x.confidence,
    1 + coalesce(c.number, 0) + coalesce(l.taken = x.taken, 0) AS weight
FROM position x
LEFT JOIN (SELECT copy_of, count(*) AS number FROM position WHERE copy_of IS NOT NULL GROUP BY copy_of) c
    ON c.copy_of = x.id
LEFT JOIN (SELECT party, issue, max(taken) AS taken FROM position
    WHERE copy_of IS NULL AND state <> 'rejected' GROUP BY party, issue) l USING (party, issue)
""",
}
_OPEN = "x.copy_of IS NULL AND x.state = 'machine'"


def queue(
    connection: sqlite3.Connection, kinds: Sequence[EntryKind] = KINDS, *, limit: int = 20, offset: int = 0
) -> tuple[Due, ...]:
    """The entries of these kinds that nobody has judged, by doubt (1 - confidence) times weight."""
    every = " UNION ALL ".join(f"{_WEIGHT[kind]} WHERE {_OPEN}" for kind in kinds)
    rows = connection.execute(
        f"SELECT kind, id, confidence, weight FROM ({every}) "
        "ORDER BY (1 - coalesce(confidence, 0)) * weight DESC, confidence, id LIMIT ? OFFSET ?",
        (limit, offset),
    )
    return tuple(Due(*row) for row in rows)


def queue_sizes(connection: sqlite3.Connection) -> dict[EntryKind, tuple[int, int]]:
    """For each kind how many entries nobody has judged, and how many there are."""
    return {
        kind: tuple(
            connection.execute(
                f"SELECT coalesce(sum(state = 'machine'), 0), count(*) FROM {kind} WHERE copy_of IS NULL"
            ).fetchone()
        )
        for kind in KINDS
    }
