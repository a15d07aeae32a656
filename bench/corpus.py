"""How fast many records are grouped: copies, events and issues, without a dossier.

usage: python bench/corpus.py [--reports N] [--json FILE]

The records are those of bench/dossier.py: made, not coded, in the order of publication, one in seven a copy.
Prints the reports a second (of processor time, so that a busy machine changes little), the slowest report,
the memory that grouping takes, and what was found. Exits with 1 where 10,000 reports would take over three
minutes, or one report over two seconds.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from dossier import reports
from onrecord.corpus.grouping import Grouper


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    grouper, spent, slowest, copies = Grouper(), 0.0, 0.0, 0
    before = memory()
    for record in reports(options.reports):
        start = time.process_time()
        copies += grouper.add(record).copy_of is not None
        took = time.process_time() - start
        spent, slowest = spent + took, max(slowest, took)
    start = time.process_time()
    told = [len(grouper.summary(event).tellings) for event in grouper.event_ids]
    figures = {
        "reports": options.reports,
        "reports a second": round(options.reports / spent, 1),
        "slowest report, seconds": round(slowest, 3),
        "memory, MB": round(memory() - before),
        "copies": copies,
        "events": len(told),
        "tellings of the most told event": max(told),
        "summaries, seconds": round(time.process_time() - start, 1),
    }
    for name, figure in figures.items():
        print(f"{name:32} {figure}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    return int(spent / options.reports * 10_000 > 180 or slowest > 2)


def memory() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
