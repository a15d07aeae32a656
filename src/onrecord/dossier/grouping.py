"""Where a new entry belongs among what is filed: its copy group, its event, its issue.

The corpus decides what is the same; here the few candidates are found through the tables of keys.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from onrecord.coding.plover import plover
from onrecord.corpus import copies, events, issues
from onrecord.corpus.entries import IssueIn, Side, Telling, outlets
from onrecord.corpus.ids import event_id, unique_slug
from onrecord.corpus.summary import merged
from onrecord.dossier.overlay import Reviews
from onrecord.dossier.rows import TellingRow, from_row, telling_of

if TYPE_CHECKING:
    from onrecord.dossier.known import Known

# Reports that share bands are looked at more closely, the likest first, up to so many.
_LOOKED_AT = 8
_OTHERS = "SELECT 1 FROM telling WHERE event = ? AND id <> ? AND copy_of IS NULL"


def sign(connection: sqlite3.Connection, report: int, text: str) -> int | None:
    """Keep the signature of a report's text; the first report of the group that it is a copy in, or None."""
    prepared = copies.prepare(text)
    # 32 bits tell bands apart well enough, in half the room: what shares one is looked at more closely.
    hashes = [(n, band & 0xFFFFFFFF ^ band >> 32) for n, band in enumerate(copies.bands(prepared.signature))]
    found = _likest(connection, prepared.signature, hashes)
    connection.execute(
        "INSERT INTO signature (report, bytes) VALUES (?, ?)", (report, bytes(prepared.signature))
    )
    connection.executemany(
        "INSERT INTO band (band, hash, report) VALUES (?, ?, ?)", [(b, h, report) for b, h in hashes]
    )
    for n in found:
        other, lead = connection.execute("SELECT text, copy_of FROM report WHERE n = ?", (n,)).fetchone()
        if copies.copies(prepared, copies.prepare(other)):
            return int(lead or n)
    return None


def _likest(
    connection: sqlite3.Connection, made: copies.Signature, hashes: list[tuple[int, int]]
) -> list[int]:
    """The reports that share a band and resemble enough to be looked at, the likest first."""
    wanted = ", ".join("(?, ?)" for _ in hashes)
    near = connection.execute(
        f"WITH wanted (band, hash) AS (VALUES {wanted}) SELECT DISTINCT b.report FROM wanted w "
        "CROSS JOIN band b ON b.band = w.band AND b.hash = w.hash ORDER BY b.report",
        [number for pair in hashes for number in pair],
    ).fetchall()
    rows = _in(
        connection, "SELECT report, bytes FROM signature WHERE report IN (%s)", [row[0] for row in near]
    )
    scored = [(copies.estimate(made, copies.Signature(row["bytes"])), row["report"]) for row in rows]
    scored.sort(key=lambda pair: (-pair[0], pair[1]))
    return [n for score, n in scored if score >= copies.ESTIMATE][:_LOOKED_AT]


def event_for(connection: sqlite3.Connection, telling: Telling, known: Known | None = None) -> str:
    """The id of the event that a telling is of: the likest one there, else a new one.

    The event's keys are written, so that tellings like this one find it.

    What a person rejected still says which tellings are of one event, so that the others stay together.
    """
    best: tuple[float, int] | None = None
    candidates = _event_candidates(connection, telling)
    told_of = known.tellings if known else partial(tellings_by_event, connection, rejected=True)
    for n, told in told_of(candidates).items():
        others = (other for other in told if other.id != telling.id)
        score = max((events.sameness(telling, other) for other in others), default=0.0)
        if score >= events.SAME and (best is None or score > best[0]):
            best = score, n
    number, name = _found(connection, telling, best[1] if best else None)
    connection.executemany(
        "INSERT OR IGNORE INTO event_key (key, event) VALUES (?, ?)",
        [(int(key, 16), number) for key in events.keys(telling)],
    )
    if known:
        known.add(number, telling)
    return name


