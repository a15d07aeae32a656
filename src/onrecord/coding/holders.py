"""Whose a stance is: the sides that hold a view, and by what right the text lets us know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Token

from onrecord.actors.cast import Cast
from onrecord.coding import grammar
from onrecord.coding.attribution import Held, Said
from onrecord.coding.cues import cues
from onrecord.coding.polarity import polarity
from onrecord.coding.stance_match import View
from onrecord.coding.stances import load_stances
from onrecord.coding.topics import load_topics
from onrecord.record import Basis

_WE = frozenset(("we", "us", "our", "ours", "i", "my", "me"))
_THEIR = frozenset(("its", "his", "her", "their"))
_SIDES = frozenset(
    ("camp", "country", "group", "movement", "nation", "organisation", "organization", "party")
)
_ISSUING = frozenset(
    ("issue", "release", "publish", "sign", "adopt", "send", "write", "deliver", "make", "read")
)
_PUT_FORWARD = frozenset(
    ("propose", "draft", "offer", "table", "suggest", "submit", "present", "unveil", "broker")
)
_NOBODY = frozenset(("nobody", "none", "one", "nothing", "neither"))
_OTHERS = frozenset(("ally", "critic", "opponent", "partner", "rival"))
_NO_PARTY = frozenset(("JRN", "MED"))
_MODALS = frozenset(("can", "ca", "cannot", "will", "wo", "would", "shall"))


@dataclass(frozen=True, slots=True)
class Holder:
    """The sides that hold a view, and by what right we know: ``voice`` says so, in ``said``."""

    parties: tuple[str, ...]
    basis: Basis
    voice: str | None
    said: Said | None


@dataclass(frozen=True)
class Holders:
    """The holders of the views of one document; ``owners`` are whose the plans and demands so far are."""

    cast: Cast
    said: tuple[Said, ...]
    owners: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, view: View, conditional: bool, firm: bool) -> Holder | None:
        """Who holds a view, and by what right we know; None where nobody can be named."""
        said = self._said_at(view.head.idx)
        speakers = self._speakers(view.head, said)
        quoted = view.frame.only.startswith("quoted")
        if not speakers and (view.frame.spoken or (quoted and not firm)):
            return None
        announced = bool(speakers) and _is_announced(view)
        nobody = announced or any(t.lower_ in _NOBODY for t in view.parties)
        threat = not view.parties and conditional and view.act == "threatens"
        if view.frame.spoken or (speakers and nobody) or (quoted and threat):
            return Holder(self.sides(speakers), "self", speakers[0], said)
        things = {token.i for token, _ in view.issues}
        named = [t for t in view.parties if t.i not in things]  # 'the plan was shelved' is nobody's stance
        actors = tuple(dict.fromkeys(a for token in named for a in self.actors(token, speakers)))
        above = _subject_above(view)
        if above is not None and (not actors or actors == self._object_actors(view.head)):
            actors, speakers, said = self.actors(above, ()), (), None
        inherited = (
            view.head.dep_ in ("conj", "advcl") and grammar.child(view.head, *grammar.SUBJECTS) is None
        )
        unknown = not self.sides(actors) and view.head.dep_ not in ("acl", "relcl")
        if (unknown or inherited) and (cued := self._cued(view.head)) is not None and cued.speakers:
            actors, speakers, said = cued.speakers, (), None
        if named and all(t.lemma_.lower() in _OTHERS and self.cast.at(t) is None for t in named):
            return None  # 'the government's coalition partner' is not the government
        parties = self.sides(actors)
        if not speakers:
            people = [a for a in actors if self.cast.actor(a).kind == "person"]
            cued = self._cued(view.head)
            return Holder(parties, "narrated", people[0] if people else None, cued)
        basis: Basis = "self" if set(self.sides(speakers)) & set(parties) else "reported"
        own = "self" in view.frame.only or ("ours" in view.frame.only and view.stance == view.frame.stance)
        if basis != "self" and own:
            return None  # 'he said that Israel could not act' tells of no stance of Israel's
        return Holder(parties, basis, speakers[0], said)

    def _cued(self, verb: Token) -> Said | None:
        """The attribution of which a verb is the cue: it tells who urged, denounced or promised."""
        return self._by_cue.get(verb.idx)

    @cached_property
    def _held(self) -> Held:
        return Held([s.attribution for s in self.said])

    @cached_property
    def _by_cue(self) -> dict[int, Said]:
        return {s.attribution.cue[0]: s for s in reversed(self.said) if s.attribution.cue}

    def _object_actors(self, verb: Token) -> tuple[str, ...]:
        """Whom an act is addressed to by a pronoun: nobody urges 'them' to do what they themselves urge."""
        found = grammar.child(verb, "dobj") or next(
            (c for x in grammar.children(verb, "xcomp", "ccomp") for c in grammar.children(x, "nsubj")), None
        )
        return self.actors(found, ()) if found is not None and found.pos_ == "PRON" else ()

    def _speakers(self, token: Token, said: Said | None) -> tuple[str, ...]:
        """Whose words a token is in: the nearest verb of saying above it, else its attribution's source."""
        one = token
        for _ in range(12):
            head = one.head
            if head == one:
                break
            if one.dep_ in ("ccomp", "parataxis") and head.lemma_.lower() in cues().clause:
                subject = grammar.subject(head)
                each = grammar.conjuncts(subject) if subject is not None else ()
                found = tuple(dict.fromkeys(a for one in each for a in self.actors(one, ())))
                if found and self.sides(found):
                    return found
            if one.dep_ in ("nsubj", "dobj", "pobj") and grammar.is_verbal(head) and head.i < one.i:
                break
            one = head
        return said.speakers if said is not None else ()

    def _said_at(self, offset: int) -> Said | None:
        """The innermost attribution whose words hold an offset."""
        holding = [self.said[i] for i in self._held.at(offset)]
        return min(holding, key=lambda s: sum(e - b for b, e in s.attribution.content), default=None)

    def sides(self, actors: Sequence[str]) -> tuple[str, ...]:
        """The sides for which actors speak; those of whom none is known are left out."""
        sides = [self._side(a) for a in actors if self._speaks_for_a_side(a)]
        return tuple(dict.fromkeys(sides))

    def _side(self, actor_id: str) -> str:
        """The side for which an actor speaks; a parliament and an opposition do not speak for the state."""
        actor, party = self.cast.actor(actor_id), self.cast.party(actor_id)
        if actor.sector == "LEG" and actor.kind != "person":
            return actor.id
        return actor.id if actor.sector == "OPP" and party == actor.country else party

    def _speaks_for_a_side(self, actor_id: str) -> bool:
        actor = self.cast.actor(actor_id)
        if actor.sector in _NO_PARTY and actor.party in (None, actor.id) and actor.country is None:
            return False
        if actor.kind in ("unknown", "person"):
            return bool(actor.party or actor.country)
        return actor.kind != "place"

    def actors(self, token: Token, speakers: tuple[str, ...]) -> tuple[str, ...]:
        """The actors that a token stands for; for a document or an office without a name, its owner."""
        if token.lower_ in _WE and token.pos_ != "PROPN" and token.text != "US" and speakers:
            return speakers
        reference = self.cast.at(token)
        if token.tag_ in ("NNS", "NNPS") and len(several := self._several(token)) > 1:
            return several
        if reference is not None and reference.actors:
            return reference.actors
        if token.lower_ == "they" and len(speakers) > 1:
            return speakers
        lemma = token.lemma_.lower()
        if lemma in _SIDES:
            return self._owner(token, speakers)
        if lemma not in load_stances().operators.documents:
            return ()
        found = self._owner(token, speakers)
        if not found and token.dep_ == "dobj" and token.head.lemma_.lower() in _ISSUING:
            subject = grammar.subject(token.head)
            issuer = self.cast.at(subject) if subject is not None else None
            found = issuer.actors if issuer is not None else ()
        if found:
            self.owners[lemma] = found
        elif any(c.dep_ == "det" and c.lower_ in ("the", "these", "those", "this") for c in token.children):
            return self.owners.get(lemma, ())
        return found

    def _several(self, noun: Token) -> tuple[str, ...]:
        """The sides of 'the presidents of Chad and Kenya', 'Chadian and Kenyan envoys'."""
        found: list[str] = []
        for c in noun.children:
            inner = grammar.child(c, "pobj") if c.dep_ == "prep" and c.lower_ in ("of", "from") else None
            first = c if c.dep_ in ("amod", "compound", "nmod", "poss") else inner
            if first is None or not any(first.conjuncts):
                continue
            for one in grammar.conjuncts(first):
                reference = self.cast.at(one)
                if reference is not None and one.ent_type_ in ("GPE", "NORP", "ORG"):
                    found.extend(reference.actors)
        return tuple(dict.fromkeys(found))

    def _owner(self, noun: Token, speakers: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Whose a plan, demand or delegation is: 'Russia's demands', 'the U.S. team', 'proposed by Egypt'."""
        for c in noun.children:
            owner: Token | None = None
            if c.dep_ in ("poss", "compound", "amod", "nmod"):
                if c.lower_ == "our":
                    return speakers
                owner = grammar.child(c, "npadvmod") if c.tag_ == "VBN" else c
            elif c.dep_ in ("prep", "agent") and c.lower_ in ("of", "by", "from"):
                owner = grammar.child(c, "pobj")
            elif c.dep_ == "acl" and c.lemma_.lower() in _PUT_FORWARD:
                owner = grammar.agent(c)
            if owner is None or owner.lemma_.lower() in load_topics().kin:
                continue
            if owner.lower_ in _THEIR and noun.dep_ == "dobj":
                owner = grammar.subject(noun.head) or owner  # 'the delegation outlined its terms'
            reference = self.cast.at(owner)
            if reference is not None and reference.actors and reference.head == owner.i:
                return reference.actors
        return ()

    def proposers(self, noun: Token) -> tuple[str, ...]:
        """The sides whose plan, proposal or demand a noun is."""
        made = any(c.lemma_.lower() in _PUT_FORWARD for c in noun.children)
        if made or noun.lemma_.lower() in load_topics().kin:
            return self.sides(self._owner(noun))
        return ()


def _is_announced(view: View) -> bool:
    """Whether words say of something that it is or is not to be done, by nobody in particular: 'the truce
    will be extended', 'the plan cannot be accepted'. That is where the speaker stands.
    """
    if view.parties or "self" in view.frame.only or view.act == "threatens":
        return False
    passive = [h for h in view.heads if grammar.is_passive(h)]
    if view.stance == "supports":
        return any(a in ("will", "would", "shall") for h in passive for a in grammar.auxiliaries(h))
    denied = [h for h in passive if polarity(h) == "denied"]
    return any(a in _MODALS for h in denied for a in grammar.auxiliaries(h))


def _subject_above(view: View) -> Token | None:
    """Who else can be meant where a subject names nobody: in 'Chad says the dam is safe and rejected the
    offer' a parser may join the second verb to the inner clause.
    """
    verb = view.head
    if verb.dep_ != "conj" or grammar.child(verb, "nsubj") is not None or verb.head.dep_ != "ccomp":
        return None
    return grammar.subject(verb.head.head)
