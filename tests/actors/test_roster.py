"""Dated roles: names, offices, days."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from onrecord.actors.roster import Role, Roster


@pytest.fixture(scope="module")
def roster() -> Roster:
    return Roster.load()


@pytest.mark.parametrize(
    ("name", "on", "country", "office"),
    [
        ("Lavrov", "2014-03-01", "RUS", "foreign-minister"),
        ("Sergei Lavrov", "2000-03-01", "RUS", "envoy"),
        ("Zelensky", "2022-03-01", "UKR", "head-of-state"),
        ("Zelenskiy", "2022-03-01", "UKR", "head-of-state"),
        ("Qaddafi", "2005-01-01", "LBY", "head-of-state"),
        ("Kim Jong Un", "2018-06-01", "PRK", "head-of-state"),
        ("Bush", "2004-01-01", "USA", "head-of-state"),
        ("Condoleezza Rice", "2006-01-01", "USA", "foreign-minister"),
        ("Theresa May", "2017-01-01", "GBR", "head-of-government"),
    ],
)
def test_who(roster: Roster, name: str, on: str, country: str, office: str) -> None:
    best = roster.who(name, on)[0]
    assert (best.role.country, best.role.office) == (country, office)
    assert best.weight > 0


@pytest.mark.parametrize(
    ("country", "office", "on", "name"),
    [
        ("USA", "head-of-state", "1996-05-01", "Bill Clinton"),
        ("USA", "head-of-state", "2018-05-01", "Donald Trump"),
        ("RUS", "head-of-state", "1998-05-01", "Boris Yeltsin"),
        ("DEU", "head-of-government", "2010-05-01", "Angela Merkel"),
        ("GBR", "head-of-government", "2003-05-01", "Tony Blair"),
        ("IRN", "head-of-government", "2018-01-14", "Hassan Rouhani"),
    ],
)
def test_office(roster: Roster, country: str, office: str, on: str, name: str) -> None:
    assert roster.office(country, office, on)[0].name == name


def test_unknown_names_give_nobody(roster: Roster) -> None:
    assert roster.who("Zzyzx Qwertyuiop", "2020-01-01") == ()
    assert roster.who("", "2020-01-01") == ()
    assert roster.office("XXX", "head-of-state", "2020-01-01") == ()


def test_a_given_name_alone_is_no_match(roster: Roster) -> None:
    assert all(p.name != "Sergey Lavrov" for p in roster.who("Sergey", "2014-03-01"))


def test_a_term_known_to_a_day_is_assumed_after_it_with_less_weight() -> None:
    role = _role(start="2020", end="", as_of="2024-06")
    assert role.timing("2024-06-15") == "now"
    assert role.timing("2024-07-01") == "assumed"
    assert role.weight("2024-06-15") > role.weight("2024-07-01") > 0
    assert role.timing("2019-12-31") == "future"


def test_partial_dates_cover_their_whole_year_or_month() -> None:
    role = _role(start="2001", end="2003-02", as_of="2024")
    assert role.timing("2001-01-01") == "now"
    assert role.timing("2003-02-28") == "now"
    assert role.timing("2003-03-01") == "past"


def test_the_roster_loads_fast() -> None:
    from onrecord.actors import roster

    roster._load.cache_clear()
    start = time.perf_counter()
    Roster.load()
    assert time.perf_counter() - start < 0.6  # 0.06 s on an idle core


def test_all_that_is_known_of_actors_and_places_is_small() -> None:
    from onrecord.actors import gazetteer, places, roster

    loaders = (roster._load, gazetteer._load, places._load)
    for load in loaders:
        load.cache_clear()
    tracemalloc.start()
    kept = [load() for load in loaders]
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(kept) == 3
    assert held < 45e6  # 30 MB
    assert peak < 60e6


def _role(start: str, end: str, as_of: str) -> Role:
    return Role(
        country="AAA",
        office="head-of-state",
        start=start,
        end=end,
        as_of=as_of,
        confidence="h",
        wikidata="",
        sector="GOV",
        source="g",
        name="Ann Example",
        aliases=(),
        family="Example",
        title="President",
        entity="",
    )