def _found(connection: sqlite3.Connection, telling: Telling, number: int | None) -> tuple[int, str]:
    """The event of this number, a new one where None: its number and id."""
    if number is None:
        new = event_id(telling.id)
        while connection.execute(_OTHERS, (new, telling.id)).fetchone():
            new = event_id(new)  # it founded an event that others are of, and is of another one now
        connection.execute(
            "INSERT OR IGNORE INTO event (id, type, status) VALUES (?, ?, ?)",
            (new, telling.type, telling.status),
        )
        return connection.execute("SELECT n FROM event WHERE id = ?", (new,)).fetchone()[0], new
    return number, connection.execute("SELECT id FROM event WHERE n = ?", (number,)).fetchone()[0]


def _event_candidates(connection: sqlite3.Connection, telling: Telling) -> list[int]:
    keys = [int(key, 16) for key in events.keys(telling)]
    rows = _in(connection, "SELECT DISTINCT event FROM event_key WHERE key IN (%s)", keys)
    return sorted(row[0] for row in rows)


def tellings_by_event(
    connection: sqlite3.Connection, numbers: Sequence[int], *, rejected: bool
) -> dict[int, list[Telling]]:
    """The tellings of events in the order of filing, also those ``rejected`` where asked; no copies."""
    query = f"""
        SELECT t.*, e.n AS event_n, r.id AS report_id, r.outlet, r.published, s.speaker AS voice
        FROM event e JOIN telling t ON t.event = e.id JOIN report r ON r.n = t.report
            LEFT JOIN statement s ON s.id = t.according_to
        WHERE e.n IN (%s) AND t.copy_of IS NULL AND t.state <> '{"" if rejected else "rejected"}'
        ORDER BY e.n, t.report, t.n"""
    rows = _in(connection, query, numbers)
    sides = sides_of(connection, [row["id"] for row in rows])
    found: dict[int, list[Telling]] = {n: [] for n in numbers}
    for row in rows:
        bare = from_row(TellingRow, row, sides=sides[row["id"]])
        found[row["event_n"]].append(
            telling_of(bare, row["report_id"], row["outlet"], row["published"], row["voice"])
        )
    return found


def sides_of(connection: sqlite3.Connection, tellings: Sequence[str]) -> defaultdict[str, tuple[Side, ...]]:
    """Who stands on each side of tellings, by the tellings' ids."""
    query = """
        SELECT telling, actor, party, side, kind FROM telling_side
        WHERE telling IN (%s) ORDER BY telling, n"""
    found: defaultdict[str, tuple[Side, ...]] = defaultdict(tuple)
    for row in _in(connection, query, tellings):
        found[row["telling"]] += (Side(row["actor"], row["party"], row["side"], row["kind"]),)
    return found


