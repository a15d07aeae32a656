"""Words of a text as the corpus compares them: in lower case, without endings, without those that carry
nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from onrecord.knowledge import read_csv, read_toml

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_OWNER = re.compile(r"['’]s?$")


def words(text: str) -> list[str]:
    """The words of a text, in order, in lower case."""
    return [
        _OWNER.sub("", word) for word in _WORD.findall(text.casefold().replace("cease-fire", "ceasefire"))
    ]


def content(text: str) -> frozenset[str]:
    """The stems of the words of a text that carry content; numbers are words."""
    table = _knowledge()
    return frozenset(stem(w) for w in words(text) if w not in table.function and w not in table.weak)


def label(text: str) -> frozenset[str]:
    """The stems of the words of an issue's label, with states and organisations by their codes, numbers in
    figures and without whose it is ('US-proposed')."""
    table = _knowledge()
    plain = table.whose.sub(" ", text)
    named = table.names.sub(lambda m: f" {table.codes[m.group(1)]} ", plain)
    return frozenset(
        table.codes.get(w, table.numbers.get(w, stem(w))) for w in words(named) if w not in table.function
    )


def owned(text: str) -> bool:
    """Whether a label says whose by a pronoun alone: 'withdrawal of its troops'."""
    return any(w in _knowledge().owners for w in words(text))


def turned(text: str) -> frozenset[tuple[str, str]]:
    """The prepositions of a label that give it a direction, each with what it points to."""
    table = _knowledge()
    named = words(table.names.sub(lambda m: f" {table.codes[m.group(1)]} ", text))
    kept = [w for w in named if w in ("from", "to", "by") or w not in table.function]
    return frozenset((w, stem(nxt)) for w, nxt in pairwise(kept) if w in ("from", "to", "by"))


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A word without its endings, so that 'lifting', 'lifted' and 'lifts' are one, and 'withdrawal' is
    'withdraw'. Kinds of one thing ('truce', 'ceasefire') are one word."""
    same = _knowledge().same
    while word not in same and (cut := _cut(word)) != word:
        word = cut
    return same.get(word, word)


def _cut(word: str) -> str:
    """A word without its last ending; itself where it has none."""
    for ending in _knowledge().endings:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            cut = word[: -len(ending)]
            doubled = len(cut) > 4 and cut[-1] == cut[-2] and cut[-1] not in "aeiouls"
            return cut[:-1] if doubled else cut
    return word.removesuffix("e") if len(word) > 4 else word


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """What two sets of words share, of what the smaller holds, 0 to 1; 0 where one is empty."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


@dataclass(frozen=True, slots=True)
class _Knowledge:
    """The knowledge of words: ``same`` gives one word for each that is the same, ``endings`` are sorted from
    the longest, ``codes`` are of states and organisations by the names and demonyms that ``names`` finds."""

    function: frozenset[str]
    weak: frozenset[str]
    owners: frozenset[str]
    same: dict[str, str]
    endings: tuple[str, ...]
    whose: re.Pattern[str]
    names: re.Pattern[str]
    codes: dict[str, str]
    numbers: dict[str, str]


@cache
def _knowledge() -> _Knowledge:
    table = read_toml("corpus.toml")
    codes: dict[str, str] = {}
    for row in read_csv("actors", "organisations.csv"):
        code = re.sub(r"[\W_]", "", row["name"]).casefold()
        codes |= {name: code for name in (row["name"], *row["aliases"].split(";")) if name}
    for row in read_csv("actors", "states.csv"):
        for column in ("name", "aliases", "demonyms"):
            for name in filter(None, row[column].split(";")):
                codes[name] = row["code"].casefold()
    names = "|".join(re.escape(n) for n in sorted(codes, key=lambda n: (-len(n), n)))
    return _Knowledge(
        frozenset(w for line in table["function"] for w in line.split()),
        frozenset(w for line in table["weak"] for w in line.split()),
        frozenset(table["owners"]),
        {word: group[0] for group in table["same"] for word in group},
        tuple(sorted(table["endings"], key=lambda e: (-len(e), e))),
        re.compile(rf"(?:\b|(?<=\s))[\w.]+-(?:{'|'.join(table['by_another'])})\b", re.I),
        re.compile(rf"(?<!\w)({names})(?!\w)(?:['’]s?(?!\w))?"),
        codes,
        {w: f"{n:g}" for w, n in read_toml("quantities.toml")["numbers"].items() if n == int(n) and w != "a"},
    )
