from __future__ import annotations

import io
import re
from pathlib import Path

import msgspec
import pytest
from markdown_it import MarkdownIt

from onrecord.output import Style, markdown
from onrecord.record import Record
from tests.output.sample import RECORD
from tests.output.talks import BARE, TALKS

GOLDEN = Path(__file__).parent / "golden" / "dossier.md"


def written(*records: Record) -> str:
    out = io.BytesIO()
    markdown.write(iter(records), out, Style())
    return out.getvalue().decode()


def test_the_dossier_is_as_it_was() -> None:
    assert written(TALKS, RECORD, BARE) == GOLDEN.read_text("utf-8"), (
        "if the change is meant, write the new text into tests/output/golden/dossier.md"
    )


def test_every_line_has_its_footnote_and_every_footnote_its_words() -> None:
    text = written(TALKS, RECORD)
    notes = dict(re.findall(r"^\[\^(\d+)\]: (.*)$", text, re.M))
    used = re.findall(r"\[\^(\d+)\](?!:)", text)
    entries = sum(len(r.statements) + len(r.events) + len(r.positions) for r in (TALKS, RECORD))
    assert used == list(notes)
    assert len(used) == entries
    assert "“lift" not in text
    assert notes["1"].endswith("Reporter, 2015-07-14: “rejected the condition” (treaty:p2)")
    assert all("“" in note and "”" in note for note in notes.values())


def test_issues_with_one_id_are_one() -> None:
    other = msgspec.structs.replace(TALKS, document=msgspec.structs.replace(TALKS.document, id="b"))
    text = written(TALKS, other)
    assert text.count("### a divided Sarajevo") == 1
    assert text.startswith("# On record\n\n2 reports, 1995-11-15.\n")


def test_nothing_of_a_report_is_read_as_markup() -> None:
    html = MarkdownIt("commonmark").enable("table").render(written(TALKS, RECORD))
    assert not re.search(r"<(i|b|em|img|script|code)>", html)
    assert "&lt;i&gt;Dayton&lt;/i&gt;" in html
    assert re.findall(r'href="([^"]*)"', html) == ["https://example.org/talks?a=1&amp;b=2"] * len(
        re.findall("href", html)
    )
    assert "[bold]twice[/bold]" in html
    assert "\x1b" not in html


@pytest.mark.parametrize(
    "text",
    [
        "*a* _b_ `c` [d](e) <b>f</b> # g",
        "1. one",
        "1) one",
        "- a",
        "+ a",
        "=====",
        "a | b",
        "&amp; &#60;",
        "~~gone~~",
        "![x](http://y)",
        "http://y.example www.y.example a@b.example",
        "\\*",
        "[^1]",
        "$x$",
        "a\n\n# b",
        "> a",
        "# a #",
    ],
)
def test_text_is_text(text: str) -> None:
    markdown_it = MarkdownIt("gfm-like", {"linkify": False}).disable("linkify")
    for around in ("{}", "- {}", "### {}"):
        html = markdown_it.render(around.format(markdown.md(text)))
        inside = re.sub(r"</?(p|ul|li|h3)>", "", html).strip()
        plain = inside.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
        assert plain == " ".join(text.split())
    assert not re.search(r"(?<!\\)://|www\.|(?<!\\)@", markdown.md(text)) or ":/" in markdown.md(text)


def test_only_plain_addresses_become_links() -> None:
    for url, shown in (
        ("https://a.example/x?y=1", "<https://a.example/x?y=1>"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("https://a.example/><b>", "https:\\//a.example/\\>\\<b\\>"),
    ):
        document = msgspec.structs.replace(BARE.document, url=url)
        assert f"- bare, no date, {shown}\n" in written(msgspec.structs.replace(BARE, document=document))


def test_no_records_are_a_dossier_too() -> None:
    assert written() == "# On record\n\n0 reports.\n"
    assert written(BARE) == "# On record\n\n1 report.\n\n## Reports\n\n- bare, no date\n"
