"""What the commands on a dossier share: which one, what of it, who judges."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from onrecord.cli.common import Day, with_options

_F = TypeVar("_F", bound=Callable[..., Any])

dossier_argument = click.argument("dossier", type=click.Path(exists=True, dir_okay=False, path_type=Path))

_NARROWING = (
    click.option("--party", metavar="PARTY", help="A state, organisation or person, by name, code or id."),
    click.option("--issue", metavar="ISSUE", help="An issue's id, or words of its label."),
    click.option("--topic", metavar="TOPIC", help="A topic of the codebook, such as ceasefire."),
    click.option("--since", type=Day(), metavar="DATE", help="From this day on."),
    click.option("--until", type=Day(), metavar="DATE", help="Up to this day: positions as they stood then."),
)
_JUDGING = (
    click.option("--user", metavar="NAME", help="Who judges. Default: ONRECORD_USER, else your user name."),
    click.option("--why", metavar="TEXT", help="The reason, for those who read it later."),
)


def narrowing_options(command: _F) -> _F:
    """What a command shows of a dossier: ``filters``, an object of ``dossier.filters.Filters``."""

    @functools.wraps(command)
    def narrowed(
        party: str | None,
        issue: str | None,
        topic: str | None,
        since: str | None,
        until: str | None,
        **others: Any,
    ) -> Any:
        from onrecord.dossier.filters import Filters

        filters = Filters(party=party, issue=issue, topic=topic, since=since, until=until)
        return command(filters=filters, **others)

    return with_options(cast(_F, narrowed), _NARROWING)


def judging_options(command: _F) -> _F:
    """Who judges, and why: ``user`` and ``why``."""
    return with_options(command, _JUDGING)
