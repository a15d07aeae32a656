from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import onrecord
from onrecord.cli import COMMANDS, main

REPORT = (
    "Iran's foreign minister, Mohammad Javad Zarif, said on Monday that a deal was close.\n\n"
    "“We are ready to sign,” he told reporters in Vienna.\n"
)


COMMAND = [sys.executable, "-c", "from onrecord.cli import main; main()"]


def run(*arguments: str | Path, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], env=env)


@pytest.fixture
def report(tmp_path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, "utf-8")
    return path


def test_a_report_gives_json_lines_where_no_terminal_is(report) -> None:
    result = run("code", report, "--published", "2015-07-14")
    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    record = json.loads(line)
    assert record["format"] == "onrecord/1"
    assert record["document"]["id"] == "report"
    assert record["document"]["published"] == "2015-07-14"
    assert record["document"]["text"] == REPORT
    assert len(record["statements"]) == 2
    assert result.stderr == ""


def test_the_table_shows_what_was_said(report) -> None:
    result = run("code", report, "--format", "table")
    assert "Statements" in result.stdout
    assert "We are ready to sign" in result.stdout
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize(
    ("options", "env", "coloured"),
    [
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ([], {}, False),
    ],
)
def test_colour_survives_a_pipe_where_it_is_asked_for(report, options, env, coloured) -> None:
    result = run("code", report, "--format", "table", *options, env=env)
    assert ("\x1b[" in result.stdout) == coloured


@pytest.mark.parametrize(
    ("name", "first"), [("r.json", "{\n"), ("r.jsonl", '{"'), ("r.txt", "──"), ("r", '{"')]
)
def test_the_ending_of_the_output_chooses_the_format(report, tmp_path, name, first) -> None:
    out = tmp_path / "out" / name
    out.parent.mkdir()
    result = run("code", report, "-o", out)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert out.read_text("utf-8").startswith(first)
    assert os.listdir(out.parent) == [name]


def test_bad_documents_are_told_and_skipped_and_the_rest_is_done(report, tmp_path) -> None:
    (tmp_path / "binary.txt").write_bytes(b"a\0b")
    (tmp_path / "empty.txt").write_text("\n")
    (tmp_path / "latin.txt").write_bytes("un été".encode("latin-1"))
    (tmp_path / "nested.txt").write_text("He said " + "“‘" * 500 + "no" + "’”" * 500)
    (tmp_path / "rows.jsonl").write_text('{"id": "last", "text": "Iran said no."}\noops\n')
    result = run("code", tmp_path)
    assert result.exit_code == 1
    assert [json.loads(line)["document"]["id"] for line in result.stdout.splitlines()] == ["report", "last"]
    told = [line for line in result.stderr.splitlines() if line.startswith("skipped: ")]
    assert [line.rpartition("[")[2] for line in told] == [
        "binary]",
        "empty]",
        "not-utf-8]",
        "nested-quotes]",
        "bad-json]",
    ]
    assert f"{tmp_path / 'rows.jsonl'}:2:" in told[-1]
    assert result.stderr.splitlines()[-1] == "2 documents coded, 5 skipped"


def test_messages_are_safe_for_a_terminal(tmp_path) -> None:
    (tmp_path / "a\x1b[31m.txt").write_text("")
    result = run("code", tmp_path)
    assert result.exit_code == 1
    assert "\x1b" not in result.stderr
    assert "a\\x1b[31m" in result.stderr


