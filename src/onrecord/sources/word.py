"""Word files (.docx): their paragraphs and tables in order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from onrecord.errors import DocumentError
from onrecord.sources import nexis
from onrecord.sources.facts import Facts
from onrecord.sources.head import head_facts
from onrecord.sources.kind import MAX_FILE, Blob, Kind, Read, missing_extra
from onrecord.sources.limits import MAX_RATIO

MAX_UNPACKED = 4 * MAX_FILE
# What a zip archive holds that is another program's file, and what to do about it.
_OTHERS = (
    (b"mimetypeapplication/vnd.oasis", "an OpenDocument file", "save it as .docx"),
    (b"mimetypeapplication/epub", "an EPUB book", "take the text out of it"),
)


def sniff(blob: Blob) -> str | None:
    """A zip archive with the parts of a Word file."""
    if not blob.head.startswith(b"PK\x03\x04"):
        return None
    if b"word/" in blob.head or any(mark in blob.head[:200] for mark, _, _ in _OTHERS):
        return "a zip archive with the parts of an Office file"
    if b"[Content_Types].xml" in blob.head[:4096]:
        return "a zip archive that opens with [Content_Types].xml"
    return None


def read(blob: Blob) -> Read:
    """The document of a Word file, or the articles where it is an export of a news database.

    Raises DocumentError where it is no Word file, or unpacks to more than a report can be.
    """
    for mark, what, remedy in _OTHERS:
        if mark in blob.head[:200]:
            raise DocumentError(blob.name, "not-read", f"this is {what}, which is not read; {remedy}")
    data = blob.data()
    _check(blob, data)
    try:
        import docx
    except ImportError as e:
        raise missing_extra(e, "sources") from e
    file = docx.Document(io.BytesIO(data))
    paragraphs = [p for p in _paragraphs(file) if p[1]]
    text = "\n\n".join(words for _, words in paragraphs)
    articles = nexis.articles(text)
    if len(articles) > 1:
        yield from nexis.documents(articles, blob, "Word file, an export of articles")
        return
    if not text.strip():
        raise DocumentError(blob.name, "empty", "there is no text in the Word file")
    facts = nexis.facts_of(articles[0]) if articles else Facts()
    head_facts(text, facts)
    for style, words in paragraphs[:8]:
        if style in ("Title", "Heading 1"):
            facts.add("title", words, f"paragraph in style {style}")
    facts.add("title", file.core_properties.title, "title of the file")
    yield facts.document(blob.id(text), text, "Word file")


def _check(blob: Blob, data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        names = parts.namelist()
        unpacked = sum(part.file_size for part in parts.infolist())
    if "word/document.xml" not in names:
        message = "an Office file that is no Word file; save it as .docx, a table as .csv"
        raise DocumentError(blob.name, "not-read", message)
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * len(data):
        message = f"unpacks to {unpacked:,} bytes, which is no report"
        raise DocumentError(blob.name, "unpacks-too-far", message)


def _paragraphs(file: Any) -> Iterator[tuple[str, str]]:
    """The style and the words of each paragraph and each row of a table, in their order."""
    from docx.table import Table

    for block in file.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = dict.fromkeys(cell.text.strip() for cell in row.cells)
                yield "", " | ".join(filter(None, cells)).replace("\n", " ")
        else:
            yield block.style.name if block.style else "", block.text.strip()


KIND = Kind("word", "Word file (.docx)", sniff, read, (".docx",))
