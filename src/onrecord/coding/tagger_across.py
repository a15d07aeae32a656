"""What a paragraph's reader cannot see: contents whose cue stands in the paragraph before or after.

'He said:' before a block of quotation; a quotation that its paragraph leaves open and the next takes up; a
quotation signed in the next paragraph. Works on the text and on what was found in each paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.coding.attribution import Offsets
from onrecord.text.quotation import Quote

SIGNATURE = re.compile(r"(?P<dash>[―—–-]+)\s*(?P<name>\w[^\n]*)")
OPENING = "“«\"‘'"
INTRODUCTION = 400  # characters; what ends with a colon and is longer is no mere introduction


@dataclass(slots=True)
class Draft:
    """An attribution in the making, readable offsets; ``content`` grows."""

    speaker: Offsets | None
    cue: Offsets
    content: list[Offsets]
    confidence: float


@dataclass(slots=True)
class Reading:
    """What was found in one paragraph: its drafts in order, and contents whose cue it lacks."""

    start: int
    end: int
    drafts: list[Draft]
    before: list[Offsets] = field(default_factory=list)
    after: list[Offsets] = field(default_factory=list)


def introduced(text: str, paragraphs: Sequence[Offsets]) -> list[Offsets]:
    """The stretches to read: paragraphs, each that ends with a colon together with a quotation after it."""
    out: list[Offsets] = []
    for start, end in paragraphs:
        if out and text[start] in OPENING and text[out[-1][1] - 1] == ":":
            first, last = out[-1]
            if last - first < INTRODUCTION and not text[last:start].strip():
                out[-1] = (first, end)
                continue
        out.append((start, end))
    return out


def signed(text: str, draft: Draft) -> Draft:
    """A quotation signed with a dash: the dash is the cue, the name after it the speaker."""
    start, end = draft.cue
    signature = SIGNATURE.fullmatch(text, start, end)
    if draft.speaker is None and signature is not None:
        return Draft(signature.span("name"), signature.span("dash"), draft.content, draft.confidence)
    return draft


def join(text: str, readings: Sequence[Reading], quotes: Sequence[Quote]) -> list[Draft]:
    """All drafts with a content, those that run over paragraphs completed."""
    blocks = {q.start: q for q in quotes if q.depth == 1}
    previous: Reading | None = None
    carrier: Draft | None = None  # whose words go on if this paragraph takes up an open quotation
    for reading in readings:
        near = previous is not None and not text[previous.end : reading.start].strip()
        opening = blocks.get(reading.start)
        taken = None
        if near and previous is not None:
            if carrier is not None and opening is not None:
                taken = carrier
            elif text[previous.end - 1] == ":" and previous.drafts and not previous.drafts[-1].content:
                taken = previous.drafts[-1]
            if taken is not None and opening is None and _heralded(text, taken, previous.end):
                # a block of quotation that lost its marks: all of it is the source's
                taken.content.append((reading.start, reading.end))
                reading.drafts.clear()
            elif taken is not None and not _claimed(reading, opening):
                end = opening.end if opening is not None else reading.end
                taken.content.append((reading.start, end))
            else:
                taken = None
                if reading.before and previous.drafts:
                    previous.drafts[-1].content.extend(reading.before)
            if previous.after and reading.drafts:
                reading.drafts[0].content[:0] = previous.after
        carrier = _carrier(reading, quotes, taken)
        previous = reading
    return [d for r in readings for d in r.drafts if d.content]


def _heralded(text: str, draft: Draft, end: int) -> bool:
    """Whether a paragraph ends with the draft's cue and a colon: 'The minister added:'."""
    return text[end - 1] == ":" and draft.cue[1] <= end and len(text[draft.cue[1] : end - 1].split()) <= 1


def _claimed(reading: Reading, opening: Quote | None) -> bool:
    """Whether the paragraph's own drafts hold its first words."""
    end = opening.end if opening is not None else reading.end
    return any(s < end for d in reading.drafts for s, _ in d.content)


def _carrier(reading: Reading, quotes: Sequence[Quote], taken: Draft | None) -> Draft | None:
    """The draft whose quotation the paragraph leaves open."""
    left_open = [
        q for q in quotes if q.depth == 1 and not q.closed and reading.start <= q.start < reading.end
    ]
    if not left_open:
        return None
    start = left_open[-1].start
    for draft in reading.drafts:
        if any((s <= start + 1 and start < e) or start <= s < left_open[-1].end for s, e in draft.content):
            return draft
    return taken
