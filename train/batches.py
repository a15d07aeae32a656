"""Batches of paragraphs of like length."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from labels import Example
from onrecord.coding import tagger_tags as T

LONGEST = 300  # pieces; longer paragraphs are cut in training


@dataclass
class Batch:
    ids: Tensor
    case: Tensor
    quote: Tensor
    first: Tensor
    tags: Tensor
    mask: Tensor
    cues: Tensor
    cue_mask: Tensor
    distance: Tensor
    between: Tensor
    relation: Tensor


def order(examples: list[Example], budget: int, rng: random.Random) -> list[list[Example]]:
    """Batches of at most ``budget`` padded pieces, their order shuffled."""
    keyed = sorted(((len(x.pieces.ids) * rng.uniform(0.9, 1.1), i) for i, x in enumerate(examples)))
    out: list[list[Example]] = []
    longest = 0
    for _, i in keyed:
        n = min(len(examples[i].pieces.ids), LONGEST) + 2
        if not out or max(longest, n) * (len(out[-1]) + 1) > budget:
            out.append([])
            longest = 0
        out[-1].append(examples[i])
        longest = max(longest, n)
    rng.shuffle(out)
    return out


def batch(items: list[Example], cls: int, sep: int) -> Batch:
    words = [sum(f < LONGEST for f in x.pieces.first) for x in items]
    sizes = [min(len(x.pieces.ids), LONGEST) for x in items]
    b, n, m = len(items), max(words), max(sizes) + 2
    k = max(1, max(len(x.cues) for x in items))
    z = lambda *shape: np.zeros(shape, dtype=np.int64)  # noqa: E731
    ids, case, quote, first, tags, mask = z(b, m), z(b, m), z(b, m), z(b, n), z(b, n), z(b, n)
    cues, cue_mask, relation = z(b, k, 2), z(b, k), z(b, k, n)
    distance, between = z(b, k, n), z(b, k, n)
    at = np.arange(n)
    for i, x in enumerate(items):
        w, s, p = words[i], sizes[i], x.pieces
        ids[i, 0], ids[i, 1 : s + 1], ids[i, s + 1] = cls, p.ids[:s], sep
        case[i, 1 : s + 1], quote[i, 1 : s + 1] = p.case[:s], p.quote[:s]
        first[i, :w] = np.array(p.first[:w]) + 1
        tags[i, :w], mask[i, :w] = x.tags[:w], 1
        starts = np.array([c[0] for c in x.cues if c[1] <= w])
        for j in range(len(starts)):
            cues[i, j] = x.cues[j][0], x.cues[j][1] - 1
            cue_mask[i, j] = 1
            distance[i, j] = T.distance_buckets(at - starts[j])
            between[i, j] = T.between_buckets(starts, j, at)
            for a, c in x.contents[j]:
                relation[i, j, a:c] = 2
            if source := x.sources[j]:
                relation[i, j, source[0] : source[1]] = 1
    t = torch.from_numpy
    return Batch(t(ids), t(case), t(quote), t(first), t(tags), t(mask) > 0, t(cues), t(cue_mask) > 0,
                 t(distance), t(between), t(relation))  # fmt: skip
