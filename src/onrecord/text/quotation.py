"""Quotation structure: which stretches of a text stand in quotation marks.

Each paragraph is read in two passes. The first decides what each mark can be from the characters beside it:
opening, closing, either, or no quotation mark at all (an apostrophe, an elision, feet and inches). The second
pairs them with a stack. Both are linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

MAX_DEPTH = 8  # deeper nesting is damage; it is read, but gives no Quote

_Role = Literal["open", "close", "either", "none"]

_MARKS = re.compile(r"``|'''|''|[“”„«»\"‘’‛'`]")
_DOUBLE = frozenset(["``", "''", "“", "”", "„", "«", "»", '"'])
_OPENING = frozenset(["``", "“", "„", "«", "‘", "‛", "`"])
_CLOSING = frozenset(["''", "”", "»", "’"])
_BEFORE_OPENING = frozenset(" \t\n\u00a0([{—–-/“”\"‘’'`«:")
_AFTER_CLOSING = frozenset(" \t\n\u00a0)]}—–-/.,;:?!…“”\"‘’'»")
_CONTENT = re.compile(r"\w")
_SENTENCE_BREAK = re.compile(r"[.!?…][)\]]?\s+")
# What an apostrophe at the head of a word stands for; '90s besides.
_ELISION = re.compile(
    r"(?:\d0s?|\d\ds|em|til|till|tis|twas|twill|cause|cos|n|bout|round|cept)\b", re.IGNORECASE
)
SHORT = 5  # words; a stretch in single marks up to this length is a term, not a clause


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


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    double: bool
    role: _Role
    text: str
    partner: bool = False  # of a double mark: whether plain bracket matching finds it one


@dataclass(slots=True)
class _Open:
    mark: _Mark
    depth: int
    doubles: int  # how many double quotations are open, this one included


@dataclass(slots=True)
class _Pairing:
    """The state of the second pass over one paragraph."""

    text: str
    start: int
    carried: tuple[bool, ...]  # the kinds (double?) still open at the end of the paragraph before
    reopened: bool  # whether the next paragraph begins with a single opening mark
    low: int  # where a quotation that lacks its opening mark can begin at the earliest
    head: int  # where the first word begins
    stack: list[_Open] = field(default_factory=list)
    found: list[Quote] = field(default_factory=list)

    def double_open(self) -> bool:
        return bool(self.stack) and self.stack[-1].doubles > 0

    def push(self, mark: _Mark) -> None:
        doubles = (self.stack[-1].doubles if self.stack else 0) + mark.double
        self.stack.append(_Open(mark, len(self.stack) + 1, doubles))

    def emit(self, start: int, end: int, depth: int, *, opened: bool = True, closed: bool = True) -> None:
        self.low = max(self.low, end)
        if depth > MAX_DEPTH or not _CONTENT.search(self.text, start, end):
            return
        while self.text[end - 1].isspace():
            end -= 1
        kind = self.text[start] not in "‘'`‛" or self.text.startswith("``", start)
        continues = (
            start <= self.head
            and depth <= len(self.carried)
            and (not opened or kind == self.carried[depth - 1])
        )
        self.found.append(Quote(start, end, depth, opened, closed, continues))

    def drop(self, end: int) -> None:
        """End the innermost open quotation at ``end``, unclosed."""
        item = self.stack.pop()
        if item.mark.double or self.is_speech_opening(item.mark):
            self.emit(item.mark.start, end, item.depth, closed=False)

    def is_speech_opening(self, mark: _Mark) -> bool:
        """Whether a single mark that nothing closes opens a quotation all the same: ‘Abd and 'tis do not."""
        if mark.start < self.head:
            return self.reopened or self.carried[:1] == (False,)
        before = self.text[mark.start - 2 : mark.start]
        return mark.text == "‘" and before in (": ", ", ")

    def close(self, mark: _Mark) -> None:
        """Pair a closing mark with the innermost open mark of its kind, which is known to be there."""
        while self.stack[-1].mark.double != mark.double:
            self.drop(mark.start)
        item = self.stack.pop()
        self.emit(item.mark.start, mark.end, item.depth)

    def close_unopened(self, mark: _Mark) -> None:
        """A closing double mark that nothing opens: it ends a sentence, or the paragraph's beginning."""
        while self.stack:  # single marks that cannot be quotations, as none is closed
            self.stack.pop()
        start = self.low
        if start > self.start or self.carried[:1] != (True,):
            for sentence_break in _SENTENCE_BREAK.finditer(self.text, self.low, mark.start):
                start = sentence_break.end()
        while start < mark.start and self.text[start] in " \t,;:.—–-":
            start += 1
        self.emit(start, mark.end, 1, opened=False)


def find_quotes(text: str, paragraphs: Sequence[tuple[int, int]]) -> tuple[Quote, ...]:
    """The quotations of a readable text, in order of their start, the outer before the inner.

    ``paragraphs`` are offsets into ``text``. A mark that is opened and never closed ends with its paragraph;
    where the next paragraph opens with a mark of the same kind, or closes one before it opens any, the
    quotation goes on there.
    """
    quotes: list[Quote] = []
    carried: tuple[bool, ...] = ()
    for i, (start, end) in enumerate(paragraphs):
        following = paragraphs[i + 1][0] if i + 1 < len(paragraphs) else len(text)
        reopened = text[following : following + 1] in ("‘", "'", "`") and not text.startswith("``", following)
        found, carried = _paragraph(text, start, end, carried, reopened)
        quotes.extend(found)
    return tuple(quotes)


