"""The text as received made readable, with a way back: every readable stretch knows where it stood."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from onrecord.text.characters import character_edits, space_edits
from onrecord.text.furniture import find_furniture
from onrecord.text.joined import joined_edits
from onrecord.text.readable import Edit, Furniture, Readable, apply, compose
from onrecord.text.wraps import hyphen_edits, wrap_edits

__all__ = ["Edit", "Furniture", "Readable", "repair"]

_STAGES: tuple[Callable[[str], Iterable[Edit]], ...] = (
    character_edits,
    space_edits,
    wrap_edits,
    hyphen_edits,
    joined_edits,
)
ROUNDS = 4  # one repair can lay bare another, seldom twice


def repair(text: str) -> Readable:
    """The readable form of a text as received, its furniture marked.

    Nothing is lost: what is deleted or replaced is listed by ``Readable.repairs``, and furniture stays in the
    text, with the reason for which it is not coded.
    """
    edits: list[Edit] = []
    readable = text
    in_order: dict[object, str] = {}  # by stage, the text in which it found nothing
    for _ in range(ROUNDS):
        changed = False
        for stage in _STAGES:
            if in_order.get(stage) == readable:
                continue
            found = list(stage(readable))
            if not found:
                in_order[stage] = readable
            else:
                edits = compose(edits, found, readable)
                readable = apply(readable, found)
                changed = True
        if not changed:
            break
    return Readable(text, edits, find_furniture(readable))
