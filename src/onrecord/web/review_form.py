"""The form in which a person corrects an entry: its fields, with what they hold and what they can hold."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from starlette.requests import Request

from onrecord.coding.plover import plover
from onrecord.dossier.corrections import EntryKind
from onrecord.dossier.evidence import Passage, passages
from onrecord.dossier.lookup import names
from onrecord.dossier.overlay import Review, every, standing
from onrecord.record import Act, Stance, StatementKind, Status
from onrecord.web.words import judgement_words

_ACTORS, _ISSUES = 300, 300  # suggested at most


@dataclass(frozen=True, slots=True)
class FormField:
    """A field: its name, label, the value now, the values that it can have (empty: any text), the list of
    suggestions, and a hint."""

    name: str
    label: str
    value: str
    choices: tuple[str, ...] = ()
    suggestions: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """An entry to be judged: its row as a mapping, who and what in words, where it stands, its form."""

    kind: EntryKind
    id: str
    row: Mapping[str, Any]
    who: str
    whom: str
    issue: str
    passage: Passage | None
    fields: tuple[FormField, ...]
    weight: int = 1


def card(connection: sqlite3.Connection, kind: EntryKind, entry: str, weight: int = 1) -> Card:
    """The card of an entry that is there."""
    row = dict(connection.execute(f"SELECT * FROM {kind} WHERE id = ?", (entry,)).fetchone())
    found = passages(connection, kind, entry)
    issue = ""
    if kind == "position":
        (issue,) = connection.execute("SELECT label FROM issue WHERE id = ?", (row["issue"],)).fetchone()
    sides = _sides(connection, entry) if kind == "telling" else {}
    named = names(connection, [row[key] for key in ("speaker", "party") if row.get(key)])
    who = "; ".join(sides.get("actor", ()))
    if kind != "telling":
        key = row["speaker"] if kind == "statement" else row["party"]
        who = named[key] if key else row.get("speaker_text") or ""
    whom = "; ".join(sides.get("recipient", ()))
    fields = tuple(_fields(kind, row, named, who, whom))
    return Card(kind, entry, row, who, whom, issue, found[0] if found else None, fields, weight)


def reviews_of(connection: sqlite3.Connection, entry: str) -> list[tuple[Review, str, bool]]:
    """The reviews of an entry or issue, the latest first, each in words and with whether it stands."""
    found = every(connection)
    stand = {review.n for review in standing(found)}
    return [
        (r, judgement_words(r), r.n in stand)
        for r in reversed(found)
        if r.target == entry or (r.judgement == "merge" and r.value["into"] == entry)
    ]


def last_given(connection: sqlite3.Connection, request: Request) -> tuple[Review, str] | None:
    """The judgement just given (``done`` in the address), to be told and undone; None where there is none."""
    wanted = request.query_params.get("done", "")
    found = [r for r in every(connection) if str(r.n) == wanted] if wanted.isdecimal() else []
    return (found[0], judgement_words(found[0])) if found else None


def suggestions(connection: sqlite3.Connection) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen from, by list: actors and issues, each with its value and what it is called."""
    actors = connection.execute(
        "SELECT a.id, a.name FROM actor a JOIN appearance p ON p.actor = a.id GROUP BY a.id "
        "ORDER BY sum(p.mentions) DESC, a.id LIMIT ?",
        (_ACTORS,),
    ).fetchall()
    issues = connection.execute(
        "SELECT i.id, i.label FROM issue i JOIN position p ON p.issue = i.id GROUP BY i.id "
        "ORDER BY count(*) DESC, i.id LIMIT ?",
        (_ISSUES,),
    ).fetchall()
    seen: set[str] = set()
    people = []
    for row in actors:
        plain = row["name"] not in seen and ";" not in row["name"]
        people.append((row["name"], "") if plain else (row["id"], row["name"]))
        seen.add(row["name"])
    return {"actors": people, "issues": [(row["id"], row["label"]) for row in issues]}


def changes(kind: EntryKind, given: Mapping[str, str]) -> list[tuple[str, str]]:
    """The fields of a form that hold something else than before (``was-…``), in the form's order."""
    return [
        (name, given[name].strip())
        for name in _NAMES[kind]
        if name in given and given[name].strip() != given.get(f"was-{name}", "").strip()
    ]


_NAMES: Mapping[EntryKind, tuple[str, ...]] = {
    "statement": ("speaker", "kind", "span"),
    "telling": ("actor", "recipient", "type", "status", "date", "span"),
    "position": ("party", "stance", "act", "issue", "condition", "date", "span"),
}


def _fields(
    kind: EntryKind, row: Mapping[str, Any], named: Mapping[str, str], who: str, whom: str
) -> Iterable[FormField]:
    span = FormField("span", "Words", f"{row['start']}:{row['end']}", hint="from:to, in characters")
    if kind == "statement":
        yield FormField("speaker", "Speaker", who if row["speaker"] else "", suggestions="actors")
        yield FormField("kind", "Kind", row["kind"], get_args(StatementKind))
    elif kind == "telling":
        several = "several with ; between"
        yield FormField("actor", "Who", who, suggestions="actors", hint=several)
        yield FormField("recipient", "To whom", whom, suggestions="actors", hint=several)
        yield FormField("type", "Type", row["type"], tuple(sorted(plover().quads)))
        yield FormField("status", "Status", row["status"], get_args(Status))
        yield FormField("date", "Date", _date(row), hint="2015-07-14 or 2015-07")
    else:
        yield FormField("party", "Party", named.get(row["party"], row["party"]), suggestions="actors")
        yield FormField("stance", "Stance", row["stance"], get_args(Stance))
        yield FormField("act", "Act", row["act"], get_args(Act))
        yield FormField("issue", "Issue", row["issue"], suggestions="issues")
        yield FormField("condition", "Condition", row["condition"] or "", hint="words of the report")
        yield FormField("date", "Date", _date(row), hint="2015-07-14 or 2015-07")
    yield span


def _date(row: Mapping[str, Any]) -> str:
    """A date as it can be given back."""
    first, last = row["date_from"], row["date_to"] or row["date_from"]
    if not first:
        return ""
    if row["precision"] in ("year", "month"):
        return str(first[: 4 if row["precision"] == "year" else 7])
    return str(first) if first == last else f"{first}/{last}"


def _sides(connection: sqlite3.Connection, telling: str) -> dict[str, list[str]]:
    rows = connection.execute(
        "SELECT s.side, coalesce(a.name, s.actor) AS name FROM telling_side s "
        "LEFT JOIN actor a ON a.id = s.actor "
        "WHERE s.telling = ? ORDER BY s.side, s.actor",
        (telling,),
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["side"], []).append(row["name"])
    return found
