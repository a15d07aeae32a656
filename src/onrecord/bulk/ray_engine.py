"""The same run on Ray: one actor a worker with the model loaded once; Ray Data schedules, retries, shuffles.

The folder of the results must be one that every worker can write to.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from onrecord.bulk.copies import Place, Store, banded, fill
from onrecord.bulk.pool import code_many
from onrecord.bulk.shards import Shard, done, write
from onrecord.errors import UsageError
from onrecord.record import Document
from onrecord.sources import Failure

if TYPE_CHECKING:
    from onrecord.bulk.run import Plan, Step

# Shards that wait for each worker: the input streams through, it is never held whole.
_AHEAD = 8
# Into how many parts the bands are shuffled, at most.
_PARTITIONS = 200
_decode = msgspec.json.Decoder(tuple[tuple[Document | None, dict[str, Any] | None], ...])


class Worker:
    """Codes shards on one worker; the model is loaded with the first and stays."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        """Code and write the shards of a batch; gives their numbers."""
        plan = self._plan
        for number, key, items in zip(batch["number"], batch["key"], batch["items"], strict=True):
            shard = Shard(int(number), _unpacked(items), str(key))
            if done(plan.folder, shard.number, shard.key) is None:
                results = code_many(shard.items, model=plan.model, actors=plan.actors, frames=plan.frames)
                write(plan.folder, shard, list(results))
        return {"number": batch["number"]}


def run(plan: Plan, stream: Iterator[Shard]) -> Iterator[Step]:
    """Code the shards on the cluster, wave by wave; gives them in their order. A worker that dies is started
    again, and its shard coded again."""
    from onrecord.bulk.run import Step

    ray = _started(plan)
    while wave := list(islice(stream, _AHEAD * plan.jobs)):
        left = [s for s in wave if done(plan.folder, s.number, s.key) is None]
        if left:
            rows = [{"number": s.number, "key": s.key, "items": _packed(s)} for s in left]
            coded = ray.data.from_items(rows, override_num_blocks=len(rows)).map_batches(
                Worker,
                fn_constructor_args=(plan,),
                batch_size=1,
                compute=ray.data.ActorPoolStrategy(size=min(plan.jobs, len(left))),
            )
            for _ in coded.iter_rows():
                pass
        coded_now = {s.number for s in left}
        for shard in wave:
            there = done(plan.folder, shard.number, shard.key)
            assert there is not None, f"shard {shard.number} was not written"
            yield Step(there, again=shard.number not in coded_now)


def shuffle(folder: Path, count: int, store: Store) -> Iterable[tuple[Place, Place]]:
    """The pairs of documents that share a band, by a shuffle over the cluster."""
    import ray

    if not count:
        return ()

    def of_shard(row: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {"band": f"{i}:{band}", "shard": place[0], "row": place[1]}
            for place, numbers in banded(folder, int(row["id"]))
            for i, band in enumerate(numbers)
        ]

    def of_band(group: dict[str, Any]) -> dict[str, Any]:
        places = sorted(zip(group["shard"].tolist(), group["row"].tolist(), strict=True))
        pairs = [(a, b) for i, a in enumerate(places) for b in places[i + 1 :]]
        return {
            "a": [a[0] for a, _ in pairs],
            "b": [a[1] for a, _ in pairs],
            "c": [b[0] for _, b in pairs],
            "d": [b[1] for _, b in pairs],
        }

    banded_places = ray.data.range(count).flat_map(of_shard)
    groups = banded_places.groupby("band", num_partitions=min(count, _PARTITIONS))
    pairs = groups.map_groups(of_band, batch_format="numpy")
    found = {((r["a"], r["b"]), (r["c"], r["d"])) for r in pairs.iter_rows()}
    fill(folder, {place for pair in found for place in pair}, store)
    return sorted(found, key=lambda pair: (pair[1], pair[0]))


def _started(plan: Plan) -> Any:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # onrecord reports nothing to anybody
    os.environ.setdefault("RAY_DATA_DISABLE_PROGRESS_BARS", "1")
    try:
        import ray
        import ray.data
    except ImportError as e:
        raise UsageError("the engine ray needs Ray: pip install 'onrecord[ray]'") from e
    logging.getLogger("ray").setLevel(logging.ERROR)
    if not ray.is_initialized():
        here = {"num_cpus": plan.jobs, "include_dashboard": False}
        there = {"address": plan.address}
        ray.init(log_to_driver=False, logging_level=logging.ERROR, **(there if plan.address else here))
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    return ray


def _packed(shard: Shard) -> bytes:
    pairs = [(i, None) if isinstance(i, Document) else (None, i) for i in shard.items]
    return msgspec.json.encode(pairs)


def _unpacked(data: bytes) -> tuple[Document | Failure, ...]:
    return tuple(
        document if document is not None else msgspec.convert(failure, Failure)
        for document, failure in _decode.decode(data)
    )
