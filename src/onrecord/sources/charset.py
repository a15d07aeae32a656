"""The text in bytes whose encoding is declared, shown by a mark, or has to be guessed."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from onrecord.errors import DocumentError
from onrecord.record import Warning
from onrecord.sources.kind import missing_extra

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What pages call Latin-1 or ASCII is Windows-1252, as every browser reads it.
_AS_WINDOWS = frozenset(("ascii", "iso8859-1"))
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_PARAMETER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_LETTER_RUN = re.compile(r"[^\W\d_]{3,}")
_SAMPLE = 200_000  # bytes that a guess rests on
MANY = 100  # one damaged character in so many bytes is still a text


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the name of its encoding where that is not UTF-8, and what a reader must know."""

    text: str
    encoding: str | None = None
    warning: Warning | None = None


def decode_any(data: bytes, name: str, declared: str | None = None) -> Decoded:
    """The text of a file's bytes, without a byte order mark, its line ends as they are.

    ``declared`` is the encoding that came with them, believed where they fit it and are no UTF-8;
    without one, the encoding is guessed. Raises DocumentError where the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(data.decode(encoding, "replace").removeprefix("\ufeff"))
    if b"\0" in data[:_SAMPLE]:
        return _without_mark(data, name)
    # What is valid UTF-8 beyond ASCII is that, whatever is said of it.
    first = () if data.isascii() else ("utf-8",)
    for encoding in filter(None, (*first, _codec(declared), "utf-8")):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, ValueError):
            continue
        return Decoded(text, None if encoding == "utf-8" else encoding)
    return _damaged(data) or _guessed(data, name)


def declared_in(content_type: str | None, head: bytes = b"") -> str | None:
    """The encoding that a Content-Type header names, or else a page in its head; None where neither does."""
    match = _PARAMETER.search(content_type or "")
    if match:
        return match[1]
    found = _META.search(head[:4096])
    return found[1].decode("ascii") if found else None


def _codec(declared: str | None) -> str | None:
    try:
        found = codecs.lookup(declared).name if declared else None
    except (LookupError, ValueError):
        return None
    if found in ("utf-16", "utf-32", "utf-16-le", "utf-16-be"):
        return None  # without a mark and without NUL bytes it is not
    return "cp1252" if found in _AS_WINDOWS else found


def _without_mark(data: bytes, name: str) -> Decoded:
    """A text in UTF-16 has a NUL beside nearly every letter; other bytes with NUL are none."""
    for encoding, nul in (("utf-16-le", 1), ("utf-16-be", 0)):
        sample = data[: _SAMPLE - _SAMPLE % 2]
        if len(sample) > 8 and sample[nul::2].count(0) > 0.7 * len(sample[nul::2]):
            text = data[: len(data) - len(data) % 2].decode(encoding, "replace")
            if "\0" not in text:
                return Decoded(text, encoding)
    raise DocumentError(name, "binary", "this is no text file (it holds NUL bytes)")


def _damaged(data: bytes) -> Decoded | None:
    """The text where nearly all of it is UTF-8; None where it is in another encoding."""
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(1 for character in text[:_SAMPLE] if character > "\x7f") - wrong
    if right <= wrong or wrong * MANY > len(data):
        return None
    message = f"damaged: {wrong} of its characters stand as \ufffd; the rest is UTF-8"
    return Decoded(text, None, Warning(code="damaged-characters", message=message))


def _guessed(data: bytes, name: str) -> Decoded:
    try:
        from charset_normalizer import from_bytes
    except ImportError as e:
        raise missing_extra(e, "sources") from e
    encoding = None
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    strange = sum(1 for c in text[:_SAMPLE] if c > "\x7f")
    # Few characters beyond ASCII, as in English: its quotation marks and dashes were written on Windows.
    if text and strange * 10 <= len(text[:_SAMPLE]) and _LETTER_RUN.search(text):
        encoding = "cp1252"
    else:
        best = from_bytes(data[:_SAMPLE]).best()
        if best is not None and best.encoding not in ("ascii", "utf_8"):
            encoding = best.encoding
            text = data.decode(encoding, "replace")
    if encoding is None or not _LETTER_RUN.search(text):
        start = _first_wrong(data)
        message = (
            f"not valid UTF-8 at byte {start} (0x{data[start]:02x}), and no other encoding fits; convert it"
        )
        raise DocumentError(name, "not-utf-8", message)
    message = f"not UTF-8, and no encoding is named: read as {encoding}"
    return Decoded(text, encoding, Warning(code="guessed-encoding", message=message))


def _first_wrong(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as e:
        return e.start
    return 0
