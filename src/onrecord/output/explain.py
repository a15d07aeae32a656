"""Why an entry is in a record: its rule, its evidence in context, how each actor was resolved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from onrecord import knowledge
from onrecord.coding.own_frames import OwnFrames
from onrecord.errors import UsageError
from onrecord.output.style import one_line, safe
from onrecord.output.words import Names, day
from onrecord.record import Event, Mention, Position, Record, Span, Statement

Entry = Statement | Event | Position
# Characters of the text shown on each side of the evidence.
_CONTEXT = 240


def find(record: Record, entry_id: str) -> Entry:
    """The statement, event or position with this id. Raises UsageError where there is none."""
    entries: tuple[Entry, ...] = (*record.statements, *record.events, *record.positions)
    for entry in entries:
        if entry.id == entry_id:
            return entry
    ranges = [
        f"{group[0].id} to {group[-1].id}"
        for group in (record.statements, record.events, record.positions)
        if group
    ]
    has = f"it has {', '.join(ranges)}" if ranges else "it has no entries"
    raise UsageError(f"the record of {record.document.id!r} has no entry {entry_id!r}; {has}")


def render(record: Record, entry: Entry, own: OwnFrames | None = None) -> RenderableType:
    """What is shown of an entry; ``own`` are the user's frames that the record was made with."""
    kind = type(entry).__name__.lower()
    parts: list[RenderableType] = [
        Text(f"{kind} {entry.id} of {one_line(record.document.id)}", style="bold"),
        Text(),
        _facts(record, entry),
        Text(),
        Text("Evidence, in the text as received", style="bold"),
        _in_context(record.document.text, _spans(entry)),
    ]
    actors = [a for a in dict.fromkeys(_actors(entry)) if a]
    if actors:
        parts += [Text(), Text("Actors", style="bold"), *_resolutions(record, entry, actors)]
    parts += [Text(), Text("Rule", style="bold"), _rule(entry.because, own)]
    return Group(*parts)


def _facts(record: Record, entry: Entry) -> RenderableType:
    names = Names.of(record)
    grid = Table.grid(padding=(0, 2, 0, 1))
    for key, value in _values(entry, names):
        grid.add_row(Text(key, style="dim"), Text(safe(value)))
    return grid


def _values(entry: Entry, names: Names) -> Iterator[tuple[str, str]]:
    if isinstance(entry, Statement):
        yield "speaker", names.with_party(entry.speaker)
        if entry.via:
            yield "via", ", ".join(names.with_party(v) for v in entry.via)
        yield "addressee", names.with_party(entry.addressee)
        yield "cue", entry.cue.text if entry.cue else "–"
        yield "kind", entry.kind
        yield "channel", entry.channel or "–"
        yield "said on", _date(entry.said_on)
    elif isinstance(entry, Event):
        yield "type", entry.type
        yield "mode", entry.mode or "–"
        yield "contexts", ", ".join(entry.contexts) or "–"
        yield "CAMEO", entry.cameo or "–"
        yield "actor", _side(entry, "actor", names)
        yield "recipient", _side(entry, "recipient", names)
        yield "place", _place(entry)
        yield "date", _date(entry.date)
        yield "status", entry.status
        yield "according to", entry.according_to or "the report itself"
    else:
        yield "party", names.with_party(entry.party)
        yield "voice", names.with_party(entry.voice)
        yield "issue", entry.issue
        yield "stance", entry.stance
        yield "act", entry.act
        yield "condition", entry.condition.text if entry.condition else "–"
        yield "basis", entry.basis
        yield "date", _date(entry.date)
        yield "rests on", " ".join(x for x in (entry.statement, entry.event) if x) or "its own evidence"
    yield "confidence", f"{entry.confidence:.2f}"


def _side(event: Event, side: Literal["actor", "recipient"], names: Names) -> str:
    """Who is on a side of an event, or why nobody is."""
    if ids := (event.actor if side == "actor" else event.recipient):
        return ", ".join(names.with_party(i) for i in ids)
    reason = next((r for r in event.absent if r.startswith(f"{side}: ")), "")
    return f"– ({reason.removeprefix(f'{side}: ')})" if reason else "–"


def _place(event: Event) -> str:
    info = event.place_info
    if info is None:
        return event.place or "–"
    point = f", {info.lat:.2f} {info.lon:.2f}" if info.lat is not None and info.lon is not None else ""
    return f"{one_line(info.name)} ({info.country}, {info.precision}{point})"


