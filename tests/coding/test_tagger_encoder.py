"""The tagger's encoder: many stretches at once, and each as if alone."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from onrecord.coding import tagger_encoder
from onrecord.coding.tagger_encoder import Encoder, Stretch
from onrecord.knowledge import data

CLS, SEP = 101, 102


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    found = Encoder.read(data("attribution"), 1)
    assert found is not None, "the package ships its weights"
    return found


def stretch(size: int, seed: int) -> Stretch:
    """Pieces drawn from the vocabulary, among them those that are never seen together."""
    chance = random.Random(seed)
    ids = [CLS, *(chance.randrange(1000, 30_000) for _ in range(size)), SEP]
    marks = [0, *(chance.randrange(4) for _ in range(size)), 0]
    first = [i for i in range(1, size + 1) if i == 1 or chance.random() < 0.7]
    return Stretch(ids=ids, case=[m + 4 for m in marks], quote=marks, first=first)


@pytest.mark.parametrize("rows", [1, 90, 384, 5000])
def test_a_stretch_scores_alike_in_any_company(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    stretches = [stretch(size, size) for size in (1, 2, 3, 7, 15, 16, 17, 31, 33, 64, 65, 100, 250)]
    alone = [encoder.scores([s])[0] for s in stretches]
    order = list(range(len(stretches)))
    random.Random(rows).shuffle(order)
    monkeypatch.setattr(tagger_encoder, "ROWS", rows)
    for i, (tags, pair) in zip(order, encoder.scores([stretches[i] for i in order]), strict=True):
        assert len(tags) == len(pair) == len(stretches[i].first)
        assert np.array_equal(tags, alone[i][0])
        assert np.array_equal(pair, alone[i][1])


def test_nothing_to_read_gives_nothing(encoder: Encoder) -> None:
    assert encoder.scores([]) == []


def test_there_is_no_encoder_without_its_files(tmp_path: Path) -> None:
    assert Encoder.read(tmp_path, 1) is None
