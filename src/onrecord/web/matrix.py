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
    """``parties`` are ids with their names, the columns; ``left_out`` counts parties and issues not shown."""

    parties: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    left_out: tuple[int, int]


def matrix(standings: Sequence[Standing], *, parties: int, issues: int, skip: int = 0) -> Matrix:
    """The matrix of the parties with the most positions, and of issues in their order, ``skip`` left out."""
    weight: dict[str, int] = {}
    names: dict[str, str] = {}
    by_issue: dict[str, dict[str, Standing]] = {}
    for s in standings:
        weight[s.last.party] = weight.get(s.last.party, 0) + s.count
        names[s.last.party] = s.last.party_name
        by_issue.setdefault(s.last.issue, {})[s.last.party] = s
    columns = sorted(weight, key=lambda p: (-weight[p], p))[:parties]
    chosen = list(by_issue)[skip : skip + issues]
    rows = tuple(_row(by_issue[issue], columns) for issue in chosen)
    return Matrix(
        tuple((p, names[p]) for p in columns), rows, (len(weight) - len(columns), len(by_issue) - len(chosen))
    )


def _row(cells: Mapping[str, Standing], columns: Iterable[str]) -> Row:
    any_ = next(iter(cells.values())).last
    count = sum(s.count for s in cells.values())
    return Row(any_.issue, any_.label, any_.topic, count, tuple(cells.get(p) for p in columns))
