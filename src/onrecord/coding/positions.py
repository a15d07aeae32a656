"""Positions: where each party stands on what is on the table, in each sentence that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

from msgspec.structs import replace
from spacy.tokens import Span as Words
from spacy.tokens import Token

from onrecord.actors.cast import Cast
from onrecord.coding import grammar
from onrecord.coding.attribution import Offsets, Said
from onrecord.coding.conditions import find_condition, is_bargain, is_strict
from onrecord.coding.departures import Shown, earlier_word, is_now, is_perfect, link
from onrecord.coding.holders import Holder, Holders
from onrecord.coding.issue_phrases import Phrase, clause_issue, noun_issue
from onrecord.coding.issues import IssueBook
from onrecord.coding.kept import words_of
from onrecord.coding.stance_match import View, find_views
from onrecord.coding.stances import StanceLexicon, load_stances
from onrecord.coding.topics import load_topics
from onrecord.record import Act, Basis, Date, Event, Issue, Position, Span, Stance
from onrecord.text.dates import DateMention, date_for
from onrecord.text.parse import Parse
from onrecord.text.stretches import Stretches

_MAX_SPAN = 300
_REACH = 1000  # code points that 'the offer' may lie behind what was offered
_MOST = 5  # demands that 'these demands' can stand for
_CONFIDENCE: dict[Basis, float] = {"narrated": 0.8, "self": 0.75, "reported": 0.65}


def code_positions(
    parse: Parse,
    cast: Cast,
    said: Sequence[Said] = (),
    events: Sequence[Event] = (),
    dates: Sequence[DateMention] = (),
    stances: StanceLexicon | None = None,
) -> tuple[tuple[Issue, ...], tuple[Position, ...]]:
    """The issues of a document and the positions on them, in the order of the text.

    ``stances`` says what the predicates show, the package's where None.
    """
    book = IssueBook(parse)
    lexicon = load_stances() if stances is None else stances
    reader = _Reader(parse, Holders(cast, tuple(said)), lexicon, tuple(events), tuple(dates), book)
    shown: list[Shown] = []
    for sentence in parse.doc.sents:
        start, end = sentence.start_char, sentence.end_char
        if not parse.text[start:end].isspace() and not parse.is_furniture(start):
            shown.extend(reader.read(sentence, len(shown)))
    return book.issues(), link(shown, book.issues())


@dataclass(frozen=True, slots=True)
class _Done:
    """What a party proposed, demanded or threatened, and where in the readable text; ``reach`` is how far
    this and those before it go."""

    at: int
    reach: int
    act: str
    party: str
    issue: str


@dataclass(frozen=True)
class _Reader:
    parse: Parse
    holders: Holders
    lexicon: StanceLexicon
    events: tuple[Event, ...]
    dates: tuple[DateMention, ...]
    book: IssueBook
    done: list[_Done] = field(default_factory=list)

    def read(self, sentence: Words, known: int) -> list[Shown]:
        """The positions that one sentence shows; ``known`` is how many the document has before it."""
        text = self.parse.text[sentence.start_char : sentence.end_char]
        if text.rstrip("”\"’' ").endswith("?"):
            return []
        found: list[Shown] = []
        documents = self.lexicon.operators.documents
        if not documents.isdisjoint(words_of(sentence)):
            for token in sentence:
                if token.lemma_.lower() in documents:
                    self.holders.actors(token, ())
        for view in find_views(sentence, self.lexicon):
            strict = view.frame.only == "strict"
            condition = find_condition(self.parse, view.heads, strict or view.stance == "opposes")
            open_only = view.frame.only.endswith("conditional") and view.stance == view.frame.stance
            open_only = open_only and not _is_promise(view)
            hedged = view.hedged and not _is_warning(view)
            if condition is None and (hedged or strict or open_only):
                continue
            firm = is_strict(self.parse, condition)
            told = bool(
                view.frame.only == "quoted" and view.parties
            )  # by the reporter, not in words of theirs
            told = told and (
                _is_refused(view) or is_bargain(self.parse, condition) or view.head.lower_ == "shall"
            )
            holder = self.holders.of(view, conditional=condition is not None, firm=firm or told)
            if holder is not None and holder.parties:
                self._add(found, view, holder, condition, known)
        return found

    def _add(
        self, found: list[Shown], view: View, holder: Holder, condition: Offsets | None, known: int
    ) -> None:
        """Adds the positions of a view to those of its sentence, one for each party and issue."""
        earlier, now = earlier_word(view.heads), is_now(view.heads)
        for token, denied in view.issues:
            stance, act = self._values(view, condition, denied)
            for issue, where in self._issues(token, view, holder):
                for party in holder.parties:
                    start, end = self._span(view, where, condition)
                    date = date_for(self.dates, self.parse, start, end)
                    if date is None and earlier is not None:
                        date = _long_ago(self.parse.span(earlier.idx, earlier.idx + len(earlier)))
                    position = Position(
                        id=f"p{known + len(found) + 1}",
                        party=party,
                        voice=holder.voice,
                        issue=issue,
                        stance=stance,
                        act=act,
                        condition=self.parse.span(*condition) if condition else None,
                        basis=holder.basis,
                        date=date,
                        span=self.parse.span(start, end),
                        statement=holder.said.statement if holder.said else None,
                        event=self._event(view),
                        because=f"stance/{view.frame.id}",
                        confidence=_CONFIDENCE[holder.basis],
                    )
                    reach = max(where[0], self.done[-1].reach if self.done else 0)
                    self.done.append(_Done(where[0], reach, _put(act), party, issue))
                    if any(_is_again(position, other.position) for other in found):
                        continue
                    before = self._held_before(view, position, where, denied) if condition is None else None
                    if before is not None:
                        found.append(Shown(before, view.head.sent.start))
                        position = replace(position, id=f"p{known + len(found) + 1}", follows=before.id)
                    found.append(Shown(position, view.head.sent.start, earlier, is_perfect(view.heads), now))

    def _held_before(self, view: View, position: Position, where: Offsets, denied: bool) -> Position | None:
        """The earlier position that the words of a change name: in 'dropped its demand for a seat' the
        demand; None where they name none.
        """
        before = view.before
        if before is None or denied or before.stance == position.stance:
            return None
        start = min(where[0], *(t.idx for t in before.words))
        end = max(where[1], *(t.idx + len(t) for t in before.words))
        return replace(
            position,
            stance=before.stance,
            act=before.act,
            date=_long_ago(None),
            span=self.parse.span(start, end),
            event=None,
            because=f"stance/{before.frame.id}",
        )

    @staticmethod
    def _values(view: View, condition: Offsets | None, denied: bool) -> tuple[Stance, Act]:
        stance = view.stance
        if denied and stance in ("supports", "opposes"):
            stance = "opposes" if stance == "supports" else "supports"
        if condition is None or (stance == "noncommittal" and not _is_bargained(view)):
            return stance, view.act
        return "conditional", view.act if view.act == "threatens" else "sets-condition"

    def _issues(self, token: Token, view: View, holder: Holder) -> tuple[tuple[str, Offsets], ...]:
        """The issues that a token names, and where: one, none, or for 'these demands' each of them."""
        proposers = holder.parties if view.act == "proposes" else self.holders.proposers(token)
        where = (token.idx, token.idx + len(token))
        if "before" in view.frame.issue and token == view.head:
            found = self._before(token)
            return ((found, where),) if found else ()
        if token.pos_ == "NOUN" and token.dep_ == "ccomp":  # 'that curbs stay', read as a noun
            token = grammar.child(token, "nsubj") or token
        if token.pos_ in ("PRON", "DET"):
            found = self._antecedent(token)
            return ((found, where),) if found else ()
        verbal = token.pos_ in ("VERB", "AUX") and (
            token in view.heads
            or token.dep_ in ("xcomp", "ccomp", "pcomp", "conj", "acl", "advcl", "relcl", "csubj")
        )
        phrase: Phrase | None
        if verbal or (view.head.dep_ == "aux" and token.pos_ in ("VERB", "AUX")):
            phrase = clause_issue(self.parse, token, self._tells_of_a_thing(token))
            if phrase is None and (thing := _pronoun(token)) is not None:  # 'demanded that it be honoured'
                found = self._antecedent(thing)
                return ((found, where),) if found else ()
            whom = grammar.child(token, "nsubjpass")
            if phrase is not None and not phrase.clause and whom is not None and self._is_actor(whom):
                return ()  # 'Chad will not be held to it'
        else:
            if self._is_actor(token):
                return ()
            phrase = noun_issue(self.parse, token)
        if phrase is None or len(phrase.label) < 3 or phrase.modifiers & self.lexicon.operators.press:
            return ()
        where = (phrase.start, phrase.end)
        if referred := self._referred(phrase, token):
            for issue in referred:
                self.book.mention(issue, *where)
            return tuple((issue, where) for issue in referred)
        return ((self.book.add(phrase, proposers), where),)

    def _referred(self, phrase: Phrase, noun: Token) -> tuple[str, ...]:
        """The issues that 'the offer', 'these demands', 'Chad's threat' stand for: what was offered, demanded
        or threatened last, by its owner where it has one; for several demands all of one party's.
        """
        act = load_topics().refers.get(phrase.head)
        owners = self.holders.proposers(noun)
        if act is None or phrase.clause or not phrase.definite or phrase.modifiers - _names_of(noun):
            return ()
        floor = max(self.book.last_named(phrase), phrase.start - _REACH)
        recent = list(takewhile(lambda d: d.reach > floor, reversed(self.done)))
        done = [
            d for d in reversed(recent) if d.at > floor and d.act == act and (not owners or d.party in owners)
        ]
        if not done:
            return ()
        if noun.tag_ != "NNS":
            return (done[-1].issue,)
        near = [d.issue for d in done if d.party == done[-1].party and done[-1].at - d.at < _REACH // 2]
        return tuple(dict.fromkeys(near))[-_MOST:]

    def _before(self, verb: Token) -> str | None:
        """The issue of a bare 'refused', 'agreed', 'stayed away': talks named earlier in the sentence, else
        what the text brought up last.
        """
        occasion = self._named(verb, self.lexicon.operators.occasions)
        return occasion or self.book.antecedent(verb.idx, verb.idx + len(verb))

    def _antecedent(self, pronoun: Token) -> str | None:
        """What 'it' or 'them' stands for: talks or a text named in the sentence, else what was named last."""
        if pronoun.lower_ in ("it", "them"):
            kinds = self.lexicon.operators.occasions | load_topics().kin.keys()
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
        return not self.holders.actors(subject, ()) and grammar.child(verb, "dobj") is None

    def _is_actor(self, token: Token) -> bool:
        """Whether a noun names somebody, not something on the table."""
        if token.lemma_.lower() in self.lexicon.operators.things:
            return False
        reference = self.holders.cast.at(token)
        return reference is not None and bool(reference.actors) and reference.head == token.i

    def _span(self, view: View, issue: Offsets, condition: Offsets | None) -> Offsets:
        """The clause that shows it: the predicate with its auxiliaries, the issue's words, the condition."""
        tokens = [*view.words, *view.heads]
        tokens.extend(t for t in view.parties if t.dep_ in ("pobj", "conj") and t.head in tokens)
        for head in view.heads:
            tokens.extend(grammar.children(head, "aux", "auxpass", "neg", "prt"))
            tokens.extend(t for c in head.children if c.lower_ == "longer" for t in c.subtree)
        start = min([issue[0], *(t.idx for t in tokens)])
        end = max([issue[1], *(t.idx + len(t) for t in tokens)])
        sentence = self.parse.sentence_at(view.head.idx)
        if condition is not None and max(end, condition[1]) - min(start, condition[0]) <= _MAX_SPAN:
            start, end = min(start, condition[0]), max(end, condition[1])
        return max(start, sentence[0]), min(end, sentence[1])

    def _event(self, view: View) -> str | None:
        """The event that rests on the same predicate."""
        at = self.parse.span(view.head.idx, view.head.idx + len(view.head)).start
        held = self._events_at.at(at)
        return self.events[held[0]].id if held else None

    @cached_property
    def _events_at(self) -> Stretches:
        return Stretches((e.span.start, e.span.end) for e in self.events)


