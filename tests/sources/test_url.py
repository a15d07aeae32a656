from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.cli import main
from onrecord.errors import UsageError
from onrecord.record import Document
from onrecord.sources import Failure, Options, read
from onrecord.sources.fetch_manners import Manners
from onrecord.sources.url import is_list, read_list
from tests.sources.rude_server import STORY, Behaviour, RudeServer, Visit, serving

PAPER = (
    "<html><head><meta charset='utf-8'><title>Talks go on</title></head><body><article><h1>Talks go on</h1>"
    + "".join(
        f"<p>The minister said on day {n} that “the door is open” and that the talks go on.</p>"
        for n in range(6)
    )
    + "</article></body></html>"
)
PAGES: dict[str, Behaviour] = {
    "/story.txt": Visit.page,
    "/page": lambda v: v.page(PAPER.encode(), Content_Type="text/html"),
    "/latin": lambda v: v.page(
        PAPER.replace("<meta charset='utf-8'>", "").encode("cp1252"),
        Content_Type="text/html; charset=windows-1252",
    ),
    "/type-lies": lambda v: v.page(PAPER.encode(), Content_Type="application/pdf"),
    "/no-type": lambda v: v.page(PAPER.encode(), Content_Type=""),
    "/story.txt.gz": lambda v: v.page(gzip.compress(STORY), Content_Type="application/gzip"),
    "/list": lambda v: v.page(b"https://example.org/a\nhttps://example.org/b\n"),
    "/moved": lambda v: v.to("/story.txt"),
    "/picture": lambda v: v.page(b"\x89PNG\r\n\x1a\n" + bytes(200), Content_Type="text/html"),
}  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[RudeServer]:
    with serving(PAGES) as running:
        yield running


def options(**changes: object) -> Options:
    return Options(manners=Manners(allowed=lambda address: True, sleep=lambda seconds: None), **changes)  # type: ignore[arg-type]


def test_a_url_is_read_as_what_it_holds(server: RudeServer) -> None:
    found = list(
        read([server.url(path) for path in ("/page", "/latin", "/type-lies", "/no-type")], options())
    )
    for document in found:
        assert isinstance(document, Document)
        assert "“the door is open”" in document.text
        assert document.title == "Talks go on"
    assert [document.url for document in found if isinstance(document, Document)] == [
        server.url(path) for path in ("/page", "/latin", "/type-lies", "/no-type")
    ]


def test_a_document_has_the_address_that_redirects_led_to(server: RudeServer) -> None:
    document = next(read([server.url("/moved")], options()))
    assert isinstance(document, Document)
    assert (document.url, document.text) == (server.url("/story.txt"), STORY.decode())


def test_what_is_packed_is_unpacked(server: RudeServer) -> None:
    document = next(read([server.url("/story.txt.gz")], options()))
    assert isinstance(document, Document)
    assert document.text == STORY.decode()


def test_urls_files_and_failures_come_in_the_order_given(server: RudeServer, tmp_path: Path) -> None:
    (story := tmp_path / "story.txt").write_bytes(STORY)
    (links := tmp_path / "links.urls").write_text(
        f"# two\n{server.url('/no-such')}\n\n{server.url('/page')}\n"
    )
    inputs = [story, server.url("/picture"), links, "http://:bad/", server.url("/story.txt")]
    found = list(read(inputs, options()))
    kinds = [item.code if isinstance(item, Failure) else "read" for item in found]
    assert kinds == ["read", "not-read", "not-found", "read", "bad-url", "read"]
    lost = found[2]
    assert isinstance(lost, Failure)
    assert lost.source == server.url("/no-such")


def test_a_url_given_twice_in_a_list_is_read_once_and_told(server: RudeServer, tmp_path: Path) -> None:
    (links := tmp_path / "links.urls").write_text(f"{server.url('/page')}\n" * 2)
    told: list[str] = []
    assert len(list(read([links], options(warn=told.append)))) == 1
    assert told == [f"{server.url('/page')}: given more than once; read once"]


