"""The knowledge files of this room: headers, schema, order, and that the pieces fit together."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from onrecord.actors.gazetteer import Gazetteer, given_names
from onrecord.actors.lexicon import roles, rules_for
from onrecord.actors.names import fold, skeleton, slug
from onrecord.knowledge import data, read_csv
from onrecord.record import ActorKind

_DATE = re.compile(r"(?:\d{4}(?:-\d\d(?:-\d\d)?)?)?")


@pytest.mark.parametrize("name", ["states.csv", "organisations.csv", "officeholders.csv"])
def test_csv_files_are_whole_and_carry_dates(name: str) -> None:
    rows = list(read_csv("actors", name))
    assert len(rows) > 200
    for row in rows:
        assert None not in row
        assert None not in row.values()
        for key in {"start", "end", "from", "to", "as_of"} & set(row):
            assert _DATE.fullmatch(row[key]), (name, row)


def test_states_are_sorted_and_unique() -> None:
    codes = [row["code"] for row in read_csv("actors", "states.csv")]
    assert codes == sorted(set(codes))


def test_organisations_are_sorted_and_of_known_kinds() -> None:
    rows = list(read_csv("actors", "organisations.csv"))
    order = [(fold(row["name"]), row["from"]) for row in rows]
    assert order == sorted(order)
    assert {row["kind"] for row in rows} <= set(get_args(ActorKind))


def test_officeholders_are_sorted_and_found_by_their_keys() -> None:
    rows = list(read_csv("actors", "officeholders.csv"))
    order = [(r["keys"], fold(r["name"]), r["country"], r["start"], r["title"]) for r in rows]
    assert order == sorted(order)
    for row in rows[:: len(rows) // 500]:
        assert skeleton(fold(row["name"]).split()[-1]) in row["keys"].split()


def test_every_file_of_the_room_opens_with_a_header() -> None:
    names = sorted(f.name for f in data("actors").iterdir())
    assert names == ["given_names.toml", "officeholders.csv", "organisations.csv", "roles.toml", "states.csv"]
    for name in names:
        first = data("actors", name).read_text("utf-8")[:200]
        assert first.startswith(("# what: ", "[header]\nwhat = "))


def test_given_names_are_of_one_gender() -> None:
    assert given_names()["angela"] == "f"
    assert given_names()["sergei"] == "m"
    assert "kim" not in given_names()


def test_every_office_rule_can_be_read() -> None:
    offices = {row["office"] for row in read_csv("actors", "officeholders.csv")} | {"leader"}
    for rule in roles()["office"]:
        assert rule["words"]
        assert all(o in offices or o.startswith("title:") for o in rule["office"]), rule
    assert rules_for("chancellor")
    assert rules_for("no such title") == []


def test_find_prefers_the_longest_name_and_the_day() -> None:
    gazetteer = Gazetteer.load()
    text = "The UN Security Council met the Democratic Republic of the Congo."
    found = gazetteer.find(text, "2015-01-01")
    assert [text[m.start : m.end] for m in found] == [
        "UN Security Council",
        "Democratic Republic of the Congo",
    ]
    assert found[1].entries[0].country == "COD"


def test_acronyms_need_their_capitals() -> None:
    gazetteer = Gazetteer.load()
    assert list(gazetteer.find("who is us, and is it so?", "2015-01-01")) == []


@pytest.mark.parametrize(
    ("a", "b"),
    [("Zelensky", "Zelenskyy"), ("Zelenskiy", "Zelensky"), ("Hussein", "Husein"), ("Suharto", "Soeharto")],
)
def test_spellings_of_one_name_share_a_skeleton(a: str, b: str) -> None:
    assert skeleton(a) == skeleton(b)


def test_slugs_and_folding() -> None:
    assert slug("Côte d'Ivoire") == "cote-divoire"
    assert slug("António Guterres") == "antonio-guterres"
    assert slug("李克强") == ""
    assert fold("Ban Ki-moon") == "ban ki moon"
