"""One packed file: gzip, bzip2 or xz."""

from __future__ import annotations

import io
from typing import BinaryIO, cast

from onrecord.sources.failure import Failure
from onrecord.sources.kind import Blob, Kind, Read
from onrecord.sources.limits import Counted, Unpacked

_MARKS = ((b"\x1f\x8b\x08", "gzip"), (b"BZh", "bzip2"), (b"\xfd7zXZ\0", "xz"))
ENDINGS = (".gz", ".bz2", ".xz")


def sniff(blob: Blob) -> str | None:
    """The marks of gzip, bzip2 and xz."""
    return next(
        (f"opens with the mark of {name}" for mark, name in _MARKS if blob.head.startswith(mark)), None
    )


def read(blob: Blob) -> Read:
    """The documents of what is packed, streamed; where damaged, those before it and a Failure."""
    packed = Counted(blob.stream)
    name = next(name for mark, name in _MARKS if blob.head.startswith(mark))
    opened = _open(name, cast(BinaryIO, io.BufferedReader(packed, 65_536)))
    unpacked = Unpacked(opened, packed, blob.budget, blob.name)
    yield from blob.within(_inner_name(blob.name), unpacked.stream(), url=blob.url)
    if unpacked.damage:
        message = f"{name} is damaged; what comes after is left out ({unpacked.damage})"
        yield Failure(blob.name, "damaged", message, None, packed.count)


def _inner_name(name: str) -> str:
    """The name of what is packed."""
    low = name.lower()
    if low.endswith(".tgz"):
        return name[: -len(".tgz")] + ".tar"
    ending = next((ending for ending in ENDINGS if low.endswith(ending)), "")
    return name[: len(name) - len(ending)]


def _open(name: str, stream: BinaryIO) -> BinaryIO:
    import bz2
    import gzip
    import lzma

    if name == "gzip":
        return cast(BinaryIO, gzip.GzipFile(fileobj=stream))
    return cast(BinaryIO, bz2.BZ2File(stream) if name == "bzip2" else lzma.LZMAFile(stream))


KIND = Kind("packed", "gzip, bzip2 or xz of any of these", sniff, read, ENDINGS)
