"""The record as flat tables: the one definition that CSV, Parquet and their documentation follow.

A table has a row for each entry of its kind in each record; ``document`` and the entry's own id name a row.
A column says its kind, what it holds, and how it is taken from a row's entry.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from onrecord.output.columns import Column, Row, Table, Value, date, of_document, place, plain, span, spans
from onrecord.record import Actor, Document, Event, Issue, Mention, Position, Statement, Warning

CANNOT_HOLD = (
    "repairs of the text (documents.text is the text as received; the text of spans is the repaired one)",
    "where the facts about a document were found (origins)",
    "the words that a date or a place rests on",
)

_BECAUSE = plain("because", "text", "the rule or model that gave the entry")
_CONFIDENCE = plain("confidence", "number", "0 to 1")

DOCUMENTS: Table[Document] = Table(
    "documents",
    "a report",
    lambda record: (record.document,),
    (
        plain("document", "text", "the id of the report", "id"),
        plain("title", "text", "its title"),
        plain("outlet", "text", "who published it"),
        plain("byline", "text", "who wrote it"),
        plain("url", "text", "where it stands"),
        plain("published", "day", "the day of publication"),
        plain("updated", "day", "the day of its last change"),
        plain("language", "text", "its language, as given"),
        plain("text", "text", "the text as received, which all offsets count in (Unicode code points)"),
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
        of_document(),
        plain("id", "text", "the id of the statement in its report"),
        plain("speaker", "text", "the actor who spoke; empty where it is not identified"),
        Column("speaker_name", "text", "the speaker's name", lambda r: r.name(r.entry.speaker)),
        *span("speaker", "the speaker's mention", lambda s: s.speaker_span),
        plain("via", "texts", "who relayed it, outermost first"),
        plain("addressee", "text", "whom it was said to"),
        *span("cue", "the cue", lambda s: s.cue),
        plain("kind", "text", "direct, mixed or indirect"),
        plain("channel", "text", "how it was said"),
        Column(
            "content",
            "text",
            "what was said; parts that stand apart are joined by ' … '",
            lambda r: " … ".join(s.text for s in r.entry.content),
        ),
        *spans("content", "what was said", lambda s: s.content),
        *date("said", "when it was said", lambda s: s.said_on),
        _BECAUSE,
        _CONFIDENCE,
    ),
)

EVENTS: Table[Event] = Table(
    "events",
    "an event: who did what to whom",
    lambda record: record.events,
    (
        of_document(),
        plain("id", "text", "the id of the event in its report"),
        plain("type", "text", "PLOVER type"),
        plain("mode", "text", "PLOVER mode"),
        plain("contexts", "texts", "PLOVER contexts"),
        plain("cameo", "text", "CAMEO code, a text with its leading zero"),
        plain("quad", "text", "quad class"),
        plain("intensity", "number", "from -10 (conflict) to 10 (cooperation)"),
        plain("actor", "texts", "the actors who did it"),
        Column("actor_names", "texts", "their names", lambda r: r.names(r.entry.actor)),
        plain("recipient", "texts", "the actors whom it was done to"),
        Column("recipient_names", "texts", "their names", lambda r: r.names(r.entry.recipient)),
        plain("absent", "texts", "why a side is empty"),
        plain("place", "text", "where, in the words of the report"),
        Column("place_name", "text", "the place's usual name", place("name")),
        Column("place_country", "text", "ISO 3166-1 alpha-3", place("country")),
        Column("place_precision", "text", "city, region or country", place("precision")),
        Column("lat", "number", "degrees north", place("lat")),
        Column("lon", "number", "degrees east", place("lon")),
        Column("geonames", "integer", "GeoNames id", place("geonames")),
        *date("date", "the event", lambda e: e.date),
        plain("status", "text", "happened, ongoing, planned, proposed, threatened, denied …"),
        plain("according_to", "text", "the statement that is the only ground for it"),
        *span("span", "the evidence", lambda e: e.span),
        *span("sentence", "its sentence", lambda e: e.sentence),
        _BECAUSE,
        _CONFIDENCE,
    ),
)

ISSUES: Table[Issue] = Table(
    "issues",
    "an issue: something on the table",
    lambda record: record.issues,
    (
        of_document(),
        plain("id", "text", "the id of the issue"),
        plain("label", "text", "its words"),
        plain("topic", "text", "its topic"),
        plain("proposed_by", "texts", "the actors or parties who proposed it"),
        *spans("mention", "its mentions", lambda i: i.mentions),
        Column(
            "mentions",
            "texts",
            "the words of its mentions",
            lambda r: tuple(s.text for s in r.entry.mentions),
        ),
        plain("broader", "texts", "the issues that this one is a special case of"),
    ),
)


def _issue(key: str) -> Callable[[Row[Position]], Value]:
    def of(row: Row[Position]) -> Value:
        found = next((i for i in row.record.issues if i.id == row.entry.issue), None)
        return None if found is None else getattr(found, key)

    return of


POSITIONS: Table[Position] = Table(
    "positions",
    "a position: where a party stands on an issue",
    lambda record: record.positions,
    (
        of_document(),
        plain("id", "text", "the id of the position in its report"),
        plain("party", "text", "the side: an ISO code, or an actor"),
        Column("party_name", "text", "its name", lambda r: r.name(r.entry.party)),
        plain("voice", "text", "the actor who speaks for it"),
        Column("voice_name", "text", "the voice's name", lambda r: r.name(r.entry.voice)),
        plain("issue", "text", "the issue"),
        Column("issue_label", "text", "the issue's words", _issue("label")),
        Column("topic", "text", "the issue's topic", _issue("topic")),
        plain("stance", "text", "supports, opposes, conditional or noncommittal"),
        plain("act", "text", "what was done to take the stance"),
        *span("condition", "the condition", lambda p: p.condition),
        plain("basis", "text", "self, reported or narrated"),
        *date("date", "the position", lambda p: p.date),
        *span("span", "the evidence", lambda p: p.span),
        plain("statement", "text", "the statement it rests on"),
        plain("event", "text", "the event it rests on"),
        plain("follows", "text", "the earlier position of the party that this one departs from"),
        _BECAUSE,
        _CONFIDENCE,
    ),
)

ACTORS: Table[Actor] = Table(
    "actors",
    "an actor: somebody or something that acts or speaks in a report",
    lambda record: record.actors,
    (
        of_document(),
        plain("id", "text", "the id of the actor"),
        plain("name", "text", "its fullest name"),
        plain("kind", "text", "person, state, government, organisation …"),
        plain("country", "text", "ISO 3166-1 alpha-3, on the day of the report"),
        plain("sector", "text", "PLOVER sector"),
        plain("role", "text", "the office held on that day"),
        plain("party", "text", "the side it speaks for"),
        plain("wikidata", "text", "its Wikidata id"),
        _CONFIDENCE,
    ),
)

MENTIONS: Table[tuple[str, Mention]] = Table(
    "mentions",
    "a mention: words that refer to an actor",
    lambda record: ((actor.id, mention) for actor in record.actors for mention in actor.mentions),
    (
        of_document(),
        Column("actor", "text", "the id of the actor", lambda r: r.entry[0]),
        *span("mention", "the mention", lambda entry: entry[1]),
        Column("by", "text", "the kind of expression", lambda r: r.entry[1].by),
    ),
)

WARNINGS: Table[Warning] = Table(
    "warnings",
    "a warning: what a reader of the record must know",
    lambda record: record.warnings,
    (
        of_document(),
        plain("code", "text", "a stable word for the reason"),
        plain("message", "text", "a sentence"),
        *span("span", "the part concerned", lambda w: w.span),
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
