"""A possessive that the parser took for a verb is hung where it belongs."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from onrecord.text.parse import Parser
from onrecord.text.possessives import mend_possessives

WORDS = ["Peru", "backed", "Chad", "'s", "plan", "for", "peace", "."]
TAGS = ["NNP", "VBD", "NNP", "POS", "NN", "IN", "NN", "."]
POS = ["PROPN", "VERB", "PROPN", "PART", "NOUN", "ADP", "NOUN", "PUNCT"]


def read(parser: Parser, heads: list[int], deps: list[str]) -> Doc:
    return Doc(parser.nlp.vocab, words=WORDS, tags=TAGS, pos=POS, heads=heads, deps=deps)


@pytest.mark.parametrize(
    ("heads", "deps"),
    [
        ([1, 1, 1, 1, 3, 3, 5, 1], ["nsubj", "ROOT", "dobj", "advcl", "dobj", "prep", "pobj", "punct"]),
        ([1, 1, 3, 1, 3, 3, 5, 1], ["nsubj", "ROOT", "nsubj", "ccomp", "attr", "prep", "pobj", "punct"]),
    ],
)
def test_a_possessive_read_as_a_verb(parser: Parser, heads: list[int], deps: list[str]) -> None:
    doc = read(parser, heads, deps)
    mend_possessives(doc)
    assert [(t.text, t.dep_, t.head.text) for t in doc[2:5]] == [
        ("Chad", "poss", "plan"),
        ("'s", "case", "Chad"),
        ("plan", "dobj", "backed"),
    ]
    assert len(list(doc.sents)) == 1


def test_what_is_read_well_stays(parser: Parser) -> None:
    doc = read(
        parser, [1, 1, 4, 2, 1, 4, 5, 1], ["nsubj", "ROOT", "poss", "case", "dobj", "prep", "pobj", "punct"]
    )
    before = [(t.dep_, t.head.i) for t in doc]
    mend_possessives(doc)
    assert [(t.dep_, t.head.i) for t in doc] == before


def test_a_chain_of_owners_stays_a_tree(parser: Parser) -> None:
    words = ["Putin", "of", "rebels", "’s", "President"]
    tags, pos = ["NNP", "IN", "NNS", "POS", "NNP"], ["PROPN", "ADP", "NOUN", "PART", "PROPN"]
    deps = ["nsubj", "prep", "pobj", "ROOT", "dobj"]
    doc = Doc(parser.nlp.vocab, words=words, tags=tags, pos=pos, heads=[3, 0, 1, 3, 3], deps=deps)
    mend_possessives(doc)
    assert [t.head.i for t in doc] == [0, 0, 4, 2, 1]
    assert doc[:].root.i == 0
