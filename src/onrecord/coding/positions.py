"""Positions: where each party stands on what is on the table, in each sentence that shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Span as Words
from spacy.tokens import Token

from onrecord.actors.cast import Cast
from onrecord.coding import grammar
from onrecord.coding.attribution import Offsets, Said
from onrecord.coding.conditions import find_condition
from onrecord.coding.cues import cues
from onrecord.coding.issue_phrases import Phrase, clause_issue, noun_issue
from onrecord.coding.issues import IssueBook, load_topics
from onrecord.coding.polarity import polarity
from onrecord.coding.stance_match import View, find_views
from onrecord.coding.stances import load_stances
from onrecord.record import Act, Basis, Event, Issue, Position, Stance
from onrecord.text.dates import DateMention, date_for
from onrecord.text.parse import Parse

_WE = frozenset(("we", "us", "our", "ours", "i", "my", "me"))
_MAX_SPAN = 300
_STRICT = re.compile(r"(?:only|unless|until|before|on (?:the )?condition|provided)\b", re.IGNORECASE)
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
_MODALS = frozenset(("can", "ca", "cannot", "will", "wo", "would", "shall"))
_NOBODY = frozenset(("nobody", "none", "one", "nothing", "neither"))
_NO_PARTY = frozenset(("JRN", "MED"))
_CONFIDENCE: dict[Basis, float] = {"narrated": 0.8, "self": 0.75, "reported": 0.65}


@dataclass(frozen=True, slots=True)
class _Holder:
    """The sides that hold a view, and by what right we know: ``voice`` says so, in ``said``."""

    parties: tuple[str, ...]
    basis: Basis
    voice: str | None
    said: Said | None


def code_positions(
    parse: Parse,
    cast: Cast,
    said: Sequence[Said] = (),
    events: Sequence[Event] = (),
    dates: Sequence[DateMention] = (),
) -> tuple[tuple[Issue, ...], tuple[Position, ...]]:
    """The issues of a document and the positions on them, in the order of the text."""
    book = IssueBook(parse)
    reader = _Reader(parse, cast, tuple(said), tuple(events), tuple(dates), book)
    positions: list[Position] = []
    for sentence in parse.doc.sents:
        if sentence.text.strip() and not parse.is_furniture(sentence.start_char):
            positions.extend(reader.read(sentence, len(positions)))
    return book.issues(), tuple(positions)


@dataclass(frozen=True)
class _Reader:
    parse: Parse
    cast: Cast
    said: tuple[Said, ...]
    events: tuple[Event, ...]
    dates: tuple[DateMention, ...]
    book: IssueBook
    owners: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def read(self, sentence: Words, known: int) -> list[Position]:
        """The positions that one sentence shows; ``known`` is how many the document has before it."""
        if sentence.text.rstrip("”\"’' ").endswith("?"):
            return []
        found: list[Position] = []
        seen: set[tuple[str, str, Stance]] = set()
        for token in sentence:
            if token.lemma_.lower() in load_stances().operators.documents:
                self._actors(token, ())
        for view in find_views(sentence, load_stances()):
            strict = view.frame.only == "strict"
            condition = find_condition(self.parse, view.heads, strict or view.stance == "opposes")
            open_only = view.frame.only.endswith("conditional") and view.stance == view.frame.stance
            open_only = open_only and not _is_promise(view)
            hedged = view.hedged and not _is_warning(view)
            if condition is None and (hedged or strict or open_only):
                continue
            if strict and condition is not None and not _STRICT.match(self.parse.text, condition[0]):
                continue
            holder = self._holder(view, condition)
            if holder is None or not holder.parties:
                continue
            for token, denied in view.issues:
                stance, act = self._values(view, condition, denied)
                issue = self._issue(token, view, holder)
                if issue is None:
                    continue
                issue_id, where = issue
                for party in holder.parties:
                    if (party, issue_id, stance) in seen:
                        continue
                    seen.add((party, issue_id, stance))
                    start, end = self._span(view, where, condition)
                    found.append(
                        Position(
                            id=f"p{known + len(found) + 1}",
                            party=party,
                            voice=holder.voice,
                            issue=issue_id,
                            stance=stance,
                            act=act,
                            condition=self.parse.span(*condition) if condition else None,
                            basis=holder.basis,
                            date=date_for(self.dates, self.parse, start, end),
                            span=self.parse.span(start, end),
                            statement=holder.said.statement if holder.said else None,
                            event=self._event(view),
                            because=f"stance/{view.frame.id}",
                            confidence=_CONFIDENCE[holder.basis],
                        )
                    )
        return found

    @staticmethod
    def _values(view: View, condition: Offsets | None, denied: bool) -> tuple[Stance, Act]:
        stance = view.stance
        if denied and stance in ("supports", "opposes"):
            stance = "opposes" if stance == "supports" else "supports"
        if condition is None or stance == "noncommittal":
            return stance, view.act
        return "conditional", view.act if view.act == "threatens" else "sets-condition"

    def _holder(self, view: View, condition: Offsets | None) -> _Holder | None:
        """Who holds a view, and by what right we know; None where nobody can be named."""
        said = self._said_at(view.head.idx)
        speakers = self._speakers(view.head, said)
        quoted = view.frame.only.startswith("quoted")
        firm = condition is not None and _STRICT.match(self.parse.text, condition[0]) is not None
        if not speakers and (view.frame.spoken or (quoted and not firm)):
            return None
        announced = bool(speakers) and _is_announced(view)
        nobody = announced or any(t.lower_ in _NOBODY for t in view.parties)
        threat = not view.parties and condition is not None and view.act == "threatens"
        if view.frame.spoken or (speakers and nobody) or (quoted and threat):
            return _Holder(self._sides(speakers), "self", speakers[0], said)
        things = {token.i for token, _ in view.issues}
        named = [t for t in view.parties if t.i not in things]  # 'the plan was shelved' is nobody's stance
        actors = tuple(dict.fromkeys(a for token in named for a in self._actors(token, speakers)))
        above = _subject_above(view)
        if above is not None and (not actors or actors == self._object_actors(view.head)):
            actors, speakers, said = self._actors(above, ()), (), None
        inherited = (
            view.head.dep_ in ("conj", "advcl") and grammar.child(view.head, *grammar.SUBJECTS) is None
        )
        unknown = not self._sides(actors) and view.head.dep_ not in ("acl", "relcl")
        if (unknown or inherited) and (cued := self._cued(view.head)) is not None:
            actors, speakers, said = cued.speakers, (), None
        parties = self._sides(actors)
        if not speakers:
            people = [a for a in actors if self.cast.actor(a).kind == "person"]
            cued = self._cued(view.head)
            return _Holder(parties, "narrated", people[0] if people else None, cued)
        basis: Basis = "self" if set(self._sides(speakers)) & set(parties) else "reported"
        own = "self" in view.frame.only or ("ours" in view.frame.only and view.stance == view.frame.stance)
        if basis != "self" and own:
            return None  # 'he said that Israel could not act' tells of no stance of Israel's
        return _Holder(parties, basis, speakers[0], said)

    def _cued(self, verb: Token) -> Said | None:
        """The attribution of which a verb is the cue: it tells who urged, denounced or promised."""
        return next((s for s in self.said if s.attribution.cue and s.attribution.cue[0] == verb.idx), None)

    def _object_actors(self, verb: Token) -> tuple[str, ...]:
        """Whom an act is addressed to by a pronoun: nobody urges 'them' to do what they themselves urge."""
        found = grammar.child(verb, "dobj") or next(
            (c for x in grammar.children(verb, "xcomp", "ccomp") for c in grammar.children(x, "nsubj")), None
        )
        return self._actors(found, ()) if found is not None and found.pos_ == "PRON" else ()

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
                found = tuple(dict.fromkeys(a for one in each for a in self._actors(one, ())))
                if found and self._sides(found):
                    return found
            if one.dep_ in ("nsubj", "dobj", "pobj") and grammar.is_verbal(head) and head.i < one.i:
                break
            one = head
        return said.speakers if said is not None else ()

    def _said_at(self, offset: int) -> Said | None:
        """The innermost attribution whose words hold an offset."""
        holding = [s for s in self.said if s.holds(offset)]
        return min(holding, key=lambda s: sum(e - b for b, e in s.attribution.content), default=None)

    def _sides(self, actors: Sequence[str]) -> tuple[str, ...]:
        sides = [self.cast.party(a) for a in actors if self._speaks_for_a_side(a)]
        return tuple(dict.fromkeys(sides))

    def _speaks_for_a_side(self, actor_id: str) -> bool:
        actor = self.cast.actor(actor_id)
        if actor.sector in _NO_PARTY and actor.party in (None, actor.id) and actor.country is None:
            return False
        if actor.kind in ("unknown", "person"):
            return bool(actor.party or actor.country)
        return actor.kind != "place"

    def _actors(self, token: Token, speakers: tuple[str, ...]) -> tuple[str, ...]:
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

    def _proposers(self, noun: Token) -> tuple[str, ...]:
        """The sides whose plan, proposal or demand a noun is."""
        made = any(c.lemma_.lower() in _PUT_FORWARD for c in noun.children)
        if made or noun.lemma_.lower() in load_topics().kin:
            return self._sides(self._owner(noun))
        return ()

    def _issue(self, token: Token, view: View, holder: _Holder) -> tuple[str, Offsets] | None:
        """The issue that a token names, and where; None where it names none."""
        proposers = holder.parties if view.act == "proposes" else self._proposers(token)
        where = (token.idx, token.idx + len(token))
        if "before" in view.frame.issue and token == view.head:
            found = self._before(token)
            return (found, where) if found else None
        if token.pos_ == "NOUN" and token.dep_ == "ccomp":  # 'that curbs stay', read as a noun
            token = grammar.child(token, "nsubj") or token
        if token.pos_ in ("PRON", "DET"):
            found = self._antecedent(token)
            return (found, where) if found else None
        verbal = token.pos_ in ("VERB", "AUX") and (
            token in view.heads
            or token.dep_ in ("xcomp", "ccomp", "pcomp", "conj", "acl", "advcl", "relcl", "csubj")
        )
        phrase: Phrase | None
        if verbal or (view.head.dep_ == "aux" and token.pos_ in ("VERB", "AUX")):
            phrase = clause_issue(self.parse, token, self._tells_of_a_thing(token))
        else:
            if self._is_actor(token):
                return None
            phrase = noun_issue(self.parse, token)
        if phrase is None or len(phrase.label) < 3 or phrase.modifiers & load_stances().operators.press:
            return None
        return self.book.add(phrase, proposers), (phrase.start, phrase.end)

    def _before(self, verb: Token) -> str | None:
        """The issue of a bare 'refused', 'agreed', 'stayed away': talks named earlier in the sentence, else
        what the text brought up last.
        """
        occasion = self._named(verb, load_stances().operators.occasions)
        return occasion or self.book.antecedent(verb.idx, verb.idx + len(verb))

    def _antecedent(self, pronoun: Token) -> str | None:
        """What 'it' or 'them' stands for: talks or a text named in the sentence, else what was named last."""
        if pronoun.lower_ in ("it", "them"):
            kinds = load_stances().operators.occasions | load_topics().kin.keys()
            found = self._named(pronoun, frozenset(kinds))
            if found is not None:
                return found
        return self.book.antecedent(pronoun.idx, pronoun.idx + len(pronoun))

    def _named(self, word: Token, nouns: frozenset[str]) -> str | None:
        """The issue that one of these nouns names last before a word, in the word's sentence."""
        for token in reversed(word.doc[word.sent.start : word.i]):
            if token.pos_ == "NOUN" and token.lemma_.lower() in nouns:
                phrase = noun_issue(self.parse, token)
                if phrase is not None:
                    return self.book.add(phrase)
        return None

    def _tells_of_a_thing(self, verb: Token) -> bool:
        """Whether a clause has a subject that is on the table itself, and nobody: 'that the embargo stay'."""
        raised = verb.dep_ == "xcomp" and verb.head.lemma_ in ("have", "need")  # 'the war has to end'
        subject = grammar.surface_subject(verb) if raised else grammar.child(verb, "nsubj")
        if subject is None or subject.pos_ not in ("NOUN", "PROPN") or verb.lemma_ == "be":
            return False
        return not self._actors(subject, ()) and grammar.child(verb, "dobj") is None

    def _is_actor(self, token: Token) -> bool:
        """Whether a noun names somebody, not something on the table."""
        if token.lemma_.lower() in load_stances().operators.things:
            return False
        reference = self.cast.at(token)
        return reference is not None and bool(reference.actors) and reference.head == token.i

    def _span(self, view: View, issue: Offsets, condition: Offsets | None) -> Offsets:
        """The clause that shows it: the predicate with its auxiliaries, the issue's words, the condition."""
        tokens = [*view.words, *view.heads]
        for head in view.heads:
            tokens.extend(grammar.children(head, "aux", "auxpass", "neg", "prt"))
        start = min([issue[0], *(t.idx for t in tokens)])
        end = max([issue[1], *(t.idx + len(t) for t in tokens)])
        sentence = self.parse.sentence_at(view.head.idx)
        if condition is not None and max(end, condition[1]) - min(start, condition[0]) <= _MAX_SPAN:
            start, end = min(start, condition[0]), max(end, condition[1])
        return max(start, sentence[0]), min(end, sentence[1])

    def _event(self, view: View) -> str | None:
        """The event that rests on the same predicate."""
        at = self.parse.span(view.head.idx, view.head.idx + len(view.head)).start
        return next((e.id for e in self.events if e.span.start <= at < e.span.end), None)


def _is_promise(view: View) -> bool:
    """Whether the speakers say what they themselves will do to something: 'we will build the dam'."""
    ours = any(t.lower_ in ("we", "i") for t in view.parties)
    will = view.head.lower_ in ("will", "'ll", "’ll", "shall")
    return ours and will and all(grammar.child(token, "dobj") is not None for token, _ in view.issues)


def _is_warning(view: View) -> bool:
    """Whether what is only possible is a threat all the same: 'warned that it could close the port'."""
    above = view.heads[-1].head
    return view.act == "threatens" and above.lemma_ in ("warn", "threaten")


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
