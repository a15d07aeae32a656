"""Who stands where at a glance: parties by issues, each cell a stance with the numbers of its positions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.output.style import one_line
from onrecord.output.words import Names, day
from onrecord.record import Issue, Position, Record, Stance

# A sign and a colour for each stance: the sign and the word say it where there is no colour.
SIGN: dict[Stance, str] = {"supports": "+", "opposes": "-", "conditional": "~", "noncommittal": "?"}
COLOUR: dict[Stance, str] = {
    "supports": "green",
    "opposes": "red",
    "conditional": "yellow",
    "noncommittal": "dim",
}
_MOST_ISSUES = 12
_ISSUE = 24  # columns for the issues, and for each party
_PARTY = 16


def render(record: Record, names: Names) -> RenderableType | None:
    """The matrix, the issues in dispute first, and below it those without a row; None without positions."""
    if not record.positions:
        return None
    families = _families(record)
    every = sum(map(len, families)) <= _MOST_ISSUES
    shown: list[_Row] = []
    rest: list[_Row] = []
    for family in families:
        between = every or len(family) > 1 or family[0].parties > 1
        room = not shown or len(shown) + len(family) <= _MOST_ISSUES
        (shown if between and room else rest).extend(family)
    if not shown:
        shown, rest = rest[:_MOST_ISSUES], rest[_MOST_ISSUES:]
    parts: list[RenderableType] = [_Blocks(shown, names)]
    if rest:
        parts += [Text(), Text("also on the table", style="dim"), _others(rest, names)]
    return Group(*parts)


def shifts(record: Record, names: Names) -> RenderableType | None:
    """A line for each position that departs from an earlier one; None where none does."""
    positions = {p.id: p for p in record.positions}
    labels = {issue.id: one_line(issue.label) for issue in record.issues}
    lines = [
        _shift(positions[p.follows], p, labels, names)
        for p in record.positions
        if p.follows is not None and p.follows in positions
    ]
    return Group(*lines) if lines else None


def _shift(before: Position, after: Position, labels: dict[str, str], names: Names) -> Text:
    text = Text(names.side(after.party), style="cyan").append(": ", style="default")
    for n, p in enumerate((before, after)):
        text.append(" → " if n else "", style="default")
        text.append(f"{SIGN[p.stance]} {p.stance}", style=COLOUR[p.stance])
        if not n or before.issue != after.issue:
            text.append(f" {labels.get(p.issue, one_line(p.issue))}", style="default")
        when = f", {day(p.date)}" if p.date is not None and p.date.from_ else ", earlier" if not n else ""
        text.append(f" ({p.id}{when})", style="dim")
    return text


@dataclass(frozen=True, slots=True)
class _Row:
    """An issue with its positions; ``depth`` is 1 for a special case of one shown above it."""

    issue: Issue
    positions: tuple[Position, ...]
    depth: int = 0

    @property
    def parties(self) -> int:
        return len({p.party for p in self.positions})


def _families(record: Record) -> list[list[_Row]]:
    """The issues with positions, each followed by its special cases, those in dispute first."""
    rows = [_Row(issue, tuple(p for p in record.positions if p.issue == issue.id)) for issue in record.issues]
    rows = [row for row in rows if row.positions]
    there = {row.issue.id for row in rows}
    families: dict[str, list[_Row]] = {}
    for row in rows:
        top = next((b for b in row.issue.broader if b in there and not _broader_of(rows, b, there)), None)
        families.setdefault(top or row.issue.id, []).append(row)
    ordered = sorted(families.items(), key=lambda family: _contest(family[1]), reverse=True)
    return [
        [
            _Row(m.issue, m.positions, int(m.issue.id != top))
            for m in sorted(members, key=lambda row: row.issue.id != top)
        ]
        for top, members in ordered
    ]


def _broader_of(rows: Sequence[_Row], issue: str, there: set[str]) -> bool:
    return any(b in there for row in rows if row.issue.id == issue for b in row.issue.broader)


def _contest(rows: Sequence[_Row]) -> tuple[int, int, int]:
    """How much is in dispute: sides with different stances, sides, positions."""
    stances: dict[str, set[str]] = {}
    for p in (p for row in rows for p in row.positions):
        stances.setdefault(p.party, set()).add(p.stance)
    different = len({stance for held in stances.values() for stance in held}) if len(stances) > 1 else 0
    return different, len(stances), sum(len(row.positions) for row in rows)


@dataclass(frozen=True, slots=True)
class _Blocks:
    """The matrix in as many blocks of parties as the width asks for."""

    rows: Sequence[_Row]
    names: Names

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        counts: dict[str, int] = {}
        for p in (p for row in self.rows for p in row.positions):
            counts[p.party] = counts.get(p.party, 0) + 1
        parties = sorted(counts, key=lambda party: -counts[party])
        each = max(1, (options.max_width - _ISSUE - 2) // (_PARTY + 2))
        for n in range(0, len(parties), each):
            block = parties[n : n + each]
            rows = [row for row in self.rows if any(p.party in block for p in row.positions)]
            yield from ([Text()] if n else [])
            yield self._block(rows, block)

    def _block(self, rows: Sequence[_Row], parties: Sequence[str]) -> Table:
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="cyan", show_edge=False, pad_edge=False)
        table.add_column("", width=_ISSUE, overflow="fold")
        for party in parties:
            table.add_column(Text(self.names.side(party)), width=_PARTY, overflow="fold")
        for row in rows:
            label = Padding(Text(one_line(row.issue.label)), (0, 0, 0, 2 * row.depth))
            table.add_row(label, *(_cell([p for p in row.positions if p.party == x]) for x in parties))
        return table


def _cell(positions: Sequence[Position]) -> Text:
    """A line for each run of one stance, in the order of the text: '+ supports p1 p4'."""
    text = Text()
    for stance, group in groupby(positions, key=lambda p: p.stance):
        if text:
            text.append("\n")
        text.append(f"{SIGN[stance]} {stance}", style=COLOUR[stance])
        text.append("".join(f" {p.id}" for p in group), style="dim")
    return text or Text("·", style="dim")


def _others(rows: Iterable[_Row], names: Names) -> Table:
    """The issues that have no row in the matrix, a line each."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=_ISSUE, overflow="fold")
    table.add_column(overflow="fold")
    for row in rows:
        stands = Text(", ").join(_stand(positions, names) for positions in _by_party(row))
        table.add_row(Text(one_line(row.issue.label)), stands)
    return table


def _by_party(row: _Row) -> Iterator[list[Position]]:
    for party in dict.fromkeys(p.party for p in row.positions):
        yield [p for p in row.positions if p.party == party]


def _stand(positions: Sequence[Position], names: Names) -> Text:
    text = Text(names.side(positions[0].party), style="cyan").append(" ")
    return text.append(Text(" ").join(_cell(positions).split("\n")))
