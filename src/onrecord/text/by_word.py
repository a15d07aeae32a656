"""What the attribute ruler and the lemmatizer say of a word, asked once for each word and kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.attrs import DEP, LEMMA, MORPH, ORTH, POS, TAG
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from spacy.tokens._retokenize import set_token_attrs

KEPT = 200_000  # words with tag and dependency, or part of speech and morphology, of which that is kept

_SIMPLE = frozenset(["DEP", "IS_ALPHA", "IS_DIGIT", "IS_PUNCT", "IS_SPACE", "LOWER", "ORTH", "TAG", "TEXT"])


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What a ruler says of a token: its rules, what they set, whether a pattern of several may begin here."""

    rules: tuple[int, ...]
    attributes: dict[Any, Any]
    begins: bool


class Ruler:
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

    @staticmethod
    def knows(pipe: Any) -> bool:
        """Whether what a pipe's patterns of one token say hangs on its word, tag and dependency alone."""
        if type(pipe) is not AttributeRuler:
            return False
        rules: list[Any] = pipe.patterns
        tokens = (token for rule in rules for pattern in rule["patterns"] for token in pattern)
        return all(set(token) <= _SIMPLE for token in tokens) and not any(
            "_" in rule["attrs"] for rule in rules
        )

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
        for match_id, start, _ in self._alone(doc, allow_missing=True):
            rules[start].append(int(strings[match_id]))
        first = {start for _, start, _ in self._first(doc, allow_missing=True)}
        return {
            key: _Verdict(tuple(rules[i]), self._attributes(rules[i]), i in first)
            for i, key in enumerate(keys)
        }

    def _attributes(self, rules: Iterable[int]) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for rule in sorted(rules):  # a later rule goes before
            found.update(self._ruler.attrs[rule])
        return found


class Lemmatizer:
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
