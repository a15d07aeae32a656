"""The commands about actors: who somebody is on a day, who holds an office, a template for one's own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.common import Day, actors_option, colour_option, errors_as_messages, format_option, style

if TYPE_CHECKING:
    from onrecord.actors.answers import Answer
    from onrecord.actors.roster import Roster

_on = click.option("--on", type=Day(), metavar="DATE", help="The day; without it, all that is known.")


def _asking(command: Callable[..., None]) -> Callable[..., None]:
    for option in (colour_option, format_option("json"), actors_option, _on):
        command = option(command)
    return command


@click.group()
def actors() -> None:
    """Ask who somebody is on a day and who holds an office, or begin a file of your own actors."""


@actors.command()
@click.argument("name")
@_asking
def who(name: str, on: str | None, actors: Path | None, format_name: str, colour: str) -> None:
    """Say whom a name can mean, the likeliest first.

    NAME is a full name or a surname, in any usual spelling.

    \b
    onrecord actors who Lavrov --on 2015-07-14

    Exit status: 0 somebody is known, 1 nobody, 2 wrong usage.
    """
    from onrecord.actors.answers import who as ask

    with errors_as_messages():
        found = ask(_roster(actors), name, on)
    _print(found, format_name, colour, f"nobody is known by the name {name!r}")


@actors.command()
@click.argument("country")
@click.argument("office")
@_asking
def office(
    country: str, office: str, on: str | None, actors: Path | None, format_name: str, colour: str
) -> None:
    """Say who holds an office of a state, the surest first.

    COUNTRY is an ISO 3166-1 alpha-3 code or a name; OFFICE one of head-of-state, head-of-government,
    foreign-minister, defence-minister, spokesperson, envoy, other, or a title such as 'prime minister'.

    \b
    onrecord actors office France foreign-minister --on 2015-07-14

    Exit status: 0 somebody is known, 1 nobody, 2 wrong usage.
    """
    from onrecord.actors.answers import holders

    with errors_as_messages():
        found = holders(_roster(actors), country, office, on)
    day = f" on {on}" if on else ""
    _print(found, format_name, colour, f"nobody is known as {office} of {country}{day}")


@actors.command()
@click.argument(
    "file", required=False, default="actors.csv", type=click.Path(dir_okay=False, allow_dash=True)
)
def init(file: str) -> None:
    """Write a template for your own actors to FILE, actors.csv by default, or - for standard output.

    A file that is there already is left alone.

    \b
    onrecord actors init mine.csv

    Exit status: 0 written, 1 the file is there already or cannot be written, 2 wrong usage.
    """
    from onrecord.actors.own import template

    if file == "-":
        click.echo(template(), nl=False)
        return
    try:
        with Path(file).open("x", encoding="utf-8", newline="\n") as out:
            out.write(template())
    except OSError as e:
        raise click.ClickException(f"{file}: {e.strerror}; nothing was written") from e
    click.echo(f"{file}: written; fill it in, then: onrecord code --actors {file} …", err=True)


def _roster(own: Path | None) -> Roster:
    from onrecord.actors.own import read_own
    from onrecord.actors.roster import Roster

    return Roster.load() if own is None else Roster.load().with_own(read_own(own))


def _print(found: tuple[Answer, ...], format_name: str, colour: str, nobody: str) -> None:
    """The answers on standard output; where there are none, that on standard error, and status 1."""
    from onrecord.output.answers import as_json, as_table
    from onrecord.output.style import safe

    text = as_json(found) if format_name == "json" else as_table(found, style(colour, None)) if found else ""
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.flush()
    if not found:
        _fail(f"{safe(nobody)}; add them with a file of your own (onrecord actors init)")
    assumed: dict[str, Any] = {
        f"{a.name} ({a.title}, {a.as_of})": None for a in found if a.standing == "assumed"
    }
    if assumed:
        click.echo(f"note: known only up to these days, assumed after them: {'; '.join(assumed)}", err=True)


def _fail(message: str) -> None:
    click.echo(message, err=True)
    sys.exit(1)
