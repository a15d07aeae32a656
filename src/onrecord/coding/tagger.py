"""The learned attribution tagger: a small encoder in ONNX reads the paragraphs, NumPy decodes.

Its weights lie in ``data/attribution`` with a model card; ``train/`` makes them. Without them or without
ONNX Runtime ``Tagger.load()`` gives None, and the rules stand alone.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from io import BytesIO

import numpy as np

from onrecord.coding.attribution import Attribution, Offsets
from onrecord.coding.spans import kind_of
from onrecord.coding.tagger_across import Draft, Reading, introduced, join, signed
from onrecord.coding.tagger_decode import DEFAULTS, Array, Found, Heads, Words, decode
from onrecord.coding.tagger_encoder import Encoder, Stretch
from onrecord.coding.tagger_pieces import Pieces, WordPiece
from onrecord.knowledge import data
from onrecord.text.parse import Parse
from onrecord.text.quotation import Quote

WINDOW = 250  # pieces the encoder reads at once; a longer paragraph is read in windows that overlap
STEP = 150  # pieces from the start of one window to that of the next, at most
BATCH = 4096  # words decoded at once, padding included
ENDS = frozenset((1012, 1025, 1029, 999))  # . ; ? ! in BERT's uncased vocabulary


@dataclass(frozen=True, slots=True)
class _Window:
    """Words ``first`` to ``last`` of a paragraph, ``size`` pieces; it answers for ``low`` to ``high``."""

    first: int
    last: int
    low: int
    high: int
    size: int


class Tagger:
    """Finds who said what. ``name`` names the weights."""

    def __init__(self, encoder: Encoder, wordpiece: WordPiece, heads: Heads, name: str) -> None:
        self._encoder = encoder
        self._wordpiece = wordpiece
        self._heads = heads
        self.name = name

    @classmethod
    def load(cls, threads: int = 1) -> Tagger | None:
        """The tagger with the package's weights, None where these or ONNX Runtime are missing."""
        return _load(threads)

    def attribute(self, parse: Parse) -> tuple[Attribution, ...]:
        """The attributions of a document, in order of their cues; readable offsets."""
        return self.attribute_text(parse.text, parse.report, parse.quotes)

    def attribute_text(
        self, text: str, paragraphs: Sequence[Offsets], quotes: Sequence[Quote]
    ) -> tuple[Attribution, ...]:
        """The attributions of a text, given its paragraphs and quotations."""
        spans = introduced(text, [(a, b) for a, b in (_trimmed(text, p) for p in paragraphs) if a < b])
        pieces = [self._wordpiece.split(text[start:end]) for start, end in spans]
        found = self._found(pieces)
        readings = [_reading(text, s, p, f) for s, p, f in zip(spans, pieces, found, strict=True)]
        return tuple(
            Attribution(
                speaker=draft.speaker,
                cue=draft.cue,
                content=tuple(draft.content),
                kind=kind_of(text, quotes, draft.content),
                because=f"tagger/{self.name}",
                confidence=round(draft.confidence, 3),
            )
            for draft in join(text, readings, quotes)
        )

    def _found(self, pieces: list[Pieces]) -> list[list[Found]]:
        out: list[list[Found]] = [[] for _ in pieces]
        order = sorted((i for i, p in enumerate(pieces) if p.words), key=lambda i: (len(pieces[i].words), i))
        for batch in _by_size(order, [len(p.words) for p in pieces]):
            scores = self._scores([pieces[i] for i in batch])
            found = decode([tags for tags, _ in scores], [pair for _, pair in scores], self._heads)
            for i, f in zip(batch, found, strict=True):
                out[i] = f
        return out

    def _scores(self, paragraphs: list[Pieces]) -> list[tuple[Array, Array]]:
        """Tag scores and relation projections of every word of each paragraph."""
        windows = [_windows(p) for p in paragraphs]
        scores = iter(
            self._encoder.scores(
                [self._stretch(w, p) for ws, p in zip(windows, paragraphs, strict=True) for w in ws]
            )
        )
        out = []
        for ws in windows:
            own = [slice(w.low - w.first, w.high - w.first) for w in ws]
            parts = [(tags[o], pair[o]) for o, (tags, pair) in zip(own, scores, strict=False)]
            out.append(
                parts[0]
                if len(parts) == 1
                else (np.concatenate([t for t, _ in parts]), np.concatenate([q for _, q in parts]))
            )
        return out

    def _stretch(self, w: _Window, p: Pieces) -> Stretch:
        a = p.first[w.first]
        b = a + w.size
        return Stretch(
            ids=[self._wordpiece.cls, *p.ids[a:b], self._wordpiece.sep],
            case=[0, *p.case[a:b], 0],
            quote=[0, *p.quote[a:b], 0],
            first=[i - a + 1 for i in p.first[w.first : w.last]],
        )


