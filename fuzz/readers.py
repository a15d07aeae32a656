"""Any bytes by any name give documents and failures: the readers of every kind."""

from __future__ import annotations

from pathlib import Path

from running import run

from onrecord.sources import Failure, Options, read_bytes
from onrecord.sources.registry import KINDS
from tests.hardening.hostile import files

NAMES = ["standard input", *sorted({f"x{e}" for kind in KINDS for e in kind.endings})]
INPUTS = Path(__file__).parent.parent / "tests" / "sources" / "inputs"


def target(data: bytes) -> None:
    """The first byte chooses the name."""
    name = NAMES[data[0] % len(NAMES)] if data else NAMES[0]
    for item in read_bytes(data[1:], name, options=Options()):
        assert not (isinstance(item, Failure) and item.code == "internal"), item


if __name__ == "__main__":
    small = [data for _, data, _ in files() if len(data) < 300_000]
    run(target, [bytes([n]) for n in range(len(NAMES))] + small + [p.read_bytes() for p in INPUTS.iterdir()])
