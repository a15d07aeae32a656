"""How much may come out of what is packed: bounds, so that no archive fills memory or runs for ever."""

from __future__ import annotations

import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, cast

from onrecord.errors import DocumentError

MAX_DEPTH = 4  # archives in archives
MAX_MEMBERS = 200_000
MAX_UNPACKED = 64 * 1024**3  # bytes, of one input with all that lies within
MAX_RATIO = 250  # unpacked to packed; text seldom packs to a twentieth
_FREE = 16 * 1024**2  # bytes that may come out at any ratio


DAMAGE = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError,
    NotImplementedError,
)  # fmt: skip


@dataclass
class Budget:
    """What has come out of one input so far; shared by all that lies within it."""

    members: int = 0
    unpacked: int = 0

    def enter(self, depth: int, name: str) -> None:
        """Count one file within another. Raises DocumentError where there are too many, or too deep."""
        if depth > MAX_DEPTH:
            raise DocumentError(name, "too-deep", f"more than {MAX_DEPTH} archives deep; unpack it")
        self.members += 1
        if self.members > MAX_MEMBERS:
            message = f"the archive holds more than {MAX_MEMBERS:,} files; unpack it and give the folder"
            raise DocumentError(name, "too-many", message)

    def spend(self, size: int, unpacked: int, packed: int, name: str) -> None:
        """Count ``size`` bytes out of a file, of which ``unpacked`` came out of ``packed`` bytes by now."""
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
        """It is."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Reads, and counts."""
        got = self._stream.read(len(buffer))
        buffer[: len(got)] = got
        self.count += len(got)
        return len(got)


class Unpacked(io.RawIOBase):
    """What comes out of a packed stream, within the budget.

    ``packed`` is that stream, or its size in bytes. Where it is damaged, what came out ends there, and
    ``damage`` is the error. Raises DocumentError where more comes out than any text can hold.
    """

    def __init__(self, unpacked: BinaryIO, packed: Counted | int, budget: Budget, name: str) -> None:
        self._unpacked, self._packed, self._budget, self._name = unpacked, packed, budget, name
        # One piece at a time, as a whole one is lost where the damage is within it.
        self._read: Callable[[int], bytes] = getattr(unpacked, "read1", unpacked.read)
        self._count = 0
        self.damage: Exception | None = None

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Reads, and counts against the budget."""
        try:
            got = b"" if self.damage else self._read(len(buffer))
        except DAMAGE as e:
            self.damage, got = e, b""
        buffer[: len(got)] = got
        self._count += len(got)
        packed = self._packed if isinstance(self._packed, int) else self._packed.count
        self._budget.spend(len(got), self._count, packed, self._name)
        return len(got)

    def stream(self) -> BinaryIO:
        """The same as a stream of bytes."""
        return cast(BinaryIO, io.BufferedReader(self, 65_536))
