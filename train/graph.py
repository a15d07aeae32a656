"""The trained network as ONNX graphs in int8, cut where words look at each other.

Between the cuts all is done for each piece by itself with fixed scales; so the shipped tagger may put the
pieces of many paragraphs in one matrix without a score changing (onrecord.coding.tagger_encoder).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from onnx import ModelProto, TensorProto, helper, numpy_helper
from torch import Tensor, nn

from model import Net

MS = "com.microsoft"
OPSETS = (("", 17), (MS, 1))
FLOOR = 1e-8


@dataclass(frozen=True)
class Site:
    """The activations that go into a matrix, channel by channel, as the calibration texts show them."""

    low: np.ndarray
    high: np.ndarray

    @property
    def largest(self) -> np.ndarray:
        return np.maximum(-self.low, self.high)


@dataclass
class Graph:
    nodes: list = field(default_factory=list)
    constants: dict[str, np.ndarray] = field(default_factory=dict)

    def constant(self, value: np.ndarray) -> str:
        name = f"c{len(self.constants)}"
        self.constants[name] = value
        return name

    def add(self, op: str, *inputs: str, name: str | None = None, domain: str = "", **attributes) -> str:
        name = name or f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, list(inputs), [name], name=name, domain=domain, **attributes))
        return name

    def model(self, inputs: dict[str, tuple[int, list]], outputs: dict[str, list]) -> ModelProto:
        graph = helper.make_graph(
            self.nodes,
            "onrecord",
            [helper.make_tensor_value_info(n, kind, shape) for n, (kind, shape) in inputs.items()],
            [helper.make_tensor_value_info(n, TensorProto.FLOAT, shape) for n, shape in outputs.items()],
            [numpy_helper.from_array(value, name) for name, value in self.constants.items()],
        )
        return helper.make_model(graph, opset_imports=[helper.make_opsetid(*o) for o in OPSETS], ir_version=8)


def array(x: Tensor) -> np.ndarray:
    return x.detach().numpy().astype(np.float32)


def split_outliers(layer: nn.Module, site: Site, cap: float) -> tuple[np.ndarray, ...]:
    """Weights and biases of a feed-forward layer in which no inner channel need go beyond the cap.

    In a few channels one piece ([CLS]) is ten times as large as anything else; a scale that holds it leaves
    the others few steps. Such a channel gets copies that begin to fire where the one before is full: gelu(x)
    is nearly the sum of gelu(x - i * cap), each cut at the cap, as storing them in 8 bits does. Their number
    is made up to a multiple of 16, which costs nothing.
    """
    up, up_bias = array(layer.up.weight), array(layer.up.bias)
    down = array(layer.down.weight)
    copies = [
        (c, i)
        for c in np.flatnonzero(site.largest > cap)
        for i in range(1, int(np.ceil(site.largest[c] / cap)))
    ]
    if copies:
        channel = np.array([c for c, _ in copies])
        shift = np.array([i for _, i in copies], dtype=np.float32) * cap
        up, up_bias = np.concatenate([up, up[channel]]), np.concatenate([up_bias, up_bias[channel] - shift])
        down = np.concatenate([down, down[:, channel]], 1)
        spare = -len(up) % 16
        up, up_bias = np.pad(up, ((0, spare), (0, 0))), np.pad(up_bias, (0, spare))
        down = np.pad(down, ((0, 0), (0, spare)))
    return up, up_bias, down, array(layer.down.bias)


class Stages:
    """Writes the stages of a network. ``cap`` is the largest activation that is kept whole: channels that go
    beyond it are scaled down before they are stored in 8 bits, and their weights up."""

    def __init__(self, net: Net, sites: dict[str, Site], cap: float) -> None:
        self.encoder = net.encoder
        self.tag, self.pair = net.tag, net.pair
        self.sites = sites
        self.cap = cap
        self.width = net.encoder.word.weight.shape[1]
        self.attended = net.encoder.layers[0].out.in_features

    def models(self) -> list[ModelProto]:
        count = len(self.encoder.layers)
        return [
            self._begin(),
            *(self._middle(i, i == count - 2) for i in range(count - 1)),
            self._end(count - 1),
        ]

    def attention(self) -> ModelProto:
        g = Graph()
        heads = self.encoder.layers[0].heads
        g.add("MultiHeadAttention", "query", "key", "value", name="context", domain=MS, num_heads=heads)
        shapes = {
            "query": [1, "asking", self.attended],
            "key": [1, "asked", self.attended],
            "value": [1, "asked", self.attended],
        }
        inputs = {n: (TensorProto.FLOAT, s) for n, s in shapes.items()}
        return g.model(inputs, {"context": [1, "asking", self.attended]})

    def _begin(self) -> ModelProto:
        g, e = Graph(), self.encoder
        table = array(e.word.weight)
        scale = np.maximum(np.abs(table).max(1, keepdims=True), FLOOR) / 127
        stored = g.add("Gather", g.constant(np.round(table / scale).astype(np.int8)), "ids")
        scales = g.add("Gather", g.constant(scale.astype(np.float32)), "ids")
        word = g.add("Mul", g.add("Cast", stored, to=TensorProto.FLOAT), scales)
        marks = (array(e.case.weight)[:, None] + array(e.quote.weight)).reshape(-1, self.width)
        marked = g.add("Add", word, g.add("Gather", g.constant(marks), "mark"))
        position = g.constant(array(e.position.weight) + array(e.kind))
        x = self._norm(g, g.add("Add", marked, g.add("Gather", position, "at")), e.norm, "x")
        self._qkv(g, x, 0)
        return g.model(
            {n: (TensorProto.INT64, ["pieces"]) for n in ("ids", "mark", "at")}, self._outputs("pieces")
        )

    def _middle(self, i: int, before_last: bool) -> ModelProto:
        """From what layer i attended to, to what layer i + 1 is to attend to.

        In the last layer only words' first pieces ask: no other is looked at after it.
        """
        g = Graph()
        inputs = self._inputs("pieces")
        x = self._after_attention(g, i, None if before_last else "x")
        if before_last:
            inputs["first"] = (TensorProto.INT64, ["words"])
            g.add("Gather", x, "first", name="x")
        self._qkv(g, x, i + 1, "first" if before_last else None)
        return g.model(inputs, self._outputs("words" if before_last else "pieces"))

    def _end(self, i: int) -> ModelProto:
        g = Graph()
        stored = self._stored(g, self._after_attention(g, i, None), "head")
        for name, layer in (("tags", self.tag), ("pair", self.pair)):
            self._product(g, stored, array(layer.weight), array(layer.bias), name)
        sizes = {"tags": len(self.tag.bias), "pair": len(self.pair.bias)}
        return g.model(self._inputs("words"), {n: ["words", size] for n, size in sizes.items()})

    def _inputs(self, rows: str) -> dict[str, tuple[int, list]]:
        widths = {"before": self.width, "context": self.attended}
        return {n: (TensorProto.FLOAT, [rows, width]) for n, width in widths.items()}

    def _outputs(self, rows: str) -> dict[str, list]:
        """Names and shapes of what goes from stage to stage; keys and values are those of all pieces."""
        asked = {n: ["pieces", self.attended] for n in ("key", "value")}
        return {"x": [rows, self.width], "query": [rows, self.attended]} | asked

    def _qkv(self, g: Graph, x: str, i: int, asking: str | None = None) -> None:
        layer = self.encoder.layers[i].qkv
        stored, scale, zero, factor = self._stored(g, x, f"qkv{i}")
        few = g.add("Gather", stored, asking) if asking else stored
        parts = zip(np.split(array(layer.weight), 3), np.split(array(layer.bias), 3), strict=True)
        for name, (weight, bias) in zip(("query", "key", "value"), parts, strict=True):
            self._product(g, (few if name == "query" else stored, scale, zero, factor), weight, bias, name)

    def _after_attention(self, g: Graph, i: int, name: str | None) -> str:
        layer = self.encoder.layers[i]
        stored = self._stored(g, "context", f"out{i}")
        out = self._product(g, stored, array(layer.out.weight), array(layer.out.bias))
        x = self._norm(g, g.add("Add", "before", out), layer.norm1)
        up, up_bias, down, down_bias = split_outliers(layer, self.sites[f"down{i}"], self.cap)
        inner = g.add("Gelu", self._product(g, self._stored(g, x, f"up{i}"), up, up_bias), domain=MS)
        out = self._product(g, self._stored(g, inner, f"down{i}", scaled=False), down, down_bias)
        return self._norm(g, g.add("Add", x, out), layer.norm2, name)

    def _norm(self, g: Graph, x: str, norm: nn.LayerNorm, name: str | None = None) -> str:
        weight, bias = g.constant(array(norm.weight)), g.constant(array(norm.bias))
        return g.add("LayerNormalization", x, weight, bias, name=name, axis=-1, epsilon=float(norm.eps))

    def _stored(
        self, g: Graph, x: str, name: str, scaled: bool = True
    ) -> tuple[str, str, str, np.ndarray | None]:
        """Activations in 8 bits, their scale and zero, and by what each channel was divided."""
        site = self.sites[name]
        factor = None
        low, high = np.maximum(site.low, -self.cap), np.minimum(site.high, self.cap)
        if scaled and site.largest.max() > self.cap:
            factor = np.maximum(site.largest / self.cap, 1).astype(np.float32)
            x = g.add("Mul", x, g.constant(1 / factor))
        low, high = min(0.0, float(low.min())), max(0.0, float(high.max()))
        step = (high - low) / 255
        scale, zero = g.constant(np.float32(step)), g.constant(np.uint8(round(-low / step)))
        return g.add("QuantizeLinear", x, scale, zero), scale, zero, factor

    def _product(
        self, g: Graph, stored: tuple, weight: np.ndarray, bias: np.ndarray, name: str | None = None
    ) -> str:
        """Stored activations times a matrix, its weights in 8 bits with a scale a column, plus a bias."""
        x, scale, zero, factor = stored
        weight = weight.T if factor is None else weight.T * factor[:, None]
        steps = (np.maximum(np.abs(weight).max(0), FLOOR) / 127).astype(np.float32)
        whole = g.constant(np.round(weight / steps).astype(np.int8))
        return g.add(
            "MatMulIntegerToFloat",
            x,
            whole,
            scale,
            g.constant(steps),
            zero,
            "",
            g.constant(bias),
            name=name,
            domain=MS,
        )
