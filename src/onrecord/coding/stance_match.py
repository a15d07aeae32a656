"""What the predicates of a sentence show: stance, act, whose, on what. Denial and embedding are composed.

A predicate over another ('refused to rule out', 'urged Iran to accept') is one view, on the issue of the
inner one, with the stances multiplied: under support the inner stance stands, under refusal it is denied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.coding import grammar
from onrecord.coding.polarity import is_hedged, is_unreal, polarity
from onrecord.coding.stances import Hit, StanceFrame, StanceLexicon
from onrecord.record import Act, Stance

_DEPTH = 4


@dataclass(frozen=True, slots=True)
class View:
    """A stance shown at ``head``; ``parties`` and ``issues`` are the tokens that name them.

    ``heads`` are the predicate and the clauses it takes, outermost first; ``words`` all words of the
    predicates; ``hedged`` views are said to be possible only.
    """

    frame: StanceFrame
    head: Token
    heads: tuple[Token, ...]
    words: tuple[Token, ...]
    stance: Stance
    act: Act
    parties: tuple[Token, ...]
    issues: tuple[Token, ...]
    hedged: bool


def find_views(tokens: Iterable[Token], lexicon: StanceLexicon) -> tuple[View, ...]:
    """The views of one sentence, in the order of their predicates."""
    hits = {hit.head.i: hit for token in tokens if (hit := lexicon.at(token)) is not None}
    for i in [i for i, h in hits.items() if _is_modal(h) and not h.frame.spoken]:
        clause = hits[i].clause
        if clause is not None and clause.i in hits:
            del hits[i]  # the verb speaks for itself: 'will accept', 'would not oppose'
    inner = {j for hit in hits.values() for j in _taken(hit, hits)}
    views: list[View] = []
    for i in sorted(hits):
        if i not in inner:
            view = _view(hits[i], hits, lexicon, outermost=True)
            if view is not None:
                views.append(view)
    return tuple(views)


def _is_modal(hit: Hit) -> bool:
    return hit.head.dep_ == "aux"


def _taken(hit: Hit, hits: dict[int, Hit]) -> Iterator[int]:
    """The predicates that a predicate takes in: the one at its clause, and nouns that are part of it."""
    clause = _clause(hit)
    if clause is not None and clause.i in hits and clause.i != hit.head.i:
        yield clause.i
    for word in hit.words:
        if word.i != hit.head.i and word.i in hits:
            yield word.i


def _clause(hit: Hit) -> Token | None:
    if "clause" not in hit.frame.issue and "verb" not in hit.frame.issue:
        return None
    if hit.clause is not None:
        return hit.clause
    for kind in ("to", "that", "ing"):
        clause = grammar.complement(hit.head, kind)
        if clause is not None:
            return clause
    return None


def _view(
    hit: Hit, hits: dict[int, Hit], lexicon: StanceLexicon, outermost: bool, depth: int = 0
) -> View | None:
    frame, head = hit.frame, hit.head
    verb = hit.clause if _is_modal(hit) and hit.clause is not None else head
    if outermost and is_unreal(verb, lexicon.operators):
        return None
    sign = polarity(verb)
    if sign == "no-longer":
        values: tuple[Stance, Act] | None = (
            ("noncommittal" if frame.denied is None or frame.stance == "supports" else frame.denied[0]),
            "withdraws",
        )
    elif sign == "denied":
        values = frame.denied
    else:
        values = None if frame.only_denied else (frame.stance, frame.act)
    if values is None:
        return None
    stance, act = values
    words, heads = hit.words, (verb,)
    issues: tuple[Token, ...] = ()
    clause = _clause(hit)
    if clause is not None and depth < _DEPTH:
        below = hits.get(clause.i)
        denied_inside = clause is not verb and polarity(clause) == "denied"
        if below is not None and below.head is not head:
            deeper = _view_as(below, hits, lexicon, depth + 1, ignore_denial=clause is verb)
            if deeper is not None:
                stance, act = compose((stance, act), deeper, frame)
                words, heads, issues = words + deeper.words, heads + deeper.heads, deeper.issues
        elif denied_inside:
            flipped: dict[Stance, Stance] = {"supports": "opposes", "opposes": "supports"}
            stance = flipped.get(stance, stance)
        if not issues:
            issues = _spread(clause)
            heads = (*heads, clause)
    if not issues:
        issues = _issues(hit)
    return View(
        frame=frame,
        head=head,
        heads=heads,
        words=tuple(sorted({t.i: t for t in words}.values(), key=lambda t: t.i)),
        stance=stance,
        act=act,
        parties=_parties(hit),
        issues=issues,
        hedged=is_hedged(verb, lexicon.operators) and polarity(verb) == "affirmed",
    )


def _view_as(
    hit: Hit, hits: dict[int, Hit], lexicon: StanceLexicon, depth: int, ignore_denial: bool
) -> View | None:
    """The view of an inner predicate; with ``ignore_denial`` as though it were affirmed."""
    view = _view(hit, hits, lexicon, outermost=False, depth=depth)
    if ignore_denial and polarity(hit.head) == "denied":
        frame = hit.frame
        if view is None or view.stance != frame.stance:
            issues = view.issues if view else _issues(hit)
            return View(
                frame,
                hit.head,
                view.heads if view else (hit.head,),
                hit.words,
                frame.stance,
                frame.act,
                (),
                issues,
                False,
            )
    return view


def compose(outer: tuple[Stance, Act], inner: View, frame: StanceFrame) -> tuple[Stance, Act]:
    """The stance and act of a predicate over another."""
    stance, act = outer
    if stance == "supports":
        if inner.stance == "supports":
            return "supports", act
        return inner.stance, act if act in ("threatens", "demands", "proposes") else inner.act
    if stance == "opposes":
        if inner.stance == inner.frame.stance:
            denied = inner.frame.denied
            if inner.stance == "supports":
                return "opposes", act
            return denied if denied is not None else ("noncommittal", "evades")
        return inner.frame.stance, inner.frame.act
    return stance, act


def _spread(token: Token) -> tuple[Token, ...]:
    """A clause and those joined to it: 'relinquish territory and surrender weapons'."""
    found = [token]
    for c in grammar.children(token, "conj"):
        if c.pos_ == token.pos_ and grammar.child(c, "nsubj", "nsubjpass") is None:
            found.extend(_spread(c))
    return tuple(found)


def _issues(hit: Hit) -> tuple[Token, ...]:
    for function in hit.frame.issue:
        found = tuple(_by_function(function, hit))
        if found:
            return found
    return ()


def _by_function(function: str, hit: Hit) -> Iterator[Token]:
    head = hit.head
    if function in ("clause", "verb"):
        return
    if function == "object":
        if hit.object is not None:
            yield from grammar.conjuncts(hit.object)
    elif function == "surface":
        found = grammar.surface_subject(head)
        if found is not None:
            yield from grammar.conjuncts(found)
    elif function == "self":
        yield head
    elif function == "matrix":
        yield from _matrix(head)
    else:
        for place in (head, hit.object):
            if place is None:
                continue
            for _, filler in grammar.prepositional(place, (function,)):
                yield from grammar.conjuncts(filler)
                return


def _matrix(noun: Token) -> Iterator[Token]:
    """What the clause around 'despite pressure from …' is about: the object of its innermost clause."""
    verb = noun.head
    while verb.head is not verb and not grammar.is_verbal(verb):
        verb = verb.head
    for _ in range(3):
        deeper = grammar.child(verb, "xcomp")
        if deeper is None:
            break
        verb = deeper
    obj = grammar.direct_object(verb) or next(
        (f for _, f in grammar.prepositional(verb, ("to", "on", "for"))), None
    )
    if obj is not None:
        yield obj


def _parties(hit: Hit) -> tuple[Token, ...]:
    for function in hit.frame.party:
        found = tuple(_party(function, hit))
        if found:
            return found
    return ()


def _party(function: str, hit: Hit) -> Iterator[Token]:
    head = hit.head
    found: Token | None = None
    verb = hit.clause if _is_modal(hit) and hit.clause is not None else head
    if function == "subject":
        if grammar.is_verbal(verb):
            found = grammar.subject(verb)
        elif head.pos_ in ("ADJ", "ADV", "ADP"):
            found = grammar.surface_subject(head)
    elif function == "surface":
        found = grammar.surface_subject(head) if head.pos_ != "NOUN" else None
    elif function == "possessor":
        found = grammar.child(head, "poss")
    elif function == "modifier":
        yield from grammar.children(head, "compound", "amod", "nmod")
    elif function == "governor":
        one = head
        while one.dep_ in ("dobj", "pobj", "prep", "conj", "attr") and one.head is not one:
            one = one.head
            if grammar.is_verbal(one):
                found = grammar.surface_subject(one)
                break
    elif function == "appositive":
        if head.dep_ == "appos":
            found = head.head
        elif head.dep_ in ("attr", "pobj") and grammar.is_verbal(head.head):
            found = grammar.surface_subject(head.head)
    else:
        found = next((f for _, f in grammar.prepositional(head, (function,))), None)
    if found is not None and found is not head:
        yield from grammar.conjuncts(found)
