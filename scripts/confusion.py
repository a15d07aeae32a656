"""A confusion table of the acts and stances of positions, over the sentences written for tests.

usage: python scripts/confusion.py [FILE.toml]...

By default positions_cases, positions_blind and positions_wide of tests/coding. A wanted position
meets one that was found on the same issue by the same party; what is left of the wanted is missed, what is
left of the found is spurious. Rows are what was wanted, columns what was found. Where a case allows several
acts or stances, the one found counts where it is among them, else the first.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

from onrecord.coding.coder import Coder
from onrecord.coding.tagger import Tagger
from onrecord.record import Act, Position, Record, Stance
from onrecord.text.parse import Parser

CODING = Path(__file__).resolve().parent.parent / "tests" / "coding"
FILES = tuple(CODING / f"positions_{name}.toml" for name in ("cases", "blind", "wide"))
MISSED, SPURIOUS = "missed", "spurious"
Pair = tuple[str, str]


def pairs(record: Record, expected: str) -> Iterator[tuple[Pair, Pair]]:
    """What was wanted and what was found, as (act, act) and (stance, stance), for each position of a case.

    ``expected`` is 'PARTY stance act word' joined by ' + ', '-' for none; '|' stands for or.
    """
    labels = {issue.id: issue.label.lower() for issue in record.issues}
    left = list(record.positions)
    wanted = [w.split(" ", 3) for w in expected.split(" + ")] if expected.strip() != "-" else []
    for party, stance, act, word in wanted:
        there = [
            p
            for p in left
            if p.party in party.split("|") and (word == "-" or word.lower() in labels[p.issue])
        ]
        found = max(there, key=lambda p: _fit(p, stance, act), default=None)
        if found is None:
            yield (act.split("|")[0], MISSED), (stance.split("|")[0], MISSED)
            continue
        left.remove(found)
        yield (_meant(act, found.act), found.act), (_meant(stance, found.stance), found.stance)
    for p in left:
        yield (SPURIOUS, p.act), (SPURIOUS, p.stance)


def _fit(position: Position, stance: str, act: str) -> int:
    return (_meant(stance, position.stance) == position.stance) * 2 + (
        _meant(act, position.act) == position.act
    )


def _meant(allowed: str, found: str) -> str:
    """Which of the values that a case allows is counted."""
    values = allowed.split("|")
    return found if found in values or values == ["-"] else values[0]


def counts(coder: Coder, cases: Iterable[tuple[str, str]]) -> tuple[Counter[Pair], Counter[Pair]]:
    """How often each pair of acts, and of stances, comes up in cases of a sentence and what it shows."""
    acts: Counter[Pair] = Counter()
    stances: Counter[Pair] = Counter()
    for text, expected in cases:
        for act, stance in pairs(coder.code(text, published="2020-05-04"), expected):
            acts[act] += 1
            stances[stance] += 1
    return acts, stances


def recall_and_precision(table: Counter[Pair], value: str) -> tuple[float, float]:
    """Of one act or stance: the share of the wanted that was found, and of the found that was wanted."""
    right = table[value, value]
    wanted = sum(n for (w, _), n in table.items() if w == value)
    found = sum(n for (_, f), n in table.items() if f == value)
    return right / wanted if wanted else 1.0, right / found if found else 1.0


def markdown(table: Counter[Pair], values: Iterable[str]) -> str:
    """The table as lines of Markdown, with recall and precision of each value."""
    values = list(values)
    columns = [*values, MISSED]
    short = [c[:6] for c in columns]
    lines = [
        f"| wanted ↓ found → | {' | '.join(short)} | R | P |",
        f"| --- |{' ---: |' * (len(columns) + 2)}",
    ]
    for row in values:
        recall, precision = recall_and_precision(table, row)
        cells = " | ".join(str(table[row, c] or "·") for c in columns)
        lines.append(f"| {row} | {cells} | {recall:.2f} | {precision:.2f} |")
    cells = " | ".join(str(table[SPURIOUS, c] or "·") for c in columns)
    return "\n".join([*lines, f"| {SPURIOUS} | {cells} | | |"])


def main() -> None:
    """Prints the tables."""
    coder = Coder(Parser.load(), Tagger.load())
    for path in map(Path, sys.argv[1:] or FILES):
        cases = tomllib.loads(path.read_text("utf-8"))["cases"]
        acts, stances = counts(
            coder, [(text, expected) for name in sorted(cases) for text, expected in cases[name]]
        )
        print(f"{path.name}\n\n{markdown(stances, get_args(Stance))}\n\n{markdown(acts, get_args(Act))}\n")


if __name__ == "__main__":
    main()
