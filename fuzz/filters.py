"""Any words that a dossier is asked for give rows, or an error that says why not."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from sqlite3 import Connection

from running import run

from onrecord import OnrecordError
from onrecord.dossier.connection import connect, errors
from onrecord.dossier.evidence import resolve
from onrecord.dossier.filters import Filters
from onrecord.dossier.listings import LISTINGS
from tests.dossiers import dossier, golden, hostile
from tests.hardening.hostile import ATTACKS

FIELDS = ("party", "speaker", "issue", "topic", "since", "until", "outlet", "text")


@cache
def asked() -> Connection:
    """A dossier of the examples and of a hostile report."""
    path = Path(tempfile.mkdtemp()) / "talks.db"
    return connect(dossier(path, [*golden(), hostile()]))


def target(data: bytes) -> None:
    """The first two bytes choose the listing and the field; the rest is asked for."""
    listing = sorted(LISTINGS)[data[0] % len(LISTINGS)] if data else "positions"
    field = FIELDS[data[1] % len(FIELDS)] if len(data) > 1 else "text"
    words = data[2:].decode("utf-8", "surrogateescape")
    with suppress(OnrecordError), errors("talks.db"):
        LISTINGS[listing](asked(), Filters(**{field: words}))  # type: ignore[arg-type]
    with suppress(OnrecordError), errors("talks.db"):
        resolve(asked(), words)


if __name__ == "__main__":
    marks = [bytes([a, b]) for a in range(len(LISTINGS)) for b in range(len(FIELDS))]
    words = [b"Iran", b"embargo", b'"', b"*", b" OR ", b"NEAR(", b"%", b"_", b"2015-07-14", b"\x00"]
    run(target, [m + w for m in marks for w in words] + [a.encode() for a in ATTACKS.values()])
