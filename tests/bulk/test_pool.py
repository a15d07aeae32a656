from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from itertools import count, islice
from pathlib import Path

import pytest

from onrecord.bulk import code_many
from onrecord.bulk.pool import sensible_jobs
from onrecord.errors import OnrecordError, UsageError
from onrecord.record import Document, Record, from_json, to_json
from onrecord.sources import Failure, Options, example_inputs, read

BAD = Failure("bad.txt", "not-utf-8", "not valid UTF-8")


def documents() -> list[Document | Failure]:
    inputs, meta = example_inputs()
    items: list[Document | Failure] = list(read(inputs, Options(meta=meta)))
    short = [
        Document(id=f"d{i}", text=f"Iran's minister said on Monday that {i} points remained.")
        for i in range(6)
    ]
    return [*short[:3], BAD, *items, Document(id="empty", text=" "), *short[3:]]


def as_bytes(results) -> list[bytes | Failure]:
    return [to_json(r) if isinstance(r, Record) else r for r in results]


def test_one_and_two_processes_give_the_same_bytes_in_the_order_of_the_input() -> None:
    one = as_bytes(code_many(documents(), jobs=1))
    two = as_bytes(code_many(documents(), jobs=2, batch=2))
    assert one == two
    assert one[3] == BAD
    assert [r.code for r in one if isinstance(r, Failure)] == ["not-utf-8", "empty"]
    coded = [from_json(r).document.id for r in one if isinstance(r, bytes)]
    assert coded == [d.id for d in documents() if isinstance(d, Document) and d.id != "empty"]


def test_few_documents_are_under_way_at_a_time() -> None:
    taken = []

    def endless():
        for i in count():
            taken.append(i)
            yield Failure(f"f{i}", "x", "x")

    results = code_many(endless(), jobs=2, batch=3)
    for i in range(20):
        assert next(results).source == f"f{i}"
        assert len(taken) <= i + 1 + 3 * 2 * 3
    results.close()


def test_a_fault_in_one_document_is_named_and_the_rest_is_done(monkeypatch) -> None:
    class Faulty:
        def code(self, document: Document) -> Record:
            raise ZeroDivisionError("by zero")

    monkeypatch.setattr("onrecord.bulk.pool._coder", lambda model: Faulty())
    first, second = code_many([Document(id="a", text="Iran said no."), BAD])
    assert (first.source, first.code) == ("a", "internal")
    assert "ZeroDivisionError: by zero" in first.message
    assert second == BAD


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_unknown_model_is_wrong_usage(jobs: int) -> None:
    with pytest.raises(UsageError, match="no-such-model"):
        list(code_many(documents(), model="no-such-model", jobs=jobs, batch=1))


def test_a_worker_that_dies_is_told(monkeypatch) -> None:
    before = set(multiprocessing.active_children())
    endless = (Document(id=f"d{i}", text="Iran said no.") for i in count())
    results = code_many(endless, jobs=2, batch=1)
    assert isinstance(next(results), Record)
    for child in set(multiprocessing.active_children()) - before:
        os.kill(child.pid, signal.SIGKILL)
    with pytest.raises(OnrecordError, match=r"a worker process died .* d\d+; run again with fewer --jobs"):
        list(islice(results, 100))


@pytest.mark.parametrize(("jobs", "batch"), [(0, 1), (1, 0)])
def test_senseless_numbers_are_refused(jobs: int, batch: int) -> None:
    with pytest.raises(UsageError):
        code_many([], jobs=jobs, batch=batch)


def test_nothing_gives_nothing() -> None:
    assert list(code_many([], jobs=2)) == []


def test_the_number_of_processes_suits_the_machine() -> None:
    assert 1 <= sensible_jobs() <= min(8, os.cpu_count() or 1)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")
def test_workers_end_when_the_run_is_killed(tmp_path) -> None:
    source = tmp_path / "in.jsonl"
    line = json.dumps({"text": "Lavrov rejected the plan on Monday, the ministry said."})
    source.write_text("\n".join([line[:-1] + f', "id": "d{i}"}}' for i in range(4000)]), "utf-8")
    command = "from onrecord.cli import main; main()"
    run = subprocess.Popen(
        [
            sys.executable,
            "-c",
            command,
            "code",
            str(source),
            "--jobs",
            "2",
            "-o",
            str(tmp_path / "out.jsonl"),
        ],
        stderr=subprocess.DEVNULL,
    )

    def workers() -> list[str]:
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with contextlib.suppress(OSError):
                    parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
                    if "spawn_main" in (entry / "cmdline").read_text() and parent == str(run.pid):
                        found.append(entry.name)
        return found

    deadline = time.monotonic() + 60
    while len(started := workers()) < 2:
        assert run.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
    time.sleep(1)
    run.kill()
    run.wait()
    while any(
        Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes() for pid in started
    ):
        assert time.monotonic() < deadline, "workers outlive the run"
        time.sleep(0.1)
