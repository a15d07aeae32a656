"""What many reports filed one after another need of a dossier, read once: tellings of events, reviews."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from onrecord.corpus.entries import Telling
from onrecord.dossier.grouping import tellings_by_event
from onrecord.dossier.overlay import Reviews, load

# Some 2 kB each; reports come mostly by day, so that what was known long ago is seldom asked for.
_MOST = 30_000


class Known:
    """The tellings of events, and the reviews, of one open dossier. What it gives is what the file holds; it
    is for one connection that files, and goes with it. After a transaction was undone, make another."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._there: dict[int, list[Telling]] = {}
        self._reviews: Reviews | None = None
        self._version = self._read_version()

    def renew(self) -> None:
        """Forget all where another connection has written meanwhile; to be called in the transaction."""
        version = self._read_version()
        if version != self._version or len(self._there) > _MOST:
            self._there.clear()
            self._reviews = None
        self._version = version

    def reviews(self) -> Reviews:
        """The reviews that stand."""
        if self._reviews is None:
            self._reviews = load(self._connection)
        return self._reviews

    def tellings(self, numbers: Iterable[int]) -> Mapping[int, list[Telling]]:
        """The tellings of events by the events' numbers, as ``grouping.tellings_by_event`` reads them."""
        given = list(numbers)
        missing = [n for n in given if n not in self._there]
        self._there |= tellings_by_event(self._connection, missing, rejected=True)
        return {n: self._there[n] for n in given}

    def add(self, number: int, telling: Telling) -> None:
        """Take note of a telling that is being written."""
        if number in self._there:
            self._there[number].append(telling)

    def _read_version(self) -> int:
        version: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return version
