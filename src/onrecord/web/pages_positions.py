"""Where parties stand: the matrix, one cell of it, an issue, a party, and who moved."""

from __future__ import annotations

import sqlite3
from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request

from onrecord.dossier.evidence import passages
from onrecord.dossier.filters import Filters
from onrecord.dossier.lookup import names
from onrecord.dossier.query_events import events
from onrecord.dossier.query_overview import actors, coverage, outlets, topics
from onrecord.dossier.query_positions import positions, standing
from onrecord.dossier.query_positions import shifts as find_shifts
from onrecord.dossier.query_statements import statements
from onrecord.web.matrix import matrix as make_matrix
from onrecord.web.page import Page, filters, number, param
from onrecord.web.review_form import last_given, reviews_of, suggestions

_PARTIES, _WIDEST, _CELLS, _PER_PAGE, _LATEST = 8, 30, 320, 60, 12
# On the pages of a party and an issue; the rest is on pages of its own.
_MOST = 40


def matrix(connection: sqlite3.Connection, request: Request) -> Page:
    """The matrix party × issue, as it stands or stood on a day."""
    chosen, page = filters(request), number(request, "page", 1)
    wide = min(number(request, "parties", _PARTIES), _WIDEST)
    per_page = _CELLS // max(wide, _PARTIES)
    first_issue = (page - 1) * per_page
    found = standing(connection, chosen, issues=slice(first_issue, first_issue + per_page + 1))
    shown = list(dict.fromkeys(s.last.issue for s in found))[:per_page]
    held = coverage(connection)
    first, last = held.first or "", held.last or ""
    span = (date.fromisoformat(last[:10]) - date.fromisoformat(first[:10])).days if first and last else 0
    values = {
        "matrix": make_matrix(
            [s for s in found if s.last.issue in shown],
            find_shifts(connection, chosen),
            parties=wide,
        ),
        "page": page,
        "more": any(s.last.issue not in shown for s in found),
        "outlets": outlets(connection),
        "topics": topics(connection),
        "first": first[:10],
        "last": last[:10],
        "span": span,
        "wide": wide,
    }
    return Page("positions.html", "Positions", values)


def stand(connection: sqlite3.Connection, request: Request) -> Page:
    """One party on one issue: each position with its words, in order, and where it moved."""
    party, issue_id = param(request, "party"), param(request, "issue")
    chosen = Filters(party=party, issue=issue_id)
    found = [p for p in positions(connection, chosen) if p.party == party and p.issue == issue_id]
    if not found:
        raise HTTPException(404, "This party has no position on this issue in the dossier.")
    latest = found[::-1][:_MOST]
    moved = [s for s in find_shifts(connection, chosen) if s.positions[-1].party == party]
    values = {
        "positions": latest,
        "count": len(found),
        "passages": {p.id: passages(connection, "position", p.id) for p in latest},
        "shifts": moved[::-1][:_LATEST],
        "last": found[-1],
        "since": next(s.since for s in standing(connection, chosen) if s.last.party == party),
    }
    return Page("stand.html", f"{found[-1].party_name} on {found[-1].label}", values)


def issue(connection: sqlite3.Connection, request: Request) -> Page:
    """The story of one issue: who stands where, who moved, in whose words."""
    wanted = param(request, "issue")
    row = connection.execute("SELECT id, label, topic FROM issue WHERE id = ?", (wanted,)).fetchone()
    if row is None:
        raise HTTPException(404, "The dossier holds no such issue.")
    chosen = Filters(issue=wanted)
    linked = "SELECT i.id, i.label FROM broader b JOIN issue i ON i.id = b.{} WHERE b.{} = ? ORDER BY i.label"
    found = positions(connection, chosen)
    moved = find_shifts(connection, chosen)[::-1]
    values = {
        "issue": row,
        "broader": connection.execute(linked.format("broader", "issue"), (wanted,)).fetchall(),
        "narrower": connection.execute(linked.format("issue", "broader"), (wanted,)).fetchall(),
        "standings": standing(connection, chosen)[:_MOST],
        "shifts": moved[:_LATEST],
        "shift_count": len(moved),
        "positions": found[::-1][:_PER_PAGE],
        "count": len(found),
        "statements": statements(connection, Filters(issue=wanted, limit=_LATEST)),
        "reviews": reviews_of(connection, wanted),
        "last": last_given(connection, request),
        "lists": {"issues": [i for i in suggestions(connection)["issues"] if i[0] != wanted]},
    }
    return Page("issue.html", row["label"], values)


def party(connection: sqlite3.Connection, request: Request) -> Page:
    """The story of one party: its people, where it stands, where it moved, what it said and did last."""
    wanted = param(request, "party")
    known = (
        "SELECT 1 FROM position WHERE party = :p "
        "UNION SELECT 1 FROM event_side WHERE party = :p OR actor = :p"
    )
    if not connection.execute(known, {"p": wanted}).fetchone():
        raise HTTPException(404, "The dossier holds no such party.")
    chosen = Filters(party=wanted)
    done = events(connection, chosen)
    standings, moved = standing(connection, chosen), find_shifts(connection, chosen)[::-1]
    values = {
        "party": wanted,
        "people": [a for a in actors(connection, Filters(party=wanted, limit=_LATEST)) if a.id != wanted],
        "standings": standings[:_MOST],
        "standing_count": len(standings),
        "shifts": moved[:_LATEST],
        "shift_count": len(moved),
        "statements": statements(connection, Filters(party=wanted, limit=_LATEST)),
        "events": [e for e in done if e.date_from][::-1][:_LATEST],
    }
    return Page("party.html", names(connection, [wanted])[wanted], values)


def shifts(connection: sqlite3.Connection, request: Request) -> Page:
    """Who moved, the latest first, and where sources contradict each other."""
    chosen, page = filters(request), number(request, "page", 1)
    found = find_shifts(connection, chosen)[::-1]
    part = found[(page - 1) * _PER_PAGE : page * _PER_PAGE]
    values = {
        "shifts": part,
        "count": len(found),
        "page": page,
        "more": len(found) > page * _PER_PAGE,
        "topics": topics(connection),
    }
    return Page("shifts.html", "Shifts and contradictions", values)
