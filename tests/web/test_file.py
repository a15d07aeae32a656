from __future__ import annotations

from contextlib import closing
from urllib.parse import unquote

from click.testing import CliRunner

from onrecord.cli import main
from onrecord.dossier.connection import connect
from onrecord.dossier.filters import EVERYTHING
from onrecord.dossier.narrowed import narrowed
from onrecord.web.file import as_html
from tests.web.test_pages import read


def written(path) -> str:
    with closing(connect(path)) as connection:
        return as_html(connection, "talks", EVERYTHING)


def test_the_file_holds_all_it_links_to_and_loads_nothing(talks_path) -> None:
    html = written(talks_path)
    links = read(html)
    assert not links.loads
    assert not links.runs
    assert {unquote(link.removeprefix("#")) for link in links.links} - {"main"} <= set(links.ids)
    assert len(links.ids) == len(set(links.ids))
    assert "<mark>" in html


def test_the_same_dossier_gives_the_same_file(talks_path) -> None:
    assert written(talks_path) == written(talks_path)


def test_a_hostile_report_stays_text(harm_path) -> None:
    links = read(written(harm_path))
    assert not links.loads
    assert not links.runs


def test_the_command_writes_markdown_of_what_the_filters_choose(talks_path, tmp_path) -> None:
    out = tmp_path / "report.md"
    result = CliRunner().invoke(main, ["report", str(talks_path), "-o", str(out), "--party", "Iran"])
    assert result.exit_code == 0, result.output
    rows = [line for line in out.read_text("utf-8").splitlines() if line.startswith("| ") and " [^" in line]
    assert rows
    assert all(row.startswith("| Iran |") for row in rows)


def test_an_issue_of_several_reports_is_one_in_markdown(talks_path) -> None:
    with closing(connect(talks_path)) as connection:
        records = list(narrowed(connection))
        held = {row[0] for row in connection.execute("SELECT DISTINCT issue FROM position")}
    assert {p.issue for record in records for p in record.positions} == held
    assert len(records) == 3


def test_the_command_writes_it(talks_path, tmp_path) -> None:
    out = tmp_path / "report.html"
    result = CliRunner().invoke(main, ["report", str(talks_path), "-o", str(out), "--party", "Iran"])
    assert result.exit_code == 0, result.output
    assert "Iran" in out.read_text("utf-8")
