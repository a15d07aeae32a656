"""What is shown: what the machine found, overlaid by what people judged of it."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from onrecord.dossier.corrections import corrected
from onrecord.dossier.rows import PositionRow, Row, State, StatementRow

Judgement = Literal["accept", "reject", "correct", "add", "merge", "split", "rename", "undo"]
TargetKind = Literal["statement", "telling", "position", "issue", "review"]


@dataclass(frozen=True, slots=True)
class Review:
    """A row of table ``review``, with its JSON read. ``evidence`` has the report's id, start, end and text of
    an entry, and under ``claim`` what the machine said there."""

    n: int
    target: str
    target_kind: TargetKind
    judgement: Judgement
    field: str | None
    value: Any
    who: str
    at: str
    why: str | None
    evidence: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Reviews:
    """The reviews of a dossier that stand, in order, by what they are of: entries by id; ``added`` by the id
    of their report; what became of issues by the issue's id."""

    entries: Mapping[str, Sequence[Review]] = field(default_factory=dict)
    added: Mapping[str, Sequence[Review]] = field(default_factory=dict)
    merged: Mapping[str, Sequence[Review]] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)

    def merge_of(self, issue: str, after: int = 0) -> Review | None:
        """The last of the merges, one after the other, that an issue and what it became went through since
        review ``after``; None where it was in none. An id that was free can be another issue's later, so that
        only what came after counts."""
        last: Review | None = None
        while (found := next((m for m in self.merged.get(issue, ()) if m.n > after), None)) is not None:
            last, issue, after = found, found.value["into"], found.n
        return last


def every(connection: sqlite3.Connection) -> tuple[Review, ...]:
    """All reviews, in order."""
    return tuple(
        Review(
            n=row["n"],
            target=row["target"],
            target_kind=row["target_kind"],
            judgement=row["judgement"],
            field=row["field"],
            value=None if row["value"] is None else json.loads(row["value"]),
            who=row["who"],
            at=row["at"],
            why=row["why"],
            evidence=None if row["evidence"] is None else json.loads(row["evidence"]),
        )
        for row in connection.execute("SELECT * FROM review ORDER BY n")
    )


def standing(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """Those that are not undone, without the undoing ones."""
    given = tuple(reviews)
    undone = {review.target for review in given if review.judgement == "undo"}
    return tuple(r for r in given if r.judgement != "undo" and str(r.n) not in undone)


def load(connection: sqlite3.Connection) -> Reviews:
    """The reviews that stand."""
    entries: defaultdict[str, list[Review]] = defaultdict(list)
    added: defaultdict[str, list[Review]] = defaultdict(list)
    merged: defaultdict[str, list[Review]] = defaultdict(list)
    renamed: dict[str, str] = {}
    for review in standing(every(connection)):
        if review.judgement == "add":
            assert review.evidence is not None
            added[review.evidence["report"]].append(review)
        elif review.judgement == "merge":
            merged[review.target].append(review)
        elif review.judgement == "rename":
            renamed[review.target] = review.value
        elif review.judgement == "split":
            for position in review.value["positions"]:
                entries[position].append(review)
        else:
            entries[review.target].append(review)
    return Reviews(entries, added, merged, renamed)


def overlaid(row: Row, reviews: Iterable[Review]) -> Row:
    """The row as the reviews of it, in order, have it: the last judgement counts.

    An acceptance or rejection is of what the machine said: where it says something else now, it does not
    count.
    """
    said = claim(row)
    for review in reviews:
        if review.judgement == "split":
            assert isinstance(row, PositionRow)
            row = replace(row, issue=review.target)
        elif review.judgement == "correct":
            assert review.field is not None
            state: State = "added" if row.state == "added" else "corrected"
            row = replace(corrected(row, review.field, review.value), state=state)
        elif still_of(review, said):
            row = _judged(row, review.judgement)
    return row


def at_issue(row: PositionRow, reviews: Reviews) -> tuple[PositionRow, Mapping[str, Any] | None]:
    """A position, overlaid, at the issue that a person moved it to or added it on, or that this one was
    merged into since; with the issue's ``label`` and ``topic`` where a review has them, else None."""
    added = (r for of_report in reviews.added.values() for r in of_report if r.target == row.id)
    placing = next(added, None) if row.local is None else None
    for review in reviews.entries.get(row.id, ()):
        if review.field == "issue" or review.judgement == "split":
            placing = review
    if placing is None:
        return row, None  # where the machine's issue is now, table issue_in says
    merge = reviews.merge_of(row.issue, placing.n)
    if merge is not None:
        return replace(row, issue=merge.value["into"]), merge.value
    return row, None if placing.judgement == "add" else placing.value


def _judged(row: Row, judgement: Judgement) -> Row:
    if judgement == "reject":
        return replace(row, state="rejected")
    return row if row.state in ("corrected", "added") else replace(row, state="accepted")


def still_of(review: Review, said: Sequence[Any]) -> bool:
    """Whether an acceptance or rejection is of what the machine says now."""
    return review.evidence is None or review.evidence.get("claim") in (None, list(said))


def claim(row: Row) -> tuple[Any, ...]:
    """What a row says, as far as a person judges it."""
    if isinstance(row, StatementRow):
        return row.speaker, row.kind, row.content
    if isinstance(row, PositionRow):
        return row.party, row.stance, row.act, row.condition
    return row.type, row.status, *(f"{s.side}:{s.actor}" for s in row.sides)
