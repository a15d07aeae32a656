"""The inputs of a command line, as one stream of documents in the order given."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from onrecord.errors import DocumentError
from onrecord.knowledge import data
from onrecord.record import Document
from onrecord.sources import json_lines, url
from onrecord.sources.facts import with_facts
from onrecord.sources.failure import Failure
from onrecord.sources.fetch_guard import is_url
from onrecord.sources.folder import files_in
from onrecord.sources.infer import inferred
from onrecord.sources.kind import STDIN_NAME, Blob, peeked
from onrecord.sources.options import DEFAULT, Options
from onrecord.sources.registry import documents
from onrecord.sources.rows import check_mapping

if TYPE_CHECKING:
    from onrecord.sources.fetch import Client

STDIN = "-"
# Of more documents, not all ids are held to tell which comes twice.
MANY = 1_000_000


def read(inputs: Iterable[str | Path], options: Options = DEFAULT) -> Iterator[Document | Failure]:
    """The documents of files, folders, URLs and '-' (standard input), in order; a bad one comes as a Failure.

    A file's kind is told by its content (``onrecord.sources.registry``). A folder gives the files of every
    kind in it and in its folders, sorted by path; what is no report is counted and told. Raises UsageError
    where ``meta`` or ``fields`` are unusable, where a list of URLs is none, or a library is not installed.
    """
    check_mapping(options.fields)
    facts = json_lines.read_meta(options.meta) if options.meta else {}
    client = cache(lambda: _client(options))  # one for all the URLs, made when the first is met
    seen: set[bytes] = set()
    described: set[str] = set()
    for item in inputs:
        for document in _read_one(item, options, client):
            if isinstance(document, Document):
                row = facts.get(document.id)
                if row is not None:
                    described.add(document.id)
                document = _complete(document, row, options.published)
                key = blake2b(document.id.encode("utf-8", "surrogatepass"), digest_size=8).digest()
                if key in seen:
                    options.warn(f"{document.id}: a second document with this id; both are coded")
                elif len(seen) < MANY:
                    seen.add(key)
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
    return read_stream(BytesIO(data), name, url=url, content_type=content_type, options=options)


def read_stream(
    stream: BinaryIO,
    name: str,
    *,
    url: str | None = None,
    content_type: str | None = None,
    options: Options = DEFAULT,
) -> Iterator[Document | Failure]:
    """The documents in a stream of bytes, as of ``read_bytes``; what can be read piece by piece, is."""
    head, stream = peeked(stream)
    blob = Blob(name, stream, head, documents, url=url, content_type=content_type, options=options)
    for item in documents(blob):
        yield inferred(item) if isinstance(item, Document) else item


def example_inputs() -> tuple[list[Path], Path]:
    """The example reports that ship with the package, and the facts about them."""
    folder = Path(str(data("examples")))
    return sorted(folder.glob("*.txt")), folder / "meta.jsonl"


def _read_one(
    item: str | Path, options: Options, client: Callable[[], Client]
) -> Iterator[Document | Failure]:
    if item == STDIN:
        yield from read_stream(cast(BinaryIO, sys.stdin.buffer), STDIN_NAME, options=options)
    elif isinstance(item, str) and is_url(item):
        yield from _read_urls([item], options, client)
    elif Path(item).suffix.lower() in url.ENDINGS:
        yield from _read_urls(url.read_list(Path(item)), options, client)
    elif Path(item).is_dir():
        yield from _read_folder(Path(item), options)
    else:
        yield from _read_path(Path(item), options)


def _read_path(path: Path, options: Options) -> Iterator[Document | Failure]:
    try:
        with path.open("rb") as stream:
            yield from read_stream(stream, str(path), options=options)
    except DocumentError as e:
        yield Failure.of(e)
    except OSError as e:
        yield Failure(str(path), "unreadable", e.strerror or str(e))


def _read_folder(folder: Path, options: Options) -> Iterator[Document | Failure]:
    files, left_out = files_in(folder, options.meta)
    if left_out:
        endings = ", ".join(sorted({path.suffix.lower() or path.name for path in left_out})[:8])
        counted = f"{len(left_out)} of {len(files) + len(left_out)} files"
        options.warn(f"{folder}: left out what is no report of a kind that is read ({counted}: {endings})")
    if not files:
        yield Failure(str(folder), "no-input", "the folder holds no file of a kind that is read")
    for path in files:
        yield from _read_path(path, options)


def _read_urls(
    urls: Iterable[str], options: Options, client: Callable[[], Client]
) -> Iterator[Document | Failure]:
    for page in url.fetch(urls, client()):
        if isinstance(page, Failure):
            yield page
        else:
            yield from read_bytes(
                page.body, page.final, url=page.final, content_type=page.content_type, options=options
            )


def _client(options: Options) -> Client:
    from onrecord.sources.fetch_manners import Manners

    return url.client(options.manners or Manners(), options.warn)


def _complete(document: Document, row: json_lines.Row | None, published: str | None) -> Document:
    """The document with the facts that a row of --meta adds, and the day where it still has none."""
    facts: Mapping[str, str | None] = {f: getattr(row, f) for f in json_lines.FIELDS} if row else {}
    added = {field: (value, "--meta") for field, value in facts.items() if value is not None}
    if published and not ("published" in added or document.published):
        added["published"] = (published, "--published")
    return with_facts(document, added)
