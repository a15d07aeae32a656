"""The command line: reads arguments, calls the library, prints. What it can do, the library can."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from onrecord import __version__
from onrecord.cli_actors import actors as actors_group
from onrecord.cli_common import Day, colour_option, errors_as_messages, frames_option, style
from onrecord.cli_frames import frames as frames_group
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.output.progress import Progress
    from onrecord.record import Record
    from onrecord.sources import Failure

FORMATS = ("table", "json", "jsonl")


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
    "--published", type=Day(), metavar="DATE", help="Day of publication where the input gives none."
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
    "--actors",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE.csv",
    help="Your own people, offices and organisations; 'onrecord actors init' writes a template.",
)
@frames_option
@click.option(
    "--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes to code on."
)
@colour_option
def code(
    inputs: tuple[str, ...],
    example: bool,
    published: str | None,
    meta: Path | None,
    format_name: str | None,
    output: Path | None,
    model: str | None,
    actors: Path | None,
    frames: Path | None,
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

    with errors_as_messages():
        paths: Iterable[str | Path] = inputs
        if example:
            paths, meta = example_inputs()
        progress = Progress(sys.stderr)
        options = Options(published, meta, warn=lambda message: progress.say(f"note: {message}"))
        name = format_name or (output and format_of(output.suffix)) or _default_format(output)
        results = code_many(read(paths, options), model=model, actors=actors, frames=frames, jobs=jobs)
        with _open(output) as out:
            WRITERS[name].write(_records(results, progress), out, style(colour, output))
    progress.end()
    if progress.failed:
        sys.exit(1)


@main.command()
@click.argument("record", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.argument("entry", metavar="ID")
@frames_option
@colour_option
def explain(record: str, entry: str, frames: Path | None, colour: str) -> None:
    """Say why an entry is in a record: its rule, its evidence, and who each actor was taken to be.

    RECORD is a file that 'onrecord code' wrote as json or jsonl, or - for standard input. ID is an entry's
    id (s1, e4, p2), with the document's id before it where the file holds several records (ID:s1).
    Give --frames where the record was made with it: the rule is shown as it stands there.
    """
    from onrecord.coding.own_frames import read_own_frames
    from onrecord.output.explain import find, render
    from onrecord.output.records import read_records, select

    with errors_as_messages():
        chosen, entry_id = select(read_records(record), entry)
        own = read_own_frames(frames) if frames is not None else None
        if own is not None and own.digest[:8] not in chosen.coder.knowledge.split("+"):
            raise UsageError(f"the record was not made with {frames} as it is now; leave --frames out")
        shown = style(colour, None).render(render(chosen, find(chosen, entry_id), own))
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


@contextmanager
def _open(output: Path | None) -> Iterator[BinaryIO]:
    from onrecord.output.files import replacing

    if output is None:
        yield sys.stdout.buffer
        return
    with replacing(output) as stream:
        yield stream


main.add_command(actors_group)
main.add_command(frames_group)
