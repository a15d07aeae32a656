"""A user's frames put to the test: each is to be found in its example, and not in its counter-example."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from onrecord.coding.coder import Coder, from_text
from onrecord.coding.frames import Frame
from onrecord.coding.own_frames import OwnFrames
from onrecord.coding.stance_roles import issues_of, parties_of
from onrecord.coding.stances import StanceFrame


@dataclass(frozen=True, slots=True)
class Found:
    """A frame found in a sentence: its words, and for each role the words that can fill it, best first."""

    frame: str
    words: str
    roles: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """One sentence of a frame, and what was found there.

    Frames have the names that a record's ``because`` gives them. ``found`` is the frame itself, None where
    it is not there; ``others`` are the package's and the file's other frames of its kind that are; ``coded``
    those of the events, for a frame of stances of the positions, that the coder writes.
    """

    frame: str
    kind: Literal["example", "counter"]
    text: str
    found: Found | None
    others: tuple[str, ...]
    coded: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether the frame is where it should be."""
        return (self.found is not None) == (self.kind == "example")


def trials(coder: Coder, own: OwnFrames) -> Iterator[Trial]:
    """The examples and counter-examples of a user's frames, those of events before those of stances.

    ``coder`` is one that was loaded with these frames. A frame of stances is where its words are; from a
    counter-example it is only asked that no position rests on it.
    """
    for frame in own.events:
        yield _of_event(coder, frame, "example", frame.example)
        yield _of_event(coder, frame, "counter", frame.counter)
    for shown in own.stances:
        yield _of_stance(coder, shown, "example", shown.example)
        yield _of_stance(coder, shown, "counter", shown.counter)


def _of_event(coder: Coder, frame: Frame, kind: Literal["example", "counter"], text: str) -> Trial:
    parse = coder.parser.parse(from_text(text))
    found = [
        Found(
            m.frame.id, _words(m.words), tuple((r, _texts(f.token for f in fs)) for r, fs in m.roles.items())
        )
        for m in coder.frames.match(parse.doc)
        if not m.negated
    ]
    return _trial(frame.id, kind, text, found, [event.because for event in coder.code(text).events])


def _of_stance(coder: Coder, frame: StanceFrame, kind: Literal["example", "counter"], text: str) -> Trial:
    parse = coder.parser.parse(from_text(text))
    name = f"stance/{frame.id}"
    coded = [position.because for position in coder.code(text).positions]
    found = []
    for hit in coder.stances.hits(parse.doc):
        issues = (hit.clause,) if hit.clause is not None else (token for token, _ in issues_of(hit))
        roles = (("party", _texts(parties_of(hit))), ("issue", _texts(issues)))
        found.append(Found(f"stance/{hit.frame.id}", _words(hit.words), roles))
    if kind == "counter" and name not in coded:
        found = [other for other in found if other.frame != name]
    return _trial(name, kind, text, found, coded)


def _trial(
    name: str, kind: Literal["example", "counter"], text: str, found: list[Found], coded: list[str]
) -> Trial:
    return Trial(
        frame=name,
        kind=kind,
        text=text,
        found=next((one for one in found if one.frame == name), None),
        others=tuple(sorted({one.frame for one in found} - {name})),
        coded=tuple(coded),
    )


def _words(tokens: Iterable[Token]) -> str:
    return " ".join(token.text for token in tokens)


def _texts(tokens: Iterable[Token]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(token.text for token in tokens))
