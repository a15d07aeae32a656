"""Fits the weights of coding/reliability.py.

    python train/reliability.py --data polnear/train --fold DIR0 --fold DIR1 --out DIR

The folds are folders written by export.py from runs of train.py with --part 2 --shift 0 and --shift 1. Each
reads the half that it was not trained on, and each attribution that the coder finds there counts as right as
far as annotators marked it (half or more of the words in common). Needs the package and scikit-learn.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import numpy as np
from scipy.sparse import vstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from onrecord.coding.attribution import Attribution
from onrecord.coding.coder import from_text
from onrecord.coding.combine import found_attributions
from onrecord.coding.reliability import is_learned, properties
from onrecord.coding.tagger import read
from onrecord.text.parse import Parse, Parser
from polnear import ANN, read_ann

RARE = 3  # a property of fewer attributions has no weight


def letters(text: str, spans: list[tuple[int, int]]) -> frozenset[int]:
    """The places of the letters and digits of some spans, so that marks and spaces count for nothing."""
    return frozenset(i for s, e in spans for i in range(s, e) if text[i].isalnum())


def marked(text: str, gold: list[frozenset[int]], found: list[frozenset[int]]) -> list[bool]:
    """Which of the found are among the gold, paired one to one by falling overlap."""
    pairs = sorted(
        ((-len(g & p) / len(g | p), i, j) for i, g in enumerate(gold) for j, p in enumerate(found) if g & p),
    )
    used: set[int] = set()
    out = [False] * len(found)
    for overlap, i, j in pairs:
        if overlap <= -0.5 and i not in used and not out[j]:
            used.add(i)
            out[j] = True
    return out


def received(parse: Parse, a: Attribution) -> list[tuple[int, int]]:
    """The words of an attribution in offsets of the text as received."""
    spans = [parse.span(*c) for c in a.content]
    return [(s.start, s.end) for s in spans]


def examples(data: Path, folds: list[Path], bias: float) -> tuple[list[dict[str, float]], list[float]]:
    """The properties of every attribution found in texts not trained on, and how far it is right."""
    files: dict[str, list[Path]] = defaultdict(list)
    for path in sorted((data / "attributions").iterdir()):
        if m := ANN.match(path.name):
            files[m["doc"]].append(path)
    parser = Parser.load(None)
    taggers = [read(fold, 1, {"cue": bias}) for fold in folds]
    if len(taggers) != 2 or None in taggers:
        raise SystemExit("give two folds, each with its four files")
    known, right = [], []
    for i, doc in enumerate(sorted(files)):
        tagger = taggers[(i + 1) % 2]
        text = (data / "text" / f"{doc}.txt").read_bytes().decode("utf-8")
        parse = parser.parse(from_text(text))
        attributions = found_attributions(parse, tagger)
        found = [letters(text, received(parse, a)) for a in attributions]
        votes = np.zeros(len(found))
        for path in files[doc]:
            gold = [letters(text, g["content"]) for g in read_ann(path)]
            votes += np.array(marked(text, gold, found), dtype=float) / len(files[doc])
        for a, vote in zip(attributions, votes, strict=True):
            if is_learned(a):
                known.append(dict(properties(parse, a).numbers))
                right.append(float(vote))
    return known, right


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path, required=True)
    ap.add_argument("--fold", type=Path, action="append", required=True)
    ap.add_argument("--bias", type=float, default=2.5, help="on the cue's first tag, so that more is found")
    ap.add_argument("--strength", type=float, default=0.05, help="of the weights' prior; less is stronger")
    ap.add_argument("--out", type=Path, required=True)
    a = ap.parse_args()
    known, right = examples(a.data, a.fold, a.bias)
    often = Counter(name for k in known for name in k)
    kept = [{n: v for n, v in k.items() if often[n] >= RARE} for k in known]
    names = DictVectorizer()
    x, y = names.fit_transform(kept), np.array(right)
    # an attribution that some of the annotators marked is right with one weight and wrong with the rest
    model = LogisticRegression(C=a.strength, max_iter=5000, fit_intercept=False, random_state=0)
    model.fit(vstack([x, x]), np.r_[np.ones(len(y)), np.zeros(len(y))], sample_weight=np.r_[y, 1 - y])
    rows = sorted((n, round(float(w), 3)) for n, w in zip(names.feature_names_, model.coef_[0], strict=True))
    with open(a.out / "reliability.csv", "w", encoding="utf-8", newline="") as f:
        f.write(
            "# what: how much a property of an attribution speaks for (above 0) or against its being one\n"
        )
        f.write(
            "# source: trained by train/reliability.py on PolNeAR's training articles (840, political news)\n"
        )
        f.write("# licence: as the tagger's weights, see MODEL.md\n")
        f.write(f"# date: {date.today().isoformat()}\n")
        writer = csv.writer(f, lineterminator="\n")
        writer.writerow(["property", "weight"])
        writer.writerows(row for row in rows if abs(row[1]) >= 0.01)
    print(f"{len(y)} attributions, {y.sum():.0f} right, {len(rows)} properties")


if __name__ == "__main__":
    main()
