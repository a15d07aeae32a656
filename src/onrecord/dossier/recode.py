"""Code the reports of a dossier again, with a newer version, another model or other knowledge.

Reports that copy one another are written anew together, each group in one transaction: a run can end at any
point and be started again, and goes on with what is not done. Reviews are laid over the new rows.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import msgspec

import onrecord
from onrecord.dossier import grouping
from onrecord.dossier.adding import DEFAULT, Coding
from onrecord.dossier.connection import connect, errors, transaction
from onrecord.dossier.contents import clear, fill
from onrecord.dossier.overlay import load
from onrecord.dossier.rows import Row, Rows, pack, rows_of, unpack
from onrecord.record import CoderInfo, Document, Record
from onrecord.sources import Failure

# What is named by another rule, or by one more sure of itself, is the same entry.
_OF_NO_MATTER = ("local", "because", "confidence")


@dataclass(frozen=True, slots=True)
class Change:
    """What became of the entries of one table in one report."""

    table: str
    same: int = 0
    added: int = 0
    gone: int = 0
    changed: int = 0


@dataclass(frozen=True, slots=True)
class Recoded:
    """A report that was coded again: by which version before (None: it was not coded) and now, and what that
    changed; where ``failure`` says why it could not be coded, nothing was."""

    report: str
    before: str | None
    now: str | None
    changes: tuple[Change, ...] = ()
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class _Filed:
    """A report as it is filed; ``lead`` is the number of the first of its copies."""

    n: int
    lead: int
    document: Document
    record: Record | None


def recode(
    path: str | os.PathLike[str], coding: Coding = DEFAULT, *, all_reports: bool = False
) -> Iterator[Recoded]:
    """Code again what was coded with anything else than is used now, or could not be coded; every report
    where ``all_reports``. Gives each report after it is safely written.

    Raises DossierError, and what ``code_many`` raises.
    """
    connection = connect(path, write=True)
    try:
        with errors(path):
            yield from _recode(connection, coding, all_reports)
    finally:
        connection.close()


def changes(old: Rows, new: Rows) -> tuple[Change, ...]:
    """What is the same, added, gone and changed between two records' rows of one report, by table."""
    return tuple(
        _change(table, old_rows, new_rows)
        for table, old_rows, new_rows in (
            ("statements", old.statements, new.statements),
            ("tellings", old.tellings, new.tellings),
            ("positions", old.positions, new.positions),
        )
    )


def _recode(connection: sqlite3.Connection, coding: Coding, all_reports: bool) -> Iterator[Recoded]:
    info = onrecord.load(coding.model, actors=coding.actors, frames=coding.frames).info
    numbers = _outdated(connection, info, all_reports)
    # A document is read a second time where its result arrives: only what is under way is in memory.
    results = coding.code(_read(connection, n).document for n in numbers)
    pairs = ((_read(connection, n), result) for n, result in zip(numbers, results, strict=True))
    for _, group in groupby(pairs, key=lambda pair: pair[0].lead):
        coded = list(group)  # before the transaction: others can write while documents are coded
        with transaction(connection):
            done = _write(connection, coded, info)
        yield from done
    with transaction(connection):
        grouping.sweep_issues(connection)


def _outdated(connection: sqlite3.Connection, info: CoderInfo, all_reports: bool) -> list[int]:
    """The reports to code, each group of copies whole, the first filed first."""
    rows = connection.execute(
        "SELECT n, coalesce(copy_of, n) AS lead, state, coder, model, knowledge, attribution FROM report "
        "ORDER BY lead, n"
    ).fetchall()
    chosen = []
    for _, group in groupby(rows, key=lambda row: row["lead"]):
        members = list(group)
        if all_reports or any(_is_outdated(row, info) for row in members):
            chosen += [row["n"] for row in members]
    return chosen


def _is_outdated(row: sqlite3.Row, info: CoderInfo) -> bool:
    if row["state"] == "uncoded":
        return bool(row["coder"] != info.version)
    now = info.version, info.model, info.knowledge, info.attribution
    return now != tuple(row[name] for name in ("coder", "model", "knowledge", "attribution"))


def _read(connection: sqlite3.Connection, n: int) -> _Filed:
    row = connection.execute("SELECT * FROM report WHERE n = ?", (n,)).fetchone()
    lead = row["copy_of"] or n
    if row["record"] is not None:
        record = unpack(row["record"], row["text"])
        bare = msgspec.structs.replace(record.document, repairs=())
        return _Filed(n, lead, bare, record)
    names = ("id", "text", "url", "outlet", "title", "byline", "published", "updated", "language")
    return _Filed(n, lead, Document(**{name: row[name] for name in names}), None)


def _write(
    connection: sqlite3.Connection, group: list[tuple[_Filed, Record | Failure]], info: CoderInfo
) -> list[Recoded]:
    """Write a group of copies anew; what could not be coded stays as it was."""
    reviews = load(connection)
    events: set[str] = set()
    for filed, result in group:
        if filed.record is not None or isinstance(result, Record):
            events |= clear(connection, filed.n)
    done = []
    for filed, result in group:
        before = filed.record.coder.version if filed.record else None
        if isinstance(result, Record):
            record = result
            old = rows_of(filed.record) if filed.record else Rows((), (), (), (), ())
            done.append(Recoded(filed.document.id, before, info.version, changes(old, rows_of(record))))
            _update(connection, filed.n, record)
            if filed.record is None:
                _join_copies(connection, filed)
        else:
            done.append(Recoded(filed.document.id, before, None, failure=str(result)))
            if filed.record is None:
                _note_failure(connection, filed.n, result, info)
                continue
            record = filed.record
        events |= fill(connection, filed.n, record, reviews)
    grouping.refresh_events(connection, events)
    return done


def _join_copies(connection: sqlite3.Connection, filed: _Filed) -> None:
    """A report that is coded for the first time may be a copy of another."""
    lead = grouping.sign(connection, filed.n, filed.document.text)
    connection.execute("UPDATE report SET copy_of = ? WHERE n = ?", (lead, filed.n))


def _update(connection: sqlite3.Connection, n: int, record: Record) -> None:
    coder = record.coder
    connection.execute(
        """UPDATE report SET state = 'coded', reason = NULL, language = ?, coder = ?, model = ?,
            knowledge = ?, attribution = ?, record = ? WHERE n = ?""",
        (
            record.document.language, coder.version, coder.model, coder.knowledge, coder.attribution,
            pack(record), n,
        ),
    )  # fmt: skip


def _note_failure(connection: sqlite3.Connection, n: int, failure: Failure, info: CoderInfo) -> None:
    connection.execute(
        "UPDATE report SET reason = ?, coder = ? WHERE n = ?",
        (f"{failure.message} [{failure.code}]", info.version, n),
    )


def _change(table: str, old: tuple[Row, ...], new: tuple[Row, ...]) -> Change:
    before, now = ({row.id: _said(row) for row in rows} for rows in (old, new))
    both = before.keys() & now.keys()
    same = sum(1 for i in both if before[i] == now[i])
    return Change(table, same, len(now) - len(both), len(before) - len(both), len(both) - same)


def _said(row: Row) -> dict[str, object]:
    return {name: getattr(row, name) for name in row.__slots__ if name not in _OF_NO_MATTER}
