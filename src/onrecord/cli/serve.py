"""``onrecord serve``: the dossier in a browser."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import click

from onrecord.cli.common import errors_as_messages
from onrecord.cli.dossier_options import dossier_argument
from onrecord.cli.inputs import coding_options

if TYPE_CHECKING:
    from onrecord.dossier.adding import Coding


@click.command()
@dossier_argument
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="PORT",
    default=8350,
    show_default=True,
    help="Where to listen.",
)
@click.option(
    "--host",
    metavar="HOST",
    default="127.0.0.1",
    show_default=True,
    help="On which address; one that other machines can reach needs --token.",
)
@click.option("--token", metavar="SECRET", envvar="ONRECORD_TOKEN", help="What each visitor is asked for.")
@click.option("--user", metavar="NAME", help="Your name, which signs reviews; without it, read only.")
@click.option("--open", "open_", is_flag=True, help="Open the first page in a browser.")
@coding_options
def serve(
    dossier: Path,
    port: int,
    host: str,
    token: str | None,
    user: str | None,
    open_: bool,
    coding: Coding,
) -> None:
    """Show a dossier as pages in the browser, until Ctrl-C.

    It listens on this machine alone unless told otherwise, and loads nothing from elsewhere. With --user,
    entries can be reviewed and reports added; --model, --actors, --frames and --jobs are what those are coded
    with.

    \b
    onrecord serve talks.db --open
    onrecord serve talks.db --user "Anna Huber"

    Exit status: 0 ended, 1 the dossier cannot be used, 2 wrong usage, among it a port that is taken.
    """
    with errors_as_messages():
        web = _web()
        from onrecord.dossier.connection import connect
        from onrecord.output.style import safe

        connect(dossier).close()
        settings = web.Settings(dossier, user, web.Access.of(host, token), coding)
        shown = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
        click.echo(safe(f"{dossier.name} is at {shown}{'?token=…' if token else ''} (Ctrl-C ends)"), err=True)
        if open_:
            click.launch(shown)
        web.serve(settings, host, port)


def _web() -> ModuleType:
    from onrecord.errors import UsageError

    try:
        from onrecord.web import server
    except ModuleNotFoundError as e:
        raise UsageError(f"the pages need {e.name}: pip install 'onrecord[web]'") from e
    return server
