"""What a stance frame asks for beyond its pattern: a wish, an open question, a verdict on a thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Token

from onrecord.coding import grammar
from onrecord.coding.patterns import Pattern
from onrecord.coding.polarity import polarity

if TYPE_CHECKING:
    from onrecord.coding.stances import StanceFrame

_STRICT = frozenset(("before", "condition", "only", "provided", "unless", "until"))
_IFS = frozenset(("if", "unless", "once", "until", "should", "without", "provided", "condition"))
_ASKING = frozenset(("whether", "if", "when", "how", "what", "where", "who", "which"))
_TO_COME = frozenset(("will", "would", "'ll", "should", "could", "can", "may", "might", "must", "shall"))
_CHOICES = frozenset(
    ("accept", "agree", "back", "favour", "favor", "intend", "oppose", "plan", "support", "want")
)
_THINGS = frozenset(("it", "that", "this", "they", "which", "everything"))
_OUTCOMES = frozenset(("allow", "force", "let", "permit", "prompt"))


def holds(frame: StanceFrame, pattern: Pattern, token: Token, clause: Token | None) -> bool:
    """What a frame asks for beyond its pattern."""
    if frame.about and not _is_about(token, frame.about):
        return False
    if frame.near and not _near(token, frame.near):
        return False
    if frame.only == "strict" and (
        grammar.child(token.head, "dobj") is not None or not any(t.lower_ in _STRICT for t in token.sent)
    ):
        return False
    if frame.asks and question(token) is None:
        return False
    if frame.only == "imperative" and not grammar.is_imperative(token):
        return False
    if frame.only == "conditional" and frame.spoken and not any(t.lower_ in _IFS for t in token.sent):
        return False
    if frame.only == "clause" and (clause := that_clause(token)) is None:
        return False
    if frame.spoken and frame.issue[0] == "surface" and _of_somebody(token):
        return False
    verb = token.head if pattern.pos == "modal" else token
    if frame.only == "denied" and polarity(verb) == "affirmed":
        return False
    if frame.wish and clause is not None and not _is_wish(clause, frame.wish):
        return False
    if token.tag_ == "VBG" and token.dep_ == "advcl" and token.lemma_ in _OUTCOMES:
        return False  # 'the truce failed, allowing the rebels to advance'
    needs = token.lemma_ == "need" or (token.lemma_ == "have" and pattern.clause == "to")
    if needs and frame.spoken and _is_supposed(token):
        return False
    if token.lemma_ == "have" and (
        grammar.child(token, "dobj") is not None or (clause and clause.lemma_ == "do")
    ):
        return bool(frame.rank)  # 'have a chance to', 'have to do with'
    if frame.spoken and pattern.pos == "noun" and token.dep_ != "attr":
        named = token.dep_ == "nsubj" and token.head.lemma_ == "be" and "attribute" in frame.issue
        if not named:  # 'the only way is a federation'
            return False
    if pattern.pos == "verb" and token.dep_ in ("aux", "auxpass"):
        return False
    if "hortative" in frame.issue and hortative(token) is None:
        return False
    if "prefix" in frame.party and (token.dep_ != "amod" or grammar.child(token, "npadvmod") is None):
        return False
    if token.lemma_ == "pull" and frame.act == "declines" and grammar.child(token, "dobj") is not None:
        return False  # who pulls its ships out of a bay pulls out of nothing
    if pattern.clause == "ing" and clause is not None and any(c.dep_ == "aux" for c in clause.children):
        return False  # 'suggested that it was stepping back' is a finite clause
    if clause is not None and grammar.child(token, "dobj") is not None:
        if pattern.clause == "that":
            return False  # 'demanded the withdrawal, diplomats said' is no clause of demanding
        named = pattern.object is not None and not pattern.object.excluded and "*" not in pattern.object.words
        if pattern.clause == "to" and clause.dep_ == "advcl" and frame.act != "demands" and not named:
            return False  # 'offered its troops to help' says what for
    if pattern.pos == "adjective" and token.pos_ == "VERB":
        return token.tag_ == "VBN" and (
            token.dep_ in ("acomp", "oprd", "acl", "amod", "attr", "advcl", "conj")
            or any(c.dep_ == "auxpass" or (c.dep_ == "aux" and c.lemma_ == "be") for c in token.children)
        )
    return True


def _is_about(predicate: Token, words: frozenset[str]) -> bool:
    subject = grammar.surface_subject(predicate)
    return subject is not None and subject.lemma_.lower() in words


def hortative(verb: Token) -> Token | None:
    """What 'let us' calls on everybody to do."""
    for clause in grammar.children(verb, "ccomp"):
        subject = grammar.child(clause, "nsubj")
        if subject is not None and subject.lower_ in ("us", "'s", "’s"):
            return clause
    return None


def question(verb: Token) -> Token | None:
    """The question that a verb takes, of what is still to be done or chosen: 'whether it would sign'."""
    for clause in grammar.children(verb, "ccomp", "xcomp"):
        if not any(c.lower_ in _ASKING and c.i < clause.i for c in clause.children):
            continue
        open_still = not _TO_COME.isdisjoint(grammar.auxiliaries(clause)) or grammar.is_infinitive(clause)
        if open_still or clause.lemma_.lower() in _CHOICES:
            return clause
    return None


def that_clause(noun: Token) -> Token | None:
    """The clause that begins with 'that' and says what a noun is about: 'the demand that troops leave'."""
    for clause in grammar.children(noun, "acl", "relcl", "ccomp"):
        if any(m.dep_ == "mark" and m.lower_ == "that" for m in clause.children):
            return clause
    return None


def _of_somebody(predicate: Token) -> bool:
    """Whether the subject of a verdict on a thing is somebody: 'Serbia must stay', 'we must stay'."""
    subject = grammar.surface_subject(predicate)
    if subject is None or subject.pos_ == "PRON":
        return subject is not None and subject.lower_ not in _THINGS
    return subject.ent_type_ in ("GPE", "NORP", "PERSON") and subject.pos_ == "PROPN"


def _is_supposed(verb: Token) -> bool:
    """Whether a need is one of the past or of a case only supposed: 'had to', 'would have to'; what is
    said to have had to be ('said that there had to be changes') is a need of today, in reported speech.
    """
    said = verb.dep_ == "ccomp" or (verb.dep_ == "conj" and grammar.child(verb, "mark") is not None)
    if said and verb.head.tag_ == "VBD" and verb.head.lemma_ not in ("know", "see"):
        needed = ("be", "cease", "end", "stop")
        passive = any(grammar.is_passive(c) or c.lemma_ in needed for c in grammar.children(verb, "xcomp"))
        if passive or grammar.child(verb, "expl") is not None:
            return False
    return verb.tag_ in ("VBD", "VBN") or any(a in ("would", "will", "'d") for a in grammar.auxiliaries(verb))


def is_dated(words: tuple[Token, ...]) -> bool:
    """Whether a preposition of the pattern only opens a date: 'insisted on Thursday that'."""
    for word in words:
        inner = grammar.child(word, "pobj") if word.dep_ == "prep" else None
        if inner is None or not _is_date(inner):
            continue
        others = grammar.prepositional(word.head, (word.lower_,))
        if all(_is_date(filler) for _, filler in others):
            return True
    return False


def _is_date(filler: Token) -> bool:
    return filler.ent_type_ in ("DATE", "TIME") and filler.pos_ in ("PROPN", "NUM")


def _is_wish(clause: Token, wish: str) -> bool:
    """Whether a clause says what should be: 'should leave', 'be released', not 'has left'; with ``will``
    also what somebody will do; with ``hope`` what is or comes.
    """
    if wish == "hope":
        return clause.tag_ in ("VB", "VBP", "VBZ")
    if grammar.is_infinitive(clause) or clause.tag_ == "VBG" or grammar.is_desired(clause):
        return True
    auxiliaries = grammar.auxiliaries(clause)
    if clause.tag_ == "VB" and not auxiliaries:
        return True
    if any(a in ("must", "should", "ought") for a in auxiliaries):
        return True
    if any(a in ("could", "might") for a in auxiliaries) and "have" not in auxiliaries:
        return wish == "should"
    if any(a in ("can", "ca", "cannot") for a in auxiliaries):
        return wish == "will" and grammar.is_negated(clause)
    if wish == "will" and any(a in ("will", "would", "wo", "'ll", "shall") for a in auxiliaries):
        return True
    if (
        wish in ("will", "should")
        and clause.tag_ == "VBP"
        and clause.head.tag_ in ("VBD", "VBG", "VBN")
        and not auxiliaries
        and clause.lemma_ not in ("be", "have", "seem", "appear", "need", "want")
    ):
        return True  # 'insisted that the curbs stay': after a past tense no present but the subjunctive
    subject = grammar.child(clause, "nsubj", "nsubjpass")
    third = subject is not None and subject.tag_ in ("NN", "NNP") and not any(subject.conjuncts)
    return clause.tag_ == "VBP" and third and not auxiliaries


def _near(token: Token, words: frozenset[str]) -> bool:
    """Whether one of these words hangs on the predicate after it, in its own clause."""
    verb = token.head if token.dep_ == "aux" else token
    stack = [c for c in verb.children if c.i > token.i]
    while stack:
        one = stack.pop()
        if one.lemma_.lower() in words or one.lower_ in words:
            return True
        if one.dep_ not in ("relcl", "advcl", "acl", "nsubj"):
            stack.extend(one.children)
    return False
