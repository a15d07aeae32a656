"""What a record is: the frozen typed structs of format ``onrecord/1``.

Offsets are Unicode code points into ``Document.text``, the text as received, end exclusive, so that
``text[start:end]`` is always the evidence. ``Span.text`` is the readable form (repaired words). ``None``
means that the text gives nothing; an empty tuple means that there is none.
"""

from __future__ import annotations

from typing import Literal

import msgspec

FORMAT = "onrecord/1"

ActorKind = Literal[
    "person", "state", "government", "organisation", "armed-group", "bloc", "people", "place", "unknown"
]
MentionBy = Literal["name", "title", "description", "metonym", "acronym", "demonym", "pronoun", "group"]
StatementKind = Literal["direct", "mixed", "indirect"]
Status = Literal[
    "happened", "ongoing", "planned", "proposed", "threatened", "denied", "hypothetical", "earlier"
]
Absent = Literal[
    "actor: agentless passive",
    "actor: none named",
    "actor: not identified",
    "recipient: none named",
    "recipient: not identified",
]
Quad = Literal["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]
Stance = Literal["supports", "opposes", "conditional", "noncommittal"]
Act = Literal[
    "proposes",
    "demands",
    "accepts",
    "endorses",
    "declines",
    "rejects",
    "sets-condition",
    "threatens",
    "evades",
    "withdraws",
]
Basis = Literal["self", "reported", "narrated"]
Precision = Literal["day", "week", "month", "year", "unknown"]


class _Struct(msgspec.Struct, frozen=True, kw_only=True):
    """Base of every struct of a record: immutable, compared by value, built by keyword."""


class Span(_Struct, frozen=True):
    """A stretch of the document: offsets into the text as received, and its readable form."""

    start: int
    end: int
    text: str


class Mention(_Struct, frozen=True):
    """A span that refers to an actor, and by what kind of expression."""

    start: int
    end: int
    text: str
    by: MentionBy


class Repair(_Struct, frozen=True):
    """A stretch of the text as received that is read otherwise: ``raw`` stands, ``text`` is read."""

    start: int
    end: int
    raw: str
    text: str


class Date(_Struct, frozen=True, rename={"from_": "from"}):
    """An interval of days, ISO dates, both ends included; ``span`` is the words it rests on.

    ``None`` for both ends and precision ``unknown`` mean that the text gives no day that can be resolved.
    """

    from_: str | None
    to: str | None
    precision: Precision
    span: Span | None = None


class Place(_Struct, frozen=True):
    """Where something happened. ``lat`` and ``lon`` are a point inside a city or region, None for a country
    or where none is known; ``country`` is ISO 3166-1 alpha-3; ``geonames`` a GeoNames id."""

    name: str
    country: str
    precision: Literal["city", "region", "country"]
    lat: float | None = None
    lon: float | None = None
    geonames: int | None = None
    span: Span | None = None


class Warning(_Struct, frozen=True):
    """Something that a reader of the record must know: a coded reason and a sentence."""

    code: str
    message: str
    span: Span | None = None


class Origin(_Struct, frozen=True):
    """Where a fact about a document was found: ``published`` in ``json-ld datePublished``."""

    field: str
    where: str


class Document(_Struct, frozen=True):
    """One report. ``published`` and ``updated`` are ISO dates; ``text`` is never changed once it is here.

    ``origins`` says where the reader found the facts about it, ``text`` included, in the order of the fields;
    ``warnings`` what the reader saw of the report's state, which the record's warnings open with.
    """

    id: str
    text: str
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    language: str | None = None
    repairs: tuple[Repair, ...] = ()
    updated: str | None = None
    origins: tuple[Origin, ...] = ()
    warnings: tuple[Warning, ...] = ()


class Actor(_Struct, frozen=True):
    """Somebody or something that acts or speaks in the document.

    ``country`` is ISO 3166-1 alpha-3 on the day of the document; ``sector`` a PLOVER sector code; ``role``
    the office held on that day; ``party`` the side it speaks for (an ISO code or an actor's id);
    ``confidence`` how surely its surest mention means this actor, in this role.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    party: str | None = None
    wikidata: str | None = None
    confidence: float = 1.0
    mentions: tuple[Mention, ...] = ()


class Statement(_Struct, frozen=True):
    """Who said what. ``speaker`` and ``via`` are actor ids, ``via`` outermost first."""

    id: str
    speaker: str | None
    speaker_span: Span | None
    via: tuple[str, ...]
    addressee: str | None
    cue: Span | None
    content: tuple[Span, ...]
    kind: StatementKind
    channel: str | None
    said_on: Date | None
    because: str
    confidence: float


class Event(_Struct, frozen=True):
    """Who did what to whom, in PLOVER; ``actor`` and ``recipient`` are actor ids.

    ``quad`` is the type's quad class, ``intensity`` PLOVER's conflict-cooperation score of the mode, else of
    the type, from -10 (conflict) to 10 (cooperation); both follow from ``type`` and ``mode`` alone.
    ``absent`` says why a side is empty on which the frame expects somebody.
    """

    id: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    place: str | None
    date: Date | None
    status: Status
    according_to: str | None
    span: Span
    sentence: Span
    because: str
    confidence: float
    place_info: Place | None = None
    quad: Quad | None = None
    intensity: float | None = None
    absent: tuple[Absent, ...] = ()


class Issue(_Struct, frozen=True):
    """Something on the table: a proposal, demand, offer, text, venue, measure.

    ``broader`` are the ids of the issues of the same record of which this one is a special case.
    """

    id: str
    label: str
    topic: str | None
    proposed_by: tuple[str, ...]
    mentions: tuple[Span, ...]
    broader: tuple[str, ...] = ()


class Position(_Struct, frozen=True):
    """Where a party stands on an issue, at the place that shows it.

    ``follows`` is the id of the earlier position of the same party that this one departs from.
    """

    id: str
    party: str
    voice: str | None
    issue: str
    stance: Stance
    act: Act
    condition: Span | None
    basis: Basis
    date: Date | None
    span: Span
    statement: str | None
    event: str | None
    because: str
    confidence: float
    follows: str | None = None


class CoderInfo(_Struct, frozen=True):
    """What made the record."""

    version: str
    model: str
    knowledge: str
    attribution: str = "rules"


class Record(_Struct, frozen=True):
    """The record of one document."""

    coder: CoderInfo
    document: Document
    format: str = FORMAT
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    issues: tuple[Issue, ...] = ()
    positions: tuple[Position, ...] = ()
    warnings: tuple[Warning, ...] = ()


_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Record)


def to_json(record: Record) -> bytes:
    """The record as one line of UTF-8 JSON without a line end; the same record gives the same bytes."""
    return _encoder.encode(record)


def from_json(line: bytes | str) -> Record:
    """The record that a line of JSON holds. Raises ``msgspec.ValidationError`` where it is none."""
    return _decoder.decode(line)
