"""Resolution and coreference over own marked texts: floors that only rise."""

from __future__ import annotations

from collections import Counter

from onrecord.actors.cast import Reference
from onrecord.actors.resolve import find_cast
from onrecord.text.parse import Parse, Parser
from tests.actors.marked_texts import read, texts

FLOORS = {"name": 0.98, "description": 0.95, "pronoun": 0.96}


def test_marked_texts_reach_the_floors(parser: Parser) -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for path in texts():
        document, marks = read(path)
        parse = parser.parse(document)
        references = find_cast(parse).references
        for mark in marks:
            reference = _overlapping(parse, references, mark.start, mark.end)
            if mark.is_pronoun:
                kind = "pronoun"
            elif reference is not None and reference.by in ("name", "acronym", "metonym", "demonym"):
                kind = "name"
            else:
                kind = "description"
            total[kind] += 1
            right[kind] += reference is not None and set(reference.actors) == set(mark.actors)
    assert sum(total.values()) >= 480
    for kind, floor in FLOORS.items():
        assert right[kind] / total[kind] >= floor, (kind, right[kind], total[kind])


def _overlapping(parse: Parse, references: tuple[Reference, ...], start: int, end: int) -> Reference | None:
    """The reference that shares most with a stretch of the text as received."""
    best, most = None, 0
    for reference in references:
        span = parse.span(reference.start, reference.end)
        shared = min(span.end, end) - max(span.start, start)
        if shared > most:
            best, most = reference, shared
    return best
