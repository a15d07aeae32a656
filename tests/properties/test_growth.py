"""The work of coding grows with the length of a text, not with its square.

Work is counted, not timed: the lines that the package runs, each turn of a loop for itself, in a text and in
a longer one of the same kind. No module may do more than twice the work a word, nor all a quarter more.
How far back a reader looks is bounded, but in a short text there is less to look at: hence the twice.
"""

from __future__ import annotations

import os
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from types import FrameType

import pytest

from onrecord.coding.coder import Coder
from onrecord.text.parse import Parser
from onrecord.text.repair import ROUNDS

TIMES = 4
MODULE, ALL = 2, 1.25  # how much more than in proportion
SMALL = 0.001  # of all work; what does less is let pass
# One repair can lay bare another: a text may be gone through so often, a shorter one perhaps once.
REPAIRS = ("text/characters.py", "text/joined.py", "text/readable.py", "text/words.py", "text/wraps.py")
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


def name(draw: random.Random) -> str:
    return "".join(draw.choice(SYLLABLES) for _ in range(draw.randint(2, 4))).capitalize()


def names(size: int) -> str:
    """Two new people in each sentence."""
    draw = random.Random(3)
    pairs = ((f"{name(draw)} {name(draw)}", f"{name(draw)} {name(draw)}") for _ in range(size))
    return "\n\n".join(f"{one} said that {other} had met him." for one, other in pairs)


def people(size: int) -> str:
    """A new person every eight words, some by one name alone."""
    draw = random.Random(4)
    return "\n\n".join(
        f"{name(draw)} {name(draw)}, a senator, met the envoy. {name(draw)} later said he agreed."
        for _ in range(size)
    )


def issues(size: int) -> str:
    """Something new on the table in each sentence."""
    draw = random.Random(5)
    kinds, states = ("truce", "embargo", "ceasefire", "dam"), ("Iran", "Norway", "Chad", "Kenya", "Egypt")
    return "\n\n".join(
        f"{draw.choice(states)} rejected the {name(draw).lower()} {draw.choice(kinds)} of {name(draw)}. "
        f"{draw.choice(states)} said the offer was fine if the troops leave {name(draw)}."
        for _ in range(size)
    )


def one_paragraph(size: int) -> str:
    """A paragraph of some 16 words a clause, without a full stop."""
    draw = random.Random(2)
    return " and ".join(draw.choice(SENTENCES).rstrip(".”").replace(".”", "") for _ in range(size))


def quotations(size: int) -> str:
    return "\n\n".join([" ".join(SENTENCES[:2])] * size)


def short_quotations(size: int) -> str:
    draw = random.Random(6)
    parts = (
        "“We will not sign,” he said.",
        "“It is over,” she told them.",
        "“They lied,” Kerry said, and “he knew it.”",
        "John Kerry met Sergei Lavrov. “We agreed,” he said, “and he will come.”",
    )
    return " ".join(draw.choice(parts) for _ in range(size))


KINDS = (
    (paragraphs, 16),
    (names, 40),
    (people, 30),
    (issues, 20),
    (one_paragraph, 35),
    (quotations, 15),
    (short_quotations, 30),
)


@pytest.fixture(scope="module")
def rules(parser: Parser) -> Coder:
    """A coder without the tagger, whose windows and batches are counted in its own tests; what is read once
    has been read."""
    coder = Coder(parser)
    for make, _ in KINDS:
        coder.code(make(3), published="2015-07-14")
    return coder


def work(coder: Coder, text: str) -> Counter[str]:
    """The lines that each module of the package runs."""
    count: dict[str, int] = defaultdict(int)

    def line(frame: FrameType, event: str, argument: object) -> object:
        count[frame.f_code.co_filename] += 1
        return line

    def call(frame: FrameType, event: str, argument: object) -> object:
        return line if "/onrecord/" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        coder.code(text, published="2015-07-14")
    finally:
        sys.settrace(before)
    return Counter({file.split("/onrecord/")[-1]: lines for file, lines in count.items()})


def _most(module: str) -> float:
    return ROUNDS if module in REPAIRS else MODULE


def grown(small: Counter[str], large: Counter[str], times: int) -> list[str]:
    """What has grown by too much, in words."""
    told = [f"{large.total() / small.total():.1f} in all"] * (large.total() > ALL * times * small.total())
    return told + [
        f"{large[module] / max(small[module], 1):.1f} in {module}"
        for module in sorted(large)
        if large[module] > max(_most(module) * times * small[module], SMALL * large.total())
    ]


@pytest.mark.parametrize(("make", "size"), KINDS)
def test_work_grows_with_length(rules: Coder, make: Callable[[int], str], size: int) -> None:
    small, large = work(rules, make(size)), work(rules, make(size * TIMES))
    assert not grown(small, large, TIMES), f"times the work for {TIMES} times the text"


@pytest.mark.skipif(not os.environ.get("ONRECORD_LARGE"), reason="takes minutes; set ONRECORD_LARGE=1")
@pytest.mark.parametrize(("make", "size"), [(paragraphs, 6_250), (names, 1_250), (one_paragraph, 1_250)])
def test_the_largest_texts_are_coded(rules: Coder, make: Callable[[int], str], size: int) -> None:
    """200,000 words, 5,000 names in one text, and a paragraph of 20,000 words without a full stop."""
    small, large = work(rules, make(size // 10)), work(rules, make(size))
    assert not grown(small, large, 10), "times the work for 10 times the text"
