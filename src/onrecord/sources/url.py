"""URLs and lists of them: the pages to read, in the order given; what cannot be had comes as a Failure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import DocumentError, UsageError
from onrecord.sources.failure import Failure
from onrecord.sources.fetch_guard import is_url, printable

if TYPE_CHECKING:
    from onrecord.sources.fetch import Client
    from onrecord.sources.fetch_cache import Page
    from onrecord.sources.fetch_manners import Manners

# A list is told by the ending of its name alone, and only where it is given by that name: that a text holds
# nothing but URLs must not make us fetch them.
ENDINGS = (".urls",)


def client(manners: Manners, warn: Callable[[str], None] = lambda message: None) -> Client:
    """A client that fetches in this manner. Raises UsageError where a library is missing."""
    try:
        from onrecord.sources.fetch import Client
    except ImportError as e:
        raise UsageError(f"fetching a URL needs {e.name}: pip install 'onrecord[sources]'") from e
    return Client(manners, warn)


def fetch(urls: Iterable[str], client: Client) -> Iterator[Page | Failure]:
    """The page at each URL, or why there is none; a URL that comes again is passed over, and told."""
    seen: set[str] = set()
    for url in urls:
        if url in seen:
            client.warn(f"{printable(url)}: given more than once; read once")
            continue
        seen.add(url)
        try:
            yield client.get(url)
        except DocumentError as e:
            yield Failure.of(e)


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
