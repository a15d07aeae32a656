"""Places: names, states, and where an event happened."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.actors.places import Places
from onrecord.actors.resolve import find_cast
from onrecord.knowledge import read_csv
from onrecord.record import Document, Event, Record
from onrecord.text.parse import Parser


@pytest.mark.parametrize(
    ("name", "named", "country", "found"),
    [
        ("Vienna", {}, None, "AUT"),
        ("Kiev", {}, None, "UKR"),
        ("Kupiansk", {}, None, "UKR"),
        ("Tripoli", {}, None, "LBY"),
        ("Tripoli", {"LBN": 2}, None, "LBN"),
        ("Tripoli", {"LBN": 2, "LBY": 1}, None, "LBY"),
        ("Birmingham", {"USA": 1}, None, "USA"),
        ("London", {"CAN": 1}, None, "GBR"),
        ("London", {}, "CAN", "CAN"),
        ("Davos", {}, None, "CHE"),
        ("Gaza Strip", {}, None, "PSE"),
    ],
)
def test_a_name_is_a_place_of_the_text_then_the_largest(
    name: str, named: dict[str, int], country: str | None, found: str
) -> None:
    town = Places.load().find(name, named, country)
    assert town is not None
    assert town.country == found


def test_a_short_form_is_looked_up_by_its_letters_only() -> None:
    assert Places.load().find("W.Va", {}) is None


def test_what_is_no_place_is_none() -> None:
    assert Places.load().find("Qwertyuiop", {}) is None
    assert Places.load().find("", {}) is None
    assert Places.load().find("Vienna", {}, "JPN") is None


def test_regions_are_sorted_and_lie_on_earth() -> None:
    rows = list(read_csv("regions.csv"))
    assert [r["name"] for r in rows] == sorted(r["name"] for r in rows)
    for row in rows:
        assert abs(float(row["lat"])) <= 90
        assert abs(float(row["lon"])) <= 180
        assert row["precision"] in ("city", "region")


def code(text: str) -> Record:
    return onrecord.code(text, published="2025-05-19")


def event(text: str) -> Event:
    (found,) = code(text).events
    return found


@pytest.mark.parametrize(
    ("text", "place", "country", "precision"),
    [
        ("Iran's foreign minister met John Kerry in Vienna on Monday.", "Vienna", "AUT", "city"),
        ("Russian and Ukrainian negotiators met at the Palais Coburg in Vienna.", "Vienna", "AUT", "city"),
        ("Rebels attacked Syrian troops near Aleppo, killing ten soldiers.", "Aleppo", "SYR", "city"),
        ("Israel bombed Hezbollah positions in Baalbek.", "Baalbek", "LBN", "city"),
        ("Russian forces in Kramatorsk arrested two Ukrainian officials.", "Kramatorsk", "UKR", "city"),
        ("Turkish troops attacked Kurdish fighters in Syria.", "Syria", "SYR", "country"),
        (
            "Russian and Ukrainian officials met at the border village of Panmunjom.",
            "Panmunjom",
            "KOR",
            "city",
        ),
        ("Rebels attacked Sudanese troops in the capital, Khartoum.", "Khartoum", "SDN", "city"),
        ("Rebels attacked Syrian troops on the outskirts of Aleppo.", "Aleppo", "SYR", "city"),
        ("In Davos, the Swiss president met Putin.", "Davos", "CHE", "city"),
        ("Ukraine's army attacked Russian troops in Crimea.", "Crimea", "UKR", "region"),
    ],
)
def test_an_event_has_the_place_of_its_clause(text: str, place: str, country: str, precision: str) -> None:
    found = event(text)
    assert found.place == place
    info = found.place_info
    assert info is not None
    assert (info.name, info.country, info.precision) == (place, country, precision)
    assert (info.lat is None) == (precision == "country")
    assert info.span is not None
    assert text[info.span.start : info.span.end] == place


@pytest.mark.parametrize(
    "text",
    [
        "Moscow rejected the plan.",
        "The United States imposed sanctions on Iran.",
        "Russia rejected the plan, Lavrov said in Geneva.",
        "Germany condemned the attack on Israeli soldiers in Tripoli.",
    ],
)
def test_a_government_a_speech_and_a_content_give_no_place(text: str) -> None:
    found = event(text)
    assert found.place is None
    assert found.place_info is None


@pytest.mark.parametrize(
    ("text", "name", "kind", "country"),
    [
        ("Troops entered the town of Kassala. Kassala was quiet.", "Kassala", "place", "SDN"),
        ("The army shelled rebels near Kramatorsk.", "Kramatorsk", "place", "UKR"),
        ("Talks in Tripoli, Lebanon, ended.", "Tripoli", "place", "LBN"),
        ("Coal from British Columbia was sold. Mines closed.", "Columbia", "", None),
        ("He has confidence in Clinton, Sanders said.", "Clinton", "person", None),
        ("Jane Warwick spoke. The committee believed in Warwick.", "Warwick", "person", None),
        ("In Sharm el-Sheikh, Egypt hosted talks.", "Sharm el-Sheikh", "place", "EGY"),
    ],
)
def test_towns_are_places_and_people_are_not(
    parser: Parser, text: str, name: str, kind: str, country: str | None
) -> None:
    cast = find_cast(parser.parse(Document(id="x", text=text, published="2025-05-19")))
    reference = cast.at_offset(text.rindex(name))
    if reference is None:
        assert kind != "place"
        return
    actor = cast.actor(reference.actors[0])
    assert (actor.kind == "place") == (kind == "place")
    assert actor.country == country or kind != "place"
