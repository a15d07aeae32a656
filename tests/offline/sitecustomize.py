"""No network in tests: Python asks this file's hook before it connects, sends or looks up a name.

The test run calls ``block()``; the folder is on PYTHONPATH of every Python that a test starts, which imports
a module of this name by itself. What was refused is written to the file that ``ONRECORD_REFUSED`` names.
"""

from __future__ import annotations

import os
import sys

# Names that no server has (RFC 6761), which tests use for what cannot be found; nobody is asked about them.
NOBODY = ("invalid", "test", "example")


def block() -> None:
    """Refuse, from now on, whatever leaves this machine. It cannot be taken back."""
    sys.addaudithook(_hook)


def _hook(event: str, args: tuple[object, ...]) -> None:
    if not event.startswith("socket."):
        return
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = args[0].decode("latin-1") if isinstance(args[0], bytes) else args[0]
        if isinstance(host, str) and not _is_here(host):
            import socket

            if host.rstrip(".").rpartition(".")[2] not in NOBODY:
                _note(f"look-up of {host}")
            raise socket.gaierror(socket.EAI_NONAME, f"tests have no network ({host})")
    elif event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        sock, address = args[0], args[1]
        # To connect a datagram socket sends nothing: it is how a program asks for its own address.
        silent = event == "socket.connect" and getattr(sock, "type", 1) == 2
        if isinstance(address, tuple) and not silent and not _is_local(str(address[0])):
            _note(f"connection to {address[0]}")
            raise OSError(101, f"tests have no network ({address[0]})")


def _is_here(host: str) -> bool:
    """Whether a name needs nobody to be asked: this machine's, or an address in figures."""
    import socket

    if host in ("", "localhost", socket.gethostname()):
        return True
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, host.partition("%")[0])
        except OSError:
            continue
        return True
    try:
        socket.inet_aton(host.rstrip("."))  # 127.1, 0x7f000001
    except (OSError, UnicodeError):
        return False
    return True


def _is_local(address: str) -> bool:
    """Whether an address is one of this machine."""
    import socket

    if address in ("localhost", "") or address.startswith("127.") or address == "::1":
        return True
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((address.partition("%")[0], 0))
        except OSError:
            return False
    return True


def _note(what: str) -> None:
    path = os.environ.get("ONRECORD_REFUSED")
    # Ray's dashboard asks which cloud it runs in; it is refused, and no fault of a test (docs/security.md).
    if path and os.path.join("ray", "dashboard") not in sys.argv[0]:
        with open(path, "a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{what}, by {sys.argv[:1]}\n")


if os.environ.get("ONRECORD_REFUSED") and __name__ == "sitecustomize":
    block()
