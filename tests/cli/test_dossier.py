"""The commands that keep a dossier, as a user runs them."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main

REPORT = (
    "Iran's foreign minister, Mohammad Javad Zarif, said on Monday that a deal was close.\n\n"
    "Iran rejected a ban on its missile programme. “We are ready to sign,” he told reporters in Vienna.\n"
)
COMMAND = [sys.executable, "-c", "from onrecord.cli import main; main()"]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], env={"ONRECORD_USER": "Ann"})


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier of the examples."""
    path = tmp_path_factory.mktemp("examples") / "talks.db"
    result = run("add", path, "--example")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "3 filed\n"
    return path


@pytest.fixture
def dossier(filed: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    path = tmp_path / "talks.db"
    with sqlite3.connect(filed) as source, sqlite3.connect(path) as target:
        source.backup(target)
    return path


def ask(path: Path, query: str, *values: object) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()


def test_the_examples_are_one_dossier(filed) -> None:
    assert ask(filed, "SELECT id, source IS NOT NULL, state FROM reports ORDER BY id") == [
        (f"vienna-{name}", 1, "coded") for name in ("1-deadline", "2-embargo", "3-agreement")
    ]
    assert run("add", filed, "--example").stderr == "0 filed, 3 there already\n"
    assert ask(filed, "SELECT count(*) FROM positions")[0][0] > 20  # type: ignore[operator]


def test_what_cannot_be_coded_is_kept_or_noted(tmp_path) -> None:
    folder, path = tmp_path / "in", tmp_path / "talks.db"
    folder.mkdir()
    (folder / "good.txt").write_text(REPORT, "utf-8")
    (folder / "bad.jsonl").write_text('{"id": 7, "text": "Minister rejected it."}\n{"id"\n', "utf-8")
    german = "Der Minister sagte, die Verhandlungen seien auf den nächsten Tag vertagt worden, weil noch " * 3
    (folder / "deutsch.txt").write_text(german, "utf-8")
    result = run("add", path, folder, "--published", "2015-07-14")
    assert result.exit_code == 1
    assert "not coded: deutsch: its language is 'de'; only English is coded" in result.stderr
    assert "bad.jsonl:2: not a JSON object" in result.stderr
    assert "2 filed, 2 not coded" in result.stderr
    assert ask(path, "SELECT id, state, published FROM report ORDER BY id") == [
        ("7", "coded", "2015-07-14"),
        ("deutsch", "uncoded", "2015-07-14"),
        ("good", "coded", "2015-07-14"),
    ]
    ((source, reason),) = ask(path, "SELECT source, reason FROM failures")
    assert str(source).endswith("bad.jsonl")
    assert "[bad-json]" in str(reason)
    again = run("add", path, folder, "--published", "2015-07-14")
    assert "0 filed, 3 there already, 1 not coded" in again.stderr
    assert ask(path, "SELECT count(*) FROM failures") == [(1,)]


def test_another_text_under_one_name_is_filed_and_told(tmp_path) -> None:
    path, report = tmp_path / "talks.db", tmp_path / "zarif.txt"
    report.write_text(REPORT, "utf-8")
    run("add", path, report)
    report.write_text(
        "Austria's chancellor opened a bridge in Linz on Sunday and spoke of the river.", "utf-8"
    )
    result = run("add", path, report)
    assert "note: zarif is there with another text; filed as zarif@" in result.stderr
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("module", "name", "arguments"),
    [
        ("adding", "add", ("add", "DOSSIER", "--example")),
        ("recode", "recode", ("recode", "DOSSIER", "--all")),
    ],
)
def test_ctrl_c_says_that_what_is_done_is_safe(dossier, monkeypatch, module, name, arguments) -> None:
    def stopped(*_: object, **__: object) -> Iterator[object]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(f"onrecord.dossier.{module}.{name}", stopped)
    result = run(*(dossier if word == "DOSSIER" else word for word in arguments))
    assert result.exit_code == 130
    assert "is safe: run the same command again to go on" in result.stderr


def test_wrong_usage_is_status_two_and_no_dossier_is_status_one(tmp_path) -> None:
    assert run("add", tmp_path / "x.db").exit_code == 2
    assert run("add", tmp_path / "x.db", "--watch", tmp_path / "none").exit_code == 2
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "x.db").write_text("not a dossier " * 99, "utf-8")
    (tmp_path / "a.txt").write_text(REPORT, "utf-8")
    for arguments in (("add", tmp_path / "x.db", tmp_path / "a.txt"), ("recode", tmp_path / "x.db")):
        result = run(*arguments)
        assert result.exit_code == 1
        assert "this is no dossier of onrecord" in result.stderr


