"""From the scores of one paragraph's words to attributions: who, by which words, what.

First the likeliest cues (forward-backward over the tags), then for each cue how likely every word is its
source or content; both together decide the tags (Viterbi) and which content and speaker go with which cue.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.coding import tagger_tags as T

Array = npt.NDArray[np.float32]
Words = tuple[int, int]

NONE, SOURCE, CONTENT = range(3)
CUES = (T.CUE, T.CUE_SHARED)
NEVER = -1e4
NEAR = 5  # cues, or speakers, on either side that are weighed
REACH = 400  # words on either side that a cue's relations are asked for


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution in words of its paragraph, end exclusive; its content may be empty. ``cue`` is None for
    content whose cue stands in another paragraph: before it where ``away`` is -1, after it where it is 1."""

    speaker: Words | None
    cue: Words | None
    content: tuple[Words, ...]
    confidence: float
    away: int = 0


@dataclass(frozen=True, slots=True)
class Heads:
    """The layers above the encoder that run in NumPy: transition scores and the relation layer; and the
    decoder's own few settings (see train/decoder.py)."""

    transitions: Array
    distance: Array
    between: Array
    weight: Array
    bias: Array
    settings: dict[str, float]


DEFAULTS = {"cue": 0.0, "relation": 0.6, "speaker": 0.1, "near": 0.7}


def marginals(emission: Array, lengths: npt.NDArray[np.int64], transitions: Array) -> Array:
    """Probability of each tag of each word of a padded batch.

    ``emission`` is [paragraph, word, tag]; in ``transitions`` [from, to] the last row stands for the start.
    Sums over tags run in one order whatever the batch (no matrix products, no sums over a row that becomes
    contiguous when it is alone), so that a paragraph fares alike in any.
    """
    step = np.exp(transitions[:-1])
    n = emission.shape[1]
    score = np.exp(emission - emission.max(2, keepdims=True))
    score = np.ascontiguousarray(score.transpose(1, 2, 0))  # paragraphs last: sums then run along memory
    forward, backward = np.empty_like(score), np.empty_like(score)
    forth, back = step[:, :, None], np.ascontiguousarray(step.T)[:, :, None]
    a = np.exp(transitions[-1])[:, None] * score[0]
    forward[0] = a = a / np.maximum.reduce(a)
    for i in range(1, n):
        a = np.add.reduce(a[:, None] * forth) * score[i]
        forward[i] = a = a / np.maximum.reduce(a)
    backward[n - 1] = b = np.ones_like(a)
    for i in range(n - 2, -1, -1):
        b = np.add.reduce(back * (score[i + 1] * b)[:, None])
        b = np.where(i + 1 < lengths, b / np.maximum.reduce(b), np.float32(1))
        backward[i] = b
    both = np.ascontiguousarray((forward * backward).transpose(2, 0, 1))
    out: Array = both / both.sum(2, keepdims=True)
    return out


def viterbi(emission: Array, lengths: npt.NDArray[np.int64], transitions: Array) -> list[list[int]]:
    """The best tags of each paragraph of a padded batch."""
    step = transitions[:-1][:, :, None]
    words = np.ascontiguousarray(emission.transpose(1, 2, 0))  # paragraphs last
    n = len(words)
    score = transitions[-1][:, None] + words[0]
    scores = [score]
    for i in range(1, n):
        score = np.maximum.reduce(score[:, None] + step) + words[i]
        scores.append(score)
    # Back from each paragraph's last word: only here is it asked which tag came before.
    tags = np.zeros((n, len(emission)), dtype=np.int64)
    for i in range(n - 1, -1, -1):
        score = scores[i]
        if i + 1 < n:
            score = np.where(i + 1 < lengths, score + transitions[:-1, tags[i + 1]], score)
        tags[i] = score.argmax(0)
    return [tags[:length, row].tolist() for row, length in enumerate(lengths.tolist())]


def spans(tags: list[int]) -> list[tuple[int, int, int]]:
    """(kind, first, past the last) of every tagged stretch, in order."""
    out: list[tuple[int, int, int]] = []
    for i, tag in enumerate(tags):
        if tag == T.OUTSIDE:
            continue
        kind = T.kind_of(tag)
        if tag == T.inside(kind) and out and out[-1][0] == kind and out[-1][2] == i:
            out[-1] = (kind, out[-1][1], i + 1)
        else:
            out.append((kind, i, i + 1))
    return out


def _logsumexp(x: Array) -> Array:
    top = x.max(1, keepdims=True)
    out: Array = top + np.log(np.exp(x - top).sum(1, keepdims=True))
    return out


def relations(pair: Array, cues: list[Words], heads: Heads) -> list[tuple[int, Array]]:
    """For each cue, from which word on, and the log probability of none, source, content of each word."""
    size = pair.shape[1] // 6
    word, gate, c1, g1, c2, g2 = (pair[:, i * size : (i + 1) * size] for i in range(6))
    starts = np.array([c[0] for c in cues], dtype=np.int64)
    out = []
    for j, (a, b) in enumerate(cues):
        low, high = max(0, a - REACH), min(len(pair), b + REACH)
        at = np.arange(low, high)
        z = word[low:high] + (c1[a] + c2[b - 1]) + gate[low:high] * (g1[a] + g2[b - 1])
        z = z + heads.distance[T.distance_buckets(at - a)] + heads.between[T.between_buckets(starts, j, at)]
        score = np.maximum(z, 0) @ heads.weight.T + heads.bias
        out.append((low, score - _logsumexp(score)))
    return out


