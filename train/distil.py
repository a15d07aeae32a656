"""Trains a pruned network to do what the whole one does.

    python train/distil.py --encoder FOLDER --teacher a.pt b.pt --student small.pt --data polnear/train \\
        --out runs/small [--plain more/text] [--epochs 6]

The teacher is the mean of its weights. The student's loss: the squared difference of what comes out of each
layer and of the scores of tags and relation projections, and the training loss of train.py. Texts of --plain
have no annotation; only the differences count there. Both read the same pieces, some of them hidden.
Writes epoch<N>.pt after each epoch.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from batches import Batch, batch, order
from export import load
from labels import Example, example
from model import Net
from onrecord.coding.tagger_pieces import WordPiece
from polnear import Paragraph, paragraphs
from train import annotation_loss, descend, groups, hide, save, set_rate


def difference(ours: Tensor, theirs: Tensor, where: Tensor) -> Tensor:
    return F.mse_loss(ours.float()[where], theirs.float()[where])


def losses(student: Net, teacher: Net, b: Batch, pair_weight: float) -> tuple[Tensor, Tensor, Tensor]:
    """Difference of the layers, difference of the scores, the loss of the gold annotation."""
    real = b.ids != 0
    with torch.autocast("cpu", torch.bfloat16):
        with torch.no_grad():
            wanted = teacher.encoder.states(b.ids, b.case, b.quote)
        states = student.encoder.states(b.ids, b.case, b.quote)
    layers = sum(difference(x, y, real) for x, y in zip(states, wanted, strict=True)) / len(states)
    at = b.first[..., None].expand(-1, -1, wanted[-1].shape[-1])
    h, h_wanted = (x[-1].float().gather(1, at) for x in (states, wanted))
    tag, pair = student.tag(h), student.pair(h)
    with torch.no_grad():
        tag_wanted, pair_wanted = teacher.tag(h_wanted), teacher.pair(h_wanted)
    scores = difference(tag, tag_wanted, b.mask) + difference(pair, pair_wanted, b.mask)
    gold, _ = annotation_loss(student, tag, pair, b, pair_weight)
    return layers, scores, gold


def plain(folder: Path) -> list[Paragraph]:
    """The paragraphs of texts without annotation."""
    texts = [(p.stem, p.read_text("utf-8")) for p in sorted(folder.glob("*.txt"))]
    return [Paragraph(doc, 0, 1, 0, line) for doc, text in texts for line in text.split("\n") if line.strip()]


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--encoder", type=Path, required=True)
    ap.add_argument("--teacher", type=Path, nargs="+", required=True)
    ap.add_argument("--student", type=Path, nargs="+", required=True)
    ap.add_argument("--data", type=Path, required=True)
    ap.add_argument("--plain", type=Path)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--epochs", type=int, default=6)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--lr", type=float, default=4e-4)
    ap.add_argument("--decay", type=float, default=0.95)
    ap.add_argument("--budget", type=int, default=1500, help="pieces a batch, padding included")
    ap.add_argument("--gold", type=float, default=0.5, help="weight of the annotation's loss")
    ap.add_argument("--scores", type=float, default=0.1, help="weight of the difference of the scores")
    ap.add_argument("--layers", type=float, default=2.0, help="weight of the difference of the layers")
    ap.add_argument("--pair-weight", type=float, default=0.5)
    ap.add_argument("--hide", type=float, default=0.12, help="share of the pieces hidden from the networks")
    ap.add_argument("--steps", type=int, default=0, help="stop after so many (to time it)")
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    chance = torch.Generator().manual_seed(a.seed)
    wordpiece = WordPiece((a.encoder / "vocab.txt").read_text("utf-8").split("\n")[:-1])
    teacher, student = load(a.encoder, a.teacher), load(a.encoder, a.student).train()
    annotated = [x for p in paragraphs(a.data) if (x := example(p, wordpiece)).tags]
    more = [x for p in plain(a.plain) if (x := example(p, wordpiece)).tags] if a.plain else []

    # of a document with several annotators, one is read each epoch
    def of(epoch: int) -> list[tuple[bool, list[Example]]]:
        own = [x for x in annotated if x.who == (epoch + a.seed) % x.annotators]
        both = [(True, b) for b in order(own, a.budget, rng)] + [
            (False, b) for b in order(more, a.budget, rng)
        ]
        rng.shuffle(both)
        return both

    opt = torch.optim.AdamW(groups(student, a.lr, a.lr, a.decay), betas=(0.9, 0.98), eps=1e-6)
    plan = [of(e) for e in range(a.epochs)]
    total = sum(map(len, plan))
    print(f"{len(annotated)} and {len(more)} paragraphs, {total} steps", flush=True)
    step = 0
    began = time.time()
    means = [0.0, 0.0, 0.0]
    for epoch, batches in enumerate(plan):
        for has_gold, items in batches:
            set_rate(opt, step, total, 0.04)
            b = batch(items, wordpiece.cls, wordpiece.sep)
            hide(b, a.hide, wordpiece.ids["[MASK]"], chance)
            layers, scores, gold = losses(student, teacher, b, a.pair_weight)
            loss = a.layers * layers + a.scores * scores + (a.gold * gold if has_gold else 0.0)
            descend(student, opt, loss)
            step += 1
            now = (layers.item(), scores.item(), gold.item() if has_gold else means[2])
            means = [0.98 * m + 0.02 * v for m, v in zip(means, now, strict=True)]
            if step % 50 == 0:
                shown = " ".join(f"{m / (1 - 0.98**step):.4f}" for m in means)
                print(f"{epoch} {step} {time.time() - began:.0f}s layers, scores, gold {shown}", flush=True)
            if step == a.steps:
                return
        save(student, a.out / f"epoch{epoch}.pt")


if __name__ == "__main__":
    main()
