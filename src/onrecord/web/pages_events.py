"""What was done: the timeline, an event with its tellings, encounters with what each side says of them."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from starlette.exceptions import HTTPException
from starlette.requests import Request

from onrecord.dossier.evidence import passages
from onrecord.dossier.lookup import names
from onrecord.dossier.query_accounts import Told, account_of, told_of
from onrecord.dossier.query_events import ShownEvent, events, tellings
from onrecord.dossier.query_events import event as find_event
from onrecord.dossier.query_overview import topics
from onrecord.web.chart import between
from onrecord.web.page import Page, filters, number, param

_PER_PAGE, _TOLD, _NAMED = 120, 50, 80


def timeline(connection: sqlite3.Connection, request: Request) -> Page:
    """Events and encounters by day, the latest first, and a chart between two parties."""
    chosen, page = filters(request), number(request, "page", 1)
    only = request.query_params.get("show") == "encounters"
    found = events(connection, chosen, encounters=only)
    dated = [e for e in found if e.date_from][::-1]
    every = dated + [e for e in found if not e.date_from]
    part = every[(page - 1) * _PER_PAGE : page * _PER_PAGE]
    pairs = _pairs(found)
    one, other = request.query_params.get("a") or "", request.query_params.get("b") or ""
    if not (one and other) and pairs:
        one, other = pairs[0]
    often = Counter(p for e in found for p in e.parties)
    chosen_often = sorted(often, key=lambda p: (-often[p], p))[:_NAMED]
    named = names(connection, {*chosen_often, *(p for p in (one, other) if p)})
    values = {
        "days": [(day, list(group)) for day, group in groupby(part, key=lambda e: e.date_from)],
        "count": len(dated),
        "undated": len(found) - len(dated),
        "page": page,
        "more": len(every) > page * _PER_PAGE,
        "chart": between(found, one, other) if one and other else None,
        "one": one,
        "other": other,
        "parties": sorted(named.items(), key=lambda item: (item[1], item[0])),
        "named": named,
        "topics": topics(connection),
        "only": only,
    }
    return Page("timeline.html", "Timeline", values)


def encounters(connection: sqlite3.Connection, request: Request) -> Page:
    """Meetings, calls and rounds of talks, the latest first."""
    chosen, page = filters(request), number(request, "page", 1)
    found = events(connection, chosen, encounters=True)[::-1]
    dated = [e for e in found if e.date_from] + [e for e in found if not e.date_from]
    values = {
        "encounters": dated[(page - 1) * _PER_PAGE : page * _PER_PAGE],
        "count": len(dated),
        "page": page,
        "more": len(dated) > page * _PER_PAGE,
    }
    return Page("encounters.html", "Encounters", values)


def event(connection: sqlite3.Connection, request: Request) -> Page:
    """An event: its tellings, where they differ, and what each side says of it."""
    found = find_event(connection, param(request, "event"))
    if found is None or not found.tellings:
        raise HTTPException(404, "The dossier holds no such event.")
    account, told = account_of(connection, found.id), told_of(connection, found)
    told_in = tellings(connection, event=found.id)
    sides = tuple(dict.fromkeys(side for t in told for side, _ in t.words))
    values = {
        "event": found,
        "tellings": told_in[:_TOLD],
        "telling_count": len(told_in),
        "passages": {p.entry: p for p in passages(connection, "event", found.id)},
        "sides": sides,
        "accounts": [(t, _by_side(t, sides)) for t in told[:_TOLD]],
        "details": account.event.details if account else (),
    }
    return Page("event.html", "Encounter" if found.encounter else "Event", values)


def _by_side(told: Told, sides: Iterable[str]) -> list[list[tuple[str, str]]]:
    """For each side its entries on a thing told, ids with words; none where it says nothing of it."""
    entries = [(name, i, words) for (name, words), i in zip(told.words, told.ids, strict=True)]
    return [[(i, words) for name, i, words in entries if name == side] for side in sides]


def _pairs(found: Iterable[ShownEvent]) -> list[tuple[str, str]]:
    """The pairs of parties with the most events between them, the most first."""
    counts: dict[tuple[str, str], int] = {}
    for e in found:
        for i, one in enumerate(e.parties):
            for other in e.parties[i + 1 :]:
                counts[one, other] = counts.get((one, other), 0) + 1
    return sorted(counts, key=lambda pair: (-counts[pair], pair))