def decode(emissions: list[Array], pairs: list[Array], heads: Heads) -> list[list[Found]]:
    """The attributions of each of several paragraphs of like length, in order of their cues.

    For every paragraph, the tag scores [word, tag] and the relation projections [word, 6 * size].
    """
    s = heads.settings
    lengths = np.array([len(e) for e in emissions], dtype=np.int64)
    if not len(lengths) or not lengths.max():
        return [[] for _ in emissions]
    padded = np.zeros((len(emissions), int(lengths.max()), T.TAGS), dtype=np.float32)
    for row, e in enumerate(emissions):
        padded[row, : len(e)] = e
    padded[:, :, [T.begin(k) for k in CUES]] += s["cue"]
    tagged = [spans(tags) for tags in viterbi(padded, lengths, heads.transitions)]
    busy = [row for row, t in enumerate(tagged) if t]
    out: list[list[Found]] = [[] for _ in emissions]
    if not busy:
        return out
    padded, lengths = padded[busy, : lengths[busy].max()], lengths[busy]
    tagged = [tagged[row] for row in busy]
    likely = marginals(padded, lengths, heads.transitions)
    kinds = likely[:, :, 1::2] + likely[:, :, 2::2]
    cues = [[(a, b) for k, a, b in t if k in CUES] for t in tagged]
    asked = [relations(pairs[row], c, heads) for row, c in zip(busy, cues, strict=True)]
    for row, t in enumerate(tagged):
        if not cues[row]:
            continue
        # the cues stand; what belongs to them is weighed anew
        padded[row, : lengths[row]] += s["relation"] * _evidence(int(lengths[row]), cues[row], asked[row])
        for k, a, b in t:
            if k in CUES:
                padded[row, a:b] = NEVER
                padded[row, a, T.begin(k)] = 0.0
                padded[row, a + 1 : b, T.inside(k)] = 0.0
    again = [spans(tags) for tags in viterbi(padded, lengths, heads.transitions)]
    for row, place in enumerate(busy):
        out[place] = _assemble(again[row], cues[row], asked[row], kinds[row], s)
    return out


def _evidence(n: int, cues: list[Words], asked: list[tuple[int, Array]]) -> Array:
    """What the relations say for each tag: the best cue on the tag's side, as log odds against none."""
    best = np.full((n, 2, 2), -8.0, dtype=np.float32)  # word, source/content, cue right/left
    for (a, _), (low, logp) in zip(cues, asked, strict=True):
        high = low + len(logp)
        odds = np.clip(logp[:, 1:] - np.log1p(-np.exp(np.minimum(logp[:, 1:], -1e-6))), -8, 8)
        cut = a - low
        best[low:a, :, 0] = np.maximum(best[low:a, :, 0], odds[:cut])
        best[a:high, :, 1] = np.maximum(best[a:high, :, 1], odds[cut:])
    out = np.zeros((n, T.TAGS), dtype=np.float32)
    for kind, role, side in (
        (T.SPEAKER_RIGHT, 0, 0), (T.SPEAKER_LEFT, 0, 1), (T.CONTENT_RIGHT, 1, 0), (T.CONTENT_LEFT, 1, 1)
    ):  # fmt: skip
        out[:, T.begin(kind)] = out[:, T.inside(kind)] = best[:, role, side]
    return out


def _assemble(
    tagged: list[tuple[int, int, int]],
    cues: list[Words],
    asked: list[tuple[int, Array]],
    kinds: Array,
    settings: dict[str, float],
) -> list[Found]:
    """Each content goes to the cue on its side that claims it most, each cue takes the likeliest speaker."""

    def claim(j: int, span: Words, role: int) -> float:
        low, logp = asked[j]
        a, b = span[0] - low, span[1] - low
        return float(logp[a:b, role].mean()) if a >= 0 and b <= len(logp) else NEVER

    starts = [a for a, _ in cues]
    contents: list[list[Words]] = [[] for _ in cues]
    speakers: list[Words] = []
    out = []
    for kind, a, b in tagged:
        if kind in (T.SPEAKER_RIGHT, T.SPEAKER_LEFT):
            speakers.append((a, b))
        elif kind in (T.CONTENT_RIGHT, T.CONTENT_LEFT):
            cut = bisect_left(starts, a)
            right = kind == T.CONTENT_RIGHT
            side = (
                range(cut, min(cut + NEAR, len(cues)))
                if right
                else range(cut - 1, max(cut - NEAR, 0) - 1, -1)
            )
            if side:
                scores = [claim(j, (a, b), CONTENT) for j in side]
                scores[0] += settings["near"]
                contents[side[int(np.argmax(scores))]].append((a, b))
            else:
                out.append(Found(None, None, ((a, b),), float(kinds[a:b, kind].mean()), 1 if right else -1))
    ends = [b for _, b in speakers]
    for j, cue in enumerate(cues):
        cut = bisect_left(ends, cue[0])
        near = speakers[max(0, cut - NEAR) : cut + NEAR]
        scores = [claim(j, span, SOURCE) for span in near]
        best = int(np.argmax(scores)) if scores else 0
        speaker = near[best] if scores and scores[best] > np.log(settings["speaker"]) else None
        sure = float(kinds[cue[0] : cue[1], : T.SPEAKER_RIGHT].sum(1).mean())
        held = [kinds[a:b, T.CONTENT_RIGHT :].sum(1) for a, b in contents[j]]
        confidence = sure * float(np.concatenate(held).mean()) if held else sure
        out.append(Found(speaker, cue, tuple(contents[j]), confidence))
    return out
