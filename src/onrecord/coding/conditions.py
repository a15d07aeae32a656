"""Conditions: the words that make a stance hang on something."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from onrecord.coding import grammar
from onrecord.coding.attribution import Offsets
from onrecord.coding.kept import words_of
from onrecord.text.parse import Parse

# Cues that open a condition; 'until' and 'before' do so only where the stance is a refusal.
_CUE = re.compile(
    r"\b(?=[abcdiopsuw])"  # the first letters of what follows: faster
    r"(?:(?:but )?only (?:if|when|after|once|on condition|on the basis of)|"
    r"(?:up)?on (?:the )?(?:condition|understanding) that|"
    r"provid(?:ed|ing) that|provided (?=the|it|they|he|she)|as long as|so long as|in (?:return|exchange) for|"
    r"unless|once|if|subject to|conditional on|contingent on|dependent on|assuming that|without)\b",
    re.IGNORECASE,
)
_REFUSAL_CUE = re.compile(r"\b(?=[bu])(?:until|before)\b", re.IGNORECASE)
_NOT_BEFORE = re.compile(
    r"\b(?:even|as|what|see|asked|ask|know|wonder\w*|question\w*|doubt\w*|unclear|at) $", re.IGNORECASE
)
_NOT_AFTER = re.compile(
    r" (?:at all possible|need(?:ed)? be|necessary|possible|anything|only|not|any|again|more)\b",
    re.IGNORECASE,
)
_STRICT = re.compile(
    r"(?:only|unless|until|before|on (?:the )?condition|provided|in (?:return|exchange) for)\b", re.IGNORECASE
)
_SAYING = frozenset(("say", "warn", "add", "tell", "note", "insist", "argue", "stress"))
_INVERTED = frozenset(("should", "were", "had"))
_TIME = frozenset(("DATE", "TIME"))


def find_condition(parse: Parse, heads: tuple[Token, ...], refusal: bool) -> Offsets | None:
    """The condition attached to a predicate or to the clauses it takes, as readable offsets.

    ``heads`` are the predicate and the heads of its clauses, outermost first; ``refusal`` says whether the
    stance is a refusal, on which 'until' sets a condition. None where there is no condition.
    """
    if not heads:
        return None
    sentence = heads[0].sent
    base = sentence.start_char
    text = parse.text[base : sentence.end_char]
    cues = list(_CUE.finditer(text))
    if refusal:
        cues.extend(_REFUSAL_CUE.finditer(text))
    inverted = _inverted(sentence, heads)
    if inverted is not None:
        return inverted
    for m in sorted(cues, key=lambda m: m.start()):
        if _NOT_BEFORE.search(text[: m.start()]) or _NOT_AFTER.match(text[m.end() :]):
            continue
        last = parse.token_at(base + m.end() - 1)
        if last is None or last.sent != sentence:
            continue
        if m.group().lower() == "once" and last.dep_ == "advmod" and last.head.dep_ != "advcl":
            continue  # 'it once opposed the plan'
        clause = _clause(last)
        if clause is None or not _attached(clause, heads):
            continue
        if m.group().lower() in ("once", "without", "until", "before") and not _real(last, clause):
            continue
        if m.group().lower() == "before" and any("had" in grammar.auxiliaries(h) for h in heads):
            continue  # 'had denounced the talks before they began'
        start = base + m.start() + (4 if m.group().lower().startswith("but ") else 0)
        end = clause.right_edge.idx + len(clause.right_edge)
        if clause.right_edge.is_punct and clause.right_edge.text in ".,;!":
            end = clause.right_edge.idx
        if start < end:
            return start, end
    return None


def is_strict(parse: Parse, condition: Offsets | None) -> bool:
    """Whether a condition leaves no other way: 'only if', 'unless', 'until', 'provided that'."""
    return condition is not None and _STRICT.match(parse.text, condition[0]) is not None


def is_bargain(parse: Parse, condition: Offsets | None) -> bool:
    """Whether a condition is one that a party sets, and no mere forecast: 'once', 'as long as', not 'if'."""
    return condition is not None and not parse.text.startswith(("if ", "If "), condition[0])


def _inverted(sentence: Span, heads: tuple[Token, ...]) -> Offsets | None:
    """A condition by word order: 'should Iran break its word', 'were the embargo lifted'."""
    if _INVERTED.isdisjoint(words_of(sentence)):
        return None
    for token in sentence:
        clause = token.head
        if token.dep_ == "aux" and is_inverted(token) and clause.dep_ == "advcl" and _attached(clause, heads):
            return token.idx, clause.right_edge.idx + len(clause.right_edge)
    return None


def is_inverted(aux: Token) -> bool:
    """Whether an auxiliary stands before its subject and so opens a condition (or a question)."""
    if aux.lower_ not in _INVERTED:
        return False
    return any(c.dep_ in ("nsubj", "nsubjpass") and c.i > aux.i for c in aux.head.children)


def _clause(cue: Token) -> Token | None:
    """The head of what the cue opens: the verb that it marks, or the preposition itself."""
    if cue.dep_ in ("mark", "advmod") and cue.head.i > cue.i:
        return cue.head
    if cue.dep_ in ("prep", "pcomp", "prt", "acl"):
        return cue
    if cue.dep_ == "pobj" and cue.head.dep_ == "prep":
        return cue.head
    if cue.head.i > cue.i and cue.head.dep_ in ("advcl", "relcl", "ccomp", "acl"):
        return cue.head
    return cue if any(c.i > cue.i for c in cue.children) else None


def _attached(clause: Token, heads: tuple[Token, ...]) -> bool:
    """Whether the clause hangs, directly or through its verb group, on one of the heads."""
    wanted = {t.i for t in heads}
    if any(h.is_ancestor(clause) and _near(clause, h) for h in heads):
        return True
    if clause.head.i in wanted:
        return True
    # 'If nothing changed, he said, the envoys were ready to leave': the condition hangs on the saying.
    return clause.i < heads[0].i and clause.head.lemma_ in _SAYING and _below(heads[0], clause.head)


def _below(head: Token, saying: Token) -> bool:
    one = head
    for _ in range(6):
        if one.head == saying and one.dep_ in ("ccomp", "parataxis"):
            return True
        one = one.head
    return False


def _near(clause: Token, head: Token) -> bool:
    """Whether no other clause stands between a clause and the head above it."""
    one = clause.head
    for _ in range(6):
        if one.i == head.i:
            return True
        if one.dep_ in ("relcl", "advcl", "parataxis") or one.head == one:
            return False
        if one.dep_ == "conj" and any(c.dep_ in ("nsubj", "nsubjpass") for c in one.children):
            return False  # 'that the vote is void, and that it would not return unless asked'
        one = one.head
    return False


def _real(cue: Token, clause: Token) -> bool:
    """Whether 'until', 'once', 'before', 'without' opens a condition and not a time or a manner."""
    if cue.lower_ == "without":
        filler = next((c for c in cue.children if c.dep_ == "pobj"), None)
        return filler is not None and filler.lemma_ in (
            "agreement",
            "deal",
            "guarantee",
            "withdrawal",
            "accord",
            "ceasefire",
            "concession",
            "recognition",
            "treaty",
            "truce",
            "settlement",
            "pullout",
            "lifting",
            "release",
            "timetable",
            "consent",
            "assurance",
            "commitment",
            "approval",
            "mandate",
            "vote",
            "apology",
            "amendment",
            "referendum",
            "compensation",
            "safeguard",
        )
    if clause.pos_ in ("VERB", "AUX"):
        return True
    return not any(t.ent_type_ in _TIME for t in clause.subtree)
