"""What people judge: the queue of what to look at first, and the list of what was judged."""

from __future__ import annotations

import sqlite3

from starlette.exceptions import HTTPException
from starlette.requests import Request

from onrecord.dossier.overlay import every, standing
from onrecord.dossier.query_queue import KINDS, queue, queue_sizes
from onrecord.dossier.reviews import orphaned
from onrecord.web.page import Page, number
from onrecord.web.review_form import card, last_given, suggestions
from onrecord.web.words import judgement_words

_PER_PAGE, _LISTED = 12, 100


def review(connection: sqlite3.Connection, request: Request) -> Page:
    """The queue: the doubtful entries on which much rests, each with its sentence and its form."""
    page, asked = number(request, "page", 1), request.query_params.get("kind") or None
    if asked is not None and asked not in KINDS:
        raise HTTPException(400, "There is no such kind of entry.")
    kinds = (asked,) if asked else KINDS
    due = queue(connection, kinds, limit=_PER_PAGE, offset=(page - 1) * _PER_PAGE)
    sizes = queue_sizes(connection)
    left = sum(sizes[kind][0] for kind in kinds)
    values = {
        "cards": [card(connection, d.kind, d.id, d.weight) for d in due],
        "lists": suggestions(connection),
        "left": left,
        "every": sum(sizes[kind][1] for kind in kinds),
        "kinds": [(kind, sizes[kind][0]) for kind in KINDS],
        "kind": asked,
        "page": page,
        "more": left > page * _PER_PAGE,
        "last": last_given(connection, request),
    }
    return Page("review.html", "Review", values)


def reviews(connection: sqlite3.Connection, request: Request) -> Page:
    """The judgements, the latest first: who, when, of what, and whether it stands."""
    page = number(request, "page", 1)
    found = every(connection)
    stand = {r.n for r in standing(found)}
    lost = {o.review.n: o.reason for o in orphaned(connection)}
    part = found[::-1][(page - 1) * _LISTED : page * _LISTED]
    values = {
        "reviews": [(r, judgement_words(r), r.n in stand, lost.get(r.n)) for r in part],
        "count": len(found),
        "page": page,
        "more": len(found) > page * _LISTED,
        "last": last_given(connection, request),
    }
    return Page("reviews.html", "Reviews", values)
