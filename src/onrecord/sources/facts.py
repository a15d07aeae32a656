"""What is known about a document, with where each fact was found."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

import msgspec

from onrecord.record import Document, Origin, Warning
from onrecord.sources.days import day_of
from onrecord.sources.language import is_english

FIELDS = ("text", "url", "outlet", "title", "byline", "published", "updated", "language")
_SPACE = re.compile(r"\s+")
_BY = re.compile(r"^by:?\s+(?=\S)", re.IGNORECASE)
_CODE = re.compile(r"^[a-z]{2}(?:[-_]|$)", re.IGNORECASE)
_LONGEST = 500  # characters; what is longer is no title and no name


class Facts:
    """Facts about one document as they are found; the first to give a field is the one believed."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[str, str]] = {}
        self._warnings: list[Warning] = []

    def add(self, field: str, value: object, where: str) -> None:
        """Note a fact where nothing is known of its field yet; what is empty, or no date, is none."""
        if field in self._found or value is None:
            return
        if field in ("published", "updated"):
            kept = day_of(value) if isinstance(value, (str, int, float)) else None
        else:
            kept = _SPACE.sub(" ", str(value)).strip()
        if field == "byline" and kept:
            kept = _BY.sub("", kept)
        elif field == "language" and kept and is_english(kept) and not _CODE.match(kept):
            kept = "en"
        if kept and len(kept) <= _LONGEST:
            self._found[field] = (kept, where)

    def warn(self, code: str, message: str) -> None:
        """Note something that a reader of the record must know."""
        self._warnings.append(Warning(code=code, message=message))

    def get(self, field: str) -> str | None:
        """What is known of a field so far."""
        return self._found[field][0] if field in self._found else None

    def found(self) -> dict[str, tuple[str, str]]:
        """Each fact and where it was found, by field."""
        return dict(self._found)

    def document(self, id: str, text: str, what: str) -> Document:
        """The document of these facts; ``what`` says what its text was taken from."""
        self._drop_what_is_no_update()
        found = {field: value for field, (value, _) in self._found.items()}
        where = {"text": what} | {field: where for field, (_, where) in self._found.items()}
        known = {"id": id, "text": text, "origins": origins(where.items()), "warnings": tuple(self._warnings)}
        return msgspec.convert(found | known, Document)

    def _drop_what_is_no_update(self) -> None:
        published, updated = self.get("published"), self.get("updated")
        if updated and published and updated < published:
            del self._found["updated"]  # the sites' own mistake: nothing changes before it is there


def origins(where: Iterable[tuple[str, str]]) -> tuple[Origin, ...]:
    """The origins of fields, in the order of the fields."""
    known = dict(where)
    return tuple(Origin(field=field, where=known[field]) for field in FIELDS if field in known)


def with_facts(document: Document, added: dict[str, tuple[str, str]]) -> Document:
    """The document with facts set, each a value and where it was found, over what it had."""
    if not added:
        return document
    where = {origin.field: origin.where for origin in document.origins}
    where |= {field: w for field, (_, w) in added.items()}
    values = {field: value for field, (value, _) in added.items()}
    return msgspec.structs.replace(document, **values, origins=origins(where.items()))


def text_id(text: str) -> str:
    """The id of a document that comes without one: the SHA-256 of its text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
