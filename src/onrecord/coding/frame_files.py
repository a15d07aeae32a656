"""What the frame files of events and of stances share: their checks, predicates and word classes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import product
from math import prod
from typing import Any

from onrecord import knowledge
from onrecord.coding.patterns import Pattern, Slot, parse_pattern
from onrecord.errors import KnowledgeError

PREDICATES = {"verbs": "verb", "nouns": "noun", "adjectives": "adjective", "modals": "modal"}
_MOST_WAYS = 1_000  # patterns that the alternatives of one line may make


def check_entry(entry: Mapping[str, Any], keys: Collection[str], label: str) -> None:
    """Raises KnowledgeError, beginning with ``label``, where a frame has a key that is none of ``keys``, or
    no id, example or counter-example.
    """
    unknown = sorted(set(entry) - set(keys))
    if unknown:
        raise KnowledgeError(f"{label}: unknown key {', '.join(unknown)}; the howto lists the keys")
    for key in ("id", "example", "counter"):
        if not isinstance(entry.get(key), str) or not entry[key]:
            raise KnowledgeError(f"{label}: needs {key!r}, a text")


def read_predicates(entry: Mapping[str, Any], classes: Mapping[str, Slot], label: str) -> tuple[Pattern, ...]:
    """The patterns of a frame's predicates. Raises KnowledgeError where it has none or one is broken."""
    patterns = tuple(
        parse_pattern(text, pos, classes, label)
        for key, pos in PREDICATES.items()
        for line in entry.get(key, ())
        for text in _expanded(line, label)
    )
    if not patterns:
        raise KnowledgeError(f"{label}: has no predicate; give verbs, nouns, adjectives or modals")
    return patterns


def _expanded(line: str, label: str) -> list[str]:
    """A line with alternatives among prepositions and clauses, 'consent to|{to}', as one pattern for each."""
    ways = [re.split(r"\|(?=\{)|(?<=\})\|", part) for part in line.split()]
    if prod(map(len, ways)) > _MOST_WAYS:
        raise KnowledgeError(
            f"{label}: a predicate has more than {_MOST_WAYS} ways to be read; write several of it"
        )
    return [" ".join(way) for way in product(*ways)]


def check_functions(functions: Iterable[str], known: Collection[str], label: str) -> None:
    """Raises KnowledgeError where one is no grammatical function: none of ``known``, nor a preposition."""
    for function in functions:
        if function not in known and not function.isalpha():
            raise KnowledgeError(f"{label}: {function!r} is no grammatical function; the howto lists them")


def check_ids(ids: Iterable[str], folder: str) -> None:
    """Raises KnowledgeError where two frames of a folder have one id."""
    seen: set[str] = set()
    for frame_id in ids:
        if frame_id in seen:
            raise KnowledgeError(f"data/{folder}: two frames have the id {frame_id!r}; rename one")
        seen.add(frame_id)


def load_classes(folder: str) -> dict[str, Slot]:
    """The word classes of ``classes.toml``: '@aid' in a pattern stands for any word of the class aid."""
    if not knowledge.data(folder, "classes.toml").is_file():
        return {}
    return read_classes(knowledge.read_toml(folder, "classes.toml"), f"data/{folder}/classes.toml", {})


def read_classes(table: Mapping[str, Any], name: str, known: Mapping[str, Slot]) -> dict[str, Slot]:
    """The word classes in ``[classes]`` of a file, with those ``known`` before it, which they may use."""
    classes = dict(known)
    for label, words in table.get("classes", {}).items():
        if not isinstance(words, list) or not all(isinstance(w, str) for w in words):
            raise KnowledgeError(f"{name}: class {label!r} must be a list of words")
        expanded: list[str] = []
        for word in words:
            if word.startswith("@"):
                if word[1:] not in classes:
                    raise KnowledgeError(f"{name}: class {label!r} uses {word!r}, which must stand above it")
                expanded.extend(classes[word[1:]].words)
            else:
                expanded.append(word)
        classes[label] = Slot(frozenset(expanded))
    return classes
