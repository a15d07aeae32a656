"""Where parties stand: every position, where each party stands on each issue by a day, and who moved."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from onrecord.corpus import shifts as corpus
from onrecord.corpus.entries import Stand
from onrecord.corpus.shifts import Contradiction, Shift
from onrecord.dossier.filters import EVERYTHING, REPORT, Filters, marks, page, where
from onrecord.dossier.lookup import names
from onrecord.record import Act, Basis, Precision, Stance


@dataclass(frozen=True, slots=True)
class ShownPosition:
    """A position as the dossier shows it. ``taken`` is the day on which it was taken, that of the
    report where the text gives none; ``party`` and ``voice`` are ids."""

    id: str
    party: str
    party_name: str
    voice: str | None
    voice_name: str | None
    issue: str
    label: str
    topic: str | None
    stance: Stance
    act: Act
    condition: str | None
    basis: Basis
    taken: str | None
    date_from: str | None
    date_to: str | None
    precision: Precision | None
    text: str
    statement: str | None
    telling: str | None
    report: str
    title: str | None
    outlet: str | None
    published: str | None
    start: int
    end: int
    because: str | None
    confidence: float | None
    follows: str | None
    state: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a party stands on an issue: its last position, the first of this stance in a row, how many
    there are, and the stances one after the other, each run of the same stance once, oldest first."""

    last: ShownPosition
    since: ShownPosition
    count: int
    history: tuple[Stance, ...]


@dataclass(frozen=True, slots=True)
class ShownShift:
    """A change of stance of a party on an issue, or a contradiction between sources, with its evidence.

    A shift has two ``positions``, the last before and the first after; a contradiction all that disagree.
    ``day`` is an ISO day, '' where none is known.
    """

    kind: Literal["shift", "contradiction"]
    day: str
    positions: tuple[ShownPosition, ...]


_FROM = "FROM position x JOIN report r ON r.n = x.report"
_SELECT = f"""
SELECT x.*, i.label, i.topic, {REPORT}
{_FROM} JOIN issue i ON i.id = x.issue
"""
# Own words weigh more than the reporter's, and these more than what another party says.
_ORDER = """
ORDER BY x.taken IS NOT NULL, x.taken,
    CASE x.basis WHEN 'reported' THEN 0 WHEN 'narrated' THEN 1 ELSE 2 END, x.confidence, x.n
"""


def positions(connection: sqlite3.Connection, filters: Filters = EVERYTHING) -> tuple[ShownPosition, ...]:
    """The positions, in the order in which they were taken. Raises UsageError where a name is nobody's."""
    chosen = where(connection, filters, "position")
    rows = connection.execute(
        f"{_SELECT} WHERE {chosen.sql} {_ORDER}{page(filters)}", chosen.values
    ).fetchall()
    return _rows(connection, rows)


def standing(
    connection: sqlite3.Connection, filters: Filters = EVERYTHING, *, issues: slice = slice(None)
) -> tuple[Standing, ...]:
    """For each issue and party the last position, issues with the most positions first.

    ``filters.until`` shows the table as it stood on a day; ``issues`` chooses among the issues in their
    order, and no other is read.
    """
    chosen = where(connection, filters, "position")
    cells: dict[tuple[str, str], list[tuple[str, Stance]]] = {}
    size: dict[str, int] = {}
    for entry, party, issue, stance in connection.execute(
        f"SELECT x.id, x.party, x.issue, x.stance {_FROM} WHERE {chosen.sql} {_ORDER}", chosen.values
    ):
        cells.setdefault((issue, party), []).append((entry, stance))
        size[issue] = size.get(issue, 0) + 1
    chosen_issues = set(sorted(size, key=lambda issue: (-size[issue], issue))[issues])
    order = sorted(
        (cell for cell in cells if cell[0] in chosen_issues),
        key=lambda c: (-size[c[0]], c[0], -len(cells[c]), c[1]),
    )[_part(filters)]
    runs = {cell: [list(run) for _, run in groupby(cells[cell], key=lambda held: held[1])] for cell in order}
    shown = _by_id(connection, (held for found in runs.values() for held, _ in (found[-1][0], found[-1][-1])))
    return tuple(
        Standing(
            shown[runs[cell][-1][-1][0]],
            shown[runs[cell][-1][0][0]],
            len(cells[cell]),
            tuple(run[0][1] for run in runs[cell]),
        )
        for cell in order
    )


