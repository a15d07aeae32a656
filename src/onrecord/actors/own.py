"""A user's own actors: a CSV file that adds people, offices and organisations, or overrides the package's."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from onrecord.actors.names import fold, skeleton
from onrecord.errors import KnowledgeError, UsageError
from onrecord.knowledge import read_csv

OFFICES = (
    "head-of-state",
    "head-of-government",
    "foreign-minister",
    "defence-minister",
    "spokesperson",
    "envoy",
    "other",
)
KINDS = ("person", "government", "organisation", "armed-group", "bloc", "state")
# Column → what it holds, in the words of the template.
COLUMNS = {
    "name": "the usual name; for a state its ISO code: UKR",
    "kind": f"{', '.join(KINDS)}; empty: person",
    "aliases": "other names and spellings, with ; between them",
    "country": "ISO 3166-1 alpha-3 code: UKR; empty for an organisation of no state",
    "office": f"a person's office: {', '.join(OFFICES)}; empty: only aliases are added",
    "title": "the office in words: Minister of Foreign Affairs",
    "start": "the first day of the office or organisation: 2026-03-01, 2026-03 or 2026; empty where unknown",
    "end": "the last day; empty while it lasts",
    "as_of": "the day up to which an office without an end is known; after it records carry a warning",
    "party": "the side: an ISO code, or an organisation's name; empty: the country or the organisation",
    "sector": "PLOVER's sector: GOV, MIL, REB, OPP, LEG, JUD, IGO, NGO, BUS …; empty: by kind",
    "wikidata": "the Wikidata id: Q7747",
}
_SECTORS = {"person": "GOV", "government": "GOV", "armed-group": "REB", "bloc": "IGO", "organisation": ""}
_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_BODIES = ("EUR", "IGO", "UNO")
_EXAMPLES = (
    "Ann Example,person,Anna Example;A. Example,AND,foreign-minister,Minister of Foreign Affairs,"
    "2026-03-01,,2026-11-01,,GOV,",
    "Example Liberation Front,armed-group,ELF;Example Front,AND,,,2019,,,,REB,",
    "UKR,state,Ukrayina,,,,,,,,,",
)


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A row of a user's file, checked, with its line number."""

    line: int
    name: str
    kind: str
    aliases: tuple[str, ...]
    country: str
    office: str
    title: str
    start: str
    end: str
    as_of: str
    party: str
    sector: str
    wikidata: str


@dataclass(frozen=True, slots=True)
class OwnActors:
    """A user's file: its rows in order, the SHA-256 of its bytes, and its path for messages."""

    digest: str
    rows: tuple[OwnRow, ...]
    path: str = field(compare=False)


def read_own(path: str | os.PathLike[str]) -> OwnActors:
    """The rows of a user's file.

    Raises KnowledgeError at the first row that is wrong, naming file, line and remedy; UsageError where the
    file cannot be read.
    """
    try:
        content = Path(path).read_bytes()
    except OSError as e:
        raise UsageError(f"{os.fspath(path)}: {e.strerror}; give --actors a CSV file") from e
    rows = tuple(_rows(content, os.fspath(path)))
    return OwnActors(hashlib.sha256(content).hexdigest(), rows, os.fspath(path))


def template() -> str:
    """An empty file with its columns explained, and examples in comments."""
    lines = ["# Your own actors, for onrecord code --actors. Lines that begin with # are passed over."]
    lines += [f"# {column}: {what}" for column, what in COLUMNS.items()]
    lines += ["# Examples:", *(f"# {row}" for row in _EXAMPLES)]
    return "\n".join([*lines, ",".join(COLUMNS), ""])


def _rows(content: bytes, path: str) -> Iterator[OwnRow]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        line = content[: e.start].count(b"\n") + 1
        raise KnowledgeError(f"{path}:{line}: not UTF-8; save the file as 'CSV UTF-8'") from e
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] | None = None
    try:
        for cells in reader:
            cells = [cell.strip() for cell in cells]
            if not any(cells) or cells[0].startswith("#"):
                continue
            where = f"{path}:{reader.line_num}"
            if header is None:
                header = _header(cells, where)
                continue
            if len(cells) > len(header) and any(cells[len(header) :]):
                raise KnowledgeError(
                    f"{where}: {len(cells)} cells under {len(header)} columns; "
                    "put a cell that holds a comma in quotation marks"
                )
            row = {"name": "", **dict.fromkeys(COLUMNS, ""), **dict(zip(header, cells, strict=False))}
            yield _checked(row, reader.line_num, where)
    except csv.Error as e:
        raise KnowledgeError(
            f"{path}:{reader.line_num}: not valid CSV ({e}); mend the quotation marks"
        ) from e
    if header is None:
        raise KnowledgeError(f"{path}:1: no header line; write one with 'onrecord actors init'")


