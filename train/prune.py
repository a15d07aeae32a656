"""Makes the network's inner layers and attention smaller, as little changed as may be.

    python train/prune.py --encoder FOLDER --weights a.pt b.pt --data polnear/train --inner 768 --heads 10 \\
        --out small.pt

The weights are averaged. In each layer the inner channels and heads go first whose loss the others can best
make up for: the optimal brain surgeon (Hassibi and Stork 1993) on the squared error of what the layer adds,
over every tenth training text. What is left is trained further by distil.py.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from export import examples, load
from model import Layer, Net, build
from onrecord.coding.tagger_pieces import WordPiece
from train import save

DAMP = 1e-3  # of the mean diagonal, so that channels that never fire can be inverted


def keep(moment: np.ndarray, out: np.ndarray, size: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Which ``count`` groups of ``size`` neighbouring columns of ``out`` to keep, and the new columns.

    ``moment`` is the inputs' second moment, X'X; the squared error of X out' is what is kept small.
    """
    inverse = np.linalg.inv(moment + DAMP * np.trace(moment) / len(moment) * np.eye(len(moment)))
    weight = out.astype(np.float64)
    left = np.arange(len(moment) // size)
    while len(left) > count:
        columns = left[:, None] * size + np.arange(size)
        own = inverse[columns[:, :, None], columns[:, None, :]]
        lost = weight[:, columns].transpose(1, 2, 0)
        worst = int(np.argmin((lost * np.linalg.solve(own, lost)).sum((1, 2))))
        gone = columns[worst]
        share = np.linalg.solve(own[worst], inverse[gone])
        weight -= weight[:, gone] @ share
        inverse -= inverse[:, gone] @ share
        left = np.delete(left, worst)
    columns = (left[:, None] * size + np.arange(size)).reshape(-1)
    return columns, weight[:, columns].astype(np.float32)


def moments(net: Net, texts) -> dict[str, np.ndarray]:
    """Second moments of what goes into each layer's ``out`` and ``down``."""
    found: dict[str, torch.Tensor] = {}

    def watch(name: str):
        def look(_, given: tuple[torch.Tensor, ...]) -> None:
            x = given[0].flatten(0, -2).double()
            found[name] = found.get(name, 0) + x.T @ x

        return look

    hooks = []
    for i, layer in enumerate(net.encoder.layers):
        hooks.append(layer.out.register_forward_pre_hook(watch(f"out{i}")))
        hooks.append(layer.down.register_forward_pre_hook(watch(f"down{i}")))
    with torch.no_grad():
        for ids, case, quote in texts:
            net.encoder(ids, case, quote)
    for hook in hooks:
        hook.remove()
    return {n: m.numpy() for n, m in found.items()}


def shrink(
    layer: Layer, out: np.ndarray, down: np.ndarray, heads: int, inner: int
) -> dict[str, torch.Tensor]:
    """The layer's new weights, given the moments of what goes into ``out`` and ``down``."""
    old = {n: p.detach().numpy() for n, p in layer.named_parameters()}
    width = layer.out.in_features // layer.heads
    asked, new_out = keep(out, old["out.weight"], width, heads)
    fired, new_down = keep(down, old["down.weight"], 1, inner)
    three = np.concatenate([asked + i * layer.out.in_features for i in range(3)])
    new = old | {
        "qkv.weight": old["qkv.weight"][three],
        "qkv.bias": old["qkv.bias"][three],
        "out.weight": new_out,
        "up.weight": old["up.weight"][fired],
        "up.bias": old["up.bias"][fired],
        "down.weight": new_down,
    }
    return {n: torch.from_numpy(np.ascontiguousarray(x)) for n, x in new.items()}


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--encoder", type=Path, required=True)
    ap.add_argument("--weights", type=Path, nargs="+", required=True)
    ap.add_argument("--data", type=Path, required=True)
    ap.add_argument("--every", type=int, default=10, help="how many texts to go on after each that is read")
    ap.add_argument("--inner", type=int, required=True, help="inner channels to keep in each layer")
    ap.add_argument("--heads", type=int, required=True, help="heads to keep in each layer")
    ap.add_argument("--out", type=Path, required=True)
    a = ap.parse_args()
    net = load(a.encoder, a.weights)
    vocabulary = (a.encoder / "vocab.txt").read_text("utf-8").split("\n")
    seen = moments(net, examples(a.data / "text", WordPiece(vocabulary[:-1]), a.every))
    state = net.state_dict()
    for i, layer in enumerate(net.encoder.layers):
        for n, p in shrink(layer, seen[f"out{i}"], seen[f"down{i}"], a.heads, a.inner).items():
            state[f"encoder.layers.{i}.{n}"] = p
    save(build(a.encoder, state), a.out)


if __name__ == "__main__":
    main()
