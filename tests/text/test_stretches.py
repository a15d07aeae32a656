"""Stretches are found by place as looking at each would find them."""

from __future__ import annotations

import random

from onrecord.text.stretches import Stretches


def test_stretches_are_found_by_place() -> None:
    draw = random.Random(3)
    for _ in range(300):
        stretches = [(a := draw.randrange(30), a + draw.randrange(9)) for _ in range(draw.randrange(12))]
        found = Stretches(stretches)
        start = draw.randrange(32)
        end = start + draw.randrange(5)
        assert found.meeting(start, end) == [i for i, (a, b) in enumerate(stretches) if a < end and start < b]
        assert found.at(start) == [i for i, (a, b) in enumerate(stretches) if a <= start < b]


def test_without_stretches_nothing_is_found() -> None:
    assert Stretches([]).at(0) == []
