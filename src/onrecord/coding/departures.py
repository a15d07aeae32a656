"""Shifts inside a report: which position departs from which earlier one of the same party, by the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec
from spacy.tokens import Token

from onrecord.coding import grammar
from onrecord.record import Issue, Position

_EARLIER = frozenset(("formerly", "hitherto", "initially", "once", "originally", "previously"))
# Phrases of the past as a preposition and its noun: 'at first', 'until recently'.
_IN_THE_PAST = frozenset((("at", "first"), ("in", "past"), ("until", "recently"), ("until", "now")))
_NOW = frozenset(("currently", "eventually", "finally", "later", "now", "since", "subsequently", "today"))
_BUT = frozenset(("but", "then", "yet"))
_TURNING = frozenset(("backtrack", "relent", "reverse", "reconsider", "soften", "capitulate"))
_TURNS = frozenset(("about-face", "climbdown", "mind", "reversal", "turnaround", "u-turn"))
_UP = ("conj", "xcomp", "ccomp", "advcl", "acomp", "oprd", "relcl", "pcomp")


@dataclass(frozen=True, slots=True)
class Shown:
    """A position with what its sentence says of its time.

    ``sentence`` is where the sentence begins; ``earlier`` the word that puts it in the past ('previously'),
    ``perfect`` whether only the tense does ('had backed'); ``now`` whether the words set it against what was.
    """

    position: Position
    sentence: int
    earlier: Token | None = None
    perfect: bool = False
    now: bool = False


def earlier_word(heads: Sequence[Token]) -> Token | None:
    """The word that puts predicates in the past: 'previously', 'once', 'at first', 'used to'; else None."""
    for head in _upwards(heads[0]):
        for c in head.children:
            if c.dep_ in ("advmod", "npadvmod") and c.lower_ in _EARLIER and c.dep_ != "mark":
                return c
            inner = next((g for g in c.children if g.dep_ in ("pobj", "pcomp", "amod")), None)
            if c.dep_ == "prep" and inner is not None and (c.lower_, inner.lower_) in _IN_THE_PAST:
                return c
        if head.dep_ == "xcomp" and head.head.lemma_ == "use" and head.head.tag_ == "VBD":
            return head.head
        if head.dep_ in ("relcl", "advcl"):
            break
    return None


def is_perfect(heads: Sequence[Token]) -> bool:
    """Whether a predicate is told as past before another past: 'had backed'."""
    return any(h.tag_ == "VBN" and "had" in grammar.auxiliaries(h) for h in heads)


def is_now(heads: Sequence[Token]) -> bool:
    """Whether the words set a stance against what was: 'now backs', 'reversed course and accepted'."""
    for head in _upwards(heads[0]):
        if any(c.dep_ == "advmod" and c.lower_ in _NOW for c in head.children):
            return True
        if head.lemma_ in _TURNING and head != heads[0]:
            return True
        obj = grammar.child(head, "dobj")
        if obj is not None and obj.lemma_.lower() in _TURNS and head != heads[0]:
            return True
        if head.dep_ == "relcl":
            break
    return False


def _upwards(token: Token) -> list[Token]:
    """A predicate and those that it goes on or hangs from."""
    found = [token]
    while found[-1].dep_ in _UP and found[-1].head != found[-1] and len(found) < 5:
        head = found[-1].head
        if found[-1].dep_ == "conj" and any(c.lower_ in _BUT for c in head.children if c.dep_ == "cc"):
            break
        found.append(head)
    return found


def link(shown: Sequence[Shown], issues: Sequence[Issue]) -> tuple[Position, ...]:
    """The positions, each with the earlier one that it ``follows`` where the words tell of a change."""
    related = {i.id: frozenset((i.id, *i.broader)) for i in issues}
    topics = {i.id: i.topic for i in issues}
    found: list[Position] = []
    for n, one in enumerate(shown):
        position = one.position
        if position.follows is None and one.earlier is None:
            earlier = _departed_from(one, n, shown, related) or _set_against(one, shown, topics)
            if earlier is not None:
                position = msgspec.structs.replace(position, follows=earlier.position.id)
        found.append(position)
    return tuple(found)


def _departed_from(
    one: Shown, n: int, shown: Sequence[Shown], related: Mapping[str, frozenset[str]]
) -> Shown | None:
    """The last position on the same or a linked issue that the words set in the past or against this one."""
    p = one.position
    for m in reversed(range(len(shown))):
        other, q = shown[m], shown[m].position
        same = q.issue in related[p.issue] or p.issue in related[q.issue]
        if m == n or q.party != p.party or not same or q.stance == p.stance:
            continue
        if q.stance not in ("supports", "opposes") or p.stance == "conditional":
            continue
        if m > n and not (other.sentence == one.sentence and other.earlier is not None):
            continue
        past = other.earlier is not None or (other.perfect and not one.perfect)
        if past or one.now or p.act == "withdraws":
            return other
    return None


def _set_against(one: Shown, shown: Sequence[Shown], topics: Mapping[str, str | None]) -> Shown | None:
    """What the sentence itself sets against a stance of now: 'once demanding a truce, now easing off'."""
    if not (one.now or one.position.act == "withdraws"):
        return None
    for other in shown:
        q = other.position
        if other.sentence == one.sentence and q.party == one.position.party and other is not one:
            if other.earlier is not None:
                return other
            same_topic = topics[q.issue] is not None and topics[q.issue] == topics[one.position.issue]
            if other.perfect and one.now and not one.perfect and same_topic:
                return other
    return None
