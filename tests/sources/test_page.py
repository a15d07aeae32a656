"""Web pages: the article's own day, its text without what stands around it, its posts."""

from __future__ import annotations

import pytest

from onrecord.record import Document
from onrecord.sources import Failure, read_bytes
from onrecord.sources.page_facts import day_in_path, original
from onrecord.sources.posts import post

BODY = (
    "<p>The leaders of Russia, Ukraine, Germany and France negotiated for hours in Minsk, diplomats said.</p>"
    "<p>“We have agreed on the main points,” Vladimir Putin told reporters in the morning.</p>"
)


def read_page(html: str, **known: str) -> Document:
    (document,) = read_bytes(html.encode(), "minsk.html", **known)
    assert isinstance(document, Document)
    return document


def page(head: str = "", top: str = "", bottom: str = "", **known: str) -> Document:
    article = f"<article><h1>Talks in Minsk</h1>{top}{BODY}</article>"
    html = f"<html><head>{head}</head><body>{article}{bottom}</body></html>"
    return read_page(html, **known)


def ld(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


def day(document: Document) -> tuple[str | None, str | None]:
    where = {origin.field: origin.where for origin in document.origins}
    return document.published, where.get("published")


ARTICLE = '{"@type": "NewsArticle", "headline": "Talks in Minsk", "datePublished": "2015-02-12T08:00:00Z"}'
META = '<meta property="article:published_time" content="2015-02-11T20:00:00Z">'
TIME = '<time datetime="2015-02-10">Tuesday</time>'


@pytest.mark.parametrize(
    ("head", "top", "bottom", "expected"),
    [
        (ld(ARTICLE) + META, TIME, "", ("2015-02-12", "json-ld datePublished")),
        (META, TIME, "", ("2015-02-11", "meta article:published_time")),
        ("", TIME, "", ("2015-02-10", "time element at the headline")),
        ("", "", "", (None, None)),
        # not the article's: a photo's, a related box's, the foot's, another article's
        ("", f"<figure><img><figcaption>{TIME}</figcaption></figure>", "", (None, None)),
        ("", "", f"<aside>{TIME} Other news</aside>", (None, None)),
        ("", "", f'<div class="related-stories">{TIME} Other news</div>', (None, None)),
        ("", "", "<footer>Copyright 2024. 3 March 2024</footer>", (None, None)),
        (
            ld('{"@type": "ImageObject", "datePublished": "2015-01-01"}'),
            TIME,
            "",
            ("2015-02-10", "time element at the headline"),
        ),
        (
            ld('{"@type": "Person", "birthDate": "1952-10-07"}') + META,
            "",
            "",
            ("2015-02-11", "meta article:published_time"),
        ),
        (
            ld('{"@type": "ItemList", "itemListElement": [' + ARTICLE + "]}") + META,
            "",
            "",
            ("2015-02-11", "meta article:published_time"),
        ),
        # of several articles, the one with the headline of the page
        (
            ld('[{"@type": "Article", "headline": "Old", "datePublished": "2014-09-05"}, ' + ARTICLE + "]"),
            "",
            "",
            ("2015-02-12", "json-ld datePublished"),
        ),
        (
            ld('{"@graph": [{"@type": ["NewsArticle"], "datePublished": "2015-02-12"}]}'),
            "",
            "",
            ("2015-02-12", "json-ld datePublished"),
        ),
        (ld("{broken") + ld(ARTICLE), "", "", ("2015-02-12", "json-ld datePublished")),
        (ld("//<![CDATA[\n" + ARTICLE + "\n//]]>"), "", "", ("2015-02-12", "json-ld datePublished")),
        (
            "",
            '<span itemprop="datePublished" content="2015-02-09">x</span>',
            "",
            ("2015-02-09", "microdata datePublished"),
        ),
        ("", f"<p>Updated {TIME}</p>", "", (None, None)),
        ('<meta name="date" content="soon">' + META, "", "", ("2015-02-11", "meta article:published_time")),
    ],
)
def test_the_day_of_a_page_is_the_articles(head, top, bottom, expected) -> None:
    assert day(page(head, top, bottom)) == expected


def test_the_day_in_an_address_comes_after_those_of_the_page() -> None:
    assert day(page(url="https://example.org/2015/02/12/minsk")) == ("2015-02-12", "address")
    assert day(page(META, url="https://example.org/2015/02/12/minsk"))[0] == "2015-02-11"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org/2015/02/12/minsk", "2015-02-12"),
        ("https://example.org/world/2015-02-12-minsk.html", "2015-02-12"),
        ("https://example.org/20150212/minsk", "2015-02-12"),
        ("https://example.org/story-20150299", None),
        ("https://example.org/2015/02/12/on-2014-09-05", None),
        ("https://example.org/?d=2015-02-12", None),
        ("http://[", None),
        (None, None),
    ],
)
def test_the_day_in_the_path(address, expected) -> None:
    assert day_in_path(address) == expected


