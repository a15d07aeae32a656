"""Text files: one document a file, its text as received but for a byte order mark."""

from __future__ import annotations

from onrecord.errors import DocumentError
from onrecord.sources.charset import declared_in, decode_any
from onrecord.sources.checks import MAX_BYTES
from onrecord.sources.facts import Facts
from onrecord.sources.head import head_facts
from onrecord.sources.kind import Blob, Kind, Read
from onrecord.sources.url import is_list

ENDINGS = (".txt", ".text")


def sniff(blob: Blob) -> str:
    """Whatever is nothing else."""
    return "nothing else that is known"


def read(blob: Blob) -> Read:
    """The document of a text. Raises DocumentError where the bytes are no text, or more than a report."""
    decoded = decode_any(blob.data(MAX_BYTES), blob.name, declared_in(blob.content_type))
    if is_list(decoded.text):
        message = "nothing but URLs, which a text does not make us fetch; to have them read: --urls FILE"
        raise DocumentError(blob.name, "url-list", message)
    facts = Facts()
    facts.add("url", blob.url, "address")
    if decoded.warning:
        facts.warn(decoded.warning.code, decoded.warning.message)
    head_facts(decoded.text, facts)
    yield facts.document(blob.id(decoded.text), decoded.text, "text")


KIND = Kind("text", "text", sniff, read, ENDINGS)
