from __future__ import annotations

import random
import tempfile
from itertools import combinations
from operator import eq
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")
import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.bulk.copies import Store, fill, group, local
from onrecord.bulk.shards import part
from onrecord.corpus.copies import bands, copies, prepare

WORDS = ("accord", "border", "council", "deal", "envoy", "forces", "gas", "halt", "island", "judge", "law")


def texts(count: int) -> list[str]:
    """Texts of 60 words, of which every third is an earlier one that was cut."""
    draw = random.Random(4)
    made: list[str] = []
    for n in range(count):
        if n % 3 == 2:
            made.append(draw.choice(made).rsplit(" ", 9)[0])
        else:
            made.append(" ".join(f"{draw.choice(WORDS)}{draw.randrange(30)}" for _ in range(60)))
    return made


@pytest.fixture
def shards(tmp_path: Path) -> tuple[Path, list[str]]:
    """A folder of four shards of five documents, and their texts."""
    made = texts(20)
    (tmp_path / "documents").mkdir()
    for number in range(4):
        rows = range(5 * number, 5 * number + 5)
        table = {"document": [f"d{i}" for i in rows], "text": [made[i] for i in rows]}
        pq.write_table(pa.table(table), part(tmp_path, "documents", number))
    return tmp_path, made


def test_pairs_are_those_that_share_a_band_each_once_by_the_later(shards) -> None:
    folder, made = shards
    numbers = [bands(prepare(text).signature) for text in made]
    places = combinations(range(20), 2)
    share = [(i, j) for i, j in places if any(map(eq, numbers[i], numbers[j]))]
    with tempfile.TemporaryFile() as file:
        pairs = list(local(folder, 4, Store(file)))
    found = [(a[0] * 5 + a[1], b[0] * 5 + b[1]) for a, b in pairs]
    assert found == sorted(share, key=lambda pair: (pair[1], pair[0]))
    assert len(found) > 6


def test_what_is_compared_comes_back_from_the_file(shards) -> None:
    folder, made = shards
    with tempfile.TemporaryFile() as file:
        store = Store(file)
        fill(folder, [(3, 2), (0, 1), (3, 0)], store)
        for shard, row in ((0, 1), (3, 0), (3, 2)):
            whole, kept = prepare(made[shard * 5 + row]), store.get((shard, row))
            assert (kept.shingles, kept.head, kept.length) == (whole.shingles, whole.head, whole.length)


def test_each_copy_is_led_by_the_first_of_its_group(shards) -> None:
    folder, made = shards
    ready = [prepare(text) for text in made]
    lead: dict[int, int] = {}
    for later in range(20):
        earlier = next((i for i in range(later) if copies(ready[later], ready[i])), None)
        if earlier is not None:
            lead[later] = lead.get(earlier, earlier)
    assert group(folder, 4, local) == len(lead) > 5
    rows = pq.read_table(part(folder, "copies", 0)).to_pylist()
    assert rows == [{"document": f"d{a}", "copy_of": f"d{b}"} for a, b in sorted(lead.items())]
    assert not [p for p in (folder / "copies").iterdir() if p.suffix != ".parquet"]
