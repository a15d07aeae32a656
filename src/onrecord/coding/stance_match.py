"""What the predicates of a sentence show: stance, act, whose, on what. Denial and embedding are composed.

A predicate over another ('refused to rule out', 'urged Iran to accept') is one view, on the issue of the
inner one, with the stances multiplied: under support the inner stance stands, under refusal it is denied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from onrecord.coding import grammar
from onrecord.coding.conditions import is_inverted
from onrecord.coding.polarity import is_hedged, is_unreal, polarity
from onrecord.coding.stance_guards import that_clause
from onrecord.coding.stance_roles import (
    evaded,
    gerunds,
    is_modal,
    is_otherwise,
    issues_of,
    parties_of,
    spread,
)
from onrecord.coding.stances import Hit, StanceFrame, StanceLexicon
from onrecord.record import Act, Stance

_DEPTH = 4
_CLAUSAL = ("xcomp", "ccomp", "pcomp", "prep", "advcl", "acomp", "oprd")
_LISTING = ("include", "comprise")
_BEGINNING = ("begin", "start", "continue", "proceed")


@dataclass(frozen=True, slots=True)
class Before:
    """What a party held until a change, by which frame, and the words that name it."""

    stance: Stance
    act: Act
    frame: StanceFrame
    words: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A stance shown at ``head``; ``parties`` and ``issues`` are the tokens that name them.

    An issue comes with whether the words deny it: 'meet halfway and not fight a trade war'. ``heads`` are the
    predicate and the clauses it takes, outermost first; ``words`` all words of the predicates; ``hedged``
    views are said to be possible only.
    """

    frame: StanceFrame
    head: Token
    heads: tuple[Token, ...]
    words: tuple[Token, ...]
    stance: Stance
    act: Act
    parties: tuple[Token, ...]
    issues: tuple[tuple[Token, bool], ...]
    hedged: bool
    before: Before | None = None


def find_views(tokens: Doc | Span, lexicon: StanceLexicon) -> tuple[View, ...]:
    """The views of one sentence, in the order of their predicates."""
    hits = {hit.head.i: hit for hit in lexicon.hits(tokens)}
    for i in [i for i, h in hits.items() if is_modal(h) and not h.frame.spoken]:
        clause = hits[i].clause
        if clause is not None and clause.lemma_ == "be" and any(c.i in hits for c in _predicates(clause)):
            del hits[i]  # 'it would be wrong'
            continue
        if clause is None or clause.i not in hits:
            continue
        if hits[clause.i].frame.only == "inner":
            del hits[clause.i]  # 'would block the loan'
            continue
        nobodys = grammar.is_passive(clause) and grammar.agent(clause) is None
        measure = hits[clause.i].frame.act == "endorses"
        if hits[i].frame.act == "threatens" and (nobodys or measure):
            del hits[clause.i]  # 'the agreement will be terminated' is the speaker's threat
        else:
            del hits[i]  # the verb speaks for itself: 'will accept', 'would not oppose'
    taken = {j for hit in hits.values() for j in _taken(hit, hits)}
    asked = [
        (c, hit.frame.act)
        for hit in hits.values()
        if (c := hit.clause or _clause(hit)) is not None
        and c.i not in hits
        and c.lemma_.lower() not in lexicon.operators.attitudes
    ]
    views: list[View] = []
    for i in sorted(hits):
        hit = hits[i]
        if i in taken or hit.frame.only == "inner" or _inside(hit, asked) or _is_purpose(hit, hits):
            continue
        view = _view(hit, hits, lexicon, outermost=True)
        if view is not None:
            views.extend((view, *_or_else(view, hit)))
    return tuple(views)


def _predicates(verb: Token) -> list[Token]:
    return grammar.children(verb, "acomp", "attr", "oprd")


def _or_else(view: View, hit: Hit) -> Iterator[View]:
    """The threat behind a demand: 'gave it a week to scale back or face more sanctions'."""
    clause = _clause(hit)
    if view.act != "demands" or clause is None:
        return
    for one in grammar.children(clause, "conj"):
        cost = grammar.child(one, "dobj")
        if is_otherwise(one) and cost is not None:
            yield replace(view, stance="conditional", act="threatens", issues=((cost, False),))


def _inside(hit: Hit, asked: Iterable[tuple[Token, Act]]) -> bool:
    """Whether a predicate is only part of what another asks for or evades: 'must show he wants peace'."""
    verb = hit.clause if is_modal(hit) and hit.clause is not None else hit.head
    for clause, act in asked:
        one = verb
        while one != clause and one.head != one and (one.dep_ in _CLAUSAL or _goes_on(one)):
            if one.dep_ == "advcl" and grammar.child(one, "nsubj") is not None:
                break  # 'urged calm after Chad called off the talks'
            one = one.head
        if one == clause and verb != clause and (act == "evades" or not _is_speech(clause)):
            return True
    return False


