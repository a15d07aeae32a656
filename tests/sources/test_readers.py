"""What is particular to single kinds: rows, exports, e-mails, PDF lines, Markdown, archives, folders."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest

from onrecord.errors import DocumentError, UsageError
from onrecord.record import Document
from onrecord.sources import Failure, Options, read, read_bytes
from onrecord.sources.facts import Facts
from onrecord.sources.mail import newest
from onrecord.sources.markdown import front_matter, words
from onrecord.sources.markup import words as words_of_markup
from onrecord.sources.nexis import articles
from onrecord.sources.pdf import paragraphs, without_margins
from onrecord.sources.rows import check_mapping, document_of, fields_of

NONE: dict[str, str] = {}


@pytest.mark.parametrize(
    ("names", "mapped", "expected"),
    [
        (["Text", "Pub_Date", "x"], {}, {"text": "Text", "published": "Pub_Date"}),
        (["body", "text"], {}, {"text": "text"}),
        (["body", "text"], {"text": "body"}, {"text": "body"}),
        (
            ["Inhalt", "Datum"],
            {"text": "Inhalt", "published": "Datum"},
            {"text": "Inhalt", "published": "Datum"},
        ),
        (["text", "source"], {"outlet": "source.name"}, {"text": "text", "outlet": "source.name"}),
        (["text"], {"title": "not there"}, {"text": "text"}),
        (["published", "publishedAt", "date"], {}, {"published": "published"}),
    ],
)
def test_which_field_is_what(names, mapped, expected) -> None:
    assert fields_of(names, mapped) == expected


def test_a_field_that_no_document_has_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="--field words"):
        check_mapping({"words": "a"})


def test_the_values_of_a_row() -> None:
    row = {
        "body": "<p>One.</p><p>Two.</p>",
        "authors": ["Jane Doe", None, {"name": "John Roe"}],
        "source": {"id": 1, "name": "Wire"},
        "date": 1436832000,
        "id": 7,
    }
    document = document_of(row, "x:1", NONE, "JSON")
    assert (document.id, document.text) == ("7", "One.\n\nTwo.")
    assert (document.byline, document.outlet, document.published) == (
        "Jane Doe, John Roe",
        "Wire",
        "2015-07-14",
    )
    mapped = document_of(row, "x:1", {"title": "source.name", "outlet": "source.none"}, "JSON")
    assert (mapped.title, mapped.outlet) == ("Wire", None)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"title": "a"}, "no-text"),
        ({"text": None, "title": "a"}, "no-text"),
        ({"text": 5}, "bad-row"),
        ({"text": "a", "date": "soon"}, "bad-date"),
    ],
)
def test_a_row_that_is_none_says_why(row, code) -> None:
    with pytest.raises(DocumentError) as e:
        document_of(row, "x:1", NONE, "JSON")
    assert (e.value.code, e.value.document) == (code, "x:1")


def test_a_table_has_long_cells_line_breaks_and_lines_in_the_messages() -> None:
    out = io.StringIO()
    long = "The talks went on.\n" * 20_000
    csv.writer(out).writerows([["title", "text"], ["a", long], ["b"], ["c", 'He said "no".']])
    first, short, last = read_bytes(out.getvalue().encode(), "t.csv")
    assert isinstance(first, Document)
    assert first.text == long
    assert isinstance(short, Failure)
    assert (short.code, short.line) == ("no-text", 20_003)
    assert isinstance(last, Document)
    assert last.text == 'He said "no".'


def test_an_answer_of_a_search_engine_is_unwrapped() -> None:
    answer = {"hits": {"hits": [{"_id": "1", "_source": {"text": "The talks ended.", "date": "2015-07-14"}}]}}
    (document,) = read_bytes(json.dumps(answer).encode(), "a.json")
    assert isinstance(document, Document)
    assert (document.text, document.published) == ("The talks ended.", "2015-07-14")


def test_the_articles_of_an_export() -> None:
    new = "Talks end\nWire\nMay 3, 1998\n\nLength: 5 words\nBody\n\nThe talks ended.\n\nEnd of Document\n"
    assert len(articles(new * 3)) == 3
    assert articles("The talks ended.\n\nEnd of Document\n") == []
    (document,) = read_bytes(new.encode(), "one.txt")
    assert isinstance(document, Document)
    assert (document.id, document.text) == ("one", new)  # one article alone stays as it stands
    assert (document.title, document.outlet, document.published) == ("Talks end", "Wire", "1998-05-03")


@pytest.mark.parametrize(
    ("text", "kept", "left"),
    [
        ("The talks ended.\n", "The talks ended.\n", 0),
        ("Yes.\n\nOn Mon, 3 May 1998, Jane wrote:\n> Is it over?\n> Jane\n", "Yes.\n", 3),
        ("Yes.\n> Is it over?\nNo.\n", "Yes.\nNo.\n", 1),
        ("Yes.\n\n-----Original Message-----\nFrom: Jane\nIs it over?\n", "Yes.\n", 3),
        ("Yes.\n-- \nJane Doe\nThe Courier\n", "Yes.\n", 0),
        ("> All of it\n> is quoted.\n", "All of it\nis quoted.\n", 0),
    ],
)
def test_the_newest_message(text, kept, left) -> None:
    facts = Facts()
    assert newest(text, facts) == kept
    warnings = facts.document("x", kept, "e-mail").warnings
    assert [w.message.split()[0] for w in warnings] == ([str(left)] if left else [])


def test_a_mailbox_is_one_message_after_the_other() -> None:
    opens = "From jane@example.org Mon Sep 13 18:30:00 1993\n"
    one = "From: jane@example.org\nMessage-ID: <1@x>\nDate: Mon, 13 Sep 1993 18:30:00 -0400\n\nSigned.\n"
    two = "From: desk@example.org\nSubject: Oslo\nDate: Tue, 14 Sep 1993 09:00:00 +0200\n\nFrom Oslo: over.\n"
    empty = "From: desk@example.org\nSubject: nothing\n\n"
    items = list(read_bytes((opens + one + opens + empty + opens + two).encode(), "in.mbox"))
    documents = [item for item in items if isinstance(item, Document)]
    assert [(d.text, d.published) for d in documents] == [
        ("Signed.\n", "1993-09-13"),
        ("From Oslo: over.\n", "1993-09-14"),
    ]
    assert documents[0].id == "<1@x>"
    assert [item.source for item in items if isinstance(item, Failure)] == ["in.mbox: message 2"]


def test_the_paragraphs_of_a_page_of_lines() -> None:
    lines = [
        "Talks end in Vienna",
        "Iran and six world powers reached an accord on Tuesday that limits the nego-",
        "tiated enrichment of uranium for ten years, diplomats said in the Austrian",
        "capital.",
        "Israel rejected the accord, and said that it was not bound by any of its terms",
        "at all.",
    ]
    assert list(paragraphs([lines[:5], lines[5:]])) == [
        lines[0],
        f"{lines[1][:-1]}{lines[2]} {lines[3]}",
        f"{lines[4]} {lines[5]}",
    ]


def test_what_comes_on_every_page_is_no_text() -> None:
    texts = ["Oslo", "Dayton", "Vienna"]
    pages = [["DAILY FILE 3", "", text, f"Page {i} of 3"] for i, text in enumerate(texts, 1)]
    assert [[line for line in page if line] for page in without_margins(pages)] == [[text] for text in texts]


@pytest.mark.parametrize(
    ("marked", "read"),
    [
        ("# Talks #\n\nThe *talks* **ended**.\n", "Talks\n\nThe talks ended.\n"),
        ("[Kerry](https://example.org/k) said _no_.\n", "Kerry said no.\n"),
        ("![photo](a.jpg)\n\nText\n", "\nText\n".lstrip("\n")),
        ("> “No,” he said.\n", "“No,” he said.\n"),
        ("A snake_case_name and 2 * 3 * 4.\n", "A snake_case_name and 2 * 3 * 4.\n"),
        ("Talks\n=====\n\nText\\*\n", "Talks\n\nText*\n"),
        ("```\ncode\n```\n", "code\n"),
        ("", ""),
    ],
)
def test_the_words_of_markdown(marked, read) -> None:
    assert words(marked) == read


def test_front_matter_in_yaml_and_toml() -> None:
    assert front_matter('title: "Talks: end"\ntags: [a, b]\nauthor:\n  - Jane\n  - John\nempty:\n') == {
        "title": "Talks: end",
        "tags": "a, b",
        "author": "Jane, John",
    }
    assert front_matter('title = "Talks"\ndate = 1998-05-03') == {"title": "Talks", "date": "1998-05-03"}


@pytest.mark.parametrize(
    ("markup", "read"),
    [
        ("<p>One<br>line</p><p>Two</p>", "One\nline\n\nTwo"),
        ("One.<br>Two", "One.\n\nTwo"),
        ("One<br><br>Two", "One\n\nTwo"),
        ("a &amp; b &amp;lt; c<script>x</script><style>y</style>", "a & b &lt; c"),
        ("<ul><li>a<li>b</ul>c", "a\n\nb\n\nc"),
        ("", ""),
        ("<!-- a -->", ""),
    ],
)
def test_the_words_of_markup(markup, read) -> None:
    assert words_of_markup(markup) == read


def test_a_locked_member_is_told_and_the_rest_is_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "The talks ended.")
        archive.writestr("b.txt", "The talks went on.")
    data = bytearray(out.getvalue())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    first, second = read_bytes(bytes(data), "a.zip")
    assert isinstance(first, Failure)
    assert (first.code, first.source) == ("locked", "a.zip: a.txt")
    assert isinstance(second, Document)
    assert second.id == "b"


def test_more_members_than_any_corpus_are_left_out(monkeypatch) -> None:
    monkeypatch.setattr("onrecord.sources.limits.MAX_MEMBERS", 3)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for i in range(5):
            archive.writestr(f"{i}.txt", "The talks ended.")
    items = list(read_bytes(out.getvalue(), "a.zip"))
    assert [item.id for item in items if isinstance(item, Document)] == ["0", "1", "2"]
    assert {item.code for item in items if isinstance(item, Failure)} == {"too-many"}


def test_a_word_file_that_unpacks_too_far_is_not_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("word/document.xml", bytes(20_000_000))
    (failure,) = read_bytes(out.getvalue(), "a.docx")
    assert isinstance(failure, Failure)
    assert failure.code == "unpacks-too-far"


def test_json_that_is_too_large_to_hold_is_not_read(monkeypatch) -> None:
    monkeypatch.setattr("onrecord.sources.json_file.MAX_JSON", 1_048_576)
    (failure,) = read_bytes(b'[{"text": "' + b"a" * 2_000_000 + b'"}]', "a.json")
    assert isinstance(failure, Failure)
    assert "JSON Lines" in failure.message


def test_a_crawl_of_nothing_but_marks_is_left(monkeypatch) -> None:
    monkeypatch.setattr("onrecord.sources.warc.MAX_TRIES", 20)
    items = list(read_bytes(b"WARC/1.0\r\n\r\n" + b"WARC/1." * 5_000, "a.warc"))
    assert [item.code for item in items if isinstance(item, Failure)] == ["damaged", "damaged"]
    assert "20 places" in str(items[-1])


def test_a_record_without_its_mark_is_told_and_those_after_it_are_read() -> None:
    whole = (Path(__file__).parent / "inputs" / "crawl.warc.gz").read_bytes()
    marks = [i for i in range(len(whole)) if whole.startswith(b"\x1f\x8b\x08", i)]
    assert len(marks) == 6
    broken = whole[: marks[2]] + b"\0\0\0" + whole[marks[2] + 3 :]
    items = list(read_bytes(broken, "a.warc.gz"))
    assert [item.url for item in items if isinstance(item, Document)] == ["https://example.org/oslo"]
    (failure,) = [item for item in items if isinstance(item, Failure)]
    assert failure.offset == marks[1]
    junk = whole[: marks[3]] + b"\x1f\x8b\x08" * 5 + whole[marks[3] :]
    items = list(read_bytes(junk, "a.warc.gz"))
    assert [item.id for item in items if isinstance(item, Document)][1:] == ["https://example.org/oslo"]
    (failure,) = [item for item in items if isinstance(item, Failure)]
    assert (failure.offset, f"at byte {marks[3] + 15:,}" in failure.message) == (marks[2], True)


def test_the_parts_of_a_saved_page_are_no_reports(tmp_path: Path) -> None:
    told: list[str] = []
    (tmp_path / "talks_files").mkdir()
    (tmp_path / "talks.html").write_text("<html><body><h1>Talks</h1><p>The talks in Oslo ended, he said.</p>")
    (tmp_path / "talks_files" / "frame.html").write_text("<html><body>Advertisement</body></html>")
    (tmp_path / "other_files").mkdir()
    (tmp_path / "other_files" / "b.html").write_text("<html><body><p>The talks in Dayton went on.</p>")
    items = list(read([tmp_path], Options(warn=told.append)))
    assert [item.id for item in items if isinstance(item, Document)] == ["b", "talks"]
    assert "1 of 3 files" in told[0]
