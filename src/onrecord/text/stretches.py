"""Stretches of a text that can be asked for by place, without looking at all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate


class Stretches:
    """Stretches (start, end), in any order and overlapping as they may; they go by their place in it."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        found = sorted((start, end, i) for i, (start, end) in enumerate(stretches))
        self._found = found
        self._starts = [start for start, _, _ in found]
        # How far the stretches up to each reach: where that falls short, none before can.
        self._reach = list(accumulate((end for _, end, _ in found), max))

    def meeting(self, start: int, end: int) -> list[int]:
        """The stretches that have something in common with this one, in ascending order."""
        hits = []
        k = bisect_left(self._starts, end) - 1
        while k >= 0 and self._reach[k] > start:
            if self._found[k][1] > start:
                hits.append(self._found[k][2])
            k -= 1
        return sorted(hits)

    def at(self, offset: int) -> list[int]:
        """The stretches that hold an offset, in ascending order."""
        return self.meeting(offset, offset + 1)
