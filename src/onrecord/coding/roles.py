"""Who fills the roles of a match: from grammatical functions to actors of the cast."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from onrecord.actors.cast import Cast
from onrecord.coding import grammar
from onrecord.coding.attribution import Said
from onrecord.coding.frames import Match
from onrecord.text.parse import Parse

# Where an actor stands in a phrase whose head is none: 'the [Iraqi] offer', 'calls by [Minsk]'.
_WITHIN_ACTOR = ("between", "of", "in", "from", "throughout", "within")
_WITHIN_RECIPIENT = (
    "of",
    "by",
    "from",
    "against",
    "on",
    "upon",
    "to",
    "with",
    "for",
    "into",
    "between",
    "in",
    "at",
)
_SAYING = frozenset(
    (
        "say",
        "tell",
        "announce",
        "add",
        "declare",
        "state",
        "insist",
        "stress",
        "reiterate",
        "warn",
        "argue",
        "write",
    )
    + (
        "tweet",
        "note",
        "claim",
        "report",
        "assert",
        "repeat",
        "maintain",
        "emphasise",
        "emphasize",
        "believe",
    )
)


class Roles:
    """Fills roles for the matches of one document."""

    def __init__(self, parse: Parse, cast: Cast, said: Sequence[Said]) -> None:
        self.parse = parse
        self.cast = cast
        self.said = said

    def fill(self, match: Match, role: str) -> tuple[str, ...]:
        """The actor ids of a role: of the first function of the frame that holds any."""
        fillers = match.roles.get(role, ())
        for function in match.frame.roles.get(role, ()):
            ids: tuple[str, ...] = ()
            if function == "speaker":
                ids = self.speaker(match.head)
            elif function == "complement.recipient":
                ids = self._inner(match, role)
            else:
                for filler in fillers:
                    if filler.function == function:
                        ids = self.actors(filler.token, role)
                        if ids:
                            break
            if role == "recipient" and ids:
                own = self.fill(match, "actor")
                ids = tuple(i for i in ids if i not in own)
            if ids:
                return ids
        return ()

    def _inner(self, match: Match, role: str) -> tuple[str, ...]:
        """The recipient of the act inside, else whoever else its clause names."""
        if match.inner is not None:
            ids = self.fill(match.inner, "recipient")
            if ids:
                return ids
        if match.complement is None:
            return ()
        obj = grammar.direct_object(match.complement)
        for token in (obj, match.complement):
            if token is not None:
                ids = self.actors(token, role)
                if ids:
                    return ids
        return ()

    def actors(self, token: Token, role: str) -> tuple[str, ...]:
        """The actors that a phrase names: of its head and what is coordinated with it, else within it."""
        found: list[str] = []
        for one in grammar.conjuncts(token):
            if one is not token and grammar.is_verbal(one):
                continue
            found.extend(next(self._within(one, role, 0), ()))
        return tuple(dict.fromkeys(found))

    def _within(self, token: Token, role: str, depth: int) -> Iterator[tuple[str, ...]]:
        reference = self.cast.at(token)
        if reference is not None and reference.actors:
            yield reference.actors
        if token.pos_ == "PRON" and reference is None and role == "actor":
            ids = self.speaker(token)
            if ids:
                yield ids
        if depth > 2:
            return
        for dep in ("poss", "nmod", "compound", "amod", "appos"):
            for child in grammar.children(token, dep):
                ids = self._listed(child, role, depth)
                if ids:
                    yield ids
        words = _WITHIN_ACTOR if role == "actor" else _WITHIN_RECIPIENT
        for word in words:
            for _, filler in grammar.prepositional(token, (word,)):
                ids = self._listed(filler, role, depth)
                if ids:
                    yield ids
        if role == "recipient":
            for clause in grammar.children(token, "acl", "relcl"):
                obj = grammar.direct_object(clause)
                if obj is not None and obj is not token:
                    ids = self._listed(obj, role, depth + 1)
                    if ids:
                        yield ids

    def _listed(self, token: Token, role: str, depth: int) -> tuple[str, ...]:
        found: list[str] = []
        for one in grammar.conjuncts(token):
            found.extend(next(self._within(one, role, depth + 1), ()))
        return tuple(dict.fromkeys(found))

    def speaker(self, token: Token) -> tuple[str, ...]:
        """Whose words a token is: by the attributions, else by the verb of saying above it."""
        holding = [s for s in self.said if s.holds(token.idx) and s.speakers]
        if holding:
            return max(holding, key=lambda s: s.attribution.content[0][0]).speakers
        at = token
        for _ in range(10):
            governor = at.head
            if governor is at:
                break
            if at.dep_ == "ccomp" and governor.lemma_ in _SAYING:
                source = grammar.subject(governor)
                if source is not None:
                    return self.actors(source, "actor")
            at = governor
        return ()

    def according_to(self, offset: int) -> str | None:
        """The statement that holds this offset, the innermost, None where the reporter says it."""
        holding = [s for s in self.said if s.holds(offset)]
        if not holding:
            return None
        return max(holding, key=lambda s: (s.attribution.content[0][0], s.statement)).statement
