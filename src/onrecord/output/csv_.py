"""Records as a folder of CSV files, one a table of ``tables.py``, for spreadsheets, R and pandas.

As RFC 4180 says, in UTF-8, with a header line. Lists are joined by ';'. A cell that a spreadsheet would run
as a formula gets an apostrophe before it: ``guarded``; ``plain`` undoes it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from onrecord.output.columns import Kind, Value
from onrecord.output.tables import CANNOT_HOLD as TABLES_CANNOT_HOLD
from onrecord.output.tables import TABLES
from onrecord.record import Record

CANNOT_HOLD = (
    *TABLES_CANNOT_HOLD,
    "the difference between a value that is not given and an empty one",
    "whether a ';' in a list parts two values or belongs to one",
)
# What spreadsheets take for the beginning of a formula (OWASP's list); also after apostrophes, so that taking
# one off gives the text back.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def write(records: Iterable[Record], folder: Path) -> None:
    """A file for each table, written record by record, and columns.csv, which says what each column holds.

    A table without rows is a header.
    """
    with (folder / "columns.csv").open("w", encoding="utf-8", newline="") as stream:
        columns = csv.writer(stream, lineterminator="\r\n")
        columns.writerow(("table", "column", "kind", "what"))
        columns.writerows((t.name, c.name, c.kind, c.what) for t in TABLES for c in t.columns)
    with ExitStack() as files:
        writers = []
        for table in TABLES:
            path = folder / f"{table.name}.csv"
            stream = files.enter_context(path.open("w", encoding="utf-8", newline=""))
            writers.append(csv.writer(stream, lineterminator="\r\n"))
            writers[-1].writerow([column.name for column in table.columns])
        for record in records:
            for table, writer in zip(TABLES, writers, strict=True):
                kinds = [column.kind for column in table.columns]
                for row in table.rows(record):
                    writer.writerow([_cell(v, k) for v, k in zip(row, kinds, strict=True)])


def _cell(value: Value, kind: Kind) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        value = ";".join(map(str, value))
    return guarded(str(value)) if kind in ("text", "texts") else str(value)


def guarded(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def plain(cell: str) -> str:
    """The text that a cell of the file stands for."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
