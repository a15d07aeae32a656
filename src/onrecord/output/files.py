"""Output files and folders that are there whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import UsageError


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A binary stream whose content stands at ``path`` once the block ends well, and never in part.

    Raises UsageError where the folder cannot be written in. What is no plain file (a pipe, /dev/null) is
    written to as it stands.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as special:
            yield special
        return
    target = path.resolve()  # through a link, so that the link stays one
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as e:
        raise UsageError(f"{path}: cannot be written ({e.strerror})") from e
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        os.chmod(name, _mode(target))
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """An empty folder whose content stands at ``path`` once the block ends well, and never in part.

    It is filled beside ``path``. Raises UsageError where ``path`` is there already, but for an empty folder
    (people work in such folders: nothing of theirs is replaced), and where its place cannot be written in.
    """
    target = path.resolve()
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise UsageError(f"{path}: is there already; name a new folder, or move that one away")
    try:
        made = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as e:
        raise UsageError(f"{path}: cannot be written ({e.strerror})") from e
    try:
        yield made
        made.chmod(0o777 & ~_umask())
        os.replace(made, target)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _mode(target: Path) -> int:
    """The mode of the file to replace, else that of a new file."""
    if target.exists():
        return target.stat().st_mode & 0o7777
    return 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
