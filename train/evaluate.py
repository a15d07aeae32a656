"""Predicts attributions for a folder of texts with shipped or exported weights, for score_attribution.py.

python train/evaluate.py --text polnear/dev/text --out dev.jsonl [--weights DIR] [--set outside=-0.2 ...]
"""

from __future__ import annotations

import argparse
import json
import re
import time
from pathlib import Path

from onrecord.coding.tagger import Tagger, read
from onrecord.text.quotation import find_quotes

PARAGRAPH = re.compile(r"[^\n]+")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--text", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--weights", type=Path, help="a folder written by export.py (default: the package's)")
    ap.add_argument("--set", nargs="*", default=[], help="decoder settings, name=value")
    a = ap.parse_args()
    settings = {k: float(v) for k, v in (x.split("=") for x in a.set)}
    tagger = read(a.weights, 1, settings) if a.weights else Tagger.load()
    if tagger is None:
        raise SystemExit("no weights: give --weights")
    words, seconds = 0, 0.0
    with open(a.out, "w", encoding="utf-8") as out:
        for path in sorted(a.text.glob("*.txt")):
            with open(path, encoding="utf-8", newline="") as f:
                text = f.read()
            spans = [m.span() for m in PARAGRAPH.finditer(text) if m.group().strip()]
            began = time.perf_counter()
            found = tagger.attribute_text(text, spans, find_quotes(text, tuple(spans)))
            seconds += time.perf_counter() - began
            words += len(text.split())
            atts = [
                {"source": x.speaker and [x.speaker], "cue": [x.cue], "content": x.content} for x in found
            ]
            out.write(json.dumps({"doc": path.stem, "attributions": atts}) + "\n")
    print(f"{words} words, {words / seconds:.0f} a second")


if __name__ == "__main__":
    main()
