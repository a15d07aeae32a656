from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pandas as pd
import pytest

from onrecord.dossier import reviews
from onrecord.dossier.connection import connect
from onrecord.dossier.filing import file
from onrecord.dossier.journal import By
from tests.dossier.made import TEXT, record
from tests.dossier.test_filing import OTHER

VIEWS = (
    "reports", "statements", "events", "encounters", "tellings", "positions", "issues", "actors", "reviews",
    "failures",
)  # fmt: skip
PAGE = Path(__file__).parents[2] / "docs" / "howto" / "analyse.md"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("views") / "talks.db"
    connection = connect(path, create=True)
    file(connection, record())
    file(connection, record("wire-9", f"(From the wire.)\n\n{TEXT}", outlet="Morning Post"))
    file(connection, record("dayton-2", OTHER, outlet="Balkan Courier"))
    (entry,) = connection.execute("SELECT id FROM positions WHERE party_id = 'SRB'").fetchone()
    reviews.judge(connection, entry, "reject", By("Ann"))
    connection.close()
    return path


@pytest.fixture
def plain(path: Path):
    """The file as another program opens it, without what onrecord sets."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    yield connection
    connection.close()


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_opens_in_pandas_and_is_in_the_how_to(plain, view) -> None:
    frame = pd.read_sql(f"SELECT * FROM {view}", plain)
    assert len(frame.columns) >= 5
    assert len(frame) == {
        "reports": 3, "statements": 2, "events": 2, "encounters": 1, "tellings": 4, "positions": 2,
        "issues": 2, "actors": 8, "reviews": 1, "failures": 0,
    }[view]  # fmt: skip
    assert f"`{view}`" in PAGE.read_text("utf-8")
    assert {row[0] for row in plain.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")} == set(
        VIEWS
    )


def test_a_matrix_of_positions(plain) -> None:
    frame = pd.read_sql("SELECT party_id, label, stance, taken, outlets FROM positions ORDER BY id", plain)
    assert set(frame["party_id"]) == {"BIH"}
    assert sorted(frame["outlets"]) == ["Balkan Courier", "Danube Wire; Morning Post"]
    assert pd.to_datetime(frame["taken"]).dt.year.unique().tolist() == [1995]


def test_the_sql_of_the_how_to_runs(plain) -> None:
    blocks = re.findall(r"```sql\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    (query,) = (block for block in blocks if "MATCH" in block)
    found = plain.execute(query).fetchall()
    assert [row[0] for row in found] == ["Richard Holbrooke"]  # once, though two reports carry it


def test_what_is_rejected_is_no_more_in_the_views(plain) -> None:
    issue = pd.read_sql("SELECT positions, parties FROM issues WHERE id = 'plan-contact-group'", plain)
    assert issue.values.tolist() == [[0, 0]]
    report = pd.read_sql("SELECT copies, positions FROM reports WHERE id = 'dayton-1'", plain)
    assert report.values.tolist() == [[1, 1]]
    review = pd.read_sql("SELECT who, judgement, undone FROM reviews", plain)
    assert review.values.tolist() == [["Ann", "reject", 0]]
