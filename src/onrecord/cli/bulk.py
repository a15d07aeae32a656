"""``onrecord bulk``: a corpus into tables, on this machine or on a Ray cluster."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from onrecord.cli.common import STOPPED, errors_as_messages
from onrecord.cli.inputs import Inputs, coding_options, input_options

if TYPE_CHECKING:
    from onrecord.dossier.adding import Coding


@click.command()
@input_options
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    required=True,
    help="The folder of the tables; an earlier, unfinished run in it is continued.",
)
@click.option(
    "--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True, help="Where to code."
)
@click.option("--address", metavar="ADDRESS", help="The Ray cluster; without it one is started here.")
@click.option(
    "--shard",
    type=click.IntRange(min=1),
    metavar="N",
    default=200,
    show_default=True,
    help="Documents a shard.",
)
@coding_options
def bulk(
    inputs: Inputs,
    output: Path,
    engine: Literal["local", "ray"],
    address: str | None,
    shard: int,
    coding: Coding,
) -> None:
    """Code a corpus into Parquet tables, shard by shard.

    INPUT is what 'onrecord code' reads. A run that was stopped or killed goes on where it was when the same
    command is given again. DIR can be queried with DuckDB, and filed with 'onrecord add DOSSIER DIR'.

    \b
    onrecord bulk corpus/ -o coded/ --jobs 8
    onrecord bulk corpus/ -o coded/ --engine ray --address auto

    Exit status: 0 all coded, 1 some document failed (table failures), 2 wrong usage, 130 stopped by Ctrl-C.
    """
    inputs.check()
    if address and engine != "ray":
        raise click.UsageError("--address goes with --engine ray")
    from onrecord.bulk.run import Plan, run
    from onrecord.output.progress import Progress
    from onrecord.sources import read

    progress = Progress(sys.stderr)
    plan = Plan(output, coding.model, coding.actors, coding.frames, coding.jobs, shard, engine, address)
    coded = again = failed = 0
    with errors_as_messages():
        try:
            paths, options = inputs.paths(progress.say)
            for step in run(plan, read(paths, options)):
                failed += step.done.failures
                if step.again:
                    again += step.done.documents
                    continue
                coded += step.done.documents
                progress.add(step.done.documents)
        except KeyboardInterrupt:
            progress.say("stopped; finished shards are safe: run the same command again to go on")
            sys.exit(STOPPED)
    there = f", {again} there already" if again else ""
    told = f", {failed} failed (table failures)" if failed else ""
    progress.say(f"{coded} coded{there}{told}")
    progress.end()
    sys.exit(int(bool(failed)))