def _date(date: Any) -> str:
    text = day(date)
    return f"{text} (from “{one_line(date.span.text)}”)" if date is not None and date.span else text


def _spans(entry: Entry) -> list[Span]:
    if isinstance(entry, Statement):
        return [s for s in (entry.speaker_span, entry.cue, *entry.content) if s is not None]
    if isinstance(entry, Event):
        return [entry.span]
    return [s for s in (entry.span, entry.condition) if s is not None]


def _in_context(text: str, spans: list[Span]) -> Text:
    """The text around the spans, these in colour and between brackets, so that they show without it too."""
    spans = sorted(spans, key=lambda s: (s.start, s.end))
    start, end = spans[0].start, max(s.end for s in spans)
    begin = max(text.rfind("\n", 0, start) + 1, start - _CONTEXT)
    line_end = text.find("\n", end)
    stop = min(line_end if line_end >= 0 else len(text), end + _CONTEXT)
    shown = Text("…" if begin and text[begin - 1] != "\n" else "")
    at = begin
    for span in spans:
        if span.start < at:
            continue
        shown.append(safe(text[at : span.start]))
        shown.append(f"[{safe(text[span.start : span.end])}]", style="bold green")
        at = span.end
    shown.append(safe(text[at:stop]))
    return shown.append("…") if stop < len(text) and text[stop] != "\n" else shown


def _actors(entry: Entry) -> tuple[str | None, ...]:
    if isinstance(entry, Statement):
        return (entry.speaker, *entry.via, entry.addressee)
    if isinstance(entry, Event):
        return (*entry.actor, *entry.recipient)
    return (entry.party, entry.voice)


def _resolutions(record: Record, entry: Entry, ids: list[str]) -> Iterator[Text]:
    """For each actor who it is, and the mention nearest to the evidence that shows it."""
    actors = Names.of(record).actors
    spans = _spans(entry)
    for actor_id in ids:
        actor = actors.get(actor_id)
        if actor is None:
            yield Text(f" {one_line(actor_id)}: a party, named by no mention of its own")
            continue
        known = [actor.kind, actor.role, actor.country, actor.sector, actor.wikidata]
        line = Text(f" {one_line(actor.name)}", style="cyan")
        line.append(f": {one_line(', '.join(k for k in known if k))}", style="")
        line.append(f"; confidence {actor.confidence:.2f}", style="dim")
        if actor.mentions:
            near = min(actor.mentions, key=lambda m: (_distance(m, spans), m.start))
            line.append(f"; here “{one_line(near.text)}”, by {near.by}", style="dim")
        yield line


def _distance(mention: Mention, spans: list[Span]) -> int:
    """How many characters lie between a mention and the evidence, 0 where it is part of it."""
    return min(max(s.start - mention.end, mention.start - s.end, 0) for s in spans)


def _rule(because: str, own: OwnFrames | None) -> RenderableType:
    """The rule's name, and its definition as the data files give it."""
    grid = Table.grid(padding=(0, 2, 0, 3))
    mine = own.definitions.get(because) if own is not None else None
    for key, value in (mine or definition(because) or {}).items():
        grid.add_row(Text(key, style="dim"), Text(safe(_plain(value))))
    return Group(Text(f" {one_line(because)}"), grid)


def definition(because: str) -> dict[str, Any] | None:
    """What a rule's name stands for, as the data files say; None where they do not know it.

    ``file/id`` names a frame of ``data/frames``, ``stance/file/id`` one of ``data/stances``; the other rules,
    and the tagger, whose name goes on with the model's, stand in ``data/rules.toml``.
    """
    first, _, rest = because.partition("/")
    rules: dict[str, str] = knowledge.read_toml("rules.toml")["rules"]
    for name in (because, first):
        if name in rules:
            return {"what": rules[name]}
    return _frame("stances", rest) if first == "stance" else _frame("frames", because)


def _frame(folder: str, name: str) -> dict[str, Any] | None:
    file, _, frame_id = name.partition("/")
    if not file.replace("-", "").isalnum() or not knowledge.data(folder, f"{file}.toml").is_file():
        return None
    table = knowledge.read_toml(folder, f"{file}.toml")
    frames: list[dict[str, Any]] = table.get("frame", [])
    found = next((f for f in frames if f.get("id") == frame_id), None)
    return {**table.get("defaults", {}), **found} if found else None


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{k} = {_plain(v)}" for k, v in value.items())
    if isinstance(value, list):
        return "\n".join(map(_plain, value))
    return str(value).replace("|", " | ")
