"""The network: a BERT encoder with case and quotation features, a tag layer (linear-chain CRF) and a relation
layer that says of each word whether it is the source or the content of a given cue."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.coding import tagger_tags as T
from onrecord.coding.tagger_pieces import CASES, QUOTES

PAIR = 128
RELATIONS = 3  # none, source, content
NEVER = -1e4


class Layer(nn.Module):
    def __init__(self, width: int, head: int, heads: int, inner: int, eps: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * head * heads)
        self.out = nn.Linear(head * heads, width)
        self.norm1 = nn.LayerNorm(width, eps)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        # written out: on a CPU the fused attention's backward pass is several times slower
        score = q @ k.transpose(-1, -2) * q.shape[-1] ** -0.5 + mask.to(q.dtype)
        a = score.softmax(-1).to(v.dtype) @ v
        x = self.norm1(x + self.out(a.transpose(1, 2).reshape(b, t, -1)))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


class Encoder(nn.Module):
    def __init__(self, config: dict) -> None:
        super().__init__()
        w, eps = config["hidden_size"], config["layer_norm_eps"]
        self.word = nn.Embedding(config["vocab_size"], w)
        self.position = nn.Embedding(config["max_position_embeddings"], w)
        self.kind = nn.Parameter(torch.zeros(w))
        self.case = nn.Embedding(CASES, w)
        self.quote = nn.Embedding(QUOTES, w)
        nn.init.zeros_(self.case.weight)
        nn.init.zeros_(self.quote.weight)
        self.norm = nn.LayerNorm(w, eps)
        heads, inner = config["num_attention_heads"], config["intermediate_size"]
        self.layers = nn.ModuleList(
            Layer(w, w // heads, *size, eps)
            for size in config.get("sizes", [(heads, inner)] * config["num_hidden_layers"])
        )

    def states(self, ids: Tensor, case: Tensor, quote: Tensor) -> list[Tensor]:
        """What comes out of each layer."""
        at = torch.arange(ids.shape[1], device=ids.device)
        x = self.word(ids) + self.position(at) + self.kind + self.case(case) + self.quote(quote)
        x = self.norm(x)
        mask = (ids == 0)[:, None, None, :].to(x.dtype) * NEVER
        out = []
        for layer in self.layers:
            x = layer(x, mask)
            out.append(x)
        return out

    def forward(self, ids: Tensor, case: Tensor, quote: Tensor) -> Tensor:
        return self.states(ids, case, quote)[-1]


class Net(nn.Module):
    def __init__(self, config: dict) -> None:
        super().__init__()
        w = config["hidden_size"]
        self.encoder = Encoder(config)
        self.tag = nn.Linear(w, T.TAGS)
        self.transitions = nn.Parameter(torch.zeros(T.TAGS + 1, T.TAGS))
        self.register_buffer("never", torch.from_numpy(T.forbidden()).float() * NEVER)
        # one projection of every word: as word (2), as cue's first word (2), as cue's last word (2)
        self.pair = nn.Linear(w, 6 * PAIR)
        self.distance = nn.Embedding(T.DISTANCES, PAIR)
        self.between = nn.Embedding(T.BETWEEN, PAIR)
        self.relation = nn.Linear(PAIR, RELATIONS)
        nn.init.normal_(self.distance.weight, std=0.05)
        nn.init.normal_(self.between.weight, std=0.05)

    def scores(self) -> Tensor:
        """Transition scores with the impossible ones at NEVER."""
        return self.transitions + self.never

    def words(self, ids: Tensor, case: Tensor, quote: Tensor, first: Tensor) -> Tensor:
        h = self.encoder(ids, case, quote)
        return h.gather(1, first[..., None].expand(-1, -1, h.shape[-1]))

    def forward(self, ids: Tensor, case: Tensor, quote: Tensor, first: Tensor) -> tuple[Tensor, Tensor]:
        """Tag scores and relation projections of the words whose first pieces ``first`` names."""
        h = self.words(ids, case, quote, first)
        return self.tag(h), self.pair(h)

    def relations(self, pair: Tensor, cues: Tensor, distance: Tensor, between: Tensor) -> Tensor:
        """[batch, cue, word, relation] for cues [batch, cue, 2] (first and last word)."""
        word, gate, c1, g1, c2, g2 = pair.split(PAIR, -1)

        def at(x: Tensor, i: Tensor) -> Tensor:
            return x.gather(1, i[..., None].expand(-1, -1, x.shape[-1]))

        cue = at(c1, cues[..., 0]) + at(c2, cues[..., 1])
        cue_gate = at(g1, cues[..., 0]) + at(g2, cues[..., 1])
        z = cue[:, :, None] + word[:, None] + cue_gate[:, :, None] * gate[:, None]
        return self.relation(F.relu(z + self.distance(distance) + self.between(between)))


def sizes(state: dict[str, Tensor], head: int) -> list[tuple[int, int]]:
    """Heads and inner channels of each layer of stored weights; ``head`` is how wide a head is."""
    out = []
    while (p := f"encoder.layers.{len(out)}.") + "up.bias" in state:
        out.append((len(state[p + "qkv.bias"]) // 3 // head, len(state[p + "up.bias"])))
    return out


def build(encoder: Path, state: dict[str, Tensor]) -> Net:
    """The network of stored weights, of whatever size; word embeddings come from the encoder's folder."""
    config = json.loads((encoder / "config.json").read_text())
    head = config["hidden_size"] // config["num_attention_heads"]
    net = Net(config | {"sizes": sizes(state, head)})
    words = torch.tensor(read_safetensors(encoder / "model.safetensors")["embeddings.word_embeddings.weight"])
    net.load_state_dict(state | {"encoder.word.weight": words}, strict=False)
    return net


