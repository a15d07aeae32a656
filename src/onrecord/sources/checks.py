"""What makes a document one that can be coded: readable bytes, a sane size and shape, English."""

from __future__ import annotations

import re

from onrecord.errors import DocumentError
from onrecord.record import Document
from onrecord.sources.language import is_english, language_of

# Coding holds some 400 bytes for each character beside the model; what is longer than this is no report.
MAX_CHARACTERS = 2_000_000
MAX_BYTES = 4 * MAX_CHARACTERS
MAX_LINE = 500_000
MAX_NESTING = 50

_WORD = re.compile(r"[^\W\d_]+")
_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_OPENS = frozenset("“‘«„‹")
_CLOSES = frozenset("”’»›")
_QUOTE_RUN = re.compile(rf"[\"'“”‘’«»„‹›`]{{{MAX_NESTING}}}")


def decode(data: bytes, name: str) -> str:
    """The text of a file's bytes, without a byte order mark, its line ends as they are.

    Raises DocumentError where the bytes are no UTF-8 text.
    """
    if len(data) > MAX_BYTES:
        raise too_large(name)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise DocumentError(name, "not-utf-8", "the text is in UTF-16; save it as UTF-8")
    if b"\0" in data:
        raise DocumentError(name, "binary", "this is no text file (it holds NUL bytes)")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        message = f"not valid UTF-8 at byte {e.start} (0x{data[e.start]:02x}); convert the file to UTF-8"
        raise DocumentError(name, "not-utf-8", message) from e


def too_large(name: str) -> DocumentError:
    """The error for a document over the limit, for those who see it before they read it."""
    message = f"larger than one report can be ({MAX_CHARACTERS:,} characters); split it into its reports"
    return DocumentError(name, "too-large", message)


def check(document: Document) -> None:
    """Raises DocumentError where the text of a document cannot be coded; reads it once, line by line."""
    text, name = document.text, document.id
    if _INVISIBLE.fullmatch(text):
        raise DocumentError(name, "empty", "there is no text")
    if "\0" in text:
        raise DocumentError(name, "binary", "the text holds NUL characters; this is no text")
    half = _SURROGATE.search(text)
    if half:
        message = f"half of a surrogate pair at character {half.start()}; the text was cut or decoded wrongly"
        raise DocumentError(name, "not-unicode", message)
    _check_shape(text, name)
    _check_language(document)


def _check_shape(text: str, name: str) -> None:
    longest = max(map(len, text.split("\n")))
    if longest > MAX_LINE:
        message = f"one line of {longest:,} characters; a report has lines of at most {MAX_LINE:,}"
        raise DocumentError(name, "long-line", message)
    if len(text) > MAX_CHARACTERS:
        raise too_large(name)
    if _QUOTE_RUN.search(text) or _nesting(text) > MAX_NESTING:
        message = f"quotation marks nested more than {MAX_NESTING} deep; the text is damaged"
        raise DocumentError(name, "nested-quotes", message)
    if not _WORD.search(text):
        raise DocumentError(name, "no-letters", "there is not one word in it")


def _nesting(text: str) -> int:
    """How deep quotation marks nest at most, counted anew in each paragraph."""
    depth = deepest = 0
    for character in text:
        if character in _OPENS:
            depth += 1
            deepest = max(deepest, depth)
        elif character in _CLOSES:
            depth = max(depth - 1, 0)
        elif character == "\n":
            depth = 0
    return deepest


def _check_language(document: Document) -> None:
    declared = document.language or "en"
    if not is_english(declared):
        message = f"its language is {document.language!r}; only English is coded"
        raise DocumentError(document.id, "language", message)
    if language_of(document.text) not in ("en", None):
        message = "the text does not read as English; only English is coded"
        raise DocumentError(document.id, "language", message)
