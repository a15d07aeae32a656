"""spaCy's pipes, run faster over many short texts, with the annotations that ``nlp.pipe`` gives.

What is known to be slow is done another way; every pipe that is not known runs as spaCy runs it:

- matrix products go to NumPy's BLAS, since the kernels in spaCy's wheels are made for no machine;
- what the embeddings say of a word is kept (``text.embedding``);
- the parser takes its steps with Python's lock held, since its inner loop otherwise takes and drops it at
  every look at a state, and the recogniser is asked about all words at once (``text.transitions``);
- what the attribute ruler's patterns of one token say is kept for each word, tag and dependency, and so is
  the lemma for each word, part of speech and morphology.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.attrs import DEP, LEMMA, MORPH, ORTH, POS, TAG
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Tagger, Tok2Vec
from spacy.tokens import Doc
from spacy.tokens._retokenize import set_token_attrs
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController

from onrecord.text.embedding import keep_embeddings
from onrecord.text.transitions import Recogniser, final_states, is_greedy, largest

# So many texts, or characters, are annotated together: a step costs little then, and memory is bounded.
BATCH = 256
CHARACTERS = 100_000
KEPT = 200_000  # words with tag and dependency that the ruler's verdict is kept for; the same for lemmas

_SIMPLE = frozenset(["DEP", "IS_ALPHA", "IS_DIGIT", "IS_PUNCT", "IS_SPACE", "LOWER", "ORTH", "TAG", "TEXT"])


class Pipes:
    """The pipes of a loaded model, whose parts may be changed by this."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._ops = _Apart()
        self._one_thread = _OneThread()
        self._by_word: dict[str, _Ruler | _Lemmatizer] = {}
        self._recognisers: dict[str, Recogniser] = {}
        self._apart: set[str] = set()
        pipe: Any
        for name, pipe in nlp.pipeline:
            if type(pipe) is AttributeRuler and _is_simple(pipe):
                self._by_word[name] = _Ruler(pipe)
            elif _Lemmatizer.knows(pipe):
                self._by_word[name] = _Lemmatizer(pipe)
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


def _is_simple(ruler: AttributeRuler) -> bool:
    """Whether what a ruler's patterns of one token say hangs on its word, tag and dependency alone."""
    rules: list[Any] = ruler.patterns
    tokens = (token for rule in rules for pattern in rule["patterns"] for token in pattern)
    return all(set(token) <= _SIMPLE for token in tokens) and not any("_" in rule["attrs"] for rule in rules)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What a ruler says of a token: its rules, what they set, whether a pattern of several may begin here."""

    rules: tuple[int, ...]
    attributes: dict[Any, Any]
    begins: bool


class _Ruler:
    """An attribute ruler that looks every word up once."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self._ruler = ruler
        # The patterns of one token; those of several, and the first tokens of these.
        self._alone, self._longer, self._first = (Matcher(ruler.vocab) for _ in range(3))
        rules: list[Any] = ruler.patterns
        for number, rule in enumerate(rules):
            if alone := [pattern for pattern in rule["patterns"] if len(pattern) == 1]:
                self._alone.add(str(number), alone)
            if longer := [pattern for pattern in rule["patterns"] if len(pattern) > 1]:
                self._longer.add(str(number), longer)
                self._first.add(str(number), [pattern[:1] for pattern in longer])
        self._kept: dict[tuple[int, int, int], _Verdict] = {}

    def annotate(self, docs: list[Doc]) -> None:
        """Set the attributes of the docs' tokens."""
        keys = [[tuple(row) for row in doc.to_array([ORTH, TAG, DEP]).tolist()] for doc in docs]
        new = self._judged({key: None for row in keys for key in row if key not in self._kept})
        if len(self._kept) < KEPT:
            self._kept.update(new)
        for doc, row in zip(docs, keys, strict=True):
            self._set(doc, [self._kept.get(key) or new[key] for key in row])

    def _set(self, doc: Doc, verdicts: list[_Verdict]) -> None:
        further: dict[int, list[int]] = {}
        if any(verdict.begins for verdict in verdicts):
            for match_id, start, end in self._longer(doc, allow_missing=True):
                rule = int(doc.vocab.strings[match_id])
                further.setdefault(doc[start:end][self._ruler.indices[rule]].i, []).append(rule)
        for token, verdict in zip(doc, verdicts, strict=True):
            found = verdict.attributes
            if further and token.i in further:
                found = self._attributes([*verdict.rules, *further[token.i]])
            if found:
                set_token_attrs(token, found)

    def _judged(self, keys: Iterable[tuple[int, int, int]]) -> dict[tuple[int, int, int], _Verdict]:
        """What is said of words with their tags and dependencies, which are put into one doc for that."""
        keys = list(keys)
        if not keys:
            return {}
        strings = self._ruler.vocab.strings
        words, tags, dependencies = ([strings[part] for part in column] for column in zip(*keys, strict=True))
        doc = Doc(self._ruler.vocab, words, tags=tags, deps=dependencies, heads=list(range(len(keys))))
        rules: list[list[int]] = [[] for _ in keys]
        for match_id, start, _ in self._alone(doc):
            rules[start].append(int(strings[match_id]))
        first = {start for _, start, _ in self._first(doc)}
        return {
            key: _Verdict(tuple(rules[i]), self._attributes(rules[i]), i in first)
            for i, key in enumerate(keys)
        }

    def _attributes(self, rules: Iterable[int]) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for rule in sorted(rules):  # a later rule goes before
            found.update(self._ruler.attrs[rule])
        return found


class _Lemmatizer:
    """A lemmatizer by rules that is asked for every word once."""

    def __init__(self, lemmatizer: EnglishLemmatizer) -> None:
        self._lemmatizer = lemmatizer
        index = lemmatizer.lookups.get_table("lemma_index")
        for part, words in index.items():
            index[part] = frozenset(words)  # a list, which it looks words up in, is slow
        self._kept: dict[tuple[int, int, int], int] = {}

    @staticmethod
    def knows(pipe: Any) -> bool:
        """Whether a pipe's lemmas hang on the word, its part of speech and its morphology alone."""
        return type(pipe) is EnglishLemmatizer and pipe.mode == "rule" and not pipe.overwrite

    def annotate(self, docs: list[Doc]) -> None:
        """Set the lemmas of the docs' tokens that have none so far."""
        for doc in docs:
            rows = doc.to_array([ORTH, POS, MORPH, LEMMA]).tolist()
            lemmas: Any = np.array(
                [
                    lemma or self._kept.get((word, part, morph)) or self._lemma(doc[i])
                    for i, (word, part, morph, lemma) in enumerate(rows)
                ],
                dtype="uint64",
            )
            doc.from_array([LEMMA], lemmas)

    def _lemma(self, token: Any) -> int:
        lemma: int = token.vocab.strings.add(self._lemmatizer.lemmatize(token)[0])
        if len(self._kept) < KEPT:
            self._kept[token.orth, token.pos, token.morph.key] = lemma
        return lemma
