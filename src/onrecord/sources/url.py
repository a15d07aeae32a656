"""URLs and lists of them: the pages to read, in the order given; what cannot be had comes as a Failure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import DocumentError, UsageError
from onrecord.sources.failure import Failure
from onrecord.sources.fetch_guard import is_url, printable
from onrecord.sources.fetch_manners import Manners

if TYPE_CHECKING:
    from onrecord.sources.fetch import Client
    from onrecord.sources.fetch_cache import Page

ENDINGS = (".urls",)


class Urls:
    """The pages of a run: one client for all of them, made for the first, so that it remembers the hosts."""

    def __init__(self, manners: Manners, warn: Callable[[str], None]) -> None:
        self._manners = manners
        self._warn = warn
        self._client: Client | None = None

    def get(self, url: str) -> Page | Failure:
        """The page at a URL, or why there is none. Raises UsageError where a library is missing."""
        if self._client is None:
            self._client = _client(self._manners, self._warn)
        try:
            return self._client.get(url)
        except DocumentError as e:
            return Failure.of(e)


def expanded(inputs: Iterable[str | Path], warn: Callable[[str], None]) -> Iterator[str | Path]:
    """The inputs, with the URLs of a list in its place; a URL that comes again is left out.

    A file is a list by its ending ``.urls`` alone, and only where it is named: that a text holds nothing but
    URLs must not make us fetch them. Raises UsageError as ``read_list`` does.
    """
    seen: set[str] = set()
    for item in inputs:
        if str(item).startswith("-") or is_url(str(item)):
            found: list[str | Path] = [item]
        else:
            path = Path(item)
            found = [*read_list(path)] if path.suffix.lower() in ENDINGS and path.is_file() else [item]
        for one in found:
            if isinstance(one, str) and is_url(one):
                if one in seen:
                    warn(f"{printable(one)}: given more than once; read once")
                    continue
                seen.add(one)
            yield one


def read_list(path: Path) -> list[str]:
    """The URLs of a list, one a line; blank lines and those that begin with '#' are passed over.

    Raises UsageError at a line that is no URL, before anything is fetched.
    """
    try:
        lines = path.read_bytes().decode("utf-8-sig").splitlines()
    except OSError as e:
        raise UsageError(f"{path}: {e.strerror or e}") from e
    except UnicodeDecodeError as e:
        raise UsageError(f"{path}: not valid UTF-8 at byte {e.start}; a list of URLs is a text file") from e
    urls = []
    for number, line in enumerate(map(str.strip, lines), 1):
        if not line or line.startswith("#"):
            continue
        if not is_url(line):
            message = f"{line[:80]!r} is no URL; a list has one a line, with https:// before it"
            raise UsageError(f"{path}:{number}: {message}")
        urls.append(line)
    return urls


def is_list(text: str) -> bool:
    """Whether a text is nothing but a list of URLs, which is no report."""
    lines = [line.strip() for line in text.splitlines()]
    return any(lines) and all(is_url(line) and " " not in line for line in lines if line)


def _client(manners: Manners, warn: Callable[[str], None]) -> Client:
    try:
        from onrecord.sources.fetch import Client
    except ImportError as e:
        raise UsageError(f"fetching a URL needs {e.name}: pip install 'onrecord[sources]'") from e
    return Client(manners, warn)
