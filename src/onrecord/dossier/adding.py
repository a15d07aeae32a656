"""Code documents that a dossier does not have yet, and file them."""

from __future__ import annotations

import os
import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from onrecord.bulk import code_many
from onrecord.dossier.connection import connect, errors
from onrecord.dossier.filing import Filed, document_id, file, file_failure, plain
from onrecord.dossier.known import Known
from onrecord.record import Document, Record
from onrecord.sources import Failure, Options, read


@dataclass(frozen=True, slots=True)
class Coding:
    """What documents are coded with: a spaCy model, a file of own actors and of own frames (None: the
    package's alone), and on how many processes."""

    model: str | None = None
    actors: Path | None = None
    frames: Path | None = None
    jobs: int = 1

    def code(self, documents: Iterable[Document | Failure]) -> Iterator[Record | Failure]:
        """The records of documents, in their order, as ``code_many`` gives them."""
        return code_many(documents, model=self.model, actors=self.actors, frames=self.frames, jobs=self.jobs)


@dataclass(frozen=True, slots=True)
class Sourced:
    """A document or the failure to read one, and where it came from."""

    item: Document | Failure
    source: str | None = None


DEFAULT = Coding()


def read_sourced(inputs: Iterable[str | Path], options: Options) -> Iterator[Sourced]:
    """What ``sources.read`` gives, each document with its address, else the input that it was read from."""
    now: str | None = None

    def each() -> Iterator[str | Path]:
        nonlocal now
        for item in inputs:
            now = str(item)
            yield item

    for item in read(each(), options):
        url = item.url if isinstance(item, Document) else None
        yield Sourced(item, plain(url or now or "") or None)


def add(path: str | os.PathLike[str], items: Iterable[Sourced], coding: Coding = DEFAULT) -> Iterator[Filed]:
    """Code and file documents as they come, each in a transaction of its own; the dossier is made where there
    is none. What it has already is not coded again.

    Gives what became of each, in their order, after it is safely filed: the iterator can be left at any
    time, the process killed, and all this be done again. Raises DossierError where the dossier cannot be
    written, and what ``code_many`` raises.
    """
    connection = connect(path, create=True)
    try:
        with errors(path):
            yield from _add(connection, items, coding)
    finally:
        connection.close()


def _add(connection: sqlite3.Connection, items: Iterable[Sourced], coding: Coding) -> Iterator[Filed]:
    known = Known(connection)
    waiting: deque[Filed | Sourced] = deque()  # those there already, and those being coded, in order
    for result in coding.code(_to_code(connection, items, waiting)):
        yield from _there(waiting)
        sent = waiting.popleft()
        assert isinstance(sent, Sourced)
        if isinstance(result, Record):
            yield file(connection, result, sent.source, known)
        else:
            yield file_failure(connection, result, sent.source)
    yield from _there(waiting)


def _to_code(
    connection: sqlite3.Connection, items: Iterable[Sourced], waiting: deque[Filed | Sourced]
) -> Iterator[Document | Failure]:
    for sourced in items:
        item = sourced.item
        if isinstance(item, Document):
            item = _storable(item)
            name, there = document_id(connection, item)
            if there:
                waiting.append(Filed("same", name))
                continue
        waiting.append(sourced)
        yield item


def _there(waiting: deque[Filed | Sourced]) -> Iterator[Filed]:
    while waiting and isinstance(waiting[0], Filed):
        filed = waiting.popleft()
        assert isinstance(filed, Filed)
        yield filed


def _storable(document: Document) -> Document:
    """The document with facts that SQLite can hold; its text is checked where it is coded."""
    given = {name: getattr(document, name) for name in ("id", "url", "outlet", "title", "byline")}
    return msgspec.structs.replace(document, **{name: plain(v) for name, v in given.items() if v is not None})
