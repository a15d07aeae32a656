"""The tests have no network, nor have the programs that they start: if they had, this would fail."""

from __future__ import annotations

import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ASK = "import socket; socket.create_connection(('192.0.2.1', 9), timeout=1)"


@pytest.fixture
def noted(refused: Path) -> Iterator[Callable[[], str]]:
    """What was refused in a test, which may try here."""
    before = refused.read_bytes()
    yield lambda: refused.read_bytes()[len(before) :].decode()
    refused.write_bytes(before)


def test_no_address_elsewhere_is_connected_to(noted: Callable[[], str]) -> None:
    for family, address in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        with socket.socket(family) as sock, pytest.raises(OSError, match="tests have no network"):
            sock.connect((address, 80))
    with socket.socket(type=socket.SOCK_DGRAM) as sock, pytest.raises(OSError, match="tests have no network"):
        sock.sendto(b"a question", ("192.0.2.53", 53))
    assert noted().count("connection to") == 3


def test_no_name_is_looked_up(noted: Callable[[], str]) -> None:
    for ask in (socket.gethostbyname, lambda host: socket.getaddrinfo(host, 80)):
        with pytest.raises(socket.gaierror, match="tests have no network"):
            ask("www.onrecord-docs.org")
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen("https://www.onrecord-docs.org/", timeout=1)
    assert noted().count("look-up of www.onrecord-docs.org") == 3


def test_nor_by_a_program_that_a_test_starts(noted: Callable[[], str]) -> None:
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=False)
    assert "tests have no network (192.0.2.1)" in done.stderr
    assert "connection to 192.0.2.1" in noted()


def test_this_machine_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1]), timeout=5).close()
