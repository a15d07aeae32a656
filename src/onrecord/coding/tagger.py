"""The learned attribution tagger: a small encoder in ONNX reads each paragraph, NumPy decodes.

Its weights lie in ``data/attribution`` with a model card; ``train/`` makes them. Without them or without
ONNX Runtime ``Tagger.load()`` gives None, and the rules stand alone.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from io import BytesIO
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.coding.attribution import Attribution, Offsets
from onrecord.coding.tagger_decode import DEFAULTS, Array, Found, Heads, decode
from onrecord.coding.tagger_pieces import Pieces, WordPiece
from onrecord.knowledge import data
from onrecord.record import StatementKind
from onrecord.text.parse import Parse

WINDOW = 250  # pieces the encoder reads at once; a longer paragraph is read in windows that overlap
STEP = 150  # pieces from the start of one window to that of the next, at most
BATCH = 4096  # pieces a batch, padding included
MARKS = '"“”„‟«»〝〞'


@dataclass(frozen=True, slots=True)
class _Window:
    """Words ``first`` to ``last`` of a paragraph, and which of them (``low`` to ``high``) it answers for."""

    paragraph: int
    first: int
    last: int
    low: int
    high: int
    size: int


class Tagger:
    """Finds who said what. ``name`` names the weights."""

    def __init__(self, session: Any, wordpiece: WordPiece, heads: Heads, name: str) -> None:
        self._session = session
        self._wordpiece = wordpiece
        self._heads = heads
        self.name = name

    @classmethod
    def load(cls, threads: int = 1) -> Tagger | None:
        """The tagger with the package's weights, None where these or ONNX Runtime are missing."""
        return _load(threads)

    def attribute(self, parse: Parse) -> tuple[Attribution, ...]:
        """The attributions of a document, in order of their cues; readable offsets."""
        spans = [p for p in parse.paragraphs if not parse.is_furniture(p[0])]
        return self.attribute_text(parse.text, spans)

    def attribute_text(self, text: str, paragraphs: list[Offsets]) -> tuple[Attribution, ...]:
        """The attributions of a text, given its paragraphs."""
        pieces = [self._wordpiece.split(text[start:end]) for start, end in paragraphs]
        out: list[Attribution] = []
        pending: list[Offsets] = []
        for (start, _), split, found in zip(paragraphs, pieces, self._found(pieces), strict=True):
            for f in found:
                content = tuple(_offsets(start, split, w) for w in f.content)
                if f.cue is None:
                    if f.away > 0:
                        pending.extend(content)
                    elif out:
                        out[-1] = _with(out[-1], text, out[-1].content + content)
                    continue
                content = (*pending, *content)
                pending = []
                speaker = _offsets(start, split, f.speaker) if f.speaker else None
                out.append(
                    Attribution(
                        speaker=speaker,
                        cue=_offsets(start, split, f.cue),
                        content=content,
                        kind=kind_of(text, content),
                        because=f"tagger/{self.name}",
                        confidence=round(f.confidence, 3),
                    )
                )
        return tuple(out)

    def _found(self, pieces: list[Pieces]) -> list[list[Found]]:
        scores = self._scores(pieces)
        out: list[list[Found]] = [[] for _ in pieces]
        rows = sorted((i for i, p in enumerate(pieces) if p.words), key=lambda i: (len(pieces[i].words), i))
        for batch in _by_size(rows, [len(p.words) for p in pieces]):
            found = decode([scores[i][0] for i in batch], [scores[i][1] for i in batch], self._heads)
            for i, f in zip(batch, found, strict=True):
                out[i] = f
        return out

    def _scores(self, pieces: list[Pieces]) -> list[tuple[Array, Array]]:
        """Tag scores and relation projections of every word of every paragraph."""
        windows = [w for i, p in enumerate(pieces) for w in _windows(i, p)]
        parts: list[list[tuple[Array, Array]]] = [[] for _ in pieces]
        answers: list[tuple[Array, Array] | None] = [None] * len(windows)
        order = sorted(range(len(windows)), key=lambda i: (windows[i].size, i))
        for batch in _by_size(order, [w.size + 2 for w in windows]):
            tags, pair = self._session.run(None, self._inputs([windows[i] for i in batch], pieces))
            for row, i in enumerate(batch):
                w = windows[i]
                low, high = w.low - w.first, w.high - w.first
                answers[i] = (tags[row, low:high], pair[row, low:high])
        for window, answer in zip(windows, answers, strict=True):
            if answer is not None:
                parts[window.paragraph].append(answer)
        return [
            (np.concatenate([t for t, _ in p]), np.concatenate([q for _, q in p]))
            if p
            else (np.zeros((0, 0), np.float32), np.zeros((0, 0), np.float32))
            for p in parts
        ]

    def _inputs(self, windows: list[_Window], pieces: list[Pieces]) -> dict[str, npt.NDArray[np.int64]]:
        shape = len(windows), max(w.size for w in windows) + 2
        ids, case, quote = (np.zeros(shape, dtype=np.int64) for _ in range(3))
        first = np.zeros((len(windows), max(w.last - w.first for w in windows)), dtype=np.int64)
        for row, w in enumerate(windows):
            p = pieces[w.paragraph]
            a = p.first[w.first]
            b = a + w.size
            ids[row, 0], ids[row, w.size + 1] = self._wordpiece.cls, self._wordpiece.sep
            ids[row, 1 : w.size + 1] = p.ids[a:b]
            case[row, 1 : w.size + 1] = p.case[a:b]
            quote[row, 1 : w.size + 1] = p.quote[a:b]
            first[row, : w.last - w.first] = np.array(p.first[w.first : w.last]) - a + 1
        return {"ids": ids, "case": case, "quote": quote, "first": first}


