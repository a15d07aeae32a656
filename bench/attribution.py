"""How fast: words per second of the bare parse, of attribution, and of the whole coder, in one run.

usage: python bench/attribution.py [--texts N] [--runs N] [--json FILE]

The texts are the paragraphs of the shipped example reports in new orders (seeded); no other data are needed.
'nlp.pipe' is spaCy alone, a document a text; 'parse' the parser of onrecord, a document a paragraph. Each
figure is the median of the runs, which take turns among the stages, so that a busy machine slows all alike.
Exits with 1 where attribution takes longer than the bare parse.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from onrecord.coding.coder import Coder, load
from onrecord.coding.combine import attributions
from onrecord.record import Document

DAY = "2015-07-14"


def texts(count: int) -> list[Document]:
    """Reports of 12 to 18 paragraphs drawn from those of the examples."""
    folder = files("onrecord") / "data" / "examples"
    names = sorted(f.name for f in folder.iterdir() if f.name.endswith(".txt"))
    paragraphs = [
        line for name in names for line in (folder / name).read_text("utf-8").split("\n") if line.strip()
    ]
    draw = random.Random(1)
    reports = ("\n\n".join(draw.sample(paragraphs, draw.randint(12, 18))) for _ in range(count))
    return [Document(id=str(i), text=text, published=DAY) for i, text in enumerate(reports)]


def stages(coder: Coder, documents: list[Document]) -> dict[str, Callable[[], object]]:
    """What is timed, by name."""
    parses = [coder.parser.parse(d) for d in documents]
    stages: dict[str, Callable[[], object]] = {
        "nlp.pipe": lambda: list(coder.parser.nlp.pipe(d.text for d in documents)),
        "parse": lambda: [coder.parser.parse(d) for d in documents],
        "attribution": lambda: [attributions(p, coder.tagger) for p in parses],
        "attribution, rules alone": lambda: [attributions(p, None) for p in parses],
        "whole coder": lambda: [coder.code(d) for d in documents],
    }
    if coder.tagger is not None:
        tagger = coder.tagger
        stages["of it the tagger"] = lambda: [tagger.attribute(p) for p in parses]
    return stages


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--texts", type=int, default=40)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--json", type=Path)
    chosen = options.parse_args()
    coder, documents = load(), texts(chosen.texts)
    words = sum(len(d.text.split()) for d in documents)
    work = stages(coder, documents)
    for stage in work.values():
        stage()  # the first run pays for what is loaded once
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(chosen.runs):
        for name, stage in work.items():
            times[name].append(seconds(stage))
    bare = statistics.median(times["nlp.pipe"])
    rows = {
        name: {
            "seconds": round(statistics.median(taken), 3),
            "words_per_second": round(words / statistics.median(taken)),
            "times_bare_parse": round(statistics.median(taken) / bare, 3),
        }
        for name, taken in times.items()
    }
    report = {"attribution": coder.info.attribution, "texts": len(documents), "words": words, "stages": rows}
    print(f"{len(documents)} texts, {words} words, median of {chosen.runs} runs, {coder.info.attribution}")
    print(f"{'stage':<26}{'seconds':>9}{'words/s':>10}{'× nlp.pipe':>12}")
    for name, row in rows.items():
        print(
            f"{name:<26}{row['seconds']:>9.3f}{row['words_per_second']:>10}{row['times_bare_parse']:>12.2f}"
        )
    if chosen.json:
        chosen.json.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    sys.exit(rows["attribution"]["times_bare_parse"] > 1)


if __name__ == "__main__":
    main()
