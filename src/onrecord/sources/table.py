"""JSON Lines: one document a line, as an object with a text and what is known about it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from onrecord.errors import DocumentError, UsageError
from onrecord.record import Document
from onrecord.sources.checks import MAX_BYTES, decode, too_large
from onrecord.sources.failure import Failure

ENDINGS = (".jsonl", ".ndjson")
# JSON may write a character as six bytes (\\u00e9).
_MAX_LINE = 6 * MAX_BYTES


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A line as it stands; other keys are passed over."""

    id: str | int | None = None
    text: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    language: str | None = None


FIELDS = ("url", "outlet", "title", "byline", "published", "language")
_decoder = msgspec.json.Decoder(Row)


def read_rows(stream: BinaryIO, name: str) -> Iterator[tuple[int, Row | Failure]]:
    """The rows of a JSON Lines stream with their line numbers; blank lines are passed over."""
    for number, raw in enumerate(_lines(stream), 1):
        where = f"{name}:{number}"
        try:
            if raw is None:
                raise too_large(where)
            line = decode(raw, where)
            if not line.strip():
                continue
            row = _decoder.decode(line)
            yield number, msgspec.structs.replace(row, published=_day(row.published, where))
        except msgspec.ValidationError as e:
            yield number, Failure(name, "bad-row", f"not a row of a document ({e})", number)
        except msgspec.DecodeError as e:
            yield number, Failure(name, "bad-json", f"not a JSON object ({e})", number)
        except DocumentError as e:
            yield number, Failure(name, e.code, e.message, number)


def read_documents(stream: BinaryIO, name: str) -> Iterator[Document | Failure]:
    """The documents of a JSON Lines stream, in its order."""
    for number, row in read_rows(stream, name):
        if isinstance(row, Failure):
            yield row
        elif row.text is None:
            message = "the row has no 'text'; a file of facts about other files goes with --meta"
            yield Failure(name, "no-text", message, number)
        else:
            fields = {field: getattr(row, field) for field in FIELDS}
            yield Document(id=text_id(row.text) if row.id is None else str(row.id), text=row.text, **fields)


def read_meta(path: Path) -> dict[str, Row]:
    """The rows of a --meta file by id, the stem of the file that each describes.

    Raises UsageError at a line that is no such row.
    """
    rows: dict[str, Row] = {}
    try:
        with path.open("rb") as stream:
            for number, row in read_rows(stream, str(path)):
                if isinstance(row, Failure):
                    raise UsageError(str(row))
                if row.id is None:
                    raise UsageError(
                        f"{path}:{number}: the row has no 'id', the stem of the file it describes"
                    )
                if str(row.id) in rows:
                    raise UsageError(f"{path}:{number}: a second row for {str(row.id)!r}; leave one")
                rows[str(row.id)] = row
    except OSError as e:
        raise UsageError(f"{path}: {e.strerror}") from e
    return rows


def text_id(text: str) -> str:
    """The id of a document that comes without one: the SHA-256 of its text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def parse_day(value: str) -> str:
    """The ISO date in an ISO date or date with time. Raises ValueError where it is none."""
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return datetime.fromisoformat(value).date().isoformat()


def _day(value: str | None, where: str) -> str | None:
    if not value:
        return None
    try:
        return parse_day(value)
    except ValueError as e:
        message = f"'published' is {value!r}, not a date like 2015-07-14"
        raise DocumentError(where, "bad-date", message) from e


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a stream; None for one that is too long to hold in memory."""
    while line := stream.readline(_MAX_LINE):
        if line.endswith(b"\n") or len(line) < _MAX_LINE:
            yield line
            continue
        while (rest := stream.readline(_MAX_LINE)) and not rest.endswith(b"\n"):
            pass
        yield None