def shifts(connection: sqlite3.Connection, filters: Filters = EVERYTHING) -> tuple[ShownShift, ...]:
    """Shifts and contradictions, the earliest first.

    ``since`` and ``until`` choose among them: what a party held before ``since`` counts as before.
    """
    chosen = where(connection, replace(filters, since=None), "position")
    moved = (
        "SELECT party, issue FROM position GROUP BY party, issue "
        "HAVING min(stance || act) <> max(stance || act)"
    )
    found: list[ShownShift] = []
    rows = connection.execute(
        f"SELECT x.*, {REPORT} {_FROM} "
        f"JOIN ({moved}) USING (party, issue) WHERE {chosen.sql} ORDER BY x.party, x.issue, x.n",
        chosen.values,
    )
    changes = [
        change
        for _, group in groupby(rows, key=lambda row: (row["party"], row["issue"]))
        for change in corpus.shifts([stand_of(row) for row in group])
    ]
    if filters.since:
        changes = [c for c in changes if c.taken >= filters.since]
    changes.sort(key=lambda c: (c.taken, *_evidence(c)[-1:]))
    changes = changes[_part(filters)]
    shown = _by_id(connection, (entry for c in changes for entry in _evidence(c)))
    for change in changes:
        kind: Literal["shift", "contradiction"] = "shift" if isinstance(change, Shift) else "contradiction"
        found.append(ShownShift(kind, change.taken, tuple(shown[entry] for entry in _evidence(change))))
    return tuple(found)


def outlets_of(connection: sqlite3.Connection, kind: str, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each entry ('position', 'statement' or 'telling') the outlets that carry it, copies included."""
    assert kind in ("position", "statement", "telling")
    found: dict[str, dict[str, None]] = {}
    wanted = sorted(set(ids))
    for i in range(0, len(wanted), 500):
        part = tuple(wanted[i : i + 500])
        sql = (
            f"SELECT coalesce(c.copy_of, c.id) AS id, r.outlet FROM {kind} c JOIN report r ON r.n = c.report "
            f"WHERE (c.id IN ({marks(part)}) OR c.copy_of IN ({marks(part)})) AND r.outlet IS NOT NULL "
            "ORDER BY r.n"
        )
        for row in connection.execute(sql, (*part, *part)):
            found.setdefault(row["id"], {})[row["outlet"]] = None
    return {i: tuple(found.get(i, ())) for i in wanted}


def _evidence(change: Shift | Contradiction) -> tuple[str, ...]:
    """The ids of the positions that show a change."""
    if isinstance(change, Shift):
        return change.before.id, change.after.id
    return tuple(stand.id for stand in change.stands)


def _part(filters: Filters) -> slice:
    """What of a list the filters' limit and offset leave."""
    stop = None if filters.limit is None else filters.offset + filters.limit
    return slice(filters.offset, stop)


def stand_of(row: sqlite3.Row) -> Stand:
    """A position as the corpus compares it, from its row and, of its report, ``report_id``, ``outlet`` and
    ``published``."""
    return Stand(
        row["id"], row["report_id"], row["outlet"], row["published"], row["party"], row["voice"],
        row["issue"], row["stance"], row["act"], row["condition"], row["basis"], row["date_from"],
        row["date_to"], row["precision"], row["text"], row["confidence"] or 0.0, row["follows"],
        row["statement"],
    )  # fmt: skip


def _by_id(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, ShownPosition]:
    """The positions of these ids."""
    wanted = sorted(set(ids))
    rows: list[sqlite3.Row] = []
    for i in range(0, len(wanted), 900):
        part = tuple(wanted[i : i + 900])
        rows += connection.execute(f"{_SELECT} WHERE x.id IN ({marks(part)})", part).fetchall()
    return {row.id: row for row in _rows(connection, rows)}


def _rows(connection: sqlite3.Connection, rows: list[sqlite3.Row]) -> tuple[ShownPosition, ...]:
    named = names(connection, [i for r in rows for i in (r["party"], r["voice"]) if i])
    return tuple(
        ShownPosition(
            r["id"], r["party"], named[r["party"]], r["voice"], named[r["voice"]] if r["voice"] else None,
            r["issue"], r["label"], r["topic"], r["stance"], r["act"], r["condition"], r["basis"], r["taken"],
            r["date_from"], r["date_to"], r["precision"], r["text"], r["statement"], r["telling"],
            r["report_id"], r["title"], r["outlet"], r["published"], r["start"], r["end"], r["because"],
            r["confidence"], r["follows"], r["state"],
        )
        for r in rows
    )  # fmt: skip
