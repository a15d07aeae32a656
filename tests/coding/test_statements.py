"""Statements: speakers resolved, relayers, addressees, channels and days, in sentences of our own."""

from __future__ import annotations

import pytest

from onrecord.coding.coder import Coder
from onrecord.record import Document, Record, Statement


@pytest.fixture(params=["rules", "tagger"])
def either(request: pytest.FixtureRequest, coder: Coder) -> Coder:
    """The coder with the rules alone, and with the learned tagger where it is there."""
    if request.param == "rules":
        return Coder(coder.parser)
    if coder.tagger is None:
        pytest.skip("no learned tagger here: onnxruntime or the weights are missing")
    return coder


def code(coder: Coder, text: str, published: str | None = "2015-07-14") -> Record:
    return coder.code(Document(id="x", text=text, published=published))


def statement(record: Record, words: str) -> Statement:
    """The statement whose content begins with these words."""
    return next(s for s in record.statements if s.content[0].text.lstrip('“"').startswith(words))


def test_a_pronoun_is_the_person_named_before(either: Coder) -> None:
    record = code(
        either, "John Kerry met Javad Zarif in Vienna.\n\nKerry was upbeat. He said the talks would go on."
    )
    assert statement(record, "the talks").speaker == "john-kerry"


def test_a_capital_that_speaks_is_the_state(either: Coder) -> None:
    record = code(either, "Moscow said the embargo must be lifted.")
    assert statement(record, "the embargo").speaker == "RUS"


def test_the_office_is_held_by_whoever_holds_it_on_the_day(either: Coder) -> None:
    text = "The US president said the agreement was a good one."
    assert statement(code(either, text, "2015-07-14"), "the agreement").speaker == "barack-obama"
    assert statement(code(either, text, "2018-05-08"), "the agreement").speaker == "donald-trump"


def test_who_relays_is_named(either: Coder) -> None:
    record = code(either, "Javad Zarif said John Kerry told him that the sanctions would end.")
    told = statement(record, "that the sanctions")
    assert told.speaker == "john-kerry"
    assert told.via == ("mohammad-javad-zarif",)


def test_the_channel_is_named(either: Coder) -> None:
    record = code(either, "The embargo must end, Sergei Lavrov told a news conference in Moscow.")
    assert statement(record, "The embargo").channel == "press-conference"


def test_a_statement_is_said_on_the_day_its_clause_names_else_on_that_of_publication(either: Coder) -> None:
    record = code(either, "Sergei Lavrov said on Monday that the embargo must end.")
    said_on = record.statements[0].said_on
    assert said_on is not None
    assert (said_on.from_, said_on.precision) == ("2015-07-13", "day")
    record = code(either, "Sergei Lavrov said that the embargo must end.")
    said_on = record.statements[0].said_on
    assert said_on is not None
    assert (said_on.from_, said_on.span) == ("2015-07-14", None)


def test_without_a_day_of_publication_none_is_guessed(either: Coder) -> None:
    record = code(either, "Sergei Lavrov said that the embargo must end.", None)
    assert record.statements[0].said_on is None


def test_a_bare_pronoun_is_no_statement(either: Coder) -> None:
    record = code(either, "He backed the accord, which Tehran had already accepted.")
    assert all(s.content[0].text != "which" for s in record.statements)


def test_kinds(either: Coder) -> None:
    record = code(
        either,
        "“The accord will hold,” John Kerry said.\n\nSergei Lavrov said it was “a good day for peace”.\n\n"
        "Philip Hammond said that the accord was strict.",
    )
    assert [s.kind for s in record.statements] == ["direct", "mixed", "indirect"]
