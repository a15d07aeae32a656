"""``onrecord sources``: what can be read, and what files were taken for and why."""

from __future__ import annotations

import sys

import click

from onrecord.cli.common import colour_option, errors_as_messages, format_option, style
from onrecord.cli.inputs import Inputs, input_options


@click.command()
@input_options
@format_option("json")
@colour_option
def sources(
    inputs: Inputs,
    format_name: str,
    colour: str,
) -> None:
    """List the kinds of input; of INPUT, say what it is taken for and what is read of it.

    For each file its kind and the reason; for each document its title, the day of publication and where it
    was found, outlet, language and length; for the rest, why it is skipped. Nothing is coded.

    \b
    onrecord sources
    onrecord sources archive.zip --format json

    Exit status: 0 all can be coded, 1 some document cannot, 2 wrong usage.
    """
    from onrecord.output import sources as shown
    from onrecord.sources.inspect import inspect
    from onrecord.sources.registry import kinds

    look = style(colour, None)
    with errors_as_messages():
        if not inputs.given and not inputs.example:
            as_json = format_name == "json"
            listed = shown.kinds_json(kinds()) if as_json else shown.kinds_table(kinds(), look)
            click.echo(listed, nl=False)
            return
        inputs.check()
        paths, options = inputs.paths(_note)
        seen = list(inspect(paths, options))
        click.echo(shown.seen_json(seen) if format_name == "json" else shown.seen_table(seen, look), nl=False)
    if any(item.failure for item in seen):
        sys.exit(1)


def _note(message: str) -> None:
    from onrecord.output.style import one_line

    click.echo(one_line(message), err=True)
