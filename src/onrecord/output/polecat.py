"""POLECAT: the 40 columns of its weekly files, tab-separated with a header.

Column names from the header as TGB's loader quotes it (``tkgl_polecat.py``); data doi:10.7910/DVN/AJGVIT.
Compound actors stay lists in their cells, parted by ';', as POLECAT keeps them. Countries are ISO 3166-1
alpha-3, COW codes numbers. Quad classes in capitals and GeoNames feature types are written as we know them
from its papers; no codebook of these cells was at hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from onrecord.output.codes import state
from onrecord.output.mentions import actors_of, nearest
from onrecord.output.pairs import day_of
from onrecord.output.style import Style
from onrecord.output.tsv import joined, line
from onrecord.record import Actor, Event, Record

_SIDE = (
    "{} Name",
    "{} Country",
    "{} COW",
    "Primary {} Sector",
    "{} Sectors",
    "{} Title",
    "{} Name Raw",
    "Wikipedia {} ID",
)
COLUMNS = (
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    *(name.format("Actor") for name in _SIDE),
    *(name.format("Recipient") for name in _SIDE),
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
)
CANNOT_HOLD = (
    "status: planned, threatened and denied events look like those that happened",
    "that an event has no day: the day of publication stands there; a span of days is its first",
    "who said that it happened (according_to, via), which rule found it, and how sure the coder is",
    "statements, issues, positions and warnings",
    "offsets, the words of the report and its URL",
    "CAMEO codes",
    "Wikidata ids (its ids of actors are Wikipedia's, empty here), parties, and districts (empty)",
)
_FEATURES = {"city": "PPL", "region": "RGN", "country": "PCL"}
_ORGANISATIONS = ("government", "organisation", "armed-group", "bloc")
Cell = str | int | float | None


def write(records: Iterable[Record], out: BinaryIO, style: Style) -> None:
    """A line for each event, as records come. Event ID is the report's id and the event's."""
    out.write(line(COLUMNS))
    for record in records:
        actors = actors_of(record)
        for event in record.events:
            out.write(line(_row(record, event, actors)))


def _row(record: Record, event: Event, actors: dict[str, Actor]) -> tuple[Cell, ...]:
    document = record.document
    return (
        f"{document.id}:{event.id}",
        day_of(record, event),
        event.type,
        event.mode,
        event.intensity,
        event.quad.upper() if event.quad else None,
        joined(event.contexts),
        *_side([actors[i] for i in event.actor], event),
        *_side([actors[i] for i in event.recipient], event),
        *_place(event),
        document.outlet,
        document.published,
        joined(a.name for a in record.actors if a.kind == "person"),
        joined(a.name for a in record.actors if a.kind in _ORGANISATIONS),
        joined(a.name for a in record.actors if a.kind in ("state", "place")),
        document.language,
        f"onrecord {record.coder.version}",
    )


def _side(actors: list[Actor], event: Event) -> tuple[Cell, ...]:
    sectors = list(dict.fromkeys(a.sector for a in actors if a.sector))
    return (
        joined(a.name for a in actors),
        joined(a.country for a in actors),
        joined(state(a.country).cow for a in actors),
        joined(sectors[:1]),
        joined(sectors),
        joined(a.role for a in actors),
        joined(near.text if (near := nearest(a, event.span)) else None for a in actors),
        None,
    )


def _place(event: Event) -> tuple[Cell, ...]:
    place = event.place_info
    if place is None:
        return (None,) * 8 + (event.place, None)
    return (
        place.name,
        place.name if place.precision == "city" else None,
        None,
        place.name if place.precision == "region" else None,
        place.country,
        place.lat,
        place.lon,
        place.geonames,
        place.span.text if place.span else event.place,
        _FEATURES[place.precision],
    )
