"""The dossier in one file: the same as the pages, to be sent to a colleague or printed."""

from __future__ import annotations

import base64
import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from importlib.resources import files
from itertools import groupby

from markupsafe import Markup

from onrecord import __version__
from onrecord.dossier.evidence import passages
from onrecord.dossier.filters import Filters
from onrecord.dossier.query_events import events
from onrecord.dossier.query_overview import coverage, failures, reports
from onrecord.dossier.query_positions import Standing, positions, shifts, standing
from onrecord.dossier.query_statements import statements
from onrecord.web.matrix import matrix
from onrecord.web.rendering import anchor, render

_PARTIES, _ISSUES = 9, 200


def as_html(connection: sqlite3.Connection, name: str, filters: Filters) -> str:
    """One HTML file without anything outside it: no script, styles inside, links within."""
    css = (files("onrecord.web") / "static" / "onrecord.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    found = positions(connection, filters)
    every = standing(connection, filters)
    order = list(dict.fromkeys(s.last.issue for s in every))
    by_issue = {issue: [p for p in found if p.issue == issue] for issue in order}
    moved = shifts(connection, filters)[::-1]
    dated = [e for e in events(connection, filters) if e.date_from]
    return render(
        "file.html",
        css=Markup(css),
        policy=f"default-src 'none'; style-src 'sha256-{digest}'",
        href=anchor,
        asked={},
        dossier=name,
        version=__version__,
        narrowed=[(k, v) for k, v in asdict(filters).items() if v not in (None, 0)],
        coverage=coverage(connection),
        shifts=moved,
        matrix=matrix(standing(connection, filters, issues=slice(_ISSUES)), moved, parties=_PARTIES),
        issues=[(issue, by_issue[issue][::-1]) for issue in order],
        parties=_parties(every),
        passages={p.id: passages(connection, "position", p.id) for p in found},
        days=[(day, list(group)) for day, group in groupby(dated[::-1], key=lambda e: e.date_from)],
        statements=statements(connection, filters),
        reports=reports(connection, filters),
        failures=failures(connection),
    )


def _parties(every: Sequence[Standing]) -> list[tuple[str, str, int]]:
    """The parties with their names and how many positions they have, the most first."""
    counts: dict[tuple[str, str], int] = {}
    for s in every:
        key = (s.last.party, s.last.party_name)
        counts[key] = counts.get(key, 0) + s.count
    return [(*key, counts[key]) for key in sorted(counts, key=lambda k: (-counts[k], k))]
