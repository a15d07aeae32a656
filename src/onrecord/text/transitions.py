"""The moves of spaCy's greedy parser and recogniser, found with fewer calls than spaCy makes.

Each move is the best-scored one of those that spaCy allows. The scores of each state are a product by
themselves, so they never depend on the states beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import Any

import numpy as np
from spacy.attrs import ENT_IOB, IS_SPACE, SENT_START
from spacy.pipeline import DependencyParser, EntityRecognizer
from spacy.tokens import Doc, Span


def is_greedy(pipe: Any) -> bool:
    """Whether a pipe is a parser or recogniser that takes the best move at each step."""
    return type(pipe) in (DependencyParser, EntityRecognizer) and pipe.cfg["beam_width"] == 1


def final_states(pipe: Any, docs: list[Doc]) -> list[Any]:
    """The final states of a greedy parser or recogniser: its ``greedy_parse``, from steps open to Python."""
    states: list[Any] = pipe.moves.init_batch(docs)
    model = pipe.model.predict(docs)
    score = model.predict
    if _has_two_layers(pipe.model):
        upper = _Upper(pipe.model)

        def score(states: list[Any]) -> Any:
            return upper.scores(model.state2vec.predict(model.get_token_ids(states)))

    active = [state for state in states if not state.is_final()]
    while active:
        active = pipe.transition_states(active, score(active))
    model.clear_memory()
    return states


def largest(pieces: Any) -> Any:
    """The largest along the last axis of an array, which is short."""
    return reduce(np.maximum, (pieces[..., i] for i in range(pieces.shape[-1])))


def _has_two_layers(model: Any) -> bool:
    """Whether each state is a sum of its words' features, the larger of pieces, and then scored."""
    return (
        model.attrs["has_upper"]
        and not model.attrs["unseen_classes"]
        and model.get_ref("lower").get_dim("nP") > 1
    )


class _Upper:
    """The layer that scores a state's moves."""

    def __init__(self, model: Any) -> None:
        upper = model.get_ref("upper")
        self._weights = np.ascontiguousarray(upper.get_param("W").T)
        self._bias = upper.get_param("b")

    def scores(self, hidden: Any) -> Any:
        """The scores of all moves for each row, each row multiplied by itself."""
        scores = np.matmul(hidden[:, None, :], self._weights)[:, 0]
        scores += self._bias
        return scores


class Recogniser:
    """A greedy recogniser of names that asks about all words at once.

    Outside a name, all that its state tells is the next word. So every word is scored as if it stood outside,
    and only where a name begins is it followed word by word.
    """

    def __init__(self, pipe: Any) -> None:
        self._pipe = pipe
        self._model = pipe.model
        self._upper = _Upper(pipe.model)
        moves = [pipe.moves.get_class_name(i) for i in range(pipe.moves.n_moves)]
        self._labels = [pipe.vocab.strings.add(move[2:]) for move in moves]
        self._begins = np.array([move.startswith("B-") for move in moves])
        # 'U-' without a label is spaCy's mark of words that must not be in a name.
        self._names_some = self._begins | [move.startswith("U-") and move != "U-" for move in moves]
        self._opens = self._names_some | [move == "O" for move in moves]
        # By the move that begins a name, those that go on with it and end it.
        self._inner, self._last = (
            np.array([moves.index(kind + move[2:]) if move[:2] == "B-" else 0 for move in moves])
            for kind in ("I-", "L-")
        )

    @staticmethod
    def knows(pipe: Any) -> bool:
        """Whether a pipe is a recogniser whose states are the next word, and the first and last of a name."""
        return (
            type(pipe) is EntityRecognizer
            and is_greedy(pipe)
            and _has_two_layers(pipe.model)
            and pipe.model.get_ref("lower").get_dim("nF") == 3
        )

    def annotate(self, docs: list[Doc]) -> None:
        """Set the names of docs; step by step where it was said before of some words what they are."""
        about = np.concatenate([doc.to_array([IS_SPACE, SENT_START, ENT_IOB]) for doc in docs])
        if about[:, 2].any():
            self._pipe.set_annotations(docs, final_states(self._pipe, docs))
            return
        found = self._names(docs, about[:, 0] == 1, about[:, 1] == 1)
        name = next(found, None)
        offset = 0
        for doc in docs:
            spans = []
            while name is not None and name[0] < offset + len(doc):
                spans.append(Span(doc, name[0] - offset, name[1] - offset, label=name[2]))
                name = next(found, None)
            doc.set_ents(spans)
            offset += len(doc)

    def _names(self, docs: list[Doc], is_space: Any, is_start: Any) -> Iterator[tuple[int, int, int]]:
        """Start and end of each name, in tokens of all docs, and its label."""
        stops = np.append(is_start[1:], True)  # with the last word of a sentence or text a name ends
        stops[np.cumsum([len(doc) for doc in docs]) - 1] = True
        lower = self._model.get_ref("lower")
        features = lower.predict(self._model.get_ref("tok2vec").predict(docs))
        nothing, features = features[0], features[1:]

        def scores(word: Any, first: Any, last: Any) -> Any:
            hidden = word + first
            hidden += last
            hidden += lower.get_param("b")
            return self._upper.scores(largest(hidden))

        outside = scores(features[:, 0], nothing[1], nothing[2])
        outside[:, ~self._opens] = -np.inf
        outside[np.ix_(stops, self._begins)] = -np.inf
        outside[np.ix_(is_space, self._names_some)] = -np.inf
        moves = outside.argmax(axis=1)

        ends: dict[int, int] = {}
        first = np.flatnonzero(self._begins[moves])
        at = first + 1
        while len(first):
            inside = scores(features[at, 0], features[first, 1], features[at - 1, 2])
            rows, move = np.arange(len(at)), moves[first]
            goes_on = ~stops[at] & (inside[rows, self._inner[move]] >= inside[rows, self._last[move]])
            ends.update(zip(first[~goes_on].tolist(), (at[~goes_on] + 1).tolist(), strict=True))
            first, at = first[goes_on], at[goes_on] + 1

        end = 0
        for start in np.flatnonzero(self._names_some[moves]).tolist():
            if start >= end:
                end = ends.get(start, start + 1)
                yield start, end, self._labels[moves[start]]
