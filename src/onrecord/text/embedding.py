"""What a model's embedding says of a word by itself, asked once for each word and kept."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import numpy as np
from spacy.tokens import Doc
from thinc.api import Model, Ragged

KEPT = 20_000  # words whose rows are kept, some 600 bytes each


def keep_embeddings(model: Any, apart: Callable[[list[int]], AbstractContextManager[None]]) -> None:
    """Make the embeddings in a model look up the words that they have seen.

    ``apart`` lets rows be multiplied in groups of these sizes.
    """
    for node in list(model.walk()):
        embed = node.get_ref("embed") if "embed" in node.ref_names else None
        if embed is not None and _is_by_word(embed):
            kept: Any = Model("kept", _Kept(embed, apart), layers=[embed], dims={"nO": embed.get_dim("nO")})
            node.layers[node.layers.index(embed)] = kept
            node.set_ref("embed", kept)


def _is_by_word(embed: Any) -> bool:
    """Whether an embedding makes a row of each token's attributes, and of nothing beside it."""
    names = [layer.name for layer in embed.layers]
    return (
        names[:2] == ["extract_features", "list2ragged"]
        and names[-1] == "ragged2list"
        and all(name.startswith("with_array") for name in names[2:-1])
    )


class _Kept:
    """The forward pass of an embedding, which makes each row by itself and so but once."""

    def __init__(self, embed: Any, apart: Callable[[list[int]], AbstractContextManager[None]]) -> None:
        self._extract, _, *self._layers, _ = embed.layers
        self._apart = apart
        self._kept: dict[bytes, Any] = {}  # by the word's attributes

    def __call__(self, model: Any, docs: list[Doc], is_train: bool) -> tuple[list[Any], None]:
        attributes = self._extract.predict(docs)
        words = np.concatenate(attributes)
        keys = words.view(f"V{words.itemsize * words.shape[1]}").ravel().tolist()
        new = {key: i for i, key in enumerate(keys) if key not in self._kept}
        rows = dict(zip(new, self._rows(words[list(new.values())]), strict=True)) if new else {}
        if len(self._kept) < KEPT:
            self._kept.update(rows)
        found = np.concatenate([rows[key] if key in rows else self._kept[key] for key in keys])
        return np.split(found, np.cumsum([len(a) for a in attributes])[:-1]), None

    def _rows(self, words: Any) -> list[Any]:
        ones = [1] * len(words)
        lengths: Any = np.array(ones, dtype="i")
        ragged: Any = Ragged(words, lengths)
        with self._apart(ones):
            for layer in self._layers:
                ragged = layer.predict(ragged)
        return np.split(ragged.dataXd, len(words))
