"""General and special issues, and the issues that 'the offer' and 'these demands' stand for."""

from __future__ import annotations

import pytest

from onrecord.coding.coder import Coder
from onrecord.record import Record


def coded(coder: Coder, text: str) -> Record:
    return coder.code(text, published="2020-05-04")


def links(coder: Coder, text: str) -> dict[str, tuple[str, ...]]:
    return {issue.id: issue.broader for issue in coded(coder, text).issues}


def stands(coder: Coder, text: str) -> list[tuple[str, str, str]]:
    return [(p.party, p.stance, p.issue) for p in coded(coder, text).positions]


def test_a_special_case_names_all_that_are_broader(coder: Coder) -> None:
    text = (
        "Chad backed a ceasefire. Mali wants an unconditional truce. "
        "Kenya proposed a 30-day unconditional truce."
    )
    assert links(coder, text) == {
        "ceasefire": (),
        "unconditional-truce": ("ceasefire",),
        "30-day-unconditional-truce": ("ceasefire", "unconditional-truce"),
    }


def test_a_refusal_of_the_special_case_is_none_of_the_general(coder: Coder) -> None:
    text = "Chad backed a ceasefire. Mali rejected a 30-day unconditional ceasefire."
    assert stands(coder, text) == [
        ("TCD", "supports", "ceasefire"),
        ("MLI", "opposes", "30-day-unconditional-ceasefire"),
    ]


def test_the_general_may_come_later(coder: Coder) -> None:
    text = "Mali rejected a 30-day ceasefire. Chad backed a ceasefire."
    assert links(coder, text) == {"30-day-ceasefire": ("ceasefire",), "ceasefire": ()}


def test_clauses_are_linked_like_nouns(coder: Coder) -> None:
    text = "Chad agreed to withdraw troops. Mali refused to withdraw troops from the valley."
    assert links(coder, text)["withdraw-troops-valley"] == ("withdraw-troops",)


def test_the_setting_is_no_part_of_the_kind(coder: Coder) -> None:
    text = "Chad demands a ceasefire in the war with Mali. Mali rejected a 60-day ceasefire."
    assert links(coder, text)["60-day-ceasefire"] == ("ceasefire-war-mali",)


@pytest.mark.parametrize(
    "text",
    [
        "Chad wants a 60-day truce. Mali rejected a humanitarian truce.",
        "Chad has a plan. Mali rejected a plan for the dam.",
        "Chad backed a truce. Mali denounced the failed truce of March.",
        "Chad demands a ceasefire in the war with Mali. Kenya wants a ceasefire in Libya.",
        "Chad backed a withdrawal. Mali rejected a troop pullout tax.",
        "Chad backed sanctions. Mali demanded the end of all sanctions.",
    ],
)
def test_what_is_not_linked(coder: Coder, text: str) -> None:
    assert [broader for broader in links(coder, text).values() if broader] == []


def test_whose_proposal_it_is_makes_no_other_issue(coder: Coder) -> None:
    text = "Kenya proposed a 30-day full truce. Mali rejected the Kenya-proposed 30-day full truce."
    assert list(links(coder, text)) == ["30-day-full-truce"]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Norway proposed a joint patrol. Mali rejected the proposal.", "joint-patrol"),
        ("Chad suggested sharing the river. Mali turned down the offer.", "sharing-river"),
        ("Chad threatened to close the port. Mali denounced the threat.", "close-port"),
        ("Norway proposed a joint patrol. Mali tabled a plan for the dam. Chad backed the plan.", "plan-dam"),
        ("Chad demanded an apology. Peru demanded a ransom. Mali rejected Chad's demand.", "apology"),
        ("Chad and Mali signed a water treaty. Kenya criticised the deal.", "water-treaty"),
    ],
)
def test_a_noun_that_refers_back(coder: Coder, text: str, last: str) -> None:
    assert stands(coder, text)[-1][2] == last


def test_these_demands_are_each_of_them(coder: Coder) -> None:
    text = "Chad demands the release of the crew and an apology. Kenya rejected these demands."
    assert stands(coder, text)[2:] == [("KEN", "opposes", "release-crew"), ("KEN", "opposes", "apology")]


def test_the_talks_are_rather_the_talks_as_a_whole(coder: Coder) -> None:
    text = "Chad praised the negotiations. Mali wants direct negotiations with Chad. Kenya left the talks."
    assert stands(coder, text)[-1] == ("KEN", "opposes", "negotiations")
