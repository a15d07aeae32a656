"""Days, languages, encodings, heads of texts: the facts that readers share."""

from __future__ import annotations

import pytest

from onrecord.errors import DocumentError
from onrecord.record import Document, Origin
from onrecord.sources.charset import declared_in, decode_any
from onrecord.sources.days import day_of
from onrecord.sources.facts import Facts
from onrecord.sources.head import dateline_facts, head_facts
from onrecord.sources.infer import host, inferred
from onrecord.sources.language import code_of, is_english, language_of


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2015-07-14", "2015-07-14"),
        ("2015-07-14T23:30:00-04:00", "2015-07-14"),
        ("2015/7/4", "2015-07-04"),
        ("Tue, 14 Jul 2015 10:00:00 GMT", "2015-07-14"),
        ("July 14, 2015 Tuesday 9:01 PM EST", "2015-07-14"),
        ("Sept. 3rd, 2015", "2015-09-03"),
        ("3rd of May 1998", "1998-05-03"),
        ("14-Jul-2015", "2015-07-14"),
        ("14.7.2015", "2015-07-14"),
        ("14/07/2015", "2015-07-14"),
        ("07/14/2015", "2015-07-14"),
        ("07/07/2015", "2015-07-07"),
        ("20150714", "2015-07-14"),
        ("20150714T0940Z", "2015-07-14"),
        (1436832000, "2015-07-14"),
        ("1436832000000", "2015-07-14"),
        ("03/04/2015", None),  # the fourth of March, or the third of April
        ("2015-02-30", None),
        ("14 July", None),
        ("soon", None),
        ("", None),
        (None, None),
        (True, None),
        ("The accord of 14 July 2015 is " + "long " * 30, None),
    ],
)
def test_the_day_of(value, day) -> None:
    assert day_of(value) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "The ministers said that they would meet again on Friday, but that there was no deal in Vienna.",
            "en",
        ),
        (
            "Le ministre a déclaré que les négociations étaient dans une phase décisive "
            "et qu'il fallait un accord pour la paix.",
            "fr",
        ),
        (
            "Der Minister sagte, die Verhandlungen seien in einer entscheidenden Phase, "
            "und es müsse ein Abkommen für alle Seiten geben, das auch von Dauer ist.",
            "de",
        ),
        (
            "Ministern sade att förhandlingarna var i ett avgörande skede "
            "och att det inte var för sent att tala om ett avtal från Wien.",
            "sv",
        ),
        ("Міністр заявив у вівторок у Відні, що переговори вступили у вирішальну стадію.", "uk"),
        ("Министр заявил во вторник в Вене, что переговоры вступили в решающую стадию.", "ru"),
        ("وزیر امور خارجه ایران گفت که گفتگوها در وین پیش می‌رود", "fa"),
        ("قال وزير الخارجية إن المحادثات في فيينا مستمرة", "ar"),
        ("外长周二在维也纳表示，谈判 进入 关键 阶段", "zh"),
        ("שר החוץ אמר כי השיחות בווינה נמשכות", "he"),
        ("Vienna talks.", None),
    ],
)
def test_the_language_of(text, code) -> None:
    assert language_of(text) == code


def test_languages_as_they_are_given() -> None:
    assert [is_english(given) for given in ("en", "EN-gb", "en_US", "English", "ENGLISH", "eng")] == [
        True
    ] * 6
    assert [is_english(given) for given in ("fr", "enm", "Englisch", "")] == [False] * 4
    assert [code_of(given) for given in ("en-GB", "fr_CA", "English")] == ["en", "fr", "en"]


@pytest.mark.parametrize(
    ("data", "declared", "text", "encoding", "warning"),
    [
        ("“No”".encode(), None, "“No”", None, None),
        (b"\xef\xbb\xbfNo", None, "No", None, None),
        ("“No”".encode("utf-16"), "ascii", "“No”", None, None),
        ("The talks ended".encode("utf-16-le"), None, "The talks ended", "utf-16-le", None),
        ("Нет".encode("koi8-r"), "koi8-r", "Нет", "koi8-r", None),
        ("Café “No”".encode("cp1252"), "ISO-8859-1", "Café “No”", "cp1252", None),
        ("Café “No”".encode(), "ISO-8859-1", "Café “No”", None, None),
        (
            "“No”, he said of the talks in Vienna".encode("cp1252"),
            None,
            "“No”, he said of the talks in Vienna",
            "cp1252",
            "guessed-encoding",
        ),
        (
            "“No”, he said. ".encode() * 20 + b"\xe2\x80",
            None,
            "“No”, he said. " * 20 + "\ufffd",
            None,
            "damaged-characters",
        ),
        (b"No", "no-such-encoding", "No", None, None),
    ],
)
def test_the_text_in_bytes(data, declared, text, encoding, warning) -> None:
    decoded = decode_any(data, "x", declared)
    assert (decoded.text, decoded.encoding) == (text, encoding)
    assert (decoded.warning.code if decoded.warning else None) == warning


