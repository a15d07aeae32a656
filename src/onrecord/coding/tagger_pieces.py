"""Word pieces for the tagger: words of a paragraph with code-point offsets, vocabulary ids and marks.

The encoder is uncased, so what it cannot see (capitals, a missing space, whether a word stands in quotation
marks) goes in as two small features a piece.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

CASES = 12
QUOTES = 4
MAX_WORD = 100

_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_OPENING = "“„‟«〝"
_CLOSING = "”»〞"
_STRAIGHT = '"'


@dataclass(frozen=True, slots=True)
class Pieces:
    """One paragraph. ``words`` are code-point offsets into the paragraph; ``first`` the index of each word's
    first piece in ``ids``; ``case`` and ``quote`` one feature a piece."""

    words: list[tuple[int, int]]
    first: list[int]
    ids: list[int]
    case: list[int]
    quote: list[int]


class WordPiece:
    """Greedy longest-match word pieces over a BERT vocabulary (lower-cased, accents removed)."""

    def __init__(self, vocabulary: list[str]) -> None:
        self.ids = {piece: i for i, piece in enumerate(vocabulary)}
        self.cls = self.ids["[CLS]"]
        self.sep = self.ids["[SEP]"]
        self.unknown = self.ids["[UNK]"]
        self._cache: dict[str, tuple[tuple[int, ...], int]] = {}

    def split(self, paragraph: str) -> Pieces:
        """The words of a paragraph and their pieces."""
        out = Pieces([], [], [], [], [])
        inside = False
        last_end = 0
        for m in _WORD.finditer(paragraph):
            start, end = m.span()
            word = m.group()
            quote = int(inside)
            if end - start == 1 and (word == _STRAIGHT or word in _OPENING or word in _CLOSING):
                inside = _opens(paragraph, start, word, inside)
                quote = 2 if inside else 3
            known = self._cache.get(word)
            if known is None:
                known = self._pieces(word), _case(word) * 2
                if len(self._cache) < 200_000:
                    self._cache[word] = known
            pieces, case = known
            if start == last_end and start > 0:
                case += 1
            last_end = end
            out.words.append((start, end))
            out.first.append(len(out.ids))
            out.ids.extend(pieces)
            out.case.extend([case] * len(pieces))
            out.quote.extend([quote] * len(pieces))
        return out

    def _pieces(self, word: str) -> tuple[int, ...]:
        if len(word) > MAX_WORD:
            return (self.unknown,)
        plain = word.lower()
        if not plain.isascii():
            plain = "".join(c for c in unicodedata.normalize("NFD", plain) if unicodedata.category(c) != "Mn")
        out: list[int] = []
        start = 0
        while start < len(plain):
            for end in range(len(plain), start, -1):
                found = self.ids.get(plain[start:end] if start == 0 else "##" + plain[start:end])
                if found is not None:
                    break
            else:
                return (self.unknown,)
            out.append(found)
            start = end
        return tuple(out) or (self.unknown,)


def _opens(text: str, at: int, mark: str, inside: bool) -> bool:
    """Whether the mark at an offset opens a quotation (else it closes one)."""
    if mark in _OPENING:
        return True
    if mark in _CLOSING:
        return False
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if before.isspace() and not after.isspace():
        return True
    if after.isspace() and not before.isspace():
        return False
    return not inside


def _case(word: str) -> int:
    if word.islower():
        return 0
    if not word[0].isalnum():
        return 5
    if word.isdigit():
        return 4
    if word.isupper() and len(word) > 1:
        return 2
    if word[0].isupper():
        return 1
    return 3
