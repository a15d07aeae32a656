"""Positions on sentences written for the purpose: right sentences by class, and recall and precision of each
act and stance, with floors.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from onrecord.coding.coder import Coder
from onrecord.record import Act, Record, Stance
from scripts.confusion import Pair, pairs, recall_and_precision

HERE = Path(__file__).parent
FILES = {
    name: tomllib.loads((HERE / f"positions_{name}.toml").read_text("utf-8"))
    for name in ("cases", "blind", "wide")
}
CLASSES = [(file, name) for file, data in FILES.items() for name in sorted(data["cases"])]
# What the recall and the precision of each value over the first two files must not fall below.
FLOORS = {
    "proposes": (0.95, 0.95),
    "demands": (0.97, 0.97),
    "accepts": (0.97, 0.97),
    "endorses": (0.97, 0.95),
    "declines": (0.97, 0.95),
    "rejects": (0.97, 0.96),
    "sets-condition": (0.92, 0.95),
    "threatens": (0.92, 0.95),
    "evades": (0.92, 0.97),
    "withdraws": (0.88, 0.88),
    "supports": (0.97, 0.98),
    "opposes": (0.97, 0.97),
    "conditional": (0.92, 0.95),
    "noncommittal": (0.91, 0.95),
}


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
    found = {next(matches(record, w), None) for w in wanted}
    return None not in found and len(found) == len(wanted) == len(record.positions)


@pytest.fixture(scope="module")
def coded(coder: Coder) -> dict[tuple[str, str], list[tuple[str, Record, str]]]:
    """The sentences of each class with their records and what is wanted."""
    return {
        (file, name): [
            (text, coder.code(text, published="2020-05-04"), expected)
            for text, expected in FILES[file]["cases"][name]
        ]
        for file, name in CLASSES
    }


@pytest.mark.parametrize(("file", "name"), CLASSES)
def test_floor_of_each_class(
    file: str, name: str, coded: dict[tuple[str, str], list[tuple[str, Record, str]]]
) -> None:
    cases = coded[file, name]
    wrong = [text for text, record, expected in cases if not right(record, expected)]
    assert 1 - len(wrong) / len(cases) >= FILES[file]["floors"][name], wrong


@pytest.mark.parametrize("value", [*get_args(Act), *get_args(Stance)])
def test_recall_and_precision_of_each_act_and_stance(
    value: str, coded: dict[tuple[str, str], list[tuple[str, Record, str]]]
) -> None:
    table: Counter[Pair] = Counter(
        pair for (file, _), cases in coded.items() if file != "wide"
        for _, record, expected in cases for both in pairs(record, expected) for pair in both
    )  # fmt: skip
    recall, precision = recall_and_precision(table, value)
    assert (recall >= FLOORS[value][0], precision >= FLOORS[value][1]) == (True, True), (recall, precision)


def test_there_are_enough_cases() -> None:
    assert sum(len(cases) for data in FILES.values() for cases in data["cases"].values()) >= 800
