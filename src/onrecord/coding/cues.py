"""The cue words of attribution, read from ``data/attribution/cues.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.knowledge import read_toml


@dataclass(frozen=True)
class Cues:
    """Lemmas by what they take; ``channel_of`` maps a noun to the channel it tells of."""

    clause: frozenset[str]
    speech: frozenset[str]
    request: frozenset[str]
    promise: frozenset[str]
    belief: frozenset[str]
    naming: frozenset[str]
    quoting: frozenset[str]
    writing: frozenset[str]
    readout: frozenset[str]
    nouns: frozenset[str]
    sources: frozenset[str]
    standards: frozenset[str]
    replies: frozenset[str]
    phrases: tuple[str, ...]
    channel_of: dict[str, str]

    def takes_quotation(self, lemma: str) -> bool:
        """Whether the verb can introduce words in quotation marks."""
        return (
            lemma in self.clause
            or lemma in self.quoting
            or lemma in self.writing
            or lemma in self.request
            or lemma in self.promise
            or lemma in self.belief
        )


@cache
def cues() -> Cues:
    """The package's cue words."""
    table = read_toml("attribution", "cues.toml")
    verbs = {group: frozenset(lemmas) for group, lemmas in table["verbs"].items()}
    return Cues(
        **verbs,
        nouns=frozenset(table["nouns"]["clause"]),
        sources=frozenset(table["nouns"]["source"]),
        standards=frozenset(table["nouns"]["standard"]),
        replies=frozenset(table["nouns"]["reply"]),
        phrases=tuple(table["prepositions"]["phrases"]),
        channel_of={noun: channel for channel, nouns in table["channels"].items() for noun in nouns},
    )
