"""Copies across the shards of a run: candidates by MinHash bands, each checked, a group led by its first.

What a text is compared by is kept in a file while the shards are gone through, not in memory.
"""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from onrecord.bulk.shards import part
from onrecord.corpus.copies import Prepared, Signature, bands, copies, prepare
from onrecord.output.files import replacing

TABLE = "copies"
# A document is named by its place: its shard and its row in the shard's documents.
Place = tuple[int, int]
# Prepared texts that are at hand while their neighbours are compared.
_AT_HAND = 512


class Store:
    """Prepared texts in a file, by place."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._where: dict[Place, tuple[int, int, int, int]] = {}
        self.get = lru_cache(_AT_HAND)(self._read)

    def put(self, place: Place, text: Prepared) -> None:
        """Keep a text."""
        at = self._file.seek(0, 2)
        self._file.write(array("Q", [*text.shingles, *text.head]).tobytes())
        self._where[place] = (at, len(text.shingles), len(text.head), text.length)

    def _read(self, place: Place) -> Prepared:
        """A text that was kept, without its signature."""
        at, shingles, head, length = self._where[place]
        self._file.seek(at)
        hashes = array("Q", self._file.read(8 * (shingles + head)))
        return Prepared(Signature(b""), frozenset(hashes[:shingles]), frozenset(hashes[shingles:]), length)


# The work that an engine spreads: from the files of documents to pairs that share a band, each pair once, by
# the later document and then by the earlier one, which comes first in it. The texts of all are in the store.
Shuffle = Callable[[Path, int, Store], Iterable[tuple[Place, Place]]]


def group(folder: Path, count: int, shuffle: Shuffle) -> int:
    """Write which documents copy which over the first ``count`` shards; gives how many do.

    ``copies/part-00000.parquet`` has a row for each document that copies an earlier one: ``document`` and
    ``copy_of``, the first document of the group.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    (folder / TABLE).mkdir(exist_ok=True)
    lead: dict[Place, Place] = {}
    with tempfile.TemporaryFile(dir=folder / TABLE) as file:
        store = Store(file)
        for earlier, later in shuffle(folder, count, store):
            if later not in lead and copies(store.get(later), store.get(earlier)):
                lead[later] = lead.get(earlier, earlier)
    ids = _ids(folder, {*lead, *lead.values()})
    table = pa.table(
        {
            "document": pa.array([ids[later] for later in sorted(lead)], pa.string()),
            "copy_of": pa.array([ids[lead[later]] for later in sorted(lead)], pa.string()),
        }
    )
    with replacing(part(folder, TABLE, 0)) as out:
        pq.write_table(table, out)
    return len(lead)


def local(folder: Path, count: int, store: Store) -> Iterator[tuple[Place, Place]]:
    """The pairs, on one machine."""
    import numpy as np

    places: list[Place] = []
    held = array("q")
    for number in range(count):
        for place, numbers in banded(folder, number, store):
            places.append(place)
            held.extend(numbers)
    if not places:
        return
    table = np.frombuffer(held, dtype=np.int64).reshape(len(places), -1)
    # Of each band the documents by their number in it; and of each document, where in this order those with
    # its number begin, and its own place, which comes behind the earlier ones'.
    order, begins, own = (np.empty(table.shape, dtype=np.int32) for _ in range(3))
    for band in range(table.shape[1]):
        order[:, band] = by = np.argsort(table[:, band], kind="stable")
        ranked = table[by, band]
        begins[by, band] = np.searchsorted(ranked, ranked)
        own[by, band] = np.arange(len(places))
    for later in range(len(places)):
        shared = np.flatnonzero(begins[later] < own[later])
        near = [order[begins[later, b] : own[later, b], b] for b in shared]
        for earlier in np.unique(np.concatenate(near)).tolist() if near else ():
            yield places[earlier], places[later]


def banded(folder: Path, number: int, store: Store | None = None) -> Iterator[tuple[Place, tuple[int, ...]]]:
    """The number of each band of each document of a shard; its texts go into the store where one is given."""
    for row, text in enumerate(_column(folder, number, "text")):
        prepared = prepare(text)
        if store is not None:
            store.put((number, row), prepared)
        yield (number, row), bands(prepared.signature)


def fill(folder: Path, places: Iterable[Place], store: Store) -> None:
    """Put the texts of these documents into the store."""
    for number, rows in _by_shard(places).items():
        texts = _column(folder, number, "text")
        for row in rows:
            store.put((number, row), prepare(texts[row]))


def _ids(folder: Path, places: Iterable[Place]) -> dict[Place, str]:
    """The id of each of these documents."""
    found: dict[Place, str] = {}
    for number, rows in _by_shard(places).items():
        ids = _column(folder, number, "document")
        found.update(((number, row), ids[row]) for row in rows)
    return found


def _by_shard(places: Iterable[Place]) -> dict[int, list[int]]:
    by_shard: dict[int, list[int]] = {}
    for number, row in sorted(places):
        by_shard.setdefault(number, []).append(row)
    return by_shard


def _column(folder: Path, number: int, name: str) -> list[str]:
    import pyarrow.parquet as pq

    column: list[str] = pq.read_table(part(folder, "documents", number), columns=[name])[name].to_pylist()
    return column
