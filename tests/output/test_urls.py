from __future__ import annotations

import pytest

from onrecord.output.urls import web_address


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org:8080/a/b?c=d&e=%20#f",
        "https://example.org/talks,(1995);x=~y",
        "https://xn--bcher-kva.example/",
    ],
)
def test_web_addresses_are_these(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "https://",
        "https://a b",
        "https://a/<b>",
        'https://a/"onclick',
        "https://a/\x1b[31m",
        "https://a/\u202egnp",
        "https://a/b\n",
        "https://a/`b`",
        "https://user:secret@example.org/",
        "https://example.org\\@evil.example",
        "file:///etc/passwd",
        "https://a/|b|",
    ],
)
def test_all_else_is_none(url: str | None) -> None:
    assert web_address(url) is None
