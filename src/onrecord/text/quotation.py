"""Quotation structure: which stretches of a text stand in quotation marks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quote:
    """One stretch in quotation marks, within one paragraph; readable offsets, marks included.

    ``depth`` is 1 for an outermost quotation. ``opened`` or ``closed`` is False where the mark is missing;
    a quotation that runs over paragraphs is one Quote a paragraph, and ``continues`` is True in each after
    the first.
    """

    start: int
    end: int
    depth: int = 1
    opened: bool = True
    closed: bool = True
    continues: bool = False


def find_quotes(text: str, paragraphs: tuple[tuple[int, int], ...]) -> tuple[Quote, ...]:
    """The quotations of a readable text, in order of their start."""
    return ()
