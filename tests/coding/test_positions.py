"""Positions on sentences written for the purpose: recall and precision by class, with floors."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.coding.coder import Coder
from onrecord.record import Record

DATA = tomllib.loads(Path(__file__).with_name("positions_cases.toml").read_text("utf-8"))
CLASSES = sorted(DATA["cases"])


def matches(record: Record, wanted: str) -> Iterator[int]:
    """The positions that fit 'PARTY stance act word'; '-' stands for anything, '|' for or."""
    party, stance, act, word = wanted.split(" ", 3)
    labels = {issue.id: issue.label for issue in record.issues}
    for i, p in enumerate(record.positions):
        if (
            p.party in party.split("|")
            and (stance == "-" or p.stance in stance.split("|"))
            and (act == "-" or p.act in act.split("|"))
            and word.lower() in labels[p.issue].lower()
        ):
            yield i


def right(record: Record, expected: str) -> bool:
    wanted = [] if expected.strip() == "-" else expected.split(" + ")
    found = [next(matches(record, w), None) for w in wanted]
    return None not in found and len(record.positions) <= len(wanted)


@pytest.mark.parametrize("name", CLASSES)
def test_floor_of_each_class(name: str, coder: Coder) -> None:
    cases = DATA["cases"][name]
    wrong = [
        text for text, expected in cases if not right(coder.code(text, published="2020-05-04"), expected)
    ]
    score = 1 - len(wrong) / len(cases)
    assert score >= DATA["floors"][name], wrong


def test_there_are_enough_cases() -> None:
    assert sum(len(DATA["cases"][name]) for name in CLASSES) >= 650
