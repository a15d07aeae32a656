"""Runs the tagger's encoder over many stretches of text at once.

The network comes in stages, cut where words look at each other. Between the cuts every piece is worked on by
itself, with scales that are fixed, so the pieces of many stretches go through a stage as the rows of one
matrix; attention runs for each stretch alone. So no score hangs on what is read beside it, to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.coding.tagger_pieces import QUOTES

Array = npt.NDArray[np.float32]

# Pieces in one matrix: with fewer the weights are fetched too often, with more the rows leave the cache.
ROWS = 384
ATTENTION = "attention.onnx"


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is read together: vocabulary ids, case and quotation marks of its pieces, [CLS] and [SEP] among
    them, and where in these each word begins."""

    ids: list[int]
    case: list[int]
    quote: list[int]
    first: list[int]


class Encoder:
    """The loaded stages. Holds no state between calls."""

    def __init__(self, stages: Sequence[Any], attention: Any) -> None:
        self._begin, *self._middle, self._last, self._end = stages
        self._attention = attention

    @classmethod
    def read(cls, folder: Traversable, threads: int) -> Encoder | None:
        """The encoder whose stages lie in a folder, None where a file is missing.

        Raises ImportError where ONNX Runtime is missing.
        """
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        # The stages are written as they are to run; a fused skip-layer-norm would be slower.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL

        def session(name: str) -> Any:
            model = (folder / name).read_bytes()
            return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

        count = 0
        while (folder / stage_file(count)).is_file():
            count += 1
        if count < 4 or not (folder / ATTENTION).is_file():
            return None
        return cls([session(stage_file(i)) for i in range(count)], session(ATTENTION))

    def scores(self, stretches: Sequence[Stretch]) -> list[tuple[Array, Array]]:
        """Tag scores and relation projections of each stretch's words, a row a word."""
        out: list[tuple[Array, Array]] = []
        for batch in _batches(stretches):
            tags, pair, ends = self._run(batch)
            out.extend((tags[a:b], pair[a:b]) for a, b in pairwise(ends))
        return out

    def _run(self, batch: list[Stretch]) -> tuple[Array, Array, list[int]]:
        pieces = list(accumulate((len(s.ids) for s in batch), initial=0))
        words = list(accumulate((len(s.first) for s in batch), initial=0))
        case, quote = (_joined(s, of) for s, of in ((batch, "case"), (batch, "quote")))
        x, *qkv = self._begin.run(
            None,
            {
                "ids": _joined(batch, "ids"),
                "mark": case * QUOTES + quote,
                "at": np.concatenate([np.arange(len(s.ids)) for s in batch]),
            },
        )
        for stage in self._middle:
            x, *qkv = stage.run(None, {"before": x, "context": self._attend(qkv, pieces, pieces)})
        context = self._attend(qkv, pieces, pieces)
        first = np.concatenate(
            [np.array(s.first, dtype=np.int64) + a for s, a in zip(batch, pieces, strict=False)]
        )
        x, *qkv = self._last.run(None, {"before": x, "context": context, "first": first})
        tags, pair = self._end.run(None, {"before": x, "context": self._attend(qkv, words, pieces)})
        return tags, pair, words

    def _attend(self, qkv: list[Array], asking: list[int], asked: list[int]) -> Array:
        """What the rows of each stretch take from one another."""
        query, key, value = (x[None] for x in qkv)
        out = np.empty_like(qkv[0])
        for (a, b), (c, d) in zip(pairwise(asking), pairwise(asked), strict=True):
            given = {"query": query[:, a:b], "key": key[:, c:d], "value": value[:, c:d]}
            out[a:b] = self._attention.run(None, given)[0][0]
        return out


def stage_file(number: int) -> str:
    """The name of the file of a stage, counted from 0."""
    return f"stage-{number}.onnx"


def _joined(batch: Sequence[Stretch], name: str) -> npt.NDArray[np.int64]:
    return np.array([x for s in batch for x in getattr(s, name)], dtype=np.int64)


def _batches(stretches: Sequence[Stretch]) -> Iterator[list[Stretch]]:
    batch: list[Stretch] = []
    rows = 0
    for stretch in stretches:
        if batch and rows + len(stretch.ids) > ROWS:
            yield batch
            batch, rows = [], 0
        batch.append(stretch)
        rows += len(stretch.ids)
    if batch:
        yield batch
