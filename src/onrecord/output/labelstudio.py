"""Label Studio tasks: a JSON array to import, in which the coder's entries are predictions to correct.

The layout is that of Label Studio's docs (import format of pre-annotated data): task {data, predictions}, and
regions {id, from_name, to_name, type, value}. Human answers stay apart, in ``annotations``, which Label
Studio adds. Offsets are code points. ``config`` gives the labelling interface that the regions belong to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, get_args

import msgspec

from onrecord.coding.plover import plover
from onrecord.output.facts import Facts
from onrecord.output.mentions import nearest
from onrecord.output.style import Style
from onrecord.output.words import Names
from onrecord.record import ActorKind, Event, Mention, Position, Record, Span, Stance, Statement, Status

CANNOT_HOLD = (
    "topics of issues, which issue is broader, and which position departs from which",
    "dates, places, contexts, parties and who relayed a statement as fields: they stand in notes, as words",
    "issues but by their mentions, and which actor a mention means but by a note",
    "repairs of the text, and warnings",
)
_OTHER = ("Cue", "Content", "Issue", "Condition")
Region = dict[str, Any]


def labels() -> tuple[str, ...]:
    """The labels of regions: kinds of actors, parts of statements, PLOVER types, stances."""
    return (*get_args(ActorKind), *_OTHER, *sorted(plover().quads), *get_args(Stance))


def config() -> str:
    """The labelling interface for a Label Studio project, as XML."""
    return "\n".join(
        (
            "<View>",
            '  <Labels name="label" toName="text">',
            *(f'    <Label value="{name}"/>' for name in labels()),
            "  </Labels>",
            "  <Relations>",
            *(
                f'    <Relation value="{name}"/>'
                for name in ("actor", "recipient", "speaker", "content", "voice")
            ),
            "  </Relations>",
            '  <Choices name="status" toName="text" perRegion="true">',
            *(f'    <Choice value="{name}"/>' for name in get_args(Status)),
            "  </Choices>",
            '  <Text name="text" value="$text"/>',
            "</View>",
            "",
        )
    )


def write(records: Iterable[Record], out: BinaryIO, style: Style) -> None:
    """The array, its tasks written as records come."""
    before = b"[\n"
    for record in records:
        out.write(before + msgspec.json.encode(_task(record)))
        before = b",\n"
    out.write(b"\n]\n" if before == b",\n" else b"[]\n")


def _task(record: Record) -> dict[str, Any]:
    d = record.document
    entries: list[Statement | Event | Position] = [*record.statements, *record.events, *record.positions]
    prediction: dict[str, Any] = {
        "model_version": f"onrecord {record.coder.version}",
        "result": list(_regions(record)),
    }
    if entries:
        prediction["score"] = round(sum(e.confidence for e in entries) / len(entries), 4)
    facts = {"title": d.title, "outlet": d.outlet, "published": d.published, "url": d.url}
    return {
        "data": {"text": d.text, "document": d.id, **{k: v for k, v in facts.items() if v}},
        "predictions": [prediction],
    }


def _regions(record: Record) -> Iterator[Region]:
    text, facts = record.document.text, Facts(Names.of(record))
    ids = {}
    for actor in record.actors:
        for n, mention in enumerate(actor.mentions, 1):
            ids[actor.id, mention] = region_id = f"{actor.id}-{n}"
            yield _region(region_id, text, mention, actor.kind, actor.name)

    def to(actor_id: str | None, near: Span, entry: str, label: str) -> Iterator[Region]:
        """The relation from an entry to the nearest mention of an actor, where there is one."""
        actor = next((a for a in record.actors if a.id == actor_id), None)
        mention = nearest(actor, near) if actor else None
        if actor and mention:
            yield _relation(entry, ids[actor.id, mention], label)

    for s in record.statements:
        at = s.cue or (s.content[0] if s.content else None)
        if at is not None:
            yield _region(s.id, text, at, "Cue", facts.statement(s))
            yield from to(s.speaker, s.speaker_span or at, s.id, "speaker")
        for n, part in enumerate(s.content, 1):
            yield _region(f"{s.id}-content-{n}", text, part, "Content")
            yield _relation(s.id, f"{s.id}-content-{n}", "content")
    for e in record.events:
        yield _region(e.id, text, e.span, e.type, facts.event(e))
        yield {**_region(e.id, text, e.span, e.status), "from_name": "status", "type": "choices"}
        for role, side in (("actor", e.actor), ("recipient", e.recipient)):
            for actor_id in side:
                yield from to(actor_id, e.span, e.id, role)
    for i in record.issues:
        for n, part in enumerate(i.mentions, 1):
            yield _region(f"{i.id}-issue-{n}", text, part, "Issue", i.label)
    for p in record.positions:
        yield _region(p.id, text, p.span, p.stance, facts.position(p, record.issues))
        yield from to(p.voice, p.span, p.id, "voice")
        if p.condition:
            yield _region(f"{p.id}-condition", text, p.condition, "Condition")


def _region(region_id: str, text: str, span: Span | Mention, label: str, note: str | None = None) -> Region:
    kind = "choices" if label in get_args(Status) else "labels"
    value = {"start": span.start, "end": span.end, "text": text[span.start : span.end], kind: [label]}
    region: Region = {
        "id": region_id,
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "value": value,
    }
    return {**region, "meta": {"text": [note]}} if note else region


def _relation(from_id: str, to_id: str, label: str) -> Region:
    return {"type": "relation", "from_id": from_id, "to_id": to_id, "direction": "right", "labels": [label]}
