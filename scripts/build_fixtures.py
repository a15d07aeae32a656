"""Write the inputs of tests/sources that are not written by hand: PDF, Word, tables, archives, damaged files.

usage: python scripts/build_fixtures.py

Their texts are those of the inputs beside them. All are kept in the repository: run this after a change here
or there, then `ONRECORD_UPDATE_GOLDEN=1 pytest tests/sources/test_inputs.py`, and read what changed.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import re
import struct
import sys
import tarfile
import textwrap
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

OUT = Path(__file__).parent.parent / "tests" / "sources" / "inputs"


def main() -> None:
    """Write all of them."""
    OUT.mkdir(parents=True, exist_ok=True)
    for name, data in {**of_text(), **packed_text(), **of_office(), **of_crawls(), **archives()}.items():
        (OUT / name).write_bytes(data)
    print(f"{len(list(OUT.iterdir()))} files in {OUT}", file=sys.stderr)


def text(name: str) -> str:
    """The words of an input that is written by hand."""
    return (OUT / name).read_text("utf-8")


def of_text() -> dict[str, bytes]:
    """What is text in other encodings, tables, and what is no text."""
    wire = text("wire.txt")
    articles = json.loads(text("articles.json"))
    items = [
        {"id": a["url"], "url": a["url"], "title": a["title"], "content_html": a["content"]} for a in articles
    ]
    return {
        "windows.txt": wire.encode("cp1252"),
        "utf-16.txt": wire.encode("utf-16"),
        "damaged.txt": wire.encode().replace(b"\xe2\x80\x9d", b"\xe2\x80", 1),
        "latin.html": LATIN.encode("cp1252"),
        "photo.png": b"\x89PNG\r\n\x1a\n" + bytes(24),
        "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64),
        "empty.txt": b"",
        "rows.csv": csv(",", rows()),
        "semicolons.csv": csv(";", rows()).replace(b"Body", b"Inhalt").replace(b"\xef\xbb\xbf", b""),
        "rows.tsv": csv("\t", rows()),
        "rows.jsonl": json_lines(),
        "answer.json": dumped({"status": "ok", "totalResults": 2, "articles": articles}),
        "feed.json": dumped(
            {"version": "https://jsonfeed.org/version/1.1", "title": "Danube Wire", "items": items}
        ),
    }


LATIN = """<html><head><meta charset="iso-8859-1"><title>Talks in Café Landtmann</title>
<meta name="date" content="14/07/2015"></head><body><h1>Talks in Café Landtmann</h1>
<p>Diplomats met in the Café Landtmann in Vienna on Tuesday, a few steps from the palace where the six
powers negotiated with Iran, waiters said.</p>
<p>“It was a long night,” said an aide of the French minister, who ordered a mélange and
declined to say more about the accord.</p></body></html>
"""


def rows() -> list[list[str]]:
    """A table of reports under the names of its columns, one of them with a day that is none."""
    table = [["Headline", "Body", "Pub date", "Source", "Link"]]
    for article in json.loads(text("articles.json")):
        day = str(article["publishedAt"])[:10]
        table.append([article["title"], article["content"], day, article["source"]["name"], article["url"]])
    return [*table, ["No day", "The talks in Oslo ended, officials said.", "soon", "Courier", ""]]


def json_lines() -> bytes:
    """Two rows, with two between them that are damaged."""
    first, second = (json.dumps(row, ensure_ascii=False) for row in json.loads(text("articles.json")))
    return f'{first}\n{first[:90]}\n{{"id": 7, "title": "no text"}}\n{second}\n'.encode()


def dumped(value: object) -> bytes:
    """JSON as people read it."""
    return json.dumps(value, indent=1, ensure_ascii=False).encode() + b"\n"


def csv(delimiter: str, table: Sequence[Sequence[str]]) -> bytes:
    """Rows with every cell in quotation marks, after a byte order mark."""
    lines = (delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in table)
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def packed_text() -> dict[str, bytes]:
    """Single packed files."""
    wire = text("wire.txt").encode()
    return {
        "wire.txt.gz": gz(wire),
        "wire.txt.bz2": bz2.compress(wire),
        "cut.jsonl.gz": gz(json_lines() * 40)[:-300],
    }


def gz(data: bytes) -> bytes:
    """A gzip file without a time."""
    return gzip.compress(data, mtime=0)


def of_office() -> dict[str, bytes]:
    """PDF and Word files, and a Parquet table."""
    head, foot = "DANUBE WIRE DAILY FILE", "Page {}"
    wire = wrapped(text("wire.txt"), 72)
    return {
        "wire.pdf": pdf(
            [[head, "", *wire[:9], "", foot.format(1)], [head, "", *wire[9:], "", foot.format(2)]]
        ),
        "scan.pdf": pdf([[], []]),
        "half-scan.pdf": pdf([wire, []]),
        "report.docx": docx(
            [("Title", "Parties sign in Dayton"), *((None, p) for p in text("dayton.txt").split("\n\n")[1:])]
        ),
        "export.docx": docx([(None, line) for line in text("nexis.txt").split("\n")]),
        "rows.parquet": parquet(rows()),
    }


def wrapped(words: str, width: int) -> list[str]:
    """The lines of a text on a page, without empty ones; the longest words are cut by a hyphen."""
    lines = [line for p in words.split("\n\n") for line in textwrap.wrap(p, width, break_on_hyphens=False)]
    return [part for line in lines for part in line.replace("verification", "verifi-\ncation").split("\n")]


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF file with lines of text, in a font that every reader has; a page without lines has none."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (len(pages), b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(len(pages)))),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for i, lines in enumerate(pages):
        shown = b"".join(
            b"(" + re.sub(rb"([()\\])", rb"\\\1", line.encode("cp1252")) + b") Tj T*\n" for line in lines
        )
        content = zlib.compress(b"BT /F1 11 Tf 14 TL 72 770 Td\n" + shown + b"ET", 9)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * i)
        )
        objects.append(
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(content), content)
        )
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def docx(paragraphs: Sequence[tuple[str | None, str]]) -> bytes:
    """A Word file with paragraphs in their styles."""
    import docx as word

    file = word.Document()
    file.core_properties.title = ""
    for style, words in paragraphs:
        file.add_paragraph(words, style=style)
    out = io.BytesIO()
    file.save(out)
    return rezipped(out.getvalue())


def rezipped(data: bytes) -> bytes:
    """The same zip archive with one time for all its files."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        return zipped({i.filename: old.read(i) for i in old.infolist()})


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip archive with the time of the first day that it can hold."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def parquet(table_rows: Sequence[Sequence[str]]) -> bytes:
    """A Parquet table of rows under their names."""
    import pyarrow
    from pyarrow import parquet as pq

    names, *cells = table_rows
    table = pyarrow.table({name: [row[i] for row in cells] for i, name in enumerate(names)})
    out = io.BytesIO()
    pq.write_table(table, out, row_group_size=1)
    return out.getvalue()


