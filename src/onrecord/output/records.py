"""Records back from the files that the JSON formats write."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path

import msgspec

from onrecord.errors import UsageError
from onrecord.record import Record, from_json

_many = msgspec.json.Decoder(list[Record])


def read_records(path: str) -> list[Record]:
    """The records of a file in json or jsonl, '-' for standard input. Raises UsageError where it is none."""
    data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    try:
        if data.lstrip()[:1] == b"[":
            return _many.decode(data)
        try:
            return [from_json(data)]
        except msgspec.ValidationError:
            raise
        except msgspec.DecodeError:
            return [from_json(line) for line in data.splitlines() if line.strip()]
    except msgspec.DecodeError as e:
        raise UsageError(f"{path}: not a file of records in json or jsonl ({e})") from e


def stream_records(path: str) -> Iterator[Record]:
    """The records of a file, one after another; of JSON Lines one line at a time is in memory.

    '-' is standard input. Raises UsageError where the file, or the line that it names, is no record.
    """
    with nullcontext(sys.stdin.buffer) if path == "-" else Path(path).open("rb") as file:
        lines = ((n, line) for n, line in enumerate(file, 1) if line.strip())
        _, first = next(lines, (0, b""))
        if not first:
            return
        try:
            record = from_json(first)
        except msgspec.DecodeError:
            yield from _whole(path, first + file.read())
            return
        yield record
        for number, line in lines:
            try:
                yield from_json(line)
            except msgspec.DecodeError as e:
                raise UsageError(f"{path}, line {number}: no record ({e}); take the line out") from e


def _whole(path: str, data: bytes) -> list[Record]:
    try:
        return _many.decode(data) if data.lstrip()[:1] == b"[" else [from_json(data)]
    except msgspec.DecodeError as e:
        raise UsageError(f"{path}: not a file of records in json or jsonl ({e})") from e


def select(records: Sequence[Record], entry: str) -> tuple[Record, str]:
    """The record that an entry's address (``s1`` or ``document:s1``) is in, and the entry's id.

    Raises UsageError where the address names no record, or leaves open which.
    """
    document, _, entry_id = entry.rpartition(":")
    found = [r for r in records if r.document.id == document] if document else list(records)
    if len(found) == 1 or (found and document):
        return found[0], entry_id
    ids = ", ".join(repr(r.document.id) for r in records[:5]) + (", …" if len(records) > 5 else "")
    if not found and document:
        raise UsageError(f"no record of {document!r} in the file; it has {ids or 'none'}")
    raise UsageError(
        f"the file holds {len(records)} records: say which, as DOCUMENT:{entry_id} ({ids or 'none'})"
    )
