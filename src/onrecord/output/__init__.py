"""Formats of output: one file a format, and the registry.

A new format is a module with a function like those below, and a line in ``FORMATS`` or ``FOLDERS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

from onrecord import plugins
from onrecord.output import (
    brat,
    csv_,
    dyads,
    ftm,
    gdelt,
    icews,
    json_,
    labelstudio,
    markdown,
    parquet,
    plover,
    polecat,
    table,
    web_annotation,
)
from onrecord.output.style import Style
from onrecord.record import Record

Write = Callable[[Iterable[Record], BinaryIO, Style], None]
WriteFolder = Callable[[Iterable[Record], Path], None]


@dataclass(frozen=True)
class Format:
    """A format that is one file: its writer, the file endings that ask for it, and what it is.

    ``cannot_hold`` says what of a record is lost in it; ``has_status`` whether it tells events that were
    planned, threatened or denied from those that happened.
    """

    write: Write
    endings: tuple[str, ...]
    what: str
    cannot_hold: tuple[str, ...] = ()
    has_status: bool = True


@dataclass(frozen=True)
class Folder:
    """A format that is a folder of files; its writer gets the folder, empty. The rest is as in Format."""

    write: WriteFolder
    what: str
    cannot_hold: tuple[str, ...] = ()
    has_status: bool = True


FORMATS: Mapping[str, Format] = {
    "table": Format(table.write, (".txt",), "for people: statements, events and positions in tables"),
    "json": Format(json_.write_json, (".json",), "indented JSON: one object, or an array of many"),
    "jsonl": Format(json_.write_lines, (".jsonl", ".ndjson"), "JSON Lines: one record a line"),
    "polecat": Format(polecat.write, (), "events in POLECAT's 40 columns", polecat.CANNOT_HOLD, False),
    "icews": Format(icews.write, (), "events in ICEWS's 20 columns", icews.CANNOT_HOLD, False),
    "gdelt": Format(gdelt.write, (), "events in GDELT 2.0's 61 columns", gdelt.CANNOT_HOLD, False),
    "dyads": Format(dyads.write, (), "events as CAMEO dyads", dyads.CANNOT_HOLD, False),
    "plover": Format(plover.write, (), "events as PLOVER's JSON Lines", plover.CANNOT_HOLD),
    "webanno": Format(
        web_annotation.write, (), "entries as W3C Web Annotations in JSON-LD", web_annotation.CANNOT_HOLD
    ),
    "labelstudio": Format(
        labelstudio.write, (), "Label Studio tasks with predictions", labelstudio.CANNOT_HOLD
    ),
    "ftm": Format(ftm.write, (), "FollowTheMoney statements in CSV", ftm.CANNOT_HOLD),
    "markdown": Format(
        markdown.write, (".md",), "a dossier to read, with footnotes to the reports", markdown.CANNOT_HOLD
    ),
}
FOLDERS: Mapping[str, Folder] = {
    "csv": Folder(csv_.write, "a CSV file for each table, for spreadsheets, R and pandas", csv_.CANNOT_HOLD),
    "parquet": Folder(parquet.write, "a Parquet file for each table, with types", parquet.CANNOT_HOLD),
    "brat": Folder(brat.write, "brat standoff: a .txt and an .ann file for each report", brat.CANNOT_HOLD),
}
# What records can be exported to: all but the tables for people.
EXPORTS: Mapping[str, Format | Folder] = {
    **{name: chosen for name, chosen in FORMATS.items() if name != "table"},
    **FOLDERS,
}


@cache
def exports() -> Mapping[str, Format | Folder]:
    """What records can be exported to, with what installed packages add (docs/howto/add-a-format.md)."""
    added = plugins.load(
        plugins.FORMATS, lambda it: isinstance(it, Format | Folder), "a Format or Folder", {*EXPORTS, "table"}
    )
    return {**EXPORTS, **added}


def format_of(ending: str) -> str | None:
    """The name of the format that a file ending asks for, None where none does."""
    return next((name for name, f in FORMATS.items() if ending.lower() in f.endings), None)


__all__ = [
    "EXPORTS",
    "FOLDERS",
    "FORMATS",
    "Folder",
    "Format",
    "Style",
    "Write",
    "WriteFolder",
    "exports",
    "format_of",
]
