"""Text files: one document a file, its id the file's name without the ending."""

from __future__ import annotations

from pathlib import Path

from onrecord.errors import DocumentError
from onrecord.record import Document
from onrecord.sources.checks import MAX_BYTES, decode, too_large

ENDINGS = (".txt", ".text")


def read_file(path: Path) -> Document:
    """The document in a text file, its text as received but for a byte order mark.

    Raises DocumentError where the file cannot be read, or is no UTF-8 text.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise too_large(str(path))
        data = path.read_bytes()
    except OSError as e:
        raise DocumentError(str(path), "unreadable", e.strerror or str(e)) from e
    return Document(id=path.stem, text=decode(data, str(path)))
