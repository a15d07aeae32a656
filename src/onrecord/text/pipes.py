"""spaCy's pipes, run faster over many short texts, with the annotations that ``nlp.pipe`` gives.

What is known to be slow is done another way; every pipe that is not known runs as spaCy runs it:

- matrix products go to NumPy's BLAS, since the kernels in spaCy's wheels are made for no machine;
- what the embeddings say of a word is kept (``text.embedding``);
- the parser takes its steps with Python's lock held, since its inner loop otherwise takes and drops it at
  every look at a state, and the recogniser is asked about all words at once (``text.transitions``);
- what the attribute ruler's patterns of one token say is kept for each word, tag and dependency.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from spacy.attrs import DEP, ORTH, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Tagger, Tok2Vec
from spacy.tokens import Doc
from spacy.tokens._retokenize import set_token_attrs
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController

from onrecord.text.embedding import keep_embeddings
from onrecord.text.transitions import Recogniser, final_states, has_names, is_greedy, largest

# So many texts, or characters, are annotated together: a step costs little then, and memory is bounded.
BATCH = 256
CHARACTERS = 100_000
KEPT = 200_000  # words with tag and dependency that the ruler's verdict is kept for

_SIMPLE = frozenset(["DEP", "IS_ALPHA", "IS_DIGIT", "IS_PUNCT", "IS_SPACE", "LOWER", "ORTH", "TAG", "TEXT"])


class Pipes:
    """The pipes of a loaded model, whose parts may be changed by this."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._ops = _Apart()
        self._one_thread = _OneThread()
        self._rulers: dict[str, _Ruler] = {}
        self._recognisers: dict[str, Recogniser] = {}
        self._apart: set[str] = set()
        pipe: Any
        for name, pipe in nlp.pipeline:
            if type(pipe) is AttributeRuler and _is_simple(pipe):
                self._rulers[name] = _Ruler(pipe)
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
        if ruler := self._rulers.get(name):
            for doc in docs:
                ruler.annotate(doc)
        elif name in self._apart:
            with self._ops.rows([len(doc) for doc in docs]):
                self._predict(name, pipe, docs)
        elif hasattr(pipe, "pipe"):
            return list(pipe.pipe(docs))
        else:
            return [pipe(doc) for doc in docs]
        return docs

    def _predict(self, name: str, pipe: Any, docs: list[Doc]) -> None:
        recogniser = self._recognisers.get(name)
        if recogniser and not any(map(has_names, docs)):
            recogniser.annotate(docs)
        else:
            pipe.set_annotations(docs, final_states(pipe, docs) if is_greedy(pipe) else pipe.predict(docs))


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
        weights = np.ascontiguousarray(y.T)
        result = np.empty((len(x), len(y)), dtype="f") if out is None else out
        start = 0
        for length in lengths:
            end = start + pad + length
            np.dot(x[start:end], weights, out=result[start:end])
            start = end
        if pad:
            np.dot(x[start:], weights, out=result[start:])
        return result

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


def _is_simple(ruler: AttributeRuler) -> bool:
    """Whether what a ruler's patterns of one token say hangs on its word, tag and dependency alone."""
    rules: list[Any] = ruler.patterns
    tokens = (token for rule in rules for pattern in rule["patterns"] for token in pattern)
    return all(set(token) <= _SIMPLE for token in tokens) and not any("_" in rule["attrs"] for rule in rules)


class _Ruler:
    """An attribute ruler that looks every word up once."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self._ruler = ruler
        self._longer = Matcher(ruler.vocab)  # the first tokens of patterns of several
        rules: list[Any] = ruler.patterns
        for rule in rules:
            if first := [pattern[:1] for pattern in rule["patterns"] if len(pattern) > 1]:
                self._longer.add(str(len(self._longer)), first)
        self._kept: dict[tuple[int, int, int], dict[Any, Any] | None] = {}

    def annotate(self, doc: Doc) -> None:
        """Set the attributes of a doc's tokens."""
        keys = [tuple(row) for row in doc.to_array([ORTH, TAG, DEP]).tolist()]
        attributes = [self._attributes(key) for key in keys]
        if None in attributes:
            self._ruler(doc)  # a pattern of several tokens may begin here
            return
        for token, found in zip(doc, attributes, strict=True):
            if found:
                set_token_attrs(token, found)

    def _attributes(self, key: tuple[int, int, int]) -> dict[Any, Any] | None:
        """What is set on a token; None where more than this token has to be looked at."""
        if key in self._kept:
            return self._kept[key]
        strings = self._ruler.vocab.strings
        word, tag, dependency = (strings[k] for k in key)
        doc = Doc(self._ruler.vocab, words=[word], tags=[tag], deps=[dependency], heads=[0])
        found: dict[Any, Any] | None = None
        if not self._longer(doc):
            found = {}
            for attr_id, *_ in self._ruler.match(doc):  # in ascending order: a later rule goes before
                found.update(self._ruler.attrs[attr_id])
        if len(self._kept) < KEPT:
            self._kept[key] = found
        return found