@cache
def _load(threads: int) -> Tagger | None:
    return read(data("attribution"), threads)


def read(folder: Traversable, threads: int = 1, settings: dict[str, float] | None = None) -> Tagger | None:
    """The tagger whose weights lie in a folder, None where a file or ONNX Runtime is missing."""
    files = {n: folder / n for n in ("heads.npz", "vocab.txt", "tagger.json")}
    if not all(f.is_file() for f in files.values()):
        return None
    try:
        encoder = Encoder.read(folder, threads)
    except ImportError:
        return None
    if encoder is None:
        return None
    about = json.loads(files["tagger.json"].read_text("utf-8"))
    arrays = np.load(BytesIO(files["heads.npz"].read_bytes()))
    heads = Heads(
        **{n: arrays[n] for n in ("transitions", "distance", "between", "weight", "bias")},
        settings={**DEFAULTS, **about["settings"], **(settings or {})},
    )
    vocabulary = files["vocab.txt"].read_text("utf-8").split("\n")
    return Tagger(encoder, WordPiece(vocabulary[:-1]), heads, about["name"])


def _by_size(order: list[int], sizes: list[int]) -> list[list[int]]:
    """Batches of an ascending order, each at most BATCH when padded to its longest."""
    out: list[list[int]] = []
    for i in order:
        if not out or (len(out[-1]) + 1) * sizes[i] > BATCH:
            out.append([])
        out[-1].append(i)
    return out


def _windows(p: Pieces) -> list[_Window]:
    """The stretches in which the encoder reads a paragraph; it likes to begin one after a sentence's end."""
    n = len(p.words)
    ends = [*p.first, len(p.ids)]
    out: list[_Window] = []
    first = 0
    while True:
        last = bisect_left(ends, ends[first] + WINDOW, first + 1, n)
        if ends[last] > ends[first] + WINDOW:
            last = max(first + 1, last - 1)
        size = min(ends[last] - ends[first], WINDOW)
        low = 0 if not out else (first + out[-1].last) // 2
        if out:
            before = out[-1]
            out[-1] = _Window(before.first, before.last, before.low, low, before.size)
        out.append(_Window(first, last, low, n, size))
        if last == n:
            return out
        step = bisect_left(ends, ends[first] + STEP, first + 1, last)
        first = max(first + 1, min(_sentence_start(p, step, first + 1), last))


def _sentence_start(p: Pieces, at: int, low: int) -> int:
    """The nearest word at or before a place that follows an end of sentence, at most 60 words back."""
    for i in range(at, max(low, at - 60), -1):
        a, b = p.words[i - 1]
        if b - a == 1 and p.ids[p.first[i - 1]] in ENDS:
            return i
    return at


def _trimmed(text: str, span: Offsets) -> Offsets:
    start, end = span
    stretch = text[start:end]
    return start + len(stretch) - len(stretch.lstrip()), end - len(stretch) + len(stretch.rstrip())


def _bare(text: str, span: Offsets) -> Offsets:
    """A mention without the comma or dash that follows it."""
    start, end = span
    return start, start + (len(text[start:end].rstrip(" \u00a0,;:–—-")) or end - start)


def _reading(text: str, span: Offsets, pieces: Pieces, found: list[Found]) -> Reading:
    """What was found in a paragraph, in offsets of the text."""

    def offsets(words: Words) -> Offsets:
        return span[0] + pieces.words[words[0]][0], span[0] + pieces.words[words[1] - 1][1]

    out = Reading(*span, [])
    for f in found:
        content = [offsets(w) for w in f.content]
        if f.cue is not None:
            speaker = _bare(text, offsets(f.speaker)) if f.speaker else None
            out.drafts.append(signed(text, Draft(speaker, offsets(f.cue), content, f.confidence)))
        else:
            (out.after if f.away > 0 else out.before).extend(content)
    return out
