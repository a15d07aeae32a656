"""Runs that are killed, that meet, or that run out of room: nothing lost, nothing double, nothing by half."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest

from onrecord.dossier.connection import connect, errors
from onrecord.dossier.filing import file
from onrecord.dossier.rows import rows_of
from onrecord.errors import DossierError
from tests.dossier import filer
from tests.dossier.filer import made
from tests.dossier.test_reviews import shown

COUNT = 40
# Forked, so that a process starts at once: nothing is loaded anew.
FORK = multiprocessing.get_context("fork")


class Run:
    """A process that files the reports; ``lines`` are what it tells as it goes."""

    def __init__(self, path: Path, **how: Any) -> None:
        read, write = os.pipe()
        self.process = FORK.Process(target=filer.run, args=(str(path), COUNT, write), kwargs=how)
        self.process.start()
        os.close(write)
        self.lines = os.fdopen(read)

    def end(self) -> tuple[int | None, list[str]]:
        """Wait for its end: its exit code, and what it still told."""
        told = self.lines.read().splitlines()
        self.process.join()
        self.lines.close()
        return self.process.exitcode, told


def check_whole(connection: sqlite3.Connection) -> int:
    """Every report that is there has all its rows, and the file is sound: the number of reports."""
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    reports = connection.execute("SELECT n, id FROM report").fetchall()
    for n, name in reports:
        rows = rows_of(made(int(name.removeprefix("made-"))))
        for table, wanted in (
            ("statement", rows.statements),
            ("telling", rows.tellings),
            ("position", rows.positions),
            ("issue_in", rows.issues),
        ):
            (there,) = connection.execute(f"SELECT count(*) FROM {table} WHERE report = ?", (n,)).fetchone()
            assert there == len(wanted)
    for table in ("report", "statement"):
        connection.execute(f"INSERT INTO {table}_text({table}_text) VALUES ('integrity-check')")
    return len(reports)


def file_all(connection: sqlite3.Connection) -> None:
    for n in range(COUNT):
        file(connection, made(n))


def by_content(path: Path) -> list[str]:
    connection = connect(path, write=True)
    assert check_whole(connection) == COUNT
    found = shown(connection)
    connection.close()
    return found


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    path = tmp_path_factory.mktemp("whole") / "talks.db"
    connection = connect(path, create=True)
    file_all(connection)
    connection.close()
    return by_content(path)


def test_runs_that_are_killed_leave_whole_reports_and_can_be_started_again(tmp_path, undisturbed) -> None:
    path = tmp_path / "talks.db"
    draw = random.Random(5)
    there = killed = 0
    for _ in range(6):
        run = Run(path, pause=0.005)
        for _ in range(there + draw.randint(0, 4)):
            run.lines.readline()
        time.sleep(draw.random() / 50)
        run.process.kill()
        killed += run.end()[0] == -signal.SIGKILL  # a quick machine may be at the end before
        connection = connect(path, write=True, create=True)
        now = check_whole(connection)
        connection.close()
        assert now >= there
        there = now
    assert killed >= 3
    status, told = Run(path).end()
    assert status == 0
    assert sum(line.startswith("same") for line in told) == there
    assert by_content(path) == undisturbed


def test_two_runs_at_once_file_each_report_once(tmp_path) -> None:
    path = tmp_path / "talks.db"
    told = []
    for run in [Run(path), Run(path, backwards=True)]:
        status, lines = run.end()
        assert status == 0
        told += lines
    filed = sorted(line.split()[1] for line in told if line.split()[0] in ("new", "copy"))
    assert filed == sorted(f"made-{n}" for n in range(COUNT))
    by_content(path)


def test_where_the_disk_is_full_what_was_filed_stays_and_the_rest_follows(tmp_path, undisturbed) -> None:
    path = tmp_path / "talks.db"
    status, told = Run(path, most_bytes=500_000).end()
    assert status == 1
    assert "what was filed before is safe" in told.pop()
    connection = connect(path, write=True)
    assert 0 < len(told) == check_whole(connection) < COUNT
    connection.close()
    assert Run(path).end()[0] == 0
    assert by_content(path) == undisturbed


def test_where_the_file_may_not_grow_nothing_of_a_report_is_there(tmp_path) -> None:
    path = tmp_path / "talks.db"
    connection = connect(path, create=True)
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 12}")
    with pytest.raises(DossierError, match="the disk is full") as raised, errors(path):
        file_all(connection)
    assert raised.value.code == "disk-full"
    there = check_whole(connection)
    connection.execute("PRAGMA max_page_count = 100000")
    file_all(connection)
    assert there < check_whole(connection) == COUNT
    connection.close()
