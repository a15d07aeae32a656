"""Open, make and check the file of a dossier; what SQLite reports becomes a DossierError with its remedy."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path

from onrecord.errors import DossierError, UsageError

# 'onrc', in the header of the file: says that it is a dossier and no other database.
APPLICATION_ID = 0x6F6E7263
_BUSY_MS = 30_000
_CACHE_KIB = 64 * 1024
_WAL_PAGES = 4000


def connect(path: str | os.PathLike[str], *, write: bool = False, create: bool = False) -> sqlite3.Connection:
    """A connection to a dossier, its rows readable by name, without an implicit transaction.

    ``write`` also brings an older file up to date; ``create`` makes the file where there is none, and
    includes ``write``. Close it after use. Raises DossierError where the file is missing, no dossier, made by
    a newer version, damaged, locked or not to be written.
    """
    place = Path(path)
    with errors(place):
        if not os.path.exists(place) and not create:  # Path.exists raises where a folder may not be read
            raise DossierError(place, "missing", "there is no such dossier; 'onrecord add' makes one")
        connection = _writable(place) if write or create else _readable(place)
        try:
            _prepare(connection, place, write=write or create, create=create)
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is done inside stands, or nothing of it. Waits for other writers; sqlite3's errors pass."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def errors(path: str | os.PathLike[str]) -> Iterator[None]:
    """Every sqlite3 error inside is raised as a DossierError that names the file and the remedy.

    Words that are no Unicode, as a shell may hand them over, are a UsageError: SQLite takes none.
    """
    try:
        yield
    except sqlite3.Error as e:
        raise _explained(Path(path), e) from e
    except UnicodeEncodeError as e:
        raise UsageError(
            f"{e.object!r} is no Unicode text; no dossier holds it, so write it otherwise"
        ) from e


def version() -> int:
    """The version of the schema that this program writes."""
    return len(_scripts())


def _writable(path: Path) -> sqlite3.Connection:
    if os.path.exists(path) and not os.access(path, os.W_OK):
        raise DossierError(path, "read-only", _REMEDY[sqlite3.SQLITE_READONLY][1])
    return _connect(f"{path.absolute().as_uri()}?mode=rwc")


def _readable(path: Path) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode=ro"
    connection = _connect(uri)
    try:
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.OperationalError as e:
        connection.close()
        if e.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
        # Readers of a file in WAL mode write beside it; where they may not, nobody else writes either. What a
        # run that was killed left beside the file would be passed over, and is refused.
        log = path.with_name(f"{path.name}-wal")
        if log.exists() and log.stat().st_size:
            message = f"its last reports are in {log.name}; copy both to a folder that you may write in"
            raise DossierError(path, "read-only", message) from e
        return _connect(f"{uri}&immutable=1")
    except BaseException:
        connection.close()
        raise
    return connection


def _connect(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=_BUSY_MS / 1000)
    connection.row_factory = sqlite3.Row
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, *, write: bool, create: bool) -> None:
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cell_size_check = ON")  # the file may come from somebody else
    _check(connection, path, create=create)
    if not write:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA trusted_schema = OFF")  # triggers need it; readers have none
        if _user_version(connection) < version():
            message = (
                "it was made by an older version; 'onrecord add' or 'onrecord recode' brings it up to date"
            )
            raise DossierError(path, "older", message)
        return
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")  # a killed run loses nothing; the file stays whole
    connection.execute(f"PRAGMA wal_autocheckpoint = {_WAL_PAGES}")
    if _user_version(connection) < version():
        _migrate(connection)


def _check(connection: sqlite3.Connection, path: Path, *, create: bool) -> None:
    """Raises where the file is something else than a dossier that this version knows."""
    # In this order: another run may make the dossier between the two.
    empty = not connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
    number = connection.execute("PRAGMA application_id").fetchone()[0]
    if number != APPLICATION_ID and not (empty and number == 0 and create):
        message = "this is no dossier of onrecord; give the file that 'onrecord add' made, or a new name"
        raise DossierError(path, "no-dossier", message)
    if _user_version(connection) > version():
        message = "it was made by a newer version of onrecord; upgrade with pip install -U onrecord"
        raise DossierError(path, "newer", message)


def _migrate(connection: sqlite3.Connection) -> None:
    with transaction(connection):
        there = _user_version(connection)  # read under the lock: another run may have done it
        for number, script in enumerate(_scripts()[there:], there + 1):
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _user_version(connection: sqlite3.Connection) -> int:
    number: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return number


@cache
def _scripts() -> tuple[str, ...]:
    """The schema of version 1 and what each later version changed, in order."""
    here = files("onrecord.dossier")
    later = here / "migrations"
    names = sorted(p.name for p in later.iterdir() if p.name.endswith(".sql")) if later.is_dir() else []
    return tuple((p.read_text("utf-8")) for p in (here / "schema.sql", *(later / name for name in names)))


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: executescript would end the transaction around it."""
    part = ""
    for line in script.splitlines(keepends=True):
        part += line
        if sqlite3.complete_statement(part):
            yield part
            part = ""


_REMEDY: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_NOTADB: (
        "no-dossier",
        "this is no dossier of onrecord; give the file that 'onrecord add' made, or a new name",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "damaged",
        "the file is damaged; put back a copy of it, or save what can be read: "
        "sqlite3 FILE .recover | sqlite3 NEW, then add the reports again",
    ),
    sqlite3.SQLITE_FULL: (
        "disk-full",
        "the disk is full; what was filed before is safe: free some space and run the same command again",
    ),
    sqlite3.SQLITE_IOERR: (
        "disk",
        "the disk did not take or give the data (full, over its quota, or failing); what was filed before "
        "is safe: look after the disk and run the same command again",
    ),
    sqlite3.SQLITE_READONLY: (
        "read-only",
        "the file or its folder may not be written; give yourself the right to write, or work on a copy",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "cannot-open",
        "it cannot be opened; see that the folder is there and that you may read and write in it",
    ),
    sqlite3.SQLITE_BUSY: (
        "locked",
        "another program holds the dossier; wait until it has ended, or end it, and run this again",
    ),
}
_REMEDY[sqlite3.SQLITE_LOCKED] = _REMEDY[sqlite3.SQLITE_BUSY]


def _explained(path: Path, error: sqlite3.Error) -> DossierError:
    number = getattr(error, "sqlite_errorcode", None)
    code, remedy = _REMEDY.get((number or 0) & 0xFF, ("database", "SQLite could not do it"))
    return DossierError(path, code, f"{remedy} [SQLite: {error}]")
