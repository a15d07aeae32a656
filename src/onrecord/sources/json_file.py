"""JSON: one article, a list of them, or an answer of an API that holds such a list. JSON Feed, too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from onrecord.errors import DocumentError
from onrecord.sources.charset import decode_any
from onrecord.sources.failure import Failure
from onrecord.sources.kind import Blob, Kind, Read
from onrecord.sources.rows import document_of, fields_of

MAX_JSON = 64 * 1024 * 1024
MAX_LISTS = 1_000  # lists that are looked at for one of articles
_object = msgspec.json.Decoder(dict[str, Any])
_list = msgspec.json.Decoder(list[msgspec.Raw])


def sniff(blob: Blob) -> str | None:
    """A brace, or a bracket before a brace."""
    head = blob.head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{") and (head[1:].lstrip()[:1] in (b'"', b"}", b"") or blob.ending == ".json"):
        return "opens with a JSON object"
    if head.startswith(b"[") and (head[1:].lstrip()[:1] in (b"{", b"]") or blob.ending == ".json"):
        return "opens with a list of JSON objects"
    return None


def read(blob: Blob) -> Read:
    """The documents of the articles, in their order; a bad one comes as a Failure with its number.

    Raises DocumentError where the file is no JSON, or holds no article.
    """
    data = blob.stream.read(MAX_JSON + 1)
    if len(data) > MAX_JSON:
        message = f"larger than {MAX_JSON // 1024 // 1024} MB, and JSON is read whole; write it as JSON Lines"
        raise DocumentError(blob.name, "too-large", message)
    text = decode_any(data, blob.name).text.strip()
    del data
    try:
        items: list[Any] = (
            _list.decode(text) if text.startswith("[") else list(_articles(_object.decode(text), blob))
        )
    except (msgspec.DecodeError, RecursionError) as e:
        message = f"not JSON ({e}); where it is JSON Lines, name it .jsonl"
        raise DocumentError(blob.name, "bad-json", message) from e
    if not items:
        raise DocumentError(blob.name, "no-input", "there is no article in it")
    for number, item in enumerate(items, 1):
        where = f"{blob.name}: item {number}"
        try:
            row = _object.decode(item) if isinstance(item, msgspec.Raw) else item
            yield document_of(_unwrapped(row), where, blob.options.fields, "JSON")
        except (msgspec.DecodeError, RecursionError) as e:
            yield Failure(where, "bad-row", f"not a row of a document ({e})")
        except DocumentError as e:
            yield Failure(where, e.code, e.message)


def _articles(value: Mapping[str, Any], blob: Blob) -> Iterator[Mapping[str, Any]]:
    """The object itself where it has a text, else the longest list of objects that have one, within it."""
    if "text" in fields_of(value, blob.options.fields) and not isinstance(value.get("articles"), list):
        yield value
        return
    best: list[Mapping[str, Any]] = []
    waiting: list[Any] = [value]
    for _ in range(MAX_LISTS):
        if not waiting:
            break
        inner = waiting.pop()
        if isinstance(inner, Mapping):
            waiting.extend(v for v in inner.values() if isinstance(v, (Mapping, list)))
        elif len(inner) > len(best) and _are_articles(inner, blob):
            best = inner
    yield from best or [value]


def _are_articles(items: list[Any], blob: Blob) -> bool:
    return all(isinstance(item, Mapping) for item in items) and any(
        "text" in fields_of(_unwrapped(item), blob.options.fields) for item in items
    )


def _unwrapped(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The row that a search engine wraps in its own facts."""
    source = row.get("_source")
    return source if isinstance(source, Mapping) else row


KIND = Kind("json", "JSON: an article, or a list of them", sniff, read, (".json",))
