"""The index of patterns: what a sentence lacks the words for is passed over, and nothing else."""

from __future__ import annotations

import pytest

from onrecord.coding.frames import load_frames
from onrecord.coding.kept import lemmas_of, words_of
from onrecord.coding.pattern_index import Index
from onrecord.coding.patterns import Slot, parse_pattern
from onrecord.coding.stances import load_stances


def index_of(*lines: str) -> Index[str]:
    patterns = [parse_pattern(line, "verb", {}, "test") for line in lines]
    return Index((pattern, pattern.text) for pattern in patterns)


@pytest.mark.parametrize(
    ("line", "stands"),
    [
        ("sign [deal|accord]", True),
        ("sign [deal]", False),
        ("sign [!deal]", True),
        ("sign [*]", True),
        ("sign away", False),  # a preposition that does not stand there
        ("sign in", True),
        ("sign on", False),
        ("sign [peace_accord]", True),
        ("sign in[hotel]", False),
        ("sign {that:leave}", False),
        ("sign <minister> [accord] in", True),
    ],
)
def test_only_patterns_that_a_sentence_has_the_words_for(parser, line, stands):
    doc = parser.nlp("Ministers signed the peace accords in Oslo.")
    index = index_of(line)
    assert index.rows("verb", "sign", index.met(doc)) == ([line] if stands else [])


def test_rows_stand_under_each_head_word_in_their_order(parser):
    index = index_of("sign|initial in", "sign", "take_part in")
    met = index.met(parser.nlp("They may sign an accord in Oslo."))
    assert index.rows("verb", "sign", met) == ["sign|initial in", "sign"]
    assert index.rows("verb", "initial", met) == ["sign|initial in"]
    assert index.rows("verb", "part", met) == ["take_part in"]
    assert index.rows("noun", "sign", met) == []


def test_a_slot_needs_the_part_of_a_word_that_the_parser_leaves_whole():
    assert Slot(frozenset({"pull-out", "sea_blockade"})).needs == {
        "pull-out",
        "pull",
        "sea_blockade",
        "blockade",
    }
    assert Slot(frozenset({"*"})).needs is None
    assert Slot(frozenset({"deal"}), excluded=True).needs is None


def test_words_reach_two_tokens_further_than_a_sentence(parser):
    doc = parser.nlp("Oslo talked. Both sides left on foot. Nobody signed anything.")
    middle = list(doc.sents)[1]
    assert {"talk", "talked", "leave", "nobody", "signed"} <= words_of(middle)
    assert words_of(middle).isdisjoint({"oslo", "anything"})
    assert lemmas_of(middle) == ["both", "side", "leave", "on", "foot", "."]
    assert words_of(doc[0:0]) == set()


def test_the_index_loses_nothing(parser):
    frames = [*load_frames().frames, *load_stances().frames]
    patterns = [pattern for frame in frames for pattern in frame.patterns]
    index = Index((pattern, pattern) for pattern in patterns)
    heads = {head.rpartition("_")[2] for pattern in patterns for head in pattern.heads}
    texts = [frame.example for frame in frames[::9]]
    for doc in parser.nlp.pipe(texts):
        met = index.met(doc)
        words = words_of(doc) & heads
        for token in doc:
            for pattern in patterns:
                shown = words.intersection(head.rpartition("_")[2] for head in pattern.heads)
                if shown and pattern.bind(token) is not None:
                    assert all(pattern in index.rows(pattern.pos, head, met) for head in shown), doc.text
