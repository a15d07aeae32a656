from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from onrecord.dossier import issue_reviews, reviews
from onrecord.dossier.connection import connect
from onrecord.dossier.filing import Filed, file, file_failure
from onrecord.dossier.journal import By
from onrecord.dossier.known import Known
from onrecord.dossier.machine import machine_row
from onrecord.dossier.rows import pack, rows_of, unpack
from onrecord.record import Document
from onrecord.sources import Failure
from tests.dossier.made import TEXT, record

OTHER = """\
Milosevic was seen by the American envoy on Friday, diplomats in the Serbian capital said.

Richard Holbrooke met Slobodan Milosevic in Belgrade and left for Zagreb, where Franjo Tudjman was waiting.

Officials would not say whether the siege guns had come up, or what had been offered in return for them. The
envoy is to brief the allies at a meeting of the council in Brussels early next week, an aide told reporters.

Alija Izetbegovic rejected a division of Sarajevo in a letter to the mediators that was published in the city.
"""


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = connect(tmp_path / "talks.db", create=True)
    yield connection
    connection.close()


def count(connection: sqlite3.Connection, what: str) -> int:
    found: int = connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0]
    return found


def test_a_report_is_filed_with_all_its_rows(dossier) -> None:
    assert file(dossier, record(), "reports/dayton-1.txt") == Filed("new", "dayton-1")
    assert [count(dossier, t) for t in ("reports", "statements", "tellings", "events", "positions")] == [
        1, 2, 2, 2, 2,
    ]  # fmt: skip
    row = dossier.execute("SELECT * FROM statements ORDER BY start").fetchone()
    assert (row["speaker"], row["speaker_id"], row["party"]) == (
        "Richard Holbrooke",
        "richard-holbrooke",
        "USA",
    )
    assert TEXT[row["start"] : row["end"]] == row["content"]
    (met,) = dossier.execute("SELECT * FROM encounters").fetchall()
    assert (met["participants"], met["parties"]) == ("Richard Holbrooke; Slobodan Milosevic", "SRB; USA")
    assert dossier.execute("SELECT source, words, copy_of FROM reports").fetchone()[:] == (
        "reports/dayton-1.txt", len(TEXT.split()), None,
    )  # fmt: skip
    party = dossier.execute("SELECT party, party_id, label, taken FROM positions WHERE party_id = 'BIH'")
    assert tuple(party.fetchone()) == (
        "Bosnia & Herzegovina", "BIH", "division of Sarajevo", "1995-09-15",
    )  # fmt: skip


def test_the_same_report_twice_is_there_once(dossier) -> None:
    file(dossier, record())
    before = list(dossier.iterdump())
    assert file(dossier, record()) == Filed("same", "dayton-1")
    assert list(dossier.iterdump()) == before


def test_another_text_under_the_same_id_is_filed_beside_it(dossier) -> None:
    file(dossier, record())
    changed = record(text=OTHER)
    filed = file(dossier, changed)
    assert filed.what == "revised"
    assert filed.of == "dayton-1"
    assert filed.report is not None
    assert filed.report.startswith("dayton-1@")
    assert file(dossier, changed) == Filed("same", filed.report)
    assert count(dossier, "report") == 2
    assert [r[0] for r in dossier.execute("SELECT text FROM report ORDER BY n")] == [TEXT, OTHER]


def test_the_record_comes_back_as_it_was_and_small(dossier) -> None:
    made = record()
    packed = pack(made)
    assert unpack(packed, TEXT) == made
    assert len(packed) < len(msgspec.json.encode(made)) / 3


def test_two_reports_of_one_event_give_one_event_with_two_tellings(dossier) -> None:
    file(dossier, record())
    before = {row["id"] for row in dossier.execute("SELECT id FROM event")}
    assert file(dossier, record("dayton-2", OTHER, outlet="Balkan Courier")) == Filed("new", "dayton-2")
    (met,) = dossier.execute("SELECT * FROM events WHERE type = 'CONSULT'").fetchall()
    assert (met["tellings"], met["outlet_count"], met["outlets"]) == (2, 2, "Danube Wire; Balkan Courier")
    assert before <= {row["id"] for row in dossier.execute("SELECT id FROM event")}
    issue = dossier.execute("SELECT * FROM issues WHERE id = 'division-sarajevo'").fetchone()
    assert (issue["positions"], issue["reports"]) == (2, 2)


def test_a_copy_adds_its_outlet_and_nothing_else(dossier) -> None:
    file(dossier, record())
    cut = TEXT.rpartition(" He said that")[0] + " .\n"
    copy = record("wire-9", "(This report is from the wire.)\n\n" + cut, outlet="Morning Post")
    assert file(dossier, copy) == Filed("copy", "wire-9", "dayton-1")
    assert [count(dossier, t) for t in ("statements", "tellings", "events", "positions")] == [2, 2, 2, 2]
    assert count(dossier, "statement") == 4
    outlets = {row["outlets"] for row in dossier.execute("SELECT outlets FROM positions")}
    assert outlets == {"Danube Wire; Morning Post"}
    (met,) = dossier.execute("SELECT tellings, outlet_count FROM events WHERE type = 'CONSULT'").fetchall()
    assert tuple(met) == (1, 1)


