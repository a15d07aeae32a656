"""ICEWS coded events: the 20 columns of its weekly and yearly .tab files (discontinued in April 2023).

Column names from ``events.2018.sample.tab`` of the R package icews (andybega/icews). Tab-separated with a
header; nothing is quoted, so read it without quoting. Event and sector names in words; CAMEO codes with
their leading zero; Intensity is the Goldstein scale of the code, as in ICEWS.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from onrecord.output.codes import sector
from onrecord.output.pairs import CANNOT_HOLD as PAIRS_CANNOT_HOLD
from onrecord.output.pairs import Pair, day_of, write_pairs
from onrecord.output.style import Style
from onrecord.output.words import state_name
from onrecord.record import Actor, Record

COLUMNS = (
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
)
CANNOT_HOLD = (
    *PAIRS_CANNOT_HOLD,
    "status: planned, threatened and denied events look like those that happened",
    "the number of the sentence (empty), and districts (empty)",
    "roles, parties and Wikidata ids of actors; sectors are ICEWS's broad ones",
    "the words of the report",
)


def write(records: Iterable[Record], out: BinaryIO, style: Style) -> None:
    """A line for each pair of each event, as records come. Story ID is the report's id, a text."""
    write_pairs(records, out, _row, COLUMNS)


def _row(pair: Pair) -> tuple[str | int | float | None, ...]:
    place = pair.event.place_info
    return (
        pair.id,
        day_of(pair.record, pair.event),
        *_side(pair.actor),
        pair.what,
        pair.cameo,
        pair.goldstein,
        *_side(pair.recipient),
        pair.record.document.id,
        None,
        pair.record.document.outlet,
        place.name if place and place.precision == "city" else None,
        None,
        place.name if place and place.precision == "region" else None,
        state_name(place.country) if place else None,
        place.lat if place else None,
        place.lon if place else None,
    )


def _side(actor: Actor | None) -> tuple[str | None, str | None, str | None]:
    """Name, sectors and country of an actor; ICEWS gives states no sector."""
    if actor is None:
        return None, None, None
    sectors = sector(actor.sector).icews if actor.kind not in ("state", "place") else ""
    return actor.name, sectors, state_name(actor.country) if actor.country else None
