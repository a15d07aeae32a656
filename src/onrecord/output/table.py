"""Records for a person: who stands where, who takes part, what was said and done, by which evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from onrecord.output import accounts, matrix
from onrecord.output.style import Style, around, one_line, shorten
from onrecord.output.words import Names, day
from onrecord.record import Actor, Event, Position, Record, Span, Statement

# Characters of a cell's text: about three lines of the widest column at 100 columns.
_CONTENT = 150


def write(records: Iterable[Record], out: BinaryIO, style: Style) -> None:
    """The tables of each record, as it comes."""
    for record in records:
        out.write(style.render(render(record)).encode("utf-8", "backslashreplace"))
        out.flush()


def render(record: Record) -> RenderableType:
    """What is shown of one record."""
    names = Names.of(record)
    parts: list[RenderableType] = [_header(record)]
    for title, body in (
        ("Who stands where", matrix.render(record, names)),
        ("Shifts", matrix.shifts(record, names)),
        ("Parties", _parties(record, names)),
        ("Statements", _statements(record, names)),
        ("Events", _events(record, names)),
        ("Positions", _positions(record, names)),
        ("Accounts", accounts.render(record, names)),
        ("Warnings", _warnings(record)),
    ):
        if body is not None:
            parts += [Text(), Text(title, style="bold"), Padding(body, (0, 0, 0, 1))]
    return Group(*parts, Text())


def _header(record: Record) -> RenderableType:
    document, coder = record.document, record.coder
    title = Text(one_line(document.title or document.id), style="bold")
    known = [
        document.outlet,
        document.published or "no date",
        f"id {document.id}" if document.title else None,
    ]
    about = " · ".join(one_line(part) for part in known if part)
    made = f"onrecord {coder.version}, {coder.model}, knowledge {coder.knowledge}"
    return Group(Rule(style="dim"), title, Text(about), Text(one_line(made), style="dim"))


def _table(*columns: tuple[str, int | None]) -> Table:
    """A table of columns with their names and greatest widths, the last as wide as it can be."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", show_edge=False, pad_edge=False)
    for name, width in columns[:-1]:
        table.add_column(name, overflow="fold", max_width=width, no_wrap=width is None)
    table.add_column(columns[-1][0], overflow="fold")
    return table


def _parties(record: Record, names: Names) -> RenderableType | None:
    """A line for each side that speaks, acts, is acted on or takes a stand, the most mentioned first."""
    sides: dict[str, list[Actor]] = {}
    taking_part = _taking_part(record)
    for actor in record.actors:
        if actor.id in taking_part:
            sides.setdefault(actor.party or actor.country or "", []).append(actor)
    if not sides:
        return None
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(overflow="fold", max_width=20)
    table.add_column(overflow="fold")
    for side in sorted(sides, key=lambda s: (not s, -sum(len(a.mentions) for a in sides[s]))):
        members = Text(", ").join(_member(actor) for actor in sides[side])
        table.add_row(Text(names.name(side or None), style="cyan"), members)
    return table


def _taking_part(record: Record) -> set[str]:
    ids = {i for s in record.statements for i in (s.speaker, *s.via, s.addressee) if i}
    ids |= {i for e in record.events for i in (*e.actor, *e.recipient)}
    return ids | {i for p in record.positions for i in (p.party, p.voice) if i}


def _member(actor: Actor) -> Text:
    text = Text(one_line(actor.name))
    if actor.role:
        text.append(f" ({one_line(actor.role)})", style="dim")
    return text


def _statements(record: Record, names: Names) -> RenderableType | None:
    if not record.statements:
        return None
    table = _table(("", None), ("said on", None), ("who", 22), ("kind", None), ("what", None))
    for s in record.statements:
        table.add_row(Text(s.id, style="dim"), day(s.said_on), _speaker(s, names), s.kind, _content(s))
    return table


def _speaker(statement: Statement, names: Names) -> Text:
    if statement.speaker is None and statement.speaker_span is not None:
        text = Text(one_line(statement.speaker_span.text), style="italic")
    else:
        text = Text(names.name(statement.speaker), style="cyan")
    if statement.via:
        text.append(f" via {names.names(statement.via)}", style="dim")
    return text


def _content(statement: Statement) -> Text:
    return Text(shorten(" … ".join(span.text for span in statement.content), _CONTENT))


def _events(record: Record, names: Names) -> RenderableType | None:
    if not record.events:
        return None
    table = _table(
        ("", None), ("date", None), ("type", 12), ("who → to whom", 20), ("status", 12), ("evidence", None)
    )
    for e in record.events:
        who = Text(names.names(e.actor), style="cyan")
        if e.recipient:
            who.append(" → ", style="dim").append(names.names(e.recipient), style="cyan")
        status = Text(e.status, style="" if e.status == "happened" else "yellow")
        if e.according_to:
            status.append(f" ({e.according_to})", style="dim")
        table.add_row(
            Text(e.id, style="dim"), day(e.date), _type(e), who, status, _evidence(e.sentence, e.span)
        )
    return table


def _type(event: Event) -> Text:
    text = Text(event.type)
    return text.append(f" {event.mode}", style="dim") if event.mode else text


def _positions(record: Record, names: Names) -> RenderableType | None:
    """A row for each position, grouped by issue in the order of the text, then by party."""
    if not record.positions:
        return None
    table = _table(
        ("", None), ("issue", 20), ("party", 14), ("stance", None), ("act", 14), ("evidence", None)
    )
    labels = {issue.id: issue.label for issue in record.issues}
    last = None
    for p in _by_issue(record):
        issue = one_line(labels.get(p.issue, p.issue)) if p.issue != last else ""
        last = p.issue
        act = Text(p.act)
        if p.basis != "self":
            act.append(f" ({p.basis})", style="dim")
        evidence = Text(shorten(p.span.text, _CONTENT))
        if p.condition is not None:
            evidence.append(f"\ncondition: {shorten(p.condition.text, _CONTENT)}", style="yellow")
        stance = Text(p.stance, style=matrix.COLOUR[p.stance])
        party = Text(names.side(p.party), style="cyan")
        table.add_row(Text(p.id, style="dim"), issue, party, stance, act, evidence)
    return table


def _by_issue(record: Record) -> Iterator[Position]:
    groups: dict[str, list[Position]] = {}
    for position in record.positions:
        groups.setdefault(position.issue, []).append(position)
    for group in groups.values():
        yield from sorted(group, key=lambda p: p.party)


def _evidence(sentence: Span, span: Span) -> Text:
    """The words that show the event, marked in their sentence."""
    start = max(sentence.text.find(span.text), 0)
    whole = sentence if span.text in sentence.text else span
    before, inside, after = around(whole.text, start, start + len(span.text), _CONTENT)
    return Text(before).append(inside, style="bold").append(after)


def _warnings(record: Record) -> RenderableType | None:
    if not record.warnings:
        return None
    lines = [Text(one_line(f"{w.message} [{w.code}]"), style="yellow") for w in record.warnings]
    return Group(*lines)