def _goes_on(clause: Token) -> bool:
    """Whether a clause goes on what the first asks for: 'that troops leave and Chad give up its claim'."""
    return clause.dep_ == "conj" and clause.tag_ == clause.head.tag_ and clause.head.dep_ in _CLAUSAL


def _is_purpose(hit: Hit, hits: dict[int, Hit]) -> bool:
    """Whether a predicate is only what something else is for: 'secured the road to allow food to pass'."""
    verb = hit.head
    if (
        verb.dep_ not in ("advcl", "xcomp")
        or not grammar.is_infinitive(verb)
        or not grammar.is_verbal(verb.head)
    ):
        return False
    if verb.dep_ == "xcomp" and verb.head.lemma_ in _BEGINNING:
        return False  # 'began to carry out the plan'
    return verb.head.i in hits or hit.frame.act in ("accepts", "endorses", "evades")


def _is_speech(verb: Token) -> bool:
    return verb.lemma_.lower() in (
        "say",
        "stress",
        "tell",
        "add",
        "announce",
        "declare",
        "note",
        "state",
        "make",
    )


def _taken(hit: Hit, hits: dict[int, Hit]) -> Iterator[int]:
    """The predicates that a predicate takes in: the one at its clause, and nouns that are part of it."""
    clause = _clause(hit)
    if clause is not None and clause.i in hits and clause.i != hit.head.i:
        yield clause.i
    noun = _noun(hit, hits)
    if noun is not None and (noun.head.pos_ == "VERB" or not parties_of(noun, own=True)):
        yield noun.head.i
    for word in hit.words:
        if word.i != hit.head.i and word.i in hits and not parties_of(hits[word.i], own=True):
            yield word.i


def _clause(hit: Hit) -> Token | None:
    """The clause that says what the stance is about."""
    if "clause" not in hit.frame.issue and "verb" not in hit.frame.issue:
        return None
    if hit.clause is not None and not _is_use(hit.clause):
        return _shown(hit.clause)
    if hit.object is not None and grammar.is_verbal(hit.head):
        return None
    for kind in ("to", "that", "ing"):
        clause = grammar.complement(hit.head, kind)
        if clause is not None and clause.dep_ in ("xcomp", "ccomp", "pcomp", "acl", "relcl"):
            return clause
    if hit.head.pos_ == "NOUN":
        return that_clause(hit.head)
    return None


def _is_use(clause: Token) -> bool:
    """Whether an infinitive says what the thing called for is to do: 'called for a court to try them'."""
    if clause.dep_ != "advcl" or clause.head.lemma_ not in ("call", "press", "push"):
        return False
    called = next((f for _, f in grammar.prepositional(clause.head, ("for",))), None)
    return called is not None and called.pos_ == "NOUN" and not called.ent_type_


def _shown(clause: Token) -> Token:
    """What somebody is to do: for 'show that he is serious by accepting' the accepting."""
    if clause.lemma_.lower() == "see" and clause.head.lemma_ in (
        "want",
        "like",
        "love",
        "wish",
        "prefer",
    ):  # 'would like to see the ban lifted'
        return grammar.child(clause, "ccomp", "dobj") or clause
    if clause.lemma_.lower() in ("show", "prove", "demonstrate", "start", "begin", "respond"):
        for prep in grammar.children(clause, "prep"):
            deed = grammar.child(prep, "pcomp")
            if prep.lower_ == "by" and deed is not None:
                return deed
        for inner in grammar.children(clause, "ccomp", "xcomp", "advcl"):
            for prep in grammar.children(inner, "prep"):
                deed = grammar.child(prep, "pcomp")
                if prep.lower_ == "by" and deed is not None:
                    return deed
    return clause


def _noun(hit: Hit, hits: dict[int, Hit]) -> Hit | None:
    """The predicate noun that a predicate is about: 'rejected calls for', 'upset at the failure to'."""
    if _clause(hit) is not None:
        return None
    for token, _ in issues_of(hit):
        below = hits.get(token.i)
        if below is not None and below.head != hit.head and token.pos_ in ("NOUN", "VERB"):
            if "matrix" in below.frame.issue and _clause(below) is None:
                return None
            return below
    return None


