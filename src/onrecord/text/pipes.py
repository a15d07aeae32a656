"""spaCy's pipes, run faster over many short texts, with the annotations that ``nlp.pipe`` gives.

What is known to be slow is done another way; every pipe that is not known runs as spaCy runs it:

- matrix products go to NumPy's BLAS, since the kernels in spaCy's wheels are made for no machine;
- the parser takes its steps with Python's lock held, since its inner loop otherwise takes and drops it at
  every look at a state, and the recogniser is asked about all words at once (``text.transitions``);
- what the embeddings say of a word is kept (``text.embedding``);
- so is what the attribute ruler and the lemmatizer say of it (``text.by_word``).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.pipeline import Tagger, Tok2Vec
from spacy.tokens import Doc
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController

from onrecord.text.by_word import Lemmatizer, Ruler
from onrecord.text.embedding import keep_embeddings
from onrecord.text.transitions import Recogniser, final_states, is_greedy, largest

# So many texts, or characters, are annotated together: a step costs little then, and memory is bounded.
BATCH = 256
CHARACTERS = 100_000


class Pipes:
    """The pipes of a loaded model, whose parts may be changed by this."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._ops = _Apart()
        self._one_thread = _OneThread()
        self._by_word: dict[str, Ruler | Lemmatizer] = {}
        self._recognisers: dict[str, Recogniser] = {}
        self._apart: set[str] = set()
        pipe: Any
        for name, pipe in nlp.pipeline:
            if Ruler.knows(pipe):
                self._by_word[name] = Ruler(pipe)
            elif Lemmatizer.knows(pipe):
                self._by_word[name] = Lemmatizer(pipe)
            elif type(pipe) in (Tok2Vec, Tagger) or is_greedy(pipe):
                self._apart.add(name)
                if Recogniser.knows(pipe):
                    self._recognisers[name] = Recogniser(pipe)
                _use(self._ops, pipe.model)
                keep_embeddings(pipe.model, self._ops.rows)

    def annotate(self, texts: Sequence[str]) -> Iterator[Doc]:
        """The annotated texts, in order; none may be empty."""
        for batch in _batches(texts):
            docs = [self._nlp.make_doc(text) for text in batch]
            with self._one_thread:
                for name, pipe in self._nlp.pipeline:
                    docs = self._run(name, pipe, docs)
            yield from docs

    def _run(self, name: str, pipe: Any, docs: list[Doc]) -> list[Doc]:
        if by_word := self._by_word.get(name):
            by_word.annotate(docs)
        elif name in self._apart:
            with self._ops.rows([len(doc) for doc in docs]):
                if recogniser := self._recognisers.get(name):
                    recogniser.annotate(docs)
                elif is_greedy(pipe):
                    pipe.set_annotations(docs, final_states(pipe, docs))
                else:
                    pipe.set_annotations(docs, pipe.predict(docs))
        elif hasattr(pipe, "pipe"):
            return list(pipe.pipe(docs))
        else:
            return [pipe(doc) for doc in docs]
        return docs


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and (len(batch) == BATCH or size + len(text) > CHARACTERS):
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch


class _Apart(NumpyOps):  # type: ignore[misc]
    """Products of each text's rows by themselves, by NumPy.

    A fast product may round a row differently in other company; so no text is multiplied together with
    another, and what is said of a text never depends on those beside it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._now = threading.local()
        self._weights: dict[tuple[int, tuple[int, int]], tuple[Any, Any]] = {}

    @contextmanager
    def rows(self, lengths: list[int]) -> Iterator[None]:
        """Take the rows of arrays to be those of texts with these numbers of tokens."""
        before = getattr(self._now, "lengths", None)
        self._now.lengths = lengths
        try:
            yield
        finally:
            self._now.lengths = before

    def gemm(self, x: Any, y: Any, *, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """The product of two matrices; as spaCy does it where the rows are not those of the texts."""
        lengths = getattr(self._now, "lengths", None)
        if lengths is None or trans1 or not trans2:
            return super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
        # Before each text and after the last stand as many rows of padding as the layer asks for.
        pad, over = divmod(len(x) - sum(lengths), len(lengths) + 1)
        if over or pad < 0:
            return super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
        weights = self._turned(y)
        result = np.empty((len(x), len(y)), dtype="f") if out is None else out
        start = 0
        for length in lengths:
            end = start + pad + length
            np.dot(x[start:end], weights, out=result[start:end])
            start = end
        if pad:
            np.dot(x[start:], weights, out=result[start:])
        return result

    def _turned(self, y: Any) -> Any:
        """The weights of a layer, which never change here, with rows as columns: made once."""
        key = (y.ctypes.data, y.shape)
        if key not in self._weights:
            self._weights[key] = (y, np.ascontiguousarray(y.T))  # no other array gets the address of one held
        return self._weights[key][1]

    def maxout(self, X: Any) -> tuple[Any, None]:
        """The largest of the pieces; not which it is, which only training asks."""
        return largest(X), None


class _OneThread:
    """Inside, NumPy's products run on one thread: on several, small ones take longer and may round anew."""

    def __init__(self) -> None:
        self._blas = ThreadpoolController().select(user_api="blas")
        self._lock = threading.Lock()
        self._inside = 0
        self._limits: Any = None

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._limits = self._blas.limit(limits=1)
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                self._limits.restore_original_limits()


def _use(ops: _Apart, model: Any) -> None:
    """Multiply with ``ops`` in all layers of a model but the one whose rows are states, not tokens."""
    upper = model.get_ref("upper") if "upper" in model.ref_names else None
    for node in model.walk():
        if node is not upper and type(node.ops) is NumpyOps:
            node.ops = ops
