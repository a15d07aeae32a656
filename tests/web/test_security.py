from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from onrecord.errors import UsageError
from onrecord.web.security import CSP, Access, is_loopback
from tests.web.conftest import client


def test_every_answer_has_the_headers(talks) -> None:
    for url in ("/", "/nothing", "/static/onrecord.css", "/positions?until=x"):
        headers = talks.get(url).headers
        assert headers["content-security-policy"] == CSP
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
    assert "unsafe" not in CSP
    assert "default-src 'none'" in CSP


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "::", "example.org"])
def test_no_address_that_others_reach_without_a_token(host) -> None:
    with pytest.raises(UsageError, match="--token"):
        Access.of(host, None)
    assert Access.of(host, "secret").token == "secret"


def test_this_machine_is_told_from_others() -> None:
    assert all(map(is_loopback, ("localhost", "127.0.0.1", "127.9.9.9", "::1")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "10.0.0.1", "localhost.example.org", "")))


def test_a_foreign_host_name_is_refused(talks) -> None:
    """DNS rebinding: a page of another site makes its own name mean this machine."""
    assert talks.get("/", headers={"host": "evil.example"}).status_code == 421
    assert talks.get("/", headers={"host": "localhost:8350"}).status_code == 200


def test_a_host_or_origin_that_cannot_be_read_is_refused(talks) -> None:
    assert talks.get("/", headers={"host": "[x"}).status_code == 421
    assert talks.post("/review", headers={"origin": "http://[x"}).status_code == 403


def test_what_nobody_expected_is_answered_with_the_headers_too(talks_path, monkeypatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("of the secret kind")

    monkeypatch.setattr("onrecord.web.app.connect", broken)
    pages = TestClient(
        client(talks_path).app, base_url="http://127.0.0.1:8350", raise_server_exceptions=False
    )
    response = pages.get("/")
    assert response.status_code == 500
    assert response.headers["content-security-policy"] == CSP
    assert response.headers["x-frame-options"] == "DENY"
    assert "secret" not in response.text


def test_numbers_of_any_length_are_answered(talks_path) -> None:
    pages = client(talks_path, user="Ana")
    for page in ("9" * 30, "9" * 5000, "-3"):
        assert pages.get(f"/statements?page={page}").status_code in (200, 400)
        assert pages.get(f"/review?page={page}").status_code in (200, 400)
    undo = {"csrf": pages.app.state.access.csrf, "judgement": "undo", "entry": "9" * 5000}
    assert pages.post("/review", data=undo).status_code == 400


def test_the_token_leads_to_our_own_pages_alone(talks_path) -> None:
    pages = client(talks_path, host="0.0.0.0", token="s3cret")
    opened = pages.get("http://127.0.0.1:8350//evil.example?token=s3cret", follow_redirects=False)
    assert opened.headers["location"] == "/evil.example"


def test_a_shared_instance_asks_for_the_token(talks_path) -> None:
    pages = client(talks_path, host="0.0.0.0", token="s3cret")
    assert pages.get("/").status_code == 401
    assert pages.get("/?token=wrong").status_code == 401
    opened = pages.get("/?token=s3cret", follow_redirects=False)
    assert opened.status_code == 303
    assert "token" not in opened.headers["location"]
    cookie = opened.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert pages.get("/").status_code == 200


def test_a_request_of_another_site_changes_nothing(talks) -> None:
    for headers in (
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ):
        for url in ("/review", "/reports", "/issues", "/name"):
            assert talks.post(url, headers=headers).status_code == 403
    assert talks.post("/review", headers={"host": "evil.example"}).status_code == 421


def test_a_form_without_this_runs_token_changes_nothing(talks_path) -> None:
    pages = client(talks_path, user="Ana")
    for token in ("", "x", client(talks_path, user="Ana").app.state.access.csrf):
        for url in ("/review", "/issues", "/name"):
            response = pages.post(
                url, data={"csrf": token, "judgement": "accept", "entry": "s-", "name": "x"}
            )
            assert response.status_code == 403
            assert "load its page again" in response.text


def test_a_shared_instance_takes_no_form_of_a_stranger(talks_path) -> None:
    pages = client(talks_path, host="0.0.0.0", token="s3cret", user="Ana")
    csrf = pages.app.state.access.csrf
    assert pages.post("/review", data={"csrf": csrf}).status_code == 401


def test_an_error_tells_nothing_of_the_server(tmp_path) -> None:
    from tests.dossiers import dossier

    folder = tmp_path / "secret-folder"
    folder.mkdir()
    path = dossier(folder / "talks.db", [])
    pages = client(path)
    path.write_bytes(b"x" * 5000)
    for name in ("talks.db-wal", "talks.db-shm"):
        path.with_name(name).unlink(missing_ok=True)
    response = pages.get("/")
    assert response.status_code == 503
    assert "secret-folder" not in response.text
    assert "no dossier" in response.text
