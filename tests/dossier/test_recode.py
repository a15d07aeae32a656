from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

import onrecord
from onrecord.dossier import adding, issue_reviews, recode, reviews
from onrecord.dossier.connection import connect
from onrecord.dossier.filing import file, file_failure
from onrecord.dossier.journal import By
from onrecord.dossier.records import records_in
from onrecord.record import CoderInfo, Document, Record
from onrecord.sources import Failure
from tests.dossier.made import INFO, TEXT, record
from tests.dossier.test_filing import OTHER
from tests.dossier.test_reviews import shown

ANN = By("Ann")
NEWER = CoderInfo(version="2", model="made", knowledge="made", attribution="made")
Change = Callable[[Record], Record | Failure]


@dataclass(frozen=True)
class Loaded:
    info: CoderInfo = NEWER


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "talks.db"
    connection = connect(path, create=True)
    file(connection, record())
    file(connection, record("wire-9", f"(From the wire.)\n\n{TEXT}", outlet="Morning Post"))
    file(connection, record("dayton-2", OTHER, outlet="Balkan Courier"))
    file_failure(connection, Failure("g", "language", "not English", document=Document(id="g", text="Nein.")))
    connection.close()
    return path


@pytest.fixture
def dossier(path: Path) -> Iterator[sqlite3.Connection]:
    connection = connect(path, write=True)
    yield connection
    connection.close()


@pytest.fixture
def again(path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[recode.Recoded]]:
    """Code again, by a newer version whose records are what ``change`` makes of the old."""

    def run(change: Change = lambda r: r, stop: int | None = None) -> list[recode.Recoded]:
        def code_many(documents: Iterable[Document], **_: object) -> Iterator[Record | Failure]:
            for document in documents:
                if document.id == "g":
                    yield Failure("g", "language", "still not English", document=document)
                    continue
                made = record(
                    document.id, document.text, outlet=document.outlet, published=document.published
                )
                yield change(msgspec.structs.replace(made, coder=NEWER))

        monkeypatch.setattr(adding, "code_many", code_many)
        monkeypatch.setattr(onrecord, "load", lambda *a, **k: Loaded())
        found = []
        for one in recode.recode(path):
            found.append(one)
            if len(found) == stop:
                break
        return found

    return run


def softer(made: Record) -> Record:
    """The record, by a version that reads the acceptance as conditional, and misses the statement before."""
    positions = tuple(
        msgspec.structs.replace(p, stance="conditional") if p.party == "SRB" else p for p in made.positions
    )
    return msgspec.structs.replace(made, positions=positions, statements=made.statements[1:])


def test_coding_again_with_the_same_result_changes_nothing_but_the_version(dossier, again) -> None:
    before = shown(dossier)
    found = again()
    assert [(r.report, r.before, r.now) for r in found] == [
        ("dayton-1", "1", "2"),
        ("wire-9", "1", "2"),
        ("dayton-2", "1", "2"),
        ("g", None, None),
    ]
    assert found[0].changes == (
        recode.Change("statements", same=2),
        recode.Change("tellings", same=2),
        recode.Change("positions", same=2),
    )
    assert found[3].failure == "g: still not English [language]"
    assert shown(dossier) == before
    assert {r[0] for r in dossier.execute("SELECT coder FROM report WHERE state = 'coded'")} == {"2"}
    assert again() == []
    dossier.execute("INSERT INTO statement_text(statement_text) VALUES ('integrity-check')")


def test_what_changed_is_counted(dossier, again) -> None:
    found = again(softer)
    assert found[0].changes == (
        recode.Change("statements", same=1, gone=1),
        recode.Change("tellings", same=2),
        recode.Change("positions", same=1, changed=1),
    )
    stances = {r[0] for r in dossier.execute("SELECT stance FROM position WHERE party = 'SRB'")}
    assert stances == {"conditional"}
    assert [r[0] for r in dossier.execute("SELECT count(*) FROM statements")] == [1]


