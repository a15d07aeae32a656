"""The commands about frames: a user's own, tried on their examples and on texts."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from onrecord.cli.common import colour_option, errors_as_messages, style
from onrecord.errors import UsageError
from onrecord.record import Document


@click.group()
def frames() -> None:
    """Try frames of your own, which say what predicates mean and who plays which part."""


@frames.command()
@click.argument("file", metavar="FILE.toml", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("texts", nargs=-1, metavar="[TEXT_OR_FILE]...")
@colour_option
def test(file: Path, texts: tuple[str, ...], colour: str) -> None:
    """Run each frame of FILE.toml on its example, where it must be found, and its counter, where not.

    A frame with a type is one of events, one with a stance one of positions; a file may have both.
    For each the words are shown that were found, what can fill the roles, and the frames by which events or
    positions are coded there. With texts (a sentence in quotation marks, or a file that 'onrecord code'
    reads), what is coded in them follows, that of your frames marked with *.

    \b
    onrecord frames test energy.toml
    onrecord frames test energy.toml "Iran throttled the gas to Turkey."

    Exit status: 0 all is as it should be, 1 a sentence failed or the file is wrong, 2 wrong usage.
    """
    with errors_as_messages():
        documents = list(_documents(texts))
        from onrecord.coding.coder import load
        from onrecord.coding.frame_trials import trials
        from onrecord.coding.own_frames import read_own_frames
        from onrecord.output.trials import coded_table, trials_table

        own = read_own_frames(file)
        coder = load(frames=own)
        shown = style(colour, None)
        results = tuple(trials(coder, own))
        _write(shown.render(trials_table(results)))
        for document in documents:
            _write("\n" + shown.render(coded_table(coder.code(document), own)))
    if not all(trial.passed for trial in results):
        sys.exit(1)


def _documents(texts: Iterable[str]) -> Iterator[Document]:
    """The texts that a user gave: files where there are such, else the words themselves."""
    from onrecord.sources import Failure, read

    for n, text in enumerate(texts, 1):
        if Path(text).exists():
            for item in read([text]):
                if isinstance(item, Failure):
                    raise UsageError(str(item))
                yield item
        elif len(text.split()) < 2:
            raise UsageError(
                f"{text!r} is no file, and too short for a sentence; put a text in quotation marks"
            )
        else:
            yield Document(id=f"text-{n}", text=text)


def _write(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.flush()
