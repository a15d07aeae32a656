"""Small questions about stretches of a parse that several coders ask."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.coding.attribution import Offsets
from onrecord.record import StatementKind
from onrecord.text.parse import Parse
from onrecord.text.quotation import Quote

MARKS = '"“”„‟«»〝〞'
_EDGE = " \t\r\n,;:–—-…"
_OPEN_WORD = re.compile(r"\w")
# Modifiers that follow a name or description without being part of it.
_BEFORE_HEAD = frozenset(("compound", "det", "amod", "poss", "nmod", "nummod", "predet", "case", "quantmod"))
_STOP = re.compile(r"[,;:“\"(]")
_AFTERTHOUGHT = {"relcl", "acl", "appos", "punct", "advcl", "parataxis"}


def trim(text: str, start: int, end: int) -> Offsets | None:
    """The stretch without white space and loose punctuation at its edges, None where nothing is left.

    A full stop, a question or exclamation mark and quotation marks stay.
    """
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return (start, end) if _OPEN_WORD.search(text, start, end) else None


def subtree(token: Token) -> Offsets:
    """Readable offsets of everything that hangs from a token."""
    left, right = token.left_edge, token.right_edge
    return left.idx, right.idx + len(right)


def noun_phrase(head: Token) -> Offsets:
    """Readable offsets of a noun with what goes before it and its prepositional phrases.

    Relative clauses, appositions and what follows them are left out.
    """
    start = head.left_edge.idx
    end = head.idx + len(head)
    for child in head.rights:
        if child.dep_ in _AFTERTHOUGHT:
            break
        if child.dep_ in ("prep", "conj", "cc", "case", "nummod"):
            end = max(end, child.right_edge.idx + len(child.right_edge))
    return start, end


def owner_phrase(owner: Token) -> Offsets:
    """Readable offsets of a possessor without its 's."""
    return owner.left_edge.idx, owner.idx + len(owner)


def subject_of(verb: Token) -> Token | None:
    """The subject of a verb: its own, that of the verb it is joined to, or of the clause it hangs from."""
    seen = 0
    current: Token | None = verb
    while current is not None and seen < 4:
        subjects = [child for child in current.children if child.dep_ in ("nsubj", "nsubjpass")]
        if subjects:  # of two, the nearer: the other belongs to a clause around an aside
            return _antecedent(
                max((c for c in subjects if c.i < current.i), key=lambda c: c.i, default=subjects[0])
            )
        for child in current.children:
            if child.dep_ == "agent":
                return next((c for c in child.children if c.dep_ == "pobj"), None)
        if current.dep_ in ("conj", "xcomp", "advcl", "pcomp") and current.head is not current:
            current = current.head if current.dep_ != "pcomp" else current.head.head
        elif current.dep_ in ("acl", "relcl"):
            return current.head if current.head.pos_ in ("NOUN", "PROPN", "PRON") else None
        else:
            return None
        seen += 1
    return None


def _antecedent(subject: Token) -> Token:
    """For a relative pronoun the noun that it stands for."""
    if subject.lower_ in ("who", "which", "that") and subject.head.dep_ == "relcl":
        return subject.head.head
    return subject


def name_at(parse: Parse, offset: int) -> Offsets | None:
    """The noun phrase that begins at a readable offset, up to the first comma; None where none does."""
    token = parse.token_at(offset)
    if token is None:
        return None
    head = token
    while head.head.i > head.i and head.dep_ in _BEFORE_HEAD:
        head = head.head
    if head.pos_ not in ("NOUN", "PROPN", "PRON"):
        return None
    _, end = noun_phrase(head)
    stop = _STOP.search(parse.text, head.idx + len(head), end)
    return offset, stop.start() if stop else end


def kind_of(text: str, quotes: Sequence[Quote], content: Sequence[Offsets]) -> StatementKind:
    """Direct where every stretch is a quotation from edge to edge, mixed where one holds or touches a double
    quotation mark, else indirect (the classes of PolNeAR's scorer).

    ``quotes`` are those of the text: one that goes on in the next paragraph, or whose closing mark was lost,
    is a quotation all the same.
    """
    if all(_is_quotation(quotes, stretch) for stretch in content):
        return "direct"
    quoted, direct = False, True
    for start, end in content:
        head = text[max(0, start - 1) : start + 1]
        tail = text[end - 1 : end] if text[end - 1 : end] in MARKS else text[max(0, end - 2) : end + 2]
        inside = text[max(0, start - 1) : end + 1]
        quoted = quoted or any(mark in inside for mark in MARKS)
        direct = direct and any(m in head for m in MARKS) and any(m in tail for m in MARKS)
    if not quoted:
        return "indirect"
    return "direct" if direct else "mixed"


def _is_quotation(quotes: Sequence[Quote], stretch: Offsets) -> bool:
    start, end = stretch
    i = bisect_left(quotes, start - 2, key=lambda q: q.start)
    while i < len(quotes) and quotes[i].start <= start + 1:
        if quotes[i].depth == 1 and quotes[i].opened and abs(end - quotes[i].end) <= 2:
            return True
        i += 1
    return False
