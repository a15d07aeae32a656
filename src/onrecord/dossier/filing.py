"""File what was coded: a report with all its rows, whole or not at all, and once."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import msgspec

from onrecord import __version__
from onrecord.dossier import grouping
from onrecord.dossier.connection import transaction
from onrecord.dossier.contents import fill
from onrecord.dossier.known import Known
from onrecord.dossier.overlay import load
from onrecord.dossier.rows import pack
from onrecord.record import Document, Record
from onrecord.sources import Failure

What = Literal["new", "same", "copy", "revised", "uncoded", "failed"]
# Of the text's hash, as much as tells two versions of one report apart.
_VERSION = 8


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of a document: ``report`` is the id it is filed under, None where it could not be read.

    ``new``; ``same``: it was there, nothing is written; ``copy`` of another report, whose id is ``of``;
    ``revised``: another text under the id ``of``, filed beside it; ``uncoded``: kept with its text and the
    ``reason``; ``failed``: noted with the reason, which says here also where it was read.
    """

    what: What
    report: str | None
    of: str | None = None
    reason: str | None = None


def document_id(connection: sqlite3.Connection, document: Document) -> tuple[str, bool]:
    """The id that a document has in the dossier, and whether it is filed.

    It is the document's own id, or where that has another text, the id with the beginning of the text's hash.
    """
    sha = text_hash(document.text)
    for name in (document.id, f"{document.id}@{sha[:_VERSION]}"):
        row = connection.execute("SELECT text_sha FROM report WHERE id = ?", (name,)).fetchone()
        if row is None or row["text_sha"] == sha:
            return name, row is not None
    return name, True


def file(
    connection: sqlite3.Connection, record: Record, source: str | None = None, known: Known | None = None
) -> Filed:
    """File a record in a transaction of its own, or in the one that is open. ``source`` is where it was read;
    ``known`` what is read of the file once where many are filed.

    Raises sqlite3.Error, and then nothing of it is filed.
    """
    if not connection.in_transaction:
        with transaction(connection):
            return file(connection, record, source, known)
    if known:
        known.renew()
    given = record.document.id
    name, there = document_id(connection, record.document)
    if there:
        return Filed("same", name)
    record = msgspec.structs.replace(record, document=msgspec.structs.replace(record.document, id=name))
    n = _insert_report(connection, record.document, source, record)
    lead = grouping.sign(connection, n, record.document.text)
    if lead is not None:
        connection.execute("UPDATE report SET copy_of = ? WHERE n = ?", (lead, n))
    reviews = known.reviews() if known else load(connection)
    grouping.refresh_events(connection, fill(connection, n, record, reviews, known))
    if name != given:
        return Filed("revised", name, given)
    if lead is not None:
        (of,) = connection.execute("SELECT id FROM report WHERE n = ?", (lead,)).fetchone()
        return Filed("copy", name, of)
    return Filed("new", name)


def file_failure(connection: sqlite3.Connection, failure: Failure, source: str | None = None) -> Filed:
    """Note what could not be coded: as an uncoded report where its text is there, else as a failure."""
    if not connection.in_transaction:
        with transaction(connection):
            return file_failure(connection, failure, source)
    reason = f"{failure.message} [{failure.code}]"
    document = failure.document
    if document is not None and _keepable(document.text):
        name, there = document_id(connection, document)
        if there:
            return Filed("same", name)
        _insert_report(connection, msgspec.structs.replace(document, id=name), source, reason=plain(reason))
        return Filed("uncoded", name, reason=reason)
    where = [str(part) for part in (failure.line, failure.offset) if part is not None]
    connection.execute(
        "INSERT OR IGNORE INTO failure (source, place, reason, filed) VALUES (?, ?, ?, ?)",
        (plain(failure.source), ":".join(where), plain(reason), _now()),
    )
    return Filed("failed", None, reason=str(failure))


def text_hash(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal: two documents with the same one are the same."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def plain(text: str) -> str:
    """The text as SQLite and UTF-8 can hold it: halves of surrogate pairs, as in odd file names, escaped."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _insert_report(
    connection: sqlite3.Connection,
    document: Document,
    source: str | None,
    record: Record | None = None,
    reason: str | None = None,
) -> int:
    coder = record.coder if record else None
    made_by = (
        (coder.version, coder.model, coder.knowledge, coder.attribution)
        if coder
        else (__version__, None, None, None)
    )
    cursor = connection.execute(
        """INSERT INTO report (id, url, outlet, title, byline, published, updated, language, words, text,
            text_sha, source, filed, state, reason, coder, model, knowledge, attribution, record)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            document.id, document.url, document.outlet, document.title, document.byline, document.published,
            document.updated, document.language, len(document.text.split()), document.text,
            text_hash(document.text), source, _now(), "coded" if record else "uncoded", reason,
            *made_by,
            pack(record) if record else None,
        ),
    )  # fmt: skip
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _keepable(text: str) -> bool:
    return bool(text.strip()) and "\0" not in text and plain(text) == text


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
