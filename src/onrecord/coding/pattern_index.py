"""Patterns by the word that heads them, and of these only such as a sentence has the words for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Generic, TypeVar

from spacy.tokens import Doc, Span

from onrecord.coding.kept import words_of
from onrecord.coding.patterns import Pattern

Row = TypeVar("Row")


class Index(Generic[Row]):
    """Rows, each with its pattern. Of what patterns ask for (``Pattern.needs``) each thing is one bit."""

    def __init__(self, rows: Iterable[tuple[Pattern, Row]]) -> None:
        self._rows: dict[tuple[str, str], list[tuple[int, Row]]] = {}
        bits: dict[frozenset[str], int] = {}
        for pattern, row in rows:
            needs = reduce(or_, (bits.setdefault(need, 1 << len(bits)) for need in pattern.needs), 0)
            for head in sorted({head.rpartition("_")[2] for head in pattern.heads}):
                self._rows.setdefault((pattern.pos, head), []).append((needs, row))
        self._met_by: dict[str, int] = {}
        for need, bit in bits.items():
            for word in need:
                self._met_by[word] = self._met_by.get(word, 0) | bit

    def met(self, tokens: Doc | Span) -> int:
        """The bits of what a sentence, or a whole document, has of all that is asked for."""
        return reduce(or_, (self._met_by[word] for word in words_of(tokens) & self._met_by.keys()), 0)

    def rows(self, pos: str, head: str, met: int) -> list[Row]:
        """The rows with this part of speech and head word whose pattern may hold there, in their order."""
        rows = self._rows.get((pos, head))
        return [row for needs, row in rows if needs & met == needs] if rows is not None else []
