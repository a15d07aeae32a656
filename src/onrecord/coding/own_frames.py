"""A user's own frames: a TOML file in the form of ``data/frames`` and ``data/stances``, laid over these."""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from onrecord import plugins
from onrecord.coding import frames, stances
from onrecord.coding.frame_files import Form, load_classes, read_classes
from onrecord.coding.frames import Frame, Lexicon, load_frames, read_frames
from onrecord.coding.patterns import Slot
from onrecord.coding.stances import StanceFrame, StanceLexicon, load_stances, read_stances
from onrecord.errors import KnowledgeError, UsageError

_TABLES = ("classes", "defaults", "frame", "header")
_Kind = TypeVar("_Kind", bound=Frame | StanceFrame)
_KEYS = frames.FORM.keys | stances.FORM.keys


@dataclass(frozen=True, slots=True)
class OwnFrames:
    """A user's file: the SHA-256 of its bytes, the name that begins its ids, its frames of events and of
    stances, each in their order. ``definitions`` has what the file says of a frame by what a record's
    ``because`` says of it.
    """

    digest: str
    name: str
    events: tuple[Frame, ...] = field(compare=False)
    stances: tuple[StanceFrame, ...] = field(compare=False)
    definitions: Mapping[str, Mapping[str, Any]] = field(compare=False)


def read_own_frames(path: str | os.PathLike[str]) -> OwnFrames:
    """The frames of a user's file, or of one that an installed package has under this name.

    A frame with a 'stance' is one of positions, another one of events. An id with a '/' is a whole one: that
    of a frame to be replaced.

    Raises KnowledgeError where the file breaks the form, naming file, frame and remedy; UsageError where it
    cannot be read.
    """
    where = os.fspath(path)
    try:
        content = (_installed(where) or Path(path)).read_bytes()
    except OSError as e:
        raise UsageError(f"{where}: {e.strerror}; give a TOML file of frames") from e
    table = _table(content, where)
    of_events, of_stances = _of_kind(table, frames.FORM, where), _of_kind(table, stances.FORM, where)
    events = tuple(read_frames(of_events, where, _classes(of_events, where, "frames")))
    shown = tuple(read_stances(of_stances, where, _classes(of_stances, where, stances.FOLDER)))
    names = (*(frame.id for frame in events), *(f"stance/{frame.id}" for frame in shown))
    entries = [{**kind["defaults"], **own} for kind in (of_events, of_stances) for own in kind["frame"]]
    return OwnFrames(
        digest=hashlib.sha256(content).hexdigest(),
        name=Path(path).name.removesuffix(".toml"),
        events=events,
        stances=shown,
        definitions=dict(zip(names, entries, strict=True)),
    )


@cache
def event_frames(own: OwnFrames | None) -> Lexicon:
    """The package's frames of events with a user's over them: one with the id of another takes its place."""
    package = load_frames()
    return package if own is None else Lexicon(_laid_over(package.frames, own.events))


@cache
def stance_frames(own: OwnFrames | None) -> StanceLexicon:
    """The package's frames of stances with a user's over them, in the same way."""
    package = load_stances()
    if own is None:
        return package
    return StanceLexicon(_laid_over(package.frames, own.stances), package.operators)


def _laid_over(package: tuple[_Kind, ...], own: tuple[_Kind, ...]) -> tuple[_Kind, ...]:
    mine = {frame.id for frame in own}
    return (*(frame for frame in package if frame.id not in mine), *own)


def _installed(name: str) -> Path | Traversable | None:
    """The file that an installed package names so; None where there is none, or a file of the user's own."""
    if name not in plugins.names(plugins.FRAMES) or Path(name).exists():
        return None
    added = plugins.load(plugins.FRAMES, lambda it: hasattr(it, "read_bytes"), "the path of a file")
    found: Path | Traversable | None = added.get(name)
    return found


def _table(content: bytes, where: str) -> dict[str, Any]:
    """What the file says, its frames in a list of tables, and no table that the form does not know."""
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
    given = table.get("frame")
    if not isinstance(given, list) or not given or not all(isinstance(f, dict) for f in given):
        raise KnowledgeError(f"{where}: has no frame; begin each with the line [[frame]]")
    for key in ("classes", "defaults"):
        if not isinstance(table.get(key, {}), dict):
            raise KnowledgeError(f"{where}: {key!r} is no table; begin it with the line [{key}]")
    if odd := sorted(set(table.get("defaults", {})) - _KEYS):
        raise KnowledgeError(f"{where}, [defaults]: unknown key {', '.join(odd)}; the howto lists the keys")
    return table


def _of_kind(table: Mapping[str, Any], form: Form, where: str) -> dict[str, Any]:
    """The file with only the frames of one kind, and of its defaults what such frames can have."""
    defaults = table.get("defaults", {})
    return {
        "classes": table.get("classes", {}),
        "defaults": {key: value for key, value in defaults.items() if key in form.keys},
        "frame": [_bare(own) for own in table["frame"] if _form(own, defaults, where) is form],
    }


def _form(own: Mapping[str, Any], defaults: Mapping[str, Any], where: str) -> Form:
    """Of which kind a frame is, by its own 'type' or 'stance', else by that of the defaults."""
    if "type" in own and "stance" in own:
        label = f"{where}, frame {own.get('id', '(without id)')!r}"
        raise KnowledgeError(f"{label}: 'type' is for events, 'stance' for positions; leave one out")
    said = own if "type" in own or "stance" in own else defaults
    return stances.FORM if "stance" in said and "type" not in said else frames.FORM


def _bare(own: Mapping[str, Any]) -> Mapping[str, Any]:
    """A frame with its id as the lexicon has it: 'reject/oppose' also where a user wrote it as a record's
    ``because`` does, 'stance/reject/oppose'.
    """
    frame_id = own.get("id")
    return {**own, "id": frame_id.removeprefix("stance/")} if isinstance(frame_id, str) else own


def _classes(table: Mapping[str, Any], where: str, folder: str) -> Mapping[str, Slot]:
    """The package's word classes for frames of a kind, and the file's; none where it has no such frame."""
    return read_classes(table, where, load_classes(folder)) if table["frame"] else {}