def log_likelihood(emission: Tensor, scores: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
    """Sum over the batch of the log probability of the tags; mask is True on words, first word always."""
    start, step = scores[-1], scores[:-1]
    n = emission.shape[1]
    gold = emission.gather(2, tags[..., None])[..., 0]
    moves = torch.cat([start[tags[:, :1]], step[tags[:, :-1], tags[:, 1:]]], 1)
    total = ((gold + moves) * mask).sum()
    alpha = start + emission[:, 0]
    for i in range(1, n):
        new = torch.logsumexp(alpha[:, :, None] + step, 1) + emission[:, i]
        alpha = torch.where(mask[:, i, None], new, alpha)
    return total - torch.logsumexp(alpha, 1).sum()


def read_safetensors(path: Path) -> dict[str, np.ndarray]:
    raw = path.read_bytes()
    (size,) = struct.unpack("<Q", raw[:8])
    head = json.loads(raw[8 : 8 + size])
    out = {}
    for name, info in head.items():
        if name == "__metadata__" or info["dtype"] != "F32":
            continue
        a, b = info["data_offsets"]
        out[name] = np.frombuffer(raw[8 + size + a : 8 + size + b], np.float32).reshape(info["shape"])
    return out


def load_bert(net: Net, folder: Path) -> None:
    """Fills the encoder from a folder with model.safetensors in BERT's naming."""
    w = {
        k.removeprefix("bert."): torch.tensor(v)
        for k, v in read_safetensors(folder / "model.safetensors").items()
    }
    e = net.encoder
    with torch.no_grad():
        e.word.weight.copy_(w["embeddings.word_embeddings.weight"])
        e.position.weight.copy_(w["embeddings.position_embeddings.weight"])
        e.kind.copy_(w["embeddings.token_type_embeddings.weight"][0])
        e.norm.weight.copy_(w["embeddings.LayerNorm.weight"])
        e.norm.bias.copy_(w["embeddings.LayerNorm.bias"])
        for i, layer in enumerate(e.layers):
            p = f"encoder.layer.{i}."
            for kind in ("weight", "bias"):
                layer.qkv.get_parameter(kind).copy_(
                    torch.cat([w[f"{p}attention.self.{n}.{kind}"] for n in ("query", "key", "value")])
                )
                layer.out.get_parameter(kind).copy_(w[f"{p}attention.output.dense.{kind}"])
                layer.norm1.get_parameter(kind).copy_(w[f"{p}attention.output.LayerNorm.{kind}"])
                layer.up.get_parameter(kind).copy_(w[f"{p}intermediate.dense.{kind}"])
                layer.down.get_parameter(kind).copy_(w[f"{p}output.dense.{kind}"])
                layer.norm2.get_parameter(kind).copy_(w[f"{p}output.LayerNorm.{kind}"])
