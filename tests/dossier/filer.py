"""A process for the tests that files made reports in a dossier."""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Iterable, Iterator

import onrecord.dossier.adding as adding
from onrecord.errors import OnrecordError
from onrecord.record import Document, Record
from tests.dossier.made import TEXT, record

LINES = TEXT.split("\n\n")


def made(n: int) -> Record:
    """Report ``n``: every fourth is a copy of the one before it, the others have words of their own."""
    if n % 4 == 3:
        before = made(n - 1).document
        return record(f"made-{n}", f"(By wire.)\n\n{before.text}", published=before.published, outlet="Wire")
    own = " ".join(
        f"{word}{n}" for word in ("quail", "raven", "heron", "stork", "finch", "eagle", "robin") * 9
    )
    lines = [LINES[n % len(LINES)], own, LINES[(n + 1) % len(LINES)]]
    return record(f"made-{n}", "\n\n".join(lines) + "\n", published=f"1995-09-{n % 28 + 1:02}")


def run(
    path: str,
    count: int,
    told: int,
    backwards: bool = False,
    most_bytes: int | None = None,
    pause: float = 0.0,
) -> None:
    """File ``count`` reports as 'onrecord add' does, without the coder; ``told`` is the file descriptor that
    is told what became of each, ``pause`` the seconds that it then waits. Exits with 1 and the message where
    it cannot go on."""
    if most_bytes is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    adding.code_many = code_many  # type: ignore[assignment]
    order = range(count - 1, -1, -1) if backwards else range(count)
    try:
        for filed in adding.add(path, (adding.Sourced(made(n).document) for n in order)):
            os.write(told, f"{filed.what} {filed.report}\n".encode())
            time.sleep(pause)
    except OnrecordError as e:
        os.write(told, f"error {e}\n".encode())
        sys.exit(1)


def code_many(documents: Iterable[Document], **_: object) -> Iterator[Record]:
    for document in documents:
        yield made(int(document.id.removeprefix("made-")))
