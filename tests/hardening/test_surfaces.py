"""Records of hostile reports on every way out: terminal, files, dossier, pages. Nothing of them acts."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from markdown_it import MarkdownIt

pytest.importorskip("starlette")
from onrecord.cli import main
from onrecord.coding.coder import Coder
from onrecord.dossier.listings import LISTINGS
from onrecord.output import EXPORTS, Folder
from onrecord.record import Document, Record, to_json
from tests.dossiers import dossier
from tests.hardening.hostile import ATTACKS, STEERS, report
from tests.web.conftest import client
from tests.web.test_pages import crawl, read


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def shows_nothing_that_steers(result: Result) -> None:
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert not set(result.stdout + result.stderr) & set(STEERS), ascii(result.stdout + result.stderr)


@pytest.fixture(scope="module")
def records(coder: Coder) -> list[Record]:
    """A record for each attack, of a report with it in its text and in every field."""
    made = []
    for attack in ATTACKS.values():
        field = attack.replace("\0", "")
        document = Document(
            id=field, text=report(field), title=field, outlet=field, byline=field, url=field,
            published="2015-07-14",
        )  # fmt: skip
        record = coder.code(document)
        # Names and labels as a user's own file may give them.
        made.append(
            msgspec.structs.replace(
                record,
                actors=tuple(
                    msgspec.structs.replace(a, name=f"{a.name} {field}", role=field) for a in record.actors
                ),
                issues=tuple(msgspec.structs.replace(i, label=f"{i.label} {field}") for i in record.issues),
            )
        )
    return made


@pytest.fixture(scope="module")
def lines(records: list[Record], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "records.jsonl"
    path.write_bytes(b"".join(to_json(record) + b"\n" for record in records))
    return path


@pytest.fixture(scope="module")
def filed(records: list[Record], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return dossier(tmp_path_factory.mktemp("dossier") / "harm.db", records)


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_stays_where_it_is_told_to(lines: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "in" / "here"
    out.parent.mkdir()
    result = run("export", lines, "--format", name, "-o", out, "--status", "all")
    assert result.exit_code == 0, result.stderr
    shows_nothing_that_steers(result)
    assert list(tmp_path.iterdir()) == [out.parent]
    assert list(out.parent.iterdir()) == [out]
    assert out.is_dir() == isinstance(EXPORTS[name], Folder)
    for path in out.rglob("*") if out.is_dir() else ():
        assert path.name.isprintable()
        assert not path.is_symlink()


def test_a_table_and_an_explanation_show_the_words_without_their_teeth(
    lines: Path, records: list[Record]
) -> None:
    from onrecord.output import FORMATS, Style

    with lines.with_name("table.txt").open("wb") as out:
        FORMATS["table"].write(records, out, Style())
    assert not set(lines.with_name("table.txt").read_text("utf-8")) & set(STEERS)
    lines.with_name("table.txt").unlink()
    one = lines.with_name("one.json")
    one.write_bytes(to_json(records[0]))
    for entry in (*records[0].statements, *records[0].events, *records[0].positions):
        shows_nothing_that_steers(run("explain", one, entry.id))


@pytest.mark.parametrize("listing", LISTINGS)
def test_listings_and_what_they_open(filed: Path, listing: str) -> None:
    for form in ("table", "md"):
        shows_nothing_that_steers(run("show", filed, listing, "--format", form))
    rows = json.loads(run("show", filed, listing, "--format", "json").stdout)
    for row in rows[:6]:
        if row.get("id"):
            shows_nothing_that_steers(run("open", filed, "--", row["id"]))


@pytest.mark.parametrize("name", ATTACKS)
def test_what_is_asked_for_is_words_never_a_query(filed: Path, name: str) -> None:
    before = filed.read_bytes()
    attack = ATTACKS[name].replace("\0", "")
    for option in ("--party", "--speaker", "--issue", "--topic", "--outlet", "--text"):
        shows_nothing_that_steers(run("show", filed, "statements", f"{option}={attack}"))
    shows_nothing_that_steers(run("open", filed, "--", attack))
    pages = client(filed)
    for field in ("party", "speaker", "issue", "topic", "outlet", "text", "q", "since", "sort", "page"):
        answer = pages.get(
            "/positions" if field in ("issue", "since") else "/statements", params={field: attack}
        )
        assert answer.status_code < 500
        assert not read(answer.text).runs
    assert filed.read_bytes() == before


def test_no_page_runs_or_loads_anything_of_a_report(filed: Path) -> None:
    pages = crawl(client(filed))
    assert len(pages) > 50
    for url, html in pages.items():
        links = read(html)
        assert not links.runs, url
        assert all(load.startswith("/static/") for load in links.loads), url
        assert not [
            link for link in links.links if not link.startswith(("/", "#", "?", "https://", "http://"))
        ]
        assert "<img" not in html


def test_the_report_in_one_file_runs_nothing(filed: Path, tmp_path: Path) -> None:
    for ending in ("html", "md"):
        out = tmp_path / f"report.{ending}"
        result = run("report", filed, "-o", out)
        assert result.exit_code == 0, result.stderr
    html = (tmp_path / "report.html").read_text("utf-8")
    assert not [name for name in read(html).runs if name not in ("script", "style")]
    assert "alert(1)</script>" not in html
    shown = MarkdownIt("commonmark").enable("table").render((tmp_path / "report.md").read_text("utf-8"))
    assert "<img" not in shown
    assert "<script" not in shown


def test_words_that_are_no_unicode_are_wrong_usage(filed: Path) -> None:
    for arguments in (("open", filed, "s-\udcff"), ("show", filed, "statements", "--party", "\udcff")):
        result = run(*arguments)
        assert result.exit_code == 2, result.exception
        shows_nothing_that_steers(result)
    assert client(filed).get("/entries/%ff%ed%a0%80").status_code == 404
