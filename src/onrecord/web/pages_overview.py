"""The first page: who, what is on the table, who moved last, and on what it all rests."""

from __future__ import annotations

import sqlite3

from starlette.requests import Request

from onrecord.dossier.filters import Filters
from onrecord.dossier.query_overview import coverage, failures, reports
from onrecord.dossier.query_positions import shifts, standing
from onrecord.web.matrix import matrix
from onrecord.web.page import Page

_PARTIES, _ISSUES, _SHIFTS, _LEFT = 6, 8, 8, 20


def overview(connection: sqlite3.Connection, request: Request) -> Page:
    """The overview of the dossier."""
    every = shifts(connection)
    moved = [s for s in every if s.kind == "shift"]
    contradictions = [s for s in every if s.kind == "contradiction"]
    standings = standing(connection, issues=slice(_ISSUES))
    left = [r for r in reports(connection, Filters()) if r.state == "uncoded"]
    values = {
        "coverage": coverage(connection),
        "matrix": matrix(standings, every, parties=_PARTIES),
        "shifts": moved[::-1][:_SHIFTS],
        "shift_count": len(moved),
        "contradictions": contradictions[::-1][:_SHIFTS],
        "contradiction_count": len(contradictions),
        "uncoded": left[:_LEFT],
        "failures": failures(connection)[:_LEFT],
    }
    return Page("overview.html", "Overview", values)
