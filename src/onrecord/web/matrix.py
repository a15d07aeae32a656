"""The matrix party × issue, from where each party stands on each issue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.dossier.query_positions import ShownShift, Standing


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a party stands on an issue; whether it ``moved``, and whether sources ``differ`` on it."""

    standing: Standing
    moved: bool
    differ: bool


@dataclass(frozen=True, slots=True)
class Row:
    """An issue and where each of the matrix' parties stands on it, ``None`` for nothing known."""

    issue: str
    label: str
    topic: str | None
    count: int
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """``parties`` are ids with their names, the columns; ``left_out`` counts the parties not shown, and
    ``unheld`` the issues on which only these stand."""

    parties: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    left_out: int
    unheld: int


def matrix(standings: Sequence[Standing], shifts: Iterable[ShownShift], *, parties: int) -> Matrix:
    """The matrix of the parties with the most positions on these issues, and of the issues in their order."""
    known = {(m.kind, m.positions[-1].party, m.positions[-1].issue) for m in shifts}
    weight: dict[str, int] = {}
    names: dict[str, str] = {}
    by_issue: dict[str, dict[str, Cell]] = {}
    for s in standings:
        weight[s.last.party] = weight.get(s.last.party, 0) + s.count
        names[s.last.party] = s.last.party_name
        where = (s.last.party, s.last.issue)
        moved, differ = ("shift", *where) in known, ("contradiction", *where) in known
        by_issue.setdefault(s.last.issue, {})[s.last.party] = Cell(s, moved, differ)
    columns = sorted(weight, key=lambda p: (-weight[p], p))[:parties]
    rows = tuple(_row(cells, columns) for cells in by_issue.values() if not cells.keys().isdisjoint(columns))
    parted = tuple((p, names[p]) for p in columns)
    return Matrix(parted, rows, len(weight) - len(columns), len(by_issue) - len(rows))


def _row(cells: Mapping[str, Cell], columns: Iterable[str]) -> Row:
    any_ = next(iter(cells.values())).standing.last
    count = sum(c.standing.count for c in cells.values())
    return Row(any_.issue, any_.label, any_.topic, count, tuple(cells.get(p) for p in columns))
