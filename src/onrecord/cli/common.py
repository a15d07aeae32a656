"""What the commands share: their colours, days, and how errors end them."""

from __future__ import annotations

import functools
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from onrecord.errors import OnrecordError, UsageError

if TYPE_CHECKING:
    from onrecord.output import Style
    from onrecord.sources.fetch_manners import Manners

_F = TypeVar("_F", bound=Callable[..., Any])
# What looks like a URL but for its scheme: 'www.', or the name of a host before a slash.
_ADDRESS = re.compile(r"www\.|(?:[\w-]+\.)+[a-zA-Z]{2,}/")


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


class InputPath(click.Path):
    """A file or folder that there is, '-' for standard input, or a URL."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The input as it was written."""
        from onrecord.sources.fetch_guard import is_url

        if is_url(value):
            return value
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as e:
            hint = " If it is a URL, write https:// before it." if _ADDRESS.match(value) else ""
            raise click.BadParameter(e.message + hint, ctx, param) from e


_INPUT_OPTIONS = (
    click.argument("inputs", nargs=-1, metavar="INPUT...", type=InputPath(exists=True, allow_dash=True)),
    click.option("--example", is_flag=True, help="Code the example reports that ship with onrecord."),
    click.option(
        "--published", type=Day(), metavar="DATE", help="Day of publication where the input gives none."
    ),
    click.option(
        "--meta",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="FILE.jsonl",
        help="Facts about text files (published, title, outlet, url, byline, language); "
        "'id' is a file's stem.",
    ),
    click.option(
        "--field",
        "mapped",
        multiple=True,
        metavar="OURS=THEIRS",
        help="Which field of a table is what, where its name does not tell: text=Inhalt. Again for others.",
    ),
    click.option(
        "--urls",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Read the pages at the URLs in FILE, one a line.",
    ),
    click.option(
        "--cache",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        help="Keep fetched pages in DIR; what has not changed is not fetched again.",
    ),
    click.option("--offline", is_flag=True, help="Fetch nothing: read pages from --cache alone."),
    click.option("--allow-private", is_flag=True, help="Fetch from this machine and the local network too."),
)


def _jobs() -> int:
    from onrecord.bulk.pool import sensible_jobs

    return sensible_jobs()


_CODING_OPTIONS = (
    click.option("--model", metavar="NAME", help="A spaCy model that is installed."),
    actors_option,
    frames_option,
    click.option(
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        default=_jobs,
        show_default="one a processor, at most 8; 1 for few reports",
        help="Processes to code on.",
    ),
)


def input_options(command: _F) -> _F:
    """What a command reads: ``inputs``, ``example``, ``published``, ``meta``, ``fields`` and ``manners``."""

    @functools.wraps(command)
    def reading(
        inputs: tuple[str, ...],
        mapped: tuple[str, ...],
        urls: Path | None,
        cache: Path | None,
        offline: bool,
        allow_private: bool,
        **others: Any,
    ) -> Any:
        if offline and cache is None:
            raise click.UsageError("--offline reads the pages that --cache DIR keeps: name it")
        with errors_as_messages():
            manners = _manners(cache, offline, allow_private)
            given = inputs + _listed(urls)
            return command(inputs=given, fields=_fields(mapped), manners=manners, **others)

    return with_options(cast(_F, reading), _INPUT_OPTIONS)


def coding_options(command: _F) -> _F:
    """What a command codes with: ``model``, ``actors``, ``frames`` and ``jobs``."""
    return with_options(command, _CODING_OPTIONS)


def with_options(command: _F, options: tuple[Callable[[_F], _F], ...]) -> _F:
    """The command with these options, in their order."""
    for option in reversed(options):
        command = option(command)
    return command


def _fields(mapped: tuple[str, ...]) -> dict[str, str]:
    """Our fields by the fields of tables. Raises UsageError where one is not written as OURS=THEIRS."""
    from onrecord.sources.rows import check_mapping

    fields = {}
    for item in mapped:
        ours, equals, theirs = item.partition("=")
        if not (ours and equals and theirs):
            raise UsageError(f"--field {item}: write it as OURS=THEIRS, for example text=body")
        fields[ours.strip()] = theirs
    check_mapping(fields)
    return fields


def _listed(urls: Path | None) -> tuple[str, ...]:
    """The URLs in a list. Raises UsageError where it is none."""
    if urls is None:
        return ()
    from onrecord.sources.url import read_list

    found = tuple(read_list(urls))
    if not found:
        raise UsageError(f"{urls}: no URL is in it; a list has one a line")
    return found


def _manners(cache: Path | None, offline: bool, allow_private: bool) -> Manners:
    from onrecord.sources.fetch_guard import is_public
    from onrecord.sources.fetch_manners import Manners

    allowed = (lambda address: True) if allow_private else is_public
    return Manners(cache=cache, offline=offline, allowed=allowed)


def check_inputs(inputs: tuple[str, ...], example: bool, meta: Path | None) -> None:
    """Raises click.UsageError where neither inputs nor the example are asked for, or both."""
    if bool(inputs) == example:
        raise click.UsageError("give INPUT, or --example for the reports that ship with onrecord")
    if example and meta:
        raise click.UsageError("--example brings its own facts: leave --meta out")


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
