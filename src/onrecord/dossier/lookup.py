"""From the words of a user to the ids of a dossier, and from ids to names."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from difflib import get_close_matches

from onrecord.actors.answers import code_of
from onrecord.errors import UsageError
from onrecord.knowledge import read_csv


def parties_named(connection: sqlite3.Connection, word: str) -> tuple[str, ...]:
    """The parties that a user means: a party's id or code, the name of a state, or of anybody who belongs
    to a party (all the parties that people of this name speak for). Raises UsageError where there is none."""
    known = {
        row[0] for row in connection.execute("SELECT party FROM position UNION SELECT party FROM event_side")
    }
    known |= {row[0] for row in connection.execute("SELECT party FROM statement WHERE party IS NOT NULL")}
    code = _code(word)
    if word in known or code in known:
        return (word if word in known else str(code),)
    found = {
        row["party"] if row["party"] in known else row["id"]
        for row in _named(connection, word)
        if row["party"] in known or row["id"] in known
    }
    if not found:
        raise _nobody("party", word, [*names(connection, known).values(), *known], "actors")
    return tuple(sorted(found))


def actors_named(connection: sqlite3.Connection, word: str) -> tuple[str, ...]:
    """The actors that a user means, by id or by name. Raises UsageError where there is none."""
    found = tuple(sorted(row["id"] for row in _named(connection, word)))
    if not found:
        every = [row[0] for row in connection.execute("SELECT name FROM actor ORDER BY name")]
        raise _nobody("speaker", word, every, "actors")
    return found


def issues_named(connection: sqlite3.Connection, word: str) -> tuple[str, ...]:
    """The issues that a user means: an id, else every issue whose label holds the words.

    Raises UsageError where there is none.
    """
    rows = connection.execute("SELECT id, label FROM issue ORDER BY id").fetchall()
    exact = tuple(row["id"] for row in rows if row["id"] == word)
    wanted = word.casefold().split()
    found = exact or tuple(
        row["id"] for row in rows if wanted and all(part in row["label"].casefold() for part in wanted)
    )
    if not found:
        raise _nobody("issue", word, [row["label"] for row in rows] + [row["id"] for row in rows], "issues")
    return found


def names(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, str]:
    """The name of each actor or party; an id that nobody has is its own name."""
    wanted = sorted(set(ids))
    found = {row["id"]: row["name"] for row in connection.execute("SELECT id, name FROM actor")}
    states = {row["code"]: row["name"] for row in read_csv("actors", "states.csv")}
    return {i: found.get(i) or states.get(i) or i for i in wanted}


def _named(connection: sqlite3.Connection, word: str) -> list[sqlite3.Row]:
    """Actors of this id or name; else those with the word in their name as a word of it."""
    rows = connection.execute("SELECT id, name, party FROM actor ORDER BY id").fetchall()
    wanted = word.casefold()
    exact = [row for row in rows if wanted in (row["id"].casefold(), row["name"].casefold())]
    part = wanted.split()
    return exact or [row for row in rows if part and set(part) <= set(row["name"].casefold().split())]


def _code(word: str) -> str | None:
    try:
        return code_of(word)
    except UsageError:
        return None


def _nobody(what: str, word: str, known: Iterable[str], listing: str) -> UsageError:
    by_word = {part: name for name in sorted(set(known)) for part in (*name.split(), name)}
    near = list(dict.fromkeys(by_word[m] for m in get_close_matches(word, by_word, n=3, cutoff=0.6)))
    hint = f"did you mean {' or '.join(repr(n) for n in near)}?" if near else ""
    told = hint or f"'onrecord show DOSSIER {listing}' lists what there is"
    return UsageError(f"the dossier holds no {what} {word!r}: {told}")
