"""Possessives that a parser took for a verb: in 'backing Chad’s plan' it may read 'Chad’s' as 'Chad is'."""

from __future__ import annotations

from spacy.attrs import TAG
from spacy.tokens import Doc, Token


def mend_possessives(doc: Doc) -> None:
    """Hangs, in place, a possessive that the parser made a verb where the tagger says it belongs."""
    tagged = doc.vocab.strings["POS"]
    for i in (i for i, tag in enumerate(doc.to_array(TAG).tolist()) if tag == tagged):
        mark = doc[i]
        if mark.dep_ not in ("case", "punct") and 0 < i < len(doc) - 1:
            noun = next((c for c in mark.rights if c.pos_ in ("NOUN", "PROPN")), None)
            owner = doc[mark.i - 1]
            if noun is None or owner.pos_ not in ("NOUN", "PROPN") or noun.sent.start != owner.sent.start:
                continue
            _hang(mark, owner, noun)


def _hang(mark: Token, owner: Token, noun: Token) -> None:
    above, role = mark.head, mark.dep_
    if owner.head == mark:  # 'Chad’s plan' is what 'Chad’s' seemed to be
        outer = above if above != mark else noun
        role = "dobj" if role in ("advcl", "ccomp", "xcomp") else role
    else:
        outer, role = owner.head, owner.dep_
    others = [c for c in mark.children if c not in (owner, noun)]
    # 'the king of the rebels’ camp': what the owner hangs from goes up, since the noun will hang from it.
    holder = next((c for c in others if c.is_ancestor(owner)), None)
    top = above if above != mark else holder or noun
    for c in others:
        c.head = c if c == holder and above == mark else top
    if holder is not None:
        holder.dep_ = mark.dep_
    noun.head, noun.dep_ = outer, role
    owner.head, owner.dep_ = noun, "poss"
    mark.head, mark.dep_ = owner, "case"
