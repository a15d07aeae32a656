from __future__ import annotations

import re
import sqlite3
import time

import pytest
from starlette.exceptions import HTTPException

from onrecord.web import actions
from onrecord.web.uploads import Sent, Uploads
from tests.dossiers import dossier
from tests.web.conftest import client

TEXT = b"Colombia and the FARC signed an accord in Havana on Wednesday, officials said."


@pytest.fixture
def path(tmp_path):
    return dossier(tmp_path / "talks.db", [])


@pytest.fixture
def pages(path, monkeypatch):
    """Pages whose documents are not coded but refused, so that no model is loaded."""
    from onrecord.dossier import adding
    from onrecord.sources import Failure

    def refuse(items, **_):
        for item in items:
            yield (
                item if isinstance(item, Failure) else Failure(item.id, "refused", "not today", document=item)
            )

    monkeypatch.setattr(adding, "code_many", refuse)
    return client(path, user="Ana")


def send(pages, *files: tuple[str, bytes], **fields: str):
    csrf = re.search(r'name="csrf" value="([^"]+)"', pages.get("/reports").text)[1]
    return pages.post(
        "/reports",
        data={"csrf": csrf, **fields},
        files=[("files", file) for file in files],
        follow_redirects=False,
    )


def told(pages, response) -> str:
    assert response.status_code == 303, response.text
    for _ in range(200):
        html = pages.get(response.headers["location"]).text
        if "data-again" not in html:
            return html
        time.sleep(0.02)
    raise AssertionError("it was never done")


def test_files_are_filed_under_the_last_part_of_their_names(pages, path) -> None:
    html = told(pages, send(pages, ("../../etc/accord.txt", TEXT), published="2016-08-24"))
    assert "kept, not coded:" in html
    assert "not today" in html
    row = sqlite3.connect(path).execute("SELECT id, source, published FROM report").fetchone()
    assert row == ("accord", "accord.txt", "2016-08-24")


def test_the_same_file_again_is_there_already(pages) -> None:
    told(pages, send(pages, ("accord.txt", TEXT)))
    assert "there already" in told(pages, send(pages, ("accord.txt", TEXT)))


def test_what_cannot_be_read_is_listed_with_the_reason(pages) -> None:
    html = told(pages, send(pages, ("empty.txt", b""), ("accord.txt", TEXT)))
    rows = re.findall(r"<tr>.*?</tr>", html, re.S)[1:]
    assert len(rows) == 2
    assert "empty.txt" in rows[0]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a/b.txt", "b.txt"),
        ("C:\\x\\b.txt", "b.txt"),
        ("../..", "file"),
        ("", "file"),
        ("a\x00\n\x1bb.txt", "ab.txt"),
        ("<b>.txt", "<b>.txt"),
        ("x" * 300 + ".txt", "x" * 116 + ".txt"),
    ],
)
def test_a_name_is_no_path(name, kept) -> None:
    assert Sent.of(name, b"").name == kept


def test_nothing_is_taken_that_is_too_large(pages, monkeypatch) -> None:
    monkeypatch.setattr(actions, "MOST_BYTES", 1000)
    response = send(pages, ("large.txt", b"x" * 2000))
    assert response.status_code == 413

    def chunks():
        yield from [b"x" * 600] * 4

    response = pages.post(
        "/reports", content=chunks(), headers={"content-type": "multipart/form-data; boundary=b"}
    )
    assert response.status_code == 413


@pytest.mark.parametrize(
    ("files", "fields", "status"),
    [
        ((), {}, 400),
        ((("a.txt", TEXT),), {"published": "today"}, 400),
        ((("a.txt", TEXT),), {"csrf": "x"}, 403),
    ],
)
def test_what_makes_no_sense_is_told(pages, files, fields, status) -> None:
    assert send(pages, *files, **fields).status_code == status


def test_a_delivery_that_nobody_made_is_not_found(pages) -> None:
    assert pages.get("/added/7").status_code == 404


def test_only_so_many_bytes_wait(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("onrecord.web.uploads._HELD", 1_000)
    monkeypatch.setattr(Uploads, "_work", lambda self: None)
    waiting = Uploads(str(tmp_path / "talks.db"))
    assert waiting.add([Sent("large.txt", b"x" * 2_000)], None) == 1  # alone, whatever its size
    with pytest.raises(HTTPException, match="try again later"):
        waiting.add([Sent("small.txt", b"x")], None)
