"""One request over HTTP: to an address already checked, within bounds of time and size.

No redirect is followed here, no cookie kept, no proxy asked.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass

from onrecord.errors import DocumentError
from onrecord.sources.fetch_guard import Target, printable
from onrecord.sources.fetch_manners import Bounds

_PIECE = 65_536
# A host with a hundred addresses that do not answer must not keep us for a hundred waits.
_ADDRESSES = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: the names of ``headers`` are in lower case, the first of each counts."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


def exchange(
    place: Target, ips: list[str], headers: Mapping[str, str], bounds: Bounds, tls: ssl.SSLContext | None
) -> Answer:
    """The answer of the first of these addresses that takes a connection; its body only where it is a page.

    ``tls`` is what a secure connection rests on, None for a plain one. Raises DocumentError: 'unreachable',
    'tls', 'timeout', 'bad-answer', 'truncated', 'too-large'.
    """
    shown = printable(place.url)
    try:
        with closing(_connect(place, ips, bounds, tls)) as connection, _within(connection, bounds) as over:
            try:
                answer = _ask(connection, place, headers, bounds)
            except (OSError, http.client.HTTPException, ValueError):
                if not over.is_set():
                    raise
            if over.is_set():
                message = f"not done within {bounds.whole:g} seconds; try later, or save the page yourself"
                raise DocumentError(shown, "timeout", message)
            return answer
    except TimeoutError as e:
        waited = f"{bounds.connect:g} seconds to connect, {bounds.idle:g} without a byte"
        message = f"the server does not answer ({waited}); try later, or check the network"
        raise DocumentError(shown, "timeout", message) from e
    except ssl.SSLCertVerificationError as e:
        message = f"its certificate does not hold: {e.verify_message}; the page was not read"
        raise DocumentError(shown, "tls", message) from e
    except ssl.SSLError as e:
        message = f"no secure connection ({e.reason or e}); the page was not read"
        raise DocumentError(shown, "tls", message) from e
    except http.client.IncompleteRead as e:
        message = "the page did not come whole; try again, or save it yourself and give the file"
        raise DocumentError(shown, "truncated", message) from e
    except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError) as e:
        message = "the server broke the connection off; try again"
        raise DocumentError(shown, "unreachable", message) from e
    except (http.client.HTTPException, ValueError) as e:
        message = f"the server does not speak HTTP as it should ({type(e).__name__}); save the page yourself"
        raise DocumentError(shown, "bad-answer", message) from e
    except OSError as e:
        message = f"the server cannot be reached ({e.strerror or e}); check the network, or try later"
        raise DocumentError(shown, "unreachable", message) from e


def _connect(
    place: Target, ips: list[str], bounds: Bounds, tls: ssl.SSLContext | None
) -> http.client.HTTPConnection:
    """A connection to the first address that takes one; the certificate must be the host's."""
    failed: OSError = OSError("the host has no address")
    for ip in ips[:_ADDRESSES]:
        try:
            sock = socket.create_connection((ip, place.port), timeout=bounds.connect)
        except OSError as e:
            failed = e
            continue
        break
    else:
        raise failed
    try:
        connection: http.client.HTTPConnection
        if tls:
            sock = tls.wrap_socket(sock, server_hostname=place.host)
            connection = http.client.HTTPSConnection(place.host, place.port, context=tls)
        else:
            connection = http.client.HTTPConnection(place.host, place.port)
        sock.settimeout(bounds.idle)
    except BaseException:
        sock.close()
        raise
    connection.sock = sock
    return connection


@contextmanager
def _within(connection: http.client.HTTPConnection, bounds: Bounds) -> Iterator[threading.Event]:
    """Shuts the connection down when its time is over, and says so by the event.

    A timeout of the socket is not enough: a server that sends a byte now and then would hold us for good.
    """
    over = threading.Event()
    sock = connection.sock

    def end() -> None:
        over.set()
        with suppress(OSError):
            # Not that of ssl.SSLSocket, which pulls the session away under the thread that reads.
            socket.socket.shutdown(sock, socket.SHUT_RDWR)

    timer = threading.Timer(bounds.whole, end)
    timer.daemon = True
    timer.start()
    try:
        yield over
    finally:
        timer.cancel()


def _ask(
    connection: http.client.HTTPConnection, place: Target, headers: Mapping[str, str], bounds: Bounds
) -> Answer:
    connection.request(
        "GET", place.path, headers={**headers, "Accept-Encoding": "gzip", "Connection": "close"}
    )
    with connection.getresponse() as response:
        found: dict[str, str] = {}
        for name, value in response.getheaders():
            found.setdefault(name.lower(), value)
        body = b"".join(_body(response, found, place, bounds)) if response.status == 200 else b""
        return Answer(response.status, found, body)


def _body(
    response: http.client.HTTPResponse, headers: Mapping[str, str], place: Target, bounds: Bounds
) -> Iterator[bytes]:
    """The pieces of a body, unpacked, no more of them than the bound on their size."""
    shown = printable(place.url)
    packing = headers.get("content-encoding", "").strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip"):
        message = f"packed as {printable(packing)!r}, which was not asked for; save the page yourself"
        raise DocumentError(shown, "bad-answer", message)
    pieces = _unpacked(_raw(response), shown) if packing.endswith("gzip") else _raw(response)
    message = f"larger than is fetched ({bounds.size:,} bytes); save it yourself and give the file"
    large = DocumentError(shown, "too-large", message)
    if not bounds.cut and (response.length or 0) > bounds.size:
        raise large
    size = 0
    for piece in pieces:
        size += len(piece)
        if size <= bounds.size:
            yield piece
        elif bounds.cut:
            return
        else:
            raise large


def _raw(response: http.client.HTTPResponse) -> Iterator[bytes]:
    # Not read(), which takes a chunk that says it has -1 bytes for all that will ever come.
    buffer = bytearray(_PIECE)
    while got := response.readinto(buffer):
        yield bytes(buffer[:got])
    if response.length:  # what Content-Length promised and did not come; http.client passes over that
        raise http.client.IncompleteRead(b"", response.length)


def _unpacked(pieces: Iterator[bytes], shown: str) -> Iterator[bytes]:
    """What gzip packed, in pieces so small that a bomb is seen before it is large."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        for piece in pieces:
            while piece and not unpacker.eof:
                yield unpacker.decompress(piece, _PIECE)
                piece = unpacker.unconsumed_tail
            if unpacker.eof:
                return
    except zlib.error as e:
        message = f"its gzip packing is damaged ({e}); try again, or save the page yourself"
        raise DocumentError(shown, "bad-answer", message) from e
    yield unpacker.flush()
    if not unpacker.eof:
        raise http.client.IncompleteRead(b"")
