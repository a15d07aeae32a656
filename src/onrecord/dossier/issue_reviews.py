"""What people make of issues: merged, split, renamed; each a row of the journal that coding again keeps."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from onrecord.actors.names import slug
from onrecord.corpus import issues
from onrecord.corpus.entries import IssueIn
from onrecord.corpus.ids import unique_slug
from onrecord.dossier import grouping
from onrecord.dossier.connection import transaction
from onrecord.dossier.contents import relink
from onrecord.dossier.journal import By, note
from onrecord.dossier.overlay import Review, load
from onrecord.dossier.showing import reshow
from onrecord.errors import UsageError


def merge(connection: sqlite3.Connection, kept: str, other: str, by: By) -> int:
    """Make an issue part of another, which is kept: the review's number. Ids may be cut to what is unique."""
    with transaction(connection):
        stays, goes = _find(connection, kept), _find(connection, other)
        if stays["id"] == goes["id"]:
            raise UsageError(f"{kept!r} and {other!r} are one issue")
        held = connection.execute(
            "SELECT r.id, i.local FROM issue_in i JOIN report r ON r.n = i.report "
            "WHERE i.issue = ? ORDER BY 1, 2",
            (goes["id"],),
        ).fetchall()
        n = note(
            connection,
            "merge",
            ("issue", goes["id"]),
            by,
            value={
                "into": stays["id"],
                "label": stays["label"],
                "topic": stays["topic"],
                "own": {"label": goes["label"], "topic": goes["topic"]},
                "reports": [[row["id"], row["local"]] for row in held],
            },
        )
        _move(connection, goes["id"], stays["id"])
        return n


def split(
    connection: sqlite3.Connection, issue: str, positions: Sequence[str], label: str, by: By
) -> tuple[int, str]:
    """Make an issue of its own, with a label, of some positions of an issue: the review's number, its id."""
    with transaction(connection):
        from_ = _find(connection, issue)
        if not positions or not label.strip():
            raise UsageError("name the positions (p-…) that are of another issue, and a label for it")
        moved = [_position_of(connection, position, from_["id"]) for position in positions]
        new = slug(label)
        if not new:
            raise UsageError(f"the label {label!r} has no word in it")
        if connection.execute("SELECT 1 FROM issue WHERE id = ?", (new,)).fetchone():
            new = unique_slug(new, "\x1f".join(moved))
        value = {"from": from_["id"], "positions": moved, "label": label.strip(), "topic": from_["topic"]}
        n = note(connection, "split", ("issue", new), by, value=value)
        reviews = load(connection)
        for position in moved:
            reshow(connection, "position", position, reviews)
        return n, new


def rename(connection: sqlite3.Connection, issue: str, label: str, by: By) -> int:
    """Give an issue another label; its id stays: the review's number."""
    with transaction(connection):
        found = _find(connection, issue)
        if not label.strip():
            raise UsageError("give the new label")
        n = note(connection, "rename", ("issue", found["id"]), by, value=label.strip())
        connection.execute("UPDATE issue SET label = ? WHERE id = ?", (label.strip(), found["id"]))
        return n


def undo_on_issue(connection: sqlite3.Connection, review: Review) -> None:
    """Show what was before a merge, split or renaming, which the journal has as undone already."""
    reviews = load(connection)
    if review.judgement == "rename":
        label = reviews.renamed.get(review.target) or _first_label(connection, review.target)
        if label:
            connection.execute("UPDATE issue SET label = ? WHERE id = ?", (label, review.target))
    elif review.judgement == "split":
        for position in review.value["positions"]:
            reshow(connection, "position", position, reviews)
        for position in review.value["positions"]:
            connection.execute(
                "DELETE FROM statement_issue WHERE issue = ? AND statement IN "
                "(SELECT statement FROM position WHERE id = ?)",
                (review.target, position),
            )
    else:
        own = review.value["own"]
        grouping.make_issue(connection, review.target, own["label"], own["topic"], reviews)
        _move_back(connection, review)
    grouping.sweep_issues(connection)


