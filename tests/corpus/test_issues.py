"""Which issues of two reports are one, on pairs judged by hand."""

from __future__ import annotations

from datetime import date, timedelta

from onrecord.corpus.entries import IssueIn
from onrecord.corpus.issues import keys, same_issue
from tests.corpus.build import table

PAIRS = table("issue_pairs.toml")


def issue(given: dict, report: str = "one", day: str = "2015-02-01") -> IssueIn:
    published = (date.fromisoformat(day) + timedelta(given.get("days", 0))).isoformat()
    parties = tuple(sorted(given["parties"].split()))
    return IssueIn(report, given["label"], given["label"], given.get("topic"), parties, published)


def found(pair: dict) -> bool:
    a, b = issue(pair["a"]), issue(pair["b"], "two", "2015-02-04")
    assert same_issue(a, b) == same_issue(b, a)
    return same_issue(a, b) and bool(set(keys(a)) & set(keys(b)))


def test_precision_and_recall_of_pairs() -> None:
    judged = [(found(p), p["same"], p["a"]["label"], p["b"]["label"]) for p in PAIRS]
    right = sum(got and same for got, same, *_ in judged)
    assert right / sum(got for got, *_ in judged) >= 0.95, [j for j in judged if j[0] and not j[1]]
    assert right / sum(same for _, same, *_ in judged) >= 0.8, [j for j in judged if j[1] and not j[0]]


def test_an_issue_is_itself() -> None:
    for pair in PAIRS:
        a = issue(pair["a"])
        assert same_issue(a, a) == bool(keys(a))


def test_a_label_that_says_nothing_is_no_issue_of_another_report() -> None:
    nothing = issue({"label": "the", "parties": "IRN"})
    assert keys(nothing) == ()
    assert not same_issue(nothing, nothing)


def test_parties_that_are_not_known_forbid_nothing_where_the_label_says_enough() -> None:
    a = issue({"label": "arms embargo", "parties": ""})
    b = issue({"label": "arms embargo", "parties": "IRN"}, "two")
    assert same_issue(a, b)
    assert not same_issue(
        issue({"label": "embargo", "parties": ""}), issue({"label": "embargo", "parties": "IRN"})
    )
