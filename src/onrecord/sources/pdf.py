"""PDF: the text layer, with its paragraphs put together again."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from onrecord.errors import DocumentError
from onrecord.sources.facts import Facts
from onrecord.sources.head import head_facts
from onrecord.sources.kind import Blob, Kind, Read, missing_extra

MAX_PAGES = 2_000
MAX_CHARACTERS = 2_000_000
_ENDS = re.compile(r"[.!?:…][”\"’')\]]*$")
_PAGE_NUMBER = re.compile(r"^(?:page\s*)?[-–— ]*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[-–— ]*$", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"^(?:untitled|document\d*|microsoft word\b.*|.*\.(?:docx?|pdf|indd|rtf|txt|qxd))$", re.IGNORECASE
)
_SHORT = 0.8  # of the usual width; a line that ends a sentence and is shorter ends its paragraph


def sniff(blob: Blob) -> str | None:
    """%PDF- within the first kilobyte, as readers take it."""
    return "opens with %PDF-" if b"%PDF-" in blob.head[:1024] and blob.head[:1] != b"<" else None


def read(blob: Blob) -> Read:
    """The document of a PDF file.

    Raises DocumentError where it is scanned without a text layer, locked by a password, or too long.
    """
    try:
        import pypdf
    except ImportError as e:
        raise missing_extra(e, "sources") from e
    import logging

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends it tells at length
    file = pypdf.PdfReader(io.BytesIO(blob.data()), strict=False)
    if file.is_encrypted and not file.decrypt(""):
        raise DocumentError(blob.name, "locked", "the PDF is locked by a password; save it without one")
    if len(file.pages) > MAX_PAGES:
        raise DocumentError(blob.name, "too-large", f"more than {MAX_PAGES} pages; split it into its reports")
    facts = Facts()
    pages: list[list[str]] = []
    size = 0
    for number, page in enumerate(file.pages, 1):
        try:
            text = page.extract_text()
        except Exception as e:  # pypdf stumbles on damaged pages in many ways
            facts.warn("damaged-page", f"page {number} cannot be read ({type(e).__name__}: {e})")
            text = ""
        size += len(text)
        if size > MAX_CHARACTERS:
            raise DocumentError(
                blob.name, "too-large", "longer than a report can be; split it into its reports"
            )
        pages.append([line.strip() for line in text.replace("\0", "").split("\n")])
    empty = sum(1 for lines in pages if not any(lines))
    if empty == len(pages):
        message = "no text layer: it was scanned; recognise its text first (OCR), and give that"
        raise DocumentError(blob.name, "no-text-layer", message)
    if empty:
        facts.warn("pages-without-text", f"{empty} of {len(pages)} pages have no text layer")
    text = "\n\n".join(paragraphs(without_margins(pages)))
    facts.add("url", blob.url, "address")
    head_facts(text, facts)
    title = str((file.metadata and file.metadata.title) or "")
    if not _NO_TITLE.match(title.strip()):
        facts.add("title", title, "title of the file")
    yield facts.document(blob.id(text), text, "PDF")


def without_margins(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """The lines of pages without page numbers, and without first and last lines that come on most pages."""
    edges = Counter(edge for lines in pages for edge in {_bare(line) for line in _edges(lines)})
    often = {edge for edge, count in edges.items() if edge and count > 1 and count > len(pages) / 2}
    kept = []
    for lines in pages:
        edge = set(_edges(lines))
        kept.append([x for x in lines if not (x in edge and (_bare(x) in often or _PAGE_NUMBER.match(x)))])
    return kept


def paragraphs(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """The paragraphs of lines that a page broke: they end at an empty line, or a short last line."""
    lengths = sorted(len(line) for lines in pages for line in lines if line)
    usual = lengths[len(lengths) * 3 // 4] if lengths else 0
    waiting = ""
    for lines in pages:
        for line in (*lines, None):
            if not line:
                # The end of a page is none of a paragraph whose sentence goes on.
                if waiting and (line is not None or _ENDS.search(waiting)):
                    yield waiting
                    waiting = ""
                continue
            waiting = _joined(waiting, line)
            ends = _ENDS.search(line) and len(line) < _SHORT * usual
            heading = waiting == line and len(line) < _SHORT * usual * 0.75 and not line.endswith(",")
            if ends or heading:
                yield waiting
                waiting = ""
    if waiting:
        yield waiting


def _joined(before: str, line: str) -> str:
    if not before:
        return line
    if re.search(r"[a-z]-$", before) and line[:1].islower():
        return before[:-1] + line
    return before + ("" if before.endswith("—") else " ") + line


def _edges(lines: Sequence[str]) -> list[str]:
    filled = [line for line in lines if line]
    return [*filled[:2], *filled[-2:]]


def _bare(line: str) -> str:
    return re.sub(r"[\W\d_]+", "", line).casefold()


KIND = Kind("pdf", "PDF with a text layer", sniff, read, (".pdf",))
