"""Archives of many files: zip and tar. Nothing of them is written to the disk."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from onrecord.errors import DocumentError
from onrecord.sources.failure import Failure
from onrecord.sources.kind import MAX_FILE, Blob, Kind, Read
from onrecord.sources.limits import DAMAGE, Unpacked


def sniff(blob: Blob) -> str | None:
    """The mark of a zip archive, or that of tar in its first header."""
    if blob.head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "opens with the mark of zip"
    return "has the mark of tar" if blob.head[257:262] == b"ustar" else None


def read(blob: Blob) -> Read:
    """The documents of the files within, in the order of their names (zip) or as they stand (tar).

    Hidden files are passed over, and files of no kind that is read counted and told. A damaged file comes
    as a Failure, and so does what is locked by a password.
    """
    left_out = 0
    for item in _read_zip(blob) if blob.head.startswith(b"PK") else _read_tar(blob):
        if isinstance(item, Failure) and item.code == "not-read":
            left_out += 1
        else:
            yield item
    if left_out:
        blob.options.warn(
            f"{blob.name}: left out what is no report of a kind that is read ({left_out} files)"
        )


def _read_zip(blob: Blob) -> Read:
    stream = blob.stream if blob.stream.seekable() else io.BytesIO(blob.data(4 * MAX_FILE))
    with zipfile.ZipFile(stream) as archive:
        for member in sorted(archive.infolist(), key=lambda m: m.filename):
            name = f"{blob.name}: {member.filename}"
            if member.is_dir() or _is_hidden(member.filename):
                continue
            if member.flag_bits & 1:
                yield Failure(name, "locked", "it is locked by a password; unpack it yourself")
                continue
            try:
                with archive.open(member) as opened:
                    unpacked = Unpacked(cast(BinaryIO, opened), member.compress_size, blob.budget, name)
                    yield from _member(blob, name, unpacked, member.header_offset)
            except DAMAGE as e:
                yield Failure(name, "damaged", f"cannot be unpacked ({e})", None, member.header_offset)


def _read_tar(blob: Blob) -> Read:
    with tarfile.open(fileobj=blob.stream, mode="r|") as archive:
        for member in _members(archive, blob.name):
            if isinstance(member, Failure):
                yield member
                return
            if not member.isfile() or _is_hidden(member.name):
                continue
            name = f"{blob.name}: {member.name}"
            opened = archive.extractfile(member)
            if opened is not None:
                unpacked = Unpacked(cast(BinaryIO, opened), member.size, blob.budget, name)
                yield from _member(blob, name, unpacked, member.offset)


def _member(blob: Blob, name: str, unpacked: Unpacked, offset: int) -> Read:
    """The documents of one file within, and a Failure where it breaks off."""
    try:
        yield from blob.within(name, unpacked.stream(), is_member=True)
    except DocumentError as e:
        yield Failure.of(e)
    if unpacked.damage:
        message = f"damaged; what comes after is left out ({unpacked.damage})"
        yield Failure(name, "damaged", message, None, offset)


def _members(archive: tarfile.TarFile, name: str) -> Iterator[tarfile.TarInfo | Failure]:
    """The members, and a Failure where the archive breaks off."""
    while True:
        try:
            member = archive.next()
        except DAMAGE as e:
            yield Failure(
                name, "damaged", f"the archive is damaged; the rest is left out ({e})", None, archive.offset
            )
            return
        if member is None:
            return
        yield member


def _is_hidden(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in parts)


KIND = Kind("archive", "zip or tar of any of these", sniff, read, (".zip", ".tar", ".tgz"))
