"""Hard line wraps: lines of one paragraph joined, and words put together that a hyphen cut in two.

All is decided from a run of neighbouring short lines, so that text further on changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from onrecord.text.readable import Edit
from onrecord.text.words import is_word

WIDEST = 92  # characters; a longer line is a paragraph, not a wrapped line
NARROWEST = 36  # characters; the widest line of a wrapped block has at least so many
LOWER = 0.25  # share of a block's lines that begin in lower case where it is wrapped

_TERMINAL = re.compile(r"[.!?:…][”\"’')\]]*$")
_CUT_WORD = re.compile(r"\b([a-z]{2,})- ([a-z]{2,})\b")
_SUSPENDED = frozenset(["and", "as", "but", "nor", "or", "through", "to", "versus"])  # 'mid- and long-term'
_LAST_PART = re.compile(r"([A-Za-z]+)-$")
_FIRST_PART = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


def wrap_edits(text: str) -> Iterator[Edit]:
    """Edits that join the lines of hard-wrapped paragraphs."""
    block: list[_Line] = []
    at = 0
    for line in text.split("\n"):
        if line.strip() and len(line) <= WIDEST:
            block.append(_Line(at, at + len(line), line))
        else:
            yield from _block_edits(block)
            block = []
        at += len(line) + 1
    yield from _block_edits(block)


def _block_edits(block: list[_Line]) -> Iterator[Edit]:
    if len(block) < 2:
        return
    width = max(len(line.text) for line in block)
    full = [_is_full(line, after, width) for line, after in pairwise(block)]
    if width < NARROWEST or not any(full):
        return
    lower = sum(after.text[0].islower() for after, f in zip(block[1:], full, strict=False) if f)
    if lower < max(1, LOWER * sum(full)):
        return
    for line, after, is_full in zip(block, block[1:], full, strict=False):
        if is_full or (after.text[0].islower() and not _TERMINAL.search(line.text)):
            yield _join(line, after)


def _is_full(line: _Line, after: _Line, width: int) -> bool:
    """Whether the next line's first word would not have fitted on this line."""
    return len(line.text) + 1 + len(after.text.split(maxsplit=1)[0]) > width


def _join(line: _Line, after: _Line) -> Edit:
    left, right = _LAST_PART.search(line.text), _FIRST_PART.match(after.text)
    if left is None or right is None:
        touching = line.text.endswith(("—", "-")) and not line.text[-2:-1].isspace()
        return Edit(line.end, after.start, "" if touching else " ")
    if is_word((left[1] + right[0]).lower()):
        return Edit(line.end - 1, after.start, "")
    return Edit(line.end, after.start, "")  # a compound: its hyphen stays


def hyphen_edits(text: str) -> Iterator[Edit]:
    """Edits that put together words cut in two by a hyphen and a space: 'cease- fire'."""
    for match in _CUT_WORD.finditer(text):
        left, right = match.groups()
        if right not in _SUSPENDED and is_word(left + right):
            yield Edit(match.end(1), match.start(2), "")
