"""Shards: stretches of the input, each coded by itself and written whole or not at all.

A folder of results holds, for each table of ``output/tables.py``, for ``records`` (the whole record of each
document as JSON) and ``failures``, a folder of Parquet files: ``TABLE/part-NNNNN.parquet``, one a shard.
``shards/NNNNN.json`` is written last and says that the shard is done, of which input and with what.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from onrecord.errors import UsageError
from onrecord.output.files import replacing
from onrecord.output.parquet import batch, schema
from onrecord.output.tables import TABLES
from onrecord.record import Document, Record, to_json
from onrecord.sources import Failure

Item = Document | Failure
Result = Record | Failure
SIZE = 200
RECORDS, FAILURES = "records", "failures"
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Shard:
    """The ``number``th stretch of the input, from 0; ``key`` tells its input and its settings from others."""

    number: int
    items: tuple[Item, ...]
    key: str


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """A shard that is written: how many documents were coded and how many failed."""

    number: int
    key: str
    documents: int
    failures: int


def shards(items: Iterable[Item], size: int, settings: str) -> Iterator[Shard]:
    """The input in stretches of ``size``; ``settings`` is all that the records depend on beside it."""
    stream = iter(items)
    number = 0
    while part := tuple(islice(stream, size)):
        yield Shard(number, part, _key(part, settings))
        number += 1


def write(folder: Path, shard: Shard, results: Sequence[Result]) -> Done:
    """Write what a shard gave, its mark last. Writing it again replaces it; a run that was finished is so no
    more."""
    (folder / MANIFEST).unlink(missing_ok=True)
    records = [r for r in results if isinstance(r, Record)]
    failed = [r for r in results if isinstance(r, Failure)]
    for table in TABLES:
        rows = [row for record in records for row in table.rows(record)]
        _write_part(folder, table.name, shard.number, schema(table), batch(table, rows))
    _write_plain(folder, RECORDS, shard.number, ("document", "record"), [
        (r.document.id, to_json(r).decode()) for r in records
    ])  # fmt: skip
    _write_plain(folder, FAILURES, shard.number, ("source", "code", "message", "place"), [
        (f.source, f.code, f.message, _place(f)) for f in failed
    ])  # fmt: skip
    done = Done(number=shard.number, key=shard.key, documents=len(records), failures=len(failed))
    with replacing(_mark(folder, shard.number)) as out:
        out.write(msgspec.json.encode(done))
    return done


def done(folder: Path, number: int, key: str) -> Done | None:
    """The mark of a shard of this key, ``None`` where it is not written whole, or of another input."""
    try:
        found = msgspec.json.decode(_mark(folder, number).read_bytes(), type=Done)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
    return found if found.key == key else None


def prepare(folder: Path) -> None:
    """Make the folders. Raises UsageError where they cannot be made."""
    try:
        for name in (*(t.name for t in TABLES), RECORDS, FAILURES, "shards"):
            (folder / name).mkdir(parents=True, exist_ok=True)
    except OSError as e:
        raise UsageError(f"{folder}: cannot be written in ({e.strerror})") from e


def drop_from(folder: Path, number: int) -> None:
    """Remove what an earlier, longer input left from this shard on, marks first."""
    for place in ("shards", *(t.name for t in TABLES), RECORDS, FAILURES):
        for path in sorted((folder / place).iterdir()):
            digits = path.stem.removeprefix("part-")
            if digits.isdigit() and int(digits) >= number:
                (folder / MANIFEST).unlink(missing_ok=True)
                path.unlink()


def part(folder: Path, table: str, number: int) -> Path:
    """Where a table's rows of a shard stand."""
    return folder / table / f"part-{number:05d}.parquet"


def _mark(folder: Path, number: int) -> Path:
    return folder / "shards" / f"{number:05d}.json"


def _key(items: Sequence[Item], settings: str) -> str:
    digest = hashlib.sha256(settings.encode())
    for item in items:
        digest.update(msgspec.json.encode(item, order="deterministic"))
        digest.update(b"\n")
    return digest.hexdigest()


def _write_part(folder: Path, table: str, number: int, fields: Any, rows: Any) -> None:
    import pyarrow.parquet as pq

    with replacing(part(folder, table, number)) as out, pq.ParquetWriter(out, fields) as writer:
        writer.write_batch(rows)


def _write_plain(
    folder: Path, table: str, number: int, names: tuple[str, ...], rows: Sequence[tuple[str | None, ...]]
) -> None:
    """A table whose columns are all text."""
    import pyarrow as pa

    fields = pa.schema([pa.field(name, pa.string()) for name in names])
    arrays = [pa.array([row[i] for row in rows], pa.string()) for i in range(len(names))]
    _write_part(folder, table, number, fields, pa.record_batch(arrays, schema=fields))


def _place(failure: Failure) -> str | None:
    if failure.line is not None:
        return f"line {failure.line}"
    return None if failure.offset is None else f"byte {failure.offset}"


def failure_of(source: str, code: str, message: str, place: str | None) -> Failure:
    """The failure that a row of the table ``failures`` tells of."""
    what, _, number = (place or "").partition(" ")
    line, offset = (int(number) if what == name else None for name in ("line", "byte"))
    return Failure(source, code, message, line, offset)