def test_nothing_is_fetched_that_was_not_given_as_a_url(server: RudeServer, tmp_path: Path) -> None:
    before = len(server.log)
    (tmp_path / "links.txt").write_text(f"{server.url('/page')}\n{server.url('/story.txt')}\n")
    (tmp_path / "links.urls").write_text(f"{server.url('/page')}\n")
    (tmp_path / "story.txt").write_bytes(STORY)
    assert [type(item) for item in read([tmp_path], options())] == [Failure, Document]
    failure = next(read([tmp_path / "links.txt"], options()))
    assert isinstance(failure, Failure)
    assert failure.code == "url-list"
    assert "--urls" in failure.message
    assert len(server.log) == before
    inner = next(read([server.url("/list")], options()))
    assert isinstance(inner, Failure)
    assert inner.code == "url-list"


def test_without_leave_nothing_is_fetched_from_this_machine(server: RudeServer) -> None:
    before = len(server.log)
    found = next(read([server.url("/page")]))
    assert isinstance(found, Failure)
    assert found.code == "private-address"
    assert len(server.log) == before


def test_a_list_of_urls(tmp_path: Path) -> None:
    path = tmp_path / "links.urls"
    path.write_bytes("\ufeffhttps://example.org/a\r\n\n# no\n  http://example.org/é \n".encode())
    assert read_list(path) == ["https://example.org/a", "http://example.org/é"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"https://example.org/a\nexample.org/b\n", "links.urls:2: 'example.org/b' is no URL"),
        (b"https://example.org/a\n/etc/passwd\n", "links.urls:2: "),
        (b"https://example.org/\xff\n", "not valid UTF-8 at byte 20"),
    ],
)
def test_a_list_that_is_none_is_refused_with_its_line(tmp_path: Path, data: bytes, says: str) -> None:
    (path := tmp_path / "links.urls").write_bytes(data)
    with pytest.raises(UsageError) as e:
        read_list(path)
    assert says in str(e.value)
    with pytest.raises(UsageError, match="No such file"):
        read_list(tmp_path / "missing.urls")


def test_a_text_is_told_from_a_list() -> None:
    assert is_list("https://example.org/a\n\n  https://example.org/b")
    assert not is_list("")
    assert not is_list("See https://example.org/a\n")
    assert not is_list("https://example.org/a is what he said\n")


def onrecord(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["code", *map(str, arguments), "--format", "jsonl"])
    return result.exit_code, result.stdout, result.stderr


def test_the_command_line_reads_urls_keeps_them_and_reads_them_again_offline(tmp_path: Path) -> None:
    with serving(PAGES) as server:
        url = server.url("/page")
        (links := tmp_path / "links").write_text(f"{url}\n")
        code, out, err = onrecord(url)
        assert (code, out) == (1, "")
        assert "[private-address]" in err
        code, out, err = onrecord("--urls", links, "--cache", tmp_path / "kept", "--allow-private")
        assert (code, out.count("\n")) == (0, 1), err
    assert url in out
    assert onrecord(url, "--cache", tmp_path / "kept", "--offline") == (0, out, "")
    code, _, err = onrecord(server.url("/other"), "--cache", tmp_path / "kept", "--offline")
    assert code == 1
    assert "[not-cached]" in err


def test_wrong_usage_of_urls_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("# none\n")
    (tmp_path / "wrong").write_text("example.org\n")
    for arguments, says in (
        (("--urls", tmp_path / "empty"), "no URL is in it"),
        (("--urls", tmp_path / "wrong"), "wrong:1: 'example.org' is no URL"),
        (("https://example.org/", "--offline"), "--cache DIR"),
        (("example.org/a",), "does not exist. If it is a URL, write https:// before it."),
    ):
        code, _, err = onrecord(*arguments)
        assert code == 2
        assert says in " ".join(err.split())
