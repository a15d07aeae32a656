"""Words of a text as the corpus compares them: in lower case, without endings, without those that carry
nothing."""

from __future__ import annotations

import re
from functools import cache

from onrecord.knowledge import read_toml

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_OWNER = re.compile(r"['’]s?$")


def words(text: str) -> list[str]:
    """The words of a text, in order, in lower case."""
    return [
        _OWNER.sub("", word) for word in _WORD.findall(text.casefold().replace("cease-fire", "ceasefire"))
    ]


def content(text: str) -> frozenset[str]:
    """The stems of the words of a text that carry content; numbers are words."""
    empty = _knowledge()[0]
    return frozenset(stem(word) for word in words(text) if word not in empty)


def stem(word: str) -> str:
    """A word without its ending, so that 'lifting', 'lifted' and 'lifts' are one, and 'withdrawal' is
    'withdraw'. Kinds of one thing ('truce', 'ceasefire') are one word."""
    _, same, endings = _knowledge()
    if word in same:
        return same[word]
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            cut = word[: -len(ending)]
            if len(cut) > 4 and cut[-1] == cut[-2] and cut[-1] not in "aeiouls":
                cut = cut[:-1]
            return same.get(cut, cut.removesuffix("e") if len(cut) > 4 else cut)
    cut = word.removesuffix("e") if len(word) > 4 else word
    return same.get(cut, cut)


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """What two sets of words share, of what the smaller holds, 0 to 1; 0 where one is empty."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


@cache
def _knowledge() -> tuple[frozenset[str], dict[str, str], tuple[str, ...]]:
    """Words without content, the one word for each that is the same, endings from the longest."""
    table = read_toml("corpus.toml")
    same = {word: group[0] for group in table["same"] for word in group}
    endings = tuple(sorted(table["endings"], key=lambda e: (-len(e), e)))
    return frozenset(w for line in table["empty"] for w in line.split()), same, endings
