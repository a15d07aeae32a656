"""What was said: the search, and one entry with its words in every report that carries it."""

from __future__ import annotations

import sqlite3
from types import SimpleNamespace

from starlette.exceptions import HTTPException
from starlette.requests import Request

from onrecord.dossier.evidence import passages, resolve
from onrecord.dossier.lookup import names
from onrecord.dossier.query_overview import topics
from onrecord.dossier.query_statements import count, statements
from onrecord.errors import UsageError
from onrecord.web.page import Page, filters, number, param
from onrecord.web.review_form import card, reviews_of, suggestions

_PER_PAGE = 40


def search(connection: sqlite3.Connection, request: Request) -> Page:
    """Statements by words, speaker, party, issue, kind, channel and day."""
    page = number(request, "page", 1)
    chosen = filters(request, limit=_PER_PAGE, offset=(page - 1) * _PER_PAGE)
    try:
        found, number_of, nobody = statements(connection, chosen), count(connection, chosen), ""
    except UsageError as e:
        found, number_of, nobody = (), 0, str(e)
    channels = connection.execute(
        "SELECT DISTINCT channel FROM statement WHERE channel IS NOT NULL ORDER BY channel"
    )
    values = {
        "statements": found,
        "count": number_of,
        "nobody": nobody,
        "page": page,
        "more": number_of > page * _PER_PAGE,
        "topics": topics(connection),
        "channels": [row[0] for row in channels],
    }
    return Page("statements.html", "Statements", values)


def entry(connection: sqlite3.Connection, request: Request) -> Page:
    """A statement, position or telling: what was coded, why, and the words in each report."""
    kind, full = resolve(connection, param(request, "entry"))
    if not (kind == "statement" or kind == "position" or kind == "telling"):
        raise HTTPException(404, "The dossier holds no such entry.")
    row = dict(connection.execute(f"SELECT * FROM {kind} WHERE id = ?", (full,)).fetchone())
    people = [row.get(key) for key in ("speaker", "party", "voice", "addressee")]
    values = {
        "kind": kind,
        "entry": SimpleNamespace(**row),
        "passages": passages(connection, kind, full),
        "names": names(connection, [p for p in people if p]),
        "issue": _label(connection, row["issue"]) if kind == "position" else None,
        "card": card(connection, kind, full),
        "lists": suggestions(connection),
        "reviews": reviews_of(connection, full),
        "last": None,
    }
    return Page("entry.html", f"{kind.capitalize()} {full}", values)


def _label(connection: sqlite3.Connection, issue: str) -> str:
    label: str = connection.execute("SELECT label FROM issue WHERE id = ?", (issue,)).fetchone()[0]
    return label
