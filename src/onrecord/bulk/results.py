"""The records that ``onrecord bulk`` has written, back from its folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from onrecord.bulk.run import manifest_of
from onrecord.bulk.shards import RECORDS, part
from onrecord.errors import UsageError
from onrecord.record import Record, from_json

# Records that are read at a time.
_ROWS = 256


def records(folder: Path) -> Iterator[Record]:
    """The records of a finished run, in the order of its input.

    Raises UsageError where the run is none, or pyarrow is missing.
    """
    try:
        import pyarrow.parquet as pq
    except ImportError as e:
        raise UsageError(f"{folder}: reading it needs pyarrow: pip install 'onrecord[bulk]'") from e
    for number in range(manifest_of(folder).shards):
        with pq.ParquetFile(part(folder, RECORDS, number)) as table:
            for batch in table.iter_batches(_ROWS, columns=["record"]):
                yield from map(from_json, batch["record"].to_pylist())
