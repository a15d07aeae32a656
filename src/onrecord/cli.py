"""The command line: reads arguments, calls the library, prints. What it can do, the library can."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from onrecord import __version__
from onrecord.errors import OnrecordError, UsageError

if TYPE_CHECKING:
    from onrecord.output import Style
    from onrecord.output.progress import Progress
    from onrecord.record import Record
    from onrecord.sources import Failure

FORMATS = ("table", "json", "jsonl")


class _Day(click.ParamType[str]):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from onrecord.sources.table import parse_day

        try:
            return parse_day(value)
        except ValueError:
            self.fail(f"{value!r} is not a date like 2015-07-14", param, ctx)


_colour_option = click.option(
    "--color",
    "colour",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Colour the table; auto: on a terminal, or as FORCE_COLOR and NO_COLOR say.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="onrecord")
def main() -> None:
    """Read news reports and official readouts of a negotiation, and write the record.

    The record says who said what, who did what to whom, what is on the table and where each party stands,
    each line with the words it rests on.
    """


@main.command()
@click.argument("inputs", nargs=-1, metavar="INPUT...", type=click.Path(exists=True, allow_dash=True))
@click.option("--example", is_flag=True, help="Code the example reports that ship with onrecord.")
@click.option(
    "--published", type=_Day(), metavar="DATE", help="Day of publication where the input gives none."
)
@click.option(
    "--meta",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE.jsonl",
    help="Facts about text files (published, title, outlet, url, byline, language); 'id' is a file's stem.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMATS),
    help="Default: by the ending of OUT; else table on a terminal, jsonl elsewhere.",
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="OUT", help="Write to a file."
)
@click.option("--model", metavar="NAME", help="A spaCy model that is installed.")
@click.option(
    "--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes to code on."
)
@_colour_option
def code(
    inputs: tuple[str, ...],
    example: bool,
    published: str | None,
    meta: Path | None,
    format_name: str | None,
    output: Path | None,
    model: str | None,
    jobs: int,
    colour: str,
) -> None:
    """Write the records of reports.

    INPUT is a text file, a folder of them, a JSON Lines file (id, text, published, title, outlet, url,
    byline, language), or - for standard input. A document that cannot be coded is reported and skipped.

    Exit status: 0 all coded, 1 some document skipped, 2 wrong usage.
    """
    if bool(inputs) == example:
        raise click.UsageError("give INPUT, or --example for the reports that ship with onrecord")
    if example and meta:
        raise click.UsageError("--example brings its own facts: leave --meta out")
    from onrecord.bulk import code_many
    from onrecord.output import FORMATS as WRITERS
    from onrecord.output import format_of
    from onrecord.output.progress import Progress
    from onrecord.sources import Options, example_inputs, read

    with _errors_as_messages():
        paths: Iterable[str | Path] = inputs
        if example:
            paths, meta = example_inputs()
        progress = Progress(sys.stderr)
        options = Options(published, meta, warn=lambda message: progress.say(f"note: {message}"))
        name = format_name or (output and format_of(output.suffix)) or _default_format(output)
        results = code_many(read(paths, options), model=model, jobs=jobs)
        with _open(output) as out:
            WRITERS[name].write(_records(results, progress), out, _style(colour, output))
    progress.end()
    if progress.failed:
        sys.exit(1)


@main.command()
@click.argument("record", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.argument("entry", metavar="ID")
@_colour_option
def explain(record: str, entry: str, colour: str) -> None:
    """Say why an entry is in a record: its rule, its evidence, and who each actor was taken to be.

    RECORD is a file that 'onrecord code' wrote as json or jsonl, or - for standard input. ID is an entry's
    id (s1, e4, p2), with the document's id before it where the file holds several records (ID:s1).
    """
    from onrecord.output.explain import find, render
    from onrecord.output.records import read_records, select

    with _errors_as_messages():
        chosen, entry_id = select(read_records(record), entry)
        shown = _style(colour, None).render(render(chosen, find(chosen, entry_id)))
    sys.stdout.buffer.write(shown.encode("utf-8", "backslashreplace"))


def _records(results: Iterable[Record | Failure], progress: Progress) -> Iterator[Record]:
    """The records among the results; the failures are told as they come."""
    from onrecord.sources import Failure

    for result in results:
        if isinstance(result, Failure):
            progress.add(failed=True)
            progress.say(f"skipped: {result}")
        else:
            yield result
            progress.add()


def _default_format(output: Path | None) -> str:
    return "table" if output is None and sys.stdout.isatty() else "jsonl"


def _style(colour: str, output: Path | None) -> Style:
    from onrecord.output import Style

    on = colour == "always"
    if colour == "auto":
        wanted = output is None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
        on = not os.environ.get("NO_COLOR") and bool(os.environ.get("FORCE_COLOR") or wanted)
    width = shutil.get_terminal_size((100, 24)).columns if output is None else 100
    return Style(colour=on, width=max(width, 60))


@contextmanager
def _open(output: Path | None) -> Iterator[BinaryIO]:
    from onrecord.output.files import replacing

    if output is None:
        yield sys.stdout.buffer
        return
    with replacing(output) as stream:
        yield stream


@contextmanager
def _errors_as_messages() -> Iterator[None]:
    """End the program with the message of an error raised on purpose: 2 for wrong usage, 1 for the rest."""
    from onrecord.output.style import safe

    try:
        yield
    except UsageError as e:
        raise click.UsageError(safe(str(e))) from e
    except OnrecordError as e:
        raise click.ClickException(safe(str(e))) from e
