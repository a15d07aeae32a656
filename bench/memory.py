"""Whether memory stays steady: whole runs of 'onrecord code' and 'onrecord bulk' over many made reports.

usage: python bench/memory.py [--reports N,N,…] [--jobs N] [--commands code,bulk] [--json FILE]

Reports have 90 to 180 words with names, issues and words of their own, so that nothing that is kept by word
stops growing sooner than in real news. Memory is that of the command and all its processes together, each
page shared counted by its share (PSS), read every second: the most, and how much of it came after the first
quarter of the run. Exits with 1 where the most is over 1.5 GB.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import texts as made
from processes import held
from run import machine

MOST = 1500  # MB
_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "is", "on")]
_STATES = ("Iran", "Norway", "Colombia", "Russia", "Ukraine", "Cuba", "Israel", "Egypt", "Chad", "Kenya")
_FORMS = (
    "{person}, a deputy of the council, said on {day} that the {thing} of {town} had to be withdrawn.",
    "“We will not sign a {thing} that leaves {town} out,” {surname} told reporters.",
    "{state} rejected the {thing}, and {person} accused {other} of breaking the truce near {town}.",
    "{other} urged both sides to accept the {thing}, which {state} had proposed in {town}.",
    "According to {person}, the delegations met {surname} and agreed on a {word} {thing} by {day}.",
    "The {word} and the {other_word} stood in the {other_thing} while {person} talked with {surname}.",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def reports(count: int, seed: int = 5) -> list[dict[str, str]]:
    """Reports as lines of a JSON Lines file."""
    draw = random.Random(seed)
    known = [
        w
        for w in Path(str(made.files("onrecord") / "data" / "text" / "words.txt")).read_text().split()
        if w.isalpha()
    ]

    def name() -> str:
        return "".join(draw.choices(_SYLLABLES, k=draw.randint(2, 3))).capitalize()

    def sentence() -> str:
        surname = name()
        words = draw.choices(known, k=4)
        return draw.choice(_FORMS).format(
            person=f"{name()} {surname}", surname=surname, town=name(), state=draw.choice(_STATES),
            other=draw.choice(_STATES), day=draw.choice(_DAYS), thing=words[0], word=words[1],
            other_word=words[2], other_thing=words[3],
        )  # fmt: skip

    out = []
    for n in range(count):
        sentences = [sentence() for _ in range(draw.randint(6, 12))]
        text = "\n\n".join(" ".join(sentences[i : i + 3]) for i in range(0, len(sentences), 3))
        out.append({"id": f"r{n}", "text": text, "published": made.DAY})
    return out


def run(command: str, count: int, jobs: int) -> dict[str, float]:
    """The figures of one run."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "reports.jsonl"
        lines = reports(count)
        source.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        out = Path(folder) / ("records.jsonl" if command == "code" else "coded")
        call = [sys.executable, "-c", "from onrecord.cli import main; main()", command, str(source)]
        start = time.perf_counter()
        process = subprocess.Popen([*call, "-o", str(out), "--jobs", str(jobs)], stderr=subprocess.DEVNULL)
        seen: list[float] = []
        try:
            while process.poll() is None:
                seen.append(held(process.pid))
                if len(seen) % 60 == 0:
                    print(f"  after {len(seen)} s {seen[-1]:.0f} MB", file=sys.stderr, flush=True)
                time.sleep(1)
        finally:
            process.kill()
        took = time.perf_counter() - start
    words = sum(len(line["text"].split()) for line in lines)
    early = max(seen[: max(len(seen) // 4, 1)], default=0.0)
    return {
        "reports": count, "words": words, "jobs": jobs, "exit": process.returncode, "seconds": round(took),
        "words_per_second": round(words / took), "MB": round(max(seen)),
        "after_a_quarter": round(max(seen) - early),
    }  # fmt: skip


def main() -> int:
    form = argparse.RawDescriptionHelpFormatter
    options = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    options.add_argument("--reports", default="500,2000")
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--commands", default="code,bulk")
    options.add_argument("--json", type=Path)
    chosen = options.parse_args()
    done = {}
    for command in chosen.commands.split(","):
        for count in map(int, chosen.reports.split(",")):
            figures = run(command, count, chosen.jobs)
            print(command, "  ".join(f"{k} {v}" for k, v in figures.items()), flush=True)
            done[f"{command} × {count}"] = figures
    if chosen.json:
        chosen.json.write_text(json.dumps({"machine": machine(), "runs": done}, indent=1) + "\n", "utf-8")
    return int(max(figures["MB"] for figures in done.values()) > MOST)


if __name__ == "__main__":
    sys.exit(main())
