from __future__ import annotations

import io
import json

import msgspec
import pytest

from onrecord.errors import UsageError
from onrecord.output import FOLDERS, FORMATS, Style, format_of, json_
from onrecord.output.records import read_records, select, stream_records
from onrecord.record import Record
from tests.output.sample import RECORD

OTHER = msgspec.structs.replace(RECORD, document=msgspec.structs.replace(RECORD.document, id="other"))


def written(name: str, records: list[Record]) -> bytes:
    out = io.BytesIO()
    FORMATS[name].write(records, out, Style())
    return out.getvalue()


def test_the_registry_holds_these_formats_and_no_other() -> None:
    assert {name: f.endings for name, f in FORMATS.items()} == {
        "table": (".txt",),
        "json": (".json",),
        "jsonl": (".jsonl", ".ndjson"),
        "polecat": (),
        "icews": (),
        "gdelt": (),
        "dyads": (),
        "plover": (),
        "webanno": (),
        "labelstudio": (),
        "ftm": (),
        "markdown": (".md",),
    }
    assert list(FOLDERS) == ["csv", "parquet", "brat"]
    assert format_of(".NDJSON") == "jsonl"
    assert format_of(".csv") is None


def test_json_is_an_object_for_one_record_and_an_array_for_more_or_none() -> None:
    assert json.loads(written("json", [RECORD]))["document"]["id"] == "treaty"
    assert [r["document"]["id"] for r in json.loads(written("json", [RECORD, OTHER]))] == ["treaty", "other"]
    assert json.loads(written("json", [])) == []


def test_json_lines_hold_one_record_a_line() -> None:
    lines = written("jsonl", [RECORD, OTHER]).split(b"\n")
    assert lines[-1] == b""
    assert [json.loads(line)["document"]["id"] for line in lines[:-1]] == ["treaty", "other"]


def test_lines_are_written_as_records_come() -> None:
    out = io.BytesIO()
    sizes = []

    def records():
        for record in (RECORD, OTHER):
            sizes.append(len(out.getvalue()))
            yield record

    json_.write_lines(records(), out, Style())
    assert sizes[0] == 0
    assert sizes[1] > 0


@pytest.mark.parametrize("name", ["json", "jsonl"])
@pytest.mark.parametrize("records", [[RECORD], [RECORD, OTHER]])
def test_what_is_written_is_read_back_the_same(name: str, records: list[Record], tmp_path) -> None:
    path = tmp_path / "records"
    path.write_bytes(written(name, records))
    assert read_records(str(path)) == records
    assert list(stream_records(str(path))) == records


def test_a_file_that_holds_no_record_is_refused(tmp_path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"a": 1}')
    with pytest.raises(UsageError, match="not a file of records"):
        read_records(str(path))


def test_a_stream_of_records_names_the_line_that_is_none(tmp_path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"\n" + written("jsonl", [RECORD]) + b'{"a": 1}\n')
    records = stream_records(str(path))
    assert next(records) == RECORD
    with pytest.raises(UsageError, match="line 3: no record"):
        next(records)
    path.write_bytes(b"")
    assert list(stream_records(str(path))) == []
    path.write_bytes(b'{"a": 1}\n')
    with pytest.raises(UsageError, match="not a file of records"):
        list(stream_records(str(path)))


def test_an_entry_is_addressed_with_its_document_where_there_are_several() -> None:
    assert select([RECORD], "s1") == (RECORD, "s1")
    assert select([RECORD, OTHER], "other:p2") == (OTHER, "p2")
    with pytest.raises(UsageError, match="say which, as DOCUMENT:s1"):
        select([RECORD, OTHER], "s1")
    with pytest.raises(UsageError, match="no record of 'third'"):
        select([RECORD, OTHER], "third:s1")
