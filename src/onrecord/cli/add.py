"""``onrecord add``: code reports and file them in a dossier."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.common import STOPPED, errors_as_messages
from onrecord.cli.inputs import Inputs, coding_options, input_options

if TYPE_CHECKING:
    from onrecord.dossier.adding import Coding
    from onrecord.dossier.filing import Filed
    from onrecord.output.progress import Progress


@click.command()
@click.argument("dossier", type=click.Path(dir_okay=False, path_type=Path))
@input_options
@click.option(
    "--watch",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Then keep filing what arrives in FOLDER, until Ctrl-C.",
)
@coding_options
def add(
    dossier: Path,
    inputs: Inputs,
    watch: Path | None,
    coding: Coding,
) -> None:
    """Code reports and file them in a dossier.

    DOSSIER is a file, made where there is none. INPUT is what 'onrecord code' reads, or the folder of a
    finished 'onrecord bulk'. A report that is there already is passed over, so the same command can be run
    again, after an interruption too. What cannot be coded is kept with the reason.

    \b
    onrecord add talks.db --example
    onrecord add talks.db reports/ --published 2015-07-14
    onrecord add talks.db --watch inbox/

    Exit status: 0 all filed, 1 some document not coded, 2 wrong usage, 130 stopped by Ctrl-C before the end.
    """
    if watch is None or inputs.given or inputs.example:
        inputs.check()
    from onrecord.dossier.adding import add as add_to
    from onrecord.dossier.adding import read_sourced
    from onrecord.dossier.from_bulk import add_run, is_run
    from onrecord.dossier.watch import arrivals
    from onrecord.output.progress import Progress
    from onrecord.sources.folder import is_read

    progress = Progress(sys.stderr, "filed")
    told = _Told(progress, each=watch is not None)
    status = 0
    with errors_as_messages():
        try:
            paths, options = inputs.paths(progress.say)
            runs = [Path(item) for item in paths if is_run(item)]
            told.all(add_to(dossier, read_sourced([p for p in paths if not is_run(p)], options), coding))
            for folder in runs:
                told.all(add_run(dossier, folder))
            if watch is not None:
                progress.say(f"watching {watch}; Ctrl-C ends it")
                _, arriving = replace(inputs, given=(), example=False).paths(progress.say)
                for arrived in arrivals(watch):
                    files = [path for path in arrived if is_read(path)]
                    told.all(add_to(dossier, read_sourced(files, arriving), coding))
        except KeyboardInterrupt:
            if watch is None:
                progress.say("stopped; what was filed is safe: run the same command again to go on")
                status = STOPPED
    told.end()
    sys.exit(status or int(bool(progress.failed)))


class _Told:
    """Tells what became of each document: what is odd as it comes, the sum at the end."""

    def __init__(self, progress: Progress, *, each: bool) -> None:
        self._progress = progress
        self._each = each
        self._count: Counter[str] = Counter()

    def all(self, filed: Iterable[Filed]) -> None:
        """Count these, and say what a user should know of them."""
        for one in filed:
            self._count[one.what] += 1
            failed = one.what in ("uncoded", "failed")
            if one.what != "same":
                self._progress.add(failed=failed)
            if failed:
                self._progress.say(f"not coded: {_where(one)}{one.reason}")
            elif one.what == "revised":
                self._progress.say(f"note: {one.of} is there with another text; filed as {one.report}")
            elif self._each and one.what != "same":
                of = f", a copy of {one.of}" if one.what == "copy" else ""
                self._progress.say(f"filed: {one.report}{of}")

    def end(self) -> None:
        """Say what came of it all."""
        filed = self._count["new"] + self._count["copy"] + self._count["revised"]
        parts = [f"{filed} filed"]
        parts += [
            f"{self._count[what]} {words}"
            for what, words in (("copy", "of them copies"), ("same", "there already"))
            if self._count[what]
        ]
        if self._progress.failed:
            parts.append(f"{self._progress.failed} not coded")
        self._progress.say(", ".join(parts))


def _where(one: Filed) -> str:
    return f"{one.report}: " if one.report else ""
