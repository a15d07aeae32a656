"""A listing: rows of one kind for people (a table, Markdown) and for programs (JSON, CSV)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.output.csv_ import guarded
from onrecord.output.style import Style, one_line, shorten

Format = Literal["table", "json", "csv", "md"]
FORMATS: tuple[Format, ...] = ("table", "json", "csv", "md")


@dataclass(frozen=True, slots=True)
class Column:
    """A column for people: its head, the greatest width (``None``: as wide as it has to be), and where its
    cells' colour comes from: the text of the cell, through ``colours``."""

    head: str
    width: int | None = None
    colours: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """``cells`` are the rows for people, ``data`` the same rows whole, for programs; ``empty`` is what is
    said where there is none."""

    columns: tuple[Column, ...]
    cells: tuple[tuple[str, ...], ...]
    data: tuple[Mapping[str, Any], ...]
    empty: str = "nothing found"


def render(listing: Listing, form: Format, style: Style) -> str:
    """The listing in one of the formats, with the last line ended."""
    return _RENDER[form](listing, style)


def _table(listing: Listing, style: Style) -> str:
    if not listing.cells:
        return style.render(Text(listing.empty, style="dim"))
    return style.render(_rich(listing))


def _rich(listing: Listing) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", show_edge=False, pad_edge=False)
    for column in listing.columns:
        table.add_column(column.head, overflow="fold", max_width=column.width, no_wrap=column.width is None)
    table.columns[-1].no_wrap = False
    for row in listing.cells:
        table.add_row(*(_cell(text, column) for text, column in zip(row, listing.columns, strict=True)))
    return table


def _cell(text: str, column: Column) -> Text:
    shown = shorten(text, 160) if column.width is not None else one_line(text)
    for word, colour in (column.colours or {}).items():
        if word in text:
            return Text(shown, style=colour)
    return Text(shown)


def _markdown(listing: Listing, style: Style) -> str:
    if not listing.cells:
        return f"{listing.empty}\n"
    rows = [
        tuple(column.head or "id" for column in listing.columns),
        tuple("---" for _ in listing.columns),
        *(tuple(_escaped(text) for text in row) for row in listing.cells),
    ]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _escaped(text: str) -> str:
    """A cell of Markdown in which nothing of the text is read as Markdown or HTML."""
    text = one_line(text)
    for sign in "\\`*_[]<>|#":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("&", "&amp;")


def _json(listing: Listing, style: Style) -> str:
    return json.dumps(list(listing.data), ensure_ascii=False, indent=2) + "\n"


def _csv(listing: Listing, style: Style) -> str:
    buffer = io.StringIO()
    fields = list(dict.fromkeys(key for row in listing.data for key in row))
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(fields or [column.head for column in listing.columns])
    writer.writerows([_plain(row.get(field)) for field in fields] for row in listing.data)
    return buffer.getvalue()


def _plain(value: Any) -> str | int | float:
    """A value as a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float):
        return value
    text = (
        "; ".join(str(v) for v in value)
        if isinstance(value, Iterable) and not isinstance(value, str)
        else value
    )
    return guarded(str(text))


_RENDER: Mapping[str, Callable[[Listing, Style], str]] = {
    "table": _table,
    "json": _json,
    "csv": _csv,
    "md": _markdown,
}
