"""``onrecord report``: the dossier in one file."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.common import errors_as_messages, output_option
from onrecord.cli.dossier_options import dossier_argument, narrowing_options

if TYPE_CHECKING:
    import sqlite3

    from onrecord.dossier.filters import Filters


@click.command()
@dossier_argument
@output_option
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["html", "md"]),
    help="Default: by the ending of OUT, else html.",
)
@narrowing_options
def report(
    dossier: Path,
    output: Path | None,
    format_name: str | None,
    filters: Filters,
) -> None:
    """Write a dossier into one file, to send or to print.

    html holds everything in itself and prints well; md is Markdown with a footnote for every source.

    \b
    onrecord report talks.db -o talks.html
    onrecord report talks.db -o iran.md --party Iran --until 2015-07-10

    Exit status: 0 written, 1 the dossier cannot be used, 2 wrong usage.
    """
    with errors_as_messages():
        from onrecord.dossier.connection import connect, errors
        from onrecord.output.files import replacing

        made = _markdown if (format_name or (output and output.suffix[1:])) == "md" else _html
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
