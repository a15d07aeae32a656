from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["actors", *map(str, arguments)])


def test_who_gives_the_office_on_the_day() -> None:
    result = run("who", "Lavrov", "--on", "2014-03-01", "--format", "json")
    (answer,) = json.loads(result.stdout)
    assert result.exit_code == 0
    assert answer == {
        "name": "Sergey Lavrov",
        "country": "RUS",
        "office": "foreign-minister",
        "title": "Minister of Foreign Affairs",
        "of": None,
        "start": "2004-03-09",
        "end": None,
        "as_of": answer["as_of"],
        "standing": "held",
        "confidence": 1.0,
        "source": "Wikidata",
        "wikidata": "Q58217",
    }
    assert answer["as_of"] > "2025"


def test_who_without_a_day_gives_every_office_in_order() -> None:
    answers = json.loads(run("who", "Sergei Lavrov", "--format", "json").stdout)
    assert [a["office"] for a in answers] == ["envoy", "foreign-minister"]
    assert {a["standing"] for a in answers} == {"any"}


def test_a_day_before_any_office_says_so() -> None:
    (answer,) = json.loads(run("who", "Lavrov", "--on", "1990-01-01", "--format", "json").stdout)
    assert (answer["standing"], answer["confidence"]) == ("future", 0.0)


@pytest.mark.parametrize(
    ("country", "office", "on", "name"),
    [
        ("RUS", "foreign-minister", "2014-03-01", "Sergey Lavrov"),
        ("Germany", "chancellor", "2010-05-01", "Angela Merkel"),
        ("gbr", "Prime Minister", "2003-05-01", "Tony Blair"),
        ("EUR", "foreign-minister", "2015-01-01", "Federica Mogherini"),
    ],
)
def test_office_gives_the_holder(country: str, office: str, on: str, name: str) -> None:
    assert (
        json.loads(run("office", country, office, "--on", on, "--format", "json").stdout)[0]["name"] == name
    )


def test_what_is_assumed_is_noted() -> None:
    result = run("office", "RUS", "foreign-minister", "--on", "2031-01-01")
    assert "assumed" in result.stdout
    assert "known only up to these days" in result.stderr


def test_nobody_known_is_status_one() -> None:
    result = run("who", "Zzyzx")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "nobody is known by the name 'Zzyzx'" in result.stderr
    result = run("office", "RUS", "head-of-state", "--on", "1950-01-01", "--format", "json")
    assert (result.exit_code, result.stdout) == (1, "[]\n")
    assert "nobody is known as head-of-state of RUS on 1950-01-01" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["office", "Atlantis", "head-of-state"], "no state is called 'Atlantis'"),
        (["office", "RUS", "wizard"], "no office is called 'wizard'"),
        (["who", "Lavrov", "--on", "March"], "not a date"),
        (["who"], "Missing argument"),
    ],
)
def test_wrong_usage_is_status_two(arguments: list[str], told: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert told in result.stderr


def test_init_writes_a_template_and_never_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    assert run("init", path).exit_code == 0
    content = path.read_text("utf-8")
    assert "name,kind,aliases" in content
    assert run("init", "-").stdout == content
    again = run("init", path)
    assert again.exit_code == 1
    assert "nothing was written" in again.stderr
    with path.open("a", encoding="utf-8") as out:
        out.write("Ann Example,,,AND,foreign-minister,,2026,,,,,\n")
    answers = json.loads(run("who", "Example", "--actors", path, "--format", "json").stdout)
    assert ("Ann Example", "your file") in {(a["name"], a["source"]) for a in answers}
    with path.open("a", encoding="utf-8") as out:
        out.write("Ann Example,,,Narnia,,,,,,,,\n")
    wrong = run("who", "Example", "--actors", path)
    assert wrong.exit_code == 1
    assert "country is 'NARNIA'" in wrong.stderr
