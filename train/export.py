"""Writes trained weights as int8 ONNX files with what the tagger needs beside them.

    python train/export.py --encoder FOLDER --weights runs/a/epoch3.pt --calibrate polnear/train/text \\
        --name minilm-polnear-1 --out DIR

Several weights are averaged (they must come from the same start). Writes stage-0.onnx and so on,
attention.onnx, heads.npz (transition scores, relation layer), vocab.txt and tagger.json (name, decoder
settings). Word embeddings and matrices are int8 (a scale a row, a scale a column). Activations are 8 bits
with fixed scales, found by reading every tenth text of the folder given with --calibrate.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch

from graph import Site, Stages
from model import Net, build
from onrecord.coding.tagger_encoder import ATTENTION, stage_file
from onrecord.coding.tagger_pieces import WordPiece

PARAGRAPH = re.compile(r"[^\n]+")
PIECES = 250


def load(encoder: Path, weights: list[Path]) -> Net:
    states = [torch.load(w) for w in weights]
    return build(encoder, {k: sum(s[k] for s in states) / len(states) for k in states[0]}).eval()


def examples(folder: Path, wordpiece: WordPiece, every: int) -> Iterator[tuple[torch.Tensor, ...]]:
    """Ids, case and quotation marks of every second paragraph of some of a folder's texts."""
    for path in sorted(folder.glob("*.txt"))[::every]:
        for m in list(PARAGRAPH.finditer(path.read_text("utf-8")))[::2]:
            p = wordpiece.split(m.group())
            if p.words:
                ids = [wordpiece.cls, *p.ids[:PIECES], wordpiece.sep]
                marks = ([0, *x[:PIECES], 0] for x in (p.case, p.quote))
                yield tuple(torch.tensor([x]) for x in (ids, *marks))


def calibrate(net: Net, texts: Iterator[tuple[torch.Tensor, ...]]) -> dict[str, Site]:
    """The range of every channel that goes into a matrix, over some texts."""
    named = {
        f"{kind}{i}": getattr(layer, kind)
        for i, layer in enumerate(net.encoder.layers)
        for kind in ("qkv", "out", "up", "down")
    }
    named["head"] = net.tag
    low = {n: np.full(m.in_features, np.inf) for n, m in named.items()}
    high = {n: np.full(m.in_features, -np.inf) for n, m in named.items()}

    def watch(name: str):
        def look(_, given: tuple[torch.Tensor, ...]) -> None:
            x = given[0].flatten(0, -2)
            low[name] = np.minimum(low[name], x.min(0).values.numpy())
            high[name] = np.maximum(high[name], x.max(0).values.numpy())

        return look

    hooks = [m.register_forward_pre_hook(watch(n)) for n, m in named.items()]
    with torch.no_grad():
        for ids, case, quote in texts:
            net.tag(net.encoder(ids, case, quote))
    for hook in hooks:
        hook.remove()
    return {n: Site(low[n], high[n]) for n in named}


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--encoder", type=Path, required=True)
    ap.add_argument("--weights", type=Path, nargs="+", required=True)
    ap.add_argument("--calibrate", type=Path, required=True, help="a folder of texts")
    ap.add_argument("--every", type=int, default=10, help="how many texts to go on after each that is read")
    ap.add_argument("--cap", type=float, default=4.5, help="the largest activation that is kept whole")
    ap.add_argument("--name", required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--set", nargs="*", default=[], help="decoder settings to ship, name=value")
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    net = load(a.encoder, a.weights)
    vocabulary = (a.encoder / "vocab.txt").read_text("utf-8").split("\n")
    sites = calibrate(net, examples(a.calibrate, WordPiece(vocabulary[:-1]), a.every))
    stages = Stages(net, sites, a.cap)
    for i, model in enumerate(stages.models()):
        onnx.save(model, a.out / stage_file(i))
    onnx.save(stages.attention(), a.out / ATTENTION)
    about = {"name": a.name, "settings": {k: float(v) for k, v in (x.split("=") for x in a.set)}}
    (a.out / "tagger.json").write_text(json.dumps(about, indent=1) + "\n")
    np.savez(
        a.out / "heads.npz", transitions=net.scores().detach().numpy(),
        distance=net.distance.weight.detach().numpy(), between=net.between.weight.detach().numpy(),
        weight=net.relation.weight.detach().numpy(), bias=net.relation.bias.detach().numpy(),
    )  # fmt: skip
    shutil.copy(a.encoder / "vocab.txt", a.out / "vocab.txt")


if __name__ == "__main__":
    main()
