"""What ``onrecord bulk`` has written, back from its folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.bulk.run import manifest_of
from onrecord.bulk.shards import FAILURES, RECORDS, failure_of, part
from onrecord.errors import UsageError
from onrecord.record import Record, from_json
from onrecord.sources import Failure

# Rows that are read at a time.
_ROWS = 256


def records(folder: Path) -> Iterator[Record]:
    """The records of a finished run, in the order of its input.

    Raises UsageError where the run is none, or pyarrow is missing.
    """
    return (result for result in results(folder) if isinstance(result, Record))


def results(folder: Path) -> Iterator[Record | Failure]:
    """The records of a finished run and what failed, shard by shard: its records first. Raises as above."""
    for number in range(manifest_of(folder).shards):
        for (record,) in _rows(part(folder, RECORDS, number), "record"):
            yield from_json(record)
        for row in _rows(part(folder, FAILURES, number), "source", "code", "message", "place"):
            yield failure_of(*row)


def _rows(path: Path, *columns: str) -> Iterator[tuple[Any, ...]]:
    try:
        import pyarrow.parquet as pq
    except ImportError as e:
        raise UsageError(f"{path}: reading it needs pyarrow: pip install 'onrecord[bulk]'") from e
    with pq.ParquetFile(path) as table:
        for batch in table.iter_batches(_ROWS, columns=list(columns)):
            yield from zip(*(batch[name].to_pylist() for name in columns), strict=True)
