"""A user's own frames: a TOML file in the form of ``data/frames``, laid over the package's."""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, NoReturn

from onrecord import plugins
from onrecord.coding.frame_files import load_classes, read_classes
from onrecord.coding.frames import Frame, Lexicon, load_frames, read_frames
from onrecord.coding.plover import plover
from onrecord.errors import KnowledgeError, UsageError

_TABLES = ("classes", "defaults", "frame", "header")
_TEXTS = ("id", "type", "mode", "cameo", "polarity", "example", "counter")
_LISTS = ("verbs", "nouns", "adjectives", "modals", "contexts", "of", "requires")
_ROLES = ("actor", "recipient")
_CHOICES = {"requires": (*_ROLES, "pair"), "polarity": ("negative", "either")}


@dataclass(frozen=True, slots=True)
class OwnFrames:
    """A user's file: the SHA-256 of its bytes, the name that begins its ids, its frames in order."""

    digest: str
    name: str
    frames: tuple[Frame, ...] = field(compare=False)
    definitions: Mapping[str, Mapping[str, Any]] = field(compare=False)


def read_own_frames(path: str | os.PathLike[str]) -> OwnFrames:
    """The frames of a user's file, or of one that an installed package has under this name.

    An id with a '/' is a whole one: that of a frame to be replaced.

    Raises KnowledgeError where the file breaks the form, naming file, frame and remedy; UsageError where it
    cannot be read.
    """
    where = os.fspath(path)
    try:
        content = (_installed(where) or Path(path)).read_bytes()
    except OSError as e:
        raise UsageError(f"{where}: {e.strerror}; give a TOML file of frames") from e
    table = _table(content, where)
    classes = read_classes(table, where, load_classes("frames"))
    frames: dict[str, Frame] = {}
    definitions: dict[str, Mapping[str, Any]] = {}
    name = Path(path).name.removesuffix(".toml")
    for frame, own in zip(read_frames(table, where, classes), table["frame"], strict=True):
        frame_id = own["id"] if "/" in own["id"] else f"{name}/{own['id']}"
        if frame_id in frames:
            raise KnowledgeError(f"{where}, frame {own['id']!r}: two frames have this id; rename one")
        frames[frame_id] = replace(frame, id=frame_id)
        definitions[frame_id] = {**table.get("defaults", {}), **own}
    return OwnFrames(hashlib.sha256(content).hexdigest(), name, tuple(frames.values()), definitions)


@cache
def lexicon(own: OwnFrames | None) -> Lexicon:
    """The package's frames of events with a user's over them: one with the id of another takes its place."""
    package = load_frames("frames")
    if own is None:
        return package
    mine = {frame.id for frame in own.frames}
    return Lexicon((*(f for f in package.frames if f.id not in mine), *own.frames))


def _installed(name: str) -> Path | Traversable | None:
    """The file that an installed package names so; None where there is none, or a file of the user's own."""
    if name not in plugins.names(plugins.FRAMES) or Path(name).exists():
        return None
    added = plugins.load(plugins.FRAMES, lambda it: hasattr(it, "read_bytes"), "the path of a file")
    found: Path | Traversable | None = added.get(name)
    return found


def _table(content: bytes, where: str) -> dict[str, Any]:
    """The file's table, every value of the kind that the form asks for."""
    try:
        table = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as e:
        raise KnowledgeError(f"{where}: not UTF-8; save the file as UTF-8") from e
    except tomllib.TOMLDecodeError as e:
        raise KnowledgeError(f"{where}: not valid TOML ({e}); mend the line it names") from e
    except RecursionError as e:
        raise KnowledgeError(f"{where}: its lists nest without end; frames have lists of texts") from e
    unknown = [key for key in table if key not in _TABLES]
    if unknown:
        raise KnowledgeError(f"{where}: unknown table {unknown[0]!r}; a file has {', '.join(_TABLES)}")
    frames = table.get("frame")
    if not isinstance(frames, list) or not frames or not all(isinstance(f, dict) for f in frames):
        raise KnowledgeError(f"{where}: has no frame; begin each with the line [[frame]]")
    for key in ("classes", "defaults"):
        if not isinstance(table.get(key, {}), dict):
            raise KnowledgeError(f"{where}: {key!r} is no table; begin it with the line [{key}]")
    for own in frames:
        entry = {**table.get("defaults", {}), **own}
        _check(entry, f"{where}, frame {entry.get('id', '(without id)')!r}", own)
    return table


def _check(entry: Mapping[str, Any], label: str, own: Mapping[str, Any]) -> None:
    def wrong(what: str) -> NoReturn:
        raise KnowledgeError(f"{label}: {what}")

    if not isinstance(own.get("id"), str) or not own["id"].strip("/"):
        wrong("needs 'id', a text of its own")
    for key in ("stance", "act", "status"):
        if key in entry:
            wrong(f"{key!r} is not for frames of events; leave it out")
    for key in _TEXTS:
        if key in entry and not isinstance(entry[key], str):
            wrong(f"{key!r} must be a text in quotation marks")
    for key in _LISTS:
        if key in entry and not _is_texts(entry[key]):
            wrong(f'{key!r} must be a list of texts: ["…"]')
    roles = entry.get("roles", {})
    if not isinstance(roles, dict) or not all(isinstance(r, str) or _is_texts(r) for r in roles.values()):
        wrong('\'roles\' must be a table of lists: { actor = ["subject"], recipient = ["object"] }')
    if odd := [role for role in roles if role not in _ROLES]:
        wrong(f"{odd[0]!r} is no role; a frame has {' and '.join(_ROLES)}")
    if type(entry.get("rank", 0)) is not int:
        wrong("'rank' must be a whole number")
    if not isinstance(entry.get("symmetric", False), bool):
        wrong("'symmetric' must be true or false")
    for key, choices in _CHOICES.items():
        given = [entry[key]] if isinstance(entry.get(key), str) else entry.get(key, [])
        if odd := [value for value in given if value not in choices]:
            wrong(f"{key!r} cannot be {odd[0]!r}; write {' or '.join(choices)}")
    types = plover().modes
    for value in (entry.get("type"), *entry.get("of", [])):
        if value not in types:
            wrong(f"{value or 'no type'} is no type of PLOVER; write one of {', '.join(sorted(types))}")
    if (mode := entry.get("mode")) is not None and mode not in types[entry["type"]]:
        modes = ", ".join(sorted(types[entry["type"]]))
        wrong(
            f"{entry['type']} has no mode {mode!r}; " + (f"write one of {modes}" if modes else "leave it out")
        )


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