def test_entries_are_judged_and_listed(dossier) -> None:
    ((position, party),) = ask(dossier, "SELECT id, party FROM position ORDER BY n LIMIT 1")
    ((statement,),) = ask(dossier, "SELECT id FROM statement ORDER BY n LIMIT 1")
    told = run(
        "review", dossier, "correct", position, "stance=conditional", "date=2015-07-01", "--why", "only if"
    )
    assert (told.exit_code, told.stderr) == (0, "")
    assert run("review", dossier, "reject", str(statement)[:9], position).exit_code == 0
    assert run("review", dossier, "undo", 4, "--user", "Bob").exit_code == 0
    added = run("review", dossier, "add", "position", "vienna-1-deadline", "0:6", f"party={party}",
                "issue=agreement", "stance=supports", "act=accepts")  # fmt: skip
    assert added.stdout.startswith("added p-")
    lines = run("review", dossier, "list").stdout.splitlines()
    assert [line.split()[2:4] for line in lines] == [
        ["Ann", "correct"], ["Ann", "correct"], ["Ann", "reject"], ["Ann", "reject"], ["Bob", "undo"],
        ["Ann", "add"],
    ]  # fmt: skip
    assert "stance=conditional only if" in lines[0]
    assert "date=2015-07-01 only if" in lines[1]
    assert lines[3].endswith("[undone]")
    assert len(run("review", dossier, "list", position).stdout.splitlines()) == 3
    assert run("review", dossier, "list", "--orphaned").stdout == ""
    assert ask(dossier, "SELECT stance, taken FROM positions WHERE id = ?", position) == [
        ("conditional", "2015-07-01")
    ]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["accept"], "accept ID..."),
        (["accept", "zz"], "no such entry"),
        (["correct", "p-1"], "correct ID FIELD=VALUE"),
        (["correct", "p-1", "red"], "FIELD=VALUE, like"),
        (["add", "thing", "r", "0:1", "a=b"], "none of statement"),
        (["undo", "one"], "no number of a review"),
        (["undo", "1"], "no review 1"),
        (["praise", "p-1"], "is not one of"),
    ],
)
def test_what_cannot_be_judged_is_wrong_usage(dossier, arguments, told) -> None:
    result = run("review", dossier, *arguments)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())


def test_issues_are_put_in_order(dossier) -> None:
    lines = run("issues", dossier, "list").stdout.splitlines()
    first, second = (line.split()[0] for line in lines[:2])
    ((held,),) = ask(dossier, "SELECT id FROM position WHERE issue = ? ORDER BY n LIMIT 1", first)
    assert "is part of" in run("issues", dossier, "merge", first, second, "--why", "one matter").stdout
    assert run("issues", dossier, "split", first, held, "--label", "A matter apart").exit_code == 0
    assert run("issues", dossier, "rename", "a-matter-apart", "Its own matter").exit_code == 0
    assert ask(dossier, "SELECT label FROM positions WHERE id = ?", held) == [("Its own matter",)]
    assert len(run("issues", dossier, "list").stdout.splitlines()) == len(lines)
    for wrong in (["merge", first], ["split", first, held], ["rename", first]):
        assert "usage: onrecord issues" in run("issues", dossier, *wrong).stderr
    for number in (3, 2, 1):
        assert run("review", dossier, "undo", number).exit_code == 0
    assert run("issues", dossier, "list").stdout.splitlines() == lines


def test_coding_again_says_what_changed(dossier, tmp_path) -> None:
    assert run("recode", dossier).stdout == "nothing to do: every report was coded with what is used now\n"
    own = tmp_path / "own.csv"
    assert run("actors", "init", own).exit_code == 0
    result = run("recode", dossier, "--actors", own)
    assert result.exit_code == 0
    first, *tables = result.stdout.splitlines()
    assert first.startswith("3 reports, ")
    assert [line.split()[0] for line in tables] == ["statements", "tellings", "positions"]
    assert all(line.endswith("0 added, 0 gone, 0 changed") for line in tables)
    assert ask(dossier, "SELECT count(DISTINCT knowledge), min(knowledge) LIKE '%+%' FROM report") == [(1, 1)]


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
def test_watching_files_what_arrives_and_ends_with_ctrl_c(tmp_path) -> None:
    inbox, path = tmp_path / "inbox", tmp_path / "talks.db"
    inbox.mkdir()
    process = subprocess.Popen(
        [*COMMAND, "add", str(path), "--watch", str(inbox)], stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    assert process.stderr.readline().startswith("watching")
    row = {"id": "arrived", "text": REPORT, "published": "2015-07-14"}
    (inbox / "one.jsonl").write_text(json.dumps(row), "utf-8")
    assert process.stderr.readline() == "filed: arrived\n"
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=20)[1] == "1 filed\n"
    assert process.returncode == 0
    assert ask(path, "SELECT id, published FROM reports") == [("arrived", "2015-07-14")]
