"""Issues: what is on the table, its topic, and which mentions are one thing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache

from onrecord.coding.attribution import Offsets
from onrecord.coding.issue_phrases import Phrase
from onrecord.errors import KnowledgeError
from onrecord.knowledge import read_toml
from onrecord.record import Issue
from onrecord.text.parse import Parse

_NO_SLUG = frozenset(
    ("a", "an", "the", "of", "on", "in", "to", "for", "and", "with", "by", "from", "at", "its")
)
_SLUG_WORDS = 8
_REACH = 1500  # code points that 'the deal' may lie behind the last mention of what it stands for


@dataclass(frozen=True, slots=True)
class Topics:
    """``words`` are the topics in order of preference with a pattern each; ``same`` maps a head to the one
    that stands for its kind; ``kin`` maps a noun that refers back ('the deal') to the group it refers to.
    """

    words: tuple[tuple[str, re.Pattern[str]], ...]
    same: dict[str, str]
    kin: dict[str, int]


@cache
def load_topics() -> Topics:
    """The package's topics. Raises KnowledgeError where a topic is broken or named twice."""
    table = read_toml("topics.toml")
    words: list[tuple[str, re.Pattern[str]]] = []
    for topic in table["topic"]:
        if topic["id"] in dict(words):
            raise KnowledgeError(f"data/topics.toml: the topic {topic['id']!r} stands twice; join the two")
        try:
            pattern = re.compile(r"\b(?:" + "|".join(topic["words"]) + r")", re.IGNORECASE)
        except re.error as e:
            raise KnowledgeError(f"data/topics.toml: topic {topic['id']!r} has a broken word ({e})") from e
        words.append((topic["id"], pattern))
    same = {word: group[0] for group in table["same"]["heads"] for word in group}
    kin = {word: i for i, group in enumerate(table["same"]["generic"]) for word in group}
    return Topics(tuple(words), same, kin)


def topic_of(*texts: str) -> str | None:
    """The first topic that one of the texts names; earlier texts count more."""
    for text in texts:
        for topic, pattern in load_topics().words:
            if pattern.search(text):
                return topic
    return None


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
        entry = next((e for e in reversed(self._recent) if self._is_same(e, phrase)), None)
        if entry is None:
            entry = _Entry(self._new_id(phrase.label), phrase, self._topic(phrase))
            self._entries.append(entry)
        self._mention(entry, (phrase.start, phrase.end))
        entry.proposers.extend(p for p in proposers if p not in entry.proposers)
        self._recent = [e for e in self._recent if e is not entry] + [entry]
        return entry.id

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
        return tuple(
            Issue(
                id=e.id,
                label=e.phrase.label,
                topic=e.topic,
                proposed_by=tuple(e.proposers),
                mentions=tuple(self._parse.span(s, t) for s, t in sorted(e.mentions)),
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
