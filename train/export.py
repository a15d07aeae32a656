"""Writes trained weights as an int8 ONNX file with what the tagger needs beside it.

    python train/export.py --encoder FOLDER --weights runs/a/epoch3.pt --name minilm-polnear-1 --out DIR

Several weights are averaged (they must come from the same start). Writes tagger.onnx, heads.npz (transition
scores, relation layer), vocab.txt and tagger.json (name, decoder settings). Word embeddings and matrices are
int8 (a scale a row, a scale a column); activations are quantised as they come.
"""

from __future__ import annotations

import argparse
import json
import shutil
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from model import Net, load_bert


class Attention(torch.autograd.Function):
    """Stands for ONNX Runtime's fused attention, which Torch's exporter does not know."""

    @staticmethod
    def symbolic(g, query, key, value, heads: int):
        out = g.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads)
        return out.setType(query.type())

    @staticmethod
    def forward(ctx, query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
        return query


class Shipped(nn.Module):
    """The network as exported: one paragraph at a time, so no padding; word embeddings passed in."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net

    def forward(
        self, word: Tensor, ids: Tensor, case: Tensor, quote: Tensor, first: Tensor
    ) -> tuple[Tensor, Tensor]:
        e = self.net.encoder
        at = torch.arange(ids.shape[1])
        x = e.norm(word + e.position(at) + e.kind + e.case(case) + e.quote(quote))
        for layer in e.layers:
            query, key, value = layer.qkv(x).chunk(3, -1)
            x = layer.norm1(x + layer.out(Attention.apply(query, key, value, layer.heads)))
            x = layer.norm2(x + layer.down(nn.functional.gelu(layer.up(x))))
        h = x[:, first[0]]
        return self.net.tag(h), self.net.pair(h)


def load(encoder: Path, weights: list[Path]) -> Net:
    net = Net(json.loads((encoder / "config.json").read_text()))
    load_bert(net, encoder)
    states = [torch.load(w) for w in weights]
    mean = {k: sum(s[k] for s in states) / len(states) for k in states[0]}
    net.load_state_dict(mean, strict=False)
    return net.eval()


def word_table(model: onnx.ModelProto, table: np.ndarray) -> None:
    """Replaces the input 'word' by a look-up in an int8 table with a scale a row."""
    scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / 127
    g = model.graph
    g.initializer.extend([
        numpy_helper.from_array(np.round(table / scale).astype(np.int8), "words"),
        numpy_helper.from_array(scale.astype(np.float32), "words_scale"),
    ])  # fmt: skip
    nodes = [
        helper.make_node("Gather", ["words", "ids"], ["words_row"], axis=0),
        helper.make_node("Gather", ["words_scale", "ids"], ["words_row_scale"], axis=0),
        helper.make_node("Cast", ["words_row"], ["words_float"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["words_float", "words_row_scale"], ["word"]),
    ]
    for node in reversed(nodes):
        g.node.insert(0, node)
    g.input.remove(next(i for i in g.input if i.name == "word"))


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--encoder", type=Path, required=True)
    ap.add_argument("--weights", type=Path, nargs="+", required=True)
    ap.add_argument("--name", required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--set", nargs="*", default=[], help="decoder settings to ship, name=value")
    ap.add_argument("--reduce-range", action="store_true")
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    net = load(a.encoder, a.weights)
    table = net.encoder.word.weight.detach().numpy()
    one = torch.ones(1, 7, dtype=torch.long)
    raw = a.out / "raw.onnx"
    axes = {n: {1: "pieces"} for n in ("word", "ids", "case", "quote")}
    axes |= {n: {1: "words"} for n in ("first", "tags", "pair")}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        example = (torch.zeros(1, 7, table.shape[1]), one, one, one, torch.zeros(1, 5, dtype=torch.long))
        torch.onnx.export(
            Shipped(net), example, str(raw),
            input_names=["word", "ids", "case", "quote", "first"], output_names=["tags", "pair"],
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
    small = a.out / "small.onnx"
    quantize_dynamic(
        raw, small, weight_type=QuantType.QInt8, per_channel=True, reduce_range=a.reduce_range,
        op_types_to_quantize=["MatMul"], extra_options={"MatMulConstBOnly": True},
    )  # fmt: skip
    model = onnx.load(small)
    word_table(model, table)
    onnx.save(model, a.out / "tagger.onnx")
    raw.unlink()
    small.unlink()
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
