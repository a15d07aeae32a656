"""Issues: what is on the table, its topic, and which mentions are one thing."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from onrecord.coding.attribution import Offsets
from onrecord.coding.issue_links import broader
from onrecord.coding.issue_phrases import Phrase
from onrecord.coding.topics import load_topics, topic_of
from onrecord.record import Issue
from onrecord.text.parse import Parse

_NO_SLUG = frozenset(
    ("a", "an", "the", "of", "on", "in", "to", "for", "and", "with", "by", "from", "at", "its")
)
_SLUG_WORDS = 8
_REACH = 1500  # code points that 'the deal' may lie behind the last mention of what it stands for


@dataclass(slots=True)
class _Entry:
    """An issue. ``mentions`` are in the order in which they were read, ``starts`` in that of the text;
    ``turn`` counts when it was named last."""

    id: str
    phrase: Phrase
    topic: str | None
    mentions: dict[Offsets, None] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)
    proposers: list[str] = field(default_factory=list)
    turn: int = 0


# By what an issue is found again: whether it is a clause, its kind of thing, and one of its modifiers, '' for
# an issue without any and None for all.
_Key = tuple[bool, str, str | None]


class IssueBook:
    """The issues of one document, in the order in which the text brings them up."""

    def __init__(self, parse: Parse) -> None:
        self._parse = parse
        self._entries: dict[str, _Entry] = {}
        self._again: dict[str, int] = {}  # by slug, the number that was given last
        self._by: dict[_Key, dict[str, _Entry]] = {}  # what was named last stands last
        self._turn = 0
        # Every mention as it was read, with how far those up to it reach.
        self._read: list[tuple[int, Offsets, _Entry]] = []

    def add(self, phrase: Phrase, proposers: tuple[str, ...] = ()) -> str:
        """The id of the issue that a phrase names: one that is known, else a new one."""
        entry = self._known(phrase)
        if entry is None:
            entry = _Entry(self._new_id(phrase.label), phrase, self._topic(phrase))
            self._entries[entry.id] = entry
        self._mention(entry, (phrase.start, phrase.end))
        entry.proposers.extend(p for p in proposers if p not in entry.proposers)
        self._name(entry)
        return entry.id

    def last_named(self, phrase: Phrase) -> int:
        """Where the issue that a phrase names was last named before it, -1 where it is a new one."""
        entry = self._known(phrase)
        before = bisect_left(entry.starts, phrase.start) if entry else 0
        return entry.starts[before - 1] if entry and before else -1

    def mention(self, issue_id: str, start: int, end: int) -> None:
        """Takes words at these offsets for a mention of a known issue."""
        entry = self._entries[issue_id]
        self._mention(entry, (start, end))
        self._name(entry)

    def _known(self, phrase: Phrase) -> _Entry | None:
        """The issue named last that a phrase can mean; 'the talks' are rather the talks as a whole."""
        same = [e for rows in self._near(phrase) if (e := self._last_same(rows, phrase)) is not None]
        if _stands_for_a_kind(phrase):
            late = {e.id: e for _, e in self._since(phrase.start - _REACH)}
            same.extend(e for e in late.values() if self._is_same(e, phrase))
        if load_topics().same.get(phrase.head) == "talk" and not phrase.modifiers:
            same = [e for e in same if not e.phrase.modifiers] or same
        return max(same, key=lambda e: e.turn, default=None)

    def _near(self, phrase: Phrase) -> list[dict[str, _Entry]]:
        """The issues of which one can be the phrase's, so that all that share its rarest word are enough."""
        kind = _kind(phrase)
        if not phrase.modifiers:
            keys: list[_Key] = [(*kind, ""), *([(*kind, None)] if phrase.definite else [])]
            return [self._by.get(key, {}) for key in keys]
        parts = [phrase.modifiers, phrase.modifiers - phrase.aside]
        parts += [phrase.modifiers - phrase.names] if phrase.definite else []
        rows = ([self._by.get((*kind, word), {}) for word in sorted(part)] for part in parts if part)
        return [min(shared, key=len) for shared in rows]

    def _last_same(self, rows: dict[str, _Entry], phrase: Phrase) -> _Entry | None:
        return next((e for e in reversed(rows.values()) if self._is_same(e, phrase)), None)

    def antecedent(self, start: int, end: int) -> str | None:
        """The issue that a pronoun at these offsets stands for: the last one named in this sentence or the
        one before; None where there is none. The pronoun becomes one of its mentions.
        """
        floor = self._parse.sentence_at(max(0, self._parse.sentence_at(start)[0] - 2))[0]
        named = [e for at, e in self._since(floor) if floor <= at[0] < start]
        if not named:
            return None
        entry = max(named, key=lambda e: e.turn)
        self._mention(entry, (start, end))
        return entry.id

    def _since(self, offset: int) -> Iterator[tuple[Offsets, _Entry]]:
        """The mentions that end behind an offset, and others before them; the last first."""
        late = takewhile(lambda row: row[0] > offset, reversed(self._read))
        return ((at, entry) for _, at, entry in late)

    def issues(self) -> tuple[Issue, ...]:
        """The issues as the record writes them."""
        links = broader([(e.id, e.phrase, e.topic) for e in self._entries.values()])
        return tuple(
            Issue(
                id=e.id,
                label=e.phrase.label,
                topic=e.topic,
                proposed_by=tuple(e.proposers),
                mentions=tuple(self._parse.span(s, t) for s, t in sorted(e.mentions)),
                broader=links[e.id],
            )
            for e in self._entries.values()
        )

    def _mention(self, entry: _Entry, at: Offsets) -> None:
        if at not in entry.mentions:
            entry.mentions[at] = None
            insort(entry.starts, at[0])
            self._read.append((max(at[1], self._read[-1][0] if self._read else 0), at, entry))

    def _name(self, entry: _Entry) -> None:
        """Take an issue for the one named last."""
        self._turn += 1
        entry.turn = self._turn
        kind = _kind(entry.phrase)
        for word in (None, *(entry.phrase.modifiers or ("",))):
            rows = self._by.setdefault((*kind, word), {})
            rows.pop(entry.id, None)
            rows[entry.id] = entry

    @staticmethod
    def _is_same(entry: _Entry, phrase: Phrase) -> bool:
        """Whether a phrase names a known issue: the same head and modifiers; with 'the', fewer of them, or
        the same but for names and numbers ('the 2015 accord', 'the Iranian accord'); or 'the deal' alone.
        """
        topics, known = load_topics(), entry.phrase
        if known.clause is not phrase.clause:
            return False
        if topics.same.get(known.head, known.head) == topics.same.get(phrase.head, phrase.head):
            if known.modifiers == phrase.modifiers:
                return True
            kind = phrase.modifiers - phrase.aside
            if kind and kind == known.modifiers - known.aside and not (phrase.aside and known.aside):
                return True  # 'the 30-day truce', 'the Chad-proposed 30-day truce'
            if phrase.definite and phrase.modifiers <= known.modifiers:
                return True
            core = phrase.modifiers - phrase.names
            return phrase.definite and known.definite and bool(core) and core == known.modifiers - known.names
        return (
            phrase.definite
            and not known.unnamed
            and not phrase.modifiers
            and phrase.head in topics.kin
            and topics.kin[phrase.head] == topics.kin.get(known.head)
            and phrase.start - next(reversed(entry.mentions))[1] < _REACH
        )

    def _topic(self, phrase: Phrase) -> str | None:
        """The topic that the label names; for a bare 'plan' or 'demand' what its sentence is about."""
        topic = topic_of(phrase.label)
        if phrase.head not in load_topics().kin or topic not in (None, "agreement"):
            return topic
        start, end = self._parse.sentence_at(phrase.start)
        return topic_of(self._parse.text[start:end]) or topic

    def _new_id(self, label: str) -> str:
        folded = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
        words = [w for w in re.findall(r"[a-z0-9]+", folded) if w not in _NO_SLUG]
        base = "-".join(words[:_SLUG_WORDS]) or "issue"
        slug, n = base, self._again.get(base, 2)
        while slug in self._entries:
            slug, n = f"{base}-{n}", n + 1
        self._again[base] = n
        return slug


def _kind(phrase: Phrase) -> tuple[bool, str]:
    """Whether a phrase is a clause, and the kind of thing that it names."""
    return phrase.clause, load_topics().same.get(phrase.head, phrase.head)


def _stands_for_a_kind(phrase: Phrase) -> bool:
    """Whether a phrase can stand for another word of its kin: 'the deal' alone."""
    return phrase.definite and not phrase.modifiers and phrase.head in load_topics().kin
