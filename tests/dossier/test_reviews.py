from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.dossier import issue_reviews, reviews
from onrecord.dossier.connection import connect
from onrecord.dossier.filing import file
from onrecord.dossier.journal import By
from onrecord.errors import UsageError
from tests.dossier.made import TEXT, record
from tests.dossier.test_filing import OTHER

ANN = By("Ann", "read it again")
TABLES = ("statement", "telling", "position")


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = connect(tmp_path / "talks.db", create=True)
    file(connection, record())
    file(connection, record("dayton-2", OTHER, outlet="Balkan Courier"))
    yield connection
    connection.close()


THIRD = """\
In a radio address to the besieged city, Alija Izetbegovic rejected a division of Sarajevo once more, and
told its people that no paper signed abroad would make two towns out of the one in which they were born.
"""


def the(connection: sqlite3.Connection, query: str, *values: object) -> sqlite3.Row:
    (row,) = connection.execute(query, values).fetchall()
    assert isinstance(row, sqlite3.Row)
    return row


def shown(connection: sqlite3.Connection) -> list[str]:
    """Everything that is shown, without the journal and what only the order of writing decides."""
    found = []
    for table in (*TABLES, "telling_side", "event", "event_side", "issue", "issue_in", "statement_issue"):
        for row in connection.execute(f"SELECT * FROM {table}"):
            found.append(f"{table} {[(k, row[k]) for k in row.keys() if k != 'n']}")  # noqa: SIM118
    return sorted(found)


def position(connection: sqlite3.Connection, party: str = "SRB") -> str:
    return str(the(connection, "SELECT id FROM position WHERE party = ? ORDER BY n LIMIT 1", party)["id"])


def met(connection: sqlite3.Connection, report: str = "dayton-2") -> str:
    query = "SELECT t.id FROM telling t JOIN report r ON r.n = t.report WHERE t.type = 'CONSULT' AND r.id = ?"
    return str(the(connection, query, report)["id"])


def test_accepting_is_shown_and_undone(dossier) -> None:
    before = shown(dossier)
    n = reviews.judge(dossier, position(dossier)[:6], "accept", ANN)
    assert the(dossier, "SELECT state FROM positions WHERE party_id = 'SRB'")["state"] == "accepted"
    (review,) = reviews.listed(dossier, position(dossier))
    assert (review.who, review.why, review.judgement) == ("Ann", "read it again", "accept")
    assert review.evidence is not None
    assert TEXT[review.evidence["start"] : review.evidence["end"]] == review.evidence["text"]
    reviews.undo(dossier, n, ANN)
    assert shown(dossier) == before
    assert [r.judgement for r in reviews.listed(dossier)] == ["accept", "undo"]


def test_what_is_rejected_is_not_shown_and_not_counted(dossier) -> None:
    before = shown(dossier)
    numbers = [reviews.judge(dossier, e, "reject", ANN) for e in (position(dossier), met(dossier))]
    assert dossier.execute("SELECT * FROM positions WHERE party_id = 'SRB'").fetchall() == []
    assert the(dossier, "SELECT tellings, outlets FROM events WHERE type = 'CONSULT'")[:] == (
        1,
        "Danube Wire",
    )
    numbers.append(reviews.judge(dossier, met(dossier, "dayton-1"), "reject", ANN))
    assert dossier.execute("SELECT * FROM encounters").fetchall() == []
    for n in numbers:
        reviews.undo(dossier, n, ANN)
    assert shown(dossier) == before


