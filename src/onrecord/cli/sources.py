"""``onrecord sources``: what can be read, and what files were taken for and why."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.common import colour_option, errors_as_messages, format_option, input_options, style

if TYPE_CHECKING:
    from onrecord.sources.fetch_manners import Manners


@click.command()
@input_options
@format_option("json")
@colour_option
def sources(
    inputs: tuple[str, ...],
    example: bool,
    published: str | None,
    meta: Path | None,
    fields: Mapping[str, str],
    manners: Manners,
    format_name: str,
    colour: str,
) -> None:
    """List the kinds of input; of INPUT, say what it is taken for and what is read of it.

    For each file its kind and the reason; for each document its title, the day of publication and where it
    was found, outlet, language and length; for the rest, why it is skipped. Nothing is coded.

    Exit status: 0 all can be coded, 1 some document cannot, 2 wrong usage.
    """
    from onrecord.output import sources as shown
    from onrecord.sources import Options, example_inputs
    from onrecord.sources.inspect import inspect
    from onrecord.sources.registry import kinds

    look = style(colour, None)
    with errors_as_messages():
        if not inputs and not example:
            as_json = format_name == "json"
            listed = shown.kinds_json(kinds()) if as_json else shown.kinds_table(kinds(), look)
            click.echo(listed, nl=False)
            return
        paths, meta = example_inputs() if example else (inputs, meta)
        options = Options(published, meta, fields, manners=manners, warn=_note)
        seen = list(inspect(paths, options))
        click.echo(shown.seen_json(seen) if format_name == "json" else shown.seen_table(seen, look), nl=False)
    if any(item.failure for item in seen):
        sys.exit(1)


def _note(message: str) -> None:
    from onrecord.output.style import one_line

    click.echo(f"note: {one_line(message)}", err=True)
