"""A dossier's file in any state: it is read, or refused with a remedy, and never made worse."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.cli import main
from onrecord.dossier.connection import connect
from onrecord.errors import DossierError
from tests.dossiers import dossier, golden

LISTINGS = ("reports", "statements", "positions")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return dossier(tmp_path_factory.mktemp("whole") / "talks.db", golden()).read_bytes()


def test_a_dossier_with_any_bytes_overwritten_is_read_or_refused(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "talks.db"

    @settings(max_examples=40, deadline=None, derandomize=True, database=None)
    @given(
        st.integers(0, len(whole) - 1), st.binary(min_size=1, max_size=64), st.integers(1, 3_000),
        st.sampled_from(LISTINGS),
    )  # fmt: skip
    def check(at: int, data: bytes, times: int, listing: str) -> None:
        damaged = (whole[:at] + data * times + whole[at + len(data) * times :])[: len(whole)]
        path.write_bytes(damaged)
        result = run("show", path, listing)
        assert result.exit_code in (0, 1), result.exception
        assert isinstance(result.exception, SystemExit | None), result.exception
        if result.exit_code:
            assert str(path) in result.stderr
        assert path.read_bytes() == damaged

    check()


def test_a_dossier_cut_anywhere_is_read_or_refused(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "talks.db"
    for size in (*range(0, 200, 25), *range(4096, len(whole), len(whole) // 12)):
        path.write_bytes(whole[:size])
        result = run("show", path, "statements")
        assert isinstance(result.exception, SystemExit | None), result.exception
        assert result.exit_code == 0 or str(path) in result.stderr


@contextmanager
def without_rights() -> Iterator[None]:
    """As a user who is not root, whom no file can keep out."""
    if os.getuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_dossier_that_may_not_be_written_is_read_and_not_changed(whole: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "talks.db"
        path.write_bytes(whole)
        path.chmod(0o444)
        path.parent.chmod(0o555)
        with without_rights():
            with closing(connect(path)) as connection:
                assert connection.execute("SELECT count(*) FROM reports").fetchone()[0] == 3
            for how in ({"write": True}, {"create": True}):
                with pytest.raises(DossierError, match="may not be written") as raised:
                    connect(path, **how)
                assert raised.value.code == "read-only"
        path.parent.chmod(0o755)
        assert path.read_bytes() == whole
        assert list(path.parent.iterdir()) == [path]
