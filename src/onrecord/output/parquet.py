"""Records as a folder of Parquet files, one a table of ``tables.py``, with types and real lists.

Written with Apache Arrow (pyarrow). ``schema`` and ``batch`` serve whatever writes the same tables elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.errors import UsageError
from onrecord.output.columns import Table, Value
from onrecord.output.tables import CANNOT_HOLD as TABLES_CANNOT_HOLD
from onrecord.output.tables import TABLES
from onrecord.record import Record

if TYPE_CHECKING:
    import pyarrow

CANNOT_HOLD = TABLES_CANNOT_HOLD
# Rows of a table that are held before they are written as a row group.
GROUP = 10_000


def schema(table: Table[Any]) -> pyarrow.Schema:
    """The table's columns in Arrow's types, what each holds as its metadata. UsageError without pyarrow."""
    pa = _pyarrow()
    types = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "day": pa.date32(),
        "texts": pa.list_(pa.string()),
        "integers": pa.list_(pa.int64()),
    }
    return pa.schema(
        [pa.field(c.name, types[c.kind], metadata={"what": c.what}) for c in table.columns],
        metadata={"what": table.what},
    )


def batch(table: Table[Any], rows: Sequence[tuple[Value, ...]]) -> pyarrow.RecordBatch:
    """The rows of a table as one Arrow batch."""
    pa = _pyarrow()
    fields = schema(table)
    arrays = []
    for n, column in enumerate(table.columns):
        values: list[Any] = [row[n] for row in rows]
        if column.kind == "day":
            values = [None if v is None else date.fromisoformat(v) for v in values]
        arrays.append(pa.array(values, fields.field(n).type))
    return pa.record_batch(arrays, schema=fields)


def write(records: Iterable[Record], folder: Path) -> None:
    """A file for each table; at most ``GROUP`` rows of each are held at a time."""
    _pyarrow()
    import pyarrow.parquet as pq

    with ExitStack() as files:
        writers = [
            files.enter_context(pq.ParquetWriter(folder / f"{table.name}.parquet", schema(table)))
            for table in TABLES
        ]
        held: list[list[tuple[Value, ...]]] = [[] for _ in TABLES]

        def flush(n: int) -> None:
            writers[n].write_batch(batch(TABLES[n], held[n]))
            held[n].clear()

        for record in records:
            for n, table in enumerate(TABLES):
                held[n].extend(table.rows(record))
                if len(held[n]) >= GROUP:
                    flush(n)
        for n in range(len(TABLES)):
            if held[n]:
                flush(n)


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError as e:
        raise UsageError("Parquet needs pyarrow: pip install 'onrecord[bulk]'") from e
    return pyarrow
