"""What installed packages add by entry points: kinds of input, formats of output, files of frames.

A package names what it adds in a group of entry points; nothing is imported before it is asked for. What does
not load, or has a name that is taken, is told by a ``PluginWarning`` and left out: it never ends a run.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Collection, Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType
from typing import Any

SOURCES, FORMATS, FRAMES = "onrecord.sources", "onrecord.formats", "onrecord.frames"


class PluginWarning(UserWarning):
    """What an installed package would add cannot be used; the message names package and reason."""


def load(
    group: str, is_one: Callable[[Any], bool], what: str, taken: Collection[str] = ()
) -> Mapping[str, Any]:
    """What installed packages add to a group, by name, in the order of the names.

    ``is_one`` says whether an object is of the kind that the group holds, ``what`` names that kind for
    messages, ``taken`` are the names that are not to be had. Warns of what cannot be used.
    """
    found: dict[str, Any] = {}
    for point in sorted(_points(group), key=lambda p: (p.name, p.value, _by(p))):
        if point.name in taken or point.name in found:
            _warn(point, "its name is taken; uninstall one of the two")
            continue
        try:
            loaded = point.load()
        except Exception as e:
            # A package of somebody else may fail in any way; the rest of the program needs none of it.
            _warn(point, f"it does not load ({type(e).__name__}: {e}); upgrade or uninstall it")
            continue
        if not is_one(loaded):
            _warn(point, f"it is {type(loaded).__name__}, not {what}; tell its makers")
            continue
        found[point.name] = loaded
    return MappingProxyType(found)


def names(group: str) -> tuple[str, ...]:
    """The names that installed packages give in a group; nothing is imported."""
    return tuple(sorted({point.name for point in _points(group)}))


@cache
def _points(group: str) -> tuple[EntryPoint, ...]:
    return tuple(entry_points(group=group))


def _by(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else "an unknown package"


def _warn(point: EntryPoint, reason: str) -> None:
    message = f"{point.name!r} ({point.group}) of {_by(point)} is left out: {reason}"
    warnings.warn(message, PluginWarning, stacklevel=4)
