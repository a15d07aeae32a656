from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from onrecord.bulk import run as bulk_run
from onrecord.cli import main
from onrecord.dossier.connection import connect
from onrecord.dossier.filing import file
from onrecord.output import EXPORTS, FOLDERS
from onrecord.output.tables import TABLES
from onrecord.record import from_json, to_json
from tests.output.sample import RECORD
from tests.output.talks import TALKS


def run(*arguments: str | Path, input: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["export", *map(str, arguments)], input=input)


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_bytes(to_json(RECORD) + b"\n" + to_json(TALKS) + b"\n")
    return path


@pytest.mark.parametrize("name", EXPORTS)
def test_every_format_is_written_and_says_what_it_cannot_hold(
    name: str, records: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    result = run(records, "--format", name, "-o", out)
    assert result.exit_code == 0, result.output
    assert out.is_dir() == (name in FOLDERS)
    notes = [f"note: {name} cannot hold {what}" for what in EXPORTS[name].cannot_hold]
    assert result.stderr.splitlines()[: len(notes)] == notes
    assert run(records, "--format", name, "-o", tmp_path / "quiet", "--quiet").stderr == ""


def test_standard_input_and_output_and_several_inputs(records: Path) -> None:
    result = run("-", records, "--format", "jsonl", input=to_json(RECORD))
    assert [from_json(line) for line in result.stdout.splitlines()] == [RECORD, RECORD, TALKS]


def test_the_ending_of_out_asks_for_a_format(records: Path, tmp_path: Path) -> None:
    assert run(records, "-o", tmp_path / "out.jsonl").exit_code == 0
    assert (tmp_path / "out.jsonl").read_bytes() == records.read_bytes()
    result = run(records, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "--format NAME" in result.stderr


def test_a_folder_needs_a_place_that_is_free(records: Path, tmp_path: Path) -> None:
    assert "say where, with -o OUT" in run(records, "--format", "csv").stderr
    result = run(records, "--format", "csv", "-o", tmp_path)
    assert result.exit_code == 2
    assert "is there already" in result.stderr


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"no json", "not a file of records"), (b'{"a": 1}', "not a file of records")],
)
def test_what_holds_no_records_is_refused_and_nothing_is_written(
    content: bytes, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    result = run(path, "--format", "csv", "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert message in result.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


def test_other_inputs_are_named(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE a (b)")
    connection.close()
    for options in ((), ("--once",)):
        result = run(path, "--format", "jsonl", *options)
        assert result.exit_code == 1
        assert "dossier" in result.stderr
    assert "give the folder of a finished 'onrecord bulk'" in run(tmp_path, "--format", "jsonl").stderr
    assert "is none of" in run(path, "--format", "xml").stderr


def test_the_list_has_every_format_and_what_it_cannot_hold() -> None:
    lines = run("--list").stdout.splitlines()
    for name, chosen in EXPORTS.items():
        assert any(line.startswith(f"{name}: {chosen.what}") for line in lines)
        assert all(f"  - cannot hold {what}" in lines for what in chosen.cannot_hold)
    assert not any(line.startswith("table") for line in lines)


def test_the_columns_of_the_tables_are_told() -> None:
    lines = run("--columns").stdout.splitlines()
    assert "positions: a row is a position: where a party stands on an issue" in lines
    assert len(lines) == sum(1 + len(table.columns) for table in TABLES)


def test_events_that_are_not_told_as_done_are_counted(records: Path) -> None:
    result = run(records, "--format", "dyads")
    assert len(result.stdout.splitlines()) == 5
    assert result.stderr.splitlines()[-1] == (
        "note: dyads has no status: left out 3 events (1 denied, 2 planned); --status all keeps them"
    )
    result = run(records, "--format", "dyads", "--status", "all")
    assert len(result.stdout.splitlines()) == 8
    assert "left out" not in result.stderr
    assert "left out" not in run(records, "--format", "plover").stderr


def test_a_stream_goes_out_as_it_comes_in(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_bytes(to_json(RECORD) + b"\nbroken\n")
    result = run(path, "--format", "dyads")
    assert result.exit_code == 2
    assert "line 2: no record" in result.stderr
    assert len(result.stdout.splitlines()) == 2
    assert run(path, "--format", "dyads", "-o", tmp_path / "out").exit_code == 2
    assert not (tmp_path / "out").exists()


def test_once_leaves_out_what_comes_again_and_says_so(records: Path, tmp_path: Path) -> None:
    result = run(records, records, "--format", "jsonl", "--once", "-o", tmp_path / "out.jsonl")
    assert (tmp_path / "out.jsonl").read_bytes() == records.read_bytes()
    assert result.stderr == "note: copies of reports left out: 2\n"


def test_claims_can_be_left_out(records: Path) -> None:
    lines = run(records, "--format", "plover").stdout.splitlines()
    result = run(records, "--format", "plover", "--no-claims")
    assert len(lines) - len(result.stdout.splitlines()) == 2
    assert result.stderr.splitlines()[-1] == "note: events that somebody claims left out: 2"


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    path = tmp_path / "talks.db"
    copy = msgspec.structs.replace(TALKS.document, id="copy", outlet="Another Wire")
    with closing(connect(path, create=True)) as connection:
        for record in (TALKS, RECORD, msgspec.structs.replace(TALKS, document=copy)):
            file(connection, record)
    return path


def test_a_dossier_gives_its_records(dossier: Path) -> None:
    lines = run(dossier, "--format", "jsonl").stdout.splitlines()
    assert [from_json(line).document.id for line in lines] == [TALKS.document.id, "treaty", "copy"]
    assert from_json(lines[0]) == TALKS


def test_a_dossier_has_grouped_its_records_as_people_have_judged(dossier: Path) -> None:
    result = run(dossier, "--format", "jsonl", "--once")
    records = [from_json(line) for line in result.stdout.splitlines()]
    assert [r.document.id for r in records] == [TALKS.document.id, "treaty"]
    assert result.stderr == "note: copies of reports left out: 1\n"
    with closing(connect(dossier, write=True)) as connection:
        connection.execute(
            "UPDATE telling SET event = (SELECT event FROM telling WHERE local = 'e2' LIMIT 1)"
        )
    result = run(dossier, "--format", "jsonl", "--once")
    assert [len(from_json(line).events) for line in result.stdout.splitlines()] == [1, 0]
    assert result.stderr.endswith("note: further tellings of events left out: 5\n")


def test_a_bulk_run_gives_its_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = {r.document.id: r for r in (TALKS, RECORD)}
    monkeypatch.setattr(bulk_run, "code_many", lambda items, **_: (made[item.id] for item in items))
    list(bulk_run.run(bulk_run.Plan(tmp_path / "run", size=1), [r.document for r in made.values()]))
    lines = run(tmp_path / "run", "--format", "jsonl").stdout.splitlines()
    assert [from_json(line) for line in lines] == [TALKS, RECORD]
