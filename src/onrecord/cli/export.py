"""``onrecord export``: records in the formats of other programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from onrecord.cli.common import errors_as_messages
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.output.once import Place
    from onrecord.record import Record

# How an SQLite file, and so a dossier, begins.
_SQLITE = b"SQLite format 3\x00"


class _Name(click.ParamType[str]):
    """The name of a format, looked up in the registry, which is not loaded for the help of other commands."""

    name = "name"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from onrecord.output import exports

        if value not in exports():
            self.fail(f"{value!r} is none of {', '.join(exports())}", param, ctx)
        return value

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The formats that begin so."""
        from onrecord.output import exports

        return [CompletionItem(name) for name in exports() if name.startswith(incomplete)]


def _list(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    """Print what formats there are and what each cannot hold, and end."""
    if not wanted or ctx.resilient_parsing:
        return
    from onrecord.output import Folder, exports

    for name, chosen in exports().items():
        click.echo(f"{name}: {chosen.what}{' (a folder)' if isinstance(chosen, Folder) else ''}")
        for what in chosen.cannot_hold:
            click.echo(f"  - cannot hold {what}")
    ctx.exit()


def _columns(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    """Print the tables of csv and parquet with their columns, and end."""
    if not wanted or ctx.resilient_parsing:
        return
    from onrecord.output.tables import TABLES

    for table in TABLES:
        click.echo(f"{table.name}: a row is {table.what}")
        for column in table.columns:
            click.echo(f"  {column.name} ({column.kind}): {column.what}")
    ctx.exit()


@click.command()
@click.argument(
    "inputs", nargs=-1, required=True, metavar="INPUT...", type=click.Path(exists=True, allow_dash=True)
)
@click.option(
    "--format", "format_name", type=_Name(), help="Default: by the ending of OUT, .json, .jsonl or .md."
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="OUT", help="Write to a file, or a new folder."
)
@click.option(
    "--status",
    type=click.Choice(["done", "all"]),
    default="done",
    show_default=True,
    help="Which events go into formats without a status: those told as done, or planned and denied ones too.",
)
@click.option(
    "--no-claims",
    is_flag=True,
    help="Leave out events for which somebody's statement is the only ground.",
)
@click.option(
    "--once",
    is_flag=True,
    help="Leave out copies of reports, and write each event once, as the first of the reports tells it.",
)
@click.option(
    "--list",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list,
    help="Say what formats there are and what each cannot hold.",
)
@click.option(
    "--columns",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_columns,
    help="Say what columns the tables of csv and parquet have.",
)
@click.option("--quiet", is_flag=True, help="Leave out the notes on what the format cannot hold.")
def export(
    inputs: tuple[str, ...],
    format_name: str | None,
    output: Path | None,
    status: str,
    no_claims: bool,
    once: bool,
    quiet: bool,
) -> None:
    """Write records in a format of other programs.

    INPUT is a dossier, whose records are as people's reviews have them, a file that 'onrecord code' wrote as
    json or jsonl, a folder that 'onrecord bulk' wrote, or - for standard input. Formats: json,
    jsonl, csv, parquet, polecat, icews, gdelt, dyads, plover, webanno, brat, labelstudio, ftm, markdown;
    csv, parquet and brat are folders. What a format cannot hold is told on standard error.

    \b
    onrecord export talks.db --format csv -o tables/
    onrecord export records.jsonl --format polecat --once -o events.txt

    Exit status: 0 all written, 1 a dossier or file cannot be used, 2 wrong usage.
    """
    from onrecord.output import exports, format_of
    from onrecord.output.export import Choice
    from onrecord.output.export import export as write

    with errors_as_messages(), ExitStack() as opened:
        name = format_name or (output and format_of(output.suffix))
        if not name or name not in exports():
            raise UsageError("say which format, with --format NAME; --list names them")
        place = _place(inputs, opened) if once else None
        choice = Choice(every_status=status == "all", claims=not no_claims, once=once, place=place)
        left_out = write(_all(inputs), name, output, choice)
    if not quiet:
        _notes(name, exports()[name].cannot_hold, left_out)


def records_of(path: str) -> Iterator[Record]:
    """The records of a dossier, a file or a bulk run's folder, '-' for standard input.

    Raises UsageError or DossierError where it is none of them.
    """
    if path != "-" and Path(path).is_dir():
        from onrecord.bulk import results

        return results.records(Path(path))
    if _is_dossier(path):
        from onrecord.dossier.records import records

        return records(path)
    from onrecord.output.records import stream_records

    return stream_records(path)


def _is_dossier(path: str) -> bool:
    """Whether a path is that of one, by how the file begins."""
    if path == "-" or not Path(path).is_file():
        return False
    with Path(path).open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def _place(inputs: tuple[str, ...], opened: ExitStack) -> Place | None:
    """How a dossier that is the only input has grouped its records; None where they are to be compared."""
    if len(inputs) != 1 or not _is_dossier(inputs[0]):
        return None
    from onrecord.dossier.connection import connect, errors
    from onrecord.dossier.places import places

    connection = opened.enter_context(closing(connect(inputs[0])))
    opened.enter_context(errors(inputs[0]))
    return places(connection)


def _all(inputs: Iterable[str]) -> Iterator[Record]:
    for path in inputs:
        yield from records_of(path)


def _notes(name: str, cannot_hold: Iterable[str], left_out: Mapping[str, int]) -> None:
    from onrecord.output.export import CLAIMS, COPIES, TELLINGS

    for what in cannot_hold:
        click.echo(f"note: {name} cannot hold {what}", err=True)
    statuses = {status: n for status, n in left_out.items() if status not in (CLAIMS, COPIES, TELLINGS)}
    if statuses:
        counts = ", ".join(f"{n} {status}" for status, n in statuses.items())
        click.echo(
            f"note: {name} has no status: left out {sum(statuses.values())} events ({counts}); "
            "--status all keeps them",
            err=True,
        )
    for what in (CLAIMS, COPIES, TELLINGS):
        if what in left_out:
            click.echo(f"note: {what} left out: {left_out[what]}", err=True)
