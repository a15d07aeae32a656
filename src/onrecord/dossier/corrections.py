"""What of an entry can be corrected: how a user's words for it are read, and how a row is changed by it.

The value of a correction is plain JSON that holds all that changes, so that it can be laid over the row again
and again without asking anything.
"""

from __future__ import annotations

import sqlite3
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, get_args

from onrecord.actors.answers import code_of
from onrecord.coding.plover import plover
from onrecord.corpus.entries import Side
from onrecord.dossier.lookup import actors_named, issues_named, parties_named
from onrecord.dossier.rows import PositionRow, Row, StatementRow, TellingRow
from onrecord.errors import UsageError
from onrecord.record import Act, Precision, Stance, StatementKind, Status

EntryKind = Literal["statement", "telling", "position"]
NONE = ("none", "-", "")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the corrected entry stands: its report's number, text and day of publication, and its offsets."""

    connection: sqlite3.Connection
    report: int
    text: str
    published: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Field:
    """``read`` makes a value of a user's words, and raises UsageError where they make none; ``apply`` lays it
    over a row."""

    read: Callable[[Place, str], Any]
    apply: Callable[[Any, Any], Any]


def field_of(kind: EntryKind, name: str) -> Field:
    """The field of this name. Raises UsageError where a kind of entry has none that can be corrected."""
    known = _FIELDS[kind]
    if name not in known:
        raise UsageError(f"{name!r} of a {kind} cannot be corrected; these can: {', '.join(known)}")
    return known[name]


def corrected(row: Row, name: str, value: Any) -> Row:
    """The row with a field as a correction has it."""
    changed: Row = _FIELDS[kind_of(row)][name].apply(row, value)
    return changed


def told(value: Any, nobody: str = "none") -> str:
    """A corrected value in words, as it would be given; ``nobody`` stands for an empty list."""
    if isinstance(value, list):
        return "; ".join(told(v, nobody) for v in value) or nobody
    if isinstance(value, Mapping):
        for name in ("actor", "id", "text"):
            if name in value:
                return str(value[name])
        return "/".join(dict.fromkeys(str(value[n]) for n in ("from", "to") if value[n])) or "none"
    return "none" if value is None else str(value)


def kind_of(row: Row) -> EntryKind:
    """The kind of entry, which is the name of its table."""
    if isinstance(row, StatementRow):
        return "statement"
    return "telling" if isinstance(row, TellingRow) else "position"


def read_span(place: Place, words: str) -> dict[str, Any]:
    """A stretch of the report's text, given as START:END, in characters from 0, end exclusive."""
    start, colon, end = words.partition(":")
    if not (colon and start.strip().isdecimal() and end.strip().isdecimal()):
        raise UsageError(f"{words!r} is no stretch of text; give START:END in characters, like 120:184")
    first, last = int(start), int(end)
    if not (first < last <= len(place.text)) or not place.text[first:last].strip():
        raise UsageError(f"{words}: the report has no words there; its text has {len(place.text)} characters")
    return {"start": first, "end": last, "text": " ".join(place.text[first:last].split())}


def read_actor(place: Place, words: str) -> dict[str, str]:
    """The one actor of the dossier that a user means, with its party and kind."""
    found = actors_named(place.connection, words)
    if len(found) > 1:
        raise UsageError(f"{words!r} can be {', '.join(found[:6])}; give the id")
    row = place.connection.execute(
        "SELECT id, coalesce(party, id) AS party, kind FROM actor WHERE id = ?", found
    ).fetchone()
    return {"actor": row["id"], "party": row["party"], "kind": row["kind"]}


def _speaker(place: Place, words: str) -> dict[str, str] | None:
    return None if words.casefold() in NONE else read_actor(place, words)


def _side(place: Place, words: str) -> list[dict[str, str]]:
    return [] if words.casefold() in NONE else [read_actor(place, w.strip()) for w in words.split(";")]


def _party(place: Place, words: str) -> str:
    """A side: anybody the dossier knows, by id; a state; or the party of somebody by name."""
    if place.connection.execute("SELECT 1 FROM actor WHERE id = ?", (words,)).fetchone():
        return words
    try:
        return code_of(words)
    except UsageError:
        pass
    found = parties_named(place.connection, words)
    if len(found) > 1:
        raise UsageError(f"{words!r} can be {', '.join(found[:6])}; give the party's id or code")
    return found[0]


def _issue(place: Place, words: str) -> dict[str, str | None]:
    found = issues_named(place.connection, words)
    if len(found) > 1:
        raise UsageError(f"{words!r} can be {', '.join(found[:6])}; give the issue's id")
    row = place.connection.execute("SELECT id, label, topic FROM issue WHERE id = ?", found).fetchone()
    return {"id": row["id"], "label": row["label"], "topic": row["topic"]}


