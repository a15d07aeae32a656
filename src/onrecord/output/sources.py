"""Kinds of input, and what was recognised in some: tables for people, JSON for programs."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.output.style import Style, one_line, shorten
from onrecord.record import Document
from onrecord.sources.inspect import Seen
from onrecord.sources.kind import Kind

_TITLE = 32  # characters
_NAME = 24
_FILE = 48


def kinds_table(kinds: Sequence[Kind], style: Style) -> str:
    """A line for each kind of input, in the order in which they are asked."""
    table = _table("kind", "what it is", "usual endings")
    for kind in kinds:
        table.add_row(kind.name, kind.what, " ".join(kind.endings))
    return style.render(table)


def kinds_json(kinds: Sequence[Kind]) -> str:
    """The kinds as an indented JSON array."""
    return _json([{"name": k.name, "what": k.what, "endings": k.endings} for k in kinds])


def seen_table(seen: Sequence[Seen], style: Style) -> str:
    """What each file was taken for and why, the documents with where their day was found, and what failed."""
    files = _table("file", "taken for", "because")
    for name, kind, why in dict.fromkeys((s.file, s.kind, s.why) for s in seen if s.file):
        files.add_row(_end(name or ""), kind, one_line(why or ""))
    documents = _table("document", "published", "found in", "outlet", "language", "words", "title")
    for item in seen:
        if item.document is not None:
            documents.add_row(*_row(item.document, item.words))
    notes = [f"skipped: {one_line(s.failure)}" for s in seen if s.failure]
    notes += [
        f"note: {one_line(s.document.id)}: {one_line(w.message)} [{w.code}]"
        for s in seen
        if s.document is not None
        for w in s.document.warnings
    ]
    count = sum(s.document is not None and s.failure is None for s in seen)
    failed = sum(s.failure is not None for s in seen)
    summary = f"{count} {'document' if count == 1 else 'documents'} to code, {failed} skipped"
    blank = Text()
    parts: list[RenderableType] = [
        files,
        blank,
        documents,
        blank,
        *(Text(line) for line in notes),
        Text(summary, style="bold"),
    ]
    return style.render(Group(*parts))


def seen_json(seen: Sequence[Seen]) -> str:
    """What was seen as an indented JSON array; documents are without their texts."""
    return _json(seen)


def _end(name: str) -> str:
    """A name on one line, cut at its beginning, as names of one folder differ at their end."""
    name = one_line(name)
    return name if len(name) <= _FILE else f"…{name[1 - _FILE :]}"


def _row(document: Document, words: int) -> list[str]:
    where = {origin.field: origin.where for origin in document.origins}
    return [
        shorten(document.id, _NAME),
        document.published or "–",
        one_line(where.get("published", "–")),
        shorten(document.outlet or "–", _NAME),
        document.language or "–",
        str(words),
        shorten(document.title or "–", _TITLE),
    ]


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for column in columns:
        table.add_column(column)
    return table


def _json(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value, order="deterministic"), indent=2).decode() + "\n"
