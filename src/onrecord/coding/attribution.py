"""An attribution: words of the text that the text gives to a source, before anyone is identified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.record import StatementKind
from onrecord.text.stretches import Stretches

Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Readable offsets throughout, end exclusive.

    ``speaker`` is the local mention of the source ('he', 'the minister'), None where the text names none;
    ``content`` one stretch or more, in order; ``via`` the mentions of those who relayed it, outermost first.
    ``because`` names the rule or model.
    """

    speaker: Offsets | None
    cue: Offsets | None
    content: tuple[Offsets, ...]
    kind: StatementKind
    because: str
    confidence: float
    via: tuple[Offsets, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """An attribution with its people identified.

    ``statement`` is the id of the record's statement; ``speakers`` the actor ids of the source, several for
    joint speakers, none where the source cannot be identified; ``via`` the ids of those who relayed it.
    """

    statement: str
    attribution: Attribution
    speakers: tuple[str, ...]
    via: tuple[str, ...] = ()


class Held:
    """Which of some attributions hold an offset, or what begins there."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        pairs = [(i, stretch) for i, a in enumerate(attributions) for stretch in a.content]
        self._of = [i for i, _ in pairs]
        self._stretches = Stretches(stretch for _, stretch in pairs)

    def meeting(self, start: int, end: int) -> list[int]:
        """The places of the attributions that have words in common with a stretch, in ascending order."""
        return sorted({self._of[k] for k in self._stretches.meeting(start, end)})

    def at(self, offset: int) -> list[int]:
        """The places of the attributions in whose words a readable offset lies, in ascending order."""
        return sorted({self._of[k] for k in self._stretches.at(offset)})
