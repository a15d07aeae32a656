"""``onrecord review``: what a person judges of the entries of a dossier."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.common import errors_as_messages
from onrecord.cli.dossier_options import dossier_argument, judging_options

if TYPE_CHECKING:
    import sqlite3

    from onrecord.dossier.journal import By
    from onrecord.dossier.overlay import Review

JUDGEMENTS = ("accept", "reject", "correct", "add", "undo", "list")


@click.command()
@dossier_argument
@click.argument("judgement", type=click.Choice(JUDGEMENTS))
@click.argument("what", nargs=-1, metavar="[WHAT]...")
@judging_options
@click.option("--orphaned", is_flag=True, help="list: only those whose evidence is gone or changed.")
def review(
    dossier: Path, judgement: str, what: tuple[str, ...], user: str | None, why: str | None, orphaned: bool
) -> None:
    """Judge the entries of a dossier.

    \b
    accept ID...             they are right
    reject ID...             they are wrong, and not shown any more
    correct ID FIELD=VALUE...
    add KIND REPORT START:END FIELD=VALUE...
    undo NUMBER...           take reviews back; 'list' has their numbers
    list [ID]...             the reviews, of some entries or all

    ID is that of a statement (s-…), telling (t-…) or position (p-…), or its beginning; KIND one of these
    three words. Fields: speaker, kind, span of a statement; actor, recipient, type, status, date, span of a
    telling; party, stance, act, issue, condition, date, span of a position. A span is START:END in
    characters of the report's text, several actors are joined by ';', 'none' is nobody or nothing.

    Nothing that is judged changes what the machine found; it is laid over it, and kept when the reports are
    coded again.

    \b
    onrecord review talks.db accept p-1f0c
    onrecord review talks.db correct p-1f0c stance=conditional --why "only if sanctions go"
    onrecord review talks.db undo 2

    Exit status: 0 done, 1 the dossier cannot be used, 2 wrong usage.
    """
    from onrecord.dossier.connection import connect, errors

    with errors_as_messages(), errors(dossier):
        connection = connect(dossier, write=judgement != "list")
        try:
            if judgement == "list":
                _list(connection, what, orphaned)
            else:
                _DO[judgement](connection, what, by(user, why))
        finally:
            connection.close()


def by(user: str | None, why: str | None) -> By:
    """Who judges, and why."""
    from onrecord.dossier.journal import By

    return By(user or os.environ.get("ONRECORD_USER") or _login(), why)


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""  # refused below, with the remedy


def _judge(judgement: str) -> Callable[[sqlite3.Connection, tuple[str, ...], By], None]:
    def run(connection: sqlite3.Connection, what: tuple[str, ...], by: By) -> None:
        from onrecord.dossier import reviews

        _some(what, f"{judgement} ID...")
        for entry in what:
            number = reviews.judge(connection, entry, "accept" if judgement == "accept" else "reject", by)
            click.echo(f"review {number}: {judgement} {entry}")

    return run


def _correct(connection: sqlite3.Connection, what: tuple[str, ...], by: By) -> None:
    from onrecord.dossier import reviews

    entry, *fields = _some(what, "correct ID FIELD=VALUE...", 2)
    for name, words in _fields(fields).items():
        number = reviews.correct(connection, entry, name, words, by)
        click.echo(f"review {number}: {entry} {name}={words}")


def _add(connection: sqlite3.Connection, what: tuple[str, ...], by: By) -> None:
    from onrecord.dossier import reviews

    kind, report, span, *fields = _some(what, "add KIND REPORT START:END FIELD=VALUE...", 4)
    if kind not in reviews.KINDS.values():
        raise click.UsageError(f"{kind!r} is none of statement, telling, position")
    known = next(name for name in reviews.KINDS.values() if name == kind)
    entry = reviews.add_entry(connection, known, report, span, _fields(fields), by)
    click.echo(f"added {entry}")


def _undo(connection: sqlite3.Connection, what: tuple[str, ...], by: By) -> None:
    from onrecord.dossier import reviews

    for number in _some(what, "undo NUMBER..."):
        if not number.isdecimal():
            raise click.UsageError(f"{number!r} is no number of a review; 'list' has them")
        reviews.undo(connection, int(number), by)
        click.echo(f"review {number} is undone")


def _list(connection: sqlite3.Connection, what: tuple[str, ...], orphaned: bool) -> None:
    from onrecord.dossier import reviews
    from onrecord.dossier.overlay import standing
    from onrecord.output.style import one_line

    found = [r for entry in what or (None,) for r in reviews.listed(connection, entry)]
    stands = {r.n for r in standing(reviews.listed(connection))}
    lost = {o.review.n: o.reason for o in reviews.orphaned(connection)}
    for each in found:
        if orphaned and each.n not in lost:
            continue
        note = "" if each.n in stands or each.judgement == "undo" else "undone"
        note = f"its evidence is {lost[each.n]}" if each.n in lost else note
        parts = (
            str(each.n),
            each.at[:10],
            each.who,
            each.judgement,
            each.target,
            _value(each),
            each.why or "",
        )
        line = "  ".join(part for part in parts if part)
        click.echo(one_line(f"{line}  [{note}]" if note else line))


def _value(each: Review) -> str:
    """What a review says, for a person."""
    from onrecord.dossier.corrections import told

    value = each.value
    if each.judgement == "merge":
        return f"into {value['into']}"
    if each.judgement == "split":
        return f"from {value['from']}: {', '.join(value['positions'])}"
    if each.judgement == "rename":
        return f"to {value!r}"
    if each.judgement == "correct":
        return f"{each.field}={told(value)}"
    return ""


def _fields(words: list[str]) -> dict[str, str]:
    given = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise click.UsageError(f"{word!r}: give FIELD=VALUE, like stance=opposes")
        given[name.strip()] = value.strip()
    return given


def _some(what: tuple[str, ...], usage: str, least: int = 1) -> tuple[str, ...]:
    if len(what) < least:
        raise click.UsageError(f"usage: onrecord review DOSSIER {usage}")
    return what


_DO: Mapping[str, Callable[[sqlite3.Connection, tuple[str, ...], By], None]] = {
    "accept": _judge("accept"),
    "reject": _judge("reject"),
    "correct": _correct,
    "add": _add,
    "undo": _undo,
}