def refresh_events(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Tell events anew from their tellings; one that no telling is left of goes."""
    for event in sorted(set(ids)):
        row = connection.execute("SELECT n FROM event WHERE id = ?", (event,)).fetchone()
        if row is None:
            continue
        if not connection.execute("SELECT 1 FROM telling WHERE event = ?", (event,)).fetchone():
            connection.execute("DELETE FROM event WHERE id = ?", (event,))
            continue
        stand = tellings_by_event(connection, [row["n"]], rejected=False)[row["n"]]
        told = stand or tellings_by_event(connection, [row["n"]], rejected=True)[row["n"]]
        if told:
            _write_event(connection, event, told)
        counts = len(stand), len(outlets(stand)), event
        connection.execute("UPDATE event SET tellings = ?, outlets = ? WHERE id = ?", counts)


def _write_event(connection: sqlite3.Connection, event: str, told: list[Telling]) -> None:
    now = merged(told)
    point = connection.execute(
        "SELECT lat, lon FROM telling WHERE event = ? AND place = ? AND lat IS NOT NULL ORDER BY n LIMIT 1",
        (event, now.place),
    ).fetchone()
    lat, lon = point or (None, None)
    ontology = plover()
    known = now.type in ontology.quads
    connection.execute(
        """UPDATE event SET type = ?, mode = ?, quad = ?, intensity = ?, status = ?, date_from = ?,
            date_to = ?, precision = ?, place = ?, country = ?, lat = ?, lon = ?, encounter = ?
        WHERE id = ?""",
        (
            now.type, now.mode, ontology.quads[now.type] if known else None,
            ontology.score(now.type, now.mode) if known else None, now.status, now.date_from, now.date_to,
            now.precision, now.place, now.country, lat, lon, now.encounter, event,
        ),
    )  # fmt: skip
    connection.execute("DELETE FROM event_side WHERE event = ?", (event,))
    connection.executemany(
        "INSERT OR IGNORE INTO event_side (event, side, actor, party) VALUES (?, ?, ?, ?)",
        [(event, s.side, s.actor, s.party) for s in now.sides],
    )


def issue_for(connection: sqlite3.Connection, issue: IssueIn, reviews: Reviews) -> str:
    """The id of the issue of the dossier that a report's issue is; a new one where none there is the same.

    Where a person merged or renamed an issue of the new one's id before, it is as that person has it.
    """
    for known, alike in _issue_candidates(connection, issue).items():
        if any(issues.same_issue(issue, other) for other in alike):
            _add_issue_keys(connection, known, issue)
            return known
    new = issue.local
    if connection.execute("SELECT 1 FROM issue_in WHERE issue = ? AND local = ?", (new, new)).fetchone():
        new = unique_slug(issue.local, f"{issue.report}\x1f{issue.local}")
    label, topic = issue.label, issue.topic
    if (merge := reviews.merge_of(new)) is not None:
        new, label, topic = (merge.value[name] for name in ("into", "label", "topic"))
    make_issue(connection, new, label, topic, reviews)
    _add_issue_keys(connection, new, issue)
    return new


def sweep_issues(connection: sqlite3.Connection) -> None:
    """Take out the issues that nothing is about any more."""
    unused = " AND ".join(
        f"NOT EXISTS (SELECT 1 FROM {table} x WHERE x.issue = issue.id)"
        for table in ("issue_in", "position", "statement_issue")
    )
    connection.execute(f"DELETE FROM issue WHERE {unused}")


def make_issue(
    connection: sqlite3.Connection, issue: str, label: str, topic: str | None, reviews: Reviews
) -> None:
    """Write an issue where it is not there, under the name that a person gave it, if any did."""
    connection.execute(
        "INSERT OR IGNORE INTO issue (id, label, topic) VALUES (?, ?, ?)",
        (issue, reviews.renamed.get(issue, label), topic),
    )


def _add_issue_keys(connection: sqlite3.Connection, known: str, issue: IssueIn) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO issue_key (key, issue) VALUES (?, ?)",
        [(key, known) for key in issues.keys(issue)],
    )


def _issue_candidates(connection: sqlite3.Connection, issue: IssueIn) -> dict[str, list[IssueIn]]:
    query = """
        SELECT i.issue, i.local, i.label, i.topic, i.parties, r.id AS report, r.published
        FROM issue_key k JOIN issue_in i ON i.issue = k.issue JOIN report r ON r.n = i.report
        WHERE k.key IN (%s) ORDER BY i.issue, i.report, i.local"""
    found: dict[str, list[IssueIn]] = {}
    for row in _in(connection, query, issues.keys(issue)):
        found.setdefault(row["issue"], []).append(
            IssueIn(
                row["report"],
                row["local"],
                row["label"],
                row["topic"],
                tuple(json.loads(row["parties"])),
                row["published"],
            )
        )
    return found


def _in(connection: sqlite3.Connection, query: str, values: Sequence[Any]) -> list[sqlite3.Row]:
    """The rows of a query with as many marks at its ``%s`` as there are values; none for no values."""
    if not values:
        return []
    return connection.execute(query % ", ".join("?" * len(values)), tuple(values)).fetchall()
