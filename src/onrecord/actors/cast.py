"""The cast of one document: its actors, and what every expression in it refers to."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from onrecord.record import Actor, MentionBy, Warning


@dataclass(frozen=True, slots=True)
class Reference:
    """An expression that refers to actors.

    ``start`` and ``end`` are readable offsets; ``head`` the index of the expression's syntactic head token;
    ``actors`` the ids, several for 'the two presidents' or 'they'; ``because`` names the rule.
    """

    start: int
    end: int
    head: int
    actors: tuple[str, ...]
    by: MentionBy
    confidence: float
    because: str


@dataclass(frozen=True)
class Cast:
    """Who is in the document. ``references`` are in order of their start, and do not overlap."""

    actors: tuple[Actor, ...]
    references: tuple[Reference, ...]
    warnings: tuple[Warning, ...] = ()

    def actor(self, actor_id: str) -> Actor:
        """The actor with this id. Raises KeyError where there is none."""
        return self._by_id[actor_id]

    def at(self, token: Token) -> Reference | None:
        """The reference that this token lies in, None where it lies in none."""
        return self.at_offset(token.idx)

    def at_offset(self, offset: int) -> Reference | None:
        """The reference that holds a readable offset."""
        i = bisect_right(self._starts, offset) - 1
        if i >= 0 and offset < self.references[i].end:
            return self.references[i]
        return None

    def within(self, start: int, end: int) -> tuple[Reference, ...]:
        """The references that begin inside a readable stretch."""
        i = bisect_right(self._starts, start - 1)
        j = bisect_right(self._starts, end - 1)
        return self.references[i:j]

    def party(self, actor_id: str) -> str:
        """The side that an actor speaks for: its party, else its country, else itself."""
        actor = self.actor(actor_id)
        return actor.party or actor.country or actor.id

    @cached_property
    def _by_id(self) -> dict[str, Actor]:
        return {actor.id: actor for actor in self.actors}

    @cached_property
    def _starts(self) -> list[int]:
        return [reference.start for reference in self.references]
