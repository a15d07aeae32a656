from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from onrecord.cli.show import _LISTINGS
from onrecord.dossier.listings import LISTINGS
from tests.dossiers import HARM, dossier, golden, hostile


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], env={"COLUMNS": "120"})


@pytest.fixture(scope="module")
def talks(tmp_path_factory) -> Path:
    return dossier(tmp_path_factory.mktemp("show") / "talks.db", golden())


def test_the_command_offers_every_listing() -> None:
    assert set(_LISTINGS) == set(LISTINGS)
    told = run("show", "--help").output
    assert re.findall(r"^  ([a-z]+)  +[a-z]", told, re.M) == list(_LISTINGS)


@pytest.mark.parametrize("listing", _LISTINGS)
@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
def test_every_listing_in_every_format(talks, listing, form) -> None:
    result = run("show", talks, listing, "--format", form)
    assert result.exit_code == 0, result.output
    if form == "json":
        json.loads(result.stdout)
    if form == "csv":
        assert len({len(row) for row in csv.reader(io.StringIO(result.stdout))}) == 1


def test_a_row_is_opened_to_its_sentence(talks) -> None:
    (row,) = json.loads(
        run("show", talks, "positions", "--party", "Iran", "--limit", 1, "--format", "json").stdout
    )
    result = run("open", talks, row["id"][:10])
    assert result.exit_code == 0, result.output
    assert row["text"].split()[0] in result.stdout
    assert row["report"] in result.stdout


def test_a_report_and_an_actor_are_opened_too(talks) -> None:
    assert "Arms embargo" in run("open", talks, "vienna-2-embargo").stdout
    assert "John Kerry" in run("open", talks, "john-kerry").stdout


def test_wrong_names_and_files_are_told_with_a_remedy(talks, tmp_path) -> None:
    result = run("show", talks, "positions", "--party", "Irann")
    assert result.exit_code == 2
    assert "Iran" in result.stderr
    assert run("open", talks, "nothing-here").exit_code == 2
    other = tmp_path / "notes.db"
    other.write_text("no dossier")
    result = run("show", other, "positions")
    assert result.exit_code == 1
    assert "dossier" in result.stderr


def test_hostile_texts_reach_no_terminal_and_no_spreadsheet(tmp_path) -> None:
    path = dossier(tmp_path / "harm.db", [hostile()])
    for listing in _LISTINGS:
        for form in ("table", "md"):
            out = run("show", path, listing, "--format", form).stdout
            assert "\x1b" not in out
            if form == "md":
                assert "<script>" not in out
    assert HARM in json.dumps(json.loads(run("show", path, "issues", "--format", "json").stdout)).replace(
        '\\"', '"'
    )


def test_a_table_for_people_ends_and_says_so(talks, monkeypatch) -> None:
    from onrecord.cli import show

    monkeypatch.setattr(show, "_ROWS", 3)
    result = run("show", talks, "statements")
    assert "the first 3 rows" in result.stderr
    assert result.stdout.count("\ns-") == 3
    assert len(json.loads(run("show", talks, "statements", "--format", "json").stdout)) > 3
    assert run("show", talks, "statements", "--limit", 5).stderr == ""
