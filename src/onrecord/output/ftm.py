"""FollowTheMoney statements: CSV of the 14 columns that followthemoney 4 reads and writes.

The columns, their order and the id of a statement (SHA-1 of dataset.entity.property.value) are those of
``followthemoney.statement`` 4.11.2; the properties those of its model. Reports are Articles; people Persons;
states, ministries and other organs of state PublicBodies; organisations, armed groups and blocs
Organizations; peoples and unknown actors LegalEntities. Events are Events with all sides as ``involved``.
A Mention joins each actor to each report that names it.

An actor that the knowledge files name (a Wikidata id, a state, an organisation) is one entity in all reports;
another is one of its report, since 'a spokesman' is somebody else elsewhere.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from onrecord.output.codes import state
from onrecord.output.facts import Facts
from onrecord.output.mentions import actors_of
from onrecord.output.style import Style, one_line
from onrecord.output.urls import web_address
from onrecord.output.words import Names
from onrecord.record import Actor, Event, Record

COLUMNS = (
    "canonical_id",
    "entity_id",
    "prop",
    "prop_type",
    "schema",
    "value",
    "dataset",
    "origin",
    "lang",
    "original_value",
    "external",
    "first_seen",
    "last_seen",
    "id",
)
CANNOT_HOLD = (
    "statements, issues and positions",
    "which side of an event somebody is on, and its status, but in words in its name and description",
    "places that are actors, offsets, and the text of the report",
    "URLs that are not plain web addresses, and languages other than English",
    "repairs of the text, warnings, and the party and sector of an actor",
)
DATASET = "onrecord"
_SCHEMAS = {
    "person": "Person",
    "state": "PublicBody",
    "government": "PublicBody",
    "organisation": "Organization",
    "armed-group": "Organization",
    "bloc": "Organization",
    "people": "LegalEntity",
    "unknown": "LegalEntity",
}
# Kinds that the knowledge files name, so that one id is one actor in every report.
_NAMED = frozenset({"state", "organisation", "armed-group", "bloc"})


@dataclass(frozen=True)
class _Entity:
    """An entity of the model: its id, schema, and (property, type of property, value), in order.

    ``shared`` is one that other reports may have too.
    """

    id: str
    schema: str
    properties: tuple[tuple[str, str, str | None], ...]
    shared: bool = False


def write(records: Iterable[Record], out: BinaryIO, style: Style) -> None:
    """The statements, those of an entity together: a report's as it comes, those of shared actors at the end.

    For that the shared actors, and the ids of the reports, are held. A report that comes again is left out.
    """
    reports: set[str] = set()
    shared: dict[str, dict[tuple[str, ...], None]] = {}
    rows = csv.writer(codecs.getwriter("utf-8")(out), dialect=csv.unix_dialect)
    rows.writerow(COLUMNS)
    for record in records:
        report = _id("report", record.document.id, record.document.text)
        if report in reports:
            continue
        reports.add(report)
        for entity in _entities(record, report):
            if entity.shared:
                shared.setdefault(entity.id, {}).update(dict.fromkeys(_statements(entity)))
            else:
                rows.writerows(_statements(entity))
    for known in shared.values():
        rows.writerows(known)


def _statements(entity: _Entity) -> Iterator[tuple[str, ...]]:
    for prop, kind, value in dict.fromkeys(entity.properties):
        clean = one_line(value or "")
        if clean:
            key = f"{DATASET}.{entity.id}.{prop}.{clean}"
            digest = hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest()
            rest = (DATASET, "", "", "", "f", "", "", digest)
            yield (entity.id, entity.id, prop, kind, entity.schema, clean, *rest)


def _entities(record: Record, report: str) -> Iterator[_Entity]:
    document = record.document
    yield _Entity(
        report,
        "Article",
        (
            ("title", "string", document.title or document.id),
            ("publisher", "string", document.outlet),
            ("author", "string", document.byline),
            ("publishedAt", "date", document.published),
            ("sourceUrl", "url", web_address(document.url)),
            ("language", "language", "eng" if (document.language or "").startswith("en") else None),
        ),
    )
    actors = actors_of(record)
    ids = {a.id: _actor_id(a, report) for a in actors.values() if a.kind in _SCHEMAS}
    for actor in actors.values():
        if actor.id in ids:
            yield _actor(actor, ids[actor.id])
            if actor.mentions:
                yield _mention(actor, ids[actor.id], report)
    facts = Facts(Names.of(record))
    for event in record.events:
        yield _event(event, record, report, ids, facts)


def _id(kind: str, *parts: str) -> str:
    """An entity id that follows from what the entity is."""
    digest = hashlib.sha1("\x00".join(parts).encode(), usedforsecurity=False).hexdigest()
    return f"{DATASET}-{kind}-{digest}"


def _actor_id(actor: Actor, report: str) -> str:
    if actor.wikidata:
        return actor.wikidata
    return _id("actor", actor.kind, actor.id) if _shared(actor) else _id("actor", report, actor.id)


def _shared(actor: Actor) -> bool:
    """Whether the actor is one that the knowledge files name."""
    return actor.wikidata is not None or actor.kind in _NAMED


def _actor(actor: Actor, entity_id: str) -> _Entity:
    schema = _SCHEMAS[actor.kind]
    country = state(actor.country).ftm
    return _Entity(
        entity_id,
        schema,
        (
            ("name", "name", actor.name),
            ("country", "country", country),
            ("wikidataId", "identifier", actor.wikidata),
            *((("position", "string", actor.role),) if schema == "Person" else ()),
        ),
        _shared(actor),
    )


def _mention(actor: Actor, entity_id: str, report: str) -> _Entity:
    return _Entity(
        _id("mention", report, actor.id),
        "Mention",
        (
            ("document", "entity", report),
            ("name", "name", actor.name),
            ("resolved", "entity", entity_id),
            ("detectedSchema", "string", _SCHEMAS[actor.kind]),
            ("contextCountry", "country", state(actor.country).ftm),
        ),
    )


def _event(event: Event, record: Record, report: str, ids: dict[str, str], facts: Facts) -> _Entity:
    document, date, place = record.document, event.date, event.place_info
    names = Names.of(record)
    kind = " ".join((event.type, *([event.mode] if event.mode else ())))
    status = "" if event.status == "happened" else f" ({event.status})"
    sides = f"{names.names(event.actor)} → {names.names(event.recipient)}"
    first, last = (date.from_, date.to) if date else (None, None)
    one_day = first == last
    return _Entity(
        _id("event", report, event.id),
        "Event",
        (
            ("name", "name", f"{kind}{status}: {sides}"),
            ("date", "date", first if one_day else None),
            ("startDate", "date", None if one_day else first),
            ("endDate", "date", None if one_day else last),
            *(("involved", "entity", ids[i]) for i in (*event.actor, *event.recipient) if i in ids),
            ("location", "address", place.name if place else event.place),
            ("country", "country", state(place.country).ftm if place else None),
            ("summary", "text", event.sentence.text),
            ("description", "text", facts.event(event)),
            ("proof", "entity", report),
            ("publisher", "string", document.outlet),
            ("recordId", "string", f"{document.id}:{event.id}"),
        ),
    )