def _header(cells: list[str], where: str) -> list[str]:
    header = [cell.lower() for cell in cells]
    if len(header) == 1 and ";" in header[0]:
        raise KnowledgeError(f"{where}: the columns stand apart by ';'; save the file with ',' between them")
    unknown = [cell for cell in header if cell not in COLUMNS]
    if unknown:
        raise KnowledgeError(f"{where}: no column is called {unknown[0]!r}; those are {', '.join(COLUMNS)}")
    if "name" not in header:
        raise KnowledgeError(f"{where}: the column 'name' is missing; 'onrecord actors init' writes a header")
    if len(set(header)) < len(header):
        raise KnowledgeError(f"{where}: a column stands twice; leave one")
    return header


def _checked(cells: dict[str, str], line: int, where: str) -> OwnRow:
    """The row, its values checked and completed. Raises KnowledgeError."""

    def wrong(what: str) -> KnowledgeError:
        return KnowledgeError(f"{where}: {what}")

    kind = cells["kind"] = cells["kind"].lower() or "person"
    country = cells["country"] = cells["country"].upper()
    if not skeleton(fold(cells["name"])):
        raise wrong("the row has no name in Latin letters; fill in the column 'name'")
    if kind not in KINDS:
        raise wrong(f"kind is {kind!r}; it is one of {', '.join(KINDS)}")
    if kind == "state":
        country = cells["country"] = cells["name"].upper()
    if country and country not in state_codes() and country not in _BODIES:
        raise wrong(f"country is {country!r}, no ISO 3166-1 alpha-3 code; write 'UKR' for Ukraine")
    if kind in ("government", "person") and not country and not cells["party"]:
        raise wrong(f"a {kind} needs a country or a party; fill in one of the two")
    if cells["office"] and cells["office"] not in OFFICES:
        raise wrong(f"office is {cells['office']!r}; it is one of {', '.join(OFFICES)}")
    if cells["office"] and kind != "person":
        raise wrong(f"only people hold offices; leave 'office' empty for a {kind}")
    if kind == "person" and cells["title"] and not cells["office"]:
        raise wrong("the title has no office; write 'other' where no other office fits")
    if kind == "person" and not cells["office"] and not cells["aliases"]:
        raise wrong("the row adds neither an office nor an alias; fill in one of the two")
    for column in ("start", "end", "as_of"):
        if cells[column] and not _DAY.fullmatch(cells[column]):
            raise wrong(f"{column} is {cells[column]!r}; write a date as 2026-03-01, 2026-03 or 2026")
    if cells["start"] and cells["end"] and cells["end"] < cells["start"][: len(cells["end"])]:
        raise wrong(f"the end {cells['end']} is before the start {cells['start']}; mend one of them")
    if cells["wikidata"] and not re.fullmatch(r"Q[1-9]\d*", cells["wikidata"]):
        raise wrong(f"wikidata is {cells['wikidata']!r}; write an id such as Q7747")
    aliases = tuple(dict.fromkeys(a for part in cells.pop("aliases").split(";") if (a := _plain(part))))
    if any(not skeleton(fold(alias)) for alias in aliases):
        raise wrong("an alias has no Latin letter; onrecord reads English texts")
    if cells["office"] and not cells["title"]:
        cells["title"] = cells["office"].replace("-", " ").capitalize()
    cells["sector"] = cells["sector"].upper() or _SECTORS.get(kind, "")
    return OwnRow(line=line, aliases=aliases, **cells)


def _plain(alias: str) -> str:
    """An alias without 'the', which a text may leave out."""
    return alias.strip().removeprefix("the ").removeprefix("The ")


@cache
def state_codes() -> dict[str, str]:
    """The code of every state → its name."""
    return {row["code"]: row["name"] for row in read_csv("actors", "states.csv")}
