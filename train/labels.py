"""Gold attributions of a paragraph as tags of its words, and as cue-word relations."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from onrecord.coding import tagger_tags as T
from onrecord.coding.tagger_pieces import Pieces, WordPiece
from polnear import Offsets, Paragraph


@dataclass
class Example:
    doc: str
    who: int
    annotators: int
    start: int
    pieces: Pieces
    tags: list[int]
    cues: list[Offsets]  # first word, past the last
    sources: list[Offsets | None]
    contents: list[list[Offsets]]


def example(p: Paragraph, wordpiece: WordPiece) -> Example:
    x = wordpiece.split(p.text)
    starts = [s for s, _ in x.words]
    ends = [e for _, e in x.words]

    def words(span: Offsets) -> Offsets:
        return bisect_left(ends, span[0] + 1), bisect_left(starts, span[1])

    tags = [T.OUTSIDE] * len(x.words)

    def mark(span: Offsets, kind: int) -> None:
        first = True
        for i in range(*span):
            if tags[i] == T.OUTSIDE:
                tags[i] = T.begin(kind) if first else T.inside(kind)
                first = False
            else:
                first = True

    atts = []
    for g in sorted((g for g in p.gold if g.cue), key=lambda g: g.cue or (0, 0)):
        cue = words(g.cue) if g.cue else (0, 0)
        if cue[0] >= cue[1]:
            continue
        source = words(g.source) if g.source else None
        if source and source[0] >= source[1]:
            source = None
        content = [w for w in map(words, g.content) if w[0] < w[1]]
        atts.append((cue, source, content))
    seen: set[Offsets] = set()
    last: Offsets | None = None
    cue_kinds = []
    for cue, source, content in atts:
        shared = source is not None and source in seen and source == last
        cue_kinds.append(T.CUE_SHARED if shared else T.CUE)
        if source and source not in seen:
            mark(source, T.SPEAKER_RIGHT if source[0] < cue[0] else T.SPEAKER_LEFT)
            seen.add(source)
        for part in content:
            mark(part, T.CONTENT_RIGHT if part[0] < cue[0] else T.CONTENT_LEFT)
        last = source
    for (cue, _, _), kind in zip(atts, cue_kinds, strict=True):
        mark(cue, kind)
    for g in p.gold:
        if g.away:
            for part in map(words, g.content):
                mark(part, T.CONTENT_RIGHT if g.away > 0 else T.CONTENT_LEFT)
    return Example(
        p.doc, p.who, p.annotators, p.start, x, tags,
        [a[0] for a in atts], [a[1] for a in atts], [a[2] for a in atts],
    )  # fmt: skip
