"""Shifts inside a report: which position departs from which earlier one of the same party, by the words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
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
    earlier = _Earlier(shown, issues)
    found: list[Position] = []
    for n, one in enumerate(shown):
        position = one.position
        if position.follows is None and one.earlier is None:
            before = earlier.departed_from(n) or earlier.set_against(n)
            if before is not None:
                position = msgspec.structs.replace(position, follows=before.position.id)
        found.append(position)
    return tuple(found)


class _Earlier:
    """What one position can follow among those of a document, which are in the order of sentences."""

    def __init__(self, shown: Sequence[Shown], issues: Sequence[Issue]) -> None:
        self._shown = shown
        self._topics = {i.id: i.topic for i in issues}
        self._linked: dict[str, dict[str, None]] = {i.id: {i.id: None} for i in issues}
        for issue in issues:
            for other in issue.broader:
                self._linked[issue.id][other] = None
                self._linked[other][issue.id] = None
        # Where the positions of a party for or against an issue stand, by issue: all, and by what puts them
        # in the past.
        self._at: dict[tuple[str, str, str], dict[str, list[int]]] = {}
        for n, one in enumerate(shown):
            p = one.position
            told = ("any", *("word",) * (one.earlier is not None), *("tense",) * one.perfect)
            for how in told if p.stance in ("supports", "opposes") else ():
                self._at.setdefault((p.party, p.stance, how), {}).setdefault(p.issue, []).append(n)

    def departed_from(self, n: int) -> Shown | None:
        """The last position on the same or a linked issue that the words set in the past or against it."""
        one, p = self._shown[n], self._shown[n].position
        if p.stance == "conditional":
            return None
        turned = one.now or p.act == "withdraws"
        told = ("any",) if turned else ("word",) if one.perfect else ("word", "tense")
        behind = [m for m in self._same_sentence(n) if m > n and self._shown[m].earlier is not None]
        for m in reversed(behind):
            q = self._shown[m].position
            linked = q.party == p.party and q.issue in self._linked[p.issue] and q.stance != p.stance
            if linked and q.stance in ("supports", "opposes"):
                return self._shown[m]
        other = [s for s in ("supports", "opposes") if s != p.stance]
        last = max((self._last(n, p, stance, how) for stance in other for how in told), default=-1)
        return self._shown[last] if last >= 0 else None

    def _last(self, n: int, p: Position, stance: str, how: str) -> int:
        """The last place before this one of such a position on the same or a linked issue, -1 for none."""
        by_issue, linked = self._at.get((p.party, stance, how), {}), self._linked[p.issue]
        issues = by_issue.keys() & linked.keys()
        places = (by_issue[issue] for issue in issues)
        return max((at[i - 1] for at in places if (i := bisect_left(at, n))), default=-1)

    def set_against(self, n: int) -> Shown | None:
        """What the sentence itself sets against a stance of now: 'once demanding a truce, now easing off'."""
        one = self._shown[n]
        if not (one.now or one.position.act == "withdraws"):
            return None
        for m in self._same_sentence(n):
            other, q = self._shown[m], self._shown[m].position
            if q.party == one.position.party and m != n:
                if other.earlier is not None:
                    return other
                topic = self._topics[q.issue]
                same_topic = topic is not None and topic == self._topics[one.position.issue]
                if other.perfect and one.now and not one.perfect and same_topic:
                    return other
        return None

    def _same_sentence(self, n: int) -> range:
        """The places of the positions that a position's sentence shows."""
        first = last = n
        while first and self._shown[first - 1].sentence == self._shown[n].sentence:
            first -= 1
        while last + 1 < len(self._shown) and self._shown[last + 1].sentence == self._shown[n].sentence:
            last += 1
        return range(first, last + 1)