@pytest.mark.parametrize(
    ("field", "words", "column", "value"),
    [
        ("stance", "conditional", "stance", "conditional"),
        ("act", "sets-condition", "act", "sets-condition"),
        ("party", "Richard Holbrooke", "party", "USA"),
        ("party", "HRV", "party", "HRV"),
        ("issue", "division", "issue", "division-sarajevo"),
        ("condition", "after the meeting", "condition", "after the meeting"),
        ("condition", "0:17", "condition", "Richard Holbrooke"),
        ("date", "1995-09-12", "taken", "1995-09-12"),
        ("date", "1995-08", "date_to", "1995-08-31"),
        ("date", "1994", "date_to", "1994-12-31"),
        ("date", "1995-09-10/1995-09-12", "date_from", "1995-09-10"),
        ("span", "0:17", "text", "Richard Holbrooke"),
    ],
)
def test_a_field_of_a_position_is_corrected(dossier, field, words, column, value) -> None:
    before = shown(dossier)
    entry = position(dossier)
    n = reviews.correct(dossier, entry, field, words, ANN)
    row = the(dossier, "SELECT * FROM position WHERE id = ?", entry)
    assert (row[column], row["state"]) == (value, "corrected")
    reviews.undo(dossier, n, ANN)
    assert shown(dossier) == before


def test_the_speaker_and_the_kind_of_a_statement_are_corrected(dossier) -> None:
    before = shown(dossier)
    entry = the(dossier, "SELECT id FROM statement WHERE kind = 'direct'")["id"]
    a = reviews.correct(dossier, entry, "speaker", "Tudjman", ANN)
    b = reviews.correct(dossier, entry, "kind", "mixed", ANN)
    row = the(dossier, "SELECT * FROM statements WHERE id = ?", entry)
    assert (row["speaker"], row["party"], row["kind"]) == ("Franjo Tudjman", "HRV", "mixed")
    reviews.correct(dossier, entry, "speaker", "none", ANN)
    assert the(dossier, "SELECT speaker_id FROM statements WHERE id = ?", entry)["speaker_id"] is None
    for n in (a, b, a + 2):
        reviews.undo(dossier, n, ANN)
    assert shown(dossier) == before


@pytest.mark.parametrize(
    ("field", "words", "events"),
    [
        ("type", "aid", 2),
        ("recipient", "Franjo Tudjman", 2),
        ("actor", "Alija Izetbegovic; Franjo Tudjman", 2),
        ("date", "1995-11-01", 2),
        ("status", "denied", 1),
    ],
)
def test_a_corrected_telling_may_be_of_another_event(dossier, field, words, events) -> None:
    before = shown(dossier)
    entry = met(dossier)
    n = reviews.correct(dossier, entry, field, words, ANN)
    of = "SELECT DISTINCT event FROM telling WHERE id = ? OR type = 'CONSULT'"
    assert len(dossier.execute(of, (entry,)).fetchall()) == events
    founder = met(dossier, "dayton-1")  # the telling that the event has its id from moves away, and back
    m = reviews.correct(dossier, founder, "date", "1995-10-02", ANN)
    for number in (m, n):
        reviews.undo(dossier, number, ANN)
    assert shown(dossier) == before


def test_the_last_judgement_counts(dossier) -> None:
    entry = position(dossier)
    reviews.judge(dossier, entry, "reject", ANN)
    reviews.correct(dossier, entry, "stance", "conditional", By("Bob"))
    row = the(dossier, "SELECT stance, state FROM position WHERE id = ?", entry)
    assert row[:] == ("conditional", "corrected")
    reviews.judge(dossier, entry, "reject", ANN)
    assert the(dossier, "SELECT state FROM position WHERE id = ?", entry)["state"] == "rejected"
    reviews.judge(dossier, entry, "accept", ANN)
    assert the(dossier, "SELECT stance, state FROM position WHERE id = ?", entry)[:] == (
        "conditional",
        "accepted",
    )


