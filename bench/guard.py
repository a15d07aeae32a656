"""Whether the coder has become dearer: the ratios of its stages to the bare parse, against stored ones.

usage: python bench/guard.py [--texts N] [--runs N] [--tolerance SHARE] [--store]

Ratios of one run are compared, never seconds, so that the machine and its load matter little; they do differ
between processors, so store them on the machine that compares. Exits with 1 where the whole, or a stage that
counts, costs more than the stored ratio by more than the tolerance.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import run
import texts as made
from onrecord.coding.coder import load

STORED = Path(__file__).parent / "results" / "ratios.json"
SMALL = 0.05  # of the bare parse; what costs less swings too much to be compared


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--texts", type=int, default=12)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--tolerance", type=float, default=0.15)
    options.add_argument("--store", action="store_true", help="keep this run's ratios to compare with")
    chosen = options.parse_args()
    stages = run.ratios(load(), made.reports(chosen.texts), chosen.runs)
    now = {name: row["times_bare"] for name, row in stages.items()}
    if chosen.store:
        report = {"machine": run.machine(), "texts": chosen.texts, "runs": chosen.runs, "times_bare": now}
        STORED.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    before = json.loads(STORED.read_text("utf-8"))["times_bare"]
    dearer = []
    for name, ratio in now.items():
        allowed = before.get(name, ratio) * (1 + chosen.tolerance)
        bad = ratio > max(allowed, SMALL)
        dearer += [name] * bad
        print(f"{name:<52}{before.get(name, float('nan')):>8.3f}{ratio:>8.3f}{'  dearer' if bad else ''}")
    sys.exit(bool(dearer))


if __name__ == "__main__":
    main()
