"""One packed file: gzip, bzip2 or xz."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO, cast

from onrecord.errors import DocumentError
from onrecord.sources.failure import Failure
from onrecord.sources.kind import Blob, Kind, Read
from onrecord.sources.limits import Counted, bounded

_MARKS = ((b"\x1f\x8b\x08", "gzip"), (b"BZh", "bzip2"), (b"\xfd7zXZ\0", "xz"))
ENDINGS = (".gz", ".bz2", ".xz")


def sniff(blob: Blob) -> str | None:
    """The marks of gzip, bzip2 and xz."""
    return next(
        (f"opens with the mark of {name}" for mark, name in _MARKS if blob.head.startswith(mark)), None
    )


def read(blob: Blob) -> Read:
    """The documents of what is packed, streamed; where it is damaged, those before the damage and a Failure."""
    packed = Counted(blob.stream)
    name = next(name for mark, name in _MARKS if blob.head.startswith(mark))
    unpacked = bounded(
        _open(name, cast(BinaryIO, io.BufferedReader(packed, 65_536))), packed, blob.budget, blob.name
    )
    inner = blob.name
    for ending in (*ENDINGS, ".tgz"):
        if inner.lower().endswith(ending):
            inner = inner[: -len(ending)] + (".tar" if ending == ".tgz" else "")
    try:
        yield from blob.within(inner, unpacked, url=blob.url)
    except (EOFError, OSError, ValueError, zlib.error) as e:
        yield Failure(
            blob.name, "damaged", f"{name} is damaged; what comes after is left out ({e})", None, packed.count
        )
    except Exception as e:
        if type(e).__name__ != "LZMAError":
            raise
        raise DocumentError(blob.name, "damaged", f"xz is damaged ({e})") from e


def _open(name: str, stream: BinaryIO) -> BinaryIO:
    import bz2
    import gzip
    import lzma

    if name == "gzip":
        return cast(BinaryIO, gzip.GzipFile(fileobj=stream))
    return cast(BinaryIO, bz2.BZ2File(stream) if name == "bzip2" else lzma.LZMAFile(stream))


KIND = Kind("packed", "gzip, bzip2 or xz of any of these", sniff, read, ENDINGS)