def test_what_the_machine_missed_is_added_and_taken_back(dossier) -> None:
    before = shown(dossier)
    start = TEXT.index("that the city would stay whole")
    span = f"{start}:{start + 30}"
    said = reviews.add_entry(dossier, "statement", "dayton-1", span, {"speaker": "Izetbegovic"}, ANN)
    row = the(dossier, "SELECT * FROM statements WHERE id = ?", said)
    assert (row["content"], row["state"], row["party"]) == ("that the city would stay whole", "added", "BIH")
    given = {"party": "BIH", "issue": "division-sarajevo", "stance": "opposes", "act": "rejects"}
    held = reviews.add_entry(dossier, "position", "dayton-1", span, given, ANN)
    assert the(dossier, "SELECT taken, basis FROM positions WHERE id = ?", held)[:] == (
        "1995-09-15",
        "narrated",
    )
    told = reviews.add_entry(
        dossier,
        "telling",
        "dayton-1",
        "18:21",
        {"type": "CONSULT", "actor": "Holbrooke", "recipient": "Milosevic", "date": "1995-09-15"},
        ANN,
    )
    assert (
        the(dossier, "SELECT event FROM telling WHERE id = ?", told)[0]
        == the(dossier, "SELECT event FROM telling WHERE id = ?", met(dossier))[0]
    )
    with pytest.raises(UsageError, match="there already"):
        reviews.add_entry(dossier, "position", "dayton-1", span, given, ANN)
    reviews.correct(dossier, held, "stance", "conditional", ANN)
    assert the(dossier, "SELECT stance, state FROM position WHERE id = ?", held)[:] == (
        "conditional",
        "added",
    )
    for review in reviews.listed(dossier):
        if review.judgement == "add":
            reviews.undo(dossier, review.n, ANN)
    assert shown(dossier) == before


def test_what_makes_no_sense_is_refused_and_nothing_written(dossier) -> None:
    before = list(dossier.iterdump())
    entry = position(dossier)
    for call, told in [
        (lambda: reviews.judge(dossier, "x-123", "accept", ANN), "no such entry"),
        (lambda: reviews.judge(dossier, "p-", "accept", ANN), "is the beginning of"),
        (lambda: reviews.judge(dossier, "s-zz", "accept", ANN), "no statement 's-zz'"),
        (lambda: reviews.judge(dossier, entry, "accept", By(" ")), "say who judges"),
        (lambda: reviews.correct(dossier, entry, "colour", "red", ANN), "these can: party, stance"),
        (lambda: reviews.correct(dossier, entry, "stance", "likes", ANN), "these are: supports"),
        (lambda: reviews.correct(dossier, entry, "span", "9:3", ANN), "no words there"),
        (lambda: reviews.correct(dossier, entry, "span", "0:99999", ANN), "no words there"),
        (lambda: reviews.correct(dossier, entry, "span", "here", ANN), "START:END"),
        (lambda: reviews.correct(dossier, entry, "condition", "if pigs fly", ANN), "does not have the words"),
        (lambda: reviews.correct(dossier, entry, "date", "Friday", ANN), "no date like"),
        (lambda: reviews.correct(dossier, entry, "party", "Atlantis", ANN), "holds no party"),
        (lambda: reviews.add_entry(dossier, "position", "dayton-1", "0:9", {}, ANN), "party=…"),
        (lambda: reviews.add_entry(dossier, "position", "nowhere", "0:9", {}, ANN), "no report"),
        (lambda: reviews.undo(dossier, 7, ANN), "no review 7"),
        (lambda: issue_reviews.merge(dossier, "plan-contact-group", "plan", ANN), "are one issue"),
        (lambda: issue_reviews.merge(dossier, "plan-contact-group", "nothing", ANN), "no issue 'nothing'"),
        (lambda: issue_reviews.split(dossier, "division-sarajevo", [entry], "x", ANN), "no position on"),
        (lambda: issue_reviews.split(dossier, "plan-contact-group", [entry], "—", ANN), "no word in it"),
        (lambda: issue_reviews.rename(dossier, "plan-contact-group", " ", ANN), "new label"),
    ]:
        with pytest.raises(UsageError, match=told):
            call()
    assert list(dossier.iterdump()) == before


def test_an_undone_review_is_not_undone_again(dossier) -> None:
    n = reviews.judge(dossier, position(dossier), "accept", ANN)
    m = reviews.undo(dossier, n, ANN)
    with pytest.raises(UsageError, match="undone already"):
        reviews.undo(dossier, n, ANN)
    with pytest.raises(UsageError, match="undoes another"):
        reviews.undo(dossier, m, ANN)


