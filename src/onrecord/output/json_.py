"""Records as JSON, for machines."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import BinaryIO

import msgspec

from onrecord.output.style import Style
from onrecord.record import Record, to_json


def write_lines(records: Iterable[Record], out: BinaryIO, style: Style) -> None:
    """JSON Lines: each record on a line of its own, as it comes."""
    for record in records:
        out.write(to_json(record) + b"\n")
        out.flush()


def write_json(records: Iterable[Record], out: BinaryIO, style: Style) -> None:
    """Indented JSON: the object where there is one record, else an array of them."""
    items = iter(records)
    first = next(items, None)
    if first is None:
        out.write(b"[]\n")
        return
    second = next(items, None)
    if second is None:
        out.write(_indented(first) + b"\n")
        return
    out.write(b"[\n" + _indented(first))
    for record in chain((second,), items):
        out.write(b",\n" + _indented(record))
    out.write(b"\n]\n")


def _indented(record: Record) -> bytes:
    return msgspec.json.format(to_json(record), indent=2)
