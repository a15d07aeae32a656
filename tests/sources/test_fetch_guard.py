from __future__ import annotations

import socket

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.errors import DocumentError
from onrecord.sources.fetch import Client
from onrecord.sources.fetch_guard import addresses, is_public, is_url, look_up, printable, redirected, target
from onrecord.sources.fetch_manners import Manners


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("http://Example.ORG", "http://example.org/"),
        ("HTTPS://example.org:443/a#b", "https://example.org/a"),
        ("http://example.org:8080/a?b=c d".replace(" ", "%20"), "http://example.org:8080/a?b=c%20d"),
        ("https://example.org./", "https://example.org/"),
        ("https://example.org/a/../b/./c", "https://example.org/b/c"),
        ("https://example.org/../../etc", "https://example.org/etc"),
        ("https://example.org/a/..", "https://example.org/"),
        ("https://example.org//evil.example/x", "https://example.org//evil.example/x"),
        ("https://example.org/Переговоры?q=é", "https://example.org/%D0%9F%D0%B5%D1%80%D0%B5%D0%B3%D0%BE"
         "%D0%B2%D0%BE%D1%80%D1%8B?q=%C3%A9"),
        ("https://faß.example/", "https://xn--fa-hia.example/"),
        ("https://пример.example/", "https://xn--e1afmkfd.example/"),
        ("http://[2606:2800:0220:1::1]/", "http://[2606:2800:220:1::1]/"),
        ("https://a_b.example.org/", "https://a_b.example.org/"),
        ("https://example.org/100%", "https://example.org/100%"),
        ("https://example.org?x", "https://example.org/?x"),
    ],
)  # fmt: skip
def test_a_url_in_normal_form(url: str, normal: str) -> None:
    assert target(url).url == normal
    assert target(normal) == target(url)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("ftp://example.org/", "not ftp:"),
        ("javascript://example.org/%0aalert(1)", "only http"),
        ("gopher://example.org:70/1", "only http"),
        ("http://", "names no host"),
        ("http:///path", "names no host"),
        ("http://me:secret@example.org/", "user name or password"),
        ("http://@example.org/", "user name or password"),
        ("http://example.org\\@evil.example/", "backslash"),
        ("http://exa mple.org/", "space"),
        ("http://example.org/\r\nHost: evil", "control character"),
        ("http://example.org/\ud800", "control character"),
        ("http://example.org:0/", "port 0"),
        ("http://example.org:99999/", "not a URL"),
        ("http://example.org:x/", "not a URL"),
        ("http://[::1", "not a URL"),
        ("http://-example.org/", "no name of a host"),
        ("http://exa$mple.org/", "no name of a host"),
        ("http://a..b/", "no name of a host"),
        (f"http://{'a' * 64}.org/", "no name of a host"),
        (f"http://{'a.' * 130}org/", "no name of a host"),
        ("http://\u2024\u2024/", "no name of a host"),
        ("http://example.org/" + "a" * 5000, "longer than a URL"),
    ],
)
def test_what_is_no_url_to_fetch(url: str, says: str) -> None:
    with pytest.raises(DocumentError) as e:
        target(url)
    assert e.value.code == "bad-url"
    assert says in e.value.message
    assert "secret" not in str(e.value)
    assert str(e.value).isprintable()


PRIVATE = """
    127.0.0.1 127.9.9.9 0.0.0.0 0.1.2.3 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1
    169.254.169.254 100.64.0.1 100.100.100.200 192.0.0.8 192.0.2.1 192.88.99.1 198.18.0.1
    198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 168.63.129.16 ::
    ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:0:127.0.0.1 ::127.0.0.1 64:ff9b::127.0.0.1
    64:ff9b::a00:1 64:ff9b:1::1 100::1 2001::1 2001:2::1 2001:db8::1 2002:7f00:1::1 2002:a00:1::1
    fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 5f00::1 4000::1
"""
PUBLIC = """
    1.1.1.1 8.8.8.8 93.184.216.34 172.32.0.1 192.0.1.1 2606:2800:220:1::1 2a00:1450::1
    ::ffff:8.8.8.8 64:ff9b::8.8.8.8 2002:808:808::1
"""


