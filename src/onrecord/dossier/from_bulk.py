"""File what ``onrecord bulk`` has coded: its records and its failures, as they stand."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from onrecord.bulk.results import results
from onrecord.bulk.shards import FAILURES, RECORDS
from onrecord.dossier.connection import connect, errors
from onrecord.dossier.filing import Filed, file, file_failure
from onrecord.dossier.known import Known
from onrecord.record import Record


def is_run(path: str | os.PathLike[str]) -> bool:
    """Whether a path is a folder that ``onrecord bulk`` wrote, finished or not."""
    return all((Path(path) / name).is_dir() for name in ("shards", RECORDS, FAILURES))


def add_run(dossier: str | os.PathLike[str], folder: Path) -> Iterator[Filed]:
    """File the records of a finished run, in their order; gives what became of each.

    What is there already is passed over. Raises UsageError where the run is not finished or pyarrow is
    missing, DossierError where the dossier cannot be written.
    """
    with closing(connect(dossier, create=True)) as connection, errors(dossier):
        known = Known(connection)
        for result in results(folder):
            if isinstance(result, Record):
                yield file(connection, result, str(folder), known)
            else:
                yield file_failure(connection, result, str(folder))
