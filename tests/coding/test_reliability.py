"""How far an attribution can be relied on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.coding.attribution import Attribution
from onrecord.coding.coder import Coder, from_text
from onrecord.coding.reliability import properties, reliable
from onrecord.knowledge import read_csv
from onrecord.text.parse import Parse

TEXT = "Maria Lindqvist praised the move. Oskar Hellman said that the road was open."


@pytest.fixture(scope="module")
def parse(coder: Coder) -> Parse:
    return coder.parser.parse(from_text(TEXT))


def found(
    words: str, cue: str, speaker: str, confidence: float = 0.9, because: str = "tagger/x"
) -> Attribution:
    def at(part: str) -> tuple[int, int]:
        return TEXT.index(part), TEXT.index(part) + len(part)

    return Attribution(at(speaker), at(cue), (at(words),), "indirect", because, confidence)


PRAISE = found("the move", "praised", "Maria Lindqvist")
SAID = found("that the road was open", "said", "Oskar Hellman")


def test_an_attitude_is_known_by_cue_and_form(parse: Parse) -> None:
    known = properties(parse, PRAISE)
    assert known.form == "thing"
    assert {"cue praise", "cue praise, form thing", "source PROPN", "length to 4"} <= set(known.numbers)


def test_said_that_is_known_by_cue_and_form(parse: Parse) -> None:
    known = properties(parse, SAID)
    assert (known.form, known.lemma) == ("that", "say")
    assert "speech" in known.groups


def test_an_attitude_takes_more_certainty_than_words(parse: Parse) -> None:
    doubtful = [replace(a, confidence=0.25) for a in (PRAISE, SAID)]
    assert [a.cue for a in reliable(parse, doubtful)] == [SAID.cue]


def test_words_of_which_the_tagger_is_hardly_sure_go(parse: Parse) -> None:
    assert reliable(parse, [replace(PRAISE, confidence=0.05)]) == ()


def test_confidence_is_a_chance_that_rises_with_the_taggers(parse: Parse) -> None:
    low, high = reliable(parse, [replace(SAID, confidence=0.5), replace(SAID, confidence=0.99)])
    assert 0.3 < low.confidence < high.confidence <= 1


def test_what_a_rule_found_stays_as_it_is(parse: Parse) -> None:
    by_rule = replace(PRAISE, because="attribution/clause", confidence=0.2)
    assert reliable(parse, [by_rule]) == (by_rule,)


def test_the_weights_are_named_once_and_sorted() -> None:
    names = [row["property"] for row in read_csv("attribution", "reliability.csv")]
    assert names == sorted(set(names))
