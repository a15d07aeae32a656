"""The reports: what was filed, what could not be, and each to be read with what was coded in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from starlette.exceptions import HTTPException
from starlette.requests import Request

from onrecord.dossier.filters import Filters
from onrecord.dossier.query_events import tellings
from onrecord.dossier.query_overview import failures, outlets
from onrecord.dossier.query_overview import reports as list_reports
from onrecord.dossier.query_positions import positions
from onrecord.dossier.query_statements import statements
from onrecord.dossier.rows import unpack
from onrecord.web.page import Page, filters, number, param
from onrecord.web.reading import LAYERS, Mark, paragraphs
from onrecord.web.rendering import SIGNS, deed
from onrecord.web.uploads import Uploads

_PER_PAGE, _FAILURES = 100, 100


def reports(connection: sqlite3.Connection, request: Request) -> Page:
    """What was filed, the latest first; copies, what could not be coded, and failures with their reasons."""
    chosen, page = filters(request), number(request, "page", 1)
    found, failed = list_reports(connection, chosen), failures(connection)
    values = {
        "reports": found[(page - 1) * _PER_PAGE : page * _PER_PAGE],
        "count": len(found),
        "failures": failed[-_FAILURES:],
        "failure_count": len(failed),
        "outlets": outlets(connection),
        "page": page,
        "more": len(found) > page * _PER_PAGE,
    }
    return Page("reports.html", "Reports", values)


def reader(connection: sqlite3.Connection, request: Request) -> Page:
    """A report with its statements, events, positions and actors marked in layers."""
    wanted = param(request, "report")
    row = connection.execute("SELECT * FROM report WHERE id = ?", (wanted,)).fetchone()
    if row is None:
        raise HTTPException(404, "The dossier holds no such report.")
    lead = row
    if row["copy_of"] is not None:
        lead = connection.execute("SELECT id, outlet FROM report WHERE n = ?", (row["copy_of"],)).fetchone()
    parts = paragraphs(row["text"], _marks(connection, row))
    head = "".join(piece.text for piece in parts[0].pieces) if parts else ""
    values = {
        "report": row,
        "headed": " ".join(head.split()) == " ".join((row["title"] or "").split()),
        "lead": lead if row["copy_of"] is not None else None,
        "paragraphs": parts,
        "layers": LAYERS,
        "warnings": unpack(row["record"], row["text"]).warnings if row["record"] else (),
    }
    return Page("reader.html", row["title"] or row["id"], values)


def _marks(connection: sqlite3.Connection, row: sqlite3.Row) -> Iterator[Mark]:
    """The marks of a report: the shown values; where several stretches are one statement, all of them."""
    if row["record"] is None:
        return
    record = unpack(row["record"], row["text"])
    spans = {
        (s.content[0].start, s.content[-1].end): [(c.start, c.end) for c in s.content]
        for s in record.statements
        if s.content
    }
    chosen = Filters(report=row["id"])
    for s in statements(connection, chosen):
        if s.report == row["id"]:
            for start, end in spans.get((s.start, s.end), [(s.start, s.end)]):
                yield Mark(
                    "statement", s.id, start, end, f"{s.speaker_name} said ({s.kind})", s.because or ""
                )
    for t in tellings(connection, chosen):
        if t.report == row["id"]:
            who = " → ".join(", ".join(side) for side in (t.actors, t.recipients) if side)
            label = f"{who or 'Somebody'}: {deed(t)}"
            yield Mark("event", t.id, t.start, t.end, label, t.because or "")
    for p in positions(connection, chosen):
        if p.report == row["id"]:
            label = f"{p.party_name} {SIGNS[p.stance]} {p.stance}: {p.label}"
            yield Mark("position", p.id, p.start, p.end, label, p.because or "")
    for actor in record.actors:
        for m in actor.mentions:
            yield Mark("actor", actor.id, m.start, m.end, actor.name)


def added(connection: sqlite3.Connection, request: Request) -> Page:
    """What becomes of files that were sent."""
    uploads: Uploads = request.app.state.uploads
    delivery = uploads.get(request.path_params["number"])
    if delivery is None:
        raise HTTPException(404, "These files were sent long ago, or to an earlier run of the program.")
    return Page("added.html", "Files added", {"delivery": delivery, "results": tuple(delivery.results)})
