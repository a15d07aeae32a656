"""Ids that stay: from what an entry is and where it stands, so that the same report gives the same ids."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal

from onrecord.record import Record

Kind = Literal["s", "t", "p"]
_LENGTH = 12
_SEP = "\x1f"


def row_id(kind: Kind, document: str, start: int, end: int, extra: str = "") -> str:
    """The id of a statement (``s``), telling (``t``) or position (``p``) of a document.

    ``start`` and ``end`` are offsets of its evidence; ``extra`` tells apart what stands on the same words.
    """
    return f"{kind}-{_hash(document, str(start), str(end), extra)}"


def event_id(founding: str) -> str:
    """The id of an event, from the id of the telling that founded it."""
    return f"e-{_hash(founding)}"


def unique_slug(slug: str, founding: str) -> str:
    """An issue's slug where another issue has it already: with a suffix from ``founding``, the report and
    local id that it was first seen with."""
    return f"{slug}-{_hash(slug, founding)[:6]}"


def statement_ids(record: Record) -> dict[str, str]:
    """The ids of a record's statements, by their ids in it."""
    keys = [
        (s.id, min(c.start for c in s.content), max(c.end for c in s.content), "")
        for s in record.statements
        if s.content
    ]
    return dict(_numbered("s", record.document.id, keys))


def telling_ids(record: Record) -> dict[str, str]:
    """The ids of the tellings that a record's events are, by the events' ids in it."""
    keys = [(e.id, e.span.start, e.span.end, e.type) for e in record.events]
    return dict(_numbered("t", record.document.id, keys))


def position_ids(record: Record) -> dict[str, str]:
    """The ids of a record's positions, by their ids in it."""
    found: Counter[tuple[int, int, str]] = Counter()
    ids = {}
    for p in record.positions:
        place = (p.span.start, p.span.end, p.party)
        ids[p.id] = row_id("p", record.document.id, *place[:2], f"{p.party}{_SEP}{found[place]}")
        found[place] += 1
    return ids


def _numbered(
    kind: Kind, document: str, keys: Iterable[tuple[str, int, int, str]]
) -> Iterator[tuple[str, str]]:
    """The id for each local id; the second and later on the same words with the same extra are numbered."""
    found: Counter[tuple[int, int, str]] = Counter()
    for local, start, end, extra in keys:
        n = found[start, end, extra]
        found[start, end, extra] += 1
        yield local, row_id(kind, document, start, end, f"{extra}{_SEP}{n}" if n else extra)


def _hash(*fields: str) -> str:
    return hashlib.sha256(_SEP.join(fields).encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]