@pytest.mark.parametrize("given", [REPORT, json.dumps({"id": "a", "text": REPORT})])
def test_standard_input_is_read(given) -> None:
    done = subprocess.run([*COMMAND, "code", "-"], input=given.encode(), capture_output=True, check=True)
    assert len(json.loads(done.stdout)["statements"]) == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["code"], "give INPUT, or --example"),
        (["code", "--example", "x.txt"], "does not exist"),
        (["code", "nowhere.txt"], "does not exist"),
        (["code", "REPORT", "--example"], "give INPUT, or --example"),
        (["code", "REPORT", "--published", "14 July"], "'14 July' is not a date like 2015-07-14"),
        (["code", "REPORT", "--jobs", "0"], "--jobs"),
        (["code", "REPORT", "--format", "xml"], "--format"),
        (["code", "REPORT", "--model", "no_such_model"], "no_such_model"),
        (["code", "REPORT", "-o", "/nowhere/out"], "cannot be written"),
        (["code", "REPORT", "--meta", "REPORT"], "not a JSON object"),
        (["explain", "REPORT", "s1"], "not a file of records"),
        (["nothing"], "No such command"),
    ],
)
def test_wrong_usage_is_two(report, arguments, says) -> None:
    result = run(*(report if a == "REPORT" else a for a in arguments))
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("name", ["r.json", "r.jsonl"])
def test_an_entry_is_explained(report, tmp_path, name) -> None:
    out = tmp_path / name
    run("code", report, "-o", out)
    result = run("explain", out, "s2")
    assert result.exit_code == 0
    assert "[“We are ready to sign,”]" in result.stdout
    assert "Rule" in result.stdout
    assert run("explain", out, "report:s2").stdout == result.stdout
    assert "has no entry 's9'; it has s1 to s2" in run("explain", out, "s9").stderr


def test_the_examples_are_coded_the_same_on_one_and_two_processes() -> None:
    one, two = run("code", "--example"), run("code", "--example", "--jobs", "2")
    assert one.exit_code == two.exit_code == 0
    assert one.stdout_bytes == two.stdout_bytes
    records = [json.loads(line) for line in one.stdout.splitlines()]
    assert [r["document"]["outlet"] for r in records] == [
        "Danube Wire",
        "The Northern Courier",
        "Levant Monitor",
    ]
    assert all(len(r["statements"]) >= 10 for r in records)


def test_the_library_gives_what_the_command_gives(report) -> None:
    document = onrecord.Document(id="report", text=REPORT, published="2015-07-14")
    (record,) = onrecord.load().stream([document])
    line = run("code", report, "--published", "2015-07-14").stdout
    assert json.loads(line)["statements"] == json.loads(_json(record))["statements"]
    assert onrecord.code(REPORT, published="2015-07-14").statements == record.statements
    assert onrecord.load() is onrecord.load()


def _json(record: onrecord.Record) -> bytes:
    from onrecord.record import to_json

    return to_json(record)


def test_the_versions_are_those_that_a_record_gives(coder) -> None:
    told = run("--version").stdout
    for line in (
        f"onrecord {coder.info.version}",
        f"knowledge {coder.info.knowledge}",
        f"model {coder.info.model}",
        f"attribution {coder.info.attribution}, on onnxruntime ",
    ):
        assert f"\n{line}" in f"\n{told}"


def test_the_help_has_every_command_with_its_whole_first_sentence() -> None:
    told = run("--help").stdout
    assert not re.search(r"[a-z]\.\.\.", told)
    assert re.findall(r"^  ([a-z]+)  +[A-Z]", told, re.M) == list(COMMANDS)


@pytest.mark.parametrize("arguments", [["--help"], ["code", "--help"], ["--version"]])
def test_help_is_there_at_once(arguments) -> None:
    started = time.perf_counter()
    subprocess.run([*COMMAND, *arguments], check=True, capture_output=True)
    # 0.15 s on an idle machine; the bound only tells that no model or parser was loaded.
    assert time.perf_counter() - started < 2


def many(tmp_path: Path) -> Path:
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(json.dumps({"id": f"d{i}", "text": REPORT}) + "\n" for i in range(2000)))
    return rows


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_ends_the_run_without_a_trace(tmp_path, jobs) -> None:
    command = [*COMMAND, "code", str(many(tmp_path)), "--jobs", jobs]
    with (
        (tmp_path / "errors").open("wb") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, start_new_session=True) as process,
    ):
        assert process.stdout.readline().startswith(b"{")
        os.killpg(process.pid, signal.SIGINT)
        process.communicate()
    told = (tmp_path / "errors").read_text("utf-8")
    assert process.returncode == 130
    assert "Traceback" not in told
    assert "Aborted!" in told


def test_a_reader_that_goes_away_ends_the_run_quietly(tmp_path) -> None:
    command = [*COMMAND, "code", str(many(tmp_path))]
    with (
        (tmp_path / "errors").open("wb") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors) as process,
    ):
        process.stdout.readline()
        process.stdout.close()
        process.wait()
    assert "Traceback" not in (tmp_path / "errors").read_text("utf-8")
