"""Shifts are dated changes of stance; contradictions are of sources; repetition is neither."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.corpus.entries import Stand
from onrecord.corpus.shifts import Contradiction, Shift, shifts, timeline
from tests.corpus.build import stand


def told(*stands: Stand) -> list[tuple[str, ...]]:
    """The shifts as (day, before, after), the contradictions as (day, 'contradiction', stances)."""
    found = []
    for f in shifts(stands):
        if isinstance(f, Shift):
            found.append((f.taken, f.before.stance, f.after.stance))
        else:
            found.append((f.taken, f.kind, " ".join(sorted({s.stance for s in f.stands}))))
    return found


def test_a_change_from_one_day_to_another() -> None:
    assert told(stand("2015-02-01", "opposes"), stand("2015-02-09", "supports")) == [
        ("2015-02-09", "opposes", "supports")
    ]


def test_the_day_taken_counts_and_not_that_of_publication() -> None:
    late = stand("2015-02-01", "opposes", published="2015-02-20")
    assert told(late, stand("2015-02-09", "supports")) == [("2015-02-09", "opposes", "supports")]


def test_repetition_is_no_shift() -> None:
    assert told(*(stand(f"2015-02-0{n}", "opposes", outlet=str(n)) for n in range(1, 6))) == []


@pytest.mark.parametrize(("before", "after"), [("supports", "conditional"), ("noncommittal", "supports")])
def test_conditions_and_decisions_are_moves(before: str, after: str) -> None:
    assert told(stand("2015-02-01", before), stand("2015-02-09", after)) == [("2015-02-09", before, after)]


def test_a_demand_withdrawn_is_a_move() -> None:
    demand = stand("2015-02-01", "supports", act="demands")
    assert told(demand, stand("2015-02-09", "supports", act="withdraws")) == [
        ("2015-02-09", "supports", "supports")
    ]


def test_no_answer_leaves_the_stance_as_it_was() -> None:
    days = stand("2015-02-01", "opposes"), stand("2015-02-03", "noncommittal"), stand("2015-02-05", "opposes")
    assert told(*days) == []
    assert told(days[0], days[1], stand("2015-02-05", "supports")) == [("2015-02-05", "opposes", "supports")]


def test_sources_that_differ_on_one_day_contradict_each_other() -> None:
    a, b = stand("2015-02-09", "supports", outlet="A"), stand("2015-02-09", "opposes", outlet="B")
    assert told(a, b) == [("2015-02-09", "same day", "opposes supports")]
    assert told(stand("2015-02-01", "opposes"), a, b, stand("2015-02-11", "opposes", outlet="C")) == [
        ("2015-02-09", "same day", "opposes supports")
    ]


def test_another_partys_word_against_ones_own_is_no_shift() -> None:
    own = stand("2015-02-01", "supports")
    claim = {"basis": "reported", "voice": "petro-poroshenko"}
    same_day = told(own, stand("2015-02-09", "supports"), stand("2015-02-09", "opposes", **claim))
    assert same_day == [("2015-02-09", "same day", "opposes supports")]
    later = told(own, stand("2015-02-09", "opposes", **claim))
    assert later == [("2015-02-09", "another's word", "opposes supports")]
    again = told(own, stand("2015-02-09", "opposes", **claim), stand("2015-02-12", "opposes"))
    assert again[1:] == [("2015-02-12", "supports", "opposes")]


def test_own_words_after_anothers_are_no_shift_either() -> None:
    claim = stand("2015-02-01", "opposes", basis="reported", voice="petro-poroshenko")
    own = stand("2015-02-09", "supports")
    assert told(claim, own) == [("2015-02-09", "another's word", "opposes supports")]
    assert told(claim, own, stand("2015-02-12", "opposes"))[1:] == [("2015-02-12", "supports", "opposes")]


def test_refusal_and_condition_in_one_report_are_one_stance() -> None:
    a = stand("2015-02-09", "opposes", report="r")
    b = stand("2015-02-09", "conditional", report="r", voice="maria-zakharova")
    assert told(a, b) == []
    assert told(a, replace(b, report="s")) == [("2015-02-09", "same day", "conditional opposes")]


def test_a_condition_beside_support_is_no_contradiction() -> None:
    a, b = stand("2015-02-09", "supports", outlet="A"), stand("2015-02-09", "conditional", outlet="B")
    assert told(a, b) == []
    assert told(a, b, stand("2015-02-12", "conditional")) == []


def test_a_report_that_tells_the_change_itself() -> None:
    before = stand(None, "supports", published="2015-02-09", report="r", act="demands")
    after = stand(None, "opposes", published="2015-02-09", report="r", act="withdraws", follows=before.id)
    assert told(before, after) == [("2015-02-09", "supports", "opposes")]
    undated = replace(before, published=None), replace(after, published=None)
    assert told(*undated) == [("", "supports", "opposes")]


def test_a_month_that_holds_the_other_day_cannot_be_put_in_order() -> None:
    may = stand("2015-05-01", "opposes", date_to="2015-05-31", precision="month")
    assert told(may, stand("2015-05-20", "supports")) == []
    assert told(may, stand("2015-06-20", "supports")) == [("2015-06-20", "opposes", "supports")]


def test_without_a_day_there_is_no_order() -> None:
    assert told(stand(None, "supports"), stand("2015-02-01", "opposes")) == []
    steps = timeline([stand(None, "supports"), stand("2015-02-01", "opposes")])
    assert [s.taken for s in steps] == ["2015-02-01", ""]


def test_the_timeline_joins_what_is_said_again() -> None:
    days = ["2015-02-03", "2015-02-01", "2015-02-02"]
    steps = timeline([stand(d, "opposes") for d in days] + [stand("2015-02-04", "supports")])
    assert [(s.taken, len(s.stands)) for s in steps] == [("2015-02-01", 3), ("2015-02-04", 1)]


STANDS = st.lists(
    st.builds(
        stand,
        st.one_of(st.none(), st.integers(1, 6).map(lambda d: f"2015-02-0{d}")),
        st.sampled_from(["supports", "opposes", "conditional", "noncommittal"]),
        outlet=st.sampled_from(["A", "B"]),
        basis=st.sampled_from(["self", "reported", "narrated"]),
        confidence=st.sampled_from([0.5, 0.8]),
    ),
    max_size=9,
)


@given(STANDS, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_neither_order_nor_giving_one_twice_changes_anything(stands: list[Stand], random: object) -> None:
    other = [*stands, *stands[:3]]
    random.shuffle(other)  # type: ignore[attr-defined]
    assert shifts(other) == shifts(stands)
    assert timeline(other) == timeline(stands)


@given(STANDS)
@settings(max_examples=150, deadline=None)
def test_the_last_stance_said_again_adds_nothing(stands: list[Stand]) -> None:
    dated = [s for s in stands if s.date_from]
    before = shifts(dated)
    moves = [f for f in before if isinstance(f, Shift)]
    if not moves or any(isinstance(f, Contradiction) for f in before):
        return
    last = moves[-1].after
    if any(s.date_from > last.date_from and s.stance != last.stance for s in dated):  # type: ignore[operator]
        return
    again = stand("2015-03-01", last.stance, basis="self", outlet="Z")
    assert shifts([*dated, again]) == before
