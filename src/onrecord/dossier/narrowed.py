"""The records of a dossier with only what filters choose, each thing once, issues under the dossier's ids."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import msgspec

from onrecord.dossier.filters import EVERYTHING, Filters
from onrecord.dossier.query_events import tellings
from onrecord.dossier.query_positions import positions
from onrecord.dossier.query_statements import statements
from onrecord.dossier.records import records_in
from onrecord.record import Issue, Record


def narrowed(connection: sqlite3.Connection, filters: Filters = EVERYTHING) -> Iterator[Record]:
    """The records, overlaid by reviews, with the positions, events and statements that the filters choose.

    What copies repeat is left out; a report of which nothing is chosen is not given. An issue that several
    reports tell of has one id and label in all of them. Raises UsageError where a name is nobody's.
    """
    held = {(p.report, p.start, p.end, p.party) for p in positions(connection, filters)}
    done = {(t.report, t.start, t.end) for t in tellings(connection, filters)}
    said = {(s.report, s.start, s.end) for s in statements(connection, filters)}
    for record in records_in(connection):
        at = record.document.id
        kept = msgspec.structs.replace(
            record,
            positions=tuple(p for p in record.positions if (at, p.span.start, p.span.end, p.party) in held),
            events=tuple(e for e in record.events if (at, e.span.start, e.span.end) in done),
            statements=tuple(
                s
                for s in record.statements
                if s.content and (at, s.content[0].start, s.content[-1].end) in said
            ),
        )
        if kept.positions or kept.events or kept.statements:
            yield _with_issues_of_dossier(connection, kept)


def _with_issues_of_dossier(connection: sqlite3.Connection, record: Record) -> Record:
    """The record with the ids and labels that its issues have in the dossier."""
    placed = {
        row["local"]: (row["issue"], row["label"])
        for row in connection.execute(
            "SELECT p.local, p.issue, i.label FROM issue_in p JOIN report r ON r.n = p.report "
            "JOIN issue i ON i.id = p.issue WHERE r.id = ?",
            (record.document.id,),
        )
    }
    issues: dict[str, Issue] = {}
    for issue in record.issues:
        name, label = placed.get(issue.id, (issue.id, issue.label))
        issues.setdefault(name, msgspec.structs.replace(issue, id=name, label=label))
    return msgspec.structs.replace(
        record,
        issues=tuple(issues.values()),
        positions=tuple(
            msgspec.structs.replace(p, issue=placed[p.issue][0] if p.issue in placed else p.issue)
            for p in record.positions
        ),
    )
