from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.dossier import issue_reviews, open_dossier, reviews
from onrecord.dossier.connection import connect
from onrecord.dossier.filing import file
from onrecord.dossier.journal import By
from onrecord.dossier.records import records
from onrecord.record import Record, from_json, to_json
from tests.dossier.made import TEXT, record
from tests.dossier.test_filing import OTHER

ANN = By("Ann")
FILED = (record(), record("dayton-2", OTHER, outlet="Balkan Courier"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "talks.db"
    connection = connect(path, create=True)
    for made in FILED:
        file(connection, made)
    connection.close()
    return path


@pytest.fixture
def dossier(path: Path) -> Iterator[sqlite3.Connection]:
    connection = connect(path, write=True)
    yield connection
    connection.close()


def first(path: Path) -> Record:
    found = next(iter(records(path)))
    assert from_json(to_json(found)) == found
    for spans in (s.content for s in found.statements):
        assert all(TEXT[span.start : span.end] == span.text for span in spans)
    for entry in (*found.events, *found.positions):
        assert TEXT[entry.span.start : entry.span.end] == entry.span.text
    return found


def ids(connection: sqlite3.Connection, table: str) -> list[str]:
    return [r[0] for r in connection.execute(f"SELECT id FROM {table} WHERE report = 1 ORDER BY n")]


def test_without_reviews_the_records_are_those_that_were_filed(path) -> None:
    assert tuple(records(path)) == FILED
    with open_dossier(path) as dossier:
        assert tuple(dossier.records()) == FILED


def test_what_is_rejected_is_left_out_and_nothing_points_to_it(path, dossier) -> None:
    for table, keep in (("statement", 1), ("telling", 0), ("position", 1)):
        reviews.judge(dossier, ids(dossier, table)[1 - keep], "reject", ANN)
    found = first(path)
    assert [s.id for s in found.statements] == ["s2"]
    assert [e.id for e in found.events] == ["e1"]
    assert [p.id for p in found.positions] == ["p2"]
    assert tuple(records(path, machine=True)) == FILED


def test_what_is_corrected_is_as_corrected(path, dossier) -> None:
    said, told, held = (ids(dossier, table)[0] for table in ("statement", "telling", "position"))
    start = TEXT.index("the guns around")
    for entry, field, words in [
        (said, "speaker", "Tudjman"),
        (said, "span", f"{start}:{start + 23}"),
        (told, "recipient", "Izetbegovic; Milosevic"),
        (told, "type", "COOPERATE"),
        (told, "date", "1995-09-14"),
        (told, "status", "planned"),
        (held, "party", "USA"),
        (held, "stance", "conditional"),
        (held, "act", "sets-condition"),
        (held, "condition", "within days"),
        (held, "date", "1995-09"),
        (held, "issue", "division"),
    ]:
        reviews.correct(dossier, entry, field, words, ANN)
    found = first(path)
    statement, event, position = found.statements[0], found.events[0], found.positions[0]
    assert (statement.speaker, statement.content[0].text) == ("franjo-tudjman", TEXT[start : start + 23])
    assert "franjo-tudjman" in {a.id for a in found.actors}
    assert event.recipient == ("alija-izetbegovic", "slobodan-milosevic")
    assert (event.type, event.quad, event.status) == ("COOPERATE", "material cooperation", "planned")
    assert event.date is not None
    assert (event.date.from_, event.date.precision) == ("1995-09-14", "day")
    assert (position.party, position.stance, position.act) == ("USA", "conditional", "sets-condition")
    assert position.condition is not None
    assert TEXT[position.condition.start : position.condition.end] == "within days"
    assert position.date is not None
    assert (position.date.from_, position.date.to, position.date.precision) == (
        "1995-09-01",
        "1995-09-30",
        "month",
    )
    assert position.issue == "division-sarajevo"
    assert tuple(records(path, machine=True)) == FILED


def test_what_is_added_is_there_with_its_words(path, dossier) -> None:
    given = {"party": "BIH", "issue": "contact group", "stance": "opposes", "act": "rejects"}
    reviews.add_entry(dossier, "position", "dayton-2", "0:10", given, ANN)
    start = TEXT.index("that the city would stay whole")
    span = f"{start}:{start + 30}"
    reviews.add_entry(dossier, "statement", "dayton-1", span, {"speaker": "Izetbegovic"}, ANN)
    reviews.add_entry(dossier, "telling", "dayton-1", span, {"type": "REJECT", "actor": "Izetbegovic"}, ANN)
    found = first(path)
    assert [s.id for s in found.statements] == ["s1", "s2", "s3"]
    assert (found.statements[2].speaker, found.statements[2].because) == ("alija-izetbegovic", "review")
    assert (found.events[2].id, found.events[2].actor) == ("e3", ("alija-izetbegovic",))
    second = list(records(path))[1]
    assert second.positions[-1].issue == "plan-contact-group"
    assert second.issues[-1].label == "plan of the contact group"  # the report itself does not have it


def test_issues_have_the_names_that_people_gave_them(path, dossier) -> None:
    issue_reviews.rename(dossier, "plan-contact-group", "the contact group's map", ANN)
    (bih,) = (i for i in ids(dossier, "position")[1:])
    issue_reviews.split(dossier, "division-sarajevo", [bih], "one city", ANN)
    found = first(path)
    assert [i.label for i in found.issues] == ["the contact group's map", "division of Sarajevo", "one city"]
    assert found.positions[1].issue == "one-city"
