"""A dossier to read, in Markdown (CommonMark with the tables and footnotes of GitHub and Pandoc).

Our own layout: who stands where, issue by issue; what was done; what was said; who takes part; each line with
a footnote that names the report, its outlet and day, and quotes the words. Nothing in a report is read as
Markdown or HTML: what could be is escaped. Issues with one id are one, whichever report they stand in.
The whole is sorted, so all entries, but not the texts, are held until the last record is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from onrecord.output.style import Style, one_line, shorten
from onrecord.output.urls import web_address
from onrecord.output.words import Names, day
from onrecord.record import Actor, Date, Document, Event, Position, Record, Statement

CANNOT_HOLD = (
    "the texts of the reports, and offsets: footnotes quote the words",
    "contexts, CAMEO codes, Wikidata ids, rules and confidences",
    "mentions of actors, topics of issues, which issue is broader, which position departs from which",
)
# Characters of a quotation in a footnote, and of what was said in a list.
_QUOTED, _SAID = 400, 600
_QUOTES = ("“", '"', "‘", "'", "«")
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&$^!@])|(?<=:)(/)(?=/)|(?<=www)(\.)")
# What opens a list or underlines a heading at the beginning of a line.
_LIST = re.compile(r"^(\d+(?=[.)])|(?=[-+=:]))")


@dataclass(frozen=True)
class _Entry:
    """Something to list: when it sorts, the cells or the line that show it; its report, evidence and id.

    ``report`` is one string for all entries of a report.
    """

    when: str
    shown: tuple[str, ...]
    report: str
    words: str
    id: str


def write(records: Iterable[Record], out: BinaryIO, style: Style) -> None:
    """The dossier, once the last record is there."""
    dossier = _Dossier()
    for record in records:
        dossier.add(record)
    for text in dossier.lines():
        out.write(f"{text}\n".encode())


class _Dossier:
    """The entries of the records so far."""

    def __init__(self) -> None:
        self._reports: list[str] = []
        self._days: list[str] = []
        self._labels: dict[str, str] = {}
        self._positions: dict[str, list[_Entry]] = {}
        self._events: list[_Entry] = []
        self._statements: list[_Entry] = []
        self._actors: dict[str, str] = {}
        self._notes: list[_Entry] = []

    def add(self, record: Record) -> None:
        names, document = Names.of(record), record.document
        report = _report(document)
        self._days.append(document.published or "")
        self._reports.append("; ".join((report, *(md(w.message) for w in record.warnings))))
        taking_part = {i for s in record.statements for i in (s.speaker, *s.via, s.addressee)}
        taking_part |= {i for e in record.events for i in (*e.actor, *e.recipient)}
        taking_part |= {p.voice for p in record.positions}
        for actor in record.actors:
            if actor.id in taking_part and actor.kind not in ("unknown", "place"):
                self._actors.setdefault(_member(actor, names), document.published or "")
        for issue in record.issues:
            self._labels.setdefault(issue.id, issue.label)
        for p in record.positions:
            self._positions.setdefault(p.issue, []).append(_position(p, names, document, report))
        self._events += [_event(e, names, document, report) for e in record.events]
        self._statements += [_statement(s, names, document, report) for s in record.statements]

    def lines(self) -> Iterator[str]:
        days = sorted(filter(None, self._days))
        span = (
            f", {days[0]} to {days[-1]}" if days and days[0] != days[-1] else f", {days[0]}" if days else ""
        )
        yield "# On record"
        yield ""
        yield f"{_count(len(self._reports), 'report')}{span}."
        yield from self._who_stands_where()
        if self._events:
            yield from ("", "## What was done", "")
            yield from self._listed(self._events)
        if self._statements:
            yield from ("", "## What was said", "")
            yield from self._listed(self._statements)
        if self._actors:
            yield from ("", "## Who takes part", "", *(f"- {line}" for line in sorted(self._actors)))
        if self._reports:
            yield from ("", "## Reports", "", *(f"- {report}" for report in self._reports))
        if self._notes:
            yield ""
            for number, entry in enumerate(self._notes, 1):
                yield f"[^{number}]: {entry.report}: {_quoted(entry.words)} ({md(entry.id)})"

    def _who_stands_where(self) -> Iterator[str]:
        if self._positions:
            yield from ("", "## Who stands where")
        for issue in sorted(self._positions, key=lambda i: (-len(self._positions[i]), i)):
            yield from ("", f"### {md(self._labels.get(issue, issue))}", "")
            yield "| party | stance | act | when | voice | condition | |"
            yield "| --- | --- | --- | --- | --- | --- | --- |"
            for entry in sorted(self._positions[issue], key=lambda e: (e.shown[0], e.when)):
                yield f"| {' | '.join(entry.shown)} | {self._footnote(entry)} |"

    def _listed(self, entries: list[_Entry]) -> Iterator[str]:
        for entry in sorted(entries, key=lambda e: e.when or "9"):
            yield f"- {entry.shown[0]} {self._footnote(entry)}"

    def _footnote(self, entry: _Entry) -> str:
        self._notes.append(entry)
        return f"[^{len(self._notes)}]"


def _position(p: Position, names: Names, document: Document, report: str) -> _Entry:
    shown = (
        md(names.name(p.party)),
        p.stance,
        p.act if p.basis == "self" else f"{p.act} ({p.basis})",
        _when(p.date, document),
        md(names.name(p.voice)) if p.voice else "",
        md(shorten(p.condition.text, _QUOTED)) if p.condition else "",
    )
    return _Entry(_sort(p.date, document), shown, report, p.span.text, f"{document.id}:{p.id}")


def _event(e: Event, names: Names, document: Document, report: str) -> _Entry:
    kind = f"{md(e.type)} {md(e.mode)}" if e.mode else md(e.type)
    who = (
        f"{md(names.names(e.actor))} → {md(names.names(e.recipient))}"
        if e.recipient
        else md(names.names(e.actor))
    )
    place = f", {md(e.place_info.name)}" if e.place_info else ""
    marks = [*([e.status] if e.status != "happened" else ()), *(["as claimed"] if e.according_to else ())]
    marked = f" ({', '.join(marks)})" if marks else ""
    shown = f"{_when(e.date, document)}{place}: **{kind}**{marked} {who}"
    return _Entry(_sort(e.date, document), (shown,), report, e.sentence.text, f"{document.id}:{e.id}")


def _statement(s: Statement, names: Names, document: Document, report: str) -> _Entry:
    unnamed = s.speaker_span.text if s.speaker is None and s.speaker_span else None
    speaker = md(unnamed or names.with_party(s.speaker))
    via = f", via {md(names.names(s.via))}" if s.via else ""
    words = md(shorten(" … ".join(c.text for c in s.content), _SAID))
    shown = f"{_when(s.said_on, document)}: **{speaker}**{via} ({s.kind}): {words}"
    return _Entry(
        _sort(s.said_on, document),
        (shown,),
        report,
        " … ".join(c.text for c in s.content),
        f"{document.id}:{s.id}",
    )


def _member(actor: Actor, names: Names) -> str:
    about = ", ".join(x for x in (actor.role, names.name(actor.country) if actor.country else None) if x)
    return f"**{md(actor.name)}**" + (f" ({md(about)})" if about and about != actor.name else "")


def _quoted(words: str) -> str:
    shown = md(shorten(words, _QUOTED))
    return shown if shown.startswith(_QUOTES) else f"“{shown}”"


def _report(document: Document) -> str:
    about = [document.title or document.id, document.outlet, document.published or "no date"]
    link = [_link(document.url)] if document.url else []
    return ", ".join([*(md(x) for x in about if x), *link])


def _when(date: Date | None, document: Document) -> str:
    """The day of an entry; where the report gives none, the day on which it was reported."""
    if date is not None and date.from_ is not None:
        return day(date)
    return f"reported {document.published}" if document.published else "no day"


def _sort(date: Date | None, document: Document) -> str:
    """The day by which an entry is listed: its own, else that of publication."""
    return (date.from_ if date else None) or document.published or ""


def _count(n: int, thing: str) -> str:
    return f"{n} {thing}{'' if n == 1 else 's'}"


def md(text: str) -> str:
    """The text on one line, with everything escaped that Markdown or HTML would read as more than text."""
    escaped = _MARKUP.sub(r"\\\g<0>", one_line(text))
    return _LIST.sub(r"\1\\", escaped)


def _link(url: str) -> str:
    """A link where the URL is plainly one, else its text."""
    return f"<{url}>" if web_address(url) else md(url)
