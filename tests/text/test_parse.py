"""The parse of a document: paragraphs each by itself, furniture apart, offsets of the text as received."""

from __future__ import annotations

import pytest

from onrecord.errors import UsageError
from onrecord.record import Document
from onrecord.text.parse import Parser

LEAD = (
    "VIENNA, July 7 (Danube Wire) - Iran and six world powers on Tuesday gave themselves until Friday to "
    "agree on limits to Tehran's nuclear programme, extending a deadline for the second time in a week after "
    "their ministers had failed to settle the last disputes over sanctions, inspections and arms."
)


def test_a_dateline_is_apart_from_the_sentence_it_opens_however_long(parser: Parser) -> None:
    parse = parser.parse(Document(id="x", text=LEAD))
    (dateline,) = parse.furniture
    assert parse.text[dateline.start : dateline.end] == "VIENNA, July 7 (Danube Wire) -"
    ((start, end),) = parse.report
    assert (parse.text[start : start + 8], end) == ("Iran and", len(parse.text))
    gave = next(token for token in parse.doc if token.text == "gave")
    assert next(child for child in gave.children if child.dep_ == "nsubj").text == "Iran"


def test_a_paragraph_is_parsed_as_if_it_stood_alone(parser: Parser) -> None:
    first = "The minister said the talks had failed"
    alone = parser.parse(Document(id="x", text=first))
    followed = parser.parse(Document(id="x", text=first + "\n\nwhich nobody had expected."))
    assert [(t.text, t.dep_, t.head.i) for t in followed.doc[: len(alone.doc)]] == [
        (t.text, t.dep_, t.head.i) for t in alone.doc
    ]
    assert followed.doc.text == followed.text


def test_a_place_in_the_text_has_its_token_sentence_and_paragraph(parser: Parser) -> None:
    parse = parser.parse(Document(id="x", text="One came. Two left.\n\n\n“Three stayed,” he said."))
    at = parse.text.index("left")
    token = parse.token_at(at)
    assert token is not None
    assert token.text == "left"
    assert parse.text[slice(*parse.sentence_at(at))] == "Two left."
    assert parse.text[slice(*parse.paragraph_at(at))] == "One came. Two left."
    quote = parse.quote_at(parse.text.index("Three"))
    assert quote is not None
    assert parse.text[quote.start : quote.end] == "“Three stayed,”"
    assert parse.quote_at(at) is None


@pytest.mark.parametrize("text", ["", " ", "\n\n", "a", "\u200b", "—"])
def test_next_to_nothing_parses(parser: Parser, text: str) -> None:
    parse = parser.parse(Document(id="x", text=text))
    assert parse.doc.text == parse.text


def test_an_unknown_model_is_told_with_a_remedy() -> None:
    with pytest.raises(UsageError, match="pip install it, or leave --model out"):
        Parser.load("no_such_model")
