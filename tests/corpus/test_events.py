"""Which tellings are of one event, on pairs judged by hand, and what is told of it together."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest

from onrecord.corpus.entries import Telling
from onrecord.corpus.events import SAME, is_encounter, keys, merged, same_event, sameness, window
from tests.corpus.build import table, telling

PAIRS = table("event_pairs.toml")
TELLINGS = [telling(**pair[side]) for pair in PAIRS for side in "ab"]


def found(pair: dict) -> bool:
    a, b = telling(**pair["a"]), telling(**pair["b"])
    return same_event(a, b) and bool(set(keys(a)) & set(keys(b)))


@pytest.mark.parametrize("half", [1, 2])
def test_precision_and_recall_of_pairs(half: int) -> None:
    judged = [(found(p), p["same"], p["why"]) for p in PAIRS if p.get("half", 1) == half]
    right = sum(got and same for got, same, _ in judged)
    assert right / sum(got for got, _, _ in judged) >= 0.95, [w for g, s, w in judged if g and not s]
    assert right / sum(same for _, same, _ in judged) >= 0.9, [w for g, s, w in judged if s and not g]


def test_sameness_has_no_direction_and_keys_miss_nothing() -> None:
    for a, b in combinations(TELLINGS, 2):
        assert sameness(a, b) == pytest.approx(sameness(b, a))
        if same_event(a, b):
            assert set(keys(a)) & set(keys(b)), (a.sentence, b.sentence)


def test_two_days_apart_are_two_events_however_soft_both_are() -> None:
    monday = call("They spoke late on Monday night.", day="2015-02-09", published="2015-02-10")
    tuesday = call("They spoke.", day="2015-02-10", published="2015-02-10")
    wednesday = call("They spoke.", day="2015-02-11", published="2015-02-11")
    assert same_event(monday, tuesday)
    assert same_event(tuesday, wednesday)
    assert not same_event(monday, wednesday)


def test_a_day_that_is_told_exactly_is_that_day() -> None:
    given = {"published": "2015-02-14"}
    assert not same_event(
        call("They spoke.", day="2015-02-09", **given), call("They spoke.", day="2015-02-10", **given)
    )


def test_a_telling_is_of_its_own_event() -> None:
    assert all(sameness(t, t) >= SAME for t in TELLINGS if window(t) is not None)


def test_keys_are_short_hexadecimal_and_differ_by_day() -> None:
    call = {"type": "CONSULT", "actor": "IRN", "recipient": "USA", "published": "2015-07-09"}
    a, b = telling(day="2015-07-01", **call), telling(day="2015-07-03", **call)
    assert all(len(k) == 12 and int(k, 16) >= 0 for k in keys(a))
    assert set(keys(a)) & set(keys(b)) <= set(keys(telling(day="2015-07-20", **call))), "only the month's"


def call(sentence: str, **more: object) -> Telling:
    both = {"actor": "barack-obama:USA", "recipient": "hassan-rouhani:IRN", "mode": "phone"}
    given = {"type": "CONSULT", "day": "2013-09-27", "published": "2013-09-27", "sentence": sentence}
    return telling(**{**both, **given, **more})


def test_what_differs_is_kept_as_told_with_who_tells_it() -> None:
    a = call("They spoke for 15 minutes.", outlet="A")
    b = call("The call lasted about a quarter of an hour.", outlet="B", place="New York/USA")
    c = call("They spoke for a quarter, or 20 minutes.", outlet="C", mode=None)
    event = merged([a, b, c])
    assert (event.type, event.mode, event.status, event.encounter) == ("CONSULT", "phone", "happened", True)
    assert event.place == "New York"
    assert event.country == "USA"
    assert event.outlets == ("A", "B", "C")
    assert event.tellings[0] == a.id
    assert [(d.value, d.tellings) for d in event.details if d.what == "hours"] == [
        ("15 minutes", tuple(sorted((a.id, b.id)))),
        ("20 minutes", (c.id,)),
    ]


def test_the_order_of_tellings_changes_nothing_but_who_founded_it() -> None:
    told = [
        call("They spoke for 15 minutes.", outlet="A"),
        call("They will speak.", status="planned", type="AGREE"),
        call("They spoke.", day="2013-09-28", place="New York/USA"),
    ]
    events = {repr(merged([told[0], *rest])) for rest in permutations(told[1:])}
    assert len(events) == 1
    assert merged(told).status == "happened"
    assert [d.value for d in merged(told).details if d.what == "status"] == ["happened", "planned"]
    assert [d.value for d in merged(told).details if d.what == "day"] == ["2013-09-27", "2013-09-28"]


def test_a_meeting_to_come_is_an_encounter() -> None:
    planned = telling(
        type="AGREE", status="planned", actor="USA", recipient="IRN", sentence="They will meet."
    )
    assert merged([planned]).encounter
    assert merged([planned]).type == "AGREE"
    assert is_encounter("CONSULT", None)
    assert not is_encounter("AGREE", None)


def test_a_party_alone_gives_way_to_its_people() -> None:
    event = merged([call("They spoke."), call("The two states spoke.", actor="USA", recipient="IRN")])
    assert [s.actor for s in event.sides] == ["barack-obama", "hassan-rouhani"]


def test_a_place_is_no_side() -> None:
    event = merged([telling(type="CONSULT", actor="USA,IRN", recipient="", day="2015-07-01")])
    assert [s.party for s in event.sides] == ["IRN", "USA"]
