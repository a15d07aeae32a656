"""Accuracy on the development data, beside the last committed figures and the floors.

usage: python scripts/score.py [--update] [--jobs N]

The data and the scorers lie outside this repository, in the folder that ONRECORD_SHARED names (default
../shared). The records and the scorers' whole output stay in .scores/, to read the errors in. --update writes
docs/notes/scores.json, the table in README.md, and raises the floors of tests/accuracy/floors.json.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord import __version__
from onrecord.bulk import code_many
from onrecord.output import FORMATS, Style
from onrecord.record import Record
from onrecord.sources import Failure, Options, read

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / ".scores"
SCORES = ROOT / "docs" / "notes" / "scores.json"
FLOORS = ROOT / "tests" / "accuracy" / "floors.json"
README = ROOT / "README.md"
MARKS = ("<!-- scores: written by scripts/score.py --update -->", "<!-- end of scores -->")


@dataclass(frozen=True)
class Measure:
    """A figure: its name in the files, what it says, and where it stands in the scorer's output."""

    name: str
    what: str
    path: tuple[str, ...]


@dataclass(frozen=True)
class Set:
    """A development set: what to code, and the scorer that gives figures for the records."""

    name: str
    what: str
    documents: str
    meta: str | None
    gold: tuple[str, ...]
    score: Callable[[Path, Path], dict[str, Any]]
    measures: tuple[Measure, ...]


