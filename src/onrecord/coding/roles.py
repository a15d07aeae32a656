"""Who fills the roles of a match: from grammatical functions to actors of the cast."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.actors.cast import Cast
from onrecord.coding import grammar
from onrecord.coding.absent import OF_NOUNS, agentless
from onrecord.coding.attribution import Held, Said
from onrecord.coding.frames import Match
from onrecord.record import Actor
from onrecord.text.parse import Parse

Ids = tuple[str, ...]

# Where an actor stands in a phrase whose head is none: 'the [Iraqi] offer', 'calls by [Minsk]'.
_MODIFIERS = ("poss", "nmod", "compound", "amod", "npadvmod", "appos")
_WITHIN_ACTOR = ("between", "of", "in", "from", "throughout", "across", "within", "by")
# fmt: off
_WITHIN_RECIPIENT = (
    "of", "by", "from", "against", "on", "upon", "to", "with", "for", "into", "between", "among", "in",
    "at", "near", "around", "over", "toward", "towards", "inside", "outside", "across",
)
_EDGES = frozenset(("border", "frontier", "coast", "boundary"))
_PREFIXES = frozenset(("anti", "pro", "non", "ex"))
_SAYING = frozenset((
    "add", "announce", "argue", "assert", "believe", "claim", "declare", "emphasise", "emphasize",
    "insist", "maintain", "note", "reiterate", "repeat", "report", "say", "state", "stress", "tell",
    "tweet", "warn", "write",
))
# Acts that a state's organs and its own people do to each other unless the text names somebody else.
_DOMESTIC = frozenset(("PROTEST", "COERCE", "CONCEDE"))
_ORGANS = frozenset((
    "agent", "authority", "cabinet", "court", "force", "government", "judge", "junta", "king", "minister",
    "officer", "official", "parliament", "police", "policeman", "president", "prosecutor", "regime",
    "ruler", "state",
))
# fmt: on
# What tells of the time, the occasion or the source of a report names no recipient.
_APART = frozenset(("advcl", "conj", "npadvmod", "parataxis"))
_OCCASION = frozenset(("according", "after", "amid", "before", "despite", "following", "since"))
# Acts done with or for somebody: the place where they are done is not the other side.
_MUTUAL = frozenset(("AGREE", "CONSULT", "COOPERATE", "MOBILIZE", "SUPPORT"))
# Acts of words: a town in them is where something else is, and is not addressed.
_SPOKEN = frozenset(("ACCUSE", "REJECT", "REQUEST", "THREATEN"))
_PLACES = frozenset(("at", "in", "near", "outside"))
# Acts towards others: 'recalled its envoy', 'sent its troops' are done to nobody of one's own.
_OUTWARD = _MUTUAL | {"AID", "RETREAT", "SANCTION"}
_SIDELESS = frozenset(("person", "organisation", "place", "people", "unknown"))
_DEPTH = 3


def _is_own(token: Token) -> bool:
    """Whether a noun is the doer's own: 'its ambassador', 'their troops'."""
    owner = grammar.child(token, "poss")
    return owner is not None and owner.pos_ == "PRON"


@dataclass(frozen=True, slots=True)
class Sides:
    """The actors of a match, and whether one side was inferred from the other."""

    actor: Ids
    recipient: Ids
    inferred: bool = False


