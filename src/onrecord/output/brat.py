"""brat standoff: a folder with NAME.txt, the text as received, and NAME.ann for each report.

The format is that of brat's manual (https://brat.nlplab.org/standoff.html): offsets are code points, end
exclusive; a span over a line end is written in fragments. Mentions, contents, issues and conditions are
text-bound (T), with Wikidata ids as normalisations (N); statements, events and positions are events (E) with
attributes (A); what has no place of its own stands in notes (#). ``annotation.conf`` sets brat up for them,
``documents.tsv`` says which report each file is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import get_args

from onrecord.coding.plover import plover
from onrecord.output.facts import Facts
from onrecord.output.mentions import nearest
from onrecord.output.stems import Stems
from onrecord.output.style import one_line
from onrecord.output.tsv import line
from onrecord.output.words import Names
from onrecord.record import (
    Act,
    Actor,
    ActorKind,
    Basis,
    Event,
    Mention,
    Position,
    Record,
    Span,
    Stance,
    Statement,
    StatementKind,
    Status,
)

CANNOT_HOLD = (
    "topics of issues, which issue is broader, and which position departs from which",
    "dates, places, contexts, parties and who relayed a statement as fields: they stand in notes, as words",
    "repairs of the text (the words are those received), and warnings",
    "facts about a report, but its id, title, outlet, day and URL in documents.tsv",
)
_BREAK = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


def write(records: Iterable[Record], folder: Path) -> None:
    """Two files for each report, as records come, and the two that go with all."""
    stems = Stems()
    (folder / "annotation.conf").write_text(configuration(), "utf-8", newline="\n")
    with (folder / "documents.tsv").open("wb") as documents:
        documents.write(line(("file", "id", "title", "outlet", "published", "url")))
        for record in records:
            d = record.document
            stem = stems.of(d.id)
            documents.write(line((f"{stem}.txt", d.id, d.title, d.outlet, d.published, d.url)))
            (folder / f"{stem}.txt").write_bytes(d.text.encode())
            (folder / f"{stem}.ann").write_text(standoff(record), "utf-8", newline="\n")


def standoff(record: Record) -> str:
    """The lines of the .ann file of a record."""
    ann = _Annotations(record)
    for actor in record.actors:
        for mention in actor.mentions:
            ann.mention(actor, mention)
    for statement in record.statements:
        ann.statement(statement)
    for event in record.events:
        ann.event(event)
    for position in record.positions:
        ann.position(position)
    return "".join(f"{x}\n" for x in ann.lines)


class _Annotations:
    """The lines of one report so far, with the counters of their ids."""

    def __init__(self, record: Record) -> None:
        self.lines: list[str] = []
        self._record = record
        self._facts = Facts(Names.of(record))
        self._actors = {a.id: a for a in record.actors}
        self._issues = {i.id: i for i in record.issues}
        self._counts: dict[str, int] = {}
        self._bound: dict[tuple[str, int, int, str], str] = {}

    def mention(self, actor: Actor, mention: Mention) -> None:
        bound = self._text(_type(actor.kind), mention, actor.id)
        if bound and actor.wikidata:
            self._add("N", f"Reference {bound} Wikidata:{actor.wikidata}", one_line(actor.name))

    def statement(self, s: Statement) -> None:
        speaker = None
        if s.speaker_span is not None:
            speaker = self._actor(s.speaker, s.speaker_span) or self._text("Unknown", s.speaker_span)
        roles = [("Speaker", speaker), *(("Content", self._text("Content", c)) for c in s.content)]
        at = s.cue or (s.content[0] if s.content else None)
        self._entry("Statement", at, roles, [("Kind", s.kind)], f"{s.id}: {self._facts.statement(s)}")

    def event(self, e: Event) -> None:
        roles = [("Actor", self._actor(i, e.span)) for i in e.actor]
        roles += [("Recipient", self._actor(i, e.span)) for i in e.recipient]
        values = [("Status", e.status), ("Mode", e.mode)]
        self._entry(_type(e.type), e.span, roles, values, f"{e.id}: {self._facts.event(e)}")

    def position(self, p: Position) -> None:
        issue = self._issues.get(p.issue)
        near = min(issue.mentions, key=lambda m: abs(m.start - p.span.start), default=None) if issue else None
        roles = [
            ("Voice", self._actor(p.voice, p.span)),
            ("Issue", self._text("Issue", near) if near else None),
            ("Condition", self._text("Condition", p.condition) if p.condition else None),
        ]
        values = [("Stance", p.stance), ("Act", p.act), ("Basis", p.basis)]
        facts = self._facts.position(p, self._record.issues)
        self._entry("Position", p.span, roles, values, f"{p.id}: {facts}")

    def _actor(self, actor_id: str | None, near: Span) -> str | None:
        """The text-bound annotation of the actor's mention nearest to a span."""
        actor = self._actors.get(actor_id or "")
        mention = nearest(actor, near) if actor else None
        return self._text(_type(actor.kind), mention, actor.id) if actor and mention else None

    def _entry(
        self,
        kind: str,
        at: Span | None,
        roles: Sequence[tuple[str, str | None]],
        values: Sequence[tuple[str, str | None]],
        note: str,
    ) -> None:
        trigger = self._text(kind, at, note) if at is not None else None
        if trigger is None:
            return
        numbers: dict[str, int] = {}
        arguments = []
        for role, bound in roles:
            if bound is not None:
                numbers[role] = numbers.get(role, 0) + 1
                arguments.append(f"{role}{numbers[role] if numbers[role] > 1 else ''}:{bound}")
        entry = self._add("E", " ".join((f"{kind}:{trigger}", *arguments)))
        for name, value in values:
            if value:
                self._add("A", f"{name} {entry} {_type(value, keep_case=True)}")
        self._add("#", f"AnnotatorNotes {entry}", one_line(note))

    def _text(self, kind: str, span: Span | Mention, key: str = "") -> str | None:
        """The id of a text-bound annotation, made where it is new; None for a span without a word."""
        whole = (kind, span.start, span.end, key)
        if whole not in self._bound:
            text = self._record.document.text
            parts = fragments(text, span.start, span.end)
            if not parts:
                return None
            offsets = ";".join(f"{start} {end}" for start, end in parts)
            words = " ".join(text[start:end] for start, end in parts)
            self._bound[whole] = self._add("T", f"{kind} {offsets}", words)
        return self._bound[whole]

    def _add(self, letter: str, *columns: str) -> str:
        self._counts[letter] = self._counts.get(letter, 0) + 1
        name = f"{letter}{self._counts[letter]}"
        self.lines.append("\t".join((name, *columns)))
        return name


