"""A server on this machine that misbehaves: what it does is named by the path that is asked for.

It speaks raw bytes, so that it can break HTTP as real servers do, and writes down what it was asked.
"""

from __future__ import annotations

import gzip
import socket
import socketserver
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PEM = Path(__file__).with_name("localhost.pem")
STORY = (
    b"The foreign minister said on Tuesday that the talks in Vienna would go on until Friday, "
    b"and that a deal was near.\n"
)
Behaviour = Callable[["Visit"], None]


class Visit:
    """One connection whose request was read: the parts of the request, and ways to answer."""

    def __init__(self, sock: socket.socket, path: str, headers: dict[str, str], server: RudeServer) -> None:
        self.sock, self.path, self.headers, self.server = sock, path, headers, server
        self.host = headers.get("host", "").partition(":")[0]

    def raw(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.sock.sendall(data)

    def page(self, body: bytes = STORY, status: str = "200 OK", **headers: str) -> None:
        """Send an answer that is in order, with these headers (``_`` for ``-``)."""
        lines = {"Content_Type": "text/plain; charset=utf-8", "Content_Length": str(len(body)), **headers}
        head = "".join(f"{k.replace('_', '-')}: {v}\r\n" for k, v in lines.items() if v)
        self.raw(f"HTTP/1.1 {status}\r\n{head}\r\n".encode("utf-8", "surrogateescape") + body)

    def to(self, location: str, status: str = "302 Found") -> None:
        """Send a redirect."""
        self.page(b"", status, Location=location)

    def count(self) -> int:
        """How often this path of this host was asked for, this time included."""
        return sum(1 for host, path, _ in self.server.log if (host, path) == (self.host, self.path))

    def drip(self, data: bytes) -> None:
        """Send bytes one by one, for good, never so slowly that the connection looks idle."""
        while not self.server.over.wait(0.02):
            self.raw(data)

    def hold(self) -> None:
        """Say nothing until the tests are over."""
        self.server.over.wait()

    def reset(self) -> None:
        """Break the connection off as a crashed server does."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()


class RudeServer(socketserver.ThreadingTCPServer):
    """The server; ``log`` holds (host, path, headers) of every request, ``pages`` what each path does."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 50

    def __init__(self, pages: dict[str, Behaviour], tls: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages = pages
        self.log: list[tuple[str, str, dict[str, str]]] = []
        self.over = threading.Event()
        self.port: int = self.server_address[1]
        self.tls: ssl.SSLContext | None = None
        if tls:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(PEM)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what many of these tests are about."""

    def asked(self, path: str, host: str = "localhost") -> list[dict[str, str]]:
        """The headers of each request for a path of a host, in order."""
        return [headers for h, p, headers in self.log if (h, p) == (host, path)]

    def url(self, path: str, host: str = "localhost") -> str:
        """The URL of a path on this server."""
        return f"http{'s' if self.tls else ''}://{host}:{self.port}{path}"


class _Handler(socketserver.BaseRequestHandler):
    server: RudeServer

    def handle(self) -> None:
        with suppress(OSError):
            if self.server.tls:
                self.request = self.server.tls.wrap_socket(self.request, server_side=True)
            head = b""
            while b"\r\n\r\n" not in head:
                got = self.request.recv(65_536)
                if not got:
                    return
                head += got
            first, *lines = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
            path = first.split(" ")[1]
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
            visit = Visit(self.request, path, headers, self.server)
            self.server.log.append((visit.host, path, headers))
            self.server.pages.get(path, _missing)(visit)


@contextmanager
def serving(pages: dict[str, Behaviour], tls: bool = False) -> Iterator[RudeServer]:
    """The server, run on a thread of its own until the block ends."""
    with RudeServer(pages, tls) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()


def _missing(visit: Visit) -> None:
    visit.page(b"", "404 Not Found")


def bomb(size: int) -> bytes:
    """A gzip file that unpacks to so many zeros."""
    return gzip.compress(bytes(size))
