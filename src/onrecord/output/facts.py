"""An entry's values as a line of words, for formats that have a note but no field for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.output.words import Names, day
from onrecord.record import Date, Event, Issue, Position, Statement


@dataclass(frozen=True)
class Facts:
    """Puts the values of one record's entries into words: 'speaker: …; kind: direct; …'."""

    names: Names

    def statement(self, s: Statement) -> str:
        """Who said it, through whom, to whom, when, and why it is there."""
        speaker = s.speaker_span.text if s.speaker is None and s.speaker_span else None
        return _line(
            ("speaker", speaker or self.names.with_party(s.speaker)),
            ("via", self.names.names(s.via) if s.via else None),
            ("addressee", self.names.with_party(s.addressee) if s.addressee else None),
            ("kind", s.kind),
            ("channel", s.channel),
            ("said on", _date(s.said_on)),
            *_grounds(s.because, s.confidence),
        )

    def event(self, e: Event) -> str:
        """Who did it to whom, where, when, whether it happened, and why it is there."""
        return _line(
            ("actor", ", ".join(map(self.names.with_party, e.actor)) or None),
            ("recipient", ", ".join(map(self.names.with_party, e.recipient)) or None),
            ("status", e.status),
            ("according to", e.according_to),
            ("date", _date(e.date)),
            ("place", e.place_info.name if e.place_info else e.place),
            ("contexts", ", ".join(e.contexts) or None),
            ("CAMEO", e.cameo),
            *_grounds(e.because, e.confidence),
        )

    def position(self, p: Position, issues: Iterable[Issue]) -> str:
        """Who stands how on what, since when, on which condition, and why it is there."""
        label = next((i.label for i in issues if i.id == p.issue), p.issue)
        return _line(
            ("party", self.names.with_party(p.party)),
            ("voice", self.names.with_party(p.voice) if p.voice else None),
            ("issue", label),
            ("stance", p.stance),
            ("act", p.act),
            ("condition", p.condition.text if p.condition else None),
            ("basis", p.basis),
            ("date", _date(p.date)),
            ("rests on", ", ".join(x for x in (p.statement, p.event) if x) or None),
            *_grounds(p.because, p.confidence),
        )


def _date(date: Date | None) -> str | None:
    return day(date) if date is not None and date.from_ is not None else None


def _grounds(because: str, confidence: float) -> tuple[tuple[str, str], ...]:
    return ("because", because), ("confidence", f"{confidence:.2f}")


def _line(*values: tuple[str, str | None]) -> str:
    return "; ".join(f"{key}: {value}" for key, value in values if value)
