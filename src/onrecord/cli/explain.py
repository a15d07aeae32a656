"""``onrecord explain``: why an entry is in a record."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from onrecord.cli.common import colour_option, errors_as_messages, frames_option, style
from onrecord.errors import UsageError


@click.command()
@click.argument("record", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.argument("entry", metavar="ID")
@frames_option
@colour_option
def explain(record: str, entry: str, frames: Path | None, colour: str) -> None:
    """Say why an entry is in a record: its rule, its evidence, and who each actor was taken to be.

    RECORD is a file that 'onrecord code' wrote as json or jsonl, or - for standard input. ID is an entry's
    id (s1, e4, p2), with the document's id before it where the file holds several records (ID:s1).
    Give --frames where the record was made with it: the rule is shown as it stands there.

    \b
    onrecord code --example -o records.jsonl
    onrecord explain records.jsonl vienna-1-deadline:p1

    Exit status: 0 shown, 2 wrong usage, among it an entry that is not in the record.
    """
    from onrecord.coding.own_frames import read_own_frames
    from onrecord.output.explain import find, render
    from onrecord.output.records import read_records, select

    with errors_as_messages():
        chosen, entry_id = select(read_records(record), entry)
        own = read_own_frames(frames) if frames is not None else None
        if own is not None and own.digest[:8] not in chosen.coder.knowledge.split("+"):
            raise UsageError(f"the record was not made with {frames} as it is now; leave --frames out")
        shown = style(colour, None).render(render(chosen, find(chosen, entry_id), own))
    sys.stdout.buffer.write(shown.encode("utf-8", "backslashreplace"))
