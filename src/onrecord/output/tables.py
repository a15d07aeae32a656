"""The record as flat tables: the one definition that CSV, Parquet and their documentation follow.

A table has a row for each entry of its kind in each record; ``document`` and the entry's own id name a row.
A column says its kind, what it holds, and how it is taken from a row's entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from onrecord.output.words import state_name
from onrecord.record import (
    Actor,
    Date,
    Document,
    Event,
    Issue,
    Mention,
    Place,
    Position,
    Record,
    Span,
    Statement,
    Warning,
)

# ``texts`` and ``integers`` are lists.
Kind = Literal["text", "integer", "number", "day", "texts", "integers"]
Value = str | int | float | tuple[str, ...] | tuple[int, ...] | None
E = TypeVar("E")

CANNOT_HOLD = (
    "repairs of the text (documents.text is the text as received; the text of spans is the repaired one)",
    "where the facts about a document were found (origins)",
    "the words that a date or a place rests on",
)


@dataclass(frozen=True)
class Row(Generic[E]):
    """An entry of a record, with the record around it."""

    record: Record
    actors: Mapping[str, Actor]
    entry: E

    def name(self, actor_id: str | None) -> str | None:
        """The name of an actor, or of the state that a code means; the id where neither is known."""
        if actor_id is None:
            return None
        actor = self.actors.get(actor_id)
        return actor.name if actor else state_name(actor_id)

    def names(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """The names of several actors."""
        return tuple(self.name(i) or i for i in ids)


@dataclass(frozen=True)
class Column(Generic[E]):
    """A column: its name, the kind of its values, what they are, and how they are taken from a row."""

    name: str
    kind: Kind
    what: str
    of: Callable[[Row[E]], Value]


@dataclass(frozen=True)
class Table(Generic[E]):
    """A table: its name, what a row is, where its entries stand in a record, and its columns."""

    name: str
    what: str
    entries: Callable[[Record], Iterator[E] | tuple[E, ...]]
    columns: tuple[Column[E], ...]

    def rows(self, record: Record) -> Iterator[tuple[Value, ...]]:
        """The rows of one record, a value for each column."""
        actors = {a.id: a for a in record.actors}
        for entry in self.entries(record):
            row = Row(record, actors, entry)
            yield tuple(column.of(row) for column in self.columns)


def _document() -> Column[Any]:
    return Column("document", "text", "the id of the report", lambda r: r.record.document.id)


def _plain(name: str, kind: Kind, what: str, field: str | None = None) -> Column[Any]:
    """A column that is a field of the entry as it stands."""
    key = field or name
    return Column(name, kind, what, lambda r: getattr(r.entry, key))


def _span(prefix: str, what: str, of: Callable[[Any], Span | Mention | None]) -> tuple[Column[Any], ...]:
    """Three columns for a span: offsets into ``documents.text``, and its readable words."""

    def part(key: str) -> Callable[[Row[Any]], Value]:
        return lambda r: getattr(of(r.entry), key, None)

    return (
        Column(f"{prefix}_start", "integer", f"where {what} begins in documents.text", part("start")),
        Column(f"{prefix}_end", "integer", f"where {what} ends, exclusive", part("end")),
        Column(f"{prefix}_text", "text", f"the words of {what}", part("text")),
    )


def _spans(prefix: str, what: str, of: Callable[[Any], tuple[Span, ...]]) -> tuple[Column[Any], ...]:
    """Two columns for the offsets of several spans."""
    return (
        Column(
            f"{prefix}_starts",
            "integers",
            f"where the parts of {what} begin",
            lambda r: tuple(s.start for s in of(r.entry)),
        ),
        Column(
            f"{prefix}_ends",
            "integers",
            f"where the parts of {what} end",
            lambda r: tuple(s.end for s in of(r.entry)),
        ),
    )


def _date(prefix: str, what: str, of: Callable[[Any], Date | None]) -> tuple[Column[Any], ...]:
    """Three columns for a date: first and last day, both included, and how precise it is."""

    def part(key: str) -> Callable[[Row[Any]], Value]:
        return lambda r: getattr(of(r.entry), key, None)

    return (
        Column(f"{prefix}_from", "day", f"the first day of {what}", part("from_")),
        Column(f"{prefix}_to", "day", f"the last day of {what}, included", part("to")),
        Column(f"{prefix}_precision", "text", f"how precise {what} is", part("precision")),
    )


def _place(key: str) -> Callable[[Row[Any]], Value]:
    def of(row: Row[Any]) -> Value:
        info: Place | None = row.entry.place_info
        return None if info is None else getattr(info, key)

    return of


_BECAUSE = _plain("because", "text", "the rule or model that gave the entry")
_CONFIDENCE = _plain("confidence", "number", "0 to 1")

DOCUMENTS: Table[Document] = Table(
    "documents",
    "a report",
    lambda record: (record.document,),
    (
        _plain("document", "text", "the id of the report", "id"),
        _plain("title", "text", "its title"),
        _plain("outlet", "text", "who published it"),
        _plain("byline", "text", "who wrote it"),
        _plain("url", "text", "where it stands"),
        _plain("published", "day", "the day of publication"),
        _plain("updated", "day", "the day of its last change"),
        _plain("language", "text", "its language, as given"),
        _plain("text", "text", "the text as received, which all offsets count in (Unicode code points)"),
        Column("coder_version", "text", "the version of onrecord", lambda r: r.record.coder.version),
        Column("coder_model", "text", "the spaCy model", lambda r: r.record.coder.model),
        Column("coder_knowledge", "text", "the version of the knowledge", lambda r: r.record.coder.knowledge),
        Column(
            "coder_attribution",
            "text",
            "what found the statements",
            lambda r: r.record.coder.attribution,
        ),
        Column("format", "text", "the format of the record", lambda r: r.record.format),
    ),
)

STATEMENTS: Table[Statement] = Table(
    "statements",
    "a statement: who said what",
    lambda record: record.statements,
    (
        _document(),
        _plain("id", "text", "the id of the statement in its report"),
        _plain("speaker", "text", "the actor who spoke; empty where it is not identified"),
        Column("speaker_name", "text", "the speaker's name", lambda r: r.name(r.entry.speaker)),
        *_span("speaker", "the words for the speaker", lambda s: s.speaker_span),
        _plain("via", "texts", "who relayed it, outermost first"),
        _plain("addressee", "text", "whom it was said to"),
        *_span("cue", "the words that report it", lambda s: s.cue),
        _plain("kind", "text", "direct, mixed or indirect"),
        _plain("channel", "text", "how it was said"),
        Column(
            "content",
            "text",
            "what was said; parts that stand apart are joined by ' … '",
            lambda r: " … ".join(s.text for s in r.entry.content),
        ),
        *_spans("content", "what was said", lambda s: s.content),
        *_date("said", "when it was said", lambda s: s.said_on),
        _BECAUSE,
        _CONFIDENCE,
    ),
)

EVENTS: Table[Event] = Table(
    "events",
    "an event: who did what to whom",
    lambda record: record.events,
    (
        _document(),
        _plain("id", "text", "the id of the event in its report"),
        _plain("type", "text", "PLOVER type"),
        _plain("mode", "text", "PLOVER mode"),
        _plain("contexts", "texts", "PLOVER contexts"),
        _plain("cameo", "text", "CAMEO code, a text with its leading zero"),
        _plain("quad", "text", "quad class"),
        _plain("intensity", "number", "from -10 (conflict) to 10 (cooperation)"),
        _plain("actor", "texts", "the actors who did it"),
        Column("actor_names", "texts", "their names", lambda r: r.names(r.entry.actor)),
        _plain("recipient", "texts", "the actors whom it was done to"),
        Column("recipient_names", "texts", "their names", lambda r: r.names(r.entry.recipient)),
        _plain("absent", "texts", "why a side is empty"),
        _plain("place", "text", "where, in the words of the report"),
        Column("place_name", "text", "the place's usual name", _place("name")),
        Column("place_country", "text", "ISO 3166-1 alpha-3", _place("country")),
        Column("place_precision", "text", "city, region or country", _place("precision")),
        Column("lat", "number", "degrees north", _place("lat")),
        Column("lon", "number", "degrees east", _place("lon")),
        Column("geonames", "integer", "GeoNames id", _place("geonames")),
        *_date("date", "the event", lambda e: e.date),
        _plain("status", "text", "happened, ongoing, planned, proposed, threatened, denied …"),
        _plain("according_to", "text", "the statement that is the only ground for it"),
        *_span("span", "the words that show it", lambda e: e.span),
        *_span("sentence", "their sentence", lambda e: e.sentence),
        _BECAUSE,
        _CONFIDENCE,
    ),
)

ISSUES: Table[Issue] = Table(
    "issues",
    "something on the table",
    lambda record: record.issues,
    (
        _document(),
        _plain("id", "text", "the id of the issue"),
        _plain("label", "text", "its words"),
        _plain("topic", "text", "its topic"),
        _plain("proposed_by", "texts", "the actors or parties who proposed it"),
        *_spans("mention", "its mentions", lambda i: i.mentions),
        Column(
            "mentions",
            "texts",
            "the words of its mentions",
            lambda r: tuple(s.text for s in r.entry.mentions),
        ),
        _plain("broader", "texts", "the issues that this one is a special case of"),
    ),
)


def _issue(key: str) -> Callable[[Row[Position]], Value]:
    def of(row: Row[Position]) -> Value:
        found = next((i for i in row.record.issues if i.id == row.entry.issue), None)
        return None if found is None else getattr(found, key)

    return of


POSITIONS: Table[Position] = Table(
    "positions",
    "where a party stands on an issue",
    lambda record: record.positions,
    (
        _document(),
        _plain("id", "text", "the id of the position in its report"),
        _plain("party", "text", "the side: an ISO code, or an actor"),
        Column("party_name", "text", "its name", lambda r: r.name(r.entry.party)),
        _plain("voice", "text", "the actor who speaks for it"),
        Column("voice_name", "text", "the voice's name", lambda r: r.name(r.entry.voice)),
        _plain("issue", "text", "the issue"),
        Column("issue_label", "text", "the issue's words", _issue("label")),
        Column("topic", "text", "the issue's topic", _issue("topic")),
        _plain("stance", "text", "supports, opposes, conditional or noncommittal"),
        _plain("act", "text", "what was done to take the stance"),
        *_span("condition", "the condition", lambda p: p.condition),
        _plain("basis", "text", "self, reported or narrated"),
        *_date("date", "the position", lambda p: p.date),
        *_span("span", "the words that show it", lambda p: p.span),
        _plain("statement", "text", "the statement it rests on"),
        _plain("event", "text", "the event it rests on"),
        _plain("follows", "text", "the earlier position of the party that this one departs from"),
        _BECAUSE,
        _CONFIDENCE,
    ),
)

ACTORS: Table[Actor] = Table(
    "actors",
    "somebody or something that acts or speaks in a report",
    lambda record: record.actors,
    (
        _document(),
        _plain("id", "text", "the id of the actor"),
        _plain("name", "text", "its fullest name"),
        _plain("kind", "text", "person, state, government, organisation …"),
        _plain("country", "text", "ISO 3166-1 alpha-3, on the day of the report"),
        _plain("sector", "text", "PLOVER sector"),
        _plain("role", "text", "the office held on that day"),
        _plain("party", "text", "the side it speaks for"),
        _plain("wikidata", "text", "its Wikidata id"),
        _CONFIDENCE,
    ),
)

MENTIONS: Table[tuple[str, Mention]] = Table(
    "mentions",
    "words that refer to an actor",
    lambda record: ((actor.id, mention) for actor in record.actors for mention in actor.mentions),
    (
        _document(),
        Column("actor", "text", "the id of the actor", lambda r: r.entry[0]),
        *_span("mention", "the mention", lambda entry: entry[1]),
        Column("by", "text", "the kind of expression", lambda r: r.entry[1].by),
    ),
)

WARNINGS: Table[Warning] = Table(
    "warnings",
    "what a reader of the record must know",
    lambda record: record.warnings,
    (
        _document(),
        _plain("code", "text", "a stable word for the reason"),
        _plain("message", "text", "a sentence"),
        *_span("span", "the words concerned", lambda w: w.span),
    ),
)

TABLES: tuple[Table[Any], ...] = (
    DOCUMENTS,
    STATEMENTS,
    EVENTS,
    ISSUES,
    POSITIONS,
    ACTORS,
    MENTIONS,
    WARNINGS,
)
