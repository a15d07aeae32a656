from __future__ import annotations

import re
import sqlite3
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from starlette.requests import Request

from onrecord.web.page import param
from onrecord.web.rendering import path
from tests.dossiers import dossier
from tests.web.conftest import client
from tests.web.much import much


class Links(HTMLParser):
    """The addresses a page leads to and loads from, its ids, and what of it could run."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.runs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag in ("script", "img", "iframe", "embed", "object", "source"):
            self.loads.append(given.get("src", ""))
            if tag == "script" and "src" not in given:
                self.runs.append(tag)
        if tag == "link":
            self.loads.append(given.get("href", ""))
        self.ids += [given["id"]] if "id" in given else []
        self.runs += [name for name in given if name.startswith("on")]
        self.runs += ["style"] if "style" in given else []


def read(html: str) -> Links:
    links = Links()
    links.feed(html)
    return links


def crawl(pages, start: str = "/") -> dict[str, str]:
    """Every page that can be reached by following links, with its HTML."""
    found: dict[str, str] = {}
    wanted = [start]
    while wanted:
        url = wanted.pop()
        if url in found:
            continue
        response = pages.get(url)
        assert response.status_code == 200, f"{url}: {response.status_code}"
        found[url] = response.text
        for link in read(response.text).links:
            target = urlsplit(urljoin(f"http://127.0.0.1:8350{url}", link))
            assert target.netloc == "127.0.0.1:8350", f"{url} leads away, to {link}"
            if target.path.startswith("/statements") and target.query:
                continue
            wanted.append(target.path + (f"?{target.query}" if target.query else ""))
    return found


@pytest.fixture(scope="module")
def everything(talks_path) -> dict[str, str]:
    return crawl(client(talks_path))


def test_every_link_of_every_page_leads_to_a_page(everything) -> None:
    kinds = {url.split("/")[1] for url in everything}
    assert kinds >= {
        "",
        "positions",
        "stand",
        "issues",
        "parties",
        "events",
        "entries",
        "reports",
        "statements",
    }
    assert len(everything) > 100


def test_no_page_loads_from_elsewhere_or_runs_anything_inside(everything) -> None:
    for url, html in everything.items():
        links = read(html)
        assert all(load.startswith("/static/") for load in links.loads), url
        assert not links.runs, url


def test_ids_are_there_once_and_labels_name_their_fields(everything) -> None:
    for url, html in everything.items():
        ids = read(html).ids
        assert len(ids) == len(set(ids)), url
        assert set(re.findall(r'<label for="([^"]+)"', html)) <= set(ids), url
        assert html.count("<h1") == 1, url


def test_pages_stay_small(everything) -> None:
    assert max(len(html.encode()) for html in everything.values()) < 300_000


def test_pages_of_much_stay_small(tmp_path) -> None:
    """Thirty parties, each on all of sixty issues in every report, with the longest words there can be."""
    pages = client(dossier(tmp_path / "much.db", [much(n) for n in range(2)]), user="Ana")
    menu = [url for url in read(pages.get("/").text).links if url.startswith("/")]
    urls = [*menu, "/positions?parties=30"]
    for start, kind in (
        ("/positions", "/stand/"), ("/positions", "/parties/"), ("/positions", "/issues/"),
        ("/statements", "/entries/"), ("/timeline", "/events/"),
    ):  # fmt: skip
        urls += [url for url in read(pages.get(start).text).links if url.startswith(kind)][:1]
    sizes = {url: len(pages.get(url).content) for url in urls}
    assert max(sizes.values()) < 300_000, sorted(sizes.items(), key=lambda s: -s[1])[:5]
    assert sizes["/positions"] > 100_000


def test_a_cell_of_the_matrix_opens_its_sentences(talks) -> None:
    page = talks.get("/positions").text
    link = next(href for href in read(page).links if href.startswith("/stand/IRN/"))
    html = talks.get(link).text
    assert "<mark>" in html
    assert any(f"/reports/vienna-{n}" in html for n in (1, 2, 3))


def test_the_table_as_it_stood_on_a_day_knows_nothing_of_later_days(talks) -> None:
    later, before = talks.get("/positions").text, talks.get("/positions?until=2015-07-08").text
    assert 'datetime="2015-07-14"' in later
    cells = re.findall(r'<td class="cell.*?</td>', before, re.S)
    assert cells
    assert not any("2015-07-14" in cell for cell in cells)


def test_statements_are_found_by_words_and_speaker(talks) -> None:
    html = talks.get("/statements?text=rushed&speaker=Kerry").text
    assert "John Kerry" in html
    assert html.count('class="said"') >= 1
    assert "Zarif" not in re.sub(r"<header.*?</header>", "", html, flags=re.S)


def test_a_search_with_the_signs_of_a_query_language_is_words(talks) -> None:
    for text in ('"', "a OR", "NEAR(", "*", "col:x", "(", "-x", "\0"):
        assert talks.get("/statements", params={"text": text}).status_code == 200


def test_a_name_that_nobody_has_is_told_with_a_suggestion(talks) -> None:
    html = talks.get("/statements?speaker=Kery").text
    assert "no speaker" in html
    assert "Kerry" in html


@pytest.mark.parametrize("text", ["a/b", "..", ".", "~2F", "100 %", "Zürich?x=1#y", "a~b", "%2F", " "])
def test_any_id_is_one_segment_of_a_path(text) -> None:
    segment = path(text)
    assert not set(segment) & set("/?#% ")
    assert segment.strip(".")
    request = Request({"type": "http", "path_params": {"id": segment}})
    assert param(request, "id") == text


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/issues/none", 404),
        ("/parties/none", 404),
        ("/entries/x-none", 404),
        ("/events/none", 404),
        ("/reports/none", 404),
        ("/reports/..%2f..%2fetc%2fpasswd", 404),
        ("/static/..%2fapp.py", 404),
        ("/stand/IRN/none", 404),
        ("/nothing", 404),
        ("/positions?until=yesterday", 400),
        ("/positions?basis=guess", 400),
        ("/positions?page=first", 400),
        ("/shifts?party=Atlantis", 404),
    ],
)
def test_what_is_not_there_is_said_on_a_page_of_its_own(talks, url, status) -> None:
    response = talks.get(url)
    assert response.status_code == status
    assert url.startswith("/static") or "<h1>" in response.text


def test_the_reader_marks_what_was_coded_and_keeps_the_text(talks, talks_path) -> None:
    text = (
        sqlite3.connect(talks_path)
        .execute("SELECT text FROM report WHERE id = 'vienna-2-embargo'")
        .fetchone()[0]
    )
    html = talks.get("/reports/vienna-2-embargo").text
    article = html[html.index("<article") : html.index("</article>")]
    article = re.sub(r'<ul class="margin".*?</ul>', "", article, flags=re.S)
    shown = re.sub(r"<[^>]+>", "", article)
    for entity, sign in (("&#39;", "'"), ("&#34;", '"'), ("&amp;", "&")):
        shown = shown.replace(entity, sign)
    assert shown.split() == text.split()
    assert all(f"l-{layer}" in article for layer in ("statement", "event", "position", "actor"))


def test_nothing_of_a_hostile_report_becomes_markup(harm_path) -> None:
    pages = crawl(client(harm_path, user="Ana"))
    assert any(url.startswith("/stand/") for url in pages)
    assert any(url.startswith("/events/") for url in pages)
    for url, html in pages.items():
        links = read(html)
        assert not links.runs, url
        assert all(load.startswith("/static/") for load in links.loads), url
        assert "<img" not in html
        assert "javascript:" not in " ".join(links.links)


def test_an_empty_dossier_says_what_to_do(tmp_path) -> None:
    html = client(dossier(tmp_path / "empty.db", [])).get("/").text
    assert "onrecord add" in html
