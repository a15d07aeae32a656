"""Accuracy on the reports of our own (tests/accuracy/own), with intervals, into docs/validity.md.

usage: python scripts/validity.py [--update]

Prints the table; --update writes it into the page between its marks, and raises the floors of
tests/accuracy/own_floors.json.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path

from onrecord import __version__
from onrecord.bulk import code_many
from onrecord.evaluation.gold import gold_files, read_gold
from onrecord.evaluation.score import Score, score_report, scores
from onrecord.record import Record
from onrecord.sources import Options, read

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / "tests" / "accuracy" / "own"
FLOORS = ROOT / "tests" / "accuracy" / "own_floors.json"
PAGE = ROOT / "docs" / "validity.md"
MARKS = ("<!-- written by scripts/validity.py --update -->", "<!-- end -->")


def measure() -> tuple[Score, ...]:
    """Each measure over the reports of our own, as the coder is now."""
    gold = gold_files(OWN)
    texts = [OWN / f"{name}.txt" for name in gold]
    records = code_many(read(texts, Options(meta=OWN / "meta.jsonl")))
    return scores(
        [
            score_report(r, read_gold(gold[r.document.id], r.document.text))
            for r in records
            if isinstance(r, Record)
        ]
    )


def table(found: Sequence[Score]) -> str:
    """The table of the page."""
    lines = [
        "| measured | right / found / asked for | precision | recall | F1 | 95 % |",
        "| --- | --- | ---: | ---: | ---: | --- |",
    ]
    lines += [
        f"| {s.measure}: {s.what} | {s.tally.right} / {s.tally.found} / {s.tally.gold} "
        f"| {s.tally.precision:.2f} "
        f"| {s.tally.recall:.2f} | {s.tally.f1:.2f} | {s.low:.2f}–{s.high:.2f} |"
        for s in found
    ]
    return "\n".join([*lines, "", f"Version {__version__}."])


def update(found: Sequence[Score]) -> None:
    """Write the table into the page, and raise the floors: never lower them."""
    before, _, rest = PAGE.read_text("utf-8").partition(MARKS[0])
    _, _, after = rest.partition(MARKS[1])
    PAGE.write_text(f"{before}{MARKS[0]}\n{table(found)}\n{MARKS[1]}{after}", "utf-8")
    floors = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    now = {s.measure: max(floors.get(s.measure, 0.0), math.floor(s.tally.f1 * 100) / 100) for s in found}
    FLOORS.write_text(json.dumps(now, indent=2) + "\n", "utf-8")


def main() -> None:
    """Measure, print, and write where asked."""
    found = measure()
    print(table(found))
    if "--update" in sys.argv[1:]:
        update(found)


if __name__ == "__main__":
    main()