def test_the_copy_of_an_archive_is_the_page_itself() -> None:
    copy = "https://web.archive.org/web/20190312000000id_/https://example.org/minsk"
    assert original(copy) == "https://example.org/minsk"
    assert page(url=copy).url == "https://example.org/minsk"


def test_the_text_has_its_paragraphs_and_nothing_around_them() -> None:
    document = page(
        '<meta property="og:site_name" content="Wire"><title>Talks in Minsk | Wire</title>',
        '<div class="byline">By Jane Doe</div>',
        "<nav><a href='/'>Home</a><a href='/w'>World</a></nav><footer><p>Sign up for our letter</p></footer>",
    )
    assert document.text == BODY.replace("</p><p>", "\n\n").replace("<p>", "").replace("</p>", "")
    assert (document.title, document.byline, document.outlet) == ("Talks in Minsk", "Jane Doe", "Wire")


def test_a_page_of_line_breaks_has_paragraphs_and_a_day_at_its_head() -> None:
    text = BODY.replace("</p><p>", "<br><br>").removeprefix("<p>").removesuffix("</p>")
    html = f"<html><body><table><tr><td>12 February 2015<br><br>{text}</td></tr></table></body></html>"
    document = read_page(html)
    assert document.text.split("\n\n") == ["12 February 2015", *text.split("<br><br>")]
    assert day(document) == ("2015-02-12", "date line")


def test_what_was_typed_keeps_its_paragraphs() -> None:
    typed = (
        "President Obama spoke today by telephone with\nPrime Minister Netanyahu of Israel.\n\n"
        "The President said that the plan would\nremove the prospect of a nuclear-armed Iran.\n \n"
        "The two leaders agreed to stay in touch, and\nthe Secretary of Defense will visit next week."
    )
    document = read_page(f"<html><body><h1>Readout</h1><pre>{typed}</pre></body></html>")
    assert document.text.split("\n\n") == [
        " ".join(part.split()) for part in typed.replace("\n \n", "\n\n").split("\n\n")
    ]


def test_the_text_in_the_data_is_taken_where_the_page_shows_none() -> None:
    body = (
        "The leaders negotiated for hours in Minsk, diplomats said.\\n“We have agreed,” Putin told reporters."
    )
    data = f'{{"@type": "NewsArticle", "articleBody": "{body}"}}'
    document = read_page(f"<html><head>{ld(data)}</head><body><div id='root'></div></body></html>")
    assert document.text == body.replace("\\n", "\n\n")
    assert document.origins[0].where == "web page, its json-ld articleBody"


def test_a_page_without_a_report_says_so() -> None:
    (failure,) = read_bytes(b"<html><body><script>run()</script></body></html>", "x.html")
    assert isinstance(failure, Failure)
    assert failure.code == "no-report"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "We will sign. pic.twitter.com/a\n\n— Jane Doe (@jane) May 3, 2015",
            "“We will sign.” — Jane Doe (@jane) May 3, 2015",
        ),
        ("He said “no” — again.\n\n— Jane Doe (@jane)", "“He said ‘no’ — again.” — Jane Doe (@jane)"),
        ("https://t.co/a\n\n— Jane Doe (@jane)", None),
        ("No author here.", None),
    ],
)
def test_a_post_has_its_author(words, expected) -> None:
    assert post(words) == expected


def test_an_address_given_is_the_id_and_the_outlet_is_its_host() -> None:
    document = page(url="https://www.example.org/minsk")
    assert (document.id, document.url, document.outlet) == (
        *["https://www.example.org/minsk"] * 2,
        "example.org",
    )
