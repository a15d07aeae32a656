"""A folder that reports arrive in: the files that are new or changed, once they are written whole."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

# A file's size and the time it was changed, in nanoseconds.
_State = tuple[int, int]
# Names that programs give to what they have not written whole yet.
_UNFINISHED = ("~", ".tmp", ".part", ".partial", ".crdownload", ".swp")


def arrivals(
    folder: Path, *, every: float = 1.0, wait: Callable[[float], None] = time.sleep
) -> Iterator[list[Path]]:
    """The files of a folder and its folders that are new or changed, sorted, look after look, without end.

    A file is given once it has been the same for two looks, ``every`` seconds apart; ``wait`` is called
    between looks. The first look also gives what is there already. An empty list is not given. A folder that
    goes away and comes back is followed.
    """
    given: dict[Path, _State] = {}
    before: dict[Path, _State] = {}
    while True:
        now = _look(folder)
        ready = sorted(p for p, state in now.items() if before.get(p) == state != given.get(p))
        given = {p: state for p, state in given.items() if p in now} | {p: now[p] for p in ready}
        before = now
        if ready:
            yield ready
        wait(every)


def _look(folder: Path) -> dict[Path, _State]:
    found: dict[Path, _State] = {}
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if hidden or path.name.lower().endswith(_UNFINISHED):
            continue
        try:
            state = path.stat()
        except OSError:
            continue  # gone since, or not to be read: the next look tells
        if path.is_file():
            found[path] = (state.st_size, state.st_mtime_ns)
    return found
