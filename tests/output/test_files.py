from __future__ import annotations

import os

import pytest

from onrecord.errors import UsageError
from onrecord.output.files import new_folder, replacing


def test_a_file_is_there_whole_once_the_block_ends(tmp_path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(b"old")
    with replacing(path) as out:
        out.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["out.jsonl"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_what_fails_leaves_the_old_file_and_no_other(tmp_path, error) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(b"old")

    def write_half() -> None:
        with replacing(path) as out:
            out.write(b"half")
            raise error

    with pytest.raises(error):
        write_half()
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["out.jsonl"]


def test_the_mode_and_the_link_stay(tmp_path) -> None:
    path, link = tmp_path / "out", tmp_path / "link"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path)
    with replacing(link) as out:
        out.write(b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_folder_that_is_not_there_is_wrong_usage(tmp_path) -> None:
    with pytest.raises(UsageError, match="cannot be written"), replacing(tmp_path / "no" / "out"):
        pass


def test_a_folder_is_there_whole_once_the_block_ends(tmp_path) -> None:
    path = tmp_path / "out"
    path.mkdir()
    with new_folder(path) as folder:
        (folder / "a").write_bytes(b"x")
        assert os.listdir(path) == []
    assert os.listdir(path) == ["a"]
    assert os.listdir(tmp_path) == ["out"]
    assert path.stat().st_mode & 0o777 == 0o777 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_folder_that_fails_leaves_nothing(tmp_path) -> None:
    def write_half() -> None:
        with new_folder(tmp_path / "out") as folder:
            (folder / "a").write_bytes(b"x")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_half()
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_folder_takes_no_place_that_is_taken(tmp_path, kind) -> None:
    path = tmp_path / "out"
    path.mkdir()
    (path / "work").write_bytes(b"mine")
    taken = path / "work" if kind == "file" else path
    with pytest.raises(UsageError, match="is there already"), new_folder(taken):
        pass
    assert (path / "work").read_bytes() == b"mine"


def test_a_folder_without_a_place_is_refused(tmp_path) -> None:
    with pytest.raises(UsageError, match="cannot be written"), new_folder(tmp_path / "no" / "out"):
        pass
