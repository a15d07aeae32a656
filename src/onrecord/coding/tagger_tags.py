"""The tags of the tagger: which part of an attribution a word is, and on which side its cue lies.

A speaker or content says with its direction where its cue stands; a cue that shares the speaker of the cue
before has a tag of its own.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

CUE, CUE_SHARED, SPEAKER_RIGHT, SPEAKER_LEFT, CONTENT_RIGHT, CONTENT_LEFT = range(6)
KINDS = 6
TAGS = 1 + 2 * KINDS
OUTSIDE = 0


def begin(kind: int) -> int:
    """The tag of a kind's first word."""
    return 1 + 2 * kind


def inside(kind: int) -> int:
    """The tag of a kind's further words."""
    return 2 + 2 * kind


def kind_of(tag: int) -> int:
    """The kind of a tag, -1 for outside."""
    return (tag - 1) // 2 if tag else -1


def forbidden() -> npt.NDArray[np.bool_]:
    """[from, to] is True where a tag cannot follow another; the last row stands for the start."""
    out = np.zeros((TAGS + 1, TAGS), dtype=bool)
    for kind in range(KINDS):
        out[:, inside(kind)] = True
        out[begin(kind), inside(kind)] = False
        out[inside(kind), inside(kind)] = False
    return out


# Distance in words from a cue, in buckets: -B..B, finer near the cue.
DISTANCES = 33
BETWEEN = 7


def distance_buckets(offset: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Buckets of signed word distances, 0 .. DISTANCES - 1."""
    size = np.abs(offset)
    bucket = np.where(size < 8, size, np.minimum(16, 8 + np.floor(2 * np.log2(np.maximum(size, 1) / 8.0))))
    return (16 + np.sign(offset) * bucket).astype(np.int64)


def between_buckets(
    cues: npt.NDArray[np.int64], cue: int, words: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """How many other cues begin between a cue and each word, signed and clipped, 0 .. BETWEEN - 1.

    ``cues`` are the first words of all cues, ascending; ``cue`` an index into them.
    """
    at = np.searchsorted(cues, words, side="right") - 1
    gap = np.where(at >= cue, at - cue, at + 1 - cue)
    return np.clip(gap, -3, 3) + 3
