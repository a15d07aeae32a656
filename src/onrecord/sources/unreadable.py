"""Files that are known and not read: each with what to do instead."""

from __future__ import annotations

from onrecord.errors import DocumentError
from onrecord.sources.kind import Blob, Kind, Read

# The first bytes, what the file is, and the remedy.
_KNOWN = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office file of the old kind", "save it as .docx or .csv"),
    (b"{\\rtf", "RTF", "save it as .docx or as text"),
    (b"\x89PNG", "a picture", "recognise its text first (OCR), and give that"),
    (b"\xff\xd8\xff", "a picture", "recognise its text first (OCR), and give that"),
    (b"GIF8", "a picture", "recognise its text first (OCR), and give that"),
    (b"II*\0", "a picture", "recognise its text first (OCR), and give that"),
    (b"MM\0*", "a picture", "recognise its text first (OCR), and give that"),
    (b"RIFF", "a picture, sound or film", "give its text"),
    (b"ID3", "sound", "give its transcript"),
    (b"OggS", "sound or film", "give its transcript"),
    (b"\x1a\x45\xdf\xa3", "film", "give its transcript"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip", "unpack it, or pack it as zip"),
    (b"Rar!", "RAR", "unpack it, or pack it as zip"),
    (b"\x28\xb5\x2f\xfd", "Zstandard", "unpack it, or pack it as gzip"),
    (
        b"SQLite format 3\0",
        "an SQLite file",
        "export its table of articles as CSV; a dossier is added to by 'onrecord add'",
    ),
    (b"\x7fELF", "a program", "leave it out"),
    (b"MZ", "a program", "leave it out"),
)
_MAYBE_TEXT = frozenset((b"MZ", b"RIFF", b"ID3", b"GIF8"))


def sniff(blob: Blob) -> str | None:
    """The marks of files that are often met and not read."""
    found = _known(blob)
    return f"opens with the mark of {found[0]}" if found else None


def read(blob: Blob) -> Read:
    """Nothing. Raises DocumentError with the remedy."""
    what, remedy = _known(blob) or ("unknown", "save it as text")
    raise DocumentError(blob.name, "not-read", f"this is {what}, which is not read; {remedy}")


def _known(blob: Blob) -> tuple[str, str] | None:
    for mark, what, remedy in _KNOWN:
        if blob.head.startswith(mark) and (mark not in _MAYBE_TEXT or b"\0" in blob.head):
            return what, remedy
    return None


KIND = Kind("not-read", "pictures, sound, old Office files: told with what to do", sniff, read)