def _condition(place: Place, words: str) -> dict[str, Any] | None:
    """START:END, or words of the report: those nearest to the entry."""
    if words.casefold() in NONE:
        return None
    if words.replace(":", "").replace(" ", "").isdecimal():
        return read_span(place, words)
    at, best = place.text.find(words), -1
    while at >= 0:
        if best < 0 or abs(at - place.start) < abs(best - place.start):
            best = at
        at = place.text.find(words, at + 1)
    if best < 0:
        raise UsageError(
            f"the report does not have the words {words!r}; give them as they stand, or START:END"
        )
    return read_span(place, f"{best}:{best + len(words)}")


def _date(place: Place, words: str) -> dict[str, str | None]:
    """A day, a month, a year, or two days with a slash between."""
    if words.casefold() in NONE:
        return {"from": None, "to": None, "precision": None, "taken": place.published}
    first, last, precision = _days(words)
    return {"from": first, "to": last, "precision": precision, "taken": first}


def _days(words: str) -> tuple[str, str, Precision]:
    first, slash, last = (part.strip() for part in words.partition("/"))
    try:
        if slash:
            a, b = date.fromisoformat(first), date.fromisoformat(last)
            if a > b:
                raise ValueError
            return (
                a.isoformat(),
                b.isoformat(),
                "day" if a == b else "week" if (b - a).days < 7 else "unknown",
            )
        if len(first) == 4:
            year = date(int(first), 1, 1)
            return year.isoformat(), year.replace(month=12, day=31).isoformat(), "year"
        if len(first) == 7:
            month = date.fromisoformat(f"{first}-01")
            return (
                month.isoformat(),
                month.replace(day=monthrange(month.year, month.month)[1]).isoformat(),
                "month",
            )
        day = date.fromisoformat(first).isoformat()
    except ValueError as e:
        raise UsageError(
            f"{words!r} is no date like 2015-07-14, 2015-07, 2015 or 2015-07-10/2015-07-14"
        ) from e
    return day, day, "day"


def _one_of(values: tuple[str, ...], what: str) -> Callable[[Place, str], str]:
    def read(place: Place, words: str) -> str:
        if words not in values:
            raise UsageError(f"{words!r} is no {what}; these are: {', '.join(values)}")
        return words

    return read


def _type(place: Place, words: str) -> str:
    return _one_of(tuple(sorted(plover().quads)), "type of event")(place, words.upper())


def _set_type(row: TellingRow, value: str) -> TellingRow:
    ontology = plover()
    return replace(
        row,
        type=value,
        mode=None,
        cameo=None,
        quad=ontology.quads[value],
        intensity=ontology.score(value, None),
    )


def _set_side(
    side: Literal["actor", "recipient"],
) -> Callable[[TellingRow, list[dict[str, Any]]], TellingRow]:
    def apply(row: TellingRow, value: list[dict[str, Any]]) -> TellingRow:
        new = tuple(Side(v["actor"], v["party"], side, v["kind"]) for v in value)
        return replace(row, sides=(*(s for s in row.sides if s.side != side), *new))

    return apply


def _set_telling_span(row: TellingRow, value: Mapping[str, Any]) -> TellingRow:
    sentence = row.sentence if value["text"] in " ".join(row.sentence.split()) else value["text"]
    return replace(row, start=value["start"], end=value["end"], text=value["text"], sentence=sentence)


def _set_speaker(row: StatementRow, value: Mapping[str, str] | None) -> StatementRow:
    actor, party = (value["actor"], value["party"]) if value else (None, None)
    return replace(row, speaker=actor, party=party)


def _set_date(row: PositionRow, value: Mapping[str, Any]) -> PositionRow:
    return replace(
        row, date_from=value["from"], date_to=value["to"], precision=value["precision"], taken=value["taken"]
    )


_FIELDS: Mapping[EntryKind, Mapping[str, Field]] = {
    "statement": {
        "speaker": Field(_speaker, _set_speaker),
        "kind": Field(
            _one_of(get_args(StatementKind), "kind of statement"), lambda row, v: replace(row, kind=v)
        ),
        "span": Field(
            read_span, lambda row, v: replace(row, start=v["start"], end=v["end"], content=v["text"])
        ),
    },
    "telling": {
        "actor": Field(_side, _set_side("actor")),
        "recipient": Field(_side, _set_side("recipient")),
        "type": Field(_type, _set_type),
        "status": Field(_one_of(get_args(Status), "status"), lambda row, v: replace(row, status=v)),
        "date": Field(
            _date,
            lambda row, v: replace(row, date_from=v["from"], date_to=v["to"], precision=v["precision"]),
        ),
        "span": Field(read_span, _set_telling_span),
    },
    "position": {
        "party": Field(_party, lambda row, v: replace(row, party=v)),
        "stance": Field(_one_of(get_args(Stance), "stance"), lambda row, v: replace(row, stance=v)),
        "act": Field(_one_of(get_args(Act), "act"), lambda row, v: replace(row, act=v)),
        "issue": Field(_issue, lambda row, v: replace(row, issue=v["id"])),
        "condition": Field(_condition, lambda row, v: replace(row, condition=v["text"] if v else None)),
        "date": Field(_date, _set_date),
        "span": Field(read_span, lambda row, v: replace(row, start=v["start"], end=v["end"], text=v["text"])),
    },
}
