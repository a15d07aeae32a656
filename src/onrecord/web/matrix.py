"""The matrix party × issue, from where each party stands on each issue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.dossier.query_positions import Standing


@dataclass(frozen=True, slots=True)
class Row:
    """An issue and where each of the matrix' parties stands on it, ``None`` for nothing known."""

    issue: str
    label: str
    topic: str | None
    count: int
    cells: tuple[Standing | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """``parties`` are ids with their names, the columns; ``left_out`` counts the parties not shown."""

    parties: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    left_out: int


def matrix(standings: Sequence[Standing], *, parties: int) -> Matrix:
    """The matrix of the parties with the most positions on these issues, and of the issues in their order."""
    weight: dict[str, int] = {}
    names: dict[str, str] = {}
    by_issue: dict[str, dict[str, Standing]] = {}
    for s in standings:
        weight[s.last.party] = weight.get(s.last.party, 0) + s.count
        names[s.last.party] = s.last.party_name
        by_issue.setdefault(s.last.issue, {})[s.last.party] = s
    columns = sorted(weight, key=lambda p: (-weight[p], p))[:parties]
    rows = tuple(_row(cells, columns) for cells in by_issue.values())
    return Matrix(tuple((p, names[p]) for p in columns), rows, len(weight) - len(columns))


def _row(cells: Mapping[str, Standing], columns: Iterable[str]) -> Row:
    any_ = next(iter(cells.values())).last
    count = sum(s.count for s in cells.values())
    return Row(any_.issue, any_.label, any_.topic, count, tuple(cells.get(p) for p in columns))
