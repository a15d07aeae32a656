"""How a user's frames did: a table of their examples, and what they and the package's find in a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.coding.frame_trials import Trial
from onrecord.coding.own_frames import OwnFrames
from onrecord.output.style import one_line, shorten
from onrecord.output.words import Names
from onrecord.record import Event, Position, Record

# Characters of a sentence of a text.
_SENTENCE = 150


def trials_table(trials: Sequence[Trial]) -> RenderableType:
    """A line for each example and counter-example, and how many are as they should be."""
    table = _table("", "frame", "sentence", "found", "coded by")
    for t in trials:
        passed = Text("ok", style="green") if t.passed else Text("FAILED", style="bold red")
        sentence = Text(one_line(t.text))
        if t.kind == "counter":
            sentence = Text("not: ", style="dim").append_text(sentence)
        table.add_row(passed, Text(one_line(t.frame), style="cyan"), sentence, _found(t), _coded(t))
    failed = sum(not t.passed for t in trials)
    summary = f"{len(trials)} sentences, {failed} failed" if failed else f"{len(trials)} sentences, all ok"
    return Group(table, Text(), Text(summary, style="bold red" if failed else "green"))


def _found(trial: Trial) -> Text:
    """The words of the frame and what can fill its roles; where it is not there, what else is."""
    if trial.found is None:
        return Text("\n".join(("not found", *map(one_line, trial.others))), style="dim")
    text = Text(one_line(trial.found.words), style="bold")
    for role, fillers in trial.found.roles:
        text.append(f"\n{role}: {one_line(', '.join(fillers)) or '–'}", style="not bold")
    return text


def _coded(trial: Trial) -> Text:
    """The frames of what is coded there: what is found need not win, or needs actors."""
    text = Text()
    for n, because in enumerate(trial.coded):
        text.append("\n" if n else "")
        text.append(one_line(because), style="cyan" if because == trial.frame else "dim")
    return text if trial.coded else Text("–", style="dim")


def coded_table(record: Record, own: OwnFrames) -> RenderableType:
    """What was coded in a text, of the kinds that a user's file has frames for, with the frame of each;
    ``*`` marks those of the user's own.
    """
    title = Text(shorten(record.document.title or record.document.text.strip(), _SENTENCE), style="bold")
    events = record.events if own.events else ()
    positions = record.positions if own.stances else ()
    if not events and not positions:
        kinds = [*(["events"] if own.events else []), *(["positions"] if own.stances else [])]
        return Group(title, Text(f"no {' and no '.join(kinds)}", style="dim"))
    table = _table("", "frame", "what", "who", "words")
    coded: list[tuple[Event | Position, str, str]] = [
        *_events(record, events),
        *_positions(record, positions),
    ]
    for entry, what, who in coded:
        mine = entry.because in own.definitions
        frame = Text(f"{'*' if mine else ' '} {one_line(entry.because)}", style="cyan" if mine else "")
        table.add_row(Text(entry.id, style="dim"), frame, what, who, shorten(entry.span.text, _SENTENCE))
    return Group(title, table)


def _events(record: Record, events: Sequence[Event]) -> Iterator[tuple[Event, str, str]]:
    names = Names.of(record)
    for e in events:
        who = f"{names.names(e.actor)} → {names.names(e.recipient)}"
        yield e, f"{e.type} {e.mode or ''}".strip(), who


def _positions(record: Record, positions: Sequence[Position]) -> Iterator[tuple[Position, str, str]]:
    names = Names.of(record)
    labels = {issue.id: one_line(issue.label) for issue in record.issues}
    for p in positions:
        yield p, f"{p.stance} {p.act}", f"{names.side(p.party)} on {labels[p.issue]}"


def _table(*columns: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", show_edge=False, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
