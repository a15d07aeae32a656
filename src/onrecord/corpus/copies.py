"""Copies: the same report under another head, cut, corrected or partly rewritten.

Outlets print each other's words. Two reports are copies where most of the smaller one's *own* words stand in
the other: words in quotation marks are left out, since every report of a speech quotes the speech, and so
are credits and other furniture. MinHash finds candidates; exact shingles decide.
"""

from __future__ import annotations

import hashlib
import re
import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.corpus.words import words
from onrecord.text.furniture import find_furniture

SHINGLE = 3  # words
PERMUTATIONS = 128
ROWS = 2  # of a band: two texts of resemblance r share one of 64 bands with probability 1 - (1 - r²)^64
SAME = 0.4  # of the smaller report's own shingles, where the beginning of one stands in the other too
SURE = 0.65  # of the smaller report's own shingles, whatever the beginnings
HEAD = 0.08  # of the shingles in a report's first third
SHORT = 30  # words; a report with fewer of its own is compared with its quotations
SHORT_SAME = 0.7
ESTIMATE = 0.12  # resemblance as estimated by signatures, below which a pair is not worth a closer look
_SEED = 1525
_QUOTED = re.compile(r"“[^”\n]*(?:”|$|(?=\n))|\"[^\"\n]*(?:\"|$|(?=\n))|‘[^‘’\n]{40,}’", re.M)


@dataclass(frozen=True, slots=True)
class Signature:
    """The MinHash of a text: ``bytes(signature)`` is what is stored, ``Signature(data)`` reads it."""

    data: bytes

    def __bytes__(self) -> bytes:
        return self.data


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text as it is compared: its signature, the hashes of its own shingles, those of its first third, and
    how many own words it has."""

    signature: Signature
    shingles: frozenset[int]
    head: frozenset[int]
    length: int


def prepare(text: str) -> Prepared:
    """A report's text, ready to be compared with many."""
    own = own_words(text)
    ordered = [_hash(s) for s in _shingles(own)]
    third = max(1, len(own) // 3 - SHINGLE + 1)
    hashes = frozenset(ordered)
    return Prepared(_sign(hashes), hashes, frozenset(ordered[:third]), len(own))


def signature(text: str) -> Signature:
    """The signature of a report's text; the same text gives the same on every machine."""
    return prepare(text).signature


def _sign(hashes: frozenset[int]) -> Signature:
    from rensa import RMinHash

    flat = array("Q", sorted(hashes))
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(
        flat, [0, len(flat)], num_perm=PERMUTATIONS, seed=_SEED
    )
    return Signature(struct.pack(f"<{PERMUTATIONS}I", *matrix.to_rows()[0]))


def bands(sig: Signature) -> tuple[int, ...]:
    """One number a band, in order: reports that are copies share the number of one band at least.

    Numbers fit a signed 64-bit integer.
    """
    width = 4 * ROWS
    parts = (sig.data[i : i + width] for i in range(0, len(sig.data), width))
    return tuple(int.from_bytes(p, "little", signed=True) for p in parts)


def estimate(a: Signature, b: Signature) -> float:
    """The resemblance of two texts, 0 to 1, as their signatures tell it: cheap, and rough by about 0.05."""
    form = f"<{PERMUTATIONS}I"
    pairs = zip(struct.unpack(form, a.data), struct.unpack(form, b.data), strict=True)
    return sum(1 for x, y in pairs if x == y) / PERMUTATIONS


def containment(a: Prepared, b: Prepared) -> float:
    """What the own shingles of two texts share, of those of the smaller, 0 to 1."""
    common = len(a.shingles & b.shingles)
    return common / min(len(a.shingles), len(b.shingles)) if common else 0.0


def copies(a: Prepared, b: Prepared) -> bool:
    """Whether two texts are one report."""
    share = containment(a, b)
    if min(a.length, b.length) < SHORT:
        return share >= SHORT_SAME
    return share >= SURE or (share >= SAME and _heads_meet(a, b))


def _heads_meet(a: Prepared, b: Prepared) -> bool:
    """Whether the beginning of either report stands in the other. What an outlet repeats day by day, the
    background, stands at the end."""
    one, other = len(a.head & b.shingles) / len(a.head), len(b.head & a.shingles) / len(b.head)
    return max(one, other) >= HEAD


def own_words(text: str) -> list[str]:
    """A report's own words: without quotations and furniture, unless too few are left without quotations."""
    kept = _without_furniture(text)
    own = words(_QUOTED.sub(" ", kept))
    return own if len(own) >= SHORT else words(kept)


def _shingles(own: list[str]) -> Iterator[str]:
    """The runs of words among these, the last ones shorter where there are too few."""
    for i in range(max(1, len(own) - SHINGLE + 1)):
        yield " ".join(own[i : i + SHINGLE])


def _without_furniture(text: str) -> str:
    parts, at = [], 0
    for piece in find_furniture(text):
        parts.append(text[at : piece.start])
        at = piece.end
    return " ".join((*parts, text[at:]))


def _hash(shingle: str) -> int:
    return int.from_bytes(
        hashlib.blake2b(shingle.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little"
    )
