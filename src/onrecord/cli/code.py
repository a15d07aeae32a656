"""``onrecord code``: the records of reports."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from onrecord.cli.common import colour_option, errors_as_messages, output_option, style
from onrecord.cli.inputs import Inputs, coding_options, input_options

if TYPE_CHECKING:
    from onrecord.dossier.adding import Coding
    from onrecord.output.progress import Progress
    from onrecord.record import Record
    from onrecord.sources import Failure

FORMATS = ("table", "json", "jsonl")


@click.command()
@input_options
@click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMATS),
    help="Default: by the ending of OUT; else table on a terminal, jsonl elsewhere.",
)
@output_option
@coding_options
@colour_option
def code(
    inputs: Inputs,
    format_name: str | None,
    output: Path | None,
    coding: Coding,
    colour: str,
) -> None:
    """Write the records of reports.

    INPUT is a file, a folder, a URL, or - for standard input: text, Markdown, web pages, PDF, Word, e-mail,
    feeds, WARC, JSON, CSV, Parquet, exports of Nexis, and archives of these, told apart by content;
    'onrecord sources' lists them. A document that cannot be coded is reported and skipped.

    \b
    onrecord code --example
    onrecord code reports/ --published 2015-07-14 -o records.jsonl
    onrecord code https://www.example.org/talks.html --format table

    Exit status: 0 all coded, 1 some document skipped, 2 wrong usage, 130 stopped by Ctrl-C.
    """
    inputs.check()
    from onrecord.output import FORMATS as WRITERS
    from onrecord.output import format_of
    from onrecord.output.progress import Progress
    from onrecord.sources import read

    with errors_as_messages():
        progress = Progress(sys.stderr)
        paths, options = inputs.paths(progress.say)
        name = format_name or (output and format_of(output.suffix)) or _default_format(output)
        results = coding.code(read(paths, options))
        with _open(output) as out:
            WRITERS[name].write(_records(results, progress), out, style(colour, output))
    progress.end()
    if progress.failed:
        sys.exit(1)


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