def _run(*command: str | Path) -> str:
    done = subprocess.run([sys.executable, *map(str, command)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{command[0]} failed:\n{done.stderr}")
    return done.stdout


def _score_gold(shared: Path, records: Path) -> dict[str, Any]:
    gold, texts = shared / "data/gold", shared / "data/articles"
    result: dict[str, Any] = json.loads(
        _run(shared / "eval/score_gold.py", "--many", gold, texts, records, "--json")
    )
    return result


def _score_events(shared: Path, records: Path) -> dict[str, Any]:
    predicted, out = records.with_suffix(".events"), records.with_suffix(".json")
    _run(shared / "eval/convert.py", "events", records, predicted)
    _run(shared / "eval/score_gsr.py", predicted, "--json", out)
    result: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return result


def _score_attribution(shared: Path, records: Path) -> dict[str, Any]:
    dev, predicted = shared / "data/polnear/dev", records.with_suffix(".attributions")
    _run(shared / "eval/convert.py", "attribution", records, predicted)
    scorer = shared / "eval/score_attribution.py"
    where = ("--text", dev / "text", "--gold", dev / "attributions", "--pred", predicted)
    result: dict[str, Any] = json.loads(_run(scorer, *where, "--json"))["scores"]
    return result


SETS = (
    Set(
        "articles",
        "10 whole articles, gold by hand",
        "data/articles",
        "data/articles/metadata.jsonl",
        ("data/gold",),
        _score_gold,
        (
            Measure("statements_found", "statements found", ("statements_found", "f1")),
            Measure("statements", "statements with the right speaker", ("statements", "f1")),
            Measure("events", "events with type, actor and recipient", ("events", "f1")),
            Measure("positions", "positions with party, stance and issue", ("positions", "f1")),
        ),
    ),
    Set(
        "plover",
        "161 sentences of PLOVER's gold standard records",
        "data/gsr/dev.input.jsonl",
        None,
        ("data/gsr/dev.jsonl",),
        _score_events,
        (
            Measure("type", "event type", ("type", "F1")),
            Measure("triple", "event type, source and target", ("triple", "F1")),
        ),
    ),
    Set(
        "polnear",
        "84 articles of PolNeAR dev",
        "data/polnear/dev/text",
        None,
        ("data/polnear/dev/attributions",),
        _score_attribution,
        (
            Measure("content", "attributed words", ("all", "content_tokens", "f1")),
            Measure("match", "attributions found", ("all", "content_match", "f1")),
            Measure("source", "attributions with the right source", ("all", "end_to_end", "f1")),
            Measure("source_quoted", "the same, quoted", ("quoted", "end_to_end", "f1")),
            Measure("source_indirect", "the same, indirect", ("indirect", "end_to_end", "f1")),
        ),
    ),
)


def shared_folder() -> Path:
    """The folder of the development data and the scorers, there or not."""
    return Path(os.environ.get("ONRECORD_SHARED") or ROOT.parent / "shared").resolve()


def is_present(shared: Path) -> bool:
    """Whether every set and every scorer is there."""
    needed = [p for s in SETS for p in (s.documents, *s.gold)]
    scorers = ["convert.py", "score_gold.py", "score_gsr.py", "score_attribution.py"]
    return all((shared / p).exists() for p in [*needed, *(f"eval/{name}" for name in scorers)])


def fingerprint(shared: Path) -> str:
    """The SHA-256 of everything that the figures depend on beside the product: texts, gold and scorers."""
    digest = hashlib.sha256()
    for item in ("eval", *(p for s in SETS for p in (s.documents, *s.gold))):
        path = shared / item
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(f"{file.relative_to(shared)}\n".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def measure(shared: Path, jobs: int = 2) -> dict[str, float]:
    """Every figure by ``set.measure``, rounded to four decimals."""
    WORK.mkdir(exist_ok=True)
    return {name: value for s in SETS for name, value in _measure_set(s, shared, jobs)}


def _measure_set(chosen: Set, shared: Path, jobs: int) -> Iterable[tuple[str, float]]:
    records = WORK / f"{chosen.name}.jsonl"
    options = Options(meta=shared / chosen.meta if chosen.meta else None)
    results = code_many(read([shared / chosen.documents], options), jobs=jobs)
    with records.open("wb") as out:
        FORMATS["jsonl"].write(map(_coded, results), out, Style())
    scores = chosen.score(shared, records)
    (WORK / f"{chosen.name}.scores.json").write_text(json.dumps(scores, indent=1) + "\n", "utf-8")
    for m in chosen.measures:
        value: Any = scores
        for key in m.path:
            value = value[key]
        yield f"{chosen.name}.{m.name}", round(float(value), 4)


def _coded(result: Record | Failure) -> Record:
    if isinstance(result, Failure):
        raise SystemExit(f"a document of the development data was not coded: {result}")
    return result


def load(path: Path) -> dict[str, Any]:
    """A file of figures; an empty one where it is not there yet."""
    if not path.exists():
        return {"data": None, "scores": {}}
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


def comparison(now: Mapping[str, float], last: Mapping[str, float], floors: Mapping[str, float]) -> str:
    """The figures as a table for a terminal: now, last, the change, the floor, and what became of it."""
    lines = [f"{'F1':<52}{'now':>8}{'last':>8}{'change':>8}{'floor':>8}"]
    for s in SETS:
        lines.append(f"{s.what}")
        for m in s.measures:
            key = f"{s.name}.{m.name}"
            value, before, floor = now[key], last.get(key), floors.get(key)
            row = f"  {m.what:<50}{value:>8.3f}"
            row += f"{before:>8.3f}{value - before:>+8.3f}" if before is not None else f"{'–':>8}{'–':>8}"
            row += f"{floor:>8.2f}" if floor is not None else f"{'–':>8}"
            if floor is not None and value < floor:
                row += "  BELOW ITS FLOOR"
            elif floor is None or _floor_for(value) > floor:
                row += f"  may rise to {_floor_for(value):.2f}"
            lines.append(row)
    return "\n".join(lines)


def markdown(scores: Mapping[str, float]) -> str:
    """The figures as the table of the README."""
    lines = ["| measured on | what is counted as right | F1 |", "| --- | --- | --- |"]
    for s in SETS:
        for m in s.measures:
            lines.append(f"| {s.what} | {m.what} | {scores[f'{s.name}.{m.name}']:.3f} |")
    return "\n".join(lines)


def _floor_for(value: float) -> float:
    # Half a point or more below: a parse may fall out otherwise on another processor.
    return math.floor(value * 100 - 0.5) / 100


def update(now: Mapping[str, float], data: str) -> None:
    """Write the figures, the README's table and the floors, which only rise on the same data."""
    old = load(FLOORS)
    kept = old["scores"] if old["data"] == data else {}
    floors = {key: max(_floor_for(value), kept.get(key, 0.0)) for key, value in now.items()}
    for path, what, scores in (
        (SCORES, "F1 on the development data; written by scripts/score.py --update", dict(now)),
        (FLOORS, "what F1 on the development data must not fall below; only rises", floors),
    ):
        content = {"what": what, "version": __version__, "data": data, "scores": scores}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    before, _, rest = README.read_text("utf-8").partition(MARKS[0])
    _, _, after = rest.partition(MARKS[1])
    README.write_text(f"{before}{MARKS[0]}\n{markdown(now)}\n{MARKS[1]}{after}", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--update", action="store_true", help="write the figures and raise the floors")
    parser.add_argument("--jobs", type=int, default=2, help="processes to code on")
    arguments = parser.parse_args()
    shared = shared_folder()
    if not is_present(shared):
        raise SystemExit(f"{shared} does not hold the development data; name their folder in ONRECORD_SHARED")
    data, now = fingerprint(shared), measure(shared, arguments.jobs)
    last, floors = load(SCORES), load(FLOORS)
    print(comparison(now, last["scores"], floors["scores"]))
    if last["data"] not in (None, data):
        print("\nThe data are not those of the last figures: the changes say nothing, and floors start anew.")
    below = [k for k, v in now.items() if data == floors["data"] and v < floors["scores"].get(k, 0.0)]
    if arguments.update:
        if below:
            raise SystemExit(f"nothing written: {', '.join(below)} fell below the floor")
        update(now, data)
    sys.exit(bool(below))


if __name__ == "__main__":
    main()
