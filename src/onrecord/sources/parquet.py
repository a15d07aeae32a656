"""Parquet: one document a row."""

from __future__ import annotations

import io
from typing import Any

from onrecord.errors import DocumentError
from onrecord.sources.failure import Failure
from onrecord.sources.kind import MAX_FILE, Blob, Kind, Read, missing_extra
from onrecord.sources.rows import document_of, fields_of

BATCH = 64  # rows that are held at once


def sniff(blob: Blob) -> str | None:
    """The mark PAR1."""
    return "opens with PAR1" if blob.head.startswith(b"PAR1") else None


def read(blob: Blob) -> Read:
    """The documents of the rows, in their order, streamed; the rest of a damaged group is passed over.

    Raises DocumentError where the file is damaged as a whole, UsageError where pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as e:
        raise missing_extra(e, "bulk") from e
    stream = blob.stream if blob.stream.seekable() else io.BytesIO(blob.data(4 * MAX_FILE))
    file: Any = parquet.ParquetFile(stream, pre_buffer=False)
    names = file.schema_arrow.names
    fields = fields_of(names, blob.options.fields)
    if "text" not in fields:
        message = f"no column holds a text (columns: {', '.join(names[:12])}); name it by --field text=NAME"
        raise DocumentError(blob.name, "no-text", message)
    columns = sorted(set(fields.values()))
    first = 1
    for group in range(file.num_row_groups):
        number = first
        try:
            for batch in file.iter_batches(BATCH, row_groups=[group], columns=columns, use_threads=False):
                for row in batch.to_pylist():
                    try:
                        yield document_of(row, f"{blob.name}:{number}", blob.options.fields, "Parquet")
                    except DocumentError as e:
                        yield Failure(blob.name, e.code, e.message, number)
                    number += 1
        except (pyarrow.ArrowException, OSError, ValueError) as e:
            message = f"damaged from row {number} of group {group + 1} on; the next group is read ({e})"
            yield Failure(blob.name, "damaged", message, number)
        first += file.metadata.row_group(group).num_rows


KIND = Kind("parquet", "Parquet: a report a row", sniff, read, (".parquet", ".pq"))
