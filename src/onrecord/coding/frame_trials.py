"""A user's frames put to the test: each is to be found in its example, and not in its counter-example."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from onrecord.coding.coder import Coder, from_text
from onrecord.coding.frames import Frame, Match
from onrecord.coding.own_frames import OwnFrames


@dataclass(frozen=True, slots=True)
class Found:
    """A frame found in a sentence: its words, and for each role the phrases that can fill it, best first."""

    frame: str
    words: str
    roles: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """One sentence of a frame, and what was found there.

    ``found`` is the frame itself, ``None`` where it is not there; ``others`` are the ids of the package's
    and the file's other frames that are; ``events`` the frames of the events that the coder writes.
    """

    frame: str
    kind: Literal["example", "counter"]
    text: str
    found: Found | None
    others: tuple[str, ...]
    events: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether the frame is where it should be."""
        return (self.found is not None) == (self.kind == "example")


def trials(coder: Coder, own: OwnFrames) -> Iterator[Trial]:
    """The examples and counter-examples of a user's frames, in the order of the file.

    ``coder`` is one that was loaded with these frames.
    """
    for frame in own.frames:
        yield _trial(coder, frame, "example", frame.example)
        yield _trial(coder, frame, "counter", frame.counter)


def _trial(coder: Coder, frame: Frame, kind: Literal["example", "counter"], text: str) -> Trial:
    parse = coder.parser.parse(from_text(text))
    matches = [m for m in coder.frames.match(parse.doc) if not m.negated]
    found = next((m for m in matches if m.frame.id == frame.id), None)
    return Trial(
        frame=frame.id,
        kind=kind,
        text=text,
        found=_found(found) if found is not None else None,
        others=tuple(sorted({m.frame.id for m in matches} - {frame.id})),
        events=tuple(event.because for event in coder.code(text).events),
    )


def _found(match: Match) -> Found:
    roles = ((r, tuple(dict.fromkeys(f.token.text for f in fs))) for r, fs in match.roles.items())
    return Found(match.frame.id, " ".join(t.text for t in match.words), tuple(roles))
