"""Words joined where links and tags were cut out of a text: 'withUkraine', 'afterthe', 'peace.The'.

A word is taken apart only where both halves are words and the whole is none, and where one half is a function
word or both are frequent: a rare word or a name that the list lacks must stay whole. Each repair inserts one
space, so that both halves keep their exact place.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache

from onrecord.knowledge import read_toml
from onrecord.text.readable import Edit
from onrecord.text.words import is_derived, is_word, rank

KNOWN = 40_000  # ranks: a word frequent enough to be one half beside a function word
COMMON = 5_000  # the same for two words of which neither shows that it is no part of a compound
LONG = 11  # letters; longer compounds that the list lacks are rare
FREQUENT = 12_000  # a word frequent enough to be one half beside another such
PREFIXED = 2_500  # a word frequent enough after what may be a prefix
ARTICLE = 10_000  # a word frequent enough after a glued article
LONGEST = 40  # letters; a longer token is no word at all

_RUN = re.compile(r"\S+")
_TOKEN = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(
    r"://|www\.|[@#_\\=<>{}|]|[a-z0-9]\.(?:com|org|net|gov|edu|info|html?|php|co\.uk|ru|io|ly|tv|me|int)\b",
    re.IGNORECASE,
)
_TOUCHING = re.compile(
    r"(?<=[a-z0-9%][a-z0-9%)][.?!])(?=[“‘(]?[A-Z](?:[a-z]|$))"  # peace.The
    r"|(?<=[a-z0-9%)][.?!][”’)])(?=[“‘(]?[A-Z])"  # peace.”The
    r"|(?<=[.,?!…;:][”])(?=[A-Za-z])"  # peace,”he
    r"|(?<=[a-z0-9)]”)(?=[A-Za-z])"  # “peace”and
    r"|(?<=[A-Za-z0-9,:;.?!%)])(?=“[A-Za-z0-9$£€‘])"  # said:“We
    r"|(?<=[a-z][:,;])(?=[‘(]?[A-Za-z])"  # Kyiv,the
    r"|(?<=[A-Za-z]{4}\))(?=[a-z]{2})"  # (Kyiv)and
    r"|(?<=[a-z]{3})(?=\([A-Z])"  # said(Kyiv
    r"|(?<=\bU\.[SKN]\.)(?=[A-Za-z]{3})"  # U.S.officials
    r"|(?<=[A-Za-z][’']s)(?=[a-z]{3})|(?<=n[’']t)(?=[a-z]{2})"  # Russia’sarmy
    r"|(?<=[a-z][’'](?:re|ve|ll))(?=[a-z]{2})"  # they’regoing
    r"|(?<=\b(?:Mr|Ms|Dr|St)\.)(?=[A-Z][a-z])"  # Mr.Smith
)
_CAMEL = re.compile(r"([a-z]+|[A-Z][a-z]+)([A-Z][A-Za-z]*)")
_ACRONYM = re.compile(r"([A-Z]{2,5})([a-z]{3,})")
_BEFORE_NUMBER = re.compile(r"(?<![\w’'-])([A-Za-z]{2,})(?=\d{2})")
_AFTER_NUMBER = re.compile(r"(?<=\d\d)(?=([a-z]{2,})\b)")
_STRAIGHT = re.compile(r'(?<=[A-Za-z0-9,.?!:;)])"(?=[A-Za-z0-9])')
_NO_COMPOUND = re.compile(r"(?:ly|ed|(?<!th)ing|al|ous|ive|ish|ian|ic|ies|est)$")
_INFLECTED = re.compile(r"..(?:ing|ed|[dgknrt]s)$")
_MAYBE_PREFIX = frozenset(["an", "he", "in", "it", "we"])
_ENDS = frozenset('.!?:…”"’)')
_UNITS = frozenset(["am", "as", "in", "is", "on", "or", "at"])  # as much a unit or a code as a word


def joined_edits(text: str) -> Iterator[Edit]:
    """Edits that insert the spaces that are missing."""
    marks = 0  # straight double quotation marks so far in this paragraph
    at = 0
    for run in _RUN.finditer(text):
        fresh = at == 0 or "\n" in text[at : run.start()]
        marks = 0 if fresh else marks
        opens = fresh or text[at - 1] in _ENDS
        at = run.end()
        found = run.group()
        if is_word(found):
            continue
        offsets = set(_offsets(found, opens))
        if '"' in found:
            offsets |= set(_straight(found, marks))
            marks += found.count('"')
        if offsets and not _ADDRESS.search(found):
            for offset in sorted(offsets):
                yield Edit(run.start() + offset, run.start() + offset, " ")


def _offsets(run: str, opens: bool) -> Iterator[int]:
    """Where spaces are missing in a stretch without any, which opens a sentence or not."""
    if not run.isalpha():
        for touching in _TOUCHING.finditer(run):
            yield touching.start()
        yield from _numbers(run)
    for token in _TOKEN.finditer(run):
        start, end = token.span()
        before, after = run[max(start - 1, 0) : start], run[end : end + 1]
        if before and before in "’'-‑":
            continue
        hyphenated = after in ("-", "‑")
        begins = opens and not any(map(str.isalnum, run[: min(start, 4)]))
        for offset in split(token.group(), hyphenated=hyphenated, begins=begins):
            yield start + offset


def _straight(run: str, marks: int) -> Iterator[int]:
    """Beside a straight mark between letters: after it where it closes, before it where it opens."""
    for match in _STRAIGHT.finditer(run):
        closes = (marks + run.count('"', 0, match.start())) % 2 == 1
        if not (run[match.start() - 1].isdigit() and not closes):
            yield match.end() if closes else match.start()


def _numbers(run: str) -> Iterator[int]:
    for match in _BEFORE_NUMBER.finditer(run):
        if match[1].lower() in _set("before"):
            yield match.end()
    for match in _AFTER_NUMBER.finditer(run):
        if match[1] in _set("after") and match[1] not in _UNITS:
            yield match.start()


def split(token: str, *, hyphenated: bool = False, begins: bool = True) -> list[int]:
    """Where a token of letters is to be taken apart: offsets into it, none where it is one word.

    Only a token that ``begins`` a sentence can open with a capitalised function word ('ThePresident').
    ``hyphenated`` tokens ('theUS-led') are taken apart at a change of case only.
    """
    if len(token) > LONGEST or len(token) < 3 or is_word(token):
        return []
    if not token.islower() and not token[1:].islower():
        return _split_at_case(token, begins)
    if hyphenated or not token.isascii() or is_word(token.lower()):
        return []
    if token.islower():
        return [] if is_derived(token) else _split_lower(token)
    return _split_capitalised(token, begins)


def _split_at_case(token: str, begins: bool) -> list[int]:
    acronym = _ACRONYM.fullmatch(token)
    if acronym:
        left, right = acronym.groups()
        fits = right in _set("after") or (len(right) >= 5 and is_word(right, FREQUENT))
        return [len(left)] if fits and is_word(left.lower(), KNOWN) and not is_word(token.lower()) else []
    match = _CAMEL.fullmatch(token)
    if match is None:
        return []
    left, right = match.groups()
    if not _stands_alone(left, right, token.lower(), begins):
        return []
    rest = [] if is_word(right.lower()) or right.isupper() else split(right)
    return [len(left), *(len(left) + offset for offset in rest)]


def _stands_alone(left: str, right: str, whole: str, begins: bool) -> bool:
    """Whether a change of case parts two words, and is no camel case."""
    if left in _set("prefixes") or left.lower() in _set("particles") or is_word(whole, KNOWN):
        return False
    name = right[1:].islower()
    if left[0].isupper():
        if is_word(whole) or not name:
            return False
        if begins and left.lower() in _set("capitalised") and is_word(right.lower(), KNOWN):
            return True
        return is_word(left.lower(), KNOWN) and right in ("But", "However", "The")
    if left == "a":
        return name and is_word(right.lower(), KNOWN) and not is_word(whole)
    if left in _set("before"):
        return name or right.isupper() or is_word(right.lower())
    return len(left) >= 3 and is_word(left, KNOWN) and name and is_word(right.lower()) and not is_word(whole)


def _split_lower(token: str, parts: int = 3) -> list[int]:
    best: tuple[float, list[int]] | None = None
    for i in range(1, len(token)):
        left, right = token[:i], token[i:]
        score = _score(left, right)
        offsets = [i]
        if score is None and parts > 2 and left in _set("before") and i > 1 and not is_word(right):
            rest = _split_lower(right, parts - 1)  # 'inthecity'
            if rest and right[: rest[0]] in _set("before"):
                score, offsets = 30.0, [i, *(i + offset for offset in rest)]
        if score is not None and (best is None or score < best[0]):
            best = (score, offsets)
    return best[1] if best else []


def _score(left: str, right: str) -> float | None:
    """The cost of reading two words, None where one cannot: the rarer the words, the dearer."""
    left_rank, right_rank = rank(left), rank(right)
    if left_rank is None or right_rank is None or not _fit(left, right, left_rank, right_rank):
        return None
    return math.log(left_rank) + math.log(right_rank)


def _fit(left: str, right: str, left_rank: int, right_rank: int) -> bool:
    before, after, closed = _set("before"), _set("after"), _set("closed")
    if left == "a":
        return _fits_article(right, right_rank)
    if right == "a":
        return (left in closed and len(left) >= 2) or (
            _INFLECTED.search(left) is not None and left_rank <= KNOWN
        )
    if len(left) < 2 or len(right) < 2:
        return False
    if left in closed and right in closed:
        return True
    if left in _set("prefixes"):
        return False
    if left in _MAYBE_PREFIX and right_rank > PREFIXED:
        return False  # 'inauthentic', 'anarchic': as much a prefix as a word
    if left in before and right_rank <= KNOWN and len(right) >= (3 if len(left) > 2 else 4):
        return True
    if right in after and left_rank <= (KNOWN if len(left) > 4 else PREFIXED):
        return len(left) >= (3 if len(right) > 2 else 4) and (right != "is" or not is_word(left + "i"))
    if right in _set("heads") or min(len(left), len(right)) < 4:
        return False
    # Two nouns may be a compound that the list lacks, but hardly a long one; nor one after an adverb,
    # participle or adjective.
    if len(left) + len(right) >= LONG and left_rank <= COMMON and right_rank <= COMMON:
        return True
    return _NO_COMPOUND.search(left) is not None and left_rank <= FREQUENT and right_rank <= FREQUENT


def _fits_article(noun: str, noun_rank: int) -> bool:
    """Whether a word may follow a glued 'a'; not 'ahistorical', where it is a prefix."""
    if noun[0] in "aeiou" or len(noun) < 3:
        return False
    if len(noun) == 3:
        return noun_rank <= 400
    return noun_rank <= (ARTICLE if _NO_COMPOUND.search(noun) else KNOWN)


def _split_capitalised(token: str, begins: bool) -> list[int]:
    """'Theminister', 'Putinsaid': stricter, since a capitalised word that the list lacks is mostly a name."""
    lower = token.lower()
    best: tuple[float, int] | None = None
    for i in range(3, len(lower) - 1):
        left, right = lower[:i], lower[i:]
        left_rank, right_rank = rank(left), rank(right)
        if left_rank is None or right_rank is None:
            continue
        opens = begins and left in _set("capitalised") and len(right) >= 3 and right_rank <= FREQUENT
        ends = i >= 4 and (
            (right in _set("after_name") and left_rank <= KNOWN)
            or (right in ("by", "in", "is", "of", "to") and left[-1] in "aeiou" and left_rank <= FREQUENT)
            or (right.endswith("ed") and len(right) >= 5 and max(left_rank, right_rank) <= FREQUENT)
        )
        if opens or ends:
            cost = math.log(left_rank) + math.log(right_rank)
            if best is None or cost < best[0]:
                best = (cost, i)
    return [best[1]] if best else []


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(read_toml("text", "joined.toml")["joined"][name])
