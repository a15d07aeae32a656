"""What ``onrecord show`` lists: one function a listing, and the registry.

A new listing is a function like those below, a line in ``LISTINGS``, and one in the help of the command.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from onrecord.dossier.filters import Filters
from onrecord.dossier.query_accounts import accounts
from onrecord.dossier.query_events import ShownEvent, events
from onrecord.dossier.query_overview import actors, issues, reports
from onrecord.dossier.query_positions import ShownPosition, Standing, positions, shifts, standing
from onrecord.dossier.query_statements import statements
from onrecord.output.listing import Column, Listing

STANCE_COLOURS = {"supports": "green", "opposes": "red", "conditional": "yellow", "noncommittal": "dim"}
# A sign beside the word, so that a stance is read at a glance and without colour.
SIGNS = {"supports": "+", "opposes": "−", "conditional": "±", "noncommittal": "?"}
_ID = Column("", None)
_DAY = Column("day", None)


def _positions(connection: sqlite3.Connection, filters: Filters) -> Listing:
    rows = standing(connection, filters)
    columns = (
        _ID, Column("issue", 30), Column("party", 20), Column("stance", None, STANCE_COLOURS),
        Column("since", None), Column("history", None), Column("words", 44),
    )  # fmt: skip
    cells = [
        (
            s.last.id,
            s.last.label,
            s.last.party_name,
            stance(s.last),
            when(s.since.date_from, s.since.precision, s.since.taken),
            _history(s),
            _words(s.last),
        )
        for s in rows
    ]
    return _listing(columns, cells, [_standing_data(s) for s in rows])


def _timeline(connection: sqlite3.Connection, filters: Filters) -> Listing:
    """Positions and, where no issue or speaker is asked for, events, by day."""
    every = replace(filters, limit=None, offset=0)
    lines: list[tuple[str, str, ShownPosition | ShownEvent]] = [
        (p.taken or "", p.id, p) for p in positions(connection, every)
    ]
    if not (filters.issue or filters.speaker or filters.basis):
        lines += [(e.date_from, e.id, e) for e in events(connection, every) if e.date_from]
    lines.sort(key=lambda line: line[:2])
    stop = None if filters.limit is None else filters.offset + filters.limit
    rows = [row for _, _, row in lines[filters.offset : stop]]
    columns = (
        _ID, _DAY, Column("party", 22), Column("what", 26, STANCE_COLOURS), Column("words", 60),
    )  # fmt: skip
    cells = [_event_line(row) if isinstance(row, ShownEvent) else _position_line(row) for row in rows]
    return _listing(columns, cells, [asdict(row) for row in rows])


def _position_line(p: ShownPosition) -> tuple[str, ...]:
    day = when(p.date_from, p.precision, p.taken)
    return p.id, day, p.party_name, f"{stance(p)} ({p.act})", f"{p.label}: {p.text}"


def _event_line(e: ShownEvent) -> tuple[str, ...]:
    return e.id, when(e.date_from, e.precision), _names(e.actor_names), _deed(e), e.sentence


def _shifts(connection: sqlite3.Connection, filters: Filters) -> Listing:
    rows = shifts(connection, filters)
    columns = (
        _DAY, Column("", None), Column("party", 20), Column("issue", 30), Column("from", 34),
        Column("to", 34),
    )  # fmt: skip
    cells = [
        (
            m.day or "–", m.kind, m.positions[-1].party_name, m.positions[-1].label,
            _evidence(m.positions[0]), "  /  ".join(_evidence(p) for p in m.positions[1:]),
        )
        for m in rows
    ]  # fmt: skip
    data = [
        {
            "kind": m.kind, "day": m.day, "party": p.party, "party_name": p.party_name, "issue": p.issue,
            "label": p.label, "order": i, **asdict(p),
        }
        for m in rows
        for i, p in enumerate(m.positions)
    ]  # fmt: skip
    return _listing(columns, cells, data, "no shift and no contradiction found")


def _statements(connection: sqlite3.Connection, filters: Filters) -> Listing:
    rows = statements(connection, filters)
    columns = (_ID, _DAY, Column("speaker", 24), Column("kind", None), Column("words", 60), Column("in", 20))
    cells = [
        (s.id, s.day or "–", s.speaker_name, s.kind, s.content, ", ".join(s.outlets) or s.report)
        for s in rows
    ]
    return _listing(columns, cells, [asdict(s) for s in rows])


def _events(connection: sqlite3.Connection, filters: Filters) -> Listing:
    return _event_listing(events(connection, filters))


def _encounters(connection: sqlite3.Connection, filters: Filters) -> Listing:
    return _event_listing(events(connection, filters, encounters=True))


def _event_listing(rows: Sequence[ShownEvent]) -> Listing:
    columns = (
        _ID, _DAY, Column("what", 22), Column("actor", 22), Column("recipient", 22), Column("told", None),
        Column("words", 44),
    )  # fmt: skip
    cells = [
        (
            e.id, when(e.date_from, e.precision), _deed(e), _names(e.actor_names), _names(e.recipient_names),
            f"{e.tellings}×" if e.outlets < 2 else f"{e.tellings}× in {e.outlets}", e.sentence,
        )
        for e in rows
    ]  # fmt: skip
    return _listing(columns, cells, [asdict(e) for e in rows])


def _accounts(connection: sqlite3.Connection, filters: Filters) -> Listing:
    rows = accounts(connection, filters)
    columns = (
        Column("encounter", None), _DAY, Column("told", 24), Column("what", 28), Column("words", 60),
    )  # fmt: skip
    return _listing(
        columns,
        [
            (r.event, r.day or "–", r.told, r.what, " / ".join(f"{side}: {words}" for side, words in r.words))
            for r in rows
        ],
        [asdict(r) for r in rows],
        "no encounter of which two sides give an account",
    )


def _issues(connection: sqlite3.Connection, filters: Filters) -> Listing:
    rows = issues(connection, filters)
    columns = (
        Column("id", 40), Column("issue", 40), Column("topic", None), Column("positions", None),
        Column("parties", 30), Column("from", None), Column("to", None),
    )  # fmt: skip
    cells = [
        (
            i.id,
            i.label,
            i.topic or "–",
            str(i.positions),
            _names(i.party_names),
            i.first or "–",
            i.last or "–",
        )
        for i in rows
    ]
    return _listing(columns, cells, [asdict(i) for i in rows])


def _actors(connection: sqlite3.Connection, filters: Filters) -> Listing:
    rows = actors(connection, filters)
    columns = (
        Column("id", 32), Column("name", 30), Column("kind", None), Column("party", 20), Column("role", 30),
        Column("reports", None), Column("mentions", None),
    )  # fmt: skip
    cells = [
        (a.id, a.name, a.kind, a.party or "–", a.role or "–", str(a.reports), str(a.mentions)) for a in rows
    ]
    return _listing(columns, cells, [asdict(a) for a in rows])


def _reports(connection: sqlite3.Connection, filters: Filters) -> Listing:
    rows = reports(connection, filters)
    columns = (
        Column("id", 30), Column("published", None), Column("outlet", 20), Column("title", 44),
        Column("holds", None), Column("note", 30),
    )  # fmt: skip
    cells = [
        (
            r.id, r.published or "–", r.outlet or "–", r.title or "–",
            f"{r.statements} s, {r.tellings} e, {r.positions} p",
            r.reason or (f"copy of {r.copy_of}" if r.copy_of else f"{r.copies} copies" if r.copies else ""),
        )
        for r in rows
    ]  # fmt: skip
    return _listing(columns, cells, [asdict(r) for r in rows])


def when(first: str | None, precision: str | None, else_by: str | None = None) -> str:
    """A day as exact as it is known: '2015-07-14', '2015-07', '2015'; 'by' a day, where only that is."""
    if not first:
        return f"by {else_by}" if else_by else "–"
    return first[: {"year": 4, "month": 7}.get(precision or "", 10)]


def stance(row: ShownPosition) -> str:
    """A stance as a sign and a word."""
    return f"{SIGNS[row.stance]} {row.stance}"


def _history(s: Standing) -> str:
    return "".join(SIGNS[stance] for stance in s.history) + (f" {s.count}×" if s.count > 1 else "")


def _words(row: ShownPosition) -> str:
    return f"{row.text} [{row.condition}]" if row.condition and row.condition not in row.text else row.text


def _evidence(row: ShownPosition) -> str:
    return f"{row.taken or '–'} {stance(row)}: {row.text} [{row.id}]"


def _deed(row: ShownEvent) -> str:
    what = row.type if row.mode is None else f"{row.type} {row.mode}"
    return what if row.status in ("happened", "ongoing") else f"{what}, {row.status}"


def _names(names: Sequence[str]) -> str:
    return ", ".join(names) or "–"


def _standing_data(s: Standing) -> dict[str, Any]:
    return {
        **asdict(s.last),
        "since": s.since.taken,
        "count": s.count,
        "history": s.history,
    }


def _listing(
    columns: tuple[Column, ...],
    cells: Sequence[tuple[str, ...]],
    data: Sequence[Mapping[str, Any]],
    empty: str = "nothing found",
) -> Listing:
    return Listing(columns, tuple(cells), tuple(data), empty)


LISTINGS: Mapping[str, Callable[[sqlite3.Connection, Filters], Listing]] = {
    "positions": _positions,
    "timeline": _timeline,
    "shifts": _shifts,
    "statements": _statements,
    "events": _events,
    "encounters": _encounters,
    "accounts": _accounts,
    "issues": _issues,
    "actors": _actors,
    "reports": _reports,
}
