"""Patterns by the word that heads them, and of these only such as a sentence has the words for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from spacy.tokens import Doc, Span

from onrecord.coding.kept import words_of
from onrecord.coding.patterns import Pattern

Row = TypeVar("Row")


class Index(Generic[Row]):
    """Rows, each with its pattern. What a pattern asks a sentence for (``Pattern.needs``) goes by number."""

    def __init__(self, rows: Iterable[tuple[Pattern, Row]]) -> None:
        self._rows: dict[tuple[str, str], list[tuple[frozenset[int], Row]]] = {}
        numbers: dict[frozenset[str], int] = {}
        for pattern, row in rows:
            needs = frozenset(numbers.setdefault(need, len(numbers)) for need in pattern.needs)
            for head in sorted({head.rpartition("_")[2] for head in pattern.heads}):
                self._rows.setdefault((pattern.pos, head), []).append((needs, row))
        self._met_by: dict[str, list[int]] = {}
        for need, number in numbers.items():
            for word in need:
                self._met_by.setdefault(word, []).append(number)

    def met(self, tokens: Doc | Span) -> set[int]:
        """Which of the things asked for a sentence, or a whole document, has."""
        return set().union(*(self._met_by[word] for word in words_of(tokens) & self._met_by.keys()))

    def rows(self, pos: str, head: str, met: set[int]) -> list[Row]:
        """The rows with this part of speech and head word whose pattern may hold there, in their order."""
        rows = self._rows.get((pos, head))
        return [row for needs, row in rows if needs <= met] if rows is not None else []
