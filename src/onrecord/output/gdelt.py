"""GDELT 2.0 Events: 61 columns, tab-separated, without a header, named .CSV by GDELT.

Columns and their order from the official labels of September 2016 (through gdeltPyR). A row mixes two systems
of country codes: actors have CAMEO's three letters, places FIPS 10-4's two. FractionDate is
year + ((month - 1) * 30 + day) / 365, as in GDELT's files.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from onrecord.output.codes import cameo_actor, group, state
from onrecord.output.pairs import CANNOT_HOLD as PAIRS_CANNOT_HOLD
from onrecord.output.pairs import Pair, day_of, write_pairs
from onrecord.output.style import Style
from onrecord.output.words import state_name
from onrecord.record import Actor, Event, Place, Record

_ACTOR = (
    "Code",
    "Name",
    "CountryCode",
    "KnownGroupCode",
    "EthnicCode",
    "Religion1Code",
    "Religion2Code",
    "Type1Code",
    "Type2Code",
    "Type3Code",
)
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS = (
    "GLOBALEVENTID",
    "SQLDATE",
    "MonthYear",
    "Year",
    "FractionDate",
    *(f"Actor1{name}" for name in _ACTOR),
    *(f"Actor2{name}" for name in _ACTOR),
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
    *(f"{what}Geo_{name}" for what in ("Actor1", "Actor2", "Action") for name in _GEO),
    "DATEADDED",
    "SOURCEURL",
)
CANNOT_HOLD = (
    *PAIRS_CANNOT_HOLD,
    "status: planned, threatened and denied events look like those that happened",
    "several tellings of an event: each report is one mention, source and article",
    "the role, party and Wikidata id of an actor, and which organisation it is but for the best known",
    "GeoNames ids (GDELT's feature ids are those of GNS and GNIS, empty here but for countries) "
    "and divisions of a country",
    "a tone of the report (empty), and where the actors are (type 0)",
    "the words of the report, and its id where it has no URL",
)
Cell = str | int | float | None


def write(records: Iterable[Record], out: BinaryIO, style: Style) -> None:
    """A line for each pair of each event, as records come."""
    write_pairs(records, out, _row)


def _row(pair: Pair) -> tuple[Cell, ...]:
    document = pair.record.document
    return (
        pair.id,
        *_days(day_of(pair.record, pair.event)),
        *_actor(pair.actor),
        *_actor(pair.recipient),
        int(_in_lead(document.text, pair.event)),
        pair.cameo,
        pair.cameo[:3] if pair.cameo else None,
        pair.root,
        pair.quad,
        pair.goldstein,
        1,
        1,
        1,
        None,
        *_geo(None),
        *_geo(None),
        *_geo(pair.event.place_info),
        f"{document.published.replace('-', '')}000000" if document.published else None,
        document.url,
    )


def _days(day: str | None) -> tuple[Cell, ...]:
    """SQLDATE, MonthYear, Year, FractionDate."""
    if day is None:
        return None, None, None, None
    year, month, of_month = (int(part) for part in day.split("-"))
    fraction = ((month - 1) * 30 + of_month) / 365
    return day.replace("-", ""), day[:7].replace("-", ""), year, f"{year + fraction:.4f}"


def _actor(actor: Actor | None) -> tuple[Cell, ...]:
    if actor is None:
        return (None,) * len(_ACTOR)
    code, country, known = cameo_actor(actor), state(actor.country).cameo, group(actor)
    role = code[:3] if known else code.removeprefix(country)
    letters = known.letters if known else None
    return code, actor.name.upper(), country, letters, None, None, None, role, None, None


def _geo(place: Place | None) -> tuple[Cell, ...]:
    """Type, name, country, first and second division, point, feature. 0 is the type of no place."""
    if place is None:
        return (0, *(None,) * (len(_GEO) - 1))
    fips = state(place.country).fips
    country = state_name(place.country)
    if place.precision == "country":
        return 1, country, fips, fips, None, place.lat, place.lon, fips
    at_home = place.country == "USA"
    kind = (3 if at_home else 4) if place.precision == "city" else (2 if at_home else 5)
    return kind, f"{place.name}, {country}", fips, None, None, place.lat, place.lon, None


def _in_lead(text: str, event: Event) -> bool:
    """Whether the event stands in the first paragraph, which is GDELT's sense of a root event."""
    lead = text[: event.span.start].lstrip()
    return "\n\n" not in lead.replace("\r\n", "\n")
