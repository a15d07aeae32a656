from __future__ import annotations

import hashlib
import io
import json
import sys
from pathlib import Path

import msgspec
import pytest

from onrecord.errors import UsageError
from onrecord.record import Document
from onrecord.sources import Failure, Options, example_inputs, read


@pytest.fixture
def warnings() -> list[str]:
    return []


def put(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def bare(document: Document | Failure) -> Document | Failure:
    """A document without where its facts were found."""
    return msgspec.structs.replace(document, origins=()) if isinstance(document, Document) else document


def lines(*rows: object) -> str:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


def test_a_text_file_is_a_document_named_by_its_stem(tmp_path) -> None:
    path = put(tmp_path / "026-agency.v2.txt", b"\xef\xbb\xbfOne.\r\nTwo.\n")
    assert list(map(bare, read([path]))) == [Document(id="026-agency.v2", text="One.\r\nTwo.\n")]


def test_inputs_keep_their_order_and_folders_are_sorted(tmp_path) -> None:
    for name in ("b/2.txt", "b/1.txt", "b/a/9.txt", "b/.hidden.txt", "a.txt"):
        put(tmp_path / name, name)
    documents = read([tmp_path / "b", tmp_path / "a.txt"])
    assert [d.id for d in documents if isinstance(d, Document)] == ["1", "2", "9", "a"]


def test_rows_give_their_fields_and_other_keys_are_passed_over(tmp_path) -> None:
    row = {
        "id": "r1",
        "text": "One.",
        "published": "2015-07-14",
        "title": "T",
        "outlet": "O",
        "url": "https://example.org/1",
        "byline": "B",
        "language": "en",
        "score": 3,
    }
    path = put(
        tmp_path / "rows.jsonl", "\ufeff" + lines(row, "", {"id": 7, "text": "Two."}, {"text": "Three."})
    )
    first, second, third = map(bare, read([path]))
    row.pop("score")
    assert first == Document(**row)
    assert second == Document(id="7", text="Two.")
    assert third.id == hashlib.sha256(b"Three.").hexdigest()


def test_a_bad_line_is_named_and_the_rest_is_read(tmp_path) -> None:
    path = put(
        tmp_path / "rows.jsonl",
        lines(
            "{not json",
            {"id": "a", "text": 5},
            {"id": "b"},
            {"id": "c", "text": "x", "published": "14 July"},
            {"id": "d", "text": "Good."},
            "[1]",
        ),
    )
    results = list(read([path]))
    assert [(r.line, r.code) if isinstance(r, Failure) else r.id for r in results] == [
        (1, "bad-json"),
        (2, "bad-row"),
        (3, "no-text"),
        (4, "bad-date"),
        "d",
        (6, "bad-row"),
    ]
    assert str(results[3]) == f"{path}:4: 'published' is '14 July', not a date like 2015-07-14 [bad-date]"


def test_lines_that_are_too_long_are_passed_over(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("onrecord.sources.json_lines._MAX_LINE", 64)
    path = put(tmp_path / "rows.jsonl", lines({"text": "x" * 500}, {"id": "a", "text": "Good."}))
    first, second = read([path])
    assert (first.code, first.line) == ("too-large", 1)
    assert second.id == "a"


def test_a_time_of_publication_is_a_day(tmp_path) -> None:
    path = put(tmp_path / "rows.jsonl", lines({"text": "x", "published": "2015-07-14T23:10:00Z"}))
    assert [d.published for d in read([path])] == ["2015-07-14"]


def test_meta_describes_files_by_their_stem(tmp_path, warnings) -> None:
    put(tmp_path / "t" / "a.txt", "A.")
    put(tmp_path / "t" / "b.txt", "B.")
    meta = put(
        tmp_path / "t" / "meta.jsonl",
        lines({"id": "a", "published": "2015-07-14", "title": None, "outlet": "O"}, {"id": "z"}),
    )
    options = Options(published="2001-01-01", meta=meta, warn=warnings.append)
    documents = list(map(bare, read([tmp_path / "t"], options)))
    assert documents == [
        Document(id="a", text="A.", published="2015-07-14", outlet="O"),
        Document(id="b", text="B.", published="2001-01-01"),
    ]
    assert warnings == [f"{meta}: no input file is named 'z'"]


def test_a_day_given_is_for_documents_without_one(tmp_path) -> None:
    path = put(tmp_path / "r.jsonl", lines({"text": "x", "published": "2015-07-14"}, {"text": "y"}))
    assert [d.published for d in read([path], Options("2001-01-01"))] == ["2015-07-14", "2001-01-01"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "meta.jsonl:1: not a JSON object"),
        ('{"title": "x"}', "meta.jsonl:1: the row has no 'id'"),
        ('{"id": "a"}\n{"id": "a"}', "meta.jsonl:2: a second row for 'a'"),
        ('{"id": "a", "published": "soon"}', "not a date"),
    ],
)
def test_a_bad_meta_file_is_wrong_usage(tmp_path, content, says) -> None:
    meta = put(tmp_path / "meta.jsonl", content)
    with pytest.raises(UsageError, match=says):
        list(read([put(tmp_path / "a.txt", "A.")], Options(meta=meta)))


def test_what_cannot_be_read_stands_as_a_failure(tmp_path, warnings) -> None:
    put(tmp_path / "t" / "bad.txt", b"\xff\xff")
    put(tmp_path / "t" / "good.txt", "Good.")
    put(tmp_path / "t" / "photo.png", b"\x89PNG\r\n")
    put(tmp_path / "t" / "style.css", "body { color: red }")
    (tmp_path / "empty").mkdir()
    results = list(read([tmp_path / "t", tmp_path / "empty"], Options(warn=warnings.append)))
    assert [r.code if isinstance(r, Failure) else r.id for r in results] == ["not-utf-8", "good", "no-input"]
    assert warnings == [
        f"{tmp_path / 't'}: left out what is no report of a kind that is read (2 of 4 files: .css, .png)"
    ]


def test_a_file_over_the_limit_is_no_report(tmp_path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as f:
        f.truncate(50_000_000)
    assert [r.code for r in read([path])] == ["too-large"]


def test_ids_that_come_twice_are_told_and_kept(tmp_path, warnings) -> None:
    paths = [put(tmp_path / "x" / "a.txt", "One."), put(tmp_path / "y" / "a.txt", "Two.")]
    assert [d.text for d in read(paths, Options(warn=warnings.append))] == ["One.", "Two."]
    assert warnings == ["a: a second document with this id; both are coded"]


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        (b"One text.\r\n", [hashlib.sha256(b"One text.\r\n").hexdigest()]),
        (b'\n {"id": "a", "text": "One."}\n{"id": "b", "text": "Two."}\n', ["a", "b"]),
        (b"\xff", ["not-utf-8"]),
    ],
)
def test_standard_input_is_one_text_or_json_lines(monkeypatch, data, ids) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data))))
    assert [r.code if isinstance(r, Failure) else r.id for r in read(["-"])] == ids


def test_the_examples_come_with_their_facts(warnings) -> None:
    inputs, meta = example_inputs()
    documents = list(read(inputs, Options(meta=meta, warn=warnings.append)))
    assert len({d.outlet for d in documents}) == len(documents) == 3
    assert all(d.published and d.title and d.byline for d in documents)
    assert all(450 <= len(d.text.split()) <= 700 for d in documents)
    assert not warnings
