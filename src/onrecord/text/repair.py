"""The text as received made readable, with a way back: every readable stretch knows where it stood."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from onrecord.record import Repair, Span


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement: ``received[start:end]`` is read as ``text``."""

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
    exclusive) back. An offset inside a replaced stretch goes to that stretch's edge: starts to its start,
    ends to its end.
    """

    def __init__(self, received: str, edits: tuple[Edit, ...], furniture: tuple[Furniture, ...] = ()) -> None:
        self.received_text = received
        self.edits = edits
        self.furniture = furniture
        parts: list[str] = []
        self._readable_at: list[int] = []  # where each edit begins in the readable text
        at = readable = 0
        for edit in edits:
            parts.append(received[at : edit.start])
            readable += edit.start - at
            self._readable_at.append(readable)
            parts.append(edit.text)
            readable += len(edit.text)
            at = edit.end
        parts.append(received[at:])
        self.text = "".join(parts)

    def received(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the text as received for readable offsets."""
        return self._back(start, False), self._back(end, True)

    def _back(self, offset: int, is_end: bool) -> int:
        i = bisect_right(self._readable_at, offset) - 1
        if is_end and i >= 0 and self._readable_at[i] == offset:
            i -= 1  # the end of what stands before an edit is not the edit's
        if i < 0:
            return offset
        edit, into = self.edits[i], offset - self._readable_at[i]
        if into >= len(edit.text):
            return edit.end + into - len(edit.text)
        if len(edit.text) == edit.end - edit.start:
            return edit.start + into
        if not is_end and into > 0 or is_end:
            return self._inside(edit, into, is_end)
        return edit.start

    @staticmethod
    def _inside(edit: Edit, into: int, is_end: bool) -> int:
        return edit.end if is_end else edit.start

    def span(self, start: int, end: int) -> Span:
        """The record's span for readable offsets."""
        s, e = self.received(start, end)
        return Span(start=s, end=e, text=self.text[start:end])

    def repairs(self) -> tuple[Repair, ...]:
        """The edits as the record lists them."""
        return tuple(
            Repair(start=e.start, end=e.end, raw=self.received_text[e.start : e.end], text=e.text)
            for e in self.edits
        )


def repair(text: str) -> Readable:
    """The readable form of a text as received."""
    return Readable(text, ())
