"""Transcripts: paragraphs that each begin with who speaks, 'LINDQVIST: …'."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.coding.attribution import Attribution, Offsets
from onrecord.coding.spans import trim
from onrecord.text.parse import Parse

_CAPITALS = r"[A-Z][A-Z.’'-]*(?: [A-Z][A-Z.’'-]*){0,4}"
_NAME = r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}"
_TURN = re.compile(rf"[“\"‘']?(?P<who>(?P<loud>{_CAPITALS})|{_NAME})(?: ?\([^)\n]*\))?(?P<cue>:)\s+(?=\S)")
_ASIDE = re.compile(r"[“\"]?[(\[][^\n]*[)\]][.”\"]*\s*")  # '(CROSSTALK)'
_NOBODY = frozenset(("A", "ANSWER", "Answer", "Q", "QUESTION", "Question"))
TURNS = 3  # as few make a transcript
GOES_ON = 3  # paragraphs after the first in which a turn may go on


@dataclass(slots=True)
class _Turn:
    """A turn: whose, and the paragraphs it fills; ``content`` grows."""

    who: str
    loud: bool
    speaker: Offsets
    cue: Offsets
    content: list[Offsets]


def attribute_turns(parse: Parse) -> list[Attribution]:
    """The turns of a transcript, each with all its paragraphs; none where the text is no transcript.

    Three turns or more make one, in a row but for asides in brackets and for paragraphs in which a speaker
    goes on. Somebody must speak twice; where the names are not in capitals, two must: headings are none.
    """
    return [
        Attribution(
            turn.speaker, turn.cue, tuple(turn.content), "indirect", "attribution/transcript", confidence=0.9
        )
        for run in _runs(parse)
        if _takes_turns(run)
        for turn in run
    ]


def _takes_turns(run: Sequence[_Turn]) -> bool:
    times = Counter(turn.who for turn in run)
    if _NOBODY.issuperset(times):  # questions and answers of the reporter's own
        return False
    returning = sum(n > 1 for n in times.values())
    return len(run) >= TURNS and len(times) > 1 and returning >= (1 if run[0].loud else 2)


def _runs(parse: Parse) -> Iterator[list[_Turn]]:
    """Rows of turns. A paragraph without a name belongs to the turn before it if another turn follows."""
    run: list[_Turn] = []
    between: list[Offsets] = []
    for start, end in parse.paragraphs:
        match = _TURN.match(parse.text, start, end)
        content = trim(parse.text, match.end(), end) if match else trim(parse.text, start, end)
        if content is None or (match is None and _ASIDE.fullmatch(parse.text, start, end)):
            continue
        if match is None:
            between.append(content)
            continue
        loud = match["loud"] is not None
        if run and (len(between) > GOES_ON or loud != run[-1].loud):
            yield run
            run = []
        elif run:
            run[-1].content.extend(between)
        between = []
        run.append(_Turn(match["who"], loud, match.span("who"), match.span("cue"), [content]))
    yield run
