"""Copies are found and different reports are kept apart, measured on pairs made by realistic edits."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterable

import pytest

from onrecord.corpus import copies
from onrecord.corpus.copies import bands, estimate, prepare, signature
from tests.corpus import edits

REPORT = edits.reports()[0].text
GOLD = (3019998773829552070, 2542975496947446571, 32312388874412539)  # of REPORT, by rensa's algorithm 2


def is_copy(a: str, b: str) -> bool:
    return copies.copies(prepare(a), prepare(b))


def found(pairs: Iterable[edits.Pair]) -> dict[str, list[bool]]:
    """For each kind of pair, whether each was found by the bands and taken for copies."""
    by: dict[str, list[bool]] = {}
    for pair in pairs:
        a, b = prepare(pair.a), prepare(pair.b)
        shared = sum(x == y for x, y in zip(bands(a.signature), bands(b.signature), strict=True))
        by.setdefault(pair.kind, []).append(shared > 0 and copies.copies(a, b))
    return by


def test_precision_and_recall_on_edited_pairs() -> None:
    positive, negative = found(edits.copies(rounds=2)), found(edits.others(rounds=6))
    assert set(positive) == set(edits.EDITS)
    assert set(negative) == {
        "one event",
        "one background",
        "two fifths background",
        "one credit",
        "two events",
    }
    right = sum(map(sum, positive.values()))
    wrong = sum(map(sum, negative.values()))
    assert right / sum(map(len, positive.values())) >= 0.98
    assert right / (right + wrong) >= 0.99
    assert {kind: sum(v) / len(v) for kind, v in positive.items() if sum(v) / len(v) < 0.95} == {}
    assert wrong == 0, "different reports of one event, or with a background in common, are no copies"


def test_one_long_quotation_makes_no_copy() -> None:
    quoted = '"' + " ".join(f"word{i}" for i in range(120)) + '"'
    a = "The minister told parliament in the morning that the talks were over, saying: " + quoted
    a += " He left for the airport without taking any question from the reporters who had waited for him."
    b = (
        quoted
        + " said the minister. It was the end of a week in which nobody had believed in a settlement, and "
    )
    b += "in the corridors of the assembly deputies of all parties wondered aloud what would come of it now."
    assert not is_copy(a, b)
    assert is_copy(a, a.replace("morning", "evening"))


def test_the_quotation_counts_where_there_is_little_else() -> None:
    quoted = '"We will sign on Friday in Geneva, and the guns on the northern front will fall silent then."'
    assert is_copy(f"{quoted} the envoy said.", f"{quoted} the envoy said on Monday.")
    assert not is_copy(f"{quoted} the envoy said.", '"We will not sign," the envoy said.')


def test_short_texts() -> None:
    alert = "Iran and six powers reach nuclear deal in Vienna, diplomats say"
    assert is_copy(alert, alert + ".")
    assert is_copy(alert, f"URGENT: {alert}")
    assert not is_copy(alert, "Iran and six powers fail to reach nuclear deal before deadline, diplomats say")
    assert not is_copy("Talks resume.", "Talks collapse.")
    assert is_copy("Talks resume.", "talks resume")


@pytest.mark.parametrize("text", ["", " ", "\n\n", "…", "a", "\ud800", "“", '"' * 99])
def test_odd_texts_have_a_signature(text: str) -> None:
    assert len(bytes(signature(text))) == 4 * copies.PERMUTATIONS
    assert is_copy(text, text)
    assert not is_copy(text, REPORT)


def test_bands_are_the_same_on_every_machine_and_in_every_process() -> None:
    assert bands(signature(REPORT))[:3] == GOLD
    program = (
        "from onrecord.corpus.copies import bands, signature; from tests.corpus import edits;"
        "print(*bands(signature(edits.reports()[0].text)))"
    )
    for seed in ("1", "2"):
        out = subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        assert tuple(map(int, out.split())) == bands(signature(REPORT))


def test_a_signature_is_read_back_from_its_bytes() -> None:
    made = signature(REPORT)
    assert copies.Signature(bytes(made)) == made
    assert len(bands(made)) == copies.PERMUTATIONS // copies.ROWS
    assert all(-(2**63) <= number < 2**63 for number in bands(made))


def resemblance(a: str, b: str) -> float:
    """What the own shingles of two texts share, of all that they have."""
    one, other = prepare(a).shingles, prepare(b).shingles
    return len(one & other) / len(one | other)


def test_the_estimate_is_near_the_resemblance() -> None:
    halves = [REPORT[: len(REPORT) // n] for n in (1, 2, 3)]
    for a in halves:
        for b in halves:
            assert abs(estimate(signature(a), signature(b)) - resemblance(a, b)) < 0.13


def test_credits_do_not_decide() -> None:
    ending = (
        "\n(Reporting by Jane Roe and John Doe in Vienna; Writing by Max Muster; Editing by Erika Muster)\n"
    )
    a = "The two ministers met for an hour in the morning and then left the hotel without a word." + ending
    b = "Farmers blocked roads in three provinces on Tuesday to protest against the import deal." + ending
    assert not is_copy(a, b)


@pytest.mark.parametrize("piece", ["‘", '"', "“", "‘a", "a ", "((", "1,", "\u0301", '“"‘'])
def test_hostile_texts_take_no_more_time_than_others(piece: str) -> None:
    start = time.process_time()
    prepare(piece * (200_000 // len(piece)))
    assert time.process_time() - start < 3