class Roles:
    """Fills roles for the matches of one document."""

    def __init__(self, parse: Parse, cast: Cast, said: Sequence[Said]) -> None:
        self.parse = parse
        self.cast = cast
        self.said = said
        self._held = Held([s.attribution for s in said])
        named = {i for r in cast.references if r.by in ("name", "acronym", "metonym") for i in r.actors}
        self._anonymous = frozenset(a.id for a in cast.actors if a.id not in named)
        self._nobodies = frozenset(a.id for a in cast.actors if self._is_unsided(a, ("unknown",)))
        self._without_side = frozenset(a.id for a in cast.actors if self._is_unsided(a, _SIDELESS))

    def sides(self, match: Match) -> Sides:
        """Both sides of a match; a domestic act whose text names but one side has its state on the other."""
        actor = self._fill(match, "actor", ())
        recipient = self._fill(match, "recipient", actor)
        if match.frame.symmetric and len(actor) > 1:
            third = [f for f in match.roles.get("recipient", ()) if f.function == "with"]
            return Sides(actor, tuple(i for f in third for i in self.actors(f.token, "recipient", actor)))
        if self._sideless(recipient):
            recipient = self._rest_of_clause(match, actor) or self._if_they(match, actor) or recipient
        if match.frame.symmetric and not actor and len(recipient) > 1:
            return Sides(recipient[:1], recipient[1:])
        organ = self._by_organ(match) and (recipient or match.frame.type == "ASSAULT")
        domestic = match.frame.type in _DOMESTIC or organ
        if domestic and actor and not self._nobody(actor) and self._sideless(recipient):
            return Sides(actor, tuple(dict.fromkeys((*recipient, actor[0]))), inferred=True)
        one_sided = self._nobody(actor) and not self._nobody(recipient)
        if match.frame.type in _DOMESTIC and one_sided and self._by_organ(match):
            return Sides(recipient[:1], recipient, inferred=True)
        if match.frame.type in _DOMESTIC and not actor and not self._nobody(recipient):
            done_in = self._where(match, recipient)
            if done_in or agentless(match):
                return Sides(done_in or recipient[:1], recipient, inferred=True)
        return Sides(actor, recipient)

    def _if_they(self, match: Match, own: Ids) -> Ids:
        """Who is threatened by a condition alone: 'will retaliate if **Chad** crosses the river'."""
        if match.frame.type != "THREATEN":
            return ()
        for head in (match.head, match.complement):
            for clause in grammar.children(head, "advcl") if head is not None else ():
                conditional = any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in clause.children)
                doer = grammar.child(clause, *grammar.SUBJECTS) if conditional else None
                ids = self.actors(doer, "recipient", own) if doer is not None else ()
                if ids and not self._sideless(ids):
                    return ids
        return ()

    def _where(self, match: Match, own: Ids) -> Ids:
        """The state in which an act without a doer took place: its organs did it."""
        for _, filler in grammar.prepositional(match.head, ("in", "at", "into")):
            ids = tuple(i for i in self.actors(filler, "recipient", own) if i not in own)
            if ids and not self._sideless(ids):
                return ids[:1]
        return ()

    def parties(self, ids: Ids) -> frozenset[str]:
        """The sides that actors speak for."""
        return frozenset(self.cast.party(i) for i in ids)

    def has_side(self, ids: Ids) -> bool:
        """Whether somebody of these speaks for a side, as unnamed sources and the press do not."""
        return not self._sideless(ids)

    def _nobody(self, ids: Ids) -> bool:
        """Whether these are people of no known side: 'demonstrators', 'two people', or nobody at all."""
        return self._nobodies.issuperset(ids)

    def _sideless(self, ids: Ids) -> bool:
        """Whether no state, bloc, armed group or organisation of states is among these."""
        return self._without_side.issuperset(ids)

    def _is_unsided(self, actor: Actor, kinds: Collection[str]) -> bool:
        """Whether an actor of one of these kinds, or one that the text does not name, speaks for no side."""
        if actor.country or actor.party or actor.sector in ("IGO", "NGO"):
            return False
        return actor.kind in kinds or actor.id in self._anonymous

    def _kind(self, actor_id: str) -> str:
        return self.cast.actor(actor_id).kind

    @staticmethod
    def _by_organ(match: Match) -> bool:
        """Whether the doer is an organ of a state or, in a protest, people of one."""
        verbal = grammar.is_verbal(match.head)
        of_verbs = (f for f in match.roles.get("actor", ()) if not (verbal and f.function in OF_NOUNS))
        fillers = [f.token for f in of_verbs]
        if match.frame.type == "PROTEST":
            return bool(fillers)
        return any(one.lemma_.lower() in _ORGANS for token in fillers for one in grammar.conjuncts(token))

    def _fill(self, match: Match, role: str, own: Ids) -> Ids:
        """The actors of the first function of the frame that names any, other than ``own`` if it can be."""
        same: Ids = ()
        fillers = match.roles.get(role, ())
        verbal = role == "actor" and grammar.is_verbal(match.head)
        outward = role == "recipient" and match.frame.type in _OUTWARD
        for function in match.frame.roles.get(role, ()):
            if verbal and function in OF_NOUNS:
                continue
            if function == "speaker":
                found: list[Ids] = [self.speaker(match.head)]
            elif function == "complement.recipient":
                found = list(self._of_clause(match, own))
            elif function == "complement.actor":
                found = [self._fill(match.inner, "actor", own)] if match.inner is not None else []
            else:
                tokens = [f.token for f in fillers if f.function == function]
                found = [self.actors(t, role, own) for t in tokens if not (outward and _is_own(t))]
            for ids in found:
                others = tuple(i for i in ids if i not in own)
                if others and not self._nobody(others):
                    return others
                same = same if same and not self._nobody(same) else ids or same
        return same

    def _of_clause(self, match: Match, own: Ids) -> Iterator[Ids]:
        """The recipients of the act inside, and whoever else its clause names."""
        if match.inner is not None:
            yield self._fill(match.inner, "recipient", own)
        if match.complement is not None:
            obj = grammar.direct_object(match.complement)
            for token in (obj, match.complement):
                ids = self.actors(token, "recipient", own) if token is not None else ()
                if match.frame.type in _MUTUAL:  # where they will meet is nobody whom they meet
                    ids = tuple(i for i in ids if self._kind(i) != "place")
                yield ids

    def _rest_of_clause(self, match: Match, own: Ids) -> Ids:
        """The first other actor that the clause names after the predicate."""
        if not match.frame.roles.get("recipient"):
            return ()
        head = match.head.head if match.head.dep_ == "aux" else match.head
        apart = [c for c in head.children if c.dep_ in _APART or (c.dep_ == "prep" and c.lower_ in _OCCASION)]
        skipped = {t.i for c in apart for t in c.subtree}
        mutual, spoken = match.frame.type in _MUTUAL, match.frame.type in _SPOKEN
        for token in head.subtree:
            if token.i <= head.i or token.i in skipped or not self._counts(token):
                continue
            where = token.dep_ == "pobj" and token.head.lower_ in _PLACES
            if where and (mutual or (spoken and self._kind_of(token) == "place")):
                continue
            ids = tuple(i for i in self._ids(token) if i not in own)
            if not self._nobody(ids) and token.pos_ != "PRON":
                return ids
        return ()

    def actors(self, token: Token, role: str, own: Ids = ()) -> Ids:
        """The actors that a phrase names: of its head and what is coordinated with it, else within it."""
        found: list[str] = []
        for one in grammar.conjuncts(token):
            if one == token or not grammar.is_verbal(one):
                joint = (*self._joint_modifiers(one), *self._joint_owners(one))
                found.extend(joint or self._first(one, role, own, 0))
        return tuple(dict.fromkeys(found))

    def _joint_modifiers(self, noun: Token) -> Iterator[str]:
        """The actors of 'French and Egyptian' in 'French and Egyptian warships'."""
        modifiers = tuple(grammar.children(noun, "amod", "nmod", "compound"))
        for modifier in modifiers:
            joined = grammar.conjuncts(modifier)
            if len(joined) == 1 and grammar.child(modifier, "cc") is not None:
                joined = (modifier, *[m for m in modifiers if m.i > modifier.i][:1])
            if len(joined) > 1 and all(self._ids(one) for one in joined):
                for one in joined:
                    yield from self._ids(one)

    def _joint_owners(self, noun: Token) -> Iterator[str]:
        """The actors of 'the navies of India and Vietnam': each of several has its own."""
        if noun.tag_ not in ("NNS", "NNPS"):
            return
        for _, filler in grammar.prepositional(noun, ("of", "from", "for")):
            joined = grammar.conjuncts(filler)
            # 'negotiators from Peru' may itself be one group, whose words take the first name in.
            states = [
                o for o in joined if self._kind_of(o) in ("state", "bloc") or self._ids(o) == self._ids(noun)
            ]
            if len(joined) > 1 and len(states) == len(joined):
                for one in joined:
                    yield from self._ids(one)

    def _kind_of(self, token: Token) -> str:
        ids = self._ids(token)
        return self._kind(ids[0]) if ids else ""

    def _first(self, token: Token, role: str, own: Ids, depth: int) -> Ids:
        """The first actors in a phrase that have a side and are not all ``own``, else the first."""
        same: Ids = ()
        for ids in self._within(token, role, own, depth):
            if role == "actor" and not self._nobody(ids):
                return ids
            if role != "actor" and not self._sideless(ids) and any(i not in own for i in ids):
                return ids
            same = same or ids
        return same

    def _within(self, token: Token, role: str, own: Ids, depth: int) -> Iterator[Ids]:
        ids = self._ids(token) if self._counts(token) else ()
        if token.pos_ == "PRON" and role == "recipient" and all(i in own for i in ids):
            ids = ()  # 'it withdrew its troops' is done to nobody
        if ids and not self._nobody(ids):
            yield ids
        if not ids and token.pos_ == "PRON" and role == "actor":
            yield self.speaker(token)
        if depth < _DEPTH:
            for part in self._parts(token, role):
                yield self._listed(part, role, own, depth)
        if ids:
            yield ids

    def _parts(self, token: Token, role: str) -> Iterator[Token]:
        """The phrases within a phrase that may name its side, in the order in which they are believed."""
        if token.lemma_.lower() not in _EDGES or role == "actor":
            modifiers = grammar.children(token, *_MODIFIERS)
            yield from sorted(modifiers, key=lambda c: _MODIFIERS.index(c.dep_))
        standing = grammar.prepositions(token)
        for word in _WITHIN_ACTOR if role == "actor" else _WITHIN_RECIPIENT:
            if word in standing:
                yield from (filler for _, filler in grammar.prepositional(token, (word,)))
        for clause in grammar.children(token, "acl", "relcl"):
            parts = [grammar.agent(clause), grammar.direct_object(clause)] if role == "recipient" else []
            parts.extend(f for _, f in grammar.prepositional(clause, ("in", "from", "of")))
            yield from (part for part in parts if part is not None and part != token)

    def _listed(self, token: Token, role: str, own: Ids, depth: int) -> Ids:
        found: list[str] = []
        for one in grammar.conjuncts(token):
            found.extend(self._first(one, role, own, depth + 1))
        return tuple(dict.fromkeys(found))

    def _ids(self, token: Token) -> Ids:
        reference = self.cast.at(token)
        return reference.actors if reference is not None else ()

    @staticmethod
    def _counts(token: Token) -> bool:
        """Whether a name stands for its bearer: 'anti-Syrian' and 'the Thai border' do not."""
        i, doc = token.i, token.doc
        if i > 1 and doc[i - 1].text == "-" and doc[i - 2].lower_ in _PREFIXES:
            return False
        return not (token.dep_ in ("amod", "compound", "poss") and token.head.lemma_.lower() in _EDGES)

    def speaker(self, token: Token) -> Ids:
        """Whose words a token is: by the attributions, else by the verb of saying above it."""
        holding = [s for s in self._saying(token.idx) if s.speakers]
        if holding:
            return max(holding, key=lambda s: s.attribution.content[0][0]).speakers
        at = token
        for _ in range(10):
            governor = at.head
            if governor == at:
                break
            if at.dep_ == "ccomp" and governor.lemma_ in _SAYING:
                source = grammar.subject(governor)
                if source is not None and source != token:
                    return self.actors(source, "actor")
            at = governor
        return ()

    def _saying(self, offset: int) -> list[Said]:
        return [self.said[i] for i in self._held.at(offset)]

    def according_to(self, offset: int) -> str | None:
        """The statement that holds this offset, the innermost, None where the reporter says it."""
        holding = self._saying(offset)
        if not holding:
            return None
        return max(holding, key=lambda s: (s.attribution.content[0][0], s.statement)).statement
