"""What an encounter is: a meeting, visit or call, held or to come."""

from __future__ import annotations

import re

from onrecord.corpus.entries import Telling

TYPE = "CONSULT"
AHEAD = frozenset({"planned", "proposed"})
_MEET = re.compile(
    r"\b(?:meet|meets|meeting|talks|negotiations|negotiating|summit"
    r"|phone|telephone|visit|call with|host|hosts)\b"
)


def is_encounter(type: str, mode: str | None) -> bool:
    """Whether an event of this type is an encounter."""
    return type == TYPE


def family(telling: Telling) -> str:
    """The type under which a telling is compared: its own, or CONSULT for a meeting to come, which PLOVER
    codes as AGREE."""
    if telling.type == "AGREE" and telling.status in AHEAD and _MEET.search(telling.sentence):
        return TYPE
    return telling.type
