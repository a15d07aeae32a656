"""``onrecord recode``: code the reports of a dossier again."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.common import STOPPED, errors_as_messages
from onrecord.cli.dossier_options import dossier_argument
from onrecord.cli.inputs import coding_options

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.dossier.adding import Coding
    from onrecord.dossier.recode import Recoded
    from onrecord.output.progress import Progress


@click.command()
@dossier_argument
@click.option(
    "--all", "all_reports", is_flag=True, help="Every report, also those coded with what is used now."
)
@coding_options
def recode(
    dossier: Path,
    all_reports: bool,
    coding: Coding,
) -> None:
    """Code the reports of a dossier again, after an upgrade or with other knowledge.

    Those that were coded with what is used now are passed over. What people judged is laid over the new
    entries; judgements whose evidence is gone or changed are counted ('onrecord review DOSSIER list
    --orphaned' shows them). Run it again after an interruption: it goes on with what is not done.

    \b
    onrecord recode talks.db
    onrecord recode talks.db --actors actors.csv --all

    Exit status: 0 all coded, 1 some report could not be coded, 2 wrong usage, 130 stopped by Ctrl-C.
    """
    from onrecord.dossier.connection import connect, errors
    from onrecord.dossier.recode import recode as code_again
    from onrecord.dossier.reviews import orphaned
    from onrecord.output.progress import Progress

    progress = Progress(sys.stderr, "coded again")
    summary = _Summary()
    with errors_as_messages(), errors(dossier):
        try:
            _tell(code_again(dossier, coding, all_reports=all_reports), progress, summary)
        except KeyboardInterrupt:
            progress.say("stopped; what is done is safe: run the same command again to go on")
            sys.exit(STOPPED)
        with closing(connect(dossier)) as connection:
            lost = len(orphaned(connection))
    for line in summary.lines():
        click.echo(line)
    if lost:
        click.echo(
            f"reviews whose evidence is gone or changed: {lost} ('onrecord review {dossier} list --orphaned')"
        )
    sys.exit(int(bool(progress.failed)))


def _tell(recoded: Iterable[Recoded], progress: Progress, summary: _Summary) -> None:
    for one in recoded:
        progress.add(failed=one.failure is not None)
        if one.failure is not None:
            kept = "" if one.before is None else "; it stays as it was"
            progress.say(f"not coded: {one.failure}{kept}")
        summary.add(one)


class _Summary:
    """What changed, by the versions before and now, and by table."""

    def __init__(self) -> None:
        self._reports: Counter[str] = Counter()
        self._changes: dict[str, dict[str, Counter[str]]] = {}

    def add(self, one: Recoded) -> None:
        """Count a report."""
        if one.failure is not None:
            return
        versions = f"{one.before or 'not coded'} → {one.now}"
        self._reports[versions] += 1
        tables = self._changes.setdefault(versions, {})
        for change in one.changes:
            counts = tables.setdefault(change.table, Counter())
            for name in ("same", "added", "gone", "changed"):
                counts[name] += getattr(change, name)

    def lines(self) -> Iterable[str]:
        """The summary, a line for each table."""
        if not self._reports:
            yield "nothing to do: every report was coded with what is used now"
        for versions, reports in self._reports.items():
            yield f"{reports} reports, {versions}"
            for table, counts in self._changes[versions].items():
                told = ", ".join(f"{counts[name]} {name}" for name in ("same", "added", "gone", "changed"))
                yield f"  {table:<10} {told}"
