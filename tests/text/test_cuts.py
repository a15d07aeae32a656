from __future__ import annotations

from itertools import pairwise

import pytest

from onrecord.text.cuts import MOST, PARAGRAPH, PIECE, SENTENCE, WORD, cuts
from onrecord.text.cuts import pieces as again
from onrecord.text.parse import Parser

STOPPED = "The two delegations met in Havana on Friday and talked about the prisoners. "
COMMAS = "the rebels of the south, whose prisoners were held, "
BARE = "the rebels of the south whose prisoners were held "


def pieces(text: str) -> list[str]:
    edges = sorted({0, *cuts(text, 0, len(text)), len(text)})
    return [text[a:b] for a, b in pairwise(edges)]


def test_paragraphs_of_reports_stay_whole() -> None:
    assert pieces(STOPPED * 150) == [STOPPED * 150]
    assert pieces(COMMAS * 40) == [COMMAS * 40]


def test_a_long_paragraph_is_cut_at_an_end_of_a_sentence() -> None:
    found = pieces(STOPPED * 500)
    assert [len(p.split()) >= PARAGRAPH for p in found] == [True] * (len(found) - 1) + [False]
    assert all(p.endswith("prisoners. ") and len(p.split()) < PARAGRAPH + 20 for p in found)


@pytest.mark.parametrize(("sentence", "most", "ends"), [(COMMAS, SENTENCE + 10, ", "), (BARE, MOST, " ")])
def test_without_one_it_is_cut_at_a_comma_or_else_at_a_word(sentence: str, most: int, ends: str) -> None:
    found = pieces(sentence * 400)
    assert len(found) > 2
    assert all(p.endswith(ends) and len(p.split()) <= most for p in found)


def test_abbreviations_end_no_sentence() -> None:
    text = "Then Mr. Kerry met Gen. Allen, and so Mr. Zarif met the U.S. envoys, " * 45
    assert len(pieces(text)) == 2


@pytest.mark.parametrize("sentence", [STOPPED, COMMAS, BARE])
def test_what_follows_moves_no_cut(sentence: str) -> None:
    text = sentence * 500
    whole = list(cuts(text, 0, len(text)))
    for end in range(0, len(text), 997):
        assert list(cuts(text, 0, end)) == [c for c in whole if c < end], end


def test_a_word_without_end_is_cut_from_what_stands_around_it() -> None:
    assert [len(p) for p in pieces("so " + "x" * (WORD - 1) + " on")] == [WORD + 5]
    assert [len(p) for p in pieces("so " + "x" * WORD + " on")] == [3, *[100] * 4, 3]


def test_a_sentence_that_the_parser_made_too_long_is_parsed_again_in_pieces(parser: Parser) -> None:
    short, long = parser.nlp.make_doc(BARE), parser.nlp.make_doc(BARE * 60)
    for doc in (short, long):
        for token in doc[1:]:
            token.is_sent_start = False
    assert again(short) == []
    assert "".join(again(long)) == long.text
    assert [len(parser.nlp.make_doc(p)) for p in again(long)] == [PIECE, PIECE, len(long) - 2 * PIECE]


@pytest.mark.parametrize("run", ["(", "no-", "http://a.b/"])
def test_what_has_no_white_space_is_cut_too(run: str) -> None:
    found = pieces("He said " + run * 5_000)
    assert max(map(len, found)) <= 4 * MOST + 200
