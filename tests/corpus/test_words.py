"""Words and quantities as they are compared."""

from __future__ import annotations

import time

import pytest

from onrecord.corpus.quantities import Quantity, alike, quantities
from onrecord.corpus.words import content, label, overlap, owned, stem, turned


@pytest.mark.parametrize(
    "forms",
    [
        ("lift", "lifts", "lifted", "lifting"),
        ("withdraw", "withdrawal", "withdrawn", "withdrew"),
        ("ceasefire", "truce", "armistice"),
        ("negotiations", "talks"),
        ("release", "released", "releasing"),
        ("recognition", "recognitions"),
    ],
)
def test_forms_of_one_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


def test_different_words_keep_apart() -> None:
    words = ["sanction", "election", "inspection", "release", "relief", "border", "order", "arms", "army"]
    assert len({stem(word) for word in words}) == len(words)


def test_content_leaves_out_what_carries_nothing() -> None:
    assert content("The minister said on Monday that he had") == content("minister")
    assert content("") == frozenset()
    assert overlap(content("ceasefire"), content("a cease-fire")) == 1
    assert overlap(frozenset(), content("a truce")) == 0


def test_labels_name_states_by_code_and_numbers_in_figures() -> None:
    assert label("Israel's troops") == label("Israeli soldiers")
    assert label("thirty-day truce") == label("30-day ceasefire")
    assert label("US-proposed truce") == label("the truce")
    assert label("U.S. sanctions") == label("American sanctions")
    assert label("two-year truce") != label("one-year truce")
    assert owned("withdrawal of its troops")
    assert not owned("withdrawal of troops")
    assert turned("return from Eritrea") != turned("return to Eritrea")


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("a two-hour call", "hours", 2),
        ("they spoke for 90 minutes", "hours", 1.5),
        ("two and a half hours", "hours", 2.5),
        ("half an hour of talks", "hours", 0.5),
        ("a 30-day truce", "days", 30),
        ("for six weeks", "days", 42),
        ("1,200 people were killed", "killed", 1200),
        ("26 dead", "killed", 26),
        ("three dozen prisoners", "prisoners", 36),
        ("4,200 troops", "troops", 4200),
        ("51 percent", "percent", 51),
    ],
)
def test_quantities_in_one_unit(text: str, unit: str, amount: float) -> None:
    (found,) = quantities(text)
    assert (found.unit, found.amount) == (unit, pytest.approx(amount))
    assert found.text in text


@pytest.mark.parametrize(
    "text", ["a day after the vote", "in 2015", "Resolution 242", "the third day", "days", ""]
)
def test_no_quantities(text: str) -> None:
    assert quantities(text) == ()


def test_amounts_are_alike_within_a_tenth_or_a_quarter() -> None:
    two = Quantity("hours", 2, "two hours")
    assert alike(two, Quantity("hours", 2.1, ""))
    assert not alike(two, Quantity("hours", 1.6, ""))
    assert alike(Quantity("hours", 2, "about two hours", about=True), Quantity("hours", 1.6, ""))


@pytest.mark.parametrize(
    "piece", ["1", "1,", "1 ", "about ", "a ", "two-", "U.S.", "x-proposed", "more people "]
)
def test_hostile_words_take_no_more_time_than_others(piece: str) -> None:
    start = time.process_time()
    quantities(piece * 5000)
    label(piece * 500)
    assert time.process_time() - start < 3
