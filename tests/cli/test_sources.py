from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from onrecord.sources.registry import KINDS

INPUTS = Path(__file__).parent.parent / "sources" / "inputs"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], env={"COLUMNS": "160"})


def test_the_kinds_are_listed() -> None:
    table = run("sources").stdout
    assert [kind.name for kind in KINDS if f"{kind.name} " not in table] == []
    listed = json.loads(run("sources", "--format", "json").stdout)
    assert [row["name"] for row in listed] == [kind.name for kind in KINDS]


def test_what_a_page_is_taken_for_and_where_its_day_comes_from() -> None:
    result = run("sources", INPUTS / "news.html")
    assert result.exit_code == 0
    assert "opens with '!DOCTYPE html'" in result.stdout
    row = next(line for line in result.stdout.splitlines() if line.startswith("news "))
    assert row.split()[:4] == ["news", "2015-07-14", "json-ld", "datePublished"]
    assert result.stdout.endswith("1 document to code, 0 skipped\n")


def test_what_cannot_be_coded_is_told_with_its_language() -> None:
    result = run("sources", INPUTS / "french.txt", INPUTS / "scan.pdf", "--format", "json")
    assert result.exit_code == 1
    french, scan = json.loads(result.stdout)
    assert (french["code"], french["document"]["language"], french["words"]) == ("language", "fr", 50)
    assert (scan["code"], scan["kind"], scan["document"]) == ("no-text-layer", "pdf", None)


def test_a_hostile_name_does_not_reach_the_terminal(tmp_path) -> None:
    (tmp_path / "a\x1b[31m.txt").write_text("The talks ended.")
    assert "\x1b" not in run("sources", tmp_path).stdout


def test_a_column_is_named_by_the_user() -> None:
    path = INPUTS / "semicolons.csv"
    assert run("sources", path).exit_code == 1
    result = run("sources", path, "--field", "text=Inhalt", "--format", "json")
    assert [row["words"] for row in json.loads(result.stdout) if not row["failure"]] == [25, 19]


@pytest.mark.parametrize("given", ["text", "text=", "=body", "words=body"])
def test_a_mapping_that_is_none_is_wrong_usage(given) -> None:
    result = run("code", INPUTS / "rows.csv", "--field", given)
    assert result.exit_code == 2
    assert f"--field {given.partition('=')[0]}" in result.stderr
