"""Any text, any spans: what every export must bear, on records that chance makes."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from onrecord.output import (
    EXPORTS,
    FORMATS,
    Style,
    brat,
    csv_,
    dyads,
    ftm,
    gdelt,
    icews,
    parquet,
    polecat,
    tables,
)
from onrecord.output.urls import web_address
from onrecord.record import (
    Actor,
    CoderInfo,
    Date,
    Document,
    Event,
    Issue,
    Mention,
    Position,
    Record,
    Span,
    Statement,
    Warning,
)
from tests.output.test_annotation import read_brat

# Letters among all that ends a line, a cell, a field, a tag or a path, and a character of two UTF-16 units.
_ODD = "\t\n\r\x0b\x0c\x1b\x1c\x85\u2028\u2029\u202e\ufeff\"'`;:|<>&*_[](){}#\\/.=+-@!~$^,😀ж "
words = st.text(st.sampled_from("ab1" + _ODD), min_size=1, max_size=12)
texts = st.text(st.sampled_from("abc" + _ODD), min_size=1, max_size=40)


@st.composite
def records(draw: st.DrawFn) -> Record:
    text = draw(texts)

    def span(kind: type = Span, **more):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        return kind(start=start, end=end, text=" ".join(text[start:end].split()), **more)

    a, b = draw(words), draw(words)
    actors = tuple(
        Actor(
            id=name,
            name=name,
            kind=draw(st.sampled_from(["person", "state", "organisation", "unknown", "place"])),
            country=draw(st.sampled_from([None, "IRN", "XXX"])),
            sector=draw(st.sampled_from([None, "GOV", "ODD"])),
            role=draw(st.none() | words),
            mentions=(span(Mention, by="name"),),
        )
        for name in dict.fromkeys((a, b))
    )
    date = draw(st.sampled_from([None, Date(from_="2015-07-13", to="2015-07-14", precision="day")]))
    shared = {"because": draw(words), "confidence": 0.5}
    return Record(
        coder=CoderInfo(version="0", model="m", knowledge="k"),
        document=Document(
            id=draw(words),
            text=text,
            title=draw(st.none() | words),
            outlet=draw(st.none() | words),
            url=draw(words.map("https://a.example/".__add__) | words),
        ),
        actors=actors,
        statements=(
            Statement(
                id="s1",
                speaker=draw(st.sampled_from([a, None])),
                speaker_span=span(),
                via=(b,),
                addressee=None,
                cue=draw(st.sampled_from([None, span()])),
                content=(span(), span()),
                kind="direct",
                channel=None,
                said_on=date,
                **shared,
            ),
        ),
        events=(
            Event(
                id="e1",
                type=draw(st.sampled_from(["CONSULT", "odd type"])),
                mode=None,
                contexts=(),
                cameo=None,
                actor=(a, b),
                recipient=(),
                place=draw(st.none() | words),
                date=date,
                status="happened",
                according_to=None,
                span=span(),
                sentence=span(),
                **shared,
            ),
        ),
        issues=(Issue(id="i", label=draw(words), topic=None, proposed_by=(a,), mentions=(span(),)),),
        positions=(
            Position(
                id="p1",
                party=a,
                voice=b,
                issue="i",
                stance="supports",
                act="accepts",
                condition=span(),
                basis="self",
                date=date,
                span=span(),
                statement="s1",
                event=None,
                **shared,
            ),
        ),
        warnings=(Warning(code="w", message=draw(words)),),
    )


def written(name: str, record: Record) -> str:
    out = io.BytesIO()
    FORMATS[name].write([record, record], out, Style())
    return out.getvalue().decode()


few = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@few
@given(records())
def test_lines_of_cells_stay_lines_of_cells(record: Record) -> None:
    for name, columns in (
        ("polecat", polecat.COLUMNS),
        ("icews", icews.COLUMNS),
        ("gdelt", gdelt.COLUMNS),
        ("dyads", dyads.COLUMNS),
    ):
        lines = written(name, record).split("\n")[:-1]
        assert {line.count("\t") for line in lines} == {len(columns) - 1}
        assert all(len(line.splitlines()) == 1 for line in lines)


@few
@given(records())
def test_json_is_json_and_quotes_the_text(record: Record) -> None:
    text = record.document.text
    assert len(written("plover", record).split("\n")) == 3
    for line in written("plover", record).split("\n")[:-1]:
        json.loads(line)
    for item in json.loads(written("webanno", record))["items"]:
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for target in targets:
            quote, at = target["selector"]
            assert text[at["start"] : at["end"]] == quote["exact"]
    for task in json.loads(written("labelstudio", record)):
        for region in task["predictions"][0]["result"]:
            if region["type"] != "relation":
                value = region["value"]
                assert text[value["start"] : value["end"]] == value["text"]


@few
@given(records())
def test_csv_gives_the_values_back(record: Record) -> None:
    with tempfile.TemporaryDirectory() as name:
        csv_.write([record], Path(name))
        for table in tables.TABLES:
            with (Path(name) / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
            for row, values in zip(rows, table.rows(record), strict=True):
                for column, value in zip(table.columns, values, strict=True):
                    if column.kind == "text":
                        assert csv_.plain(row[column.name]) == (value or "")
                        assert row[column.name][:1] not in ("=", "+", "-", "@", "\t", "\r", "\n")


@few
@given(records())
def test_brat_s_reader_takes_it(record: Record) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "out"
        folder.mkdir()
        brat.write([record, record], folder)
        assert [p.name for p in Path(name).iterdir()] == ["out"]
        stems = [p.stem for p in folder.glob("*.ann")]
        assert len(stems) == 2
        for stem in stems:
            read_brat(folder, stem)


@few
@given(records())
def test_nothing_becomes_markup_in_a_dossier(record: Record) -> None:
    source = written("markdown", record)
    html = MarkdownIt("commonmark").enable("table").render(source)
    assert html.count("<h1>") == 1
    assert html.count("<h3>") == 1
    assert html.count("<tr>") == 3
    assert html.count("<ul>") == html.count("<h2>") - 1
    for address in re.findall(r'href="([^"]*)"', html):
        assert web_address(unescape(address))
        assert unquote(unescape(address)) == unquote(record.document.url)  # '[' becomes '%5B' there
    assert not any(
        f"<{tag}" in html for tag in ("em>", "a>", "code", "img", "script", "blockquote", "ol", "b>")
    )


@few
@given(records())
def test_followthemoney_rows_are_whole(record: Record) -> None:
    rows = list(csv.reader(io.StringIO(written("ftm", record), newline=""), dialect=csv.unix_dialect))
    assert {len(row) for row in rows} == {len(ftm.COLUMNS)}
    assert len({row[-1] for row in rows}) == len(rows)


def test_every_format_is_under_test_here() -> None:
    # Parquet takes any text as it is; test_tables.py reads it back.
    tried = {
        "polecat",
        "icews",
        "gdelt",
        "dyads",
        "plover",
        "webanno",
        "labelstudio",
        "csv",
        "brat",
        "markdown",
        "ftm",
    }
    assert set(EXPORTS) - tried == {"json", "jsonl", "parquet"}
    assert parquet.CANNOT_HOLD == tables.CANNOT_HOLD
