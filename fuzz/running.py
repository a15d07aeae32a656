"""Runs a target with atheris, or by chance where atheris is not installed."""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FunctionType

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
Target = Callable[[bytes], None]
_SEEDS = 200  # at the most: all are tried before the time begins to count
_WORD = 40  # bytes of an entry in the dictionary


def run(target: Target, pieces: Sequence[bytes]) -> None:
    """Try a target until the time is over; ``pieces`` are what atheris begins with and puts in, and what
    chance puts together and damages.
    """
    if "--chance" in sys.argv:
        _by_chance(target, pieces, float(sys.argv[sys.argv.index("--chance") + 1]))
        return
    import atheris

    for function in _functions():
        function.__code__ = atheris.instrument_func(function).__code__
    with tempfile.TemporaryDirectory() as made:
        atheris.Setup([*sys.argv, *_given(Path(made), pieces)], target)
        atheris.Fuzz()


def _functions() -> Iterator[FunctionType]:
    """The functions and methods of onrecord that are loaded."""
    for name, module in sorted(sys.modules.items()):
        if not name.startswith("onrecord."):
            continue
        for thing in vars(module).values():
            if getattr(thing, "__module__", None) != name:
                continue
            for function in vars(thing).values() if isinstance(thing, type) else (thing,):
                if isinstance(function, FunctionType):
                    yield function


def _given(folder: Path, pieces: Sequence[bytes]) -> list[str]:
    """The arguments that give atheris the pieces: a folder of seeds, the last named, and a dictionary."""
    seeds = folder / "seeds"
    seeds.mkdir()
    once = list(dict.fromkeys(pieces))
    for n, piece in enumerate(once[:: -(-len(once) // _SEEDS)]):
        (seeds / f"{n:05}").write_bytes(piece)
    words = (piece for piece in once if 0 < len(piece) <= _WORD)
    lines = ("".join(f"\\x{byte:02x}" for byte in word) for word in words)
    (folder / "words").write_text("".join(f'"{line}"\n' for line in lines))
    return [str(seeds), f"-dict={folder / 'words'}"]


def _by_chance(target: Target, pieces: Sequence[bytes], seconds: float) -> None:
    draw, tried, slowest = random.Random(1), 0, (0.0, b"")
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        data = _made(draw, pieces)
        began = time.process_time()
        try:
            target(data)
        except BaseException:
            print(f"fails on {data!r}", file=sys.stderr)
            raise
        slowest = max(slowest, (time.process_time() - began, data))
        tried += 1
    print(f"{tried} inputs, the slowest took {slowest[0]:.2f} s: {slowest[1][:200]!r}")


def _made(draw: random.Random, pieces: Sequence[bytes]) -> bytes:
    data = bytearray(b"".join(draw.choice(pieces) for _ in range(draw.randint(1, 6))))
    for _ in range(draw.choice((0, 1, 3, 10))):
        at = draw.randint(0, len(data))
        what = draw.randint(0, 3)
        if what == 0:
            data[at : at + draw.randint(1, 30)] = b""
        elif what == 1:
            data[at:at] = draw.randbytes(draw.randint(1, 8))
        elif what == 2:
            data[at:at] = data[at : at + draw.randint(1, 60)] * draw.randint(1, 40)
        else:
            del data[at + draw.randint(0, 2_000) :]
    return bytes(data)
