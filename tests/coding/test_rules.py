"""Attribution by rules: who is given which words, in sentences of our own."""

from __future__ import annotations

import pytest

from onrecord.coding.rules import attribute
from onrecord.record import Document
from onrecord.text.parse import Parser

CASES = [
    # text, (speaker, content, kind) …
    (
        "The minister said the talks would resume on Friday.",
        [("The minister", "the talks would resume on Friday", "indirect")],
    ),
    (
        "The talks would resume on Friday, the minister said.",
        [("the minister", "The talks would resume on Friday", "indirect")],
    ),
    ("“We will not sign,” the envoy said.", [("the envoy", "“We will not sign,”", "direct")]),
    (
        "“We tried for nine hours,” she said, “but the other side left.”",
        [("she", "“We tried for nine hours,” / “but the other side left.”", "direct")],
    ),
    (
        "The envoy told reporters: “There is no deal. There may never be one.”",
        [("The envoy", "“There is no deal. There may never be one.”", "direct")],
    ),
    (
        "The talks have failed, according to the Finnish mediator.",
        [("the Finnish mediator", "The talks have failed", "indirect")],
    ),
    (
        "According to the Finnish mediator, the talks have failed.",
        [("the Finnish mediator", "the talks have failed", "indirect")],
    ),
    (
        "The president said the offer was “an insult to the nation” and must be withdrawn.",
        [
            (
                "The president",
                "the offer was “an insult to the nation” and must be withdrawn",
                "mixed",
            )
        ],
    ),
    (
        "The union demanded that the government withdraw the bill.",
        [("The union", "that the government withdraw the bill", "indirect")],
    ),
    (
        "The general promised to release the prisoners.",
        [("The general", "to release the prisoners", "indirect")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_who_is_given_which_words(parser: Parser, text: str, expected: list[tuple[str, str, str]]) -> None:
    parse = parser.parse(Document(id="x", text=text))
    found = [
        (
            parse.text[slice(*a.speaker)] if a.speaker else None,
            " / ".join(parse.text[slice(*c)] for c in a.content),
            a.kind,
        )
        for a in attribute(parse)
    ]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "The film “A Separation” won the prize in 2012.",  # a title
        "The so-called “red line” ran along the river.",  # a scare quote
        "Antonio “Tony” Alvarez walked home.",  # a nickname
        "The minister did not say where the talks would be held.",  # nothing said
        "The delegations met in Geneva on Monday.",
    ],
)
def test_no_statement(parser: Parser, text: str) -> None:
    assert attribute(parser.parse(Document(id="x", text=text))) == ()


def test_a_quotation_that_runs_over_paragraphs_is_one_statement(parser: Parser) -> None:
    text = "The mediator said: “The first round was hard.\n\n“The second will be harder.”"
    (found,) = attribute(parser.parse(Document(id="x", text=text)))
    assert [text[slice(*c)] for c in found.content] == [
        "“The first round was hard.",
        "“The second will be harder.”",
    ]


def test_a_sentence_after_the_cue_goes_on_with_the_quotation(parser: Parser) -> None:
    text = "“We want peace,” the king said. “We do not want it at any price.”"
    (found,) = attribute(parser.parse(Document(id="x", text=text)))
    assert [text[slice(*c)] for c in found.content] == [
        "“We want peace,”",
        "“We do not want it at any price.”",
    ]