@pytest.mark.parametrize("address", PRIVATE.split())
def test_what_is_not_of_the_public_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC.split())
def test_what_is_of_the_public_internet(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::1]", "[::ffff:7f00:1]",
     "0", "[::]", "127.0.0.1."],
)  # fmt: skip
def test_this_machine_by_any_name_is_refused_and_not_connected_to(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a connection")

    monkeypatch.setattr(socket, "create_connection", refuse)
    with pytest.raises(DocumentError) as e:
        Client(Manners()).get(f"http://{host}:9/")
    # A resolver may not know numbers that are written oddly; what it knows is refused.
    assert e.value.code in ("private-address", "unreachable")
    if host in ("127.0.0.1", "[::1]", "localhost", "2130706433"):
        assert e.value.code == "private-address"
        assert "--allow-private" in e.value.message


def test_a_name_with_one_private_address_is_refused_whole() -> None:
    place = target("https://news.example/")
    with pytest.raises(DocumentError, match=r"10\.0\.0\.1, the host news\.example, is a private") as e:
        addresses(place, lambda host, port: ["93.184.216.34", "10.0.0.1"], is_public)
    assert e.value.code == "private-address"
    both = ["93.184.216.34", "2606:2800:220:1::1"]
    assert addresses(place, lambda host, port: both, is_public) == both


def test_the_address_that_was_checked_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: the name means a public address when asked first, this machine ever after."""
    answers = iter([["93.184.216.34"]] + [["127.0.0.1"]] * 9)
    connected: list[str] = []

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        connected.append(address[0])
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(DocumentError):
        Client(Manners(resolve=lambda host, port: next(answers))).get("http://rebind.example/")
    assert connected == ["93.184.216.34"]


def test_a_host_that_nobody_knows() -> None:
    with pytest.raises(DocumentError, match="was not found") as e:
        addresses(target("http://no-such-host.invalid/"), look_up, is_public)
    assert e.value.code == "unreachable"


@pytest.mark.parametrize(
    ("location", "leads"),
    [
        ("/b", "http://example.org/b"),
        ("c?d", "http://example.org/a/c?d"),
        ("//other.example/x", "http://other.example/x"),
        ("https://other.example", "https://other.example/"),
        ("?q", "http://example.org/a/b?q"),
        ("", "http://example.org/a/b"),
        ("/caf\u00c3\u00a9", "http://example.org/caf%C3%A9"),
    ],
)
def test_where_a_redirect_leads(location: str, leads: str) -> None:
    assert redirected(target("http://example.org/a/b"), location).url == leads


def test_a_url_is_told_from_a_path() -> None:
    assert is_url("https://example.org")
    assert is_url("file:///etc/passwd")
    assert not is_url("reports/a.txt")
    assert not is_url("C:\\reports")
    assert not is_url("example.org/a")


def test_what_is_shown_of_a_url_has_no_teeth_and_no_secret() -> None:
    assert printable("http://me:s3cret@example.org/\x1b[2Ja\u202eb") == "http://example.org/%1B[2Ja%E2%80%AEb"
    assert len(printable("http://example.org/" + "x" * 9000)) < 400


@given(st.text())
@example("http://[v1.a]/")
@example("http://１２７.0.0.1/")
@example("http://a%00b/")
def test_any_text_is_a_url_in_normal_form_or_a_bad_url(text: str) -> None:
    for candidate in (text, f"http://{text}", f"https://example.org/{text}"):
        try:
            found = target(candidate)
        except DocumentError as e:
            refusal = e
        else:
            assert found.url.isascii()
            assert found.url.isprintable()
            assert target(found.url) == found
            continue
        assert refusal.code == "bad-url"
        assert str(refusal).isascii()
        assert str(refusal).isprintable()