def test_bytes_that_are_no_text() -> None:
    for data in (b"\x7fabc\0\1\2\3", b"\xff\xff"):
        with pytest.raises(DocumentError):
            decode_any(data, "x")


def test_where_an_encoding_is_declared() -> None:
    assert declared_in("text/html; charset=KOI8-R") == "KOI8-R"
    assert declared_in(None, b'<html><meta charset="iso-8859-1">') == "iso-8859-1"
    assert declared_in("text/html", b"<p>") is None


def head(text: str) -> dict[str, str]:
    facts = Facts()
    head_facts(text, facts)
    dateline_facts(text, facts)
    return {field: value for field, (value, _) in facts.found().items()}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Title: Talks end\nDate: 3 May 1998\n\nThe talks ended.",
            {"title": "Talks end", "published": "1998-05-03"},
        ),
        ("Title: a headline with a colon\n\nThe talks ended.", {}),
        (
            "Talks end\nBy Jane Doe\nMay 3, 1998\n\nThe talks ended.",
            {"byline": "Jane Doe", "published": "1998-05-03"},
        ),
        ("Talks end\nUpdated: Monday 4 May 1998 10:30 GMT\n", {"updated": "1998-05-04"}),
        ("THE WHITE HOUSE\nOffice of the Press Secretary\n\nToday", {"outlet": "The White House"}),
        ("VIENNA (Reuters) - The talks ended.", {"outlet": "Reuters"}),
        ("OSLO, Norway, Sept. 3, 1993 (AP) — The talks ended.", {"outlet": "AP", "published": "1993-09-03"}),
        ("BEIJING, June 3 (Xinhua) -- The talks ended.", {"outlet": "Xinhua"}),
        ("The agency (Reuters) said so.", {}),
        ("The talks of May 3, 1998 ended.", {}),
        ("By Monday, the minister had left.", {}),
    ],
)
def test_what_the_head_of_a_text_says(text, found) -> None:
    assert head(text) == found


def test_the_first_fact_is_believed_and_nonsense_is_none() -> None:
    facts = Facts()
    facts.add("published", "soon", "a")
    facts.add("published", "2015-07-14", "b")
    facts.add("published", "2015-07-15", "c")
    facts.add("updated", "2015-07-13", "d")  # before it was there
    facts.add("byline", "By  Jane\nDoe", "e")
    facts.add("title", "x" * 501, "f")
    facts.add("language", "ENGLISH", "g")
    document = facts.document("x", "Text", "h")
    assert (document.published, document.updated, document.title) == ("2015-07-14", None, None)
    assert (document.byline, document.language) == ("Jane Doe", "en")
    assert document.origins == tuple(
        Origin(field=field, where=where)
        for field, where in (("text", "h"), ("byline", "e"), ("published", "b"), ("language", "g"))
    )


def test_what_is_told_where_nothing_is_given() -> None:
    document = inferred(
        Document(id="x", text="VIENNA (AP) - No.", url="https://www.example.org/2015/07/14/no")
    )
    assert (document.outlet, document.published) == ("example.org", "2015-07-14")
    given = Document(
        id="x", text="No.", outlet="O", published="2001-01-01", url="https://example.org/2015/07/14/"
    )
    assert inferred(given) == given


def test_words_are_believed_before_a_language_that_is_given() -> None:
    text = "The ministers said that they would meet again on Friday, but that there was no deal in Vienna."
    document = inferred(Document(id="x", text=text, language="fa"))
    assert document.language == "en"
    assert document.origins == (Origin(field="language", where="its words ('fa' is given)"),)
    assert inferred(Document(id="x", text=text, language="en-GB")).language == "en-GB"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.example.org/a", "example.org"),
        ("http://amp.example.org:80/", "example.org"),
        ("https://[::1", None),
        ("nowhere", None),
        (None, None),
    ],
)
def test_the_host_of(address, name) -> None:
    assert host(address) == name
