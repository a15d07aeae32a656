"""A report to be read with what was coded in it: the text in pieces, each with the entries that cover it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Layer = Literal["actor", "statement", "event", "position"]
LAYERS: tuple[Layer, ...] = ("statement", "event", "position", "actor")


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry's words: ``text[start:end]`` of the report; ``label`` and ``why`` are for the margin."""

    layer: Layer
    entry: str
    start: int
    end: int
    label: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks."""

    text: str
    layers: tuple[Layer, ...]
    entries: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's pieces, and the entries that begin in it, for the margin."""

    pieces: tuple[Piece, ...]
    notes: tuple[Mark, ...]


def paragraphs(text: str, marks: Iterable[Mark]) -> tuple[Paragraph, ...]:
    """The paragraphs of a text with its marks; of the text only blank lines are lost."""
    ordered = sorted(marks, key=lambda m: (m.start, -m.end, LAYERS.index(m.layer), m.entry))
    made: list[Paragraph] = []
    seen: set[str] = set()
    for start, end in _bounds(text):
        inside = [m for m in ordered if m.start < end and m.end > start]
        notes = [m for m in inside if m.layer != "actor" and m.entry not in seen]
        seen |= {m.entry for m in notes}
        unique = tuple({m.entry: m for m in notes}.values())
        made.append(Paragraph(_pieces(text, start, end, inside), unique))
    return tuple(made)


def _bounds(text: str) -> list[tuple[int, int]]:
    """Where each paragraph, a stretch without an empty line, begins and ends."""
    found: list[tuple[int, int]] = []
    start = 0
    for line in [*text.splitlines(keepends=True), ""]:
        end = start + len(line)
        if line.strip():
            if found and found[-1][1] == start:
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
        start = end
    return found


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    cuts = sorted({start, end, *(min(max(c, start), end) for m in marks for c in (m.start, m.end))})
    pieces = []
    for a, b in pairwise(cuts):
        over = [m for m in marks if m.start <= a and m.end >= b]
        layers = tuple(layer for layer in LAYERS if any(m.layer == layer for m in over))
        entries = tuple(dict.fromkeys(m.entry for m in over if m.layer != "actor"))
        pieces.append(Piece(text[a:b], layers, entries, "; ".join(dict.fromkeys(m.label for m in over))))
    return tuple(pieces)