def test_reviews_are_laid_over_the_new_rows(dossier, again) -> None:
    def one(query: str) -> str:
        return str(dossier.execute(query).fetchone()[0])

    bih = one("SELECT id FROM positions WHERE party_id = 'BIH' ORDER BY published, report")
    told = one("SELECT id FROM tellings WHERE type = 'REJECT'")
    reviews.correct(dossier, bih, "act", "threatens", ANN)
    reviews.judge(dossier, told, "reject", ANN)
    added = reviews.add_entry(dossier, "statement", "dayton-1", "0:17", {"speaker": "Tudjman"}, ANN)
    second = one("SELECT id FROM positions WHERE report = 'dayton-2'")
    issue_reviews.split(dossier, "division-sarajevo", [second], "one city", ANN)
    issue_reviews.merge(dossier, "plan-contact-group", "division-sarajevo", ANN)
    issue_reviews.rename(dossier, "plan-contact-group", "the plan and the map", ANN)
    before = shown(dossier)
    again()
    assert shown(dossier) == before
    assert one(f"SELECT act FROM positions WHERE id = '{bih}'") == "threatens"
    assert one(f"SELECT state FROM statements WHERE id = '{added}'") == "added"
    assert [r["id"] for r in dossier.execute("SELECT id FROM issues")] == ["one-city", "plan-contact-group"]
    assert reviews.orphaned(dossier) == ()


def test_what_is_known_of_actors_is_told_anew(dossier, again) -> None:
    def minister(made: Record) -> Record:
        actors = tuple(msgspec.structs.replace(a, role="minister") for a in made.actors)
        return msgspec.structs.replace(made, actors=actors)

    again(minister)
    roles = dossier.execute("SELECT DISTINCT role, as_of FROM actor WHERE kind = 'person'").fetchall()
    assert [tuple(row) for row in roles] == [("minister", "1995-09-15")]


def issues_of(dossier: sqlite3.Connection, party: str) -> list[str]:
    rows = dossier.execute("SELECT DISTINCT issue FROM position WHERE party = ? ORDER BY 1", (party,))
    return [row[0] for row in rows]


def srb(dossier: sqlite3.Connection) -> list[str]:
    """The positions of one party in reports that copy each other."""
    return [row[0] for row in dossier.execute("SELECT id FROM position WHERE party = 'SRB' ORDER BY n")]


def test_what_was_split_and_merged_stays_where_it_was_merged(dossier, again) -> None:
    _, new = issue_reviews.split(dossier, "plan-contact-group", srb(dossier), "annexes", ANN)
    merge = issue_reviews.merge(dossier, "division-sarajevo", new, ANN)
    before = shown(dossier)
    reviews.undo(dossier, reviews.judge(dossier, srb(dossier)[0], "accept", ANN), ANN)
    again()
    assert shown(dossier) == before
    assert issues_of(dossier, "SRB") == ["division-sarajevo"]
    (first, *_) = records_in(dossier)
    assert {p.party: p.issue for p in first.positions} == {
        "SRB": "division-sarajevo",
        "BIH": "division-sarajevo",
    }
    reviews.undo(dossier, merge, ANN)
    assert issues_of(dossier, "SRB") == [new]
    assert issues_of(dossier, "BIH") == ["division-sarajevo"]


def test_what_was_added_on_an_issue_goes_with_it(dossier, again) -> None:
    given = {"party": "HRV", "issue": "division-sarajevo", "stance": "opposes", "act": "rejects"}
    added = reviews.add_entry(dossier, "position", "dayton-1", "0:17", given, ANN)
    merge = issue_reviews.merge(dossier, "plan-contact-group", "division-sarajevo", ANN)
    reviews.judge(dossier, added, "accept", ANN)
    again()
    assert issues_of(dossier, "HRV") == ["plan-contact-group"]
    (first, *_) = records_in(dossier)
    assert first.positions[-1].issue == "plan-contact-group"
    reviews.undo(dossier, merge, ANN)
    assert issues_of(dossier, "HRV") == ["division-sarajevo"]


