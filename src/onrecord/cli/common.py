"""What the commands share: their colours, days, and how errors and Ctrl-C end them."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from onrecord.errors import OnrecordError, UsageError

if TYPE_CHECKING:
    from onrecord.output import Style

_F = TypeVar("_F", bound=Callable[..., Any])
STOPPED = 130  # the exit status of a program that Ctrl-C ended, as shells show it


class Day(click.ParamType[str]):
    """An ISO date, or a date with time of which the day is taken."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The day that a user wrote."""
        from onrecord.sources.days import parse_day

        try:
            return parse_day(value)
        except ValueError:
            self.fail(f"{value!r} is not a date like 2015-07-14", param, ctx)


colour_option = click.option(
    "--color",
    "colour",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Colour the table; auto: on a terminal, or as FORCE_COLOR and NO_COLOR say.",
)

output_option = click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="OUT", help="Write to a file."
)
actors_option = click.option(
    "--actors",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE.csv",
    help="Your own people, offices and organisations; 'onrecord actors init' writes a template.",
)


def format_option(*formats: str) -> Callable[[_F], _F]:
    """The option ``format_name`` of a command that answers with a table, or in another of these formats."""
    fields = ": json and csv hold every field" if "csv" in formats else ""
    return click.option(
        "--format",
        "format_name",
        type=click.Choice(("table", *formats)),
        default="table",
        show_default=True,
        help=f"For people or for programs{fields}.",
    )


class FramesFile(click.Path):
    """A file of frames, or the name of one that an installed package has."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The file, or the name as it was written."""
        from onrecord import plugins

        if not Path(value).exists() and value in plugins.names(plugins.FRAMES):
            return Path(value)
        return super().convert(value, param, ctx)


frames_option = click.option(
    "--frames",
    type=FramesFile(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE.toml",
    help="Your own frames of events and stances; 'onrecord frames test' tries them.",
)


def with_options(command: _F, options: tuple[Callable[[_F], _F], ...]) -> _F:
    """The command with these options, in their order."""
    for option in reversed(options):
        command = option(command)
    return command


def style(colour: str, output: Path | None) -> Style:
    """How to print: the colours asked for, on standard output or in a file."""
    from onrecord.output import Style

    on = colour == "always"
    if colour == "auto":
        wanted = output is None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
        on = not os.environ.get("NO_COLOR") and bool(os.environ.get("FORCE_COLOR") or wanted)
    width = shutil.get_terminal_size((100, 24)).columns if output is None else 100
    return Style(colour=on, width=max(width, 60))


@contextmanager
def errors_as_messages() -> Iterator[None]:
    """End the program with the message of an error raised on purpose: with status 2 for wrong usage, 1 for
    the rest; and with 130 on Ctrl-C.
    """
    from onrecord.output.style import safe

    try:
        yield
    except UsageError as e:
        raise click.UsageError(safe(str(e))) from e
    except OnrecordError as e:
        raise click.ClickException(safe(str(e))) from e
    except KeyboardInterrupt:
        click.echo("Aborted!", err=True)
        sys.exit(STOPPED)
