"""Where a text is cut for the parser, so that no word, sentence or paragraph grows without bound.

The tokenizer takes the square of a word's length, and what reads a sentence the square of the sentence's. So
each stretch between two cuts is parsed by itself. What a sentence is, only the parser knows: ``cuts`` goes by
full stops and the like, and ``pieces`` takes the sentences that the parser made too long all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Doc

# Words after which a paragraph is cut at the next end of a sentence.
PARAGRAPH = 2_000
# Words that no sentence of a report has: after so many without its end a paragraph is cut at the next comma
# or the like, and after MOST at any word. A sentence of more tokens is parsed again in pieces of PIECE.
SENTENCE, MOST, PIECE = 400, 500, 200
# Characters that no word has; it is cut into parts of so many.
WORD, _PART = 400, 100

_ENDLESS = re.compile(rf"\S{{{WORD},}}")
# What has no white space for so long is no word: it is counted, and may be cut, as many.
_WORD = re.compile(r"\S{1,200}")
_LONG, _LETTERS = 40, 4
_CLOSING = "\"'”’»)]"
# A full stop after a short word may be that of an abbreviation.
_END = re.compile(r"(?:[^\W\d_]{5}\.|[!?…])\Z")
_CLAUSE = re.compile(r"[.,;:–—-]\Z")


def cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Offsets in a paragraph (start, end) at which it is cut before it is parsed; none in most.

    A cut between words hangs on the words before it alone: what follows moves no cut. A word without end is
    cut from what stands around it, and into parts.
    """
    yield from _between_words(text, start, end)
    for word in _ENDLESS.finditer(text, start, end):
        yield from range(word.start(), word.end(), _PART)
        yield word.end()


def pieces(doc: Doc) -> list[str]:
    """The text of a parse in pieces to be parsed again; none where no sentence of it is too long."""
    if len(doc) <= SENTENCE or all(len(sentence) <= SENTENCE for sentence in doc.sents):
        return []
    starts = [doc[i].idx for i in range(0, len(doc), PIECE)]
    return [doc.text[a:b] for a, b in pairwise([*starts, len(doc.text)])]


def _between_words(text: str, start: int, end: int) -> Iterator[int]:
    if end - start < SENTENCE:
        return
    stretch = sentence = 0  # words since the last cut, and since the last end of a sentence
    due = False
    for match in _WORD.finditer(text, start, end):
        if due:
            yield match.start()
            stretch = sentence = 0
        length = match.end() - match.start()
        words = 1 if length <= _LONG else length // _LETTERS
        stretch += words
        sentence += words
        word = match.group()[-12:].rstrip(_CLOSING)
        if _END.search(word):
            due, sentence = stretch >= PARAGRAPH, 0
        else:
            due = sentence >= MOST or (sentence >= SENTENCE and bool(_CLAUSE.search(word)))
