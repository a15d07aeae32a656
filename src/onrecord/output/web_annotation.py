"""W3C Web Annotations: one AnnotationPage in JSON-LD, an annotation for each statement, event and position.

The model is https://www.w3.org/TR/annotation-model/. The target is the report, by its URL where it has one,
else by a URN of its text's SHA-256. Each span is selected twice: by its words with some before and after
(TextQuoteSelector, which also finds them in the page at the URL), and by its place (TextPositionSelector,
code points into the text as onrecord received it). Bodies are text: what kind of entry, and its values.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import msgspec

from onrecord.output.facts import Facts
from onrecord.output.style import Style
from onrecord.output.urls import web_address
from onrecord.output.words import Names
from onrecord.record import Record, Span

CANNOT_HOLD = (
    "topics of issues, which issue is broader, and which position departs from which",
    "the text of the report, and actors and issues by themselves",
    "values as fields: they stand in the annotations' bodies, as words",
    "repairs of the text, and warnings",
)
# Characters before and after the words, by which a reader finds them again in a page that was changed.
_AROUND = 32


def write(records: Iterable[Record], out: BinaryIO, style: Style) -> None:
    """The page, its annotations written as records come."""
    head = b'{"@context":"http://www.w3.org/ns/anno.jsonld","type":"AnnotationPage","items":['
    for record in records:
        for annotation in _annotations(record):
            out.write(head + b"\n" + msgspec.json.encode(annotation))
            head = b","
    out.write((b"\n" if head == b"," else head) + b"]}\n")


def _annotations(record: Record) -> Iterator[dict[str, Any]]:
    facts = Facts(Names.of(record))
    for s in record.statements:
        yield _annotation(record, s.id, f"statement, {s.kind}", facts.statement(s), s.content)
    for e in record.events:
        kind = " ".join(("event,", e.type, *([e.mode] if e.mode else ())))
        yield _annotation(record, e.id, kind, facts.event(e), (e.span,))
    for p in record.positions:
        yield _annotation(record, p.id, f"position, {p.stance}", facts.position(p, record.issues), (p.span,))


def _annotation(
    record: Record, entry_id: str, kind: str, facts: str, spans: tuple[Span, ...]
) -> dict[str, Any]:
    document = record.document
    targets = [_target(document.text, source(record), span) for span in spans]
    return {
        "id": uuid.uuid5(uuid.NAMESPACE_URL, f"{source(record)}\x00{document.id}\x00{entry_id}").urn,
        "type": "Annotation",
        "motivation": "describing",
        "generator": {"type": "Software", "name": f"onrecord {record.coder.version}"},
        "body": [
            {"type": "TextualBody", "purpose": "classifying", "format": "text/plain", "value": kind},
            {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": facts},
            {
                "type": "TextualBody",
                "purpose": "identifying",
                "format": "text/plain",
                "value": f"{document.id}:{entry_id}",
            },
        ],
        "target": targets[0] if len(targets) == 1 else targets,
    }


def source(record: Record) -> str:
    """The IRI of a report: its URL, else a URN of its text's SHA-256."""
    if url := web_address(record.document.url):
        return url
    return f"urn:sha256:{hashlib.sha256(record.document.text.encode()).hexdigest()}"


def _target(text: str, iri: str, span: Span) -> dict[str, Any]:
    return {
        "source": iri,
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": text[span.start : span.end],
                "prefix": text[max(span.start - _AROUND, 0) : span.start],
                "suffix": text[span.end : span.end + _AROUND],
            },
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
    }
