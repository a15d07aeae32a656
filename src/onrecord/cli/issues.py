"""``onrecord issues``: what is on the table, merged, split and renamed by a person."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.common import errors_as_messages
from onrecord.cli.dossier_options import dossier_argument, judging_options
from onrecord.cli.review import by

if TYPE_CHECKING:
    import sqlite3


@click.command()
@dossier_argument
@click.argument("action", type=click.Choice(("list", "merge", "split", "rename")))
@click.argument("what", nargs=-1, metavar="[WHAT]...")
@click.option("--label", metavar="TEXT", help="split: the label of the new issue.")
@judging_options
def issues(
    dossier: Path, action: str, what: tuple[str, ...], label: str | None, user: str | None, why: str | None
) -> None:
    """List the issues of a dossier, or say which are one, which are two, and what one is called.

    \b
    list                     the issues, with their ids
    merge KEPT OTHER...      the others become part of the first
    split ISSUE POSITION... --label TEXT
                             these positions are on an issue of their own
    rename ISSUE LABEL       its id stays

    ISSUE is an issue's id or its beginning. Each is a review: 'onrecord review DOSSIER list' shows it and
    'undo' takes it back; coding the reports again keeps it.

    \b
    onrecord issues talks.db list
    onrecord issues talks.db merge arms-embargo weapons-embargo --why "one and the same"

    Exit status: 0 done, 1 the dossier cannot be used, 2 wrong usage, among it an issue that is not there.
    """
    from onrecord.dossier.connection import connect, errors

    with errors_as_messages(), errors(dossier):
        connection = connect(dossier, write=action != "list")
        try:
            if action == "list":
                _list(connection)
            else:
                _change(connection, action, what, label, user, why)
        finally:
            connection.close()


def _change(
    connection: sqlite3.Connection,
    action: str,
    what: tuple[str, ...],
    label: str | None,
    user: str | None,
    why: str | None,
) -> None:
    from onrecord.dossier import issue_reviews

    if action == "merge":
        if len(what) < 2:
            raise click.UsageError("usage: onrecord issues DOSSIER merge KEPT OTHER...")
        for other in what[1:]:
            number = issue_reviews.merge(connection, what[0], other, by(user, why))
            click.echo(f"review {number}: {other} is part of {what[0]}")
    elif action == "split":
        if len(what) < 2 or not label:
            raise click.UsageError("usage: onrecord issues DOSSIER split ISSUE POSITION... --label TEXT")
        number, new = issue_reviews.split(connection, what[0], what[1:], label, by(user, why))
        click.echo(f"review {number}: {new} is an issue of its own")
    else:
        if len(what) != 2:
            raise click.UsageError("usage: onrecord issues DOSSIER rename ISSUE LABEL")
        number = issue_reviews.rename(connection, *what, by(user, why))
        click.echo(f"review {number}: {what[0]} is called {what[1]!r}")


def _list(connection: sqlite3.Connection) -> None:
    from onrecord.output.style import one_line

    rows = connection.execute(
        "SELECT id, label, topic, positions, parties FROM issues ORDER BY positions DESC, id"
    )
    for row in rows:
        topic = f" ({row['topic']})" if row["topic"] else ""
        counts = f"{row['positions']} positions of {row['parties']} parties"
        click.echo(one_line(f"{row['id']}  {row['label']}{topic}  {counts}"))
