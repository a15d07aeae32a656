"""Polarity: whether a predicate is affirmed, denied, only possible, or inside what nobody asserts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from spacy.tokens import Token

from onrecord.coding import grammar
from onrecord.coding.kept import once_value

if TYPE_CHECKING:
    from onrecord.coding.stances import Operators

Polarity = Literal["affirmed", "denied", "no-longer"]
_NO_WAY = frozenset(("account", "case", "circumstance", "condition", "event", "mean", "means", "way"))
_NEG_RAISERS = frozenset(("believe", "feel", "imagine", "suppose", "think"))
_UNREAL_MARKS = frozenset(("if", "unless", "whether", "lest", "until", "once", "before", "provided"))


@once_value
def polarity(verb: Token) -> Polarity:
    """Whether a predicate is affirmed or denied: 'did not', 'no one', 'no longer', 'hardly'."""
    for c in verb.children:
        if c.lower_ in ("longer", "more") and any(d.lower_ in ("no", "not", "any") for d in c.children):
            return "no-longer"
        inner = grammar.child(c, "pobj") if c.dep_ == "prep" else None
        if inner is not None and inner.lemma_ in _NO_WAY and any(d.lower_ == "no" for d in inner.children):
            return "denied"
        if c.lower_ in ("hardly", "scarcely", "nowhere"):
            return "denied"
        if c.dep_ in ("nsubj", "nsubjpass"):
            if c.lower_ in ("none", "nobody", "neither"):
                return "denied"
            if any(grammar.child(n, "neg") is not None for n in grammar.children(c, "nummod", "det", "amod")):
                return "denied"  # 'not one inch', 'not a single soldier'
    if grammar.is_negated(verb) or _is_neither(verb):
        return "denied"
    if verb.dep_ in ("ccomp", "xcomp") and _raises(verb.head):
        return "denied"
    if verb.dep_ in ("relcl", "acl", "ccomp") and _is_no_way(verb.head):
        return "denied"
    if verb.dep_ in ("acomp", "attr", "oprd") and grammar.is_verbal(verb.head):
        return polarity(verb.head)
    if verb.dep_ == "conj" and verb.pos_ in ("VERB", "ADJ") and verb.tag_ in ("VB", "JJ"):
        first = verb.head
        if grammar.child(verb, "nsubj", "aux") is None and polarity(first) == "denied":
            cc = grammar.child(first, "cc")
            return "denied" if cc is not None and cc.lower_ in ("or", "nor", "and") else "affirmed"
    return "affirmed"


def _is_no_way(noun: Token) -> bool:
    """Whether a clause hangs on 'there is no way (that)'."""
    there = grammar.child(noun.head, "expl") is not None
    return there and noun.lemma_ in _NO_WAY and any(c.lower_ == "no" for c in noun.children)


def _is_neither(verb: Token) -> bool:
    """Whether a verb is one of 'neither accepted nor rejected'."""
    first = verb.head if verb.dep_ == "conj" else verb
    both = any(c.dep_ == "preconj" and c.lower_ == "neither" for c in first.children)
    return both and (first == verb or any(c.dep_ == "cc" and c.lower_ == "nor" for c in first.children))


def _raises(verb: Token) -> bool:
    """Whether a verb denies its clause: 'denied seeking', 'does not think that we should accept'."""
    lemma = verb.lemma_.lower()
    return lemma in ("deny", "dispute") or (lemma in _NEG_RAISERS and grammar.is_negated(verb))


def is_hedged(verb: Token, operators: Operators) -> bool:
    """Whether the predicate is said to be no more than possible: 'may offer', 'could accept'."""
    if any(a in operators.hedges for a in grammar.auxiliaries(verb)):
        return verb.lemma_ != "live"  # who 'could live with' a plan accepts it
    return any(c.dep_ == "advmod" and c.lower_ in operators.perhaps for c in verb.children)


def is_unreal(token: Token, operators: Operators) -> bool:
    """Whether a predicate stands in a condition or a question, or under one that does not assert it."""
    one = token
    if token.dep_ == "pobj" and token.head.head.lemma_.lower() in operators.chances:
        return True  # 'doubts about its willingness'
    for _ in range(12):
        if grammar.leaves_clause(one):
            return False  # 'accused Chad of lying and called for a vote'
        dep, head = one.dep_, one.head
        if any(_is_unreal_mark(c, one) for c in one.children):
            return True
        if dep in ("xcomp", "ccomp", "pcomp", "advcl", "oprd") and head.lemma_.lower() in operators.opaque:
            return not any(c.lower_ in ("clear", "plain") for c in head.children)  # 'made clear that'

        if dep == "pcomp" and head.head.lemma_.lower() in operators.accusing:
            return True
        if dep in ("acl", "relcl", "ccomp") and head.pos_ in ("NOUN", "PROPN"):
            if head.lemma_.lower() in operators.chances:
                return True
            if grammar.is_infinitive(one):
                return head.lemma_.lower() not in operators.intents
            marked = any(c.dep_ == "mark" for c in one.children)
            if marked and head.lemma_.lower() not in ("fact", *operators.asserting):
                return True
        if dep in ("ccomp", "xcomp") and grammar.is_verbal(head) and grammar.is_negated(head):
            return not _raises(head)
        if dep == "pcomp" and grammar.is_verbal(head.head):
            governor = head.head
            if is_hedged(governor, operators) or grammar.is_infinitive(governor):
                return True
        if dep in ("ROOT", "relcl", "acl", "parataxis") or head == one:
            return False
        nominal = dep in ("nsubj", "dobj", "pobj", "attr", "appos") and not grammar.is_verbal(one)
        if nominal and not grammar.is_verbal(token):
            return (
                False  # a verb in its phrase is as unreal as the clause: 'if it adds curbs, including a ban'
            )

        one = head
    return False


def _is_unreal_mark(mark: Token, clause: Token) -> bool:
    """Whether a word opens a condition, a question or a time to come over its clause."""
    if mark.i > clause.i or mark.dep_ not in ("mark", "advmod"):
        return False
    if mark.lower_ == "when" and clause.dep_ == "advcl":
        before = mark.nbor(-1).lower_ if mark.i > 0 else ""
        return before in ("only", "not")
    if mark.lower_ == "once" and mark.dep_ == "advmod" and clause.dep_ in ("ROOT", "relcl", "ccomp", "conj"):
        return False  # 'the mission that it once opposed'
    if mark.lower_ == "as" and mark.i > 1 and mark.nbor(-1).lower_ == "long":
        return True  # 'as long as the clause stands'
    return mark.lower_ in _UNREAL_MARKS
