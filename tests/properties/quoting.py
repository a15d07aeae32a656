"""Check that a record quotes itself: every span's offsets lead to its words in the text as received."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onrecord.record import Record


def spans(value: Any) -> Iterator[Any]:
    """Every struct with ``start``, ``end`` and ``text`` inside a record, the repairs left out."""
    fields = getattr(value, "__struct_fields__", None)
    if isinstance(value, tuple):
        for item in value:
            yield from spans(item)
    elif fields is not None:
        if {"start", "end", "text"} <= set(fields) and "raw" not in fields:
            yield value
        for field in fields:
            yield from spans(getattr(value, field))


def assert_quotes_itself(record: Record) -> None:
    """Offsets in range; the words equal to the text there, but for what ``repairs`` says."""
    text = record.document.text
    repairs = record.document.repairs
    for repair in repairs:
        assert text[repair.start : repair.end] == repair.raw
    for span in spans(record):
        assert 0 <= span.start < span.end <= len(text), span
        touched = [r for r in repairs if r.start < span.end and span.start < r.end]
        if not touched:
            assert text[span.start : span.end] == span.text, span
            continue
        # Apply the repairs to the raw words; a span that begins or ends inside one is its part.
        low, high = min(span.start, touched[0].start), max(span.end, touched[-1].end)
        readable, at = "", low
        for repair in touched:
            readable += text[at : repair.start] + repair.text
            at = repair.end
        readable += text[at:high]
        assert span.text in readable, (span, readable)
    ids = {actor.id for actor in record.actors}
    for statement in record.statements:
        assert statement.content
        assert {statement.speaker, statement.addressee, *statement.via} - {None} <= ids, statement
    for event in record.events:
        assert {*event.actor, *event.recipient} <= ids, event
        assert event.sentence.start <= event.span.start < event.span.end <= event.sentence.end, event
    issues = {issue.id for issue in record.issues}
    statements = {s.id for s in record.statements}
    for position in record.positions:
        assert position.issue in issues, position
        assert position.voice is None or position.voice in ids, position
        assert position.statement is None or position.statement in statements, position
