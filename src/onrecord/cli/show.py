"""``onrecord show`` and ``onrecord open``: ask a dossier."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.common import colour_option, errors_as_messages, format_option, style
from onrecord.cli.dossier_options import dossier_argument, narrowing_options

if TYPE_CHECKING:
    from onrecord.dossier.filters import Filters
    from onrecord.record import Basis

_LISTINGS = (
    "positions",
    "timeline",
    "shifts",
    "statements",
    "events",
    "encounters",
    "accounts",
    "issues",
    "actors",
    "reports",
)
# Rows of a table for people, where no limit is given.
_ROWS = 200


@click.command()
@dossier_argument
@click.argument("listing", type=click.Choice(_LISTINGS), metavar="LISTING")
@narrowing_options
@click.option("--speaker", metavar="WHO", help="Who speaks, by name or id.")
@click.option("--outlet", metavar="OUTLET", help="From this outlet alone.")
@click.option("--text", metavar="WORDS", help="With all these words.")
@click.option(
    "--basis", type=click.Choice(["self", "reported", "narrated"]), help="Positions on this ground."
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help="At most so many rows; a table has 200 by default.",
)
@format_option("json", "csv", "md")
@colour_option
def show(
    dossier: Path,
    listing: str,
    filters: Filters,
    speaker: str | None,
    outlet: str | None,
    text: str | None,
    basis: Basis | None,
    limit: int | None,
    format_name: str,
    colour: str,
) -> None:
    """List what a dossier holds.

    \b
    positions   where each party stands on each issue
    timeline    positions and events by the day on which they happened
    shifts      who changed a stance, and where sources contradict each other
    statements  who said what, the latest first
    events      who did what to whom, each event once however many reports tell it
    encounters  meetings, calls and rounds of talks
    accounts    what each side says of an encounter
    issues      what is on the table
    actors      who is in the reports
    reports     what was filed

    Each row has an id; 'onrecord open DOSSIER ID' shows the sentences that it rests on.

    \b
    onrecord show talks.db positions --party Iran --topic sanctions
    onrecord show talks.db timeline --since 2015-07-01 --format csv

    Exit status: 0 shown, 1 the dossier cannot be used, 2 wrong usage, among it a party or issue that is not
    there.
    """
    from onrecord.dossier.connection import connect, errors
    from onrecord.dossier.listings import LISTINGS
    from onrecord.output.listing import render

    filters = replace(
        filters,
        speaker=speaker,
        outlet=outlet,
        text=text,
        basis=basis,
        limit=limit or (_ROWS + 1 if format_name == "table" else None),
    )
    with errors_as_messages(), errors(dossier):
        connection = connect(dossier)
        try:
            made = LISTINGS[listing](connection, filters)
        finally:
            connection.close()
    if limit is None and format_name == "table" and len(made.cells) > _ROWS:
        made = replace(made, cells=made.cells[:_ROWS], data=made.data[:_ROWS])
        click.echo(f"note: the first {_ROWS} rows; --limit N shows more, --format csv all", err=True)
    shown = render(made, format_name, style(colour, None))  # type: ignore[arg-type]
    sys.stdout.buffer.write(shown.encode("utf-8", "backslashreplace"))


@click.command("open")
@dossier_argument
@click.argument("entry", metavar="ID")
@colour_option
def open_(dossier: Path, entry: str, colour: str) -> None:
    """Show the sentences that a row of 'onrecord show' rests on, in every report that carries them.

    ID is the row's id, or as much of its beginning as is not another's too.

    \b
    onrecord open talks.db p-1f0c

    Exit status: 0 shown, 1 the dossier cannot be used, 2 wrong usage, among it an id that is not there.
    """
    from onrecord.dossier.connection import connect, errors
    from onrecord.dossier.evidence import passages, resolve
    from onrecord.dossier.opened import render_passages, render_report

    with errors_as_messages(), errors(dossier):
        connection = connect(dossier)
        try:
            kind, full = resolve(connection, entry)
            if kind in ("report", "actor"):
                item = render_report(connection, kind, full)
            else:
                item = render_passages(kind, full, passages(connection, kind, full))
        finally:
            connection.close()
    shown = style(colour, None).render(item)
    sys.stdout.buffer.write(shown.encode("utf-8", "backslashreplace"))
