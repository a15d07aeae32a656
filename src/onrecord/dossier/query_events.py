"""Who did what to whom: one event however many reports tell it, with its tellings; encounters among them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.dossier.filters import EVERYTHING, REPORT, Filters, page, where
from onrecord.dossier.lookup import names
from onrecord.dossier.query_positions import outlets_of
from onrecord.record import Precision, Quad, Status


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """An event as the dossier shows it. ``actors`` and ``recipients`` are ids, with their names beside them;
    ``parties`` are all sides', sorted; ``sentence`` is the first telling's."""

    id: str
    type: str
    mode: str | None
    quad: Quad | None
    intensity: float | None
    status: Status
    date_from: str | None
    date_to: str | None
    precision: Precision | None
    place: str | None
    country: str | None
    encounter: bool
    actors: tuple[str, ...]
    actor_names: tuple[str, ...]
    recipients: tuple[str, ...]
    recipient_names: tuple[str, ...]
    parties: tuple[str, ...]
    tellings: int
    outlets: int
    sentence: str


@dataclass(frozen=True, slots=True)
class ShownTelling:
    """One report's account of an event. ``according_to`` is the statement that alone says so."""

    id: str
    event: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    status: Status
    according_to: str | None
    date_from: str | None
    date_to: str | None
    precision: Precision | None
    place: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    text: str
    sentence: str
    report: str
    title: str | None
    outlet: str | None
    outlets: tuple[str, ...]
    published: str | None
    start: int
    end: int
    because: str | None
    confidence: float | None
    state: str


_EVENTS = """
SELECT x.*, (SELECT t.sentence FROM telling t WHERE t.event = x.id AND t.copy_of IS NULL
    AND t.state <> 'rejected' ORDER BY t.n LIMIT 1) AS sentence
FROM event x
"""


def events(
    connection: sqlite3.Connection, filters: Filters = EVERYTHING, *, encounters: bool = False
) -> tuple[ShownEvent, ...]:
    """The events by day, those without a day last; ``encounters``: meetings, calls and rounds of talks alone.

    Raises UsageError where a name is nobody's.
    """
    chosen = where(connection, filters, "event")
    only = " AND x.encounter = 1" if encounters else ""
    sql = f"{_EVENTS} WHERE {chosen.sql}{only} ORDER BY x.date_from IS NULL, x.date_from, x.date_to, x.id"
    rows = connection.execute(sql + page(filters), chosen.values).fetchall()
    return _event_rows(connection, rows)


def event(connection: sqlite3.Connection, event_id: str) -> ShownEvent | None:
    """The event of this id, ``None`` where there is none."""
    rows = connection.execute(f"{_EVENTS} WHERE x.id = ?", (event_id,)).fetchall()
    return next(iter(_event_rows(connection, rows)), None)


def tellings(
    connection: sqlite3.Connection, filters: Filters = EVERYTHING, *, event: str | None = None
) -> tuple[ShownTelling, ...]:
    """The tellings, of one event where it is named, in the order of the reports."""
    chosen = where(connection, filters, "telling")
    sql = (
        f"SELECT x.*, {REPORT} FROM telling x "
        f"JOIN report r ON r.n = x.report WHERE {chosen.sql}{' AND x.event = ?' if event else ''} "
        f"ORDER BY r.published IS NULL, r.published, r.n, x.start{page(filters)}"
    )
    rows = connection.execute(sql, (*chosen.values, event) if event else chosen.values).fetchall()
    sides = _sides(connection, "telling", [r["id"] for r in rows])
    named = names(connection, {actor for found in sides.values() for _, actor, _ in found})
    outlets = outlets_of(connection, "telling", (r["id"] for r in rows))
    return tuple(
        ShownTelling(
            r["id"], r["event"], r["type"], r["mode"], tuple(json.loads(r["contexts"])), r["status"],
            r["according_to"], r["date_from"], r["date_to"], r["precision"], r["place"],
            tuple(named[a] for side, a, _ in sides[r["id"]] if side == "actor"),
            tuple(named[a] for side, a, _ in sides[r["id"]] if side == "recipient"),
            r["text"], r["sentence"], r["report_id"], r["title"], r["outlet"], outlets[r["id"]],
            r["published"], r["start"], r["end"], r["because"], r["confidence"], r["state"],
        )
        for r in rows
    )  # fmt: skip


def _event_rows(connection: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> tuple[ShownEvent, ...]:
    sides = _sides(connection, "event", [r["id"] for r in rows])
    named = names(connection, {actor for found in sides.values() for _, actor, _ in found})
    made = []
    for r in rows:
        actors = tuple(a for side, a, _ in sides[r["id"]] if side == "actor")
        # Those who meet are on both sides where one report names them in this order, another in that.
        others = (a for side, a, _ in sides[r["id"]] if side == "recipient")
        recipients = tuple(a for a in others if not (r["encounter"] and a in actors))
        made.append(
            ShownEvent(
                r["id"], r["type"], r["mode"], r["quad"], r["intensity"], r["status"], r["date_from"],
                r["date_to"], r["precision"], r["place"], r["country"], bool(r["encounter"]),
                actors, tuple(named[a] for a in actors), recipients, tuple(named[a] for a in recipients),
                tuple(sorted({party for _, _, party in sides[r["id"]]})), r["tellings"], r["outlets"],
                r["sentence"] or "",
            )
        )  # fmt: skip
    return tuple(made)


def _sides(
    connection: sqlite3.Connection, kind: str, ids: Sequence[str]
) -> dict[str, list[tuple[str, str, str]]]:
    """For each entry its sides: 'actor' or 'recipient', the actor's id, its party."""
    found: dict[str, list[tuple[str, str, str]]] = {i: [] for i in ids}
    for i in range(0, len(ids), 900):
        part = ids[i : i + 900]
        marks = ", ".join("?" * len(part))
        sql = (
            f"SELECT {kind} AS id, side, actor, party FROM {kind}_side "
            f"WHERE {kind} IN ({marks}) ORDER BY side, actor"
        )
        for row in connection.execute(sql, tuple(part)):
            found[row["id"]].append((row["side"], row["actor"], row["party"]))
    return found
