"""Attributions inside attributed words: 'according to Ushakov, Trump told Putin: “…”'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.coding.attribution import Attribution, Offsets
from onrecord.coding.spans import trim
from onrecord.text.parse import Parse
from onrecord.text.stretches import Stretches

_RELAYED = frozenset(
    ("announce", "claim", "declare", "deny", "insist", "promise", "say", "tell", "threaten", "warn")
)


def with_nested(
    parse: Parse, attributions: Sequence[Attribution], by_rules: Sequence[Attribution]
) -> tuple[Attribution, ...]:
    """The attributions, each followed by those that the rules find in its words and that no other has found.

    The learned tagger gives each word to one source, so that the inner of two goes missing. Only a verb of
    saying with a named subject, outside quotation marks, counts as the inner cue. Its words end where those
    around it do.
    """
    taken = Stretches(a.cue for a in attributions if a.cue is not None)
    inner = [
        (a, a.cue)
        for a in by_rules
        if a.cue is not None and not taken.meeting(*a.cue) and _is_relayed(parse, a)
    ]
    inner_cues = Stretches(cue for _, cue in inner)
    used: set[int] = set()
    out: list[Attribution] = []
    for outer in attributions:
        near = {i for s, e in outer.content for i in inner_cues.meeting(s, e)} - used
        held = [
            i
            for i in sorted(near)
            if any(s <= inner[i][1][0] and inner[i][1][1] <= e for s, e in outer.content)
        ]
        used.update(held)
        out.append(outer)
        for a, _ in (inner[i] for i in held):
            content = tuple(_within(parse, a.content, outer.content))
            if content:
                out.append(replace(a, content=content))
    return tuple(out)


def relayed_once(parse: Parse, attributions: Sequence[Attribution]) -> list[Attribution]:
    """'“…,” X said, according to Y' is one attribution: of X, relayed by Y."""
    dropped: set[Attribution] = set()
    out = list(attributions)
    from_: dict[int, list[int]] = {}
    for i, a in enumerate(out):
        from_.setdefault(a.content[0][0], []).append(i)
    for outer in attributions:
        if outer.cue is None or outer.speaker is None or len(outer.content) > 1:
            continue
        if not parse.text.startswith(("according to", "According to"), outer.cue[0]):
            continue
        start = outer.content[0][0]
        near = sorted((*from_.get(start, ()), *from_.get(start + 1, ())))
        at = next((i for i in near if _is_told_by(outer, out[i])), None)
        if at is not None:
            out[at] = replace(out[at], via=(outer.speaker, *out[at].via))
            dropped.add(outer)
    return [a for a in out if a not in dropped]


def _is_told_by(outer: Attribution, inner: Attribution) -> bool:
    """Whether the outer words are the inner ones followed by the inner cue, with the outer cue after them."""
    if outer.cue is None or inner.cue is None:
        return False
    start, end = outer.content[0]
    return (
        0 <= inner.content[0][0] - start <= 1
        and inner.content[-1][1] <= inner.cue[0]
        and inner.cue[1] <= end <= outer.cue[0]
    )


def _within(parse: Parse, content: Sequence[Offsets], outer: Sequence[Offsets]) -> Iterator[Offsets]:
    for start, end in content:
        for low, high in outer:
            shared = trim(parse.text, max(start, low), min(end, high))
            if shared is not None and max(start, low) < min(end, high):
                yield shared


def _is_relayed(parse: Parse, attribution: Attribution) -> bool:
    if attribution.cue is None or attribution.speaker is None:
        return False
    cue = parse.token_at(attribution.cue[0])
    if cue is None or cue.lemma_ not in _RELAYED or parse.quote_at(cue.idx) is not None:
        return False
    speaker = parse.doc.char_span(*attribution.speaker, alignment_mode="expand")
    return speaker is not None and any(token.pos_ == "PROPN" for token in speaker)
