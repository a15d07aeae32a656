"""What people judge of a dossier's entries: accepted, rejected, corrected, added, undone; and what is left
without its evidence after coding again.

Each judgement is a row of the journal and never changed; what is shown follows at once. Functions that judge
run in a transaction of their own and raise UsageError where the judgement makes no sense.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from onrecord.corpus.ids import row_id
from onrecord.dossier import grouping
from onrecord.dossier.connection import transaction
from onrecord.dossier.contents import write_added
from onrecord.dossier.corrections import EntryKind, Place, field_of, read_span
from onrecord.dossier.issue_reviews import undo_on_issue
from onrecord.dossier.journal import By, note
from onrecord.dossier.machine import Report, machine_row
from onrecord.dossier.overlay import Review, claim, every, load, standing, still_of
from onrecord.dossier.rows import PositionRow, Row, State, StatementRow, TellingRow, to_json_row
from onrecord.dossier.showing import reshow
from onrecord.errors import UsageError

KINDS: Mapping[str, EntryKind] = {"s": "statement", "t": "telling", "p": "position"}
REQUIRED: Mapping[EntryKind, tuple[str, ...]] = {
    "statement": ("speaker",),
    "telling": ("type",),
    "position": ("party", "issue", "stance", "act"),
}
_PARAGRAPH = "\n"


@dataclass(frozen=True, slots=True)
class Orphan:
    """A judgement that has lost its ground: the entry is ``gone``, or the machine says something else there
    now (``changed``), so that it no longer counts."""

    review: Review
    reason: Literal["gone", "changed"]


def judge(connection: sqlite3.Connection, entry: str, judgement: Literal["accept", "reject"], by: By) -> int:
    """Accept or reject an entry, named by its id or the beginning of it: the number of the review."""
    with transaction(connection):
        kind, name = find(connection, entry)
        n = note(connection, judgement, (kind, name), by, evidence=_evidence(connection, kind, name))
        reshow(connection, kind, name, load(connection))
        return n


def correct(connection: sqlite3.Connection, entry: str, field: str, words: str, by: By) -> int:
    """Correct a field of an entry (``corrections.py`` has the fields and how ``words`` are read)."""
    with transaction(connection):
        kind, name = find(connection, entry)
        value = field_of(kind, field).read(_place(connection, kind, name), words)
        evidence = _evidence(connection, kind, name)
        n = note(connection, "correct", (kind, name), by, field=field, value=value, evidence=evidence)
        reshow(connection, kind, name, load(connection))
        return n


def add_entry(
    connection: sqlite3.Connection,
    kind: EntryKind,
    report: str,
    span: str,
    given: Mapping[str, str],
    by: By,
) -> str:
    """Add an entry that the machine missed: the words ``span`` (START:END) of a report, and its fields as a
    user gives them. Its id."""
    with transaction(connection):
        at = connection.execute(
            "SELECT n, id, outlet, published, text FROM report WHERE id = ?", (report,)
        ).fetchone()
        if at is None:
            raise UsageError(
                f"the dossier has no report {report!r}; 'onrecord show DOSSIER reports' lists them"
            )
        missing = [name for name in REQUIRED[kind] if name not in given]
        if missing:
            raise UsageError(f"a {kind} that is added needs {', '.join(f'{name}=…' for name in missing)}")
        where = read_span(Place(connection, at["n"], at["text"], at["published"], 0, 0), span)
        start, end = where["start"], where["end"]
        place = Place(connection, at["n"], at["text"], at["published"], start, end)
        row = _bare(kind, at["id"], place, where["text"], given)
        for name, words in given.items():
            field = field_of(kind, name)
            row = field.apply(row, field.read(place, words))
        reviews = load(connection)
        if any(review.target == row.id for review in reviews.added.get(at["id"], ())):
            raise UsageError(f"that is there already: {row.id}; correct it instead")
        evidence = {"report": at["id"], "start": start, "end": end, "text": where["text"]}
        n = note(connection, "add", (kind, row.id), by, value=to_json_row(row), evidence=evidence)
        (added,) = [r for r in every(connection) if r.n == n]
        held = Report(at["n"], at["id"], at["outlet"], at["published"])
        grouping.refresh_events(connection, write_added(connection, held, added, reviews))
        return row.id


def undo(connection: sqlite3.Connection, number: int, by: By) -> int:
    """Undo a review by its number; what is shown is as if it had never been."""
    with transaction(connection):
        given = {review.n: review for review in every(connection)}
        review = given.get(number)
        if review is None:
            raise UsageError(f"there is no review {number}; 'onrecord review DOSSIER list' has their numbers")
        if review.judgement == "undo":
            raise UsageError(f"review {number} undoes another; give the judgement that it took back again")
        if review not in standing(given.values()):
            raise UsageError(f"review {number} is undone already")
        n = note(connection, "undo", ("review", str(number)), by)
        if review.target_kind == "issue":
            undo_on_issue(connection, review)
        elif review.judgement == "add":
            _take_out(connection, review)
        else:
            assert review.target_kind in ("statement", "telling", "position")
            reshow(connection, review.target_kind, review.target, load(connection))
        return n


def listed(connection: sqlite3.Connection, entry: str | None = None) -> tuple[Review, ...]:
    """The reviews in order, those of one entry or issue where its id or the beginning of it is given."""
    return tuple(r for r in every(connection) if entry is None or r.target.startswith(entry))


def orphaned(connection: sqlite3.Connection) -> tuple[Orphan, ...]:
    """The standing judgements of entries whose evidence is not there any more, or says something else."""
    found = []
    for review in standing(every(connection)):
        if review.target_kind not in ("statement", "telling", "position") or review.judgement == "add":
            continue
        machine = machine_row(connection, review.target_kind, review.target)
        if machine is None:
            found.append(Orphan(review, "gone"))
        elif review.judgement != "correct" and not still_of(review, claim(machine[1])):
            found.append(Orphan(review, "changed"))
    return tuple(found)


def find(connection: sqlite3.Connection, entry: str) -> tuple[EntryKind, str]:
    """The kind and full id of an entry that can be judged, from its id or the beginning of it."""
    kind = KINDS.get(entry[:1]) if entry[1:2] == "-" else None
    if kind is None:
        hint = (
            "statements (s-…), tellings (t-…) and positions (p-…) can be judged; 'onrecord open' shows the "
        )
        raise UsageError(f"{entry!r} is no such entry: {hint}tellings of an event")
    found = [
        row[0]
        for row in connection.execute(
            f"SELECT id FROM {kind} WHERE id >= ? AND substr(id, 1, ?) = ? ORDER BY id LIMIT 3",
            (entry, len(entry), entry),
        )
    ]
    if not found:
        raise UsageError(f"the dossier has no {kind} {entry!r}; 'onrecord show' lists the ids")
    if len(found) > 1 and found[0] != entry:
        raise UsageError(f"{entry!r} is the beginning of {' and '.join(found)}; give more of it")
    return kind, found[0]


def _place(connection: sqlite3.Connection, kind: EntryKind, name: str) -> Place:
    row = connection.execute(
        f'SELECT r.n, r.text, r.published, x.start, x."end" FROM {kind} x JOIN report r ON r.n = x.report '
        "WHERE x.id = ?",
        (name,),
    ).fetchone()
    return Place(connection, row["n"], row["text"], row["published"], row["start"], row["end"])


def _evidence(connection: sqlite3.Connection, kind: EntryKind, name: str) -> dict[str, Any]:
    """The words that an entry rests on, and what the machine says there."""
    found = machine_row(connection, kind, name)
    assert found is not None
    report, row = found
    words = row.content if isinstance(row, StatementRow) else row.text
    return {
        "report": report.id,
        "start": row.start,
        "end": row.end,
        "text": words,
        "claim": list(claim(row)),
    }


def _bare(kind: EntryKind, report: str, place: Place, words: str, given: Mapping[str, str]) -> Row:
    """An added row before its fields are laid over it."""
    extra = f"added\x1f{json.dumps(dict(sorted(given.items())), ensure_ascii=False)}"
    letter = next(letter for letter, name in KINDS.items() if name == kind)
    name = row_id(letter, report, place.start, place.end, extra)  # type: ignore[arg-type]
    start, end = place.start, place.end
    state: State = "added"
    if kind == "statement":
        quoted = "direct" if words[:1] in "\"“‘'" else "indirect"
        return StatementRow(
            name, None, None, None, None, "[]", None, quoted, None, None, None, None, None, words, start, end,
            None, None, state,
        )  # fmt: skip
    if kind == "telling":
        line = place.text.rfind(_PARAGRAPH, 0, start) + 1, place.text.find(_PARAGRAPH, end)
        sentence = " ".join(place.text[line[0] : line[1] if line[1] >= 0 else None].split())
        return TellingRow(
            name, None, "", None, "[]", None, None, None, "happened", None, None, None, None, None, None,
            None, None, words, sentence, start, end, None, None, state,
        )  # fmt: skip
    return PositionRow(
        name, None, "", None, "", "", "", None, "narrated", None, None, None, place.published, words, start,
        end, None, None, None, None, None, state,
    )  # fmt: skip


def _take_out(connection: sqlite3.Connection, review: Review) -> None:
    """Take out a row that a person had added."""
    event = None
    if review.target_kind == "telling":
        event = connection.execute("SELECT event FROM telling WHERE id = ?", (review.target,)).fetchone()
    connection.execute(f"DELETE FROM {review.target_kind} WHERE id = ?", (review.target,))
    if event is not None:
        grouping.refresh_events(connection, {event["event"]})
