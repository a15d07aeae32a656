"""Issues: what is on the table, its topic, and which mentions are one thing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

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
    id: str
    phrase: Phrase
    topic: str | None
    mentions: list[Offsets] = field(default_factory=list)
    proposers: list[str] = field(default_factory=list)


class IssueBook:
    """The issues of one document, in the order in which the text brings them up."""

    def __init__(self, parse: Parse) -> None:
        self._parse = parse
        self._entries: list[_Entry] = []
        self._recent: list[_Entry] = []

    def add(self, phrase: Phrase, proposers: tuple[str, ...] = ()) -> str:
        """The id of the issue that a phrase names: one that is known, else a new one."""
        entry = self._known(phrase)
        if entry is None:
            entry = _Entry(self._new_id(phrase.label), phrase, self._topic(phrase))
            self._entries.append(entry)
        self._mention(entry, (phrase.start, phrase.end))
        entry.proposers.extend(p for p in proposers if p not in entry.proposers)
        self._recent = [e for e in self._recent if e is not entry] + [entry]
        return entry.id

    def last_named(self, phrase: Phrase) -> int:
        """Where the issue that a phrase names was last named before it, -1 where it is a new one."""
        entry = self._known(phrase)
        return max((s for s, _ in entry.mentions if s < phrase.start), default=-1) if entry else -1

    def mention(self, issue_id: str, start: int, end: int) -> None:
        """Takes words at these offsets for a mention of a known issue."""
        entry = next(e for e in self._entries if e.id == issue_id)
        self._mention(entry, (start, end))
        self._recent = [e for e in self._recent if e is not entry] + [entry]

    def _known(self, phrase: Phrase) -> _Entry | None:
        """The issue named last that a phrase can mean; 'the talks' are rather the talks as a whole."""
        same = [e for e in reversed(self._recent) if self._is_same(e, phrase)]
        whole = load_topics().same.get(phrase.head) == "talk" and not phrase.modifiers
        return next((e for e in same if whole and not e.phrase.modifiers), same[0] if same else None)

    def antecedent(self, start: int, end: int) -> str | None:
        """The issue that a pronoun at these offsets stands for: the last one named in this sentence or the
        one before; None where there is none. The pronoun becomes one of its mentions.
        """
        floor = self._parse.sentence_at(max(0, self._parse.sentence_at(start)[0] - 2))[0]
        for entry in reversed(self._recent):
            if any(floor <= s < start for s, _ in entry.mentions):
                self._mention(entry, (start, end))
                return entry.id
        return None

    def issues(self) -> tuple[Issue, ...]:
        """The issues as the record writes them."""
        links = broader([(e.id, e.phrase, e.topic) for e in self._entries])
        return tuple(
            Issue(
                id=e.id,
                label=e.phrase.label,
                topic=e.topic,
                proposed_by=tuple(e.proposers),
                mentions=tuple(self._parse.span(s, t) for s, t in sorted(e.mentions)),
                broader=links[e.id],
            )
            for e in self._entries
        )

    @staticmethod
    def _mention(entry: _Entry, at: Offsets) -> None:
        if at not in entry.mentions:
            entry.mentions.append(at)

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
            and phrase.start - entry.mentions[-1][1] < _REACH
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
        taken = {e.id for e in self._entries}
        slug, n = base, 2
        while slug in taken:
            slug, n = f"{base}-{n}", n + 1
        return slug
