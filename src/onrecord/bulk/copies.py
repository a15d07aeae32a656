"""Copies across the shards of a run: candidates by MinHash bands, each checked, a group led by its first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from onrecord.bulk.shards import part
from onrecord.corpus.copies import bands, copies, prepare
from onrecord.output.files import replacing

TABLE = "copies"
# A document is named by its place: its shard and its row in the shard's documents.
Place = tuple[int, int]
# The work that an engine spreads: from the files of documents to pairs that share a band, each pair once,
# the earlier document first.
Shuffle = Callable[[Path, int], Iterable[tuple[Place, Place]]]


def group(folder: Path, count: int, shuffle: Shuffle) -> int:
    """Write which documents copy which over the first ``count`` shards; gives how many do.

    ``copies/part-00000.parquet`` has a row for each document that copies an earlier one: ``document`` and
    ``copy_of``, the first document of the group.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    pairs = sorted(shuffle(folder, count), key=lambda pair: (pair[1], pair[0]))
    texts = _texts(folder, {place for pair in pairs for place in pair})
    made = {place: prepare(text) for place, (_, text) in texts.items()}
    lead: dict[Place, Place] = {}
    for earlier, later in pairs:
        if later not in lead and copies(made[later], made[earlier]):
            lead[later] = lead.get(earlier, earlier)
    rows = [(texts[later][0], texts[first][0]) for later, first in sorted(lead.items())]
    (folder / TABLE).mkdir(exist_ok=True)
    table = pa.table(
        {
            "document": pa.array([r[0] for r in rows], pa.string()),
            "copy_of": pa.array([r[1] for r in rows], pa.string()),
        }
    )
    with replacing(part(folder, TABLE, 0)) as out:
        pq.write_table(table, out)
    return len(rows)


def in_memory(folder: Path, count: int) -> Iterator[tuple[Place, Place]]:
    """The pairs, on one machine."""
    seen: dict[tuple[int, int], list[Place]] = {}
    for number in range(count):
        pairs: dict[tuple[Place, Place], None] = {}
        for place, band in banded(folder, number):
            others = seen.setdefault(band, [])
            pairs.update(((other, place), None) for other in others)
            others.append(place)
        yield from pairs  # a pair can be found again only within the later document's shard


def banded(folder: Path, number: int) -> Iterator[tuple[Place, tuple[int, int]]]:
    """The bands of each document of a shard."""
    import pyarrow.parquet as pq

    texts = pq.read_table(part(folder, "documents", number), columns=["text"])["text"].to_pylist()
    for row, text in enumerate(texts):
        for band in enumerate(bands(prepare(text).signature)):
            yield (number, row), band


def _texts(folder: Path, places: Iterable[Place]) -> dict[Place, tuple[str, str]]:
    """The id and text of each of these documents."""
    import pyarrow.parquet as pq

    found: dict[Place, tuple[str, str]] = {}
    by_shard: dict[int, list[int]] = {}
    for number, row in sorted(places):
        by_shard.setdefault(number, []).append(row)
    for number, rows in by_shard.items():
        table = pq.read_table(part(folder, "documents", number), columns=["document", "text"]).take(rows)
        for row, document, text in zip(rows, *(c.to_pylist() for c in table.columns), strict=True):
            found[number, row] = (document, text)
    return found