@cache
def _load(threads: int) -> Tagger | None:
    return read(data("attribution"), threads)


def read(folder: Traversable, threads: int = 1, settings: dict[str, float] | None = None) -> Tagger | None:
    """The tagger whose weights lie in a folder, None where a file or ONNX Runtime is missing."""
    try:
        import onnxruntime
    except ImportError:
        return None
    files = {n: folder / n for n in ("tagger.onnx", "heads.npz", "vocab.txt", "tagger.json")}
    if not all(f.is_file() for f in files.values()):
        return None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        files["tagger.onnx"].read_bytes(), options, providers=["CPUExecutionProvider"]
    )
    about = json.loads(files["tagger.json"].read_text("utf-8"))
    arrays = np.load(BytesIO(files["heads.npz"].read_bytes()))
    heads = Heads(
        **{n: arrays[n] for n in ("transitions", "distance", "between", "weight", "bias")},
        settings={**DEFAULTS, **about["settings"], **(settings or {})},
    )
    vocabulary = files["vocab.txt"].read_text("utf-8").split("\n")
    return Tagger(session, WordPiece(vocabulary[:-1]), heads, about["name"])


def _by_size(order: list[int], sizes: list[int]) -> list[list[int]]:
    """Batches of an ascending order, each at most BATCH when padded to its longest."""
    out: list[list[int]] = []
    for i in order:
        if not out or (len(out[-1]) + 1) * sizes[i] > BATCH:
            out.append([])
        out[-1].append(i)
    return out


def _windows(paragraph: int, p: Pieces) -> list[_Window]:
    """The stretches in which the encoder reads a paragraph; it likes to begin one after a sentence's end."""
    n = len(p.words)
    if not n:
        return []
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
            out[-1] = _Window(paragraph, before.first, before.last, before.low, low, before.size)
        out.append(_Window(paragraph, first, last, low, n, size))
        if last == n:
            return out
        step = bisect_left(ends, ends[first] + STEP, first + 1, last)
        first = max(first + 1, min(_sentence_start(p, step, first + 1), last))


def _sentence_start(p: Pieces, at: int, low: int) -> int:
    """The nearest word at or before a place that follows an end of sentence, at most 60 words back."""
    unknown = p.ids  # ids of the pieces; an end mark is one piece, so its word is one character long
    for i in range(at, max(low, at - 60), -1):
        a, b = p.words[i - 1]
        if b - a == 1 and unknown[p.first[i - 1]] in ENDS:
            return i
    return at


ENDS = frozenset((1012, 1025, 1029, 999))  # . ; ? ! in BERT's uncased vocabulary


def _offsets(start: int, pieces: Pieces, words: tuple[int, int]) -> Offsets:
    return start + pieces.words[words[0]][0], start + pieces.words[words[1] - 1][1]


def _with(a: Attribution, text: str, content: tuple[Offsets, ...]) -> Attribution:
    return Attribution(a.speaker, a.cue, content, kind_of(text, content), a.because, a.confidence, a.via)


def kind_of(text: str, content: tuple[Offsets, ...]) -> StatementKind:
    """Direct where every stretch begins and ends at a quotation mark, mixed where some mark stands in or next
    to one, indirect where none does."""
    quoted, direct = False, True
    for start, end in content:
        around = text[max(0, start - 1) : end + 1]
        quoted = quoted or any(c in MARKS for c in around)
        head = text[max(0, start - 1) : start + 1]
        tail = text[max(start, end - 2) : end + 2] if text[end - 1] not in MARKS else text[end - 1]
        direct = direct and any(c in MARKS for c in head) and any(c in MARKS for c in tail)
    if not quoted:
        return "indirect"
    return "direct" if direct else "mixed"
