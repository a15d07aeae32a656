"""What is large is read piece by piece: little memory, and no more read than is asked for."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from collections.abc import Callable, Iterator
from itertools import islice
from typing import BinaryIO, cast

import pytest

from onrecord.record import Document
from onrecord.sources import Failure, Options, read_stream
from onrecord.sources.limits import MAX_RATIO

TEXT = "The minister said on Tuesday that the talks in Vienna would go on until Friday. " * 25
MEGABYTE = 1024 * 1024


class Endless(io.RawIOBase):
    """A stream made of pieces as they are asked for, that counts what was read of it."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        if not self._rest:
            self._rest = next(self._pieces, b"")
        got, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(got)] = got
        self.count += len(got)
        return len(got)


def row(i: int) -> bytes:
    return json.dumps({"id": str(i), "text": f"{i} {TEXT}"}).encode() + b"\n"


def csv_row(i: int) -> bytes:
    return f'"{i}","{i} {TEXT}"\r\n'.encode()


def record(i: int) -> bytes:
    """A page in every tenth record, else a picture that is larger than all that may be held of it."""
    if i % 10:
        return answer(i, b"image/png", bytes(300_000))
    return answer(i, b"text/html", f"<html><body><h1>Report {i}</h1><p>{i} {TEXT}</p></body></html>".encode())


def answer(i: int, kind: bytes, body: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s" % (kind, len(body), body)
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/%d\r\n"
        b"WARC-Record-ID: <urn:uuid:%08d-0000-4000-8000-000000000000>\r\nWARC-Date: 2015-07-14T00:00:00Z\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
        % (i, i, len(http), http)
    )


def packed(make: Callable[[int], bytes]) -> Callable[[int], bytes]:
    return lambda i: gzip.compress(make(i), 1)


# What comes before the pieces, a piece, how many of them, and how many of these are reports.
KINDS = {
    "rows.jsonl": (b"", row, 1_500, 1_500),
    "rows.jsonl.gz": (b"", packed(row), 1_500, 1_500),
    "rows.csv": (b"id,text\r\n", csv_row, 1_500, 1_500),
    "crawl.warc": (b"", record, 200, 20),
    "crawl.warc.gz": (b"", packed(record), 200, 20),
}
SMALL = 3 * MEGABYTE  # of more than that, each of them is made


@pytest.mark.parametrize("name", KINDS)
def test_a_long_stream_takes_little_memory(name: str) -> None:
    head, make, count, reports = KINDS[name]
    list(read_stream(io.BytesIO(head + make(0)), name))  # what is loaded once is no part of it
    stream = cast(BinaryIO, io.BufferedReader(Endless(_with(head, make, count))))
    tracemalloc.start()
    try:
        found = sum(isinstance(item, Document) for item in read_stream(stream, name))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found == reports
    assert peak < SMALL


def _with(head: bytes, make: Callable[[int], bytes], count: int) -> Iterator[bytes]:
    if head:
        yield head
    yield from map(make, range(count))


@pytest.mark.parametrize("name", KINDS)
def test_no_more_is_read_than_is_asked_for(name: str) -> None:
    head, make, *_ = KINDS[name]
    raw = Endless(_with(head, make, 10**9))
    items = read_stream(cast(BinaryIO, io.BufferedReader(raw)), name)
    assert all(isinstance(item, Document) for item in islice(items, 2))
    assert raw.count < SMALL


def test_a_file_that_unpacks_without_end_is_left_in_time() -> None:
    bomb = Endless(iter([gzip.compress(bytes(64 * MEGABYTE), 9)] * 10**6))
    items = list(read_stream(cast(BinaryIO, io.BufferedReader(bomb)), "bomb.jsonl.gz"))
    assert [item.code for item in items if isinstance(item, Failure)][-1] == "unpacks-too-far"
    assert bomb.count < MEGABYTE
    assert MAX_RATIO < 1_000


def test_archives_in_archives_are_read_to_a_depth_only() -> None:
    data = TEXT.encode()
    for _ in range(8):
        data = gzip.compress(data)
    items = list(read_stream(io.BytesIO(data), "deep.txt.gz"))
    assert [item.code for item in items if isinstance(item, Failure)] == ["too-deep"]


def test_a_pipe_is_read_as_a_file_is() -> None:
    raw = Endless(iter([packed(record)(i * 10) for i in range(3)]))
    told: list[str] = []
    items = read_stream(
        cast(BinaryIO, io.BufferedReader(raw)), "standard input", options=Options(warn=told.append)
    )
    assert [d.url for d in items if isinstance(d, Document)] == [
        f"http://example.org/{i * 10}" for i in range(3)
    ]
    assert told == []
