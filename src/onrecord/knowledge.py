"""Reads the knowledge files in ``data/``: TOML and CSV, each opening with a header.

The header says what the file is, where its facts come from, under which licence, and of what date. In CSV
it stands in lines that begin with ``# ``, as ``# what: …``; in TOML in a table ``[header]``.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from onrecord.errors import KnowledgeError

VERSION = "2026.11"
HEADER = ("what", "source", "licence", "date")


def data(*parts: str) -> Traversable:
    """The file or folder of the package's data at this path."""
    return resources.files("onrecord").joinpath("data", *parts)


def read_toml(*parts: str) -> dict[str, Any]:
    """A TOML knowledge file, its header checked. Raises KnowledgeError where the file breaks the form."""
    name = "/".join(parts)
    try:
        table = tomllib.loads(data(*parts).read_text("utf-8"))
    except tomllib.TOMLDecodeError as e:
        raise KnowledgeError(f"data/{name}: not valid TOML ({e}); mend the line it names") from e
    _check_header(name, table.get("header", {}))
    return table


def read_csv(*parts: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV knowledge file as dicts of strings; '' where a cell is empty."""
    name = "/".join(parts)
    lines = data(*parts).read_text("utf-8").splitlines()
    head = [line[2:] for line in lines if line.startswith("# ")]
    _check_header(name, dict(line.split(": ", 1) for line in head if ": " in line))
    yield from csv.DictReader(line for line in lines if not line.startswith("# "))


def _check_header(name: str, header: dict[str, Any]) -> None:
    missing = [key for key in HEADER if not header.get(key)]
    if missing:
        raise KnowledgeError(f"data/{name}: the header lacks {', '.join(missing)}; add a line for each")