def of_crawls() -> dict[str, bytes]:
    """WARC archives: packed, and one with a damaged record in its middle."""
    news = text("news.html").encode()
    saved = text("saved.html").encode()
    records = [
        warc("warcinfo", None, b"software: our own\r\n", "application/warc-fields"),
        warc("request", "https://www.danubewire.example/2015/07/14/accord", b"GET / HTTP/1.1\r\n\r\n"),
        warc("response", "https://www.danubewire.example/2015/07/14/accord", answer(news)),
        warc("response", "https://www.danubewire.example/logo.png", answer(b"\x89PNG", "image/png")),
        warc("response", "https://www.danubewire.example/gone", answer(b"gone", status="404 Not Found")),
        warc("response", "https://example.org/oslo", answer(gz(saved), "text/html", packing="gzip")),
    ]
    damaged = bytearray(gz(records[2]))
    damaged[60:90] = bytes(30)
    return {
        "crawl.warc.gz": b"".join(map(gz, records)),
        "damaged.warc.gz": b"".join((gz(records[0]), gz(records[5]), bytes(damaged), gz(records[2]))),
        "damaged.warc": records[0] + b"XX" + records[5] + records[2] + records[5][:-400],
    }


def answer(
    body: bytes, kind: str = "text/html; charset=utf-8", packing: str = "", status: str = "200 OK"
) -> bytes:
    """An HTTP answer."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    head += f"Content-Encoding: {packing}\r\n" if packing else ""
    return head.encode() + b"\r\n" + body


def warc(kind: str, url: str | None, content: bytes, form: str = "") -> bytes:
    """A record of an archive, crawled in 2024."""
    number = struct.unpack(">I", zlib.crc32(content + (url or "").encode()).to_bytes(4, "big"))[0]
    target = f"WARC-Target-URI: {url}\r\n" if url else ""
    form = form or f"application/http; msgtype={kind}"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n"
        f"WARC-Record-ID: <urn:uuid:{number:08x}-0000-4000-8000-000000000000>\r\n"
        f"WARC-Date: 2024-02-02T02:02:02Z\r\n{target}"
        f"Content-Type: {form}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def archives() -> dict[str, bytes]:
    """Archives in archives, and one with a path that leads out of it."""
    inner = zipped(
        {"deep/dayton.txt": text("dayton.txt").encode(), "photo.png": b"\x89PNG\r\n\x1a\n" + bytes(24)}
    )
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        for name, data in (
            ("a/wire.txt", text("wire.txt").encode()),
            ("../../out.txt", text("dayton.txt").encode()),
        ):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return {
        "bundle.zip": zipped(
            {
                "news.html": text("news.html").encode(),
                "inner.zip": inner,
                "rows.jsonl.gz": gz(json_lines()),
                "__MACOSX/._news.html": b"junk",
                "../escape.txt": text("wire.txt").encode(),
            }
        ),
        "bundle.tar.gz": gz(tar.getvalue()),
        "bomb.zip": zipped({"bomb.txt": bytes(40_000_000)}),
    }


if __name__ == "__main__":
    main()
