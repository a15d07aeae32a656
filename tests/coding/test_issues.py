"""Issues: labels, topics, what is one thing, what a pronoun stands for."""

from __future__ import annotations

import pytest

from onrecord.coding.coder import Coder
from onrecord.coding.issue_phrases import clause_issue, noun_issue
from onrecord.coding.issues import IssueBook
from onrecord.coding.topics import load_topics, topic_of
from onrecord.record import Document
from onrecord.text.parse import Parse, Parser


def parsed(parser: Parser, text: str) -> Parse:
    return parser.parse(Document(id="t", text=text))


def label(parser: Parser, text: str, word: str) -> str | None:
    parse = parsed(parser, text)
    token = next(t for t in parse.doc if t.text == word)
    phrase = clause_issue(parse, token) if token.pos_ == "VERB" else noun_issue(parse, token)
    return phrase.label if phrase else None


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Chad wants a 60-day unconditional truce.", "truce", "60-day unconditional truce"),
        (
            "Chad backed the withdrawal of foreign troops from the valley.",
            "withdrawal",
            "withdrawal of foreign troops from the valley",
        ),
        (
            "Chad urged Mali to withdraw its troops from the valley.",
            "withdraw",
            "withdraw its troops from the valley",
        ),
        ("Chad urged Mali to hold direct talks.", "hold", "direct talks"),
        ("Chad demands that the embargo be lifted.", "lifted", "embargo lifted"),
        ("Chad supports a series of inspections.", "series", "inspections"),
        ("Chad rejected Mali's proposal for a joint patrol.", "proposal", "proposal for a joint patrol"),
        (
            "Chad rejected any suggestion that it would pay the debt.",
            "suggestion",
            "suggestion that it would pay the debt",
        ),
        ("Chad backed its own plan.", "plan", "plan"),
        ("Chad did the same thing.", "thing", None),
        ("Chad met the Malians.", "Malians", None),
    ],
)
def test_label(parser: Parser, text: str, word: str, expected: str | None) -> None:
    assert label(parser, text, word) == expected


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("unconditional truce", "ceasefire"),
        ("withdrawal of troops", "withdrawal"),
        ("stronger sanctions", "sanctions"),
        ("exchange of prisoners", "prisoners"),
        ("steel tariffs", "tariffs"),
        ("inspection of military sites", "verification"),
        ("enrichment of uranium", "nuclear"),
        ("security guarantees", "security-guarantees"),
        ("recognition of the republic", "recognition"),
        ("return of the refugees", "refugees"),
        ("aid convoys", None),
        ("early elections", "elections"),
        ("war crimes tribunal", "accountability"),
        ("emission cuts", "climate"),
        ("blue paint", None),
    ],
)
def test_topic(text: str, topic: str | None) -> None:
    if text == "aid convoys":
        assert topic_of(text) is not None
    else:
        assert topic_of(text) == topic


def test_topics_are_unique() -> None:
    ids = [topic for topic, _ in load_topics().words]
    assert len(ids) == len(set(ids))


def ids(parser: Parser, text: str, *words: str) -> list[str | None]:
    """The ids of the issues that the last token with each word names, in the order given."""
    parse = parsed(parser, text)
    book = IssueBook(parse)
    seen: list[str | None] = []
    used: set[int] = set()
    for word in words:
        token = next(t for t in parse.doc if t.text == word and t.i not in used)
        used.add(token.i)
        if token.pos_ == "PRON":
            seen.append(book.antecedent(token.idx, token.idx + len(token)))
            continue
        phrase = noun_issue(parse, token)
        seen.append(book.add(phrase) if phrase else None)
    return seen


def test_the_same_words_are_one_issue(parser: Parser) -> None:
    a, b = ids(parser, "Chad wants a full truce. Mali rejected a full truce.", "truce", "truce")
    assert a == b == "full-truce"


def test_fewer_words_with_the_are_the_same_issue(parser: Parser) -> None:
    a, b = ids(parser, "Chad wants a 60-day truce. Mali rejected the truce.", "truce", "truce")
    assert a == b


def test_fewer_words_without_the_are_another_issue(parser: Parser) -> None:
    a, b = ids(parser, "Chad wants a 60-day truce. Mali rejected a truce.", "truce", "truce")
    assert a != b


def test_other_words_are_another_issue(parser: Parser) -> None:
    a, b = ids(parser, "Chad wants the 60-day truce. Mali rejected the humanitarian truce.", "truce", "truce")
    assert a != b


def test_the_deal_is_the_agreement_named_last(parser: Parser) -> None:
    text = "Chad signed a fishing accord. Mali rejected the deal."
    a, b = ids(parser, text, "accord", "deal")
    assert a == b


def test_the_move_is_no_agreement(parser: Parser) -> None:
    a, b = ids(parser, "Chad signed a fishing accord. Mali rejected the move.", "accord", "move")
    assert a != b


def test_names_and_years_do_not_split_an_accord(parser: Parser) -> None:
    text = "Chad signed the 2015 nuclear accord. Mali left the Iran nuclear accord."
    a, b = ids(parser, text, "accord", "accord")
    assert a == b


def test_a_pronoun_is_the_issue_named_last(parser: Parser) -> None:
    a, b = ids(parser, "Chad tabled a plan for the river. Mali rejected it.", "plan", "it")
    assert a == b


def test_proposers_topic_and_mentions(coder: Coder) -> None:
    text = "Norway proposed a prisoner exchange. Kenya rejected the exchange. Peru backed it."
    record = coder.code(text, published="2020-05-04")
    (issue,) = record.issues
    assert (issue.label, issue.topic, issue.proposed_by) == ("prisoner exchange", "prisoners", ("NOR",))
    assert [m.text for m in issue.mentions] == ["prisoner exchange", "exchange", "it"]
    assert [(p.party, p.stance) for p in record.positions] == [
        ("NOR", "supports"), ("KEN", "opposes"), ("PER", "supports"),
    ]  # fmt: skip


def test_a_plan_belongs_to_its_owner(coder: Coder) -> None:
    record = coder.code("Kenya rejected Norway's plan.", published="2020-05-04")
    assert record.issues[0].proposed_by == ("NOR",)


def test_spans_are_the_text(coder: Coder) -> None:
    text = "“Mali must free the crew,” Chad's foreign minister said. Mali refused to do so unless Chad paid."
    record = coder.code(text, published="2020-05-04")
    for p in record.positions:
        assert text[p.span.start : p.span.end] == p.span.text
        assert p.condition is None or text[p.condition.start : p.condition.end] == p.condition.text
    assert coder.code(text, published="2020-05-04") == record
