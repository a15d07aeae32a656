"""The topics of issues, and which nouns name one kind of thing: ``data/topics.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.errors import KnowledgeError
from onrecord.knowledge import read_toml


@dataclass(frozen=True, slots=True)
class Topics:
    """``words`` are the topics in order of preference with a pattern each; ``same`` maps a head to the one
    that stands for its kind; ``kin`` maps a noun that refers back ('the deal') to the group it refers to;
    ``refers`` maps one that stands for what was done last ('the offer') to the act.
    """

    words: tuple[tuple[str, re.Pattern[str]], ...]
    same: dict[str, str]
    kin: dict[str, int]
    refers: dict[str, str]


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
    refers = {word: act for act, group in table["refers"].items() for word in group}
    return Topics(tuple(words), same, kin, refers)


def topic_of(*texts: str) -> str | None:
    """The first topic that one of the texts names; earlier texts count more."""
    for text in texts:
        for topic, pattern in load_topics().words:
            if pattern.search(text):
                return topic
    return None
