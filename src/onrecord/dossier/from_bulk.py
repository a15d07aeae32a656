"""File what ``onrecord bulk`` has coded: its records and its failures, as they stand."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from onrecord.bulk.run import manifest_of
from onrecord.bulk.shards import FAILURES, RECORDS, part
from onrecord.dossier.connection import connect, errors
from onrecord.dossier.filing import Filed, file, file_failure
from onrecord.dossier.known import Known
from onrecord.record import from_json
from onrecord.sources import Failure

# Rows that are read at a time.
_ROWS = 256


def is_run(path: str | os.PathLike[str]) -> bool:
    """Whether a path is a folder that ``onrecord bulk`` wrote."""
    return (Path(path) / "manifest.json").is_file() and (Path(path) / "shards").is_dir()


def add_run(dossier: str | os.PathLike[str], folder: Path) -> Iterator[Filed]:
    """File the records of a finished run, in their order; gives what became of each.

    What is there already is passed over. Raises UsageError where the run is not finished, DossierError where
    the dossier cannot be written.
    """
    manifest = manifest_of(folder)
    connection = connect(dossier, create=True)
    try:
        with errors(dossier):
            known = Known(connection)
            for number in range(manifest.shards):
                for (record,) in _rows(part(folder, RECORDS, number), "record"):
                    yield file(connection, from_json(record), str(folder), known)
                for source, code, message in _rows(
                    part(folder, FAILURES, number), "source", "code", "message"
                ):
                    yield file_failure(connection, Failure(source, code, message), str(folder))
    finally:
        connection.close()


def _rows(path: Path, *columns: str) -> Iterator[tuple[str, ...]]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as table:
        for batch in table.iter_batches(_ROWS, columns=list(columns)):
            yield from zip(*(batch[name].to_pylist() for name in columns), strict=True)