def test_what_a_copy_has_of_its_own_counts(dossier) -> None:
    file(
        dossier,
        record(text=TEXT.replace('"We accept the plan of the contact group," Milosevic said', "He spoke")),
    )
    assert file(dossier, record("wire-9")).what == "copy"
    assert count(dossier, "statements") == 2
    assert count(dossier, "positions") == 2


def test_an_issue_of_the_same_name_on_another_matter_has_another_id(dossier) -> None:
    file(dossier, record())
    late = record("later", OTHER, published="2009-01-01")
    file(dossier, late)
    ids = [row["id"] for row in dossier.execute("SELECT id FROM issue ORDER BY id")]
    assert ids[0] == "division-sarajevo"
    assert ids[1].startswith("division-sarajevo-")
    assert ids[2] == "plan-contact-group"


def test_the_order_of_ids_is_that_of_the_record(dossier) -> None:
    made = record()
    file(dossier, made)
    for kind, rows in (
        ("statement", rows_of(made).statements),
        ("telling", rows_of(made).tellings),
        ("position", rows_of(made).positions),
    ):
        found = dossier.execute(f"SELECT id FROM {kind} ORDER BY n").fetchall()
        assert [r["id"] for r in found] == [r.id for r in rows]
        machine = machine_row(dossier, kind, rows[0].id)
        assert machine is not None
        assert machine[1] == rows[0]


def test_what_is_not_english_is_kept_with_its_text(dossier) -> None:
    german = Document(id="g", text="Die Verhandlungen wurden vertagt.", language="de")
    failure = Failure("g", "language", "only English is coded", document=german)
    assert file_failure(dossier, failure) == Filed("uncoded", "g", reason="only English is coded [language]")
    assert file_failure(dossier, failure) == Filed("same", "g")
    row = dossier.execute("SELECT state, reason, language, text FROM reports").fetchone()
    assert tuple(row) == ("uncoded", "only English is coded [language]", "de", german.text)


def test_what_cannot_be_kept_is_noted_once(dossier) -> None:
    bad = Failure("feed\udcff.jsonl", "bad-json", "no JSON", 4)
    lost = Failure("x", "binary", "no text", document=Document(id="x", text="a\0b"))
    half = Failure("y", "not-unicode", "half", document=Document(id="y", text="a\udc00b"))
    for failure in (bad, lost, half, bad):
        assert file_failure(dossier, failure).what == "failed"
    found = [tuple(r) for r in dossier.execute("SELECT source, place, reason FROM failures")]
    assert found == [
        ("feed\\udcff.jsonl", "4", "no JSON [bad-json]"),
        ("x", "", "no text [binary]"),
        ("y", "", "half [not-unicode]"),
    ]
    assert count(dossier, "report") == 0


def test_full_text_finds_reports_and_statements(dossier) -> None:
    file(dossier, record())
    query = "SELECT r.id FROM report_text t JOIN report r ON r.n = t.rowid WHERE report_text MATCH ?"
    assert [r[0] for r in dossier.execute(query, ("mediators map",))] == ["dayton-1"]
    query = (
        "SELECT s.content FROM statement_text t JOIN statement s ON s.n = t.rowid "
        "WHERE statement_text MATCH ?"
    )
    assert [r[0] for r in dossier.execute(query, ("withdraw* guns",))] == [
        "that the guns around Sarajevo would be withdrawn within days"
    ]
    dossier.execute("INSERT INTO report_text(report_text) VALUES ('integrity-check')")
    dossier.execute("INSERT INTO statement_text(statement_text) VALUES ('integrity-check')")


def test_an_actor_is_as_the_latest_report_has_it(dossier) -> None:
    def with_role(id_: str, text: str, published: str, role: str):
        made = record(id_, text, published=published)
        actors = tuple(msgspec.structs.replace(a, role=role) for a in made.actors)
        return msgspec.structs.replace(made, actors=actors)

    file(dossier, with_role("b", TEXT, "1996-01-01", "negotiator"))
    file(dossier, with_role("a", OTHER, "1995-09-16", "assistant secretary"))
    row = dossier.execute("SELECT role, as_of, reports FROM actors WHERE id = 'richard-holbrooke'").fetchone()
    assert tuple(row) == ("negotiator", "1996-01-01", 2)
    assert count(dossier, "appearance WHERE role = 'assistant secretary'") == 4


def test_what_another_connection_writes_meanwhile_is_seen(dossier, tmp_path) -> None:
    known = Known(dossier)
    file(dossier, record(), None, known)
    other = connect(tmp_path / "talks.db", write=True)
    (told,) = other.execute("SELECT id FROM telling WHERE type = 'CONSULT'").fetchone()
    reviews.correct(other, told, "date", "1995-12-14", By("Ann"))
    issue_reviews.merge(other, "plan-contact-group", "division-sarajevo", By("Ann"))
    other.close()
    file(dossier, record("dayton-2", OTHER, outlet="Balkan Courier"), None, known)
    assert count(dossier, "encounters") == 2  # as corrected, the first report's meeting is another
    assert count(dossier, "issues") == 1
