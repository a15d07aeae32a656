"""What the frame files of events and of stances share: their checks, predicates and word classes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from pathlib import Path
from typing import Any, NoReturn

from onrecord import knowledge
from onrecord.coding.patterns import Pattern, Slot, parse_pattern
from onrecord.errors import KnowledgeError

PREDICATES = {"verbs": "verb", "nouns": "noun", "adjectives": "adjective", "modals": "modal"}
_MOST_WAYS = 1_000  # patterns that the alternatives of one line may make


@dataclass(frozen=True, slots=True)
class Form:
    """What frames of one kind may say.

    ``texts`` are the keys of a text, ``lists`` of a list of texts, ``flags`` of true or false; ``tables`` are
    checked by the kind itself. ``choices`` gives the values of the keys that have few, ``functions`` the
    grammatical functions that a role may name besides prepositions.
    """

    texts: frozenset[str]
    lists: frozenset[str]
    flags: frozenset[str]
    tables: frozenset[str]
    choices: Mapping[str, tuple[str, ...]]
    functions: frozenset[str]

    @property
    def keys(self) -> frozenset[str]:
        """All that a frame may have."""
        always = {"id", "example", "counter", "rank", *PREDICATES}
        return self.texts | self.lists | self.flags | self.tables | always


@dataclass(frozen=True, slots=True)
class Entry:
    """One frame as a file gives it, over the file's defaults. ``id`` is 'file/name'; messages begin with
    ``label``.
    """

    id: str
    label: str
    values: Mapping[str, Any]
    patterns: tuple[Pattern, ...]


def read_entries(table: Mapping[str, Any], name: str, form: Form, classes: Mapping[str, Slot]) -> list[Entry]:
    """The frames of a file called ``name``, in its order, checked against their form.

    An id with a '/' is a whole one. Raises KnowledgeError, naming file, frame and remedy.
    """
    entries: dict[str, Entry] = {}
    for own in table.get("frame", ()):
        values = {**table.get("defaults", {}), **own}
        label = f"{name}, frame {values.get('id', '(without id)')!r}"
        if not isinstance(own.get("id"), str) or not own["id"].strip("/"):
            raise KnowledgeError(f"{label}: needs 'id', a text of its own")
        _check(values, form, label)
        frame_id = own["id"] if "/" in own["id"] else f"{Path(name).name.removesuffix('.toml')}/{own['id']}"
        if frame_id in entries:
            raise KnowledgeError(f"{label}: two frames have this id; rename one")
        entries[frame_id] = Entry(frame_id, label, values, _predicates(values, classes, label))
    return list(entries.values())


def _check(values: Mapping[str, Any], form: Form, label: str) -> None:
    def wrong(what: str) -> NoReturn:
        raise KnowledgeError(f"{label}: {what}")

    if unknown := sorted(set(values) - form.keys):
        wrong(f"unknown key {', '.join(unknown)}; the howto lists the keys")
    for key in ("example", "counter"):
        if not isinstance(values.get(key), str) or not values[key]:
            wrong(f"needs {key!r}, a text")
    for key, value in values.items():
        if key in form.texts and not isinstance(value, str):
            wrong(f"{key!r} must be a text in quotation marks")
        if (key in form.lists or key in PREDICATES) and not is_texts(value):
            wrong(f'{key!r} must be a list of texts: ["…"]')
        if key in form.flags and not isinstance(value, bool):
            wrong(f"{key!r} must be true or false")
        if key == "rank" and type(value) is not int:
            wrong("'rank' must be a whole number")
        if key in form.choices:
            given = [value] if isinstance(value, str) else value
            if odd := [one for one in given if one not in form.choices[key]]:
                wrong(f"{key!r} cannot be {odd[0]!r}; write {' or '.join(form.choices[key])}")


def is_texts(value: object) -> bool:
    """Whether a value of a file is a list of texts."""
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _predicates(values: Mapping[str, Any], classes: Mapping[str, Slot], label: str) -> tuple[Pattern, ...]:
    patterns = tuple(
        parse_pattern(text, pos, classes, label)
        for key, pos in PREDICATES.items()
        for line in values.get(key, ())
        for text in _expanded(line, label)
    )
    if not patterns and not values.get("imperative"):
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


def check_functions(functions: Iterable[str], form: Form, label: str) -> None:
    """Raises KnowledgeError where one is no grammatical function: none of the form's, nor a preposition."""
    for function in functions:
        if function not in form.functions and not function.isalpha():
            raise KnowledgeError(f"{label}: {function!r} is no grammatical function; the howto lists them")


def folder_entries(folder: str, form: Form, *beside: str) -> list[Entry]:
    """The frames of all files in a folder of ``data``, but for its classes and the files named ``beside``.

    Raises KnowledgeError, naming file and frame, on a broken form.
    """
    classes = load_classes(folder)
    files = sorted(f.name for f in knowledge.data(folder).iterdir() if f.name.endswith(".toml"))
    return [
        entry
        for file in files
        if file not in ("classes.toml", *beside)
        for entry in read_entries(knowledge.read_toml(folder, file), f"{folder}/{file}", form, classes)
    ]


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
