"""Pages that were fetched, kept in a folder: each body once, under the hash of its bytes.

``pages/HASH-OF-URL.json`` says what is known of a page, ``bodies/AB/HASH-OF-BYTES`` holds what it was. No
name comes from outside. Files are there whole or not at all, so that several runs can share a folder.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import msgspec

from onrecord.errors import UsageError

_MAX_HEADER = 1_000


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page as it was fetched.

    ``url`` is what was asked for, ``final`` where redirects led; ``content_type``, ``etag`` and
    ``last_modified`` are headers, None where they were not sent; ``fetched`` is the time (ISO, UTC) when
    the server last said that the page is so; ``sha256`` the hash of ``body``.
    """

    url: str
    final: str
    content_type: str | None
    etag: str | None
    last_modified: str | None
    fetched: str
    sha256: str
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Cache:
    """Pages in a folder, which is made where it is not there."""

    folder: Path

    def get(self, url: str) -> Page | None:
        """The page kept for this URL; None where there is none, or what is there is damaged."""
        try:
            page = msgspec.json.decode(self._page(url).read_bytes(), type=Page)
            body = self._body(page.sha256).read_bytes()
        except (OSError, ValueError, msgspec.MsgspecError):
            return None
        if page.url != url or digest(body) != page.sha256:
            return None
        return msgspec.structs.replace(page, body=body)

    def put(self, page: Page) -> None:
        """Keep a page in place of what was kept for its URL. Raises UsageError where that cannot be done."""
        body = self._body(page.sha256)
        try:
            if not body.exists() or digest(body.read_bytes()) != page.sha256:
                _write(body, page.body)
            about = msgspec.structs.replace(page, body=b"")
            _write(self._page(page.url), msgspec.json.format(msgspec.json.encode(about)))
        except OSError as e:
            raise UsageError(f"{self.folder}: the cache cannot be written ({e.strerror or e})") from e

    def _page(self, url: str) -> Path:
        return self.folder / "pages" / f"{digest(url.encode())}.json"

    def _body(self, sha256: str) -> Path:
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise ValueError(sha256)  # a page file that someone else wrote must not name a path
        return self.folder / "bodies" / sha256[:2] / sha256


def validators(page: Page) -> Mapping[str, str]:
    """The headers that ask a server whether a page has changed."""
    known = {"If-None-Match": page.etag, "If-Modified-Since": page.last_modified}
    return {name: value for name, value in known.items() if value and is_plain(value)}


def is_plain(value: str) -> bool:
    """Whether the value of a header is printable ASCII of a sane length."""
    return value.isascii() and value.isprintable() and len(value) <= _MAX_HEADER


def digest(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{uuid4().hex}")
    try:
        unfinished.write_bytes(data)
        os.replace(unfinished, path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
