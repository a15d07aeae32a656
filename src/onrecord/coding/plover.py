"""The PLOVER ontology, read from ``data/plover.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.errors import KnowledgeError
from onrecord.knowledge import read_toml
from onrecord.record import Quad


@dataclass(frozen=True)
class Plover:
    """Types with quad class and score; ``inner`` gives modes by the type of the act inside."""

    quads: Mapping[str, Quad]
    scores: Mapping[str, float]
    modes: Mapping[str, Mapping[str, float]]
    inner: Mapping[str, Mapping[str, str]]
    contexts: Mapping[str, frozenset[str]]

    def score(self, event_type: str, mode: str | None) -> float:
        """The conflict-cooperation score of a type, its mode's where it has its own."""
        return self.modes[event_type].get(mode or "", self.scores[event_type])

    def contexts_of(self, lemmas: Iterable[str]) -> tuple[str, ...]:
        """The contexts that the words of a sentence tell of, in the order of their names."""
        words = frozenset(lemmas)
        return tuple(name for name, lexicon in self.contexts.items() if not words.isdisjoint(lexicon))


@cache
def plover() -> Plover:
    """The package's ontology. Raises KnowledgeError where the file breaks its form."""
    table = read_toml("plover.toml")
    quads = {name: quad for quad, names in table["quads"].items() for name in names}
    types = table["types"]
    if set(quads) != set(types):
        odd = ", ".join(sorted(set(quads) ^ set(types)))
        raise KnowledgeError(f"data/plover.toml: {odd} must stand both in [quads] and in [types.…]")
    return Plover(
        quads=quads,
        scores={name: float(entry["score"]) for name, entry in types.items()},
        modes={name: dict(entry["modes"]) for name, entry in types.items()},
        inner=table["inner"],
        contexts={name: frozenset(words) for name, words in sorted(table["contexts"].items())},
    )