def fragments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of ``text[start:end]`` that lie within lines and are not empty."""
    parts, at = [], start
    for found in _BREAK.finditer(text, start, end):
        parts.append((at, found.start()))
        at = found.end()
    parts.append((at, end))
    return [(a, b) for a, b in parts if text[a:b].strip()]


def _type(name: str, keep_case: bool = False) -> str:
    """A name that brat takes: letters, digits, '-' and '_'."""
    clean = re.sub(r"[^A-Za-z0-9_-]", "_", name)
    return clean if keep_case or clean.isupper() else clean.capitalize()


def configuration() -> str:
    """annotation.conf: the types, roles and attributes that the files use."""
    kinds = [_type(kind) for kind in get_args(ActorKind)]
    types = sorted(plover().quads)
    modes = sorted({mode for names in plover().modes.values() for mode in names})
    lines = [
        "[entities]",
        *kinds,
        "Content",
        "Issue",
        "Condition",
        "",
        "[relations]",
        "",
        "[events]",
        "Statement Speaker?:<ENTITY>, Content*:Content",
        "Position Voice?:<ENTITY>, Issue?:Issue, Condition?:Condition",
        *(f"{name} Actor*:<ENTITY>, Recipient*:<ENTITY>" for name in types),
        "",
        "[attributes]",
        f"Kind Arg:Statement, Value:{'|'.join(get_args(StatementKind))}",
        f"Status Arg:<EVENT>, Value:{'|'.join(get_args(Status))}",
        f"Mode Arg:<EVENT>, Value:{'|'.join(modes)}",
        f"Stance Arg:Position, Value:{'|'.join(get_args(Stance))}",
        f"Act Arg:Position, Value:{'|'.join(get_args(Act))}",
        f"Basis Arg:Position, Value:{'|'.join(get_args(Basis))}",
    ]
    return "\n".join(lines) + "\n"
