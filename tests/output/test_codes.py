from __future__ import annotations

import msgspec
import pytest

from onrecord.actors.names import slug
from onrecord.knowledge import read_csv
from onrecord.output import codes
from onrecord.output.pairs import Pair, day_of, pairs
from onrecord.record import Actor
from tests.output.talks import TALKS

MEETING, PLAN, PROMISE, DENIED = TALKS.events


@pytest.mark.parametrize(
    ("iso3", "fips", "cow", "cameo"),
    [
        ("DEU", "GM", "255", "DEU"),
        ("ROU", "RO", "360", "ROM"),
        ("PSE", "WE", "", "PSE"),
        ("SRB", "RI", "345", "SRB"),
        ("XKX", "KV", "347", "XKX"),
        ("TLS", "TT", "860", "TMP"),
        ("GBR", "UK", "200", "GBR"),
        ("TWN", "TW", "713", "TWN"),
    ],
)
def test_states_have_the_codes_of_other_systems(iso3: str, fips: str, cow: str, cameo: str) -> None:
    found = codes.state(iso3)
    assert (found.fips, found.cow, found.cameo) == (fips, cow, cameo)


def test_every_state_that_is_known_has_its_row_and_fips_codes_are_none_s_twice() -> None:
    rows = list(read_csv("crosswalks", "countries.csv"))
    assert [r["iso3"] for r in rows] == [r["code"] for r in read_csv("actors", "states.csv")]
    fips = [r["fips"] for r in rows if r["fips"] and r["iso3"] not in ("SCG", "YUG")]
    assert len(set(fips)) == len(fips)
    assert codes.state(None) == codes.state("RUR") == codes.State()


def test_every_type_and_mode_of_plover_has_a_cameo_code_that_has_a_scale() -> None:
    for row in read_csv("crosswalks", "plover_cameo.csv"):
        event = msgspec.structs.replace(PLAN, type=row["type"], mode=row["mode"] or None)
        code = codes.cameo_of(event)
        assert code == row["cameo"]
        known = codes.cameo(code)
        assert known is not None
        assert -10 <= known.goldstein <= 10
        assert codes.cameo_quad(code) in (1, 2, 3, 4)


def test_an_event_s_own_cameo_code_comes_first_and_unknown_modes_take_their_type_s() -> None:
    assert codes.cameo_of(MEETING) == "040"
    assert codes.cameo_of(msgspec.structs.replace(PLAN, mode="odd")) == "084"
    assert codes.cameo_of(msgspec.structs.replace(PLAN, type="ODD")) is None


def test_a_code_that_the_scale_lacks_takes_the_broader_one_s() -> None:
    assert codes.cameo("0419") == codes.cameo("041")
    assert codes.cameo("99") is None


@pytest.mark.parametrize(
    ("code", "quad"),
    [("010", 1), ("057", 1), ("08", 2), ("09", 3), ("139", 3), ("14", 4), ("204", 4), ("x", None)],
)
def test_quad_classes_are_gdelt_s(code: str, quad: int | None) -> None:
    assert codes.cameo_quad(code) == quad


@pytest.mark.parametrize(
    ("kind", "country", "sector", "code"),
    [
        ("person", "IRN", "GOV", "IRNGOV"),
        ("state", "IRN", "GOV", "IRN"),
        ("armed-group", "LBN", "REB", "LBNREB"),
        ("organisation", None, "IGO", "IGO"),
        ("organisation", "ROU", "JRN", "ROMMED"),
        ("organisation", "GBR", "PTY", "GBR"),
        ("unknown", None, None, ""),
    ],
)
def test_cameo_codes_of_actors(kind, country, sector, code) -> None:
    assert codes.cameo_actor(Actor(id="a", name="A", kind=kind, country=country, sector=sector)) == code


def test_organisations_that_cameo_names_have_its_code_and_so_have_their_speakers() -> None:
    union = Actor(
        id="european-union", name="European Union", kind="bloc", sector="IGO", party="european-union"
    )
    envoy = Actor(id="x", name="X", kind="person", sector="IGO", party="european-union")
    minister = Actor(id="y", name="Y", kind="person", country="FRA", sector="GOV", party="european-union")
    assert [codes.cameo_actor(a) for a in (union, envoy, minister)] == ["IGOEUREEC", "IGOEUREEC", "FRAGOV"]
    known = {slug(r["name"]) for r in read_csv("actors", "organisations.csv")}
    assert [
        r["organisation"] for r in read_csv("crosswalks", "groups.csv") if r["organisation"] not in known
    ] == []


def test_compound_actors_become_pairs() -> None:
    found = [(p.event.id, p.actor and p.actor.id, p.recipient and p.recipient.id) for p in pairs(TALKS)]
    assert found == [
        ("e1", "franjo-tudjman", "alija-izetbegovic"),
        ("e1", "slobodan-milosevic", "alija-izetbegovic"),
        ("e2", "SRB", None),
        ("e3", "USA", None),
        ("e4", "nato", "pale"),
    ]


def sides(**changes) -> list[tuple[str | None, str | None]]:
    event = msgspec.structs.replace(MEETING, **changes)
    found: list[Pair] = list(pairs(msgspec.structs.replace(TALKS, events=(event,))))
    return [(p.actor and p.actor.id, p.recipient and p.recipient.id) for p in found]


def test_those_who_meet_act_on_each_other() -> None:
    both = ("SRB", "USA")
    assert sides(actor=both, recipient=()) == [("SRB", "USA"), ("USA", "SRB")]
    assert sides(actor=both, recipient=(), type="REJECT") == [("SRB", None), ("USA", None)]


def test_nobody_is_paired_with_himself_where_others_are_there() -> None:
    assert sides(actor=("SRB", "USA"), recipient=("USA",)) == [("SRB", "USA")]
    assert sides(actor=("USA",), recipient=("USA",)) == [("USA", "USA")]
    assert sides(actor=(), recipient=()) == [(None, None)]


def test_pairs_have_numbers_of_their_own_that_stay() -> None:
    ids = [p.id for p in pairs(TALKS)]
    assert len(set(ids)) == len(ids)
    assert ids == [p.id for p in pairs(TALKS)]
    assert all(0 <= i < 2**53 for i in ids)


def test_an_event_of_a_type_that_has_no_code_is_not_lost() -> None:
    event = msgspec.structs.replace(MEETING, type="ODD", cameo=None)
    first, _ = pairs(msgspec.structs.replace(TALKS, events=(event,)))
    assert (first.cameo, first.root, first.quad, first.goldstein, first.what) == (None,) * 5


def test_the_day_is_the_event_s_else_that_of_publication() -> None:
    assert [day_of(TALKS, e) for e in TALKS.events] == [
        "1995-11-14",
        "1995-11-15",
        "1994-01-01",
        "1995-11-15",
    ]
