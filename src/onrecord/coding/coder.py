"""The heart: one pure function from a document to its record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import msgspec

from onrecord import __version__, knowledge
from onrecord.actors.directory import directory
from onrecord.actors.own import OwnActors
from onrecord.actors.resolve import find_cast, with_speakers
from onrecord.coding.combine import attributions
from onrecord.coding.events import code_events
from onrecord.coding.own_frames import OwnFrames, event_frames, stance_frames
from onrecord.coding.positions import code_positions
from onrecord.coding.publisher import find_publisher
from onrecord.coding.statements import identify, quoted_speakers, with_publisher, write_statements
from onrecord.coding.tagger import Tagger
from onrecord.record import CoderInfo, Document, Record, Warning
from onrecord.sources.checks import check
from onrecord.text.dates import find_dates
from onrecord.text.parse import Parse, Parser


class Coder:
    """A loaded model and the knowledge. Holds no state between documents."""

    def __init__(
        self,
        parser: Parser,
        tagger: Tagger | None = None,
        own: OwnActors | None = None,
        frames: OwnFrames | None = None,
    ) -> None:
        self.parser = parser
        self.known = directory(own)
        self.frames = event_frames(frames)
        self.stances = stance_frames(frames)
        self.tagger = tagger
        self.info = CoderInfo(
            version=__version__,
            model=parser.name,
            knowledge="+".join((knowledge.VERSION, *(file.digest[:8] for file in (own, frames) if file))),
            attribution=f"tagger/{tagger.name}" if tagger else "rules",
        )

    def code(self, document: Document | str, *, published: str | None = None) -> Record:
        """The record of one document, or of a text with its day of publication (an ISO date).

        Raises DocumentError where the document cannot be coded; the message says why and what to do.
        """
        if isinstance(document, str):
            document = from_text(document, published)
        check(document)
        return self._record(self.parser.parse(document))

    def stream(self, documents: Iterable[Document]) -> Iterator[Record]:
        """The records of many documents, in their order. Raises DocumentError at the first that fails."""
        for document in documents:
            yield self.code(document)

    def _record(self, parse: Parse) -> Record:
        dates = find_dates(parse)
        cast = find_cast(parse, self.known)
        publisher = find_publisher(self.parser, parse.document)
        found = attributions(parse, self.tagger, readout=publisher is not None)
        said = identify(parse, cast, found, publisher)
        cast = with_publisher(cast, said, publisher)
        cast = with_speakers(cast, parse, quoted_speakers(parse, said))
        events = code_events(parse, cast, said, dates, self.frames)
        issues, positions = code_positions(parse, cast, said, events, dates, self.stances)
        return Record(
            coder=self.info,
            document=msgspec.structs.replace(
                parse.document,
                language=parse.document.language or "en",  # check() lets no other pass
                repairs=parse.readable.repairs(),
            ),
            actors=cast.actors,
            statements=write_statements(parse, cast, said, dates),
            events=events,
            issues=issues,
            positions=positions,
            warnings=(*parse.document.warnings, *_warnings(parse), *cast.warnings),
        )


def _warnings(parse: Parse) -> tuple[Warning, ...]:
    """What the text itself leaves open, and what of it was not coded."""
    undated = Warning(
        code="no-publication-date",
        message="the day of publication is not known: words like 'Monday' have no date, and the holders of "
        "offices are guessed; give it with --published or --meta",
    )
    passed_over = (
        Warning(code="not-coded", message=f.reason, span=parse.span(f.start, f.end)) for f in parse.furniture
    )
    return (*(() if parse.document.published else (undated,)), *passed_over)


def load(model: str | None = None, own: OwnActors | None = None, frames: OwnFrames | None = None) -> Coder:
    """A coder with a spaCy model, the default one where None, a user's own actors and frames where given.

    Raises UsageError where the model is missing.
    """
    return Coder(Parser.load(model), Tagger.load(), own, frames)


def from_text(text: str, published: str | None = None) -> Document:
    """A document from a bare text; its id is the SHA-256 of the text."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(id=digest, text=text, published=published)