def test_nothing_in_the_journal_can_be_changed(dossier) -> None:
    reviews.judge(dossier, position(dossier), "accept", ANN)
    for change in ("UPDATE review SET who = 'Eve'", "DELETE FROM review"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            dossier.execute(change)


def test_issues_are_merged_and_parted_again(dossier) -> None:
    before = shown(dossier)
    n = issue_reviews.merge(dossier, "plan-contact", "division", ANN)
    row = the(dossier, "SELECT id, positions, parties FROM issues")
    assert row[:] == ("plan-contact-group", 3, 2)
    # What is on the issue that went joins the one that stayed, and leaves it again with the others.
    file(dossier, record("dayton-3", THIRD, outlet="Third"))
    assert the(dossier, "SELECT id, positions FROM issues")[:] == ("plan-contact-group", 4)
    reviews.undo(dossier, n, ANN)
    labels = {r["id"]: r["positions"] for r in dossier.execute("SELECT id, positions FROM issues")}
    assert labels == {"plan-contact-group": 2, "division-sarajevo": 2}
    assert [line for line in before if line.startswith("position")] == [
        line for line in shown(dossier) if line.startswith("position") and "'report', 3" not in line
    ]


def test_an_issue_is_split_and_made_whole_again(dossier) -> None:
    before = shown(dossier)
    entry = the(
        dossier, "SELECT p.id FROM position p JOIN report r ON r.n = p.report WHERE r.id = 'dayton-2'"
    )["id"]
    n, new = issue_reviews.split(dossier, "division-sarajevo", [entry], "Partition of the city", ANN)
    assert new == "partition-of-the-city"
    assert the(dossier, "SELECT label, topic FROM positions WHERE id = ?", entry)[:] == (
        "Partition of the city", "territory",
    )  # fmt: skip
    m = issue_reviews.rename(dossier, new, "Sarajevo as two towns", ANN)
    assert the(dossier, "SELECT label FROM issue WHERE id = ?", new)["label"] == "Sarajevo as two towns"
    reviews.undo(dossier, m, ANN)
    assert the(dossier, "SELECT label FROM issue WHERE id = ?", new)["label"] == "Partition of the city"
    reviews.undo(dossier, n, ANN)
    assert shown(dossier) == before


def test_a_new_name_is_taken_back(dossier) -> None:
    before = shown(dossier)
    first = issue_reviews.rename(dossier, "division", "the city cut in two", ANN)
    second = issue_reviews.rename(dossier, "division", "a wall", ANN)
    reviews.undo(dossier, second, ANN)
    assert the(dossier, "SELECT label FROM issue WHERE id = 'division-sarajevo'")[0] == "the city cut in two"
    reviews.undo(dossier, first, ANN)
    assert shown(dossier) == before


def test_a_copy_that_comes_after_a_correction_is_still_a_copy(dossier) -> None:
    entry = position(dossier)
    reviews.correct(dossier, entry, "stance", "conditional", ANN)
    reviews.correct(dossier, met(dossier, "dayton-1"), "type", "AID", ANN)
    counts = "SELECT " + ", ".join(f"(SELECT count(*) FROM {v})" for v in ("positions", "events", "tellings"))
    before = the(dossier, counts)[:]
    for n in range(2):
        filed = file(dossier, record(f"wire-{n}", f"(By wire {n}.)\n\n{TEXT}", outlet=f"Post {n}"))
        assert (filed.what, filed.of) == ("copy", "dayton-1")
    assert the(dossier, counts)[:] == before
    row = the(dossier, "SELECT stance, outlets FROM positions WHERE id = ?", entry)
    assert row[:] == ("conditional", "Danube Wire; Post 0; Post 1")
    reviews.judge(dossier, entry, "reject", ANN)
    assert dossier.execute("SELECT * FROM positions WHERE party_id = 'SRB'").fetchall() == []
