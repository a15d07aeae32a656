"""Damaged and hostile bytes: documents or failures come of them, never an error, and soon."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.record import Document
from onrecord.sources import Failure, Options, read_bytes
from onrecord.sources.registry import KINDS

INPUTS = Path(__file__).parent / "inputs"
# One input a kind, and a few that lead far into a reader.
DAMAGED = (
    "articles.json", "bundle.tar.gz", "bundle.zip", "crawl.warc.gz", "damaged.warc", "export.docx",
    "factiva.txt", "front-matter.md", "full.rss", "meta.html", "newsletter.eml", "news.html", "nexis-old.txt",
    "readout.txt", "rows.csv", "rows.jsonl", "rows.parquet", "saved.mht", "summary.atom", "utf-16.txt",
    "wire.pdf", "wire.txt.bz2",
)  # fmt: skip
MARKS = (
    b"", b"%PDF-1.4\n", b"PAR1", b"WARC/1.0\r\n", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\0", b"PK\x03\x04",
    b"PK\x05\x06", b"<!doctype html>", b"<rss>", b"<?xml version='1.0'?><feed>", b'{"text": ', b"[{",
    b"---\ntitle: ", b"From: a\nDate: ", b"text,title\n", b"\xff\xfe", b"\xef\xbb\xbf",
    b"1 of 2 DOCUMENTS\nLENGTH: 5 words\n", b"\xd0\xcf\x11\xe0", b"Body\n\nEnd of Document\n",
    b"HD a\nPD b\nSN c\nLP d\nDocument ABCDE0000020160927ec9r0000a\n",
)  # fmt: skip
NAMES = sorted(
    {f"x{ending}" for kind in KINDS for ending in kind.endings} | {"x", "standard input", "../é\x1b.txt"}
)
SLOW = 10  # seconds, on a machine that is busy


def read_all(data: bytes, name: str) -> list[Document | Failure]:
    began = time.perf_counter()
    told: list[str] = []
    items = list(read_bytes(data, name, options=Options(warn=told.append)))
    assert time.perf_counter() - began < SLOW
    for item in items:
        if isinstance(item, Failure):
            assert item.code
            assert item.code != "internal"
            assert item.message
        else:
            assert item.id
            assert {origin.field for origin in item.origins} >= {"text"}
    return items


@st.composite
def damage(draw: st.DrawFn, data: bytes) -> bytes:
    """The bytes with a few pieces overwritten, taken out, doubled or cut off."""
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        size = draw(st.integers(0, 40))
        how = draw(st.sampled_from(("write", "remove", "double", "cut", "flip")))
        if how == "write":
            piece = draw(st.binary(min_size=1, max_size=12))
            data = data[:at] + piece + data[at + len(piece) :]
        elif how == "remove":
            data = data[:at] + data[at + size :]
        elif how == "double":
            data = data[: at + size] + data[at:]
        elif how == "cut":
            data = data[:at]
        elif at < len(data):
            data = data[:at] + bytes([data[at] ^ (1 << draw(st.integers(0, 7)))]) + data[at + 1 :]
    return data


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_gives_documents_or_failures(name: str) -> None:
    whole = (INPUTS / name).read_bytes()

    @settings(max_examples=25, deadline=None, derandomize=True, database=None)
    @given(damage(whole))
    def check(data: bytes) -> None:
        read_all(data, name)

    check()


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.sampled_from(MARKS), st.binary(max_size=300), st.sampled_from(NAMES))
def test_any_bytes_give_documents_or_failures(mark: bytes, data: bytes, name: str) -> None:
    read_all(mark + data, name)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.text(max_size=300), st.sampled_from(NAMES))
def test_any_text_gives_documents_or_failures(text: str, name: str) -> None:
    read_all(text.encode("utf-8", "surrogatepass"), name)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<div>" * 100_000, "deep.html"),
        (b"<p>a" * 15_000, "long.html"),
        (b"[" * 200_000, "deep.json"),
        (b'{"a":' * 100_000, "deep.jsonl"),
        (b"<rss>" + b"<item>" * 20_000, "deep.rss"),
        (
            b"From: a\nMIME-Version: 1.0\n" + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 600,
            "deep.eml",
        ),
        (b"> " * 100_000, "quoted.md"),
        (b"**a" * 60_000, "bold.md"),
        (b"[a](b" * 40_000, "links.md"),
        (b'"' * 300_001, "quotes.csv"),
        (b"a,b\n" * 100_000, "short.csv"),
        (b"VIENNA " * 20_000, "dateline.txt"),
        (b"A B C D, " * 12_000, "names.txt"),
        (b"\n" * 500_000, "lines.txt"),
        (b"On a wrote:\n" * 20_000, "replies.eml"),
        (b"Length: 5 words\nBody\nEnd of Document\n" * 5_000, "many.txt"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_nests_or_repeats_without_end_takes_no_long_time(data: bytes, name: str) -> None:
    read_all(data, name)
