"""A row of a table, whatever its format, as a document: which of its fields is what, and their values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from onrecord.errors import DocumentError, UsageError
from onrecord.knowledge import read_toml
from onrecord.record import Document
from onrecord.sources import markup
from onrecord.sources.days import day_of
from onrecord.sources.facts import Facts, text_id

FIELDS = ("id", "text", "url", "outlet", "title", "byline", "published", "updated", "language")
_SIGNS = re.compile(r"[\W_]+")
_SHOWN = 12  # names of fields that a message lists


def fields_of(names: Iterable[str], mapped: Mapping[str, str]) -> dict[str, str]:
    """Which name of a table's fields holds what: ours to theirs, those that are there.

    ``mapped`` is what a user says, ours to theirs, which may be a path into nested objects (``source.name``);
    the rest goes by the names that tables usually have.
    """
    return dict(_fields_of(tuple(names), tuple(sorted(mapped.items()))))


def check_mapping(mapped: Mapping[str, str]) -> None:
    """Raises UsageError where a user maps a field that a document does not have."""
    for ours in mapped:
        if ours not in FIELDS:
            raise UsageError(f"--field {ours}: a document has no such field; it has {', '.join(FIELDS)}")


def document_of(row: Mapping[str, Any], where: str, mapped: Mapping[str, str], what: str) -> Document:
    """The document in a row; ``where`` names it in messages, ``what`` says what kind of table it stands in.

    Raises DocumentError where it has no text, one that is no string, or a day that is none.
    """
    theirs = fields_of(row, mapped)
    text = _at(row, theirs["text"]) if "text" in theirs else None
    if text is None:
        raise DocumentError(where, "no-text", _no_text(row, theirs))
    if not isinstance(text, str):
        message = f"{theirs['text']!r} is {type(text).__name__}, not text; name another by --field text=NAME"
        raise DocumentError(where, "bad-row", message)
    if markup.looks_marked_up(text):
        text = markup.words(text)
    facts = Facts()
    for field in FIELDS[2:]:
        if field in theirs and (value := _simple(_at(row, theirs[field]))) is not None:
            if field == "published" and day_of(value) is None:
                message = f"{theirs[field]!r} is {value!r}, not a date like 2015-07-14"
                raise DocumentError(where, "bad-date", message)
            facts.add(field, value, f"field {theirs[field]}")
    id = _simple(_at(row, theirs["id"])) if "id" in theirs else None
    return facts.document(text_id(text) if id is None else str(id), text, what)


def bare(name: str) -> str:
    """A name of a field without what differs between spellings: 'Pub_Date' is 'pubdate'."""
    return _SIGNS.sub("", name.lower())


@lru_cache(maxsize=256)
def _fields_of(names: tuple[str, ...], mapped: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    there = {bare(name): name for name in reversed(names)}
    found: dict[str, str] = {}
    for ours, theirs in mapped:
        if theirs in names or theirs.partition(".")[0] in names:
            found[ours] = theirs
    for ours in FIELDS:
        usual = (there[name] for name in _usual(ours) if name in there)
        free = (name for name in usual if name not in found.values())
        if ours not in found and (name := next(free, None)) is not None:
            found[ours] = name
    return tuple(found.items())


@cache
def _usual(field: str) -> tuple[str, ...]:
    return tuple(map(bare, read_toml("sources", "fields.toml")["fields"][field]))


def _at(row: Mapping[str, Any], path: str) -> Any:
    if path in row:
        return row[path]
    value: Any = row
    for part in path.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _simple(value: Any) -> Any:
    """A value as words, a number or a day: a list is its items, an object its name; None where empty."""
    if isinstance(value, (list, tuple)):
        return ", ".join(str(item) for item in map(_simple, value[:20]) if item is not None) or None
    if isinstance(value, Mapping):
        return _simple(value.get("name") or value.get("title"))
    if isinstance(value, str):
        return value.strip() or None
    return None if isinstance(value, float) and value != value else value


def _no_text(row: Mapping[str, Any], theirs: Mapping[str, str]) -> str:
    if "text" in theirs:
        return f"the row has nothing in {theirs['text']!r}"
    names = ", ".join(list(map(str, row))[:_SHOWN]) or "none"
    return f"the row has no 'text' (fields: {names}); name it by --field text=NAME"
