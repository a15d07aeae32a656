"""PLOVER JSON Lines: an event a line, as the PLOVER manual, draft 0.8, lays it out (table 'json').

Keys of the manual: id, date, enddate, actor, recipient, event, event_loc, event_text, quad_code, event_scale,
mode, context, link, text_info, cite_info, coder, comment. ``text``, for where rights allow it, is left out.
An entity has code, sector, entity_text, identifier_id (Wikidata), identifier_text, office. Quad codes are 1
and 2 for verbal and material cooperation, 3 and 4 for conflict; SANCTION is 4, as in the manual's summary.
The manual's auxiliary modes (historical, future, hypothetical, negation) carry the status of events, and
``comment`` its exact word. The manual requires a date: where the report gives none it is that of publication,
and ``comment`` says so; where that is not known either, there is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

import msgspec

from onrecord.output.mentions import actors_of, nearest
from onrecord.output.pairs import day_of
from onrecord.output.style import Style
from onrecord.record import Actor, Event, Record

CANNOT_HOLD = (
    "statements, issues, positions and warnings",
    "who said that it happened (according_to, via), and how sure the coder is",
    "how precise a date is, but by its first and last day",
    "the parties of actors, and their mentions elsewhere",
    "CAMEO codes",
    "the words of the report but those that show the event and name its actors",
)
_QUADS = {"verbal cooperation": 1, "material cooperation": 2, "verbal conflict": 3, "material conflict": 4}
_AUXILIARY = {
    "earlier": ["historical"],
    "planned": ["future"],
    "proposed": ["future"],
    "threatened": ["future"],
    "hypothetical": ["hypothetical"],
    "denied": ["negation"],
}


def write(records: Iterable[Record], out: BinaryIO, style: Style) -> None:
    """A line of JSON for each event, as records come; keys without a value are left out."""
    for record in records:
        actors = actors_of(record)
        for event in record.events:
            out.write(msgspec.json.encode(_event(record, event, actors)) + b"\n")


def _event(record: Record, event: Event, actors: dict[str, Actor]) -> dict[str, Any]:
    document, date, place = record.document, event.date, event.place_info
    first = day_of(record, event)
    last = date.to if date and date.from_ else None
    dated = "" if (date and date.from_) or first is None else "; date: of publication"
    values = {
        "id": f"{document.id}:{event.id}",
        "has_event": True,
        "date": first,
        "enddate": last if last and last != first else None,
        "actor": [_entity(actors[i], event) for i in event.actor],
        "recipient": [_entity(actors[i], event) for i in event.recipient],
        "event": [event.type],
        "mode": [m for m in (event.mode, *_AUXILIARY.get(event.status, ())) if m],
        "context": list(event.contexts),
        "event_loc": place.name if place else event.place,
        "event_text": event.span.text,
        "quad_code": _QUADS[event.quad] if event.quad else None,
        "event_scale": event.intensity,
        "link": document.url,
        "text_info": {"start": event.sentence.start, "end": event.sentence.end, "text_story": document.id},
        "cite_info": _without_none(
            {"title": document.title, "source": document.outlet, "date": document.published}
        ),
        "coder": f"onrecord {record.coder.version}",
        "comment": f"status: {event.status}; because: {event.because}{dated}",
    }
    kept = {"actor", "recipient", "event", "mode", "context"}
    return {k: v for k, v in values.items() if k in kept or v is not None}


def _entity(actor: Actor, event: Event) -> dict[str, Any]:
    near = nearest(actor, event.span)
    return _without_none(
        {
            "code": actor.country,
            "sector": actor.sector,
            "entity_text": near.text if near else None,
            "identifier_id": actor.wikidata,
            "identifier_text": actor.name,
            "office": actor.role,
        }
    )


def _without_none(values: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in values.items() if v is not None}
