from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from onrecord.dossier import connection as opened
from onrecord.dossier.connection import APPLICATION_ID, connect, errors, transaction, version
from onrecord.dossier.filing import file
from onrecord.errors import DossierError, OnrecordError
from tests.dossier.made import record


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "the talks #1 – 100%?.db"
    made = connect(path, create=True)
    file(made, record())
    made.close()
    return path


def refused(path: Path, code: str, **how: bool) -> str:
    with pytest.raises(DossierError) as raised:
        connect(path, **how)
    assert isinstance(raised.value, OnrecordError)
    assert raised.value.code == code
    assert str(raised.value).startswith(f"{path}: ")
    return str(raised.value)


def test_a_new_dossier_knows_what_it_is(path) -> None:
    connection = connect(path)
    assert connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    assert connection.execute("PRAGMA user_version").fetchone()[0] == version()
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert connection.execute("SELECT id FROM reports").fetchone()["id"] == "dayton-1"
    connection.close()


def test_who_reads_does_not_write(path) -> None:
    connection = connect(path)
    with pytest.raises(DossierError) as raised, errors(path):
        connection.execute("UPDATE report SET outlet = NULL")
    assert raised.value.code == "read-only"
    connection.close()


def test_a_dossier_that_is_not_there(tmp_path) -> None:
    assert "'onrecord add' makes one" in refused(tmp_path / "none.db", "missing")
    assert refused(tmp_path / "none.db", "missing", write=True)
    assert "folder is there" in refused(tmp_path / "nowhere" / "none.db", "cannot-open", create=True)


def test_what_is_no_dossier_is_left_alone(tmp_path) -> None:
    text, other, empty = (tmp_path / name for name in ("a.txt", "b.db", "c.db"))
    text.write_text("We are ready to sign. " * 200, "utf-8")
    with sqlite3.connect(other) as made:
        made.execute("CREATE TABLE mine (x)")
    made.close()
    empty.touch()
    for path in (text, other):
        before = path.read_bytes()
        for how in ({}, {"write": True}, {"create": True}):
            assert "no dossier" in refused(path, "no-dossier", **how)
        assert path.read_bytes() == before
    refused(empty, "no-dossier")
    connect(empty, create=True).close()
    connect(empty).close()


def test_a_dossier_of_a_newer_version_is_left_alone(path) -> None:
    with sqlite3.connect(path) as made:
        made.execute("PRAGMA user_version = 99")
    made.close()
    for how in ({}, {"write": True}, {"create": True}):
        assert "pip install -U onrecord" in refused(path, "newer", **how)


def test_a_damaged_dossier_says_so(path) -> None:
    data = bytearray(path.read_bytes())
    data[8192 : len(data) - 4096] = b"\xa5" * (len(data) - 4096 - 8192)
    path.write_bytes(data)
    with pytest.raises(DossierError) as raised, errors(path):
        list(connect(path).iterdump())
    assert raised.value.code == "damaged"
    assert ".recover" in raised.value.message


def test_a_dossier_cut_short_says_so(path) -> None:
    path.write_bytes(path.read_bytes()[:40_000])
    with pytest.raises(DossierError) as raised, errors(path):
        connect(path).execute("SELECT * FROM reports").fetchall()
    assert raised.value.code in ("damaged", "no-dossier")


def test_a_dossier_that_another_program_holds(path, monkeypatch) -> None:
    monkeypatch.setattr(opened, "_BUSY_MS", 20)
    holder = connect(path, write=True)
    other = connect(path, write=True)
    with (
        transaction(holder),
        pytest.raises(DossierError, match="another program holds") as raised,
        errors(path),
        transaction(other),
    ):
        pass
    assert raised.value.code == "locked"
    with transaction(other):  # and then it is free
        pass
    for connection in (holder, other):
        connection.close()


def test_what_fails_inside_a_transaction_is_undone(path) -> None:
    connection = connect(path, write=True)

    def interrupted() -> None:
        with transaction(connection):
            connection.execute("DELETE FROM position")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert connection.execute("SELECT count(*) FROM position").fetchone()[0] == 2
    connection.close()


def test_an_older_dossier_is_brought_up_to_date_whole_or_not_at_all(path, monkeypatch) -> None:
    scripts = opened._scripts()
    newer = (
        *scripts,
        "ALTER TABLE report ADD COLUMN place TEXT;\nUPDATE report SET place = 'Dayton; Ohio';\n",
    )
    monkeypatch.setattr(
        opened, "_scripts", lambda: (*newer, "CREATE TABLE x (y);\nALTER TABLE nothing ADD z;\n")
    )
    assert "'onrecord add'" in refused(path, "older")
    with pytest.raises(DossierError):
        connect(path, write=True)
    monkeypatch.setattr(opened, "_scripts", lambda: newer)
    connection = connect(path, write=True)
    assert connection.execute("SELECT place FROM report").fetchone()["place"] == "Dayton; Ohio"
    assert connection.execute("PRAGMA user_version").fetchone()[0] == len(newer)
    assert not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'x'").fetchone()
    connection.close()


def test_a_dossier_in_a_folder_that_may_not_be_written_can_be_read(path, monkeypatch) -> None:
    real = opened._connect

    def readers_only(uri: str) -> sqlite3.Connection:
        if uri.endswith("mode=ro"):  # as SQLite does where it may not write beside the file
            return _Refusing()  # type: ignore[return-value]
        return real(uri)

    monkeypatch.setattr(opened, "_connect", readers_only)
    connection = connect(path)
    assert connection.execute("SELECT id FROM reports").fetchone()["id"] == "dayton-1"
    connection.close()
    path.with_name(f"{path.name}-wal").write_bytes(b"what a killed run left")
    assert "copy both" in refused(path, "read-only")


class _Refusing:
    def execute(self, sql: str) -> None:
        error = sqlite3.OperationalError("unable to open database file")
        error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
        raise error

    def close(self) -> None:
        pass
