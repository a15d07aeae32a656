from __future__ import annotations

import csv
import sys
from pathlib import Path

import duckdb
import hypothesis
import msgspec
import pandas
import pyarrow.parquet
import pytest
from hypothesis import strategies

from onrecord import record
from onrecord.errors import UsageError
from onrecord.output import csv_, parquet, tables
from onrecord.output.columns import Table
from tests.output.sample import RECORD
from tests.output.talks import BARE, TALKS, TEXT

RECORDS = [TALKS, RECORD, BARE]
NAMES = [table.name for table in tables.TABLES]
# Fields that stand in columns of other names, in a table of their own, or in CANNOT_HOLD.
ELSEWHERE = {
    "Document": {"id", "repairs", "origins", "warnings"},
    "Statement": {"speaker_span", "cue", "said_on"},
    "Event": {"place_info", "date", "span", "sentence"},
    "Position": {"condition", "date", "span"},
    "Issue": set(),
    "Actor": {"mentions"},
    "Warning": {"span"},
}


@pytest.fixture(scope="module")
def csv_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("csv")
    csv_.write(RECORDS, folder)
    return folder


@pytest.fixture(scope="module")
def parquet_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parquet")
    parquet.write(RECORDS, folder)
    return folder


@pytest.mark.parametrize("table", tables.TABLES, ids=lambda t: t.name)
def test_columns_are_named_once_and_hold_what_they_say(table: Table) -> None:
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    types = {"text": str, "day": str, "integer": int, "number": float, "texts": tuple, "integers": tuple}
    for row in table.rows(TALKS):
        for value, column in zip(row, table.columns, strict=True):
            assert value is None or isinstance(value, types[column.kind]), column.name


@pytest.mark.parametrize("struct", ELSEWHERE)
def test_every_field_of_the_record_has_its_column(struct: str) -> None:
    table = next(t for t in tables.TABLES if t.name == f"{struct.lower()}s")
    fields = {f.name for f in msgspec.structs.fields(getattr(record, struct))}
    assert fields - ELSEWHERE[struct] <= {column.name for column in table.columns}


def test_a_csv_file_for_each_table_with_a_row_for_each_entry(csv_folder: Path) -> None:
    assert sorted(p.name for p in csv_folder.iterdir()) == sorted(
        f"{name}.csv" for name in (*NAMES, "columns")
    )
    rows = {name: len(pandas.read_csv(csv_folder / f"{name}.csv")) for name in NAMES}
    assert rows == {
        "documents": 3,
        "statements": 3,
        "events": 6,
        "issues": 3,
        "positions": 4,
        "actors": 11,
        "mentions": 14,
        "warnings": 2,
    }


def test_the_csv_folder_says_what_each_column_holds(csv_folder: Path) -> None:
    columns = pandas.read_csv(csv_folder / "columns.csv")
    for table in tables.TABLES:
        named = columns[columns["table"] == table.name]["column"].tolist()
        assert named == pandas.read_csv(csv_folder / f"{table.name}.csv").columns.tolist()
    assert columns["what"].str.len().min() > 5


def test_pandas_reads_the_csv_and_offsets_hold_in_the_text(csv_folder: Path) -> None:
    # As docs/howto/exports.md says.
    documents = pandas.read_csv(csv_folder / "documents.csv", dtype=str, keep_default_na=False)
    texts = documents.set_index("document")["text"].map(csv_.plain)
    assert texts[TALKS.document.id] == TEXT
    events = pandas.read_csv(csv_folder / "events.csv", dtype={"cameo": str})
    assert events["cameo"].dropna().tolist() == ["040", "195", "120", "041"]
    for event in events.itertuples():
        words = texts[event.document][event.span_start : event.span_end]
        assert " ".join(words.split()) == csv_.plain(event.span_text)


def test_lists_in_csv_are_joined(csv_folder: Path) -> None:
    with (csv_folder / "events.csv").open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    assert row["actor"] == "franjo-tudjman;slobodan-milosevic"
    assert row["actor_names"] == "Franjo Tuđman;Slobodan Milošević"
    assert row["lat"] == "39.759"
    assert row["lon"] == "-84.192"


def test_no_cell_of_the_csv_is_a_formula(csv_folder: Path) -> None:
    numbers = {c.name for t in tables.TABLES for c in t.columns if c.kind in ("number", "integer")}
    for path in csv_folder.iterdir():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert not [n for n, v in row.items() if n not in numbers and v[:1] in tuple("=+-@\t\r\n")]


@pytest.mark.parametrize(
    "text", ["=1", "'=1", "''@x", "-5", "+", "＝a", "\ta", "'quoted'", "plain", "", "'", "a=b"]
)
def test_guarding_is_undone(text: str) -> None:
    assert csv_.plain(csv_.guarded(text)) == text


@hypothesis.given(strategies.text(alphabet="'=-+@\ta ", max_size=6))
def test_guarding_is_undone_for_any_text(text: str) -> None:
    assert csv_.plain(csv_.guarded(text)) == text


def test_parquet_gives_the_values_back_with_their_types(parquet_folder: Path) -> None:
    for table in tables.TABLES:
        there = pyarrow.parquet.read_table(parquet_folder / f"{table.name}.parquet")
        assert there.schema.equals(parquet.schema(table), check_metadata=False)
        assert there.schema.field(0).metadata == {b"what": table.columns[0].what.encode()}
        expected = [
            tuple(list(v) if isinstance(v, tuple) else v for v in row)
            for r in RECORDS
            for row in table.rows(r)
        ]
        got = [
            tuple(v.isoformat() if hasattr(v, "isoformat") else v for v in row.values())
            for row in there.to_pylist()
        ]
        assert got == expected


def test_duckdb_asks_parquet(parquet_folder: Path) -> None:
    query = f"""
        SELECT d.published, e.type, substring(d.text, e.span_start + 1, e.span_end - e.span_start)
        FROM '{parquet_folder}/events.parquet' e JOIN '{parquet_folder}/documents.parquet' d USING (document)
        WHERE list_contains(e.actor, 'slobodan-milosevic')
    """
    ((day, kind, words),) = duckdb.sql(query).fetchall()
    assert (day.isoformat(), kind, words) == ("1995-11-15", "CONSULT", "met")


def test_parquet_is_written_in_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "GROUP", 2)
    parquet.write([TALKS, TALKS, BARE], tmp_path)
    file = pyarrow.parquet.ParquetFile(tmp_path / "events.parquet")
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [4, 4]


@pytest.mark.parametrize("writer", [csv_, parquet], ids=["csv", "parquet"])
def test_the_same_records_give_the_same_bytes(writer, tmp_path: Path) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
        writer.write(iter(RECORDS), folder)
    first, second = ({p.name: p.read_bytes() for p in folder.iterdir()} for folder in folders)
    assert first == second


def test_without_pyarrow_parquet_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"pip install 'onrecord\[bulk\]'"):
        parquet.write(RECORDS, tmp_path)
