"""Shifts inside a report: two positions, the later with the id of the earlier."""

from __future__ import annotations

import pytest

from onrecord.coding.coder import Coder
from onrecord.record import Position


def shifts(coder: Coder, text: str) -> list[tuple[str, str, str, str, str]]:
    """(party, stance before, issue before, stance after, issue after) of each shift."""
    positions = coder.code(text, published="2020-05-04").positions
    by_id = {p.id: p for p in positions}
    return [
        (p.party, (q := by_id[p.follows]).stance, q.issue, p.stance, p.issue)
        for p in positions
        if p.follows is not None
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sudan dropped its demand for a seat.", ("SDN", "supports", "seat", "noncommittal", "seat")),
        ("Cuba no longer insists on a ban.", ("CUB", "supports", "ban", "noncommittal", "ban")),
        ("Italy withdrew its objection to the dam.", ("ITA", "opposes", "dam", "supports", "dam")),
        ("Serbia no longer opposes the mission.", ("SRB", "opposes", "mission", "supports", "mission")),
        ("Madrid withdrew its support for the dam.", ("ESP", "supports", "dam", "opposes", "dam")),
        (
            "Morocco once opposed an observer mission but now supports it.",
            ("MAR", "opposes", "observer-mission", "supports", "observer-mission"),
        ),
        (
            "Hungary, which had previously demanded a quota, now backs voluntary relocation.",
            ("HUN", "supports", "quota", "supports", "voluntary-relocation"),
        ),
        (
            "Despite previously demanding a truce, Kenya now appears to be easing off pressure on Chad.",
            ("KEN", "supports", "truce", "noncommittal", "pressure-chad"),
        ),
        (
            "Serbia rejected the mission in March. In May Serbia reversed course and accepted the mission.",
            ("SRB", "opposes", "mission", "supports", "mission"),
        ),
        (
            "Bolivia had rejected the river treaty. On Monday Bolivia signed the river treaty.",
            ("BOL", "opposes", "river-treaty", "supports", "river-treaty"),
        ),
        (
            "Peru had rejected a truce. Peru now backs a 60-day truce.",
            ("PER", "opposes", "truce", "supports", "60-day-truce"),
        ),
    ],
)
def test_a_change_that_the_words_tell_of(
    coder: Coder, text: str, expected: tuple[str, str, str, str, str]
) -> None:
    assert shifts(coder, text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Bolivia rejected the river treaty. Bolivia signed the river treaty.",
        "Bolivia had rejected the river treaty. Peru now backs the river treaty.",
        "Bolivia had backed the truce. Bolivia now backs the truce.",
        "Bolivia had rejected the truce. Bolivia now backs the dam.",
        "Bolivia did not drop its demand for a seat.",
    ],
)
def test_what_is_no_shift(coder: Coder, text: str) -> None:
    assert shifts(coder, text) == []


def only(coder: Coder, text: str) -> tuple[Position, Position]:
    first, second = coder.code(text, published="2020-05-04").positions
    return first, second


def test_the_earlier_position_has_no_known_day_and_rests_on_the_words_that_name_it(coder: Coder) -> None:
    text = "Sudan dropped its demand for a seat on Monday."
    before, after = only(coder, text)
    assert before.date is not None
    assert (before.date.from_, before.date.precision) == (None, "unknown")
    assert after.date is not None
    assert after.date.from_ == "2020-05-04"
    assert before.span.text == "demand for a seat" == text[before.span.start : before.span.end]
    assert before.because == "stance/demand/demand-noun"
    assert (before.act, after.act) == ("demands", "withdraws")


def test_the_word_of_the_past_is_the_ground_of_its_date(coder: Coder) -> None:
    before, _ = only(coder, "Morocco once opposed an observer mission but now supports it.")
    assert before.date is not None
    assert before.date.span is not None
    assert before.date.span.text == "once"
