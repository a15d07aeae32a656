"""What the commands share: their colours, days, and how errors end them."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.errors import OnrecordError, UsageError

if TYPE_CHECKING:
    from onrecord.output import Style


class Day(click.ParamType[str]):
    """An ISO date, or a date with time of which the day is taken."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The day that a user wrote."""
        from onrecord.sources.table import parse_day

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

frames_option = click.option(
    "--frames",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE.toml",
    help="Your own frames of events; 'onrecord frames test' tries them.",
)


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
    """End the program with the message of an error raised on purpose: 2 for wrong usage, 1 for the rest."""
    from onrecord.output.style import safe

    try:
        yield
    except UsageError as e:
        raise click.UsageError(safe(str(e))) from e
    except OnrecordError as e:
        raise click.ClickException(safe(str(e))) from e
