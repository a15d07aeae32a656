"""Names as keys: folding, spelling skeletons across transliterations, slugs."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_FOLDED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "ð": "d", "þ": "th"}
    | dict.fromkeys("'’‘`ʿʾʼ.", "")
    | dict.fromkeys("-–‑", " ")
)
_SKELETON = (
    (re.compile(r"^(?:al|el|as|ash|an|ad|ar|az) (?=\w)"), ""),
    (re.compile(r"kh|gh|q|ck"), "k"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"ou|oo|oe"), "u"),
    (re.compile(r"iy|yi|ij|ei|ey|ai|ay|ee|ie|y|j(?=[aeiou])"), "i"),
    (re.compile(r"w"), "v"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"th"), "t"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"[^a-z0-9]"), ""),
)
_SLUG = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """A name in lower case, without accents, apostrophes, points, hyphens: 'N'Djamena' → 'ndjamena'."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_FOLDED))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


@lru_cache(maxsize=4096)
def skeleton(name: str) -> str:
    """What the spellings of one name in Latin letters share: Zelensky, Zelenskiy, Zelenskyy → 'zelenski'."""
    word = fold(name)
    for pattern, by in _SKELETON:
        word = pattern.sub(by, word)
    return word


def slug(name: str) -> str:
    """A name as an id: 'Mark Lyall Grant' → 'mark-lyall-grant'; '' where it has no Latin letter or digit."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_FOLDED))
    return _SLUG.sub("-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")


def words(text: str) -> frozenset[str]:
    """The words of a text as a set, for short lists in code."""
    return frozenset(text.split())


def can_mean(words: list[str], name: str, family: str, loose: bool) -> bool:
    """Whether the words of a mention can be this name: all in it, in order, the family name among them.

    A single word must be the family name or the only name; an initial stands for a name that begins with it.
    ``loose`` compares spelling skeletons.
    """
    form = skeleton if loose else fold
    have = [form(w) for w in fold(name).split()]
    want = [form(w) for w in words]
    if not have or not want:
        return False
    families = {form(w) for w in fold(family).split()[-1:]} | {have[-1]}
    if len(have) > 1 and (have[1] == "of" or (len(have[1]) > 1 and set(have[1]) <= set("ivx"))):
        families.add(have[0])  # a sovereign: 'Abdullah II of Jordan'
    if len(want) == 1:
        return want[0] in families or have == want
    if len(have) == 1:
        return False
    if not any(w in families for w in want):
        return False
    at = 0
    for word in want:
        while at < len(have) and not (have[at] == word or (len(word) == 1 and have[at].startswith(word))):
            at += 1
        if at == len(have):
            return _middle_names(want, have)
        at += 1
    return True


def _middle_names(want: list[str], have: list[str]) -> bool:
    """Whether the mention is the name with more given names: first and last words agree."""
    return len(want) > len(have) > 1 and want[0] == have[0] and want[-1] == have[-1]
