"""WARC archives of web crawls: the pages among their records, streamed."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

from onrecord.errors import DocumentError
from onrecord.sources.failure import Failure
from onrecord.sources.kind import Blob, Kind, Read, missing_extra
from onrecord.sources.page import MAX_PAGE

GZIP = b"\x1f\x8b\x08"
_VERSION = b"WARC/1."
_WRAPPED = (
    b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
    b"Content-Length: %d\r\n\r\n"
)
_PIECE = 1 << 20
MAX_TRIES = 1_000
_PAGES = ("html", "xml")


def sniff(blob: Blob) -> str | None:
    """WARC/1 at the beginning, packed or not."""
    if blob.head.startswith(_VERSION):
        return "opens with WARC/1"
    if blob.head.startswith(GZIP):
        try:
            start = zlib.decompressobj(31).decompress(blob.head, 64)
        except zlib.error:
            return None
        if start.startswith(_VERSION):
            return "gzip that opens with WARC/1"
    return None


def read(blob: Blob) -> Read:
    """The documents of the pages that servers answered with, in their order.

    A damaged record comes as a Failure with its offset; reading goes on at the next record after it. Other
    records are counted, and told by ``options.warn``.
    """
    left_out: Counter[str] = Counter()
    for record in _records(blob):
        if isinstance(record, Failure):
            yield record
            continue
        reason = _no_page(record)
        if reason:
            left_out[reason] += 1
            continue
        yield from _page(blob, record)
    if left_out:
        counted = ", ".join(f"{count} {reason}" for reason, count in sorted(left_out.items()))
        blob.options.warn(f"{blob.name}: left out what is no web page ({counted})")


def _page(blob: Blob, record: _Record) -> Read:
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>") or None
    try:
        body = record.body()
    except DocumentError as e:
        yield Failure(blob.name, e.code, f"the page of {url} {e.message}", None, record.offset)
        return
    kind = record.content_type
    for item in blob.within(url or blob.name, BytesIO(body), url=url, content_type=kind):
        if isinstance(item, Failure):
            yield Failure(blob.name, item.code, f"{item.source}: {item.message}", None, record.offset)
        else:
            yield item


class _Record:
    """A record with where it stands in the whole file; ``body`` is to be read before the next one comes."""

    def __init__(self, record: Any, base: int) -> None:
        self._record = record
        self.headers = record.headers
        self.offset = base + record.stream_pos
        self.type = str(record.record_type)
        self.status: int | None = None
        self.content_type: str | None = record.headers.get("Content-Type")
        if record.is_http:
            record.parse_http()
            http = record.http_headers
            self.status = http.status_code if http is not None else None
            self.content_type = http.get("Content-Type") if http is not None else None

    def body(self) -> bytes:
        """What the server sent, unpacked. Raises DocumentError where it is cut short or damaged."""
        missing = self._record.content_length
        packed = self._record.reader.read(MAX_PAGE + 1)
        if len(packed) < min(missing, MAX_PAGE):
            message = f"is cut short: {len(packed):,} of {missing:,} bytes"
            raise DocumentError("", "truncated", message)
        http = self._record.http_headers
        if http is None:
            return bytes(packed)
        # fastwarc unpacks what it reads; but only what is read packed shows whether it is all there.
        headers = "".join(f"{key}: {value}\r\n" for key, value in http if "\n" not in key + value)
        answer = f"HTTP/1.1 200 OK\r\n{headers}\r\n".encode("utf-8", "replace") + packed
        whole = _WRAPPED % len(answer) + answer
        try:
            inner = next(_iterator(BytesIO(whole), parse_http=True, auto_decode="all"))
            return bytes(inner.reader.read(MAX_PAGE + 1))
        except (OSError, ValueError, StopIteration) as e:
            raise DocumentError("", "damaged", f"cannot be unpacked ({e})") from e


def _records(blob: Blob) -> Iterator[_Record | Failure]:
    """The records, and a Failure for each stretch that is none."""
    stream = blob.stream
    mark = _VERSION if blob.head.startswith(_VERSION) else GZIP
    start: int | None = stream.tell() if stream.seekable() else 0
    tried = 0  # places that are no record since the last one
    ended: int | None = None  # the record after which fastwarc saw nothing more, though there may be
    while start is not None:
        at = base = start
        damage = ""
        try:
            for record in _iterator(_From(stream, base), parse_http=False):
                at = base + record.stream_pos
                if ended is not None:
                    message = f"damaged after the record here; it goes on at byte {at:,}"
                    yield Failure(blob.name, "damaged", message, None, ended)
                tried, ended = 0, None
                yield _Record(record, base)
        except (OSError, ValueError) as e:
            damage = str(e)
        if not stream.seekable():
            if damage:
                message = f"damaged ({damage}); the rest cannot be read from a pipe: give the file"
                yield Failure(blob.name, "damaged", message, None, at)
            return
        start = _next(stream, at + 1, mark)
        tried += 1
        if tried == MAX_TRIES and start is not None:
            message = f"no record at {MAX_TRIES:,} places that look like one; the rest is left out"
            yield Failure(blob.name, "damaged", message, None, at)
            return
        if tried == 1 and damage:
            left = "the rest is left out" if start is None else "it goes on after it"
            message = f"damaged from here, or after the record here ({damage}); {left}"
            yield Failure(blob.name, "damaged", message, None, at)
        elif tried == 1:
            ended = at


def _iterator(stream: Any, **options: Any) -> Iterator[Any]:
    """The records of a stream. Raises UsageError where fastwarc is not installed."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as e:
        raise missing_extra(e, "sources") from e
    return iter(ArchiveIterator(stream, record_types=WarcRecordType.any_type, **options))


class _From:
    """A stream from an offset on, as it counts for fastwarc: from 0."""

    def __init__(self, stream: BinaryIO, start: int) -> None:
        self._stream = stream
        self._start = start
        if stream.seekable():
            stream.seek(start)
            self._at = start
        else:
            self._at = 0

    def read(self, size: int = -1) -> bytes:
        got = self._stream.read(size)
        self._at += len(got)
        return got

    def tell(self) -> int:
        return self._at - self._start

    def seek(self, offset: int, whence: int = 0) -> int:
        raise OSError("it is read from one end to the other")

    def close(self) -> None:
        """The stream is closed by who opened it."""


def _next(stream: BinaryIO, start: int, mark: bytes) -> int | None:
    """The offset of the next mark of a record, None where there is none."""
    stream.seek(start)
    kept = b""
    at = start
    while piece := stream.read(_PIECE):
        window = kept + piece
        found = window.find(mark)
        if found >= 0:
            return at - len(kept) + found
        kept = window[-(len(mark) - 1) :]
        at += len(piece)
    return None


def _no_page(record: _Record) -> str:
    """Why a record is no page; '' where it is one."""
    if record.type not in ("response", "resource"):
        return f"{record.type} records"
    if record.status is not None and record.status != 200:
        return f"answers {record.status}"
    kind = (record.content_type or "").partition(";")[0].strip().lower()
    if kind and not any(word in kind for word in _PAGES):
        return kind if len(kind) < 60 else "of another type"
    return ""


KIND = Kind("warc", "WARC archive of web pages", sniff, read, (".warc",))
