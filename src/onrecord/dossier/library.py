"""A dossier at hand, for programs."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType

from onrecord.dossier.connection import connect, errors
from onrecord.dossier.records import records_in
from onrecord.record import Document, Record


class Dossier:
    """A dossier that is open: ``connection`` for the queries of ``onrecord.dossier.query_*`` and for SQL on
    the views (read-only). Close it after use, or use it as a context manager."""

    def __init__(self, path: str | os.PathLike[str], *, create: bool = False) -> None:
        self.path = Path(path)
        if create:
            connect(path, create=True).close()
        self.connection: sqlite3.Connection = connect(path)

    def records(self, *, machine: bool = False) -> Iterator[Record]:
        """The records as shown, overlaid by reviews, or as the ``machine`` made them."""
        with errors(self.path):
            yield from records_in(self.connection, machine=machine)

    def add(self, documents: Iterable[Document]) -> int:
        """Code documents and file them: the number of those that are new. What is there is passed over."""
        from onrecord.dossier.adding import Sourced, add

        filed = add(self.path, (Sourced(document, document.url) for document in documents))
        return sum(1 for one in filed if one.what in ("new", "copy", "revised"))

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def __enter__(self) -> Dossier:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
