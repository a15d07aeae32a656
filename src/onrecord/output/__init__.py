"""Formats of output: one file a format, and the registry.

A new format is a module with a function like those below, and a line in ``FORMATS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from onrecord.output import json_, table
from onrecord.output.style import Style
from onrecord.record import Record

Write = Callable[[Iterable[Record], BinaryIO, Style], None]


@dataclass(frozen=True)
class Format:
    """A name's writer, the file endings that ask for it, and what it is in a few words."""

    write: Write
    endings: tuple[str, ...]
    what: str


FORMATS: Mapping[str, Format] = {
    "table": Format(table.write, (".txt",), "for people: statements, events and positions in tables"),
    "json": Format(json_.write_json, (".json",), "indented JSON: one object, or an array of many"),
    "jsonl": Format(json_.write_lines, (".jsonl", ".ndjson"), "JSON Lines: one record a line"),
}


def format_of(ending: str) -> str | None:
    """The name of the format that a file ending asks for, None where none does."""
    return next((name for name, f in FORMATS.items() if ending.lower() in f.endings), None)


__all__ = ["FORMATS", "Format", "Style", "Write", "format_of"]
