"""Where a paragraph that is longer than those of any report is cut before it is parsed.

Each stretch is parsed by itself, so that no sentence, and no work on one, grows without bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Words after which a paragraph is cut at the next end of a sentence.
PARAGRAPH = 2_000
# Words without an end of a sentence after which it is cut at the next comma or the like, and at any word.
SENTENCE, MOST = 500, 600

# What has no white space for so long is no word: it is counted, and may be cut, as many.
_WORD = re.compile(r"\S{1,200}")
_LONG, _LETTERS = 40, 4
_CLOSING = "\"'”’»)]"
# A full stop after a short word may be that of an abbreviation.
_END = re.compile(r"(?:[^\W\d_]{5}\.|[!?…])\Z")
_CLAUSE = re.compile(r"[.,;:–—-]\Z")


def cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Offsets in a paragraph (start, end) at which it is cut, in ascending order; none in most.

    A cut lies before a word and hangs on the words before it alone: what follows moves no cut.
    """
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
