"""Pages made before are given again as long as the dossier's file has not changed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

_MOST = 64  # pages, each under 300 kB

_Key = tuple[str | None, str]  # who would sign, and the address
# Of the file, and of what SQLite writes beside it: the time and size of the last change.
_Version = tuple[tuple[int, int], ...]


class Kept:
    """The last pages of a run. A page is a function of its address, the name that signs and the dossier."""

    def __init__(self, dossier: Path) -> None:
        self._files = (dossier, dossier.with_name(f"{dossier.name}-wal"))
        self._pages: OrderedDict[_Key, tuple[_Version, str]] = OrderedDict()
        self._lock = threading.Lock()

    def page(self, key: _Key, make: Callable[[], str]) -> str:
        """The HTML of an address, made where it is not there or is of before a change."""
        now = self._version()  # before it is made: what is written meanwhile makes the next one anew
        with self._lock:
            found = self._pages.get(key)
        if found is not None and found[0] == now:
            return found[1]
        html = make()
        with self._lock:
            self._pages[key] = (now, html)
            self._pages.move_to_end(key)
            while len(self._pages) > _MOST:
                self._pages.popitem(last=False)
        return html

    def _version(self) -> _Version:
        found = []
        for path in self._files:
            try:
                state = path.stat()
            except OSError:
                continue
            found.append((state.st_mtime_ns, state.st_size))
        return tuple(found)
