"""The work of coding grows with the length of a text, not with its square.

Work is counted, not timed: the calls that Python makes, in a text and in one four times as long. Twice as
many a word may be made, and no more.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable

import pytest

from onrecord.coding.coder import Coder
from onrecord.record import Document
from onrecord.text.parse import Parser

TIMES = 4
SENTENCES = (
    "Iran rejected the offer on Tuesday, and John Kerry said that the talks would go on.",
    "“We will not sign,” the minister told reporters, adding that he had asked for more time.",
    "The council urged both sides to withdraw their troops from the town before they met again.",
    "Norway, which had hosted the talks, said it was ready to help if they wished.",
)
SYLLABLES = (
    "ba",
    "ke",
    "lo",
    "mi",
    "du",
    "ra",
    "ve",
    "to",
    "shi",
    "na",
    "pe",
    "gor",
    "lan",
    "dri",
    "os",
    "fa",
)


def paragraphs(size: int) -> str:
    draw = random.Random(1)
    return "\n\n".join(" ".join(draw.sample(SENTENCES, 2)) for _ in range(size))


def names(size: int) -> str:
    draw = random.Random(3)

    def name() -> str:
        return "".join(draw.choice(SYLLABLES) for _ in range(draw.randint(2, 4))).capitalize()

    return "\n\n".join(f"{name()} {name()} said that {name()} {name()} had met him." for _ in range(size))


def one_paragraph(size: int) -> str:
    """A paragraph of some 16 words a clause, without a full stop."""
    draw = random.Random(2)
    return " and ".join(draw.choice(SENTENCES).rstrip(".”").replace(".”", "") for _ in range(size))


def quotations(size: int) -> str:
    return "\n\n".join([" ".join(SENTENCES[:2])] * size)


@pytest.fixture(scope="module")
def rules(parser: Parser) -> Coder:
    """A coder without the tagger, whose windows and batches are counted in its own tests."""
    return Coder(parser)


def calls(coder: Coder, text: str) -> int:
    count = 0

    def seen(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += 1

    document = Document(id="x", text=text, published="2015-07-14")
    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        coder.code(document)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    ("make", "size"), [(paragraphs, 8), (names, 12), (one_paragraph, 16), (quotations, 6)]
)
def test_work_grows_with_length(rules: Coder, make: Callable[[int], str], size: int) -> None:
    calls(rules, make(size * TIMES))  # what is read and kept once is not counted
    small, large = calls(rules, make(size)), calls(rules, make(size * TIMES))
    assert large < 2 * TIMES * small, f"{large / small:.1f} times the work for {TIMES} times the text"


@pytest.mark.skipif(not os.environ.get("ONRECORD_LARGE"), reason="takes minutes; set ONRECORD_LARGE=1")
@pytest.mark.parametrize(("make", "size"), [(paragraphs, 6_250), (names, 1_250), (one_paragraph, 1_250)])
def test_the_largest_texts_are_coded(rules: Coder, make: Callable[[int], str], size: int) -> None:
    """200,000 words, 5,000 names, and a paragraph of 20,000 words without a full stop."""
    small, large = calls(rules, make(size // TIMES)), calls(rules, make(size))
    assert large < 2 * TIMES * small, f"{large / small:.1f} times the work for {TIMES} times the text"
