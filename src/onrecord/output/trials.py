"""How a user's frames did: a table of their examples, and the events that they and the package's find."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.coding.frame_trials import Trial
from onrecord.output.style import one_line, shorten
from onrecord.output.words import Names
from onrecord.record import Record

# Characters of a sentence of a text.
_SENTENCE = 150


def trials_table(trials: Sequence[Trial]) -> RenderableType:
    """A line for each example and counter-example, and how many are as they should be."""
    table = _table("", "frame", "sentence", "found", "event")
    for t in trials:
        passed = Text("ok", style="green") if t.passed else Text("FAILED", style="bold red")
        sentence = Text(one_line(t.text))
        if t.kind == "counter":
            sentence = Text("not: ", style="dim").append_text(sentence)
        table.add_row(passed, Text(one_line(t.frame), style="cyan"), sentence, _found(t), _events(t))
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


def _events(trial: Trial) -> Text:
    """The frames of the events that are coded: what is found need not win, or needs actors."""
    text = Text()
    for n, because in enumerate(trial.events):
        text.append("\n" if n else "")
        text.append(one_line(because), style="cyan" if because == trial.frame else "dim")
    return text if trial.events else Text("–", style="dim")


def events_table(record: Record, own: Collection[str]) -> RenderableType:
    """The events of a text with the frame of each; ``*`` marks those of the user's own frames."""
    title = Text(shorten(record.document.title or record.document.text.strip(), _SENTENCE), style="bold")
    if not record.events:
        return Group(title, Text("no events", style="dim"))
    names = Names.of(record)
    table = _table("", "frame", "type", "who → to whom", "words")
    for e in record.events:
        who = f"{names.names(e.actor)} → {names.names(e.recipient)}"
        kind = f"{e.type} {e.mode or ''}".strip()
        frame = Text(f"{'*' if e.because in own else ' '} {one_line(e.because)}")
        frame.stylize("cyan" if e.because in own else "")
        table.add_row(Text(e.id, style="dim"), frame, kind, who, shorten(e.span.text, _SENTENCE))
    return Group(title, table)


def _table(*columns: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", show_edge=False, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