def _view(
    hit: Hit, hits: dict[int, Hit], lexicon: StanceLexicon, outermost: bool, depth: int = 0
) -> View | None:
    frame, head = hit.frame, hit.head
    verb = hit.clause if is_modal(hit) and hit.clause is not None else head
    if is_modal(hit) and (is_inverted(head) or (frame.spoken and "have" in grammar.auxiliaries(verb))):
        return None  # 'should Iran break its word', 'he should have insisted'
    if outermost and is_unreal(verb, lexicon.operators):
        return None
    values = _values(frame, verb)
    if values is None or depth > _DEPTH:
        return None
    stance, act = values
    words, heads = hit.words, _group(verb)
    issues: tuple[tuple[Token, bool], ...] = ()
    clause = _clause(hit)
    listing = head.lemma_ in _LISTING
    deeper: View | None = None
    below = None if listing else hits.get(clause.i) if clause is not None else _noun(hit, hits)
    if clause is not None and frame.act == "evades" and clause.lemma_.lower() in lexicon.operators.asides:
        issues = evaded(clause)
        clause = None
    if clause is not None and (below is None or below.head == head):
        issues = spread(clause, clause == verb, lexicon.operators)
        if listing and clause.tag_ == "VBG":
            issues = tuple((one, False) for one in gerunds(clause))
        heads.append(clause)
    elif below is not None:
        deeper = _inner(below, hits, lexicon, depth + 1, ignore_denial=below.head == verb)
        if deeper is not None:
            stance, act = compose((stance, act), deeper, frame)
            words, issues = words + deeper.words, deeper.issues
            heads.extend(deeper.heads)
        elif clause is not None:
            issues = spread(clause, False, lexicon.operators)
            heads.append(clause)
    before = _before(hit, values, deeper)
    if frame.asks:
        issues = evaded(head)
    if not issues:
        issues = issues_of(hit)
    return View(
        frame=frame,
        head=head,
        heads=tuple(heads),
        words=tuple(sorted({t.i: t for t in words}.values(), key=lambda t: t.i)),
        stance=stance,
        act=act,
        parties=parties_of(hit),
        issues=issues,
        hedged=is_hedged(verb, lexicon.operators)
        and polarity(verb) == "affirmed"
        and not (frame.spoken and is_modal(hit)),
        before=before,
    )


def _before(hit: Hit, values: tuple[Stance, Act], inner: View | None) -> Before | None:
    """What was held until a change, where the words name it: 'dropped its demand', 'no longer opposes'."""
    if values[1] != "withdraws" or polarity(hit.head) == "denied":
        return None
    if hit.frame.act != "withdraws":
        found = Before(hit.frame.stance, hit.frame.act, hit.frame, hit.words)
    elif hit.frame.before is not None:
        found = Before(*hit.frame.before, hit.frame, hit.words[1:] or hit.words)
    elif inner is not None and inner.act != "withdraws":
        found = Before(inner.stance, inner.act, inner.frame, inner.words)
    else:
        return None
    return found if found.stance in ("supports", "opposes") else None


def _group(predicate: Token) -> list[Token]:
    """A predicate with the verb that carries it: 'is unacceptable', 'was in favour of'."""
    one = predicate
    if one.dep_ == "pobj" and one.head.lower_ in ("in", "on") and one.head.head.lemma_ == "be":
        return [predicate, one.head.head]
    while one.dep_ in ("acomp", "attr", "oprd") and not grammar.is_verbal(one):
        one = one.head
    return [predicate, one] if one != predicate else [predicate]


def _values(frame: StanceFrame, verb: Token) -> tuple[Stance, Act] | None:
    """What a frame shows at a verb, by its polarity; None where it shows nothing."""
    sign = polarity(verb)
    if sign == "denied":
        return frame.denied
    if frame.only.endswith("denied"):
        return None
    if sign == "no-longer":
        if frame.stance == "opposes" and frame.denied is not None:
            return frame.denied[0], "withdraws"
        return "noncommittal", "withdraws"
    return frame.stance, frame.act


def _inner(
    hit: Hit, hits: dict[int, Hit], lexicon: StanceLexicon, depth: int, ignore_denial: bool
) -> View | None:
    """The view of an inner predicate; with ``ignore_denial`` as though it were affirmed."""
    view = _view(hit, hits, lexicon, outermost=False, depth=depth)
    if ignore_denial and polarity(hit.head) == "denied":
        issues = view.issues if view else issues_of(hit)
        heads = view.heads if view else (hit.head,)
        frame = hit.frame
        return View(frame, hit.head, heads, hit.words, frame.stance, frame.act, (), issues, False)
    return view


def compose(outer: tuple[Stance, Act], inner: View, frame: StanceFrame) -> tuple[Stance, Act]:
    """The stance and act of a predicate over another."""
    stance, act = outer
    if act == "proposes" and inner.act == "withdraws" and frame.issue == ("of",):
        return "opposes", "threatens"  # 'raised the prospect of walking away from the talks'
    if act == "withdraws" and stance == "noncommittal":
        return ("supports" if inner.stance == "opposes" else stance), act
    if stance == "supports":
        if inner.stance == "supports":
            return "supports", act
        if inner.stance == "noncommittal" and inner.act == "evades" and act == "demands":
            return "supports", act
        return inner.stance, act if act in ("threatens", "demands") else inner.act
    if stance == "opposes":
        if inner.frame.spoken and inner.stance == "opposes":
            return inner.stance, inner.act  # 'complained that the draft was unfair'
        if inner.stance == inner.frame.stance:
            denied = inner.frame.denied
            if inner.stance == "opposes" and inner.head.pos_ == "NOUN":
                return "supports", "endorses"  # 'criticised the rejection of the plan'
            if inner.stance == "supports":
                return "opposes", act
            return denied if denied is not None else ("noncommittal", "evades")
        return inner.frame.stance, inner.frame.act
    return stance, act
