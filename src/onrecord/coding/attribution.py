"""An attribution: words of the text that the text gives to a source, before anyone is identified."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.record import StatementKind

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

    def holds(self, offset: int) -> bool:
        """Whether a readable offset lies in the attributed words."""
        return any(start <= offset < end for start, end in self.attribution.content)
