"""JSON Lines: one document a line, as an object with a text and what is known about it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from onrecord.errors import DocumentError, UsageError
from onrecord.sources.checks import MAX_BYTES, decode, too_large
from onrecord.sources.days import day_of
from onrecord.sources.failure import Failure
from onrecord.sources.kind import HEAD, Blob, Kind, Read
from onrecord.sources.rows import document_of

# JSON may write a character as six bytes (\\u00e9).
_MAX_LINE = 6 * MAX_BYTES
_MARK = b"\xef\xbb\xbf"


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A line of facts about a file; other keys are passed over."""

    id: str | int | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    language: str | None = None


FIELDS = ("url", "outlet", "title", "byline", "published", "language")
_object = msgspec.json.Decoder(dict[str, Any])
_row = msgspec.json.Decoder(Row)


def sniff(blob: Blob) -> str | None:
    """An object on the first line and another below it, or only by name where the first line is damaged."""
    head = blob.head.removeprefix(_MARK).lstrip()
    if blob.ending in KIND.endings:
        return f"its name ends in {blob.ending}"
    if not head.startswith(b"{"):
        return None
    _, end, rest = head.partition(b"\n")
    if rest.lstrip().startswith(b"{"):
        return "a JSON object on each line"
    if not end and len(head) + 64 >= HEAD and blob.ending != ".json":
        return "opens with a JSON object of one long line"
    return None


def read(blob: Blob) -> Read:
    """The documents of the lines, in their order, streamed; a bad line comes as a Failure with its number."""
    for number, row in _decoded(blob.stream, blob.name, _object):
        if isinstance(row, Failure):
            yield row
            continue
        try:
            yield document_of(row, f"{blob.name}:{number}", blob.options.fields, "JSON Lines")
        except DocumentError as e:
            yield Failure(blob.name, e.code, e.message, number)


def read_meta(path: Path) -> dict[str, Row]:
    """The rows of a --meta file by id, the stem of the file that each describes.

    Raises UsageError at a line that is no such row.
    """
    rows: dict[str, Row] = {}
    try:
        with path.open("rb") as stream:
            for number, row in _decoded(stream, str(path), _row):
                where = f"{path}:{number}"
                if isinstance(row, Failure):
                    raise UsageError(str(row))
                if row.id is None:
                    raise UsageError(f"{where}: the row has no 'id', the stem of the file it describes")
                if str(row.id) in rows:
                    raise UsageError(f"{where}: a second row for {str(row.id)!r}; leave one")
                day = day_of(row.published)
                if row.published and day is None:
                    raise UsageError(f"{where}: 'published' is {row.published!r}, not a date like 2015-07-14")
                rows[str(row.id)] = msgspec.structs.replace(row, published=day)
    except OSError as e:
        raise UsageError(f"{path}: {e.strerror}") from e
    return rows


def _decoded(stream: BinaryIO, name: str, decoder: Any) -> Iterator[tuple[int, Any]]:
    """What each line holds, with its number; blank lines are passed over."""
    for number, raw in enumerate(_lines(stream), 1):
        where = f"{name}:{number}"
        try:
            if raw is None:
                raise too_large(where)
            line = decode(raw, where)
            if line.strip():
                yield number, decoder.decode(line)
        except msgspec.ValidationError as e:
            yield number, Failure(name, "bad-row", f"not a row of a document ({e})", number)
        except (msgspec.DecodeError, RecursionError) as e:
            yield number, Failure(name, "bad-json", f"not a JSON object ({e})", number)
        except DocumentError as e:
            yield number, Failure(name, e.code, e.message, number)


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a stream; None for one that is too long to hold in memory."""
    while line := stream.readline(_MAX_LINE):
        if line.endswith(b"\n") or len(line) < _MAX_LINE:
            yield line
            continue
        while (rest := stream.readline(_MAX_LINE)) and not rest.endswith(b"\n"):
            pass
        yield None


KIND = Kind("json-lines", "JSON Lines: a report a line", sniff, read, (".jsonl", ".ndjson"))