def _put(act: Act) -> str:
    """The kind of act by which something is on the table."""
    return "demands" if act == "sets-condition" else act


def _names_of(noun: Token) -> frozenset[str]:
    """The words that tell whose a plan or demand is."""
    owners = grammar.children(noun, "poss", "compound", "amod")
    named = (c for c in owners if c.dep_ == "poss" or c.ent_type_ in ("GPE", "NORP"))
    return frozenset(t.lemma_.lower() for c in named for t in c.subtree)


def _is_again(position: Position, other: Position) -> bool:
    """Whether a position says no more than another of the same sentence."""
    return (position.party, position.issue, position.stance) == (other.party, other.issue, other.stance)


def _long_ago(span: Span | None) -> Date:
    """The date of what was before, on a day that the text does not give."""
    return Date(from_=None, to=None, precision="unknown", span=span)


def _is_promise(view: View) -> bool:
    """Whether the speakers say what they themselves will do to something: 'we will build the dam'."""
    ours = any(t.lower_ in ("we", "i") for t in view.parties)
    will = view.head.lower_ in ("will", "'ll", "’ll", "shall")
    return ours and will and all(grammar.child(token, "dobj") is not None for token, _ in view.issues)


def _is_bargained(view: View) -> bool:
    """Whether what shows no stance by itself is on offer for something: 'would drop its claim if'."""
    would = any(a in ("will", "would") for a in grammar.auxiliaries(view.head))
    return would and (view.act == "withdraws" or view.head.lemma_ in ("consider", "contemplate", "weigh"))


def _is_refused(view: View) -> bool:
    """Whether a frame holds by its denial: 'will not sign'."""
    return (view.stance, view.act) == view.frame.denied


def _is_warning(view: View) -> bool:
    """Whether what is only possible is a threat all the same: 'warned that it could close the port'."""
    above = view.heads[-1].head
    return view.act == "threatens" and above.lemma_ in ("warn", "threaten")


def _pronoun(verb: Token) -> Token | None:
    """The thing, known already, that a clause is about: 'that **it** be honoured', 'to scrap **them**'."""
    return next(
        (c for c in grammar.children(verb, "dobj", "nsubjpass") if c.lower_ in ("it", "them", "they")), None
    )
