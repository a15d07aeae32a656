"""Each visitor signs with a name of their own, and issues are put in order on their pages."""

from __future__ import annotations

import html
from contextlib import closing

import pytest
from starlette.testclient import TestClient

from onrecord.dossier.connection import connect
from tests.web.conftest import client
from tests.web.test_review import form, reviews


def sign(pages, name: str):
    return pages.post("/name", data={"csrf": pages.app.state.access.csrf, "name": name, "back": "/review"})


def test_each_visitor_signs_with_their_own_name(pages, path) -> None:
    other = TestClient(pages.app, base_url="http://127.0.0.1:8350")
    assert sign(pages, "  Paul   Lindqvist ").url.path == "/review"
    pages.post("/review", data=form(pages, judgement="accept"))
    other.post("/review", data=form(other, judgement="accept"))
    assert [r.who for r in reviews(path)] == ["Paul Lindqvist", "Ana"]
    for _ in range(2):  # made, and given again
        assert "Signed as Paul Lindqvist" in pages.get("/review").text
        assert "Signed as Ana" in other.get("/review").text
    sign(pages, "")
    assert "Signed as Ana" in pages.get("/review").text


def test_a_name_is_text_in_the_pages(pages, path) -> None:
    name = "<script>alert(1)</script>“Ana”"
    sign(pages, name)
    pages.post("/review", data=form(pages, judgement="accept"))
    assert reviews(path)[0].who == name
    for address in ("/review?done=1", "/reviews", f"/entries/{reviews(path)[0].target}"):
        page = pages.get(address).text
        assert html.escape(name, quote=False) in page.replace("&#34;", '"')
        assert "<script>alert" not in page


@pytest.mark.parametrize("name", ["x" * 61, "Ana\u202e", "Ana\x1b[31m", "Ana\u200b", "Ana\x00"])
def test_a_name_is_short_and_can_be_seen(pages, name) -> None:
    response = sign(pages, name)
    assert response.status_code == 400
    assert "at most 60 characters" in response.text
    assert "onrecord-name" not in pages.cookies


def test_the_cookie_is_kept_from_scripts_and_other_sites(pages) -> None:
    response = pages.post(
        "/name", data={"csrf": pages.app.state.access.csrf, "name": "Paul"}, follow_redirects=False
    )
    cookie = response.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_a_name_that_this_server_did_not_give_signs_nothing(path) -> None:
    given = client(path, user="Ana")
    sign(given, "Eve")
    cookie = given.cookies["onrecord-name"]
    value, _, mark = cookie.partition(".")
    for forged in (cookie, value, f"{value}.", f".{mark}", f"{value}.{mark[:-1]}0", "é", "x" * 5000):
        pages = client(path, user="Ana")
        page = pages.get("/review", headers={"cookie": f"onrecord-name={forged}".encode()}).text
        assert "Signed as Ana" in page
    assert "Signed as Eve" in given.get("/review").text


def test_behind_a_token_a_name_holds_over_a_restart(path) -> None:
    before, after = (client(path, user="Ana", host="0.0.0.0", token="s3cret") for _ in range(2))
    before.get("/?token=s3cret")
    sign(before, "Paul")
    after.cookies = before.cookies
    assert "Signed as Paul" in after.get("/review").text


def test_read_only_pages_take_no_name(path) -> None:
    pages = client(path)
    assert sign(pages, "Paul").status_code == 403
    assert "Signed as" not in pages.get("/review").text
    issue = pages.get("/positions").text.partition('href="/issues/')[2].partition('"')[0]
    shown = pages.get(f"/issues/{issue}").text
    assert "<h1>" in shown
    assert "Split" not in shown


def order(pages, order: str, issue: str, **fields: object):
    sent = {"csrf": pages.app.state.access.csrf, "order": order, "issue": issue, "back": f"/issues/{issue}"}
    return pages.post("/issues", data={**sent, **fields})


def labels(path) -> dict[str, str]:
    with closing(connect(path)) as connection:
        return dict(connection.execute("SELECT id, label FROM issue ORDER BY id").fetchall())


def test_issues_are_merged_renamed_and_split_on_their_pages(pages, path) -> None:
    before = labels(path)
    kept, other = list(before)[:2]
    sign(pages, "Paul")
    page = order(pages, "merge", kept, other=before[other], why="one and the same").text
    assert f"{other} merged into {kept}, signed Paul" in page
    assert "one and the same" in page
    assert other not in labels(path)
    assert order(pages, "rename", kept, label="all of <b>it</b>").status_code == 200
    assert labels(path)[kept] == "all of <b>it</b>"
    page = pages.get(f"/issues/{kept}").text
    assert "<h1>all of &lt;b&gt;it&lt;/b&gt;</h1>" in page
    position = page.partition('name="position" value="')[2].partition('"')[0]
    page = order(pages, "split", kept, label="a part", position=[position]).text
    assert "a-part split off, signed Paul" in page
    assert "a-part" in labels(path)
    assert [(r.judgement, r.who) for r in reviews(path)] == [
        (j, "Paul") for j in ("merge", "rename", "split")
    ]
    for number in ("3", "2", "1"):
        sent = {"csrf": pages.app.state.access.csrf, "judgement": "undo", "entry": number}
        assert pages.post("/review", data={**sent, "back": "/reviews"}).status_code == 200
    assert labels(path) == before


@pytest.mark.parametrize(
    ("what", "fields", "says"),
    [
        ("merge", {"other": "nothing"}, "no issue is called"),
        ("merge", {}, "no issue is called"),
        ("rename", {"label": " "}, "give the new label"),
        ("split", {"label": "a part"}, "name the positions"),
        ("split", {"label": "a part", "position": ["p-x"]}, "is no position on"),
        ("erase", {}, "can be merged, split and renamed"),
    ],
)
def test_an_order_that_makes_no_sense_is_told_and_changes_nothing(pages, path, what, fields, says) -> None:
    before = labels(path)
    response = order(pages, what, next(iter(before)), **fields)
    assert response.status_code == 400
    assert says in html.unescape(response.text)
    assert reviews(path) == ()
    assert labels(path) == before
