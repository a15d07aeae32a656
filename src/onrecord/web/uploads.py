"""Reports sent from a page: coded and filed in the background, one delivery after the other."""

from __future__ import annotations

import queue
import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PureWindowsPath

import msgspec
from starlette.exceptions import HTTPException

from onrecord.dossier.adding import DEFAULT, Coding, Sourced
from onrecord.dossier.filing import Filed
from onrecord.errors import DossierError, OnrecordError
from onrecord.record import Document

_WAITING, _REMEMBERED = 20, 50
_HELD = 256 * 1024 * 1024  # bytes of files that wait
_NAME = 120


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was sent: its name, for messages and ids alone, and its bytes."""

    name: str
    data: bytes

    @classmethod
    def of(cls, name: str, data: bytes) -> Sent:
        """The file with the last part of the name that a browser gave, without what is not to be printed."""
        last = "".join(c for c in PureWindowsPath(name).name if c.isprintable()).strip(" .")
        return cls(last[-_NAME:] or "file", data)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a document of a delivery."""

    name: str
    filed: Filed


@dataclass(slots=True)
class Delivery:
    """Files sent together: how many there are, how many are read, what became of their documents, whether
    all is done, and the reason where it had to be left off."""

    files: int
    read: int = 0
    results: list[Result] = field(default_factory=list)
    done: bool = False
    broken: str | None = None


class Uploads:
    """The deliveries of this run. The coder is loaded, and the thread started, with the first."""

    def __init__(self, dossier: str, coding: Coding = DEFAULT) -> None:
        self._dossier = dossier
        self._coding = coding
        self._known: OrderedDict[int, Delivery] = OrderedDict()
        self._held = 0
        self._lock = threading.Lock()
        self._waiting: queue.Queue[tuple[Delivery, list[Sent], str | None]] = queue.Queue(_WAITING)
        self._thread: threading.Thread | None = None

    def add(self, sent: list[Sent], published: str | None) -> int:
        """The number of a new delivery; ``published`` is the day of documents that give none.

        Raises HTTPException 503 where too many are waiting.
        """
        delivery = Delivery(len(sent))
        size = _size(sent)
        with self._lock:
            if self._waiting.full() or (self._held and self._held + size > _HELD):
                raise HTTPException(503, "Many files are waiting to be coded; try again later.")
            self._waiting.put_nowait((delivery, sent, published))
            self._held += size
            number = next(reversed(self._known), 0) + 1
            self._known[number] = delivery
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="uploads", daemon=True)
                self._thread.start()
        return number

    def get(self, number: int) -> Delivery | None:
        """The delivery of this number, ``None`` where it is unknown or forgotten."""
        with self._lock:
            return self._known.get(number)

    def _work(self) -> None:
        while True:
            delivery, sent, published = self._waiting.get()
            try:
                self._file(delivery, sent, published)
            except DossierError as e:
                delivery.broken = e.message
            except OnrecordError as e:
                delivery.broken = str(e)
            except Exception as e:  # the thread must go on with what others send
                delivery.broken = f"something went wrong ({type(e).__name__})"
            delivery.done = True
            with self._lock:
                self._held -= _size(sent)

    def _file(self, delivery: Delivery, sent: list[Sent], published: str | None) -> None:
        from onrecord.dossier.adding import add

        names: list[str] = []
        for filed in add(self._dossier, _items(delivery, sent, published, names), self._coding):
            delivery.results.append(Result(names[len(delivery.results)], filed))


def _size(sent: list[Sent]) -> int:
    return sum(len(file.data) for file in sent)


def _items(
    delivery: Delivery, sent: list[Sent], published: str | None, names: list[str]
) -> Iterator[Sourced]:
    """The documents in the files, each noted with the name of its file."""
    from onrecord.sources import Options, read_bytes

    for file in sent:
        for item in read_bytes(file.data, file.name, options=Options(published)):
            if isinstance(item, Document) and item.published is None and published:
                item = msgspec.structs.replace(item, published=published)
            names.append(file.name)
            yield Sourced(item, file.name)
        delivery.read += 1
