"""What each side says of an encounter, side by side."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace

from onrecord.corpus.accounts import Account
from onrecord.corpus.accounts import accounts as compare
from onrecord.corpus.entries import Said, Stand, Telling
from onrecord.corpus.events import merged
from onrecord.dossier.filters import EVERYTHING, REPORT, Filters
from onrecord.dossier.grouping import sides_of
from onrecord.dossier.lookup import names
from onrecord.dossier.query_events import ShownEvent, events
from onrecord.dossier.query_positions import stand_of
from onrecord.dossier.rows import TellingRow, from_row, telling_of

_LEFT_OUT = "x.copy_of IS NULL AND x.state <> 'rejected'"
# On whose word a statement is known: the party of the outermost who relayed it, else of the speaker.
_TOLD_BY = """coalesce(
    (SELECT coalesce(a.party, a.actor) FROM appearance a
        WHERE a.report = x.report AND a.actor = json_extract(x.via, '$[0]')), x.party)"""
# Encounters of which two of those who took part say something in the reports that tell of it.
_TOLD_TWICE = f"""
SELECT t.event FROM event e JOIN telling t ON t.event = e.id AND t.state <> 'rejected'
JOIN statement x ON x.report = t.report AND {_LEFT_OUT}
JOIN event_side d ON d.event = e.id AND d.party = {_TOLD_BY}
WHERE e.encounter = 1 GROUP BY t.event HAVING count(DISTINCT d.party) > 1
"""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that the sides say of an encounter. ``told`` is 'shared', 'only' with the name of a side, or
    'in conflict'; ``words`` pairs the name of a side with its words, ``ids`` are the entries with them."""

    event: str
    day: str | None
    kind: str
    what: str
    told: str
    words: tuple[tuple[str, str], ...]
    ids: tuple[str, ...]


def accounts(connection: sqlite3.Connection, filters: Filters = EVERYTHING) -> tuple[Told, ...]:
    """The accounts of the encounters that the filters choose, one row a thing told."""
    told_twice = {row[0] for row in connection.execute(_TOLD_TWICE)}
    stop = None if filters.limit is None else filters.offset + filters.limit
    found: list[Told] = []
    for shown in events(connection, replace(filters, limit=None, offset=0), encounters=True):
        if shown.id in told_twice:
            found += told_of(connection, shown)
        if stop is not None and len(found) >= stop:
            break
    return tuple(found[filters.offset : stop])


def told_of(connection: sqlite3.Connection, shown: ShownEvent) -> tuple[Told, ...]:
    """What the sides say of one encounter; nothing where fewer than two have given an account."""
    account = account_of(connection, shown.id)
    if account is None:
        return ()
    named = names(connection, [w.party for item in account.items for w in item.words])
    labels = dict(connection.execute("SELECT id, label FROM issue").fetchall()) if account.items else {}
    return tuple(
        Told(
            shown.id,
            shown.date_from,
            item.kind,
            labels.get(item.label, item.label) or item.kind,
            f"only {named[item.words[0].party]}" if item.verdict == "only one side" else item.verdict,
            tuple((named[w.party], w.text) for w in item.words),
            tuple(w.id for w in item.words),
        )
        for item in account.items
    )


def account_of(connection: sqlite3.Connection, event_id: str) -> Account | None:
    """The accounts that two sides or more give of an event, from all the reports that tell it."""
    of_event = "x.report IN (SELECT report FROM telling WHERE event = ? AND state <> 'rejected')"
    tellings = _tellings(connection, of_event, event_id)
    by_id = {t.id: t for t in tellings}
    own = connection.execute("SELECT id FROM telling WHERE event = ? ORDER BY n", (event_id,))
    founding = [by_id[row["id"]] for row in own if row["id"] in by_id]
    if not founding:
        return None
    statements, stands = _said(connection, of_event, event_id), _stands(connection, of_event, event_id)
    return compare(merged(founding), tellings, statements, stands)


def _tellings(connection: sqlite3.Connection, condition: str, event_id: str) -> list[Telling]:
    rows = connection.execute(
        f"SELECT x.*, {REPORT}, s.speaker AS voice FROM telling x JOIN report r ON r.n = x.report "
        f"LEFT JOIN statement s ON s.id = x.according_to WHERE {condition} AND {_LEFT_OUT} ORDER BY x.n",
        (event_id,),
    ).fetchall()
    sides = sides_of(connection, [row["id"] for row in rows])
    return [
        telling_of(
            from_row(TellingRow, row, sides=sides[row["id"]]),
            row["report_id"], row["outlet"], row["published"], row["voice"],
        )
        for row in rows
    ]  # fmt: skip


def _said(connection: sqlite3.Connection, condition: str, event_id: str) -> list[Said]:
    rows = connection.execute(
        f"SELECT x.*, {REPORT}, {_TOLD_BY} AS told_by FROM statement x JOIN report r ON r.n = x.report "
        f"WHERE {condition} AND {_LEFT_OUT} ORDER BY x.n",
        (event_id,),
    )
    return [
        Said(
            row["id"], row["report_id"], row["outlet"], row["published"], row["speaker"], row["party"],
            row["content"], row["kind"], row["said_from"], row["said_to"], row["told_by"], row["cue"] or "",
            row["start"],
        )
        for row in rows
    ]  # fmt: skip


def _stands(connection: sqlite3.Connection, condition: str, event_id: str) -> list[Stand]:
    rows = connection.execute(
        f"SELECT x.*, {REPORT} FROM position x JOIN report r ON r.n = x.report "
        f"WHERE {condition} AND {_LEFT_OUT} ORDER BY x.n",
        (event_id,),
    )
    return [stand_of(row) for row in rows]
