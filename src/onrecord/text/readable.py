"""A readable text and its alignment to the text as received."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.record import Repair, Span

_BEFORE_WORD = frozenset("“‘\"'([")
_AFTER_WORD = frozenset(",.;:!?…”’\"')]")


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement: ``before[start:end]`` is read as ``text``; an insertion where start equals end."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Furniture:
    """A stretch of the readable text that is no report: a caption, a sign-up line, a credit."""

    start: int
    end: int
    reason: str


class Readable:
    """A readable text and its alignment to the text as received.

    ``text`` is what is parsed. ``span`` and ``received`` translate readable offsets (code points, end
    exclusive) back. Outside edits, and inside an edit that keeps the length, this is exact; an offset inside
    any other goes to the edit's edge: starts to its start, ends to its end. ``edits`` are in order and do not
    overlap.
    """

    def __init__(
        self, received: str, edits: Sequence[Edit] = (), furniture: Sequence[Furniture] = ()
    ) -> None:
        self.received_text = received
        self.edits = tuple(edits)
        self.furniture = tuple(furniture)
        self.text = apply(received, edits)
        self._readable_at: list[int] = []  # where each edit begins in the readable text
        shift = 0
        for edit in self.edits:
            self._readable_at.append(edit.start + shift)
            shift += len(edit.text) - (edit.end - edit.start)

    def received(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the text as received for readable offsets."""
        low = self._back(start, bisect_right(self._readable_at, start) - 1, is_end=False)
        high = self._back(end, bisect_left(self._readable_at, end) - 1, is_end=True)
        return low, max(low, high)

    def _back(self, offset: int, i: int, *, is_end: bool) -> int:
        if i < 0:
            return offset
        edit, into = self.edits[i], offset - self._readable_at[i]
        if into >= len(edit.text):
            return edit.end + into - len(edit.text)
        if len(edit.text) == edit.end - edit.start:
            return edit.start + into
        return edit.end if is_end else edit.start

    def span(self, start: int, end: int) -> Span:
        """The record's span for readable offsets."""
        s, e = self.received(start, end)
        return Span(start=s, end=e, text=self.text[start:end])

    def repairs(self) -> tuple[Repair, ...]:
        """The edits as the record lists them: white space by itself, all else with its word."""
        listed: list[Repair] = []
        text = self.received_text
        i = 0
        while i < len(self.edits):
            first = i
            start, end = self._around(self.edits[i])
            while i + 1 < len(self.edits) and self.edits[i + 1].start < end:
                i += 1
                if self.edits[i].end > end:
                    end = self._around(self.edits[i])[1]
            while start < self.edits[first].start and text[start] in _BEFORE_WORD:
                start += 1
            while end > self.edits[i].end and text[end - 1] in _AFTER_WORD:
                end -= 1
            i += 1
            raw = text[start:end]
            shifted = [Edit(e.start - start, e.end - start, e.text) for e in self.edits[first:i]]
            listed.append(Repair(start=start, end=end, raw=raw, text=apply(raw, shifted)))
        return tuple(listed)

    def _around(self, edit: Edit) -> tuple[int, int]:
        """The word of the text as received in which an edit stands."""
        text, start, end = self.received_text, edit.start, edit.end
        if start < end and text[start:end].isspace():
            return start, end
        while start > 0 and not text[start - 1].isspace():
            start -= 1
        while end < len(text) and not text[end].isspace():
            end += 1
        return start, end


def apply(text: str, edits: Sequence[Edit]) -> str:
    """The text after edits that are in order and do not overlap."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    parts.append(text[at:])
    return "".join(parts)


def compose(first: Sequence[Edit], second: Sequence[Edit], between: str) -> list[Edit]:
    """One list of edits that does what ``first`` and then ``second`` do.

    ``between`` is the text after ``first``, which the offsets of ``second`` are into. Edits that overlap or
    touch become one where one of them is empty on either side, so that no two stand at one place.
    """
    pieces: list[tuple[int, int, int, Edit]] = []  # start and end between, 0 for first or 1 for second, edit
    shift = 0
    for edit in first:
        start = edit.start + shift
        pieces.append((start, start + len(edit.text), 0, edit))
        shift += len(edit.text) - (edit.end - edit.start)
    pieces += [(edit.start, edit.end, 1, edit) for edit in second]
    pieces.sort(key=lambda p: (p[0], p[1], p[2]))
    result: list[Edit] = []
    shift = 0  # what to add to an offset between to get one into the text before, outside the edits
    i = 0
    while i < len(pieces):
        low, high = pieces[i][0], pieces[i][1]
        cluster = [pieces[i]]
        while i + 1 < len(pieces) and pieces[i + 1][0] <= high and _meet(cluster, pieces[i + 1], high):
            i += 1
            cluster.append(pieces[i])
            high = max(high, pieces[i][1])
        i += 1
        inner = [e for _, _, which, e in cluster if which == 0]
        begin = low + shift
        shift += sum((e.end - e.start) - len(e.text) for e in inner)
        outer = [Edit(e.start - low, e.end - low, e.text) for _, _, which, e in cluster if which == 1]
        result.append(Edit(begin, high + shift, apply(between[low:high], outer)))
    return [edit for edit in result if edit.start < edit.end or edit.text]


def _meet(cluster: list[tuple[int, int, int, Edit]], piece: tuple[int, int, int, Edit], high: int) -> bool:
    return piece[0] < high or piece[0] == piece[1] or cluster[-1][0] == cluster[-1][1]
