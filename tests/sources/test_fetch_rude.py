"""A server that misbehaves in every way we know of: each ends in a page, or in a reason and a remedy."""

from __future__ import annotations

import gzip
import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.errors import DocumentError
from onrecord.sources.fetch import Client
from onrecord.sources.fetch_guard import redirected, target
from onrecord.sources.fetch_http import exchange
from onrecord.sources.fetch_manners import Bounds, Manners
from tests.sources.rude_server import PEM, STORY, Behaviour, RudeServer, Visit, bomb, serving

SIZE = 100_000
BOUNDS = Bounds(connect=1.0, idle=0.25, whole=0.5, size=SIZE)


def here_only(address: str) -> bool:
    """Stands for 'public' in these tests: the server's own address."""
    return address == "127.0.0.1"


def manners(**changes: object) -> Manners:
    """Fast manners: time passes by sleeping alone, every host is this machine."""
    usual = Manners(
        bounds=BOUNDS,
        allowed=here_only,
        clock=time.monotonic,
        sleep=lambda seconds: None,
        resolve=lambda host, port: [host if host[0].isdigit() or ":" in host else "127.0.0.1"],
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def endless(visit: Visit) -> None:
    visit.page(b"", Content_Length="")
    while not visit.server.over.is_set():
        visit.raw(b"more " * 4_000)


def drip_head(visit: Visit) -> None:
    visit.raw(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    visit.drip(b"x")


def continues(visit: Visit) -> None:
    visit.drip(b"HTTP/1.1 100 Continue\r\n\r\n")


def drip_body(visit: Visit) -> None:
    visit.page(b"", Content_Length="")
    visit.drip(b"x")


def drip_chunk_size(visit: Visit) -> None:
    visit.page(b"", Content_Length="", Transfer_Encoding="chunked")
    visit.drip(b"0")


def endless_chunk(visit: Visit) -> None:
    visit.page(b"-1\r\n", Content_Length="", Transfer_Encoding="chunked")
    while not visit.server.over.is_set():
        visit.raw(b"0\r\n" * 4_000)


def stops_halfway(visit: Visit) -> None:
    visit.page(STORY[:40], Content_Length=str(len(STORY)))
    visit.hold()


def resets_halfway(visit: Visit) -> None:
    visit.page(STORY[:40], Content_Length=str(len(STORY)))
    time.sleep(0.05)
    visit.reset()


def chunked(body: bytes) -> Behaviour:
    return lambda visit: visit.page(body, Content_Length="", Transfer_Encoding="chunked")


def one_chunk(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


def raw(data: bytes) -> Behaviour:
    return lambda visit: visit.raw(data)


def packed(body: bytes, **headers: str) -> Behaviour:
    return lambda visit: visit.page(body, Content_Encoding="gzip", **headers)


def to(location: str, status: str = "302 Found") -> Behaviour:
    return lambda visit: visit.to(location, status)


def chain(visit: Visit) -> None:
    visit.to(f"{visit.path}x")


PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(STORY), STORY)
GZIP = gzip.compress(STORY, mtime=0)
# Path: what the server does, the reason expected ('' for a page), and words of the message or the body.
RUDE: dict[str, tuple[Behaviour, str, str]] = {
    "/slow-head": (drip_head, "timeout", "not done within 0.5 seconds"),
    "/slow-body": (drip_body, "timeout", "not done within 0.5 seconds"),
    "/slow-chunk-size": (drip_chunk_size, "timeout", "not done within 0.5 seconds"),
    "/continues-for-ever": (continues, "timeout", "not done within 0.5 seconds"),
    "/never-answers": (Visit.hold, "timeout", "does not answer"),
    "/stops-halfway": (stops_halfway, "timeout", "0.25 without a byte"),
    "/endless": (endless, "too-large", "larger than is fetched (100,000 bytes)"),
    "/says-it-is-large": (lambda v: v.page(b"", Content_Length="999999999999"), "too-large", "larger"),
    "/negative-length": (lambda v: v.page(Content_Length="-5"), "", "talks in Vienna"),
    "/length-no-number": (lambda v: v.page(Content_Length="many"), "", "talks in Vienna"),
    "/truncated": (lambda v: v.page(STORY, Content_Length="5000"), "truncated", "did not come whole"),
    "/resets": (Visit.reset, "unreachable", "broke the connection off"),
    "/resets-halfway": (resets_halfway, "unreachable", "broke the connection off"),
    "/closes": (lambda v: None, "unreachable", "broke the connection off"),
    "/empty": (lambda v: v.page(b""), "empty", "empty page"),
    "/no-content": (lambda v: v.page(b"", "204 No Content"), "http-error", "HTTP 204"),
    "/partial": (lambda v: v.page(STORY, "206 Partial Content"), "http-error", "HTTP 206"),
    "/early-hints": (raw(b"HTTP/1.1 103 Early Hints\r\n\r\n" + PAGE), "http-error", "HTTP 103"),
    "/continue": (raw(b"HTTP/1.1 100 Continue\r\n\r\n" + PAGE), "", "talks in Vienna"),
    "/not-modified-unasked": (lambda v: v.page(b"", "304 Not Modified"), "http-error", "HTTP 304"),
    "/not-found": (lambda v: v.page(b"", "404 Not Found"), "not-found", "web archive"),
    "/gone": (lambda v: v.page(b"", "410 Gone"), "not-found", "HTTP 410"),
    "/forbidden": (lambda v: v.page(b"", "403 Forbidden"), "forbidden", "from a browser"),
    "/paywall": (lambda v: v.page(b"", "402 Payment Required"), "forbidden", "HTTP 402"),
    "/broken": (lambda v: v.page(b"", "500 Oops"), "http-error", "HTTP 500"),
    "/status-999": (lambda v: v.page(b"", "999 Denied"), "http-error", "HTTP 999"),
    "/loop": (to("/loop"), "redirects", "more than 3 times"),
    "/to-nowhere": (lambda v: v.page(b"", "302 Found"), "http-error", "HTTP 302"),
    "/to-file": (to("file:///etc/passwd"), "bad-url", "only http and https"),
    "/to-data": (to("data:text/plain,hello"), "bad-url", "only http and https"),
    "/to-gopher": (to("gopher://localhost/1"), "bad-url", "only http and https"),
    "/to-missing": (to("/no-such"), "not-found", "/no-such: there is no such page"),
    "/to-private": (to("http://10.0.0.7/admin"), "private-address", "10.0.0.7 is a private"),
    "/to-metadata": (to("//169.254.169.254/latest/"), "private-address", "169.254.169.254 is a private"),
    "/to-ipv6": (to("http://[::1]/"), "private-address", "::1 is a private"),
    "/to-password": (to("http://me:secret@localhost/x"), "bad-url", "user name or password"),
    "/to-broken": (to("http://[::1/x"), "bad-url", "no URL"),
    "/to-long": (to("/" + "x" * 5_000), "bad-url", "longer than a URL"),
    "/to-utf8": (to("/caf\u00e9"), "", "talks in Vienna"),
    "/to-not-utf8": (to("/caf\udce9"), "", "talks in Vienna"),
    "/to-spaced": (to(" /two words "), "", "talks in Vienna"),
    "/to-there": (to("/good#part", "308 Permanent Redirect"), "", "talks in Vienna"),
    "/huge-header": (lambda v: v.page(X="x" * 70_000), "bad-answer", "LineTooLong"),
    "/many-headers": (lambda v: v.page(**{f"X{i}": "x" for i in range(200)}), "bad-answer", "HTTP as it"),
    "/not-http": (raw(b"220 smtp.example.org ESMTP\r\n"), "bad-answer", "HTTP as it should"),
    "/http-0.9": (raw(STORY), "bad-answer", "HTTP as it should"),
    "/no-content-type": (lambda v: v.page(Content_Type=""), "", "talks in Vienna"),
    "/type-lies": (lambda v: v.page(Content_Type="application/pdf"), "", "talks in Vienna"),
    "/type-escapes": (lambda v: v.page(Content_Type="text/\x1b[31mhtml"), "", "talks in Vienna"),
    "/type-is-huge": (lambda v: v.page(Content_Type="text/plain" * 2_000), "", "talks in Vienna"),
    "/cookies": (lambda v: v.page(Set_Cookie="id=7; Path=/"), "", "talks in Vienna"),
    "/wrong-charset": (
        lambda v: v.page(b"d\xe9j\xe0 vu in Vienna", Content_Type="text/html; charset=x"),
        "",
        "vu in Vienna",
    ),
    "/gzip": (packed(GZIP), "", "talks in Vienna"),
    "/gzip-of-nothing": (packed(gzip.compress(b"")), "empty", "empty page"),
    "/gzip-bomb": (packed(bomb(50_000_000)), "too-large", "larger than is fetched"),
    "/gzip-bomb-in-chunks": (
        packed(one_chunk(bomb(9_000_000)), Content_Length="", Transfer_Encoding="chunked"),
        "too-large",
        "larger than is fetched",
    ),
    "/gzip-cut": (packed(GZIP[:-9]), "truncated", "did not come whole"),
    "/gzip-damaged": (packed(GZIP[:20] + b"\xff\xff\xff\xff" + GZIP[24:]), "bad-answer", "gzip packing"),
    "/gzip-a-lie": (packed(STORY), "bad-answer", "gzip packing"),
    "/packed-unasked": (lambda v: v.page(Content_Encoding="br"), "bad-answer", "packed as 'br'"),
    "/packed-twice": (lambda v: v.page(Content_Encoding="gzip, gzip"), "bad-answer", "not asked for"),
    "/chunked": (chunked(one_chunk(STORY)), "", "talks in Vienna"),
    "/chunked-cut": (chunked(b"ff\r\nhalf"), "truncated", "did not come whole"),
    "/chunked-no-end": (chunked(b"4\r\nhalf\r\n"), "truncated", "did not come whole"),
    "/chunked-no-number": (chunked(b"zz\r\nhalf\r\n0\r\n\r\n"), "truncated", "did not come whole"),
    "/chunked-negative": (chunked(b"-4\r\nhalf\r\n0\r\n\r\n"), "truncated", "did not come whole"),
    "/chunked-negative-endless": (endless_chunk, "truncated", "did not come whole"),
    "/good": (Visit.page, "", "talks in Vienna"),
}  # fmt: skip
PAGES: dict[str, Behaviour] = {path: behaviour for path, (behaviour, _, _) in RUDE.items()}
PAGES |= dict.fromkeys(("/caf%C3%A9", "/caf%E9", "/two%20words"), Visit.page)


@pytest.fixture(scope="module")
def server() -> Iterator[RudeServer]:
    with serving(PAGES) as running:
        yield running


@pytest.mark.parametrize("path", RUDE)
def test_a_rude_server_gets_a_page_or_a_reason_out_of_us(server: RudeServer, path: str) -> None:
    _, code, says = RUDE[path]
    began = time.monotonic()
    if code:
        with pytest.raises(DocumentError) as e:
            Client(manners(redirects=3)).get(server.url(path))
        assert (e.value.code, e.value.document) == (code, server.url(path))
        assert says in e.value.message
        assert e.value.message.isascii()
        assert e.value.message.isprintable()
    else:
        page = Client(manners(redirects=3)).get(server.url(path))
        assert says in page.body.decode("latin-1")
        assert page.url == server.url(path)
    assert time.monotonic() - began < 2.0


def test_the_final_address_is_that_after_redirects_and_types_come_as_sent(server: RudeServer) -> None:
    client = Client(manners())
    page = client.get(server.url("/to-there#top"))
    assert (page.url, page.final) == (server.url("/to-there"), server.url("/good"))
    assert page.content_type == "text/plain; charset=utf-8"
    assert client.get(server.url("/type-escapes")).content_type is None
    assert client.get(server.url("/type-is-huge")).content_type is None
    assert client.get(server.url("/no-content-type")).content_type is None


def test_no_cookie_is_sent_back_and_we_say_who_we_are(server: RudeServer) -> None:
    client = Client(manners())
    client.get(server.url("/cookies"))
    client.get(server.url("/cookies"))
    asked = server.asked("/cookies")
    assert not [headers for headers in asked if "cookie" in headers or "authorization" in headers]
    assert asked[-1]["user-agent"].startswith("onrecord/")
    assert "(+https://" in asked[-1]["user-agent"]
    assert asked[-1]["host"] == f"localhost:{server.port}"


def test_a_certificate_nobody_vouches_for_is_refused() -> None:
    with serving(PAGES, tls=True) as server, pytest.raises(DocumentError) as e:
        Client(manners()).get(server.url("/good"))
    assert e.value.code == "tls"
    assert "self-signed certificate" in e.value.message or "self signed" in e.value.message


def test_a_certificate_must_be_that_of_the_host_not_of_the_address() -> None:
    trusting = ssl.create_default_context(cafile=str(PEM))
    with serving(PAGES, tls=True) as server:
        assert Client(manners(tls=trusting)).get(server.url("/good")).body == STORY
        with pytest.raises(DocumentError, match="ostname mismatch") as e:
            Client(manners(tls=trusting)).get(server.url("/good", "elsewhere.test"))
    assert e.value.code == "tls"


def test_a_slow_drip_over_tls_ends_too() -> None:
    trusting = ssl.create_default_context(cafile=str(PEM))
    with serving(PAGES, tls=True) as server, pytest.raises(DocumentError) as e:
        Client(manners(tls=trusting)).get(server.url("/slow-head"))
    assert e.value.code == "timeout"
    assert "not done within" in e.value.message


def test_http_where_https_is_asked_for_and_the_other_way_round(server: RudeServer) -> None:
    with pytest.raises(DocumentError) as e:
        Client(manners()).get(server.url("/good").replace("http:", "https:"))
    assert e.value.code in ("tls", "timeout")
    with serving(PAGES, tls=True) as secure, pytest.raises(DocumentError) as e:
        Client(manners()).get(secure.url("/good").replace("https:", "http:"))
    assert e.value.code in ("unreachable", "bad-answer")


def test_nobody_listens(server: RudeServer) -> None:
    with serving(PAGES) as gone:
        url = gone.url("/good")
    with pytest.raises(DocumentError, match="cannot be reached") as e:
        Client(manners()).get(url)
    assert e.value.code == "unreachable"


def test_an_address_that_takes_no_connection_is_passed_over_for_the_next(server: RudeServer) -> None:
    both = manners(resolve=lambda host, port: ["127.0.0.2", "127.0.0.1"], allowed=lambda address: True)
    assert Client(both).get(server.url("/good", "two.test")).body == STORY


def test_of_many_addresses_only_a_few_are_tried(server: RudeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        tried.append(address[0])
        raise TimeoutError

    monkeypatch.setattr(socket, "create_connection", connect)
    many = manners(resolve=lambda host, port: [f"127.0.0.{n}" for n in range(1, 99)], allowed=bool)
    with pytest.raises(DocumentError) as e:
        Client(many).get(server.url("/good"))
    assert (e.value.code, len(tried)) == ("timeout", 4)


LINES = [
    b"HTTP/1.1 200 OK", b"HTTP/1.0 200", b"HTTP/1.1 302 Found", b"HTTP/1.1 304", b"HTTP/1.1 503 Busy",
    b"HTTP/1.1 100 Continue", b"Content-Length: 5", b"Content-Length: 99999", b"Transfer-Encoding: chunked",
    b"Content-Encoding: gzip", b"Content-Type: text/html; charset=\xff", b"Location: //a/%", b"Location: http://[",
    b"Retry-After: x", b" folded", b"5", b"hello", b"0", b"-1", b"fffffffff", b"", b":", b"\x00", b"HTTP/9",
    b"x" * 66_000,
]  # fmt: skip
PIECES = st.one_of(
    st.sampled_from([line + b"\r\n" for line in LINES]),
    st.sampled_from([GZIP, b"\n"]),
    st.binary(max_size=20),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=9))
@example([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nhello"])
@example([b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", GZIP[:30], GZIP])
def test_whatever_bytes_come_there_is_an_answer_or_a_reason(pieces: list[bytes]) -> None:
    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            theirs.sendall(b"".join(pieces)[:100_000])  # no more than a pair of sockets holds
        return ours

    place, reason = target("http://example.org/"), ""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "create_connection", connect)
        try:
            answer = exchange(place, ["192.0.2.1"], {}, BOUNDS, None)
            assert len(answer.body) <= SIZE
            redirected(place, answer.headers.get("location", ""))
        except DocumentError as e:
            reason = str(e)
    assert reason.isascii()
    assert reason.isprintable()
