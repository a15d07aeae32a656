"""The stance lexicon: every frame is found in its example and not in its counter-example."""

from __future__ import annotations

import pytest

from onrecord.coding.coder import Coder
from onrecord.coding.stances import StanceFrame, load_stances, read_stances
from onrecord.errors import KnowledgeError
from onrecord.text.parse import Parser

FRAMES = load_stances().frames


def found(parser: Parser, text: str) -> set[str]:
    return {hit.frame.id for hit in load_stances().hits(parser.nlp(text))}


@pytest.mark.parametrize("frame", FRAMES, ids=[frame.id for frame in FRAMES])
def test_example_and_counter(frame: StanceFrame, parser: Parser, coder: Coder) -> None:
    assert frame.id in found(parser, frame.example)
    record = coder.code(frame.counter, published="2020-05-04")
    assert f"stance/{frame.id}" not in [position.because for position in record.positions]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"id": "x", "verbs": ["go"], "example": "a", "stance": "supports", "act": "accepts"}, "counter"),
        (
            {"id": "x", "verbs": ["go"], "example": "a", "counter": "b", "stance": "likes", "act": "accepts"},
            "likes",
        ),
        (
            {"id": "x", "verbs": ["go"], "example": "a", "counter": "b", "stance": "supports", "act": "eats"},
            "eats",
        ),
        ({"id": "x", "example": "a", "counter": "b", "stance": "supports", "act": "accepts"}, "predicate"),
        ({"id": "x", "verb": ["go"], "example": "a", "counter": "b"}, "unknown key verb"),
    ],
)
def test_a_broken_frame_is_named(entry: dict[str, object], message: str) -> None:
    with pytest.raises(KnowledgeError, match=message):
        list(read_stances({"frame": [entry]}, "broken.toml", {}))