def _paragraph(
    text: str, start: int, end: int, carried: tuple[bool, ...], reopened: bool
) -> tuple[list[Quote], tuple[bool, ...]]:
    marks = _marks(text, start, end)
    _find_partners(marks)
    first_word = _CONTENT.search(text, start, end)
    head = first_word.start() if first_word else end
    pairing = _Pairing(text, start, carried, reopened, low=start, head=head)
    following = _next_of_kind(marks)
    for i, mark in enumerate(marks):
        if mark.double:
            _take_double(pairing, mark, following[i])
        else:
            _take_single(pairing, mark, following[i])
    left = tuple(
        item.mark.double for item in pairing.stack if item.mark.double or pairing.is_speech_opening(item.mark)
    )
    while pairing.stack:
        pairing.drop(end)
    return _nested(pairing.found), left


def _nested(found: list[Quote]) -> list[Quote]:
    """Quotations in order, their depth counted by those around them: an open mark may come to nothing."""
    result: list[Quote] = []
    ends: list[int] = []
    for quote in sorted(found, key=lambda q: (q.start, -q.end, q.depth)):
        while ends and ends[-1] <= quote.start:
            ends.pop()
        ends.append(quote.end)
        result.append(replace(quote, depth=len(ends)) if quote.depth != len(ends) else quote)
    return result


def _take_double(pairing: _Pairing, mark: _Mark, following: _Mark | None) -> None:
    if mark.role == "close" or (mark.role == "either" and pairing.double_open()):
        after_digit = mark.text == '"' and pairing.text[mark.start - 1 : mark.start].isdigit()
        if after_digit and (not pairing.double_open() or (following and following.role == "close")):
            return  # inches
        if pairing.double_open():
            pairing.close(mark)
        else:
            pairing.close_unopened(mark)
        return
    if pairing.double_open():
        outer = next(item.mark for item in reversed(pairing.stack) if item.mark.double)
        if not (outer.partner and mark.partner):  # a closing mark was lost
            while pairing.double_open():
                pairing.drop(mark.start)
    pairing.push(mark)


def _take_single(pairing: _Pairing, mark: _Mark, following: _Mark | None) -> None:
    if mark.role == "open":
        pairing.push(mark)
        return
    if pairing.stack and not pairing.stack[-1].mark.double and not _is_possessive(pairing, mark, following):
        pairing.close(mark)


def _is_possessive(pairing: _Pairing, mark: _Mark, following: _Mark | None) -> bool:
    """Whether a mark that could close is the apostrophe of 'the workers’ demands' inside a quotation."""
    if not _after_s(pairing.text, mark) or following is None or following.role != "close":
        return False
    opened = pairing.stack[-1].mark
    short = pairing.text.count(" ", opened.end, mark.start) < SHORT
    return not (short and _after_s(pairing.text, following))


def _after_s(text: str, mark: _Mark) -> bool:
    return text[mark.start - 1 : mark.start] in ("s", "S") and text[mark.end : mark.end + 1] == " "


def _marks(text: str, start: int, end: int) -> list[_Mark]:
    """The marks of a paragraph that may be quotation marks, with what each can be."""
    marks: list[_Mark] = []
    for match in _MARKS.finditer(text, start, end):
        s, e, mark = match.start(), match.end(), match.group()
        before = text[s - 1] if s > start else " "
        after = text[e] if e < end else " "
        if mark == "'''":  # a single and a double mark together, in old wire copy
            if before.isspace() and after.isalnum():
                marks += [_Mark(s, s + 2, True, "open", "''"), _Mark(s + 2, e, False, "open", "'")]
            else:
                marks += [_Mark(s, s + 1, False, "close", "'"), _Mark(s + 1, e, True, "close", "''")]
            continue
        double = mark in _DOUBLE
        role = _double_role(mark, before, after) if double else _single_role(text, mark, e, before, after)
        if role != "none":
            marks.append(_Mark(s, e, double, role, mark))
    return marks


def _double_role(mark: str, before: str, after: str) -> _Role:
    can_open = before in _BEFORE_OPENING and not after.isspace()
    can_close = not before.isspace() and after in _AFTER_CLOSING
    if mark in _OPENING:  # turned the wrong way where it can only close
        return "either" if after.isspace() or (can_close and not can_open) else "open"
    if mark in _CLOSING:
        return "either" if before.isspace() and after.isalnum() else "close"
    if can_open != can_close:
        return "open" if can_open else "close"
    return "either"


def _single_role(text: str, mark: str, end: int, before: str, after: str) -> _Role:
    if before.isalnum() and after.isalnum():
        return "none"  # an apostrophe within a word, or feet and inches
    can_open = (
        (before in _BEFORE_OPENING or not before.isalnum()) and not after.isspace() and after not in ".,;:?!)"
    )
    if mark in _OPENING or (mark == "'" and can_open and before in _BEFORE_OPENING):
        if not can_open or _ELISION.match(text, end):
            return "close" if mark == "'" and not can_open else "none"
        return "open"
    if mark == "’" and before in _BEFORE_OPENING and before not in "-/“”\"’'" and after.isalnum():
        return "none"  # an elision: ’90s, ’em
    return "close" if not before.isspace() and not after.isalnum() else "none"


def _find_partners(marks: list[_Mark]) -> None:
    stack: list[_Mark] = []
    for mark in marks:
        if not mark.double:
            continue
        if mark.role == "open" or (mark.role == "either" and not stack):
            stack.append(mark)
        elif stack:
            stack.pop().partner = True


def _next_of_kind(marks: list[_Mark]) -> list[_Mark | None]:
    """For each mark the next one of its kind, double or single."""
    result: list[_Mark | None] = [None] * len(marks)
    single: _Mark | None = None
    double: _Mark | None = None
    for i in range(len(marks) - 1, -1, -1):
        mark = marks[i]
        result[i] = double if mark.double else single
        if mark.double:
            double = mark
        else:
            single = mark
    return result
