"""Code many documents on several processes, in their order, without holding them all.

Each worker loads the model once. At most a few batches are under way, so that a corpus of any size streams
through; the documents and their order alone decide what comes out, never the number of processes.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING

from onrecord.actors.directory import directory
from onrecord.actors.own import OwnActors, read_own
from onrecord.coding.own_frames import OwnFrames, read_own_frames
from onrecord.errors import DocumentError, OnrecordError, UsageError
from onrecord.record import Document, Record
from onrecord.sources import Failure

if TYPE_CHECKING:
    from onrecord.coding.coder import Coder

Item = Document | Failure
Result = Record | Failure


# By default no more processes than this: each holds the model, some 300 MB.
_MOST = 8


def sensible_jobs() -> int:
    """The number of processes that suits this machine: one for each processor that may be used, at most 8."""
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), _MOST)
    return min(os.cpu_count() or 1, _MOST)


@dataclass(frozen=True, slots=True)
class _Settings:
    """What every process codes with."""

    model: str | None
    own: OwnActors | None
    frames: OwnFrames | None = None


# Batches waiting for each process: enough that none stands idle, few enough to bound memory.
_AHEAD = 2


def code_many(
    documents: Iterable[Item],
    *,
    model: str | None = None,
    actors: str | os.PathLike[str] | None = None,
    frames: str | os.PathLike[str] | None = None,
    jobs: int = 1,
    batch: int = 4,
) -> Iterator[Result]:
    """The records of documents, in their order; a document that cannot be coded comes as a Failure.

    ``actors`` is a CSV file of a user's own actors, ``frames`` a TOML file of own frames, each read once for
    all processes; ``jobs`` is the number of processes, 1 for this one; ``batch`` how many documents travel
    together. Failures among the documents pass through. Raises UsageError for an unknown model or a senseless
    number, KnowledgeError for a wrong file of actors or frames, OnrecordError where a worker process dies.
    """
    if jobs < 1 or batch < 1:
        raise UsageError(f"jobs and batch are 1 or more, not {jobs} and {batch}")
    with_ = _Settings(
        model,
        read_own(actors) if actors is not None else None,
        read_own_frames(frames) if frames is not None else None,
    )
    if with_.own is not None:
        directory(with_.own)  # what is wrong in it is told before any process starts
    items = iter(documents)
    head = list(islice(items, (jobs - 1) * batch + 1))
    workers = min(jobs, -(-len(head) // batch))
    items = chain(head, items)
    if workers <= 1:
        return (_code_one(item, with_) for item in items)
    return _code_on(workers, items, with_, batch)


def _code_on(workers: int, items: Iterator[Item], with_: _Settings, batch: int) -> Iterator[Result]:
    # Spawned, not forked: the same on every system, and safe where the parent has threads.
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(max_workers=workers, mp_context=context, initializer=_end_with_parent)
    waiting: deque[tuple[list[Item], Future[list[Result]]]] = deque()
    try:
        with _interrupts_ignored():
            _fill(executor, items, with_, batch, waiting, workers)
        while waiting:
            sent, future = waiting.popleft()
            try:
                results = future.result()
            except BrokenProcessPool as e:
                raise OnrecordError(_obituary(sent)) from e
            _fill(executor, items, with_, batch, waiting, workers)
            yield from results
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _end_with_parent() -> None:
    """In a worker: end when the process that started it is killed, which cannot tell its workers."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _fill(
    executor: ProcessPoolExecutor,
    items: Iterator[Item],
    with_: _Settings,
    batch: int,
    waiting: deque[tuple[list[Item], Future[list[Result]]]],
    workers: int,
) -> None:
    while len(waiting) < _AHEAD * workers and (sent := list(islice(items, batch))):
        waiting.append((sent, executor.submit(_code_batch, sent, with_)))


def _code_batch(items: list[Item], with_: _Settings) -> list[Result]:
    return [_code_one(item, with_) for item in items]


def _code_one(item: Item, with_: _Settings) -> Result:
    if isinstance(item, Failure):
        return item
    try:
        return _coder(with_).code(item)
    except DocumentError as e:
        return Failure.of(e, item)
    except OnrecordError:
        raise
    except Exception as e:
        # One document must not end a run over ten thousand: what went wrong is named, not hidden.
        message = f"{type(e).__name__}: {e}; this is a fault of onrecord, please report it"
        return Failure(item.id, "internal", message, document=item)


@cache
def _coder(with_: _Settings) -> Coder:
    from onrecord.coding.coder import load

    coder = load(with_.model, with_.own, with_.frames)
    if multiprocessing.parent_process() is not None:
        # What a worker has loaded stays: looking for garbage in it anew and anew costs a tenth of the time.
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 100)  # nearly all goes without it, by its count of references
    return coder


def _obituary(sent: list[Item]) -> str:
    names = ", ".join(item.id if isinstance(item, Document) else item.source for item in sent)
    return (
        f"a worker process died (out of memory?) while these were coded or waiting: {names}; "
        "run again with fewer --jobs, or with --jobs 1 to see at which document"
    )


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Processes started inside ignore Ctrl-C, so that it reaches this one alone, which then ends them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before: Callable[..., object] | int | None = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