def _move(connection: sqlite3.Connection, goes: str, stays: str) -> None:
    """Everything that is of one issue becomes another's, and the one goes."""
    for table in ("position", "issue_in"):
        connection.execute(f"UPDATE {table} SET issue = ? WHERE issue = ?", (stays, goes))
    for table, column in (
        ("statement_issue", "issue"),
        ("issue_key", "issue"),
        ("broader", "issue"),
        ("broader", "broader"),
    ):
        connection.execute(f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {column} = ?", (stays, goes))
        connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (goes,))
    connection.execute("DELETE FROM broader WHERE issue = broader")
    connection.execute("DELETE FROM issue WHERE id = ?", (goes,))


def _move_back(connection: sqlite3.Connection, review: Review) -> None:
    """Give an issue back what was its own when it was merged."""
    reviews = load(connection)
    goes, stays = review.target, review.value["into"]
    if (since := reviews.merge_of(stays, review.n)) is not None:
        stays = since.value["into"]
    reports = set()
    for report, local in review.value["reports"]:
        row = connection.execute("SELECT n FROM report WHERE id = ?", (report,)).fetchone()
        if row is not None:
            reports.add(row["n"])
            connection.execute(
                "UPDATE issue_in SET issue = ? WHERE report = ? AND local = ? AND issue = ?",
                (goes, row["n"], local, stays),
            )
    for n in sorted(reports):
        for row in connection.execute("SELECT id FROM position WHERE report = ?", (n,)).fetchall():
            reshow(connection, "position", row["id"], reviews)
        relink(connection, n)
    for row in connection.execute("SELECT id, local FROM position WHERE issue = ?", (stays,)).fetchall():
        if row["local"] is None or row["id"] in reviews.entries:  # placed by a person, perhaps
            reshow(connection, "position", row["id"], reviews)
    for issue in (goes, stays):
        connection.execute("DELETE FROM issue_key WHERE issue = ?", (issue,))
        labels = connection.execute(
            "SELECT DISTINCT label FROM issue_in WHERE issue = ?", (issue,)
        ).fetchall()
        keys = {key for row in labels for key in issues.keys(IssueIn("", "", row["label"], None, (), None))}
        connection.executemany(
            "INSERT INTO issue_key (key, issue) VALUES (?, ?)", [(key, issue) for key in sorted(keys)]
        )


def _find(connection: sqlite3.Connection, issue: str) -> sqlite3.Row:
    """The issue of this id, or the only one whose id begins so."""
    rows = connection.execute(
        "SELECT id, label, topic FROM issue WHERE substr(id, 1, ?) = ? ORDER BY id", (len(issue), issue)
    ).fetchall()
    for row in rows:
        if row["id"] == issue or len(rows) == 1:
            assert isinstance(row, sqlite3.Row)
            return row
    if rows:
        few = ", ".join(row["id"] for row in rows[:4])
        raise UsageError(f"{issue!r} is the beginning of more than one issue: {few}; give more of it")
    raise UsageError(f"the dossier has no issue {issue!r}; 'onrecord issues DOSSIER list' has their ids")


def _position_of(connection: sqlite3.Connection, position: str, issue: str) -> str:
    rows = connection.execute(
        "SELECT id FROM position WHERE issue = ? AND substr(id, 1, ?) = ?", (issue, len(position), position)
    ).fetchall()
    if len(rows) != 1:
        where = f"'onrecord show DOSSIER positions --issue {issue}' has them"
        raise UsageError(f"{position!r} is no position on {issue}; {where}")
    return str(rows[0]["id"])


def _first_label(connection: sqlite3.Connection, issue: str) -> str | None:
    row = connection.execute(
        "SELECT label FROM issue_in WHERE issue = ? ORDER BY report, local LIMIT 1", (issue,)
    ).fetchone()
    if row is not None:
        return str(row["label"])
    made = connection.execute(
        "SELECT json_extract(value, '$.label') FROM review WHERE target = ? AND judgement = 'split'", (issue,)
    ).fetchone()
    return str(made[0]) if made else None
