"""A run over a corpus: sharded, coded by one pure function here or on Ray, resumable by shard."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

import msgspec

from onrecord import __version__, knowledge
from onrecord.bulk import copies
from onrecord.bulk.coded_with import CodedWith, claim, coded_with
from onrecord.bulk.pool import code_many
from onrecord.bulk.shards import (
    FAILURES,
    MANIFEST,
    RECORDS,
    SIZE,
    Done,
    Item,
    Result,
    Shard,
    done,
    drop_from,
    prepare,
    write,
)
from onrecord.bulk.shards import shards as sharded
from onrecord.errors import UsageError
from onrecord.output.files import replacing
from onrecord.output.tables import TABLES

FORMAT = "onrecord-bulk/1"
Engine = Literal["local", "ray"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run with: the folder of the results, a spaCy model and own files as for ``code``, the number of
    processes or Ray workers, documents a shard, the engine, and the address of a Ray cluster (``None``: one
    is started on this machine)."""

    folder: Path
    model: str | None = None
    actors: Path | None = None
    frames: Path | None = None
    jobs: int = 1
    size: int = SIZE
    engine: Engine = "local"
    address: str | None = None

    def settings(self) -> str:
        """All that the records depend on beside the input, as one line."""
        return self.coded_with().line()

    def coded_with(self) -> CodedWith:
        """What its documents are coded with."""
        return coded_with(self.model, self.actors, self.frames)


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a finished run is: ``manifest.json``. ``tables`` are the folders of Parquet files."""

    format: str
    version: str
    knowledge: str
    shards: int
    size: int
    documents: int
    failures: int
    copies: int
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A shard that is there now: coded in this run, or before."""

    done: Done
    again: bool


def run(plan: Plan, items: Iterable[Item]) -> Iterator[Step]:
    """Code the input into ``plan.folder``; gives each shard once it is written whole.

    A shard that stands there already, of the same input and settings, is not coded again. The manifest is
    written at the end. Raises UsageError where the folder holds something else or what was coded with another
    model, tagger or version, and where Ray or Arrow is missing.
    """
    _check(plan)
    now = plan.coded_with()
    claim(plan.folder, now)
    settings = now.line()
    steps: list[Done] = []
    for step in _engine(plan)(plan, sharded(items, plan.size, settings)):
        steps.append(step.done)
        yield step
    drop_from(plan.folder, len(steps))
    groups = copies.group(plan.folder, len(steps), shuffle=_shuffle(plan))
    manifest = Manifest(
        format=FORMAT,
        version=__version__,
        knowledge=knowledge.VERSION,
        shards=len(steps),
        size=plan.size,
        documents=sum(s.documents for s in steps),
        failures=sum(s.failures for s in steps),
        copies=groups,
        tables=(*(t.name for t in TABLES), RECORDS, FAILURES, copies.TABLE),
    )
    with replacing(plan.folder / MANIFEST) as out:
        out.write(msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")


def manifest_of(folder: Path) -> Manifest:
    """The manifest of a finished run. Raises UsageError where the folder has none."""
    try:
        found = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except FileNotFoundError:
        raise UsageError(f"{folder}: no {MANIFEST}; give the folder of a finished 'onrecord bulk'") from None
    except msgspec.DecodeError as e:
        raise UsageError(f"{folder / MANIFEST}: {e}; run 'onrecord bulk' again to write it") from e
    if found.format != FORMAT:
        raise UsageError(f"{folder}: written as {found.format}, not {FORMAT}; use the version that wrote it")
    return found


def _check(plan: Plan) -> None:
    if plan.size < 1 or plan.jobs < 1:
        raise UsageError("a shard has at least one document, and a run one worker")
    folder = plan.folder
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: is a file; name a folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "shards").is_dir():
        raise UsageError(f"{folder}: holds other things; name a new folder, or that of an earlier run")
    prepare(folder)


def _engine(plan: Plan) -> Callable[[Plan, Iterator[Shard]], Iterator[Step]]:
    if plan.engine == "ray":
        from onrecord.bulk import ray_engine

        return ray_engine.run
    return _local


def _shuffle(plan: Plan) -> copies.Shuffle:
    if plan.engine == "ray":
        from onrecord.bulk import ray_engine

        return ray_engine.shuffle
    return copies.local


def _local(plan: Plan, stream: Iterator[Shard]) -> Iterator[Step]:
    """One stream of documents through the processes; what comes back is cut into the shards again."""
    ahead: deque[tuple[Shard, Done | None]] = deque()

    def to_code() -> Iterator[Item]:
        for shard in stream:
            there = done(plan.folder, shard.number, shard.key)
            ahead.append((shard, there))
            if there is None:
                yield from shard.items

    results: Iterator[Result] = code_many(
        to_code(), model=plan.model, actors=plan.actors, frames=plan.frames, jobs=plan.jobs
    )
    for result in results:
        yield from _finished(ahead)
        shard, _ = ahead.popleft()
        rest = islice(results, len(shard.items) - 1)
        yield Step(write(plan.folder, shard, [result, *rest]), again=False)
    yield from _finished(ahead)


def _finished(ahead: deque[tuple[Shard, Done | None]]) -> Iterator[Step]:
    """The shards at the head of the queue that an earlier run has written."""
    while ahead and (there := ahead[0][1]) is not None:
        ahead.popleft()
        yield Step(there, again=True)
