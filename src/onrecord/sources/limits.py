"""How much may come out of what is packed: bounds for archives, so that none can fill memory or run for ever."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import BinaryIO, cast

from onrecord.errors import DocumentError

MAX_DEPTH = 4  # archives in archives
MAX_MEMBERS = 200_000
MAX_UNPACKED = 64 * 1024**3  # bytes, of one input with all that lies within
MAX_RATIO = 250  # unpacked to packed; text seldom packs to a twentieth
_FREE = 16 * 1024**2  # bytes that may come out at any ratio


@dataclass
class Budget:
    """What has come out of one input so far; shared by all that lies within it."""

    members: int = 0
    unpacked: int = 0

    def enter(self, depth: int, name: str) -> None:
        """Count one file within another. Raises DocumentError where there are too many, or too deep."""
        if depth > MAX_DEPTH:
            raise DocumentError(
                name, "too-deep", f"an archive more than {MAX_DEPTH} deep in others; unpack it"
            )
        self.members += 1
        if self.members > MAX_MEMBERS:
            message = f"the archive holds more than {MAX_MEMBERS:,} files; unpack it and give the folder"
            raise DocumentError(name, "too-many", message)

    def spend(self, size: int, unpacked: int, packed: int, name: str) -> None:
        """Count ``size`` bytes that came out of a file of which ``unpacked`` out of ``packed`` have by now."""
        self.unpacked += size
        if unpacked > _FREE and unpacked > MAX_RATIO * max(packed, 1):
            message = f"unpacks to more than {MAX_RATIO} times its size; no text does, the rest is left out"
            raise DocumentError(name, "unpacks-too-far", message)
        if self.unpacked > MAX_UNPACKED:
            message = f"unpacks to more than {MAX_UNPACKED // 1024**3} GB; unpack it and give the folder"
            raise DocumentError(name, "unpacks-too-far", message)


class Counted(io.RawIOBase):
    """A stream of bytes that counts what was read of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        got = self._stream.read(len(buffer))
        buffer[: len(got)] = got
        self.count += len(got)
        return len(got)


class _Bounded(io.RawIOBase):
    """What comes out of a packed stream, within the budget."""

    def __init__(self, unpacked: BinaryIO, packed: Counted | int, budget: Budget, name: str) -> None:
        self._unpacked, self._packed, self._budget, self._name = unpacked, packed, budget, name
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        got = self._unpacked.read(len(buffer))
        buffer[: len(got)] = got
        self._count += len(got)
        packed = self._packed if isinstance(self._packed, int) else self._packed.count
        self._budget.spend(len(got), self._count, packed, self._name)
        return len(got)


def bounded(unpacked: BinaryIO, packed: Counted | int, budget: Budget, name: str) -> BinaryIO:
    """A stream of what comes out of a packed one; ``packed`` is that one, or its size in bytes.

    Its reads raise DocumentError where more comes out than any text can hold.
    """
    return cast(BinaryIO, io.BufferedReader(_Bounded(unpacked, packed, budget, name), 65_536))
