"""CSV and TSV: one document a row, under a line that names the columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from onrecord.errors import DocumentError
from onrecord.sources.charset import decode_any
from onrecord.sources.checks import MAX_BYTES
from onrecord.sources.failure import Failure
from onrecord.sources.kind import Blob, Kind, Read
from onrecord.sources.rows import document_of, fields_of

DELIMITERS = (",", "\t", ";", "|")
_LONGEST_NAME = 60
_MOST_COLUMNS = 1_000


def sniff(blob: Blob) -> str | None:
    """A first line that names columns, one of them a text; or the name of the file."""
    _, names = _header(blob)
    known = fields_of(names, blob.options.fields)
    if "text" in known and len(known) > 1:
        return f"its first line names columns: {', '.join(sorted(known))}"
    if blob.ending in KIND.endings and len(names) > 1:
        return f"its name ends in {blob.ending}"
    return None


def read(blob: Blob) -> Read:
    """The documents of the rows, in their order, streamed; a bad row comes as a Failure with its line."""
    delimiter, _ = _header(blob)
    encoding = decode_any(_whole_lines(blob.head), blob.name).encoding or "utf-8-sig"
    # For the process, as csv has no other way: an article is longer than a field may be unless told.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_BYTES))
    stream = io.TextIOWrapper(blob.stream, encoding, "replace", newline="")
    rows = csv.reader(stream, delimiter=delimiter)
    what = "TSV" if delimiter == "\t" else "CSV"
    names: list[str] | None = None
    for line, row in _rows(rows):
        if isinstance(row, csv.Error):
            message = f"not a row of {what} ({row}); a quotation mark may be open"
            yield Failure(blob.name, "bad-row", message, line)
        elif not any(cell.strip() for cell in row):
            continue
        elif names is None:
            names = [name.strip() for name in row]
            if "text" not in fields_of(names, blob.options.fields):
                message = (
                    f"no column holds a text (columns: {', '.join(names[:12])}); name it by --field text=NAME"
                )
                raise DocumentError(blob.name, "no-text", message)
        else:
            try:
                yield document_of(_cells(names, row), f"{blob.name}:{line}", blob.options.fields, what)
            except DocumentError as e:
                yield Failure(blob.name, e.code, e.message, line)
    stream.detach()


def _rows(rows: Iterator[list[str]]) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """The rows with the lines on which they begin; an error where one is damaged."""
    while True:
        line = rows.line_num + 1  # type: ignore[attr-defined]
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as e:
            yield line, e
        else:
            yield line, row


def _cells(names: list[str], row: list[str]) -> dict[str, str | None]:
    return {name: cell or None for name, cell in zip(names, row, strict=False)}


def _header(blob: Blob) -> tuple[str, list[str]]:
    """The delimiter, and the names of the columns, [] where the first line names none."""
    line = next((part for part in blob.head.removeprefix(b"\xef\xbb\xbf").splitlines() if part.strip()), b"")
    text = line.decode("utf-8", "replace")
    delimiter = max(DELIMITERS, key=text.count)
    try:
        names = [name.strip() for name in next(csv.reader([text], delimiter=delimiter), [])]
    except csv.Error:
        return delimiter, []
    wrong = len(names) > _MOST_COLUMNS or any(len(name) > _LONGEST_NAME for name in names)
    return delimiter, [] if wrong else names


def _whole_lines(head: bytes) -> bytes:
    return head[: head.rfind(b"\n") + 1] or head


KIND = Kind("csv", "CSV or TSV: a report a row", sniff, read, (".csv", ".tsv", ".tab"))
