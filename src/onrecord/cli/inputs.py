"""What commands read and code with: the options, and the objects that they become."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from onrecord.cli.common import Day, actors_option, errors_as_messages, frames_option, with_options
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.sources import Options
    from onrecord.sources.fetch_manners import Manners

_F = TypeVar("_F", bound=Callable[..., Any])
# What looks like a URL but for its scheme: 'www.', or the name of a host before a slash.
_ADDRESS = re.compile(r"www\.|(?:[\w-]+\.)+[a-zA-Z]{2,}/")


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a command is to read: what was ``given``, or the example, and how it is read."""

    given: tuple[str, ...]
    example: bool
    published: str | None
    meta: Path | None
    fields: Mapping[str, str]
    manners: Manners

    def check(self) -> None:
        """Raises click.UsageError where neither inputs nor the example are asked for, or both."""
        if bool(self.given) == self.example:
            raise click.UsageError("give INPUT, or --example for the reports that ship with onrecord")
        if self.example and self.meta:
            raise click.UsageError("--example brings its own facts: leave --meta out")

    def paths(self, note: Callable[[str], None]) -> tuple[tuple[str | Path, ...], Options]:
        """The paths and URLs, and how to read them; ``note`` is told of what is odd."""
        from onrecord.sources import Options, example_inputs

        paths: Iterable[str | Path] = self.given
        meta = self.meta
        if self.example:
            paths, meta = example_inputs()
        options = Options(
            self.published, meta, self.fields, manners=self.manners, warn=lambda said: note(f"note: {said}")
        )
        return tuple(paths), options


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
    """What a command reads: ``inputs``, an object of ``Inputs``."""

    @functools.wraps(command)
    def reading(
        inputs: tuple[str, ...],
        example: bool,
        published: str | None,
        meta: Path | None,
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
            given = inputs + _listed(urls)
            manners = _manners(cache, offline, allow_private)
            read = Inputs(given, example, published, meta, _fields(mapped), manners)
            return command(inputs=read, **others)

    return with_options(cast(_F, reading), _INPUT_OPTIONS)


def coding_options(command: _F) -> _F:
    """What a command codes with: ``coding``, an object of ``dossier.adding.Coding``."""

    @functools.wraps(command)
    def coded(model: str | None, actors: Path | None, frames: Path | None, jobs: int, **others: Any) -> Any:
        from onrecord.dossier.adding import Coding

        return command(coding=Coding(model, actors, frames, jobs), **others)

    return with_options(cast(_F, coded), _CODING_OPTIONS)


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
