"""How fast and how large: every stage against the bare parse, by length and number of texts, in one run.

usage: python bench/run.py [FOLDER] [--texts N] [--runs N] [--quick] [--textacy-python PATH] [--json FILE]

The texts are those of bench/texts.py, or the text files of FOLDER. 'bare' is ``nlp.pipe`` of the same model
as spaCy loads it, a document a text, with all its pipes. Seconds are those of the processor that this process
took, so that a busy machine disturbs little; the runs take turns, and each figure is a median. The stages are
measured inside the coder as it runs, so that they add up to the whole. Memory is measured in processes of
their own.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import spacy

import texts as made
from onrecord.coding import coder as heart
from onrecord.coding.coder import Coder, load
from onrecord.coding.tagger import Tagger
from onrecord.record import Document, to_json
from onrecord.text.parse import DEFAULT_MODEL, Parser
from processes import held, peak

# What is timed, where it is looked up, and the stage it belongs to.
STAGES: tuple[tuple[Any, str, str], ...] = (
    (heart, "check", "check"),
    (Parser, "parse", "parse"),
    (heart, "find_dates", "dates"),
    (heart, "find_cast", "cast"),
    (Tagger, "attribute", "tagger"),
    (heart, "attributions", "attribution"),
    (heart, "find_publisher", "statements"),
    (heart, "identify", "statements"),
    (heart, "quoted_speakers", "statements"),
    (heart, "with_publisher", "statements"),
    (heart, "with_speakers", "statements"),
    (heart, "write_statements", "statements"),
    (heart, "code_events", "events"),
    (heart, "code_positions", "positions"),
)
INSIDE = {"tagger": "attribution"}  # a stage that is a part of another
LENGTHS = (100, 1_000, 10_000, 100_000)
SIZES = (10, 40, 160)


@contextmanager
def watched(read: Callable[[], float], into: dict[str, float]) -> Iterator[None]:
    """Inside, what every stage adds to a reading (seconds, kilobytes) is summed by stage."""
    before = [(owner, name, getattr(owner, name)) for owner, name, _ in STAGES]

    def wrapped(work: Callable[..., Any], stage: str) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            start = read()
            try:
                return work(*given, **named)
            finally:
                into[stage] += read() - start

        return run

    for owner, name, stage in STAGES:
        setattr(owner, name, wrapped(getattr(owner, name), stage))
    try:
        yield
    finally:
        for owner, name, work in before:
            setattr(owner, name, work)


def one_run(coder: Coder, bare: Any, documents: list[Document]) -> dict[str, float]:
    """Processor seconds of the bare parse, of the whole unwatched, and of each stage in a second pass."""
    took: dict[str, float] = defaultdict(float)
    start = time.process_time()
    for _ in bare.pipe(d.text for d in documents):
        pass
    took["bare"] = time.process_time() - start
    start = time.process_time()
    records = [coder.code(d) for d in documents]
    took["whole"] = time.process_time() - start
    with watched(time.process_time, took):
        for d in documents:
            coder.code(d)
    start = time.process_time()
    for record in records:
        to_json(record)
    took["encode"] = time.process_time() - start
    return dict(took)


def ratios(coder: Coder, documents: list[Document], runs: int) -> dict[str, dict[str, float]]:
    """By stage: median seconds, words a second, and the median of its ratio to the bare parse of its run."""
    bare = spacy.load(DEFAULT_MODEL)
    one_run(coder, bare, documents)  # pays for what is loaded once
    took = [one_run(coder, bare, documents) for _ in range(runs)]
    words = made.word_count(documents)
    order = ["bare", *dict.fromkeys(stage for _, _, stage in STAGES), "encode", "whole"]
    return {
        name: {
            "seconds": round(statistics.median(t.get(name, 0) for t in took), 4),
            "words_per_second": round(words / max(statistics.median(t.get(name, 0) for t in took), 1e-9)),
            "times_bare": round(statistics.median(t.get(name, 0) / t["bare"] for t in took), 3),
        }
        for name in order
    }


def textacy(python: str, documents: list[Document], runs: int) -> dict[str, Any]:
    """What textacy's quotation extraction costs over the same texts, in a process of a Python that has it,
    beside the bare parse there, which it needs."""
    command = [python, str(Path(__file__).with_name("textacy_quotations.py")), "--model", DEFAULT_MODEL]
    texts = "".join(json.dumps(d.text) + "\n" for d in documents)
    done = subprocess.run([*command, "--runs", str(runs)], input=texts, capture_output=True, text=True)
    if done.returncode:
        told = (done.stderr.splitlines() or ["it ended without a word"])[-1]
        return {"skipped": f"{python}: {told}"}
    figures: dict[str, Any] = json.loads(done.stdout)
    seconds = figures["bare"] + figures["seconds"]
    return {
        **figures,
        "words_per_second": round(made.word_count(documents) / figures["seconds"]),
        "words_per_second_with_parse": round(made.word_count(documents) / seconds),
        "times_bare": round(figures["seconds"] / figures["bare"], 3),
    }


def by_length(coder: Coder, lengths: tuple[int, ...]) -> list[dict[str, float]]:
    """Processor seconds for a thousand words, of documents of several lengths."""
    rows = []
    for words in lengths:
        document = made.report_of(words)
        repeats = max(1, min(9, 5_000 // words))
        took: dict[str, float] = defaultdict(float)
        with watched(time.process_time, took):
            start = time.process_time()
            for _ in range(repeats):
                coder.code(document)
            whole = time.process_time() - start
        scale = 1000 / (made.word_count([document]) * repeats)
        stages = {stage: round(seconds * scale, 4) for stage, seconds in sorted(took.items())}
        rows.append({"words": words, "seconds_per_1000": round(whole * scale, 4), **stages})
    return rows


def memory(task: str, count: int) -> dict[str, float]:
    """The peak memory of a task in a process of its own, MB: 'bare', 'coder', or a number of workers."""
    command = [sys.executable, __file__, "--task", task, "--texts", str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def task(name: str, count: int) -> dict[str, float]:
    """What ``memory`` measures, in this process."""
    documents = made.reports(count)
    if name == "bare":
        bare = spacy.load(DEFAULT_MODEL)
        loaded = peak()
        for _ in bare.pipe(d.text for d in documents):
            pass
        return {"loaded": loaded, "peak": peak()}
    if name == "coder":
        coder = load()
        coder.code(documents[0])
        loaded, grown = peak(), defaultdict(float)
        with watched(peak, grown):
            for d in documents:
                coder.code(d)
        return {"loaded": loaded, "peak": peak(), **{f"+{k}": round(v, 1) for k, v in sorted(grown.items())}}
    return pooled(documents, int(name))


def pooled(documents: list[Document], jobs: int) -> dict[str, float]:
    """Words a second and memory of ``code_many``; the sum over its processes as they stand at the end."""
    from onrecord.bulk import code_many

    words, start, most = made.word_count(documents), time.perf_counter(), 0.0
    first = 0.0
    for i, _ in enumerate(code_many(documents, jobs=jobs)):
        first = first or time.perf_counter() - start
        if i % 50 == 0 or i == len(documents) - 1:
            most = max(most, held())
    took = time.perf_counter() - start
    return {"jobs": jobs, "documents": len(documents), "words": words, "first_after": round(first, 2),
            "words_per_second": round(words / took), "MB": round(most)}  # fmt: skip


def start_up(runs: int) -> dict[str, float]:
    """Median seconds, of the processor and by the clock, of ``--help`` and of the first coded document."""
    folder = Path(str(made.files("onrecord") / "data" / "examples"))
    example = str(sorted(folder.glob("*.txt"))[0])
    out: dict[str, float] = {}
    for name, arguments in {"help": ["--help"], "first document": ["code", example]}.items():
        clock, processor = [], []
        for _ in range(runs):
            start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(["onrecord", *arguments], capture_output=True, check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            clock.append(time.perf_counter() - start)
            processor.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        out[name] = round(statistics.median(processor), 3)
        out[f"{name}, clock"] = round(statistics.median(clock), 3)
    return out


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    cpu = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    versions = {name: __import__(name).__version__ for name in ("spacy", "thinc", "numpy", "onnxruntime")}
    return {
        "cpu": cpu, "cores": len(os.sched_getaffinity(0)), "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(), "date": date.today().isoformat(), **versions,
    }  # fmt: skip


def show(report: dict[str, Any]) -> None:
    """Print the report as tables."""
    print("  ".join(f"{k} {v}" for k, v in report["machine"].items()))
    print(f"\n{report['texts']} texts, {report['words']} words, median of {report['runs']} runs\n")
    print(f"{'stage':<52}{'seconds':>9}{'words/s':>11}{'× bare':>9}")
    for name, row in report["stages"].items():
        label = f"  of it {name}" if name in INSIDE else name
        print(f"{label:<52}{row['seconds']:>9.3f}{row['words_per_second']:>11}{row['times_bare']:>9.3f}")
    print("\ntextacy's direct_quotations:", "  ".join(f"{k} {v}" for k, v in report["textacy"].items()))
    print("\nprocessor seconds for 1,000 words, by length of the document")
    for row in report["by_length"]:
        print("  ".join(f"{k} {v}" for k, v in row.items()))
    print("\nmemory (MB) and words a second of whole processes")
    for name, row in report["memory"].items():
        print(f"{name:<12}", "  ".join(f"{k} {round(v, 1)}" for k, v in row.items()))
    print("\nstart-up (s):", "  ".join(f"{k} {v}" for k, v in report["start_up"].items()))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("folder", nargs="?", type=Path)
    options.add_argument("--texts", type=int, default=40)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--quick", action="store_true", help="shorter texts, fewer of them")
    options.add_argument("--json", type=Path)
    options.add_argument(
        "--textacy-python",
        default=sys.executable,
        help="a Python with textacy and the model; default: this one",
    )
    options.add_argument("--task", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.task:
        print(json.dumps(task(chosen.task, chosen.texts)))
        return
    documents = made.of_folder(chosen.folder) if chosen.folder else made.reports(chosen.texts)
    coder = load()
    sizes = SIZES[:2] if chosen.quick else SIZES
    report: dict[str, Any] = {
        "machine": machine(),
        "attribution": coder.info.attribution,
        "texts": len(documents),
        "words": made.word_count(documents),
        "runs": chosen.runs,
        "stages": ratios(coder, documents, chosen.runs),
        "textacy": textacy(chosen.textacy_python, documents, chosen.runs),
        "by_length": by_length(coder, LENGTHS[:3] if chosen.quick else LENGTHS),
        "memory": {
            "bare": memory("bare", sizes[-1]),
            "coder": memory("coder", sizes[-1]),
            **{f"2 jobs × {n}": memory("2", n) for n in sizes},
        },
        "start_up": start_up(3 if chosen.quick else 7),
    }
    show(report)
    if chosen.json:
        chosen.json.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
