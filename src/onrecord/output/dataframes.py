"""Records as data frames of pandas or polars, one for each table of ``tables.py``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from onrecord.errors import UsageError
from onrecord.output.parquet import batch
from onrecord.output.tables import TABLES
from onrecord.record import Record

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


def to_arrow(records: Iterable[Record]) -> dict[str, pyarrow.Table]:
    """The tables of the records by name (documents, statements, events, issues, positions, actors, mentions,
    warnings), with the columns of the codebook. UsageError without pyarrow."""
    rows: list[list[Any]] = [[] for _ in TABLES]
    for record in records:
        for n, table in enumerate(TABLES):
            rows[n].extend(table.rows(record))
    batches = [batch(table, rows[n]) for n, table in enumerate(TABLES)]
    import pyarrow as pa

    return {table.name: pa.Table.from_batches([b]) for table, b in zip(TABLES, batches, strict=True)}


def to_pandas(records: Iterable[Record]) -> dict[str, pandas.DataFrame]:
    """The tables of the records as pandas' data frames. UsageError without pandas or pyarrow."""
    _need("pandas")
    return {name: table.to_pandas() for name, table in to_arrow(records).items()}


def to_polars(records: Iterable[Record]) -> dict[str, polars.DataFrame]:
    """The tables of the records as polars' data frames. UsageError without polars or pyarrow."""
    pl = _need("polars")
    return {name: pl.from_arrow(table) for name, table in to_arrow(records).items()}


def _need(name: str) -> Any:
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError as e:
        raise UsageError(f"this needs {name}: pip install {name}") from e
