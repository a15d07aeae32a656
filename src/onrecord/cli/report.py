"""``onrecord report``: the dossier in one file."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.common import Day, errors_as_messages

if TYPE_CHECKING:
    import sqlite3

    from onrecord.dossier.filters import Filters


@click.command()
@click.argument("dossier", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="OUT", help="Write to a file."
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["html", "md"]),
    help="Default: by the ending of OUT, else html.",
)
@click.option("--party", metavar="PARTY", help="A state, organisation or person, by name, code or id.")
@click.option("--issue", metavar="ISSUE", help="An issue's id, or words of its label.")
@click.option("--topic", metavar="TOPIC", help="A topic of the codebook, such as ceasefire.")
@click.option("--since", type=Day(), metavar="DATE", help="From this day on.")
@click.option("--until", type=Day(), metavar="DATE", help="Up to this day.")
def report(
    dossier: Path,
    output: Path | None,
    format_name: str | None,
    party: str | None,
    issue: str | None,
    topic: str | None,
    since: str | None,
    until: str | None,
) -> None:
    """Write a dossier into one file, to send or to print.

    html holds everything in itself and prints well; md is Markdown with a footnote for every source.
    """
    with errors_as_messages():
        from onrecord.dossier.connection import connect, errors
        from onrecord.dossier.filters import Filters
        from onrecord.output.files import replacing

        made = _markdown if (format_name or (output and output.suffix[1:])) == "md" else _html
        filters = Filters(party=party, issue=issue, topic=topic, since=since, until=until)
        with errors(dossier):
            connection = connect(dossier)
            try:
                page = made(connection, dossier.stem, filters)
            finally:
                connection.close()
        if output is None:
            sys.stdout.buffer.write(page)
            return
        with replacing(output) as stream:
            stream.write(page)


def _html(connection: sqlite3.Connection, name: str, filters: Filters) -> bytes:
    from onrecord.errors import UsageError

    try:
        from onrecord.web.file import as_html
    except ModuleNotFoundError as e:
        raise UsageError(f"the pages need {e.name}: pip install 'onrecord[web]'") from e
    return as_html(connection, name, filters).encode()


def _markdown(connection: sqlite3.Connection, name: str, filters: Filters) -> bytes:
    from onrecord.dossier.narrowed import narrowed
    from onrecord.output.markdown import write
    from onrecord.output.style import Style

    out = io.BytesIO()
    write(narrowed(connection, filters), out, Style())
    return out.getvalue()
