"""The codebook has every field, value and column, and its examples are coded as it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, get_args, get_origin, get_type_hints

import msgspec
import pytest

from onrecord import Document, knowledge, record
from onrecord.bulk.run import Manifest
from onrecord.bulk.shards import FAILURES, RECORDS
from onrecord.coding.coder import Coder
from onrecord.coding.topics import topic_of
from onrecord.dossier import connection
from onrecord.output.tables import TABLES
from onrecord.record import Record
from scripts.docs import ROOT

CODEBOOK = (ROOT / "docs" / "codebook.md").read_text("utf-8")
DAY = "2015-07-14"  # of the examples, a Tuesday
STRUCTS = [
    struct
    for struct in vars(record).values()
    if isinstance(struct, type) and issubclass(struct, msgspec.Struct) and not struct.__name__.startswith("_")
]


def section(name: str, level: int = 2) -> str:
    """The text below a heading, up to the next of its level or above."""
    marks = "#" * level
    found = re.search(rf"^{marks} {re.escape(name)}$(.*?)(?=^#{{2,{level}}} |\Z)", CODEBOOK, re.M | re.S)
    assert found, f"the codebook has no section {name}"
    return found[1]


def first_cells(text: str) -> set[str]:
    """What stands in backquotes in the first cells of the tables of a text."""
    return {
        name for row in re.findall(r"^\| (`.*?) \|", text, re.M) for name in re.findall(r"`([^`]+)`", row)
    }


@pytest.mark.parametrize("struct", STRUCTS, ids=lambda s: s.__name__)
def test_every_field_and_value_of_a_record(struct: type[msgspec.Struct]) -> None:
    text = section(struct.__name__)
    assert {field.encode_name for field in msgspec.structs.fields(struct)} <= first_cells(text)
    for hint in get_type_hints(struct).values():
        for literal in (hint, *get_args(hint)):
            if get_origin(literal) is Literal:
                assert [value for value in get_args(literal) if f"`{value}`" not in text] == []


def listed(text: str, title: str) -> list[str]:
    """The first cells of the table whose header begins with this title."""
    lines = text.splitlines()
    start = next(
        n
        for n, line in enumerate(lines[:-1])
        if line.startswith(f"| {title} |") and lines[n + 1].startswith("| ---")
    )
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append(line.split(" | ")[0].removeprefix("| "))
    return rows


def test_every_type_mode_and_context_of_plover() -> None:
    plover = knowledge.read_toml("plover.toml")
    assert set(listed(section("Event"), "`type`")) == {f"`{name}`" for name in plover["types"]}
    modes = {f"`{name}` `{mode}`" for name, of in plover["types"].items() for mode in of["modes"]}
    assert set(listed(section("Event"), "`type` and `mode`")) == modes
    assert listed(section("Event"), "`context`") == [f"`{name}`" for name in sorted(plover["contexts"])]


def test_every_topic_in_order() -> None:
    topics = [topic["id"] for topic in knowledge.read_toml("topics.toml")["topic"]]
    assert listed(section("Issue"), "`topic`") == [f"`{topic}`" for topic in topics]


def test_every_channel() -> None:
    channels = knowledge.read_toml("attribution", "cues.toml")["channels"]
    assert set(listed(section("Statement"), "`channel`")) == {f"`{channel}`" for channel in channels}


def test_every_sector_that_is_given() -> None:
    roles = knowledge.read_toml("actors", "roles.toml")
    given = {*roles["people"], *roles["groups"]}
    for name in ("organisations.csv", "officeholders.csv"):
        given |= {row["sector"] for row in knowledge.read_csv("actors", name)} - {""}
    assert given == {row.strip("`") for row in listed(section("Actor"), "`sector`")}


def test_every_warning() -> None:
    sources = "".join(
        p.read_text("utf-8") for room in ("sources", "text", "actors", "coding")
        for p in (ROOT / "src/onrecord" / room).glob("*.py")
    )  # fmt: skip
    codes = set(re.findall(r'\bWarning\(\s*(?:code=)?"([a-z-]+)"', sources))
    codes |= set(re.findall(r'\.warn\(\s*"([a-z-]+)"', sources))
    assert codes
    assert codes <= first_cells(section("Warning"))


VIEWS = (
    "reports", "statements", "tellings", "events", "encounters",
    "issues", "positions", "actors", "reviews", "failures",
)  # fmt: skip


def test_every_column_of_the_views_of_a_dossier(tmp_path: Path) -> None:
    dossier = connection.connect(tmp_path / "talks.db", write=True, create=True)
    views = [name for (name,) in dossier.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
    assert set(views) == set(VIEWS)
    for view in VIEWS:
        cells = " ".join(listed(section(view, 3), "column"))
        columns = {row[1] for row in dossier.execute(f"PRAGMA table_info({view})")}
        assert set(re.findall("`([^`]+)`", cells)) == columns, view


def test_every_state_and_judgement() -> None:
    schema = (ROOT / "src/onrecord/dossier/schema.sql").read_text("utf-8")
    for column in ("state", "judgement"):
        for values in re.findall(rf"CHECK \({column} IN \(([^)]+)\)", schema):
            assert set(re.findall(r"'(\w+)'", values)) <= first_cells(section("Dossier")) | {
                "coded",
                "uncoded",
            }


def test_every_table_of_exports_and_of_a_corpus() -> None:
    text = section("Exported tables")
    assert [table.name for table in TABLES if f"`{table.name}`" not in text] == []
    corpus = section("Tables of a corpus")
    assert {f.name for f in msgspec.structs.fields(Manifest)} | {RECORDS, FAILURES, "copies"} <= first_cells(
        corpus
    )


# What a record shows of the first cell of a row, by the header of its table.
SHOWN: dict[str, Callable[[Record], set[str]]] = {
    "`kind`": lambda r: {s.kind for s in r.statements} | {a.kind for a in r.actors},
    "`by`": lambda r: {m.by for a in r.actors for m in a.mentions},
    "`precision`": lambda r: {d.precision for p in (*r.positions, *r.events) if (d := p.date) is not None},
    "`channel`": lambda r: {s.channel or "" for s in r.statements},
    "`type`": lambda r: {e.type for e in r.events},
    "`type` and `mode`": lambda r: {f"{e.type} {e.mode}" for e in r.events},
    "`context`": lambda r: {c for e in r.events for c in e.contexts},
    "`status`": lambda r: {e.status for e in r.events},
    "`absent`": lambda r: {a for e in r.events for a in e.absent},
    "`stance`": lambda r: {p.stance for p in r.positions},
    "`act`": lambda r: {p.act for p in r.positions},
    "`basis`": lambda r: {p.basis for p in r.positions},
}


def examples() -> Iterator[tuple[str, str, str]]:
    """Header of the first column, its value and the example, of each row of a table with examples."""
    header: list[str] = []
    for line in CODEBOOK.splitlines():
        cells = line.strip("|").strip().split(" | ") if line.startswith("| ") else []
        if not cells or cells[0].startswith("---"):
            header = header if cells else []
            continue
        if not header:
            header = cells
            continue
        column = next((n for n, title in enumerate(header) if title.startswith("example")), None)
        if column is not None and cells[column].startswith("'"):
            yield header[0], cells[0].replace("`", ""), cells[column][1:-1]


def test_examples_are_coded_as_the_table_says(coder: Coder) -> None:
    found = [row for row in examples() if row[0] in SHOWN]
    assert len(found) > 150
    wrong = [
        (value, sentence, sorted(shown))
        for header, value, sentence in found
        if value
        not in (shown := SHOWN[header](coder.code(Document(id="example", text=sentence, published=DAY))))
    ]
    assert wrong == [], "\n".join(map(str, wrong))


def test_examples_of_topics_have_them() -> None:
    rows = [(topic, label) for header, topic, label in examples() if header == "`topic`"]
    assert len(rows) > 30
    assert [(t, label, topic_of(label)) for t, label in rows if topic_of(label) != t] == []
