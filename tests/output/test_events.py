"""The event formats of the field, read back by pandas with the options that docs/howto/exports.md gives."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import msgspec
import pandas
import pytest

from onrecord.output import FORMATS, Style, dyads, gdelt, icews, polecat
from onrecord.output.export import Choice, export
from onrecord.record import Place, Record
from tests.output.sample import RECORD
from tests.output.talks import BARE, TALKS

READ = {"sep": "\t", "quoting": csv.QUOTE_NONE, "dtype": str, "keep_default_na": False}
ALL = [TALKS, RECORD, BARE]


def written(name: str, records: list[Record] = ALL) -> bytes:
    out = io.BytesIO()
    FORMATS[name].write(iter(records), out, Style())
    return out.getvalue()


def read(name: str, records: list[Record] = ALL, **options) -> pandas.DataFrame:
    return pandas.read_csv(io.BytesIO(written(name, records)), **{**READ, **options})


def test_polecat_has_its_forty_columns() -> None:
    table = read("polecat")
    assert tuple(table.columns) == polecat.COLUMNS
    assert len(polecat.COLUMNS) == 40
    assert polecat.COLUMNS[7:16] == (
        "Actor Name",
        "Actor Country",
        "Actor COW",
        "Primary Actor Sector",
        "Actor Sectors",
        "Actor Title",
        "Actor Name Raw",
        "Wikipedia Actor ID",
        "Recipient Name",
    )
    assert len(table) == 6


def test_polecat_keeps_compound_actors_in_one_row() -> None:
    row = read("polecat").iloc[0].to_dict()
    assert {k: v for k, v in row.items() if v} == {
        "Event ID": "../../etc/talks 1;x:e1",
        "Event Date": "1995-11-14",
        "Event Type": "CONSULT",
        "Event Mode": "multilateral",
        "Intensity": "4.0",
        "Quad Code": "VERBAL COOPERATION",
        "Contexts": "diplomatic;executive",
        "Actor Name": "Franjo Tuđman;Slobodan Milošević",
        "Actor Country": "HRV;SRB",
        "Actor COW": "344;345",
        "Primary Actor Sector": "GOV",
        "Actor Sectors": "GOV",
        "Actor Title": "president;president",
        "Actor Name Raw": "The presidents;The presidents",
        "Recipient Name": "Alija Izetbegović",
        "Recipient Country": "BIH",
        "Recipient COW": "346",
        "Primary Recipient Sector": "GOV",
        "Recipient Sectors": "GOV",
        "Recipient Title": "president",
        "Recipient Name Raw": "the Bosnian president",
        "Placename": "Dayton",
        "City": "Dayton",
        "Country": "USA",
        "Latitude": "39.759",
        "Longitude": "-84.192",
        "GeoNames ID": "4509884",
        "Raw Placename": "in Dayton",
        "Feature Type": "PPL",
        "Source": "Wire; Service",
        "Publication Date": "1995-11-15",
        "Story People": "Franjo Tuđman;Slobodan Milošević;Alija Izetbegović",
        "Story Organizations": "NATO",
        "Story Locations": "Serbia;United States;Pale",
        "Language": "en",
        "Version": "onrecord 0.1",
    }


def test_icews_has_its_twenty_columns_and_a_row_for_each_pair() -> None:
    table = read("icews")
    assert tuple(table.columns) == icews.COLUMNS
    assert len(icews.COLUMNS) == 20
    first, second = (table.iloc[n].to_dict() for n in (0, 1))
    assert (first["Source Name"], second["Source Name"]) == ("Franjo Tuđman", "Slobodan Milošević")
    assert first["Target Name"] == second["Target Name"] == "Alija Izetbegović"
    assert first["Event ID"] != second["Event ID"]
    assert first["CAMEO Code"] == "040"
    assert (first["Event Text"], first["Intensity"]) == ("Consult", "1.0")
    assert (first["Source Sectors"], first["Source Country"]) == ("Government", "Croatia")
    assert first["Story ID"] == "../../etc/talks 1;x"
    assert (first["Publisher"], first["City"], first["Country"]) == (
        "Wire; Service",
        "Dayton",
        "United States",
    )
    assert table[table["Source Name"] == "United States"]["Source Sectors"].tolist() == [""]


def test_gdelt_has_sixty_one_columns_and_no_header() -> None:
    assert len(gdelt.COLUMNS) == 61
    assert gdelt.COLUMNS[5:8] == ("Actor1Code", "Actor1Name", "Actor1CountryCode")
    assert gdelt.COLUMNS[33:37] == ("NumArticles", "AvgTone", "Actor1Geo_Type", "Actor1Geo_FullName")
    table = read("gdelt", header=None, names=gdelt.COLUMNS)
    assert all(line.count("\t") == 60 for line in written("gdelt").decode().splitlines())
    assert len(table) == 7
    row = {k: v for k, v in table.iloc[1].to_dict().items() if v}
    assert row.pop("GLOBALEVENTID").isdigit()
    assert row == {
        "SQLDATE": "19951114",
        "MonthYear": "199511",
        "Year": "1995",
        "FractionDate": "1995.8603",
        "Actor1Code": "SRBGOV",
        "Actor1Name": "SLOBODAN MILOŠEVIĆ",
        "Actor1CountryCode": "SRB",
        "Actor1Type1Code": "GOV",
        "Actor2Code": "BIHGOV",
        "Actor2Name": "ALIJA IZETBEGOVIĆ",
        "Actor2CountryCode": "BIH",
        "Actor2Type1Code": "GOV",
        "IsRootEvent": "1",
        "EventCode": "040",
        "EventBaseCode": "040",
        "EventRootCode": "04",
        "QuadClass": "1",
        "GoldsteinScale": "1.0",
        "NumMentions": "1",
        "NumSources": "1",
        "NumArticles": "1",
        "Actor1Geo_Type": "0",
        "Actor2Geo_Type": "0",
        "ActionGeo_Type": "3",
        "ActionGeo_FullName": "Dayton, United States",
        "ActionGeo_CountryCode": "US",
        "ActionGeo_Lat": "39.759",
        "ActionGeo_Long": "-84.192",
        "DATEADDED": "19951115000000",
        "SOURCEURL": "https://example.org/talks?a=1&b=2",
    }
    assert table["IsRootEvent"].tolist() == ["1", "1", "0", "0", "0", "1", "1"]
    assert table["Actor1Type1Code"].tolist()[2:4] == ["", ""]
    nato = table.iloc[4]
    assert (nato["Actor1Code"], nato["Actor1KnownGroupCode"], nato["Actor1Type1Code"]) == (
        "IGOWSTNAT",
        "NAT",
        "IGO",
    )
    assert table["EventCode"].tolist()[2:5] == ["085", "080", "195"]


def test_gdelt_numbers_are_numbers() -> None:
    table = pandas.read_csv(
        io.BytesIO(written("gdelt")), sep="\t", header=None, names=gdelt.COLUMNS, dtype={"EventCode": str}
    )
    for column in ("GLOBALEVENTID", "SQLDATE", "QuadClass", "NumMentions", "IsRootEvent"):
        assert table[column].dtype == "int64", column
    for column in ("FractionDate", "GoldsteinScale", "AvgTone", "ActionGeo_Lat"):
        assert table[column].dtype == "float64", column


def test_dyads_give_codes_and_the_sentence() -> None:
    table = read("dyads")
    assert tuple(table.columns) == dyads.COLUMNS
    assert table.iloc[1].tolist() == [
        "1995-11-14",
        "SRBGOV",
        "BIHGOV",
        "040",
        "04",
        "1",
        "1.0",
        "../../etc/talks 1;x",
        "e1",
        "The presidents of Croatia and Serbia met the Bosnian president in Dayton on Tuesday.",
    ]
    assert table["target"].tolist()[2:5] == ["---", "---", "BIH"]


def test_plover_lines_have_the_manual_s_keys() -> None:
    lines = [json.loads(line) for line in written("plover").splitlines()]
    assert lines[0] == {
        "id": "../../etc/talks\t1;x:e1",
        "has_event": True,
        "date": "1995-11-14",
        "actor": [
            {
                "code": "HRV",
                "sector": "GOV",
                "entity_text": "The presidents",
                "identifier_id": "Q185171",
                "identifier_text": "Franjo Tuđman",
                "office": "president",
            },
            {
                "code": "SRB",
                "sector": "GOV",
                "entity_text": "The presidents",
                "identifier_id": "Q39571",
                "identifier_text": "Slobodan Milošević",
                "office": "president",
            },
        ],
        "recipient": [
            {
                "code": "BIH",
                "sector": "GOV",
                "entity_text": "the Bosnian president",
                "identifier_id": "Q153128",
                "identifier_text": "Alija Izetbegović",
                "office": "president",
            }
        ],
        "event": ["CONSULT"],
        "mode": ["multilateral"],
        "context": ["diplomatic", "executive"],
        "event_loc": "Dayton",
        "event_text": "met",
        "quad_code": 1,
        "event_scale": 4.0,
        "link": "https://example.org/talks?a=1&b=2",
        "text_info": {"start": 7, "end": 91, "text_story": "../../etc/talks\t1;x"},
        "cite_info": {
            "title": "-Talks [open](javascript:x) | <i>Dayton</i>",
            "source": "Wire; Service",
            "date": "1995-11-15",
        },
        "coder": "onrecord 0.1",
        "comment": "status: happened; because: consult/x",
    }
    assert {"id", "date", "actor"} <= set.intersection(*(set(line) for line in lines))


def test_plover_carries_the_status_in_auxiliary_modes() -> None:
    lines = [json.loads(line) for line in written("plover", [TALKS]).splitlines()]
    assert [line["mode"] for line in lines] == [
        ["multilateral"],
        ["ease", "future"],
        ["historical"],
        ["aerial", "negation"],
    ]
    assert [line["date"] for line in lines] == ["1995-11-14", "1995-11-15", "1994-01-01", "1995-11-15"]
    assert lines[2]["enddate"] == "1994-12-31"
    assert lines[1]["comment"] == "status: planned; because: retreat/x; date: of publication"


@pytest.mark.parametrize("name", ["polecat", "icews", "gdelt", "dyads"])
def test_only_events_told_as_done_go_where_no_status_is(name: str, tmp_path: Path) -> None:
    header = 0 if name == "gdelt" else 1
    left_out = export([TALKS], name, tmp_path / "done")
    assert left_out == {"denied": 1, "planned": 1}
    export([TALKS], name, tmp_path / "all", Choice(every_status=True))
    done, every = ((tmp_path / n).read_bytes().splitlines() for n in ("done", "all"))
    assert len(every) - len(done) == 2
    assert len(done) - header == (2 if name == "polecat" else 3)
    assert set(done) < set(every)
    assert export([TALKS], "plover", tmp_path / "plover") == {}


def test_those_whom_an_event_alone_names_are_there() -> None:
    event = msgspec.structs.replace(TALKS.events[0], actor=("FRA",), recipient=("somebody",))
    record = msgspec.structs.replace(TALKS, events=(event,))
    row = read("polecat", [record]).iloc[0]
    assert (row["Actor Name"], row["Actor COW"], row["Recipient Name"]) == ("France", "220", "somebody")
    assert read("dyads", [record]).iloc[0]["source"] == "FRA"
    assert read("dyads", [record]).iloc[0]["target"] == "---"
    assert json.loads(written("plover", [record]))["actor"] == [
        {"code": "FRA", "sector": "GOV", "identifier_text": "France"}
    ]


@pytest.mark.parametrize("name", ["polecat", "icews", "gdelt", "dyads", "plover"])
def test_a_place_that_is_a_country_or_region_and_sides_that_are_empty(name: str) -> None:
    for place in (
        Place(name="Bosnia & Herzegovina", country="BIH", precision="country"),
        Place(name="Republika Srpska", country="BIH", precision="region", lat=44.8, lon=17.2),
    ):
        event = msgspec.structs.replace(TALKS.events[0], actor=(), place_info=place)
        record = msgspec.structs.replace(TALKS, events=(event,))
        assert place.name.encode() in written(name, [record]) or name == "dyads"
        if name == "gdelt":
            row = read(name, [record], header=None, names=gdelt.COLUMNS).iloc[0]
            assert row["ActionGeo_Type"] == ("1" if place.precision == "country" else "5")
            assert row["ActionGeo_FeatureID"] == ("BK" if place.precision == "country" else "")
            assert row["Actor1Code"] == ""