def test_an_issue_that_took_the_name_of_a_merged_one_can_be_merged_too(dossier, again) -> None:
    issue_reviews.merge(dossier, "division-sarajevo", "plan-contact-group", ANN)
    issue_reviews.split(dossier, "division-sarajevo", srb(dossier)[:1], "plan contact group", ANN)
    issue_reviews.merge(dossier, "plan-contact-group", "division-sarajevo", ANN)
    before = shown(dossier)
    again()
    assert shown(dossier) == before
    assert issues_of(dossier, "BIH") == ["plan-contact-group"]


def test_a_merge_is_undone_after_what_it_made_was_merged_on(dossier, again) -> None:
    _, third = issue_reviews.split(dossier, "plan-contact-group", srb(dossier)[:1], "annexes", ANN)
    first = issue_reviews.merge(dossier, "division-sarajevo", "plan-contact-group", ANN)
    issue_reviews.merge(dossier, third, "division-sarajevo", ANN)
    reviews.undo(dossier, first, ANN)
    assert issues_of(dossier, "SRB") == [third, "plan-contact-group"]
    assert issues_of(dossier, "BIH") == [third]
    before = shown(dossier)
    again()
    assert shown(dossier) == before


def test_judgements_that_lost_their_ground_are_listed_and_do_not_count(dossier, again) -> None:
    (srb,) = dossier.execute("SELECT id FROM positions WHERE party_id = 'SRB'").fetchone()
    (gone,) = dossier.execute("SELECT id FROM statements WHERE speaker_id = 'richard-holbrooke'").fetchone()
    reviews.judge(dossier, srb, "accept", ANN)
    reviews.judge(dossier, gone, "reject", ANN)
    again(softer)
    assert [(o.review.target, o.reason) for o in reviews.orphaned(dossier)] == [
        (srb, "changed"),
        (gone, "gone"),
    ]
    state = dossier.execute("SELECT stance, state FROM positions WHERE id = ?", (srb,)).fetchone()
    assert tuple(state) == ("conditional", "machine")


def test_what_fails_now_stays_as_it_was(dossier, again) -> None:
    before = shown(dossier)
    found = again(
        lambda r: Failure(r.document.id, "internal", "it broke") if r.document.id == "wire-9" else r
    )
    assert [r.failure for r in found][1] == "wire-9: it broke [internal]"
    assert shown(dossier) == before
    versions = dict(dossier.execute("SELECT id, coder FROM report").fetchall())
    assert versions == {"dayton-1": "2", "wire-9": "1", "dayton-2": "2", "g": "2"}


def test_a_run_that_was_ended_goes_on_where_it_stopped(dossier, again) -> None:
    before = shown(dossier)
    again(stop=1)
    versions = dict(dossier.execute("SELECT id, coder FROM report").fetchall())
    assert versions["dayton-1"] == versions["wire-9"] == "2"  # copies go together
    assert versions["dayton-2"] == "1"
    assert [r.report for r in again()] == ["dayton-2", "g"]
    assert shown(dossier) == before


def test_what_could_not_be_coded_is_tried_by_another_version(dossier, again, monkeypatch) -> None:
    added = reviews.add_entry(dossier, "statement", "g", "0:5", {"speaker": "none"}, ANN)
    again()
    assert dossier.execute("SELECT id FROM statements WHERE report = 'g'").fetchone()["id"] == added
    monkeypatch.setattr(adding, "code_many", lambda documents, **_: (record(d.id, d.text) for d in documents))
    monkeypatch.setattr(onrecord, "load", lambda *a, **k: Loaded(msgspec.structs.replace(INFO, version="3")))
    path = dossier.execute("PRAGMA database_list").fetchone()["file"]
    assert [(r.report, r.before, r.now) for r in recode.recode(path)][-1] == ("g", None, "3")
    row = dossier.execute("SELECT state, reason FROM report WHERE id = 'g'").fetchone()
    assert tuple(row) == ("coded", None)
    assert dossier.execute("SELECT id FROM statements WHERE report = 'g'").fetchone()["id"] == added
