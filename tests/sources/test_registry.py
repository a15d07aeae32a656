"""A file's kind is told by its content; its name settles only what the content leaves open."""

from __future__ import annotations

import builtins
import io
from pathlib import Path

import pytest

from onrecord.errors import UsageError
from onrecord.sources import Failure, read_bytes
from onrecord.sources.kind import Blob
from onrecord.sources.registry import KINDS, recognise

INPUTS = Path(__file__).parent / "inputs"
PROSE = b"The talks in Oslo went on until Friday, the minister said, and nobody knew more.\n"


def kind_of(data: bytes, name: str = "x", content_type: str | None = None) -> str:
    blob = Blob(name, io.BytesIO(data), data[:65_536], lambda inner: iter(()), content_type=content_type)
    return recognise(blob)[0].name


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (PROSE, "x.txt", "text"),
        (PROSE, "x.pdf", "text"),
        (PROSE, "x.html", "text"),
        (PROSE, "x.md", "markdown"),
        (b"", "x.docx", "text"),
        (b"<!DOCTYPE html><p>Talks", "x.txt", "page"),
        (b"\n<!-- saved --><HTML><body>Talks", "x", "page"),
        ("<html><p>Talks".encode("utf-16"), "x", "page"),
        (b"Talks <p>of peace</p>", "x.htm", "page"),
        (b"Talks <p>of peace</p>", "x.txt", "text"),
        (b'<?xml version="1.0"?><!-- a --><rss version="2.0">', "x.html", "feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "x", "feed"),
        (b'{"text": "a"}\n{"text": "b"}\n', "x.txt", "json-lines"),
        (b'{"text": "a"}\n', "x.txt", "json"),
        (b"{\n", "x.jsonl", "json-lines"),
        (b'[{"text": "a"}]', "x.txt", "json"),
        (b"[1] See the treaty of 1993.", "x.txt", "text"),
        (b"{sic} the minister said", "x.txt", "text"),
        (b"title,body\na,b\n", "x.txt", "csv"),
        (b"title\tbody\na\tb\n", "x", "csv"),
        (b"Oslo, Vienna and Dayton, text of the accord\n", "x.txt", "text"),
        (b"a,b\n", "x.csv", "csv"),
        (b"From: a@b.c\nSubject: Talks\nMessage-ID: <1>\n\nText", "x.txt", "mail"),
        (b"From: Oslo\nDate: 1993\n\nThe talks ended.", "x.txt", "text"),
        (b"---\ntitle: Talks\n---\n\nText", "x.txt", "markdown"),
        (b"# Talks\n\n**Oslo** [said](https://example.org) so.", "x.txt", "markdown"),
        (b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml", "x.zip", "word"),
        (b"PK\x03\x04" + bytes(26) + b"a.txt", "x.docx", "archive"),
        (b"MZ is a name", "x.txt", "text"),
        (b"MZ\x90\0\3", "x.txt", "not-read"),
    ],
)
def test_the_kind_of(data: bytes, name: str, kind: str) -> None:
    assert kind_of(data, name) == kind


def test_a_server_says_that_it_is_a_page() -> None:
    assert kind_of(b"Talks <p>of peace</p>", "x", "text/html; charset=utf-8") == "page"


def test_the_kinds_are_these_in_this_order() -> None:
    assert [kind.name for kind in KINDS] == [
        "pdf", "parquet", "warc", "packed", "word", "archive", "not-read", "feed", "page", "json-lines",
        "json", "mail", "export", "csv", "markdown", "text",
    ]  # fmt: skip
    endings = [ending for kind in KINDS for ending in kind.endings]
    assert len(endings) == len(set(endings))


@pytest.mark.parametrize(
    ("name", "library", "extra"),
    [
        ("wire.pdf", "pypdf", "sources"),
        ("news.html", "lxml", "sources"),
        ("full.rss", "feedparser", "sources"),
        ("report.docx", "docx", "sources"),
        ("crawl.warc.gz", "fastwarc", "sources"),
        ("rows.parquet", "pyarrow", "bulk"),
        ("windows.txt", "charset_normalizer", "sources"),
    ],
)
def test_a_library_that_is_missing_is_named_with_its_extra(monkeypatch, name, library, extra) -> None:
    real = builtins.__import__

    def without(module: str, *rest: object, **more: object) -> object:
        if module.partition(".")[0] == library:
            raise ImportError(f"No module named {module!r}", name=module)
        return real(module, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match=rf"{library}.*pip install 'onrecord\[{extra}\]'"):
        list(read_bytes((INPUTS / name).read_bytes(), name))


def test_what_a_library_stumbles_on_is_a_failure_of_that_file(monkeypatch) -> None:
    monkeypatch.setattr("onrecord.sources.page.parse", lambda text: 1 / 0)
    (failure,) = read_bytes(b"<html><p>Talks", "x.html")
    assert isinstance(failure, Failure)
    assert (failure.code, failure.source) == ("damaged", "x.html")
    assert "ZeroDivisionError" in failure.message
