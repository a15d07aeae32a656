"""The inputs of a command line, as one stream of documents in the order given."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import cast

import msgspec

from onrecord.errors import DocumentError
from onrecord.knowledge import data
from onrecord.record import Document
from onrecord.sources import table, text
from onrecord.sources.checks import MAX_BYTES, decode
from onrecord.sources.failure import Failure
from onrecord.sources.options import DEFAULT, Options

STDIN = "-"


def read(inputs: Iterable[str | Path], options: Options = DEFAULT) -> Iterator[Document | Failure]:
    """The documents of files, folders and '-' (standard input), in order; a bad one comes as a Failure.

    A folder gives its .txt and .jsonl files and those of its folders, sorted by path. Standard input is
    JSON Lines where it opens with a brace, else one text. Raises UsageError where ``meta`` is unusable.
    """
    facts = table.read_meta(options.meta) if options.meta else {}
    seen: set[str] = set()
    described: set[str] = set()
    for item in inputs:
        for document in _read_one(item, options):
            if isinstance(document, Document):
                row = facts.get(document.id)
                if row is not None:
                    described.add(document.id)
                document = _complete(document, row, options.published)
                if document.id in seen:
                    options.warn(f"{document.id}: a second document with this id; both are coded")
                seen.add(document.id)
            yield document
    for lost in [key for key in facts if key not in described]:
        options.warn(f"{options.meta}: no input file is named {lost!r}")


def read_bytes(
    data: bytes,
    name: str,
    *,
    url: str | None = None,
    content_type: str | None = None,
    options: Options = DEFAULT,
) -> Iterator[Document | Failure]:
    """The documents in the bytes of one file, told apart by content; what is wrong comes as a Failure.

    ``name`` is the file's name, for messages and ids; ``url`` the address the bytes came from, after
    redirects, None where they came from a disk; ``content_type`` the Content-Type header they came with.
    The facts of ``options.meta`` and its day of publication are left to ``read``.
    """
    try:
        if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
            yield from table.read_documents(BytesIO(data), name)
        else:
            yield Document(id=Path(name).stem, text=decode(data, name), url=url)
    except DocumentError as e:
        yield Failure.of(e)


def example_inputs() -> tuple[list[Path], Path]:
    """The example reports that ship with the package, and the facts about them."""
    folder = Path(str(data("examples")))
    return sorted(folder.glob("*.txt")), folder / "meta.jsonl"


def _read_one(item: str | Path, options: Options) -> Iterator[Document | Failure]:
    if item == STDIN:
        yield from _read_stdin(cast(BufferedReader, sys.stdin.buffer))
    elif Path(item).is_dir():
        yield from _read_folder(Path(item), options)
    else:
        yield from _read_path(Path(item))


def _read_path(path: Path) -> Iterator[Document | Failure]:
    try:
        if path.suffix.lower() in table.ENDINGS:
            with path.open("rb") as stream:
                yield from table.read_documents(stream, str(path))
        else:
            yield text.read_file(path)
    except DocumentError as e:
        yield Failure.of(e)
    except OSError as e:
        yield Failure(str(path), "unreadable", e.strerror or str(e))


def _read_folder(folder: Path, options: Options) -> Iterator[Document | Failure]:
    files = sorted(p for p in folder.rglob("*") if p.is_file() and not _is_hidden(p.relative_to(folder)))
    meta = options.meta.resolve() if options.meta else None
    files = [p for p in files if p.resolve() != meta]
    readable = [p for p in files if p.suffix.lower() in text.ENDINGS + table.ENDINGS]
    if len(readable) < len(files):
        left_out = len(files) - len(readable)
        options.warn(f"{folder}: left out what is neither .txt nor .jsonl ({left_out} of {len(files)} files)")
    if not readable:
        yield Failure(str(folder), "no-input", "the folder holds no .txt or .jsonl file")
    for path in readable:
        yield from _read_path(path)


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _read_stdin(stream: BufferedReader) -> Iterator[Document | Failure]:
    name = "standard input"
    if stream.peek(64).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        yield from table.read_documents(stream, name)
        return
    try:
        received = decode(stream.read(MAX_BYTES + 1), name)
    except DocumentError as e:
        yield Failure.of(e)
        return
    yield Document(id=table.text_id(received), text=received)


def _complete(document: Document, row: table.Row | None, published: str | None) -> Document:
    """The document with the facts that a row of --meta adds, and the day where it still has none."""
    facts: Mapping[str, str | None] = {f: getattr(row, f) for f in table.FIELDS} if row else {}
    added = {f: value for f, value in facts.items() if value is not None}
    if published and not (added.get("published") or document.published):
        added["published"] = published
    return msgspec.structs.replace(document, **added) if added else document
