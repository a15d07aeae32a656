"""What two sides or more say of one encounter, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.corpus.accounts import Account, Item, accounts_of
from onrecord.corpus.ids import position_ids, statement_ids, telling_ids
from onrecord.output.style import one_line, shorten
from onrecord.output.words import Names
from onrecord.record import Record

_TOLD = {"shared": ("by all", "green"), "only one side": ("", ""), "in conflict": ("in conflict", "red")}
_ENCOUNTERS = {None: "meeting", "phone": "call", "visit": "visit"}
_CONTENT = 110  # characters of what a side says on one thing
_MOST_SIDES = 3  # columns; those who say least are left out


def render(record: Record, names: Names) -> RenderableType | None:
    """A table for each encounter of which two sides or more have given an account; None without one."""
    local = {
        row: own
        for ids in (statement_ids(record), position_ids(record), telling_ids(record))
        for own, row in ids.items()
    }
    labels = {issue.id: issue.label for issue in record.issues}
    tables = [_table(account, names, labels, local) for account in accounts_of(record)]
    return Group(*(part for table in tables for part in table)) if tables else None


def _table(
    account: Account, names: Names, labels: dict[str, str], local: dict[str, str]
) -> Iterator[RenderableType]:
    """The line that says of what, and the table."""
    event = account.event
    who = names.names(dict.fromkeys(side.actor for side in event.sides))
    yield Text.assemble(
        _ENCOUNTERS.get(event.mode, "meeting"), " of ", (who, "cyan"), f" {event.date_from or ''}".rstrip()
    )
    sides = sorted(account.sides, key=lambda s: (-sum(w.party == s for w in account.statements), s))
    shown = sorted(sides[:_MOST_SIDES])
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", show_edge=False, pad_edge=False)
    table.add_column("told", overflow="fold", max_width=11)
    table.add_column("of what", overflow="fold", max_width=20)
    for side in shown:
        table.add_column(names.side(side), overflow="fold", ratio=1)
    for item in account.items:
        words = [_words(item, side, local) for side in shown]
        if any(words):
            told, colour = _TOLD[item.verdict]
            table.add_row(Text(told, style=colour), Text(_what(item, labels)), *words)
    yield table


def _what(item: Item, labels: dict[str, str]) -> str:
    if item.kind == "encounter":
        return "how it went"
    return one_line(labels.get(item.label, item.label))


def _words(item: Item, side: str, local: dict[str, str]) -> Text:
    """What a side says on it, each with the number of its entry."""
    said = [(w.text, local.get(w.id, w.id)) for w in item.words if w.party == side]
    text = Text()
    for content, entries in groupby(said, key=lambda pair: pair[0]):
        text.append("\n" if text else "").append(shorten(content, _CONTENT))
        text.append(f" {', '.join(number for _, number in entries)}", style="dim")
    return text
