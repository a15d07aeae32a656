"""What a kind of input is, and the bytes that its reader gets."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from onrecord.errors import DocumentError, UsageError
from onrecord.record import Document
from onrecord.sources.checks import MAX_BYTES, too_large
from onrecord.sources.facts import text_id
from onrecord.sources.failure import Failure
from onrecord.sources.limits import Budget
from onrecord.sources.options import DEFAULT, Options

STDIN_NAME = "standard input"
HEAD = 65_536  # bytes that a sniff sees
# A page or a paper holds much that is no report: markup, pictures. It is read whole into memory.
MAX_FILE = 64 * 1024 * 1024

Read = Iterator[Document | Failure]


@dataclass(frozen=True)
class Blob:
    """The bytes of one file, wherever they lie, and what is known about them.

    ``name`` is for messages (a path, or a path and a member: ``a.zip: b/c.html``); ``stream`` stands at the
    first byte, of which ``head`` are the first 64 KiB; ``url`` and ``content_type`` are those of an answer
    of a server; ``is_member`` is true of one of the many files of an archive; ``inner`` reads what lies
    within: a member of an archive, the page of an e-mail.
    """

    name: str
    stream: BinaryIO
    head: bytes
    inner: Callable[[Blob], Read]
    url: str | None = None
    content_type: str | None = None
    options: Options = DEFAULT
    budget: Budget = field(default_factory=Budget)
    depth: int = 0
    is_member: bool = False

    @property
    def file(self) -> str:
        """The bare name of the file, without folders and archives."""
        return PurePosixPath(self.name.rpartition(": ")[2].replace("\\", "/")).name or self.name

    @property
    def ending(self) -> str:
        """The ending of the file's name in lower case, with its dot; '' without one."""
        return Path(self.file).suffix.lower()

    def id(self, text: str) -> str:
        """The id of a document that is the whole file: its address, else its name without the ending."""
        if self.url:
            return self.url
        return text_id(text) if self.name == STDIN_NAME else Path(self.file).stem or self.file

    def data(self, most: int = MAX_FILE) -> bytes:
        """All the bytes. Raises DocumentError where they are more than ``most``."""
        data = self.stream.read(most + 1)
        if len(data) > most:
            raise too_large(self.name) if most <= MAX_BYTES else _too_big(self.name, most)
        return data

    def within(
        self,
        name: str,
        stream: BinaryIO,
        *,
        url: str | None = None,
        content_type: str | None = None,
        is_member: bool = False,
    ) -> Read:
        """The documents of a file that lies within this one, one level deeper."""
        head, stream = peeked(stream)
        self.budget.enter(self.depth + 1, name)
        inner = replace(
            self,
            name=name,
            stream=stream,
            head=head,
            url=url,
            content_type=content_type,
            depth=self.depth + 1,
            is_member=is_member,
        )
        yield from self.inner(inner)


@dataclass(frozen=True)
class Kind:
    """A kind of input: one file in ``sources`` and one line in its registry.

    ``what`` says what it is, for people; ``sniff`` gives the reason to take a file for one, from its first
    bytes and its name, else None; ``read`` gives the documents. ``read`` may raise DocumentError, which
    becomes a Failure. ``endings`` are the usual ones: in a folder, a text is read only where it has one.
    """

    name: str
    what: str
    sniff: Callable[[Blob], str | None]
    read: Callable[[Blob], Read]
    endings: tuple[str, ...] = ()


def peeked(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first 64 KiB of a stream, and a stream that still begins with them."""
    if stream.seekable():
        at = stream.tell()
        head = stream.read(HEAD)
        stream.seek(at)
        return head, stream
    pieces: list[bytes] = []
    missing = HEAD
    while missing and (piece := stream.read(missing)):
        pieces.append(piece)
        missing -= len(piece)
    head = b"".join(pieces)
    return head, cast(BinaryIO, io.BufferedReader(_Joined(head, stream), HEAD))


class _Joined(io.RawIOBase):
    """Bytes already read, and the rest of their stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        source: bytes | memoryview = self._head[: len(buffer)]
        self._head = self._head[len(source) :]
        if not source:
            source = self._rest.read(len(buffer))
        buffer[: len(source)] = source
        return len(source)


def missing_extra(library: ImportError, extra: str) -> UsageError:
    """The error for a kind whose library is not installed."""
    return UsageError(f"this kind of input needs {library.name}: pip install 'onrecord[{extra}]'")


def _too_big(name: str, most: int) -> DocumentError:
    message = f"larger than {most // 1024 // 1024} MB, which is no report; take the text out of it"
    return DocumentError(name, "too-large", message)
