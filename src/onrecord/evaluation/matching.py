"""When an entry of a record is the one that a person found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.evaluation.gold import GoldEntry
from onrecord.output.words import state_name
from onrecord.record import Actor, Event, Issue, Position, Record, Span, Statement

OVERLAP = 0.5  # of the characters of two contents together, at least so many are in both
Found = Statement | Event | Position


@dataclass(frozen=True, slots=True)
class Reading:
    """A record with its actors and issues by id."""

    record: Record
    actors: Mapping[str, Actor]
    issues: Mapping[str, Issue]

    @classmethod
    def of(cls, record: Record) -> Reading:
        """The reading of a record."""
        return cls(record, {a.id: a for a in record.actors}, {i.id: i for i in record.issues})


def found_words(gold: GoldEntry, found: Statement) -> bool:
    """Whether a statement's content is the gold one's, by characters (Jaccard of at least a half)."""
    assert gold.content is not None
    wanted = set(range(*gold.content))
    have = {n for span in found.content for n in range(span.start, span.end)}
    return len(wanted & have) >= OVERLAP * len(wanted | have)


def right_statement(reading: Reading, gold: GoldEntry, found: Statement) -> bool:
    """Whether content and resolved speaker are right."""
    return found_words(gold, found) and any(
        _is_speaker(reading, found.speaker, w) for w in _each(gold.speaker)
    )


def right_event(reading: Reading, gold: GoldEntry, found: Event) -> bool:
    """Whether an event stands in the sentence, with the type, actors and recipients on their sides."""
    if found.type not in gold.type or not _inside(gold, found.span):
        return False
    if gold.symmetric:
        return _all_among(reading, gold.actor + gold.recipient, found.actor + found.recipient)
    return _all_among(reading, gold.actor, found.actor) and _all_among(
        reading, gold.recipient, found.recipient
    )


def right_position(reading: Reading, gold: GoldEntry, found: Position) -> bool:
    """Whether a position stands in the sentence, with party and stance, and is on the issue: one of the gold
    words is in the issue's label or mentions or in the words of the position."""
    if not _inside(gold, found.span) or found.stance not in gold.stance:
        return False
    if not any(_is_party(reading, found.party, w) for w in _each(gold.party)):
        return False
    issue = reading.issues.get(found.issue)
    texts = [found.issue, found.span.text]
    texts += [issue.label, *(m.text for m in issue.mentions)] if issue else []
    words = fold(" | ".join(texts))
    return any(fold(w) in words for w in _each(gold.issue))


def right(reading: Reading, gold: GoldEntry, found: Found) -> bool:
    """Whether an entry is the gold one."""
    if isinstance(found, Statement):
        return gold.kind == "statements" and right_statement(reading, gold, found)
    if isinstance(found, Event):
        return gold.kind == "events" and right_event(reading, gold, found)
    return gold.kind == "positions" and right_position(reading, gold, found)


def fold(text: str) -> str:
    """The text in small letters without accents."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parts if not unicodedata.combining(c)).lower()


def _inside(gold: GoldEntry, span: Span) -> bool:
    return span.start < gold.end and span.end > gold.start


def _each(wanted: tuple[str, ...]) -> list[str]:
    """Alternatives: those of a list, and those divided by '|'."""
    return [part for value in wanted for part in value.split("|")]


def _all_among(reading: Reading, wanted: tuple[str, ...], found: tuple[str, ...]) -> bool:
    return all(any(_is_party(reading, f, part) for f in found for part in w.split("|")) for w in wanted)


def _is_party(reading: Reading, ref: str, wanted: str) -> bool:
    """A code is matched by country, party or id, a name by a part of the name, id or party."""
    actor = reading.actors.get(ref)
    codes = {ref, *((actor.country, actor.party) if actor else ())}
    if wanted in codes:
        return True
    names = (actor.name, actor.id, actor.party or "") if actor else (ref, state_name(ref))
    return any(_named(wanted, name) for name in names)


def _named(wanted: str, name: str) -> bool:
    """Whether a name holds the wanted one, in whole words where that is an abbreviation."""
    folded, name = (fold(text).replace("-", " ") for text in (wanted, name))
    return folded in (name.split() if len(folded) <= 3 else name)


def _is_speaker(reading: Reading, ref: str | None, wanted: str) -> bool:
    """A person by a part of the name, a state by code or name; 'unnamed' is nobody who can be looked up."""
    actor = reading.actors.get(ref) if ref else None
    if wanted == "unnamed":
        return actor is None or actor.kind != "person" or not actor.wikidata
    if actor is None:
        return ref is not None and (wanted == ref or _named(wanted, ref) or _named(wanted, state_name(ref)))
    if _named(wanted, actor.name) or _named(wanted, actor.id):
        return True
    code = re.fullmatch("[A-Z]{3}", wanted) is not None and wanted in (actor.country, actor.party, actor.id)
    return actor.kind != "person" and (code or fold(state_name(actor.party or "")) == fold(wanted))
