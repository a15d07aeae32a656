from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from onrecord.errors import DocumentError, UsageError
from onrecord.sources.fetch import Client
from onrecord.sources.fetch_cache import Cache, Page, digest
from onrecord.sources.fetch_manners import Bounds, Manners
from tests.sources.rude_server import STORY, Behaviour, RudeServer, Visit, serving

BOUNDS = Bounds(connect=2.0, idle=2.0, whole=5.0, size=700_000)
NOON = datetime(2016, 8, 24, 12, tzinfo=UTC)


class World:
    """A clock that only sleeping moves, and what was slept and told."""

    def __init__(self) -> None:
        self.time = 0.0
        self.slept: list[float] = []
        self.told: list[str] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def client(self, **changes: object) -> Client:
        manners = Manners(
            bounds=BOUNDS,
            allowed=lambda address: address == "127.0.0.1",
            clock=lambda: self.time,
            sleep=self.sleep,
            now=lambda: NOON + timedelta(seconds=self.time),
            resolve=lambda host, port: [host if host[0].isdigit() else "127.0.0.1"],
        )
        return Client(replace(manners, **changes), self.told.append)  # type: ignore[arg-type]


@pytest.fixture
def world() -> World:
    return World()


def robots(visit: Visit) -> None:
    """The robots.txt of each host, by the first part of its name."""
    match visit.host.partition(".")[0]:
        case "closed":
            visit.page(b"User-agent: *\nDisallow: /\n")
        case "partly":
            visit.page(b"User-agent: *\nDisallow: /private\nDisallow: /*.pdf$\nAllow: /private/open\n")
        case "us":
            visit.page(b"User-agent: *\nDisallow:\n\nUser-agent: OnRecord\nDisallow: /\n")
        case "others":
            visit.page(b"User-agent: badbot\nDisallow: /\n")
        case "slow":
            visit.page(b"User-agent: *\nCrawl-delay: 7\n")
        case "glacial":
            visit.page(b"User-agent: *\nCrawl-delay: 86400\n")
        case "broken":
            visit.page(b"", "500 Oops")
        case "forbidden":
            visit.page(b"", "403 Forbidden")
        case "busy":
            visit.page(b"", "503 Busy")
        case "moved":
            visit.to(f"http://closed.test:{visit.server.port}/robots.txt")
        case "inwards":
            visit.to("http://10.0.0.1/robots.txt")
        case "circle":
            visit.to("/robots.txt")
        case "page":
            visit.page(
                b"<html><body>Disallow: is what this page says</body></html>", Content_Type="text/html"
            )
        case "large":
            rules = b"User-agent: *\nDisallow: /private\n"
            visit.page(rules + b"# a comment\n" * 42_000 + b"Disallow: /late\n" + b"Disallow: /#" * 100_000)
        case "cut":
            visit.page(b"User-agent: *\n", Content_Length="900")
        case "bytes":
            visit.page(b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /private # \xff\xfe\x00\r\n")
        case _:
            visit.page(b"", "404 Not Found")


def busy(times: int, status: str = "429 Too Many Requests", **headers: str) -> Behaviour:
    """Busy so many times, then a page."""

    def answer(visit: Visit) -> None:
        if visit.count() <= times:
            visit.page(b"", status, **headers)
        else:
            visit.page()

    return answer


def tagged(visit: Visit) -> None:
    if visit.headers.get("if-none-match") == '"v1"':
        visit.page(b"", "304 Not Modified", Content_Length="", ETag='"v1"')
    else:
        visit.page(ETag='"v1"', Last_Modified="Wed, 24 Aug 2016 10:00:00 GMT")


def dated(visit: Visit) -> None:
    if "if-modified-since" in visit.headers:
        visit.page(b"", "304 Not Modified", Content_Length="")
    else:
        visit.page(Last_Modified="Wed, 24 Aug 2016 10:00:00 GMT")


def once(visit: Visit) -> None:
    if visit.count() > 1:
        visit.page(b"", "410 Gone")
    else:
        visit.page()


def changing(visit: Visit) -> None:
    visit.page(b"version %d of the page" % visit.count(), ETag=f'"{visit.count()}"')


PAGES: dict[str, Behaviour] = {
    "/robots.txt": robots,
    "/": Visit.page,
    "/a": Visit.page,
    "/b": Visit.page,
    "/private": Visit.page,
    "/late": Visit.page,
    "/private/open": Visit.page,
    "/paper.pdf": Visit.page,
    "/busy": busy(1),
    "/very-busy": busy(99),
    "/seconds": busy(1, Retry_After="30"),
    "/date": busy(1, "503 Busy", Retry_After="Wed, 24 Aug 2016 12:00:45 GMT"),
    "/past": busy(1, Retry_After="Wed, 24 Aug 2016 11:00:00 GMT"),
    "/nonsense": busy(1, Retry_After="soon"),
    "/tomorrow": busy(1, Retry_After="86400"),
    "/to-closed": lambda v: v.to(f"http://closed.test:{v.server.port}/a"),
    "/tagged": tagged,
    "/dated": dated,
    "/once": once,
    "/changing": changing,
    "/to-tagged": lambda v: v.to("/tagged"),
    "/injects": lambda v: v.page(ETag='"\x1b[31m\u00e9"'),
}


@pytest.fixture
def server() -> Iterator[RudeServer]:
    with serving(PAGES) as running:
        yield running


def reason(client: Client, url: str) -> tuple[str, str]:
    """The reason and message of a page that cannot be had; ('', '') where it can."""
    try:
        client.get(url)
    except DocumentError as e:
        return e.code, e.message
    return "", ""


@pytest.mark.parametrize(
    ("host", "path", "code"),
    [
        ("none.test", "/a", ""),
        ("closed.test", "/a", "robots"),
        ("partly.test", "/a", ""),
        ("partly.test", "/private", "robots"),
        ("partly.test", "/private/open", ""),
        ("partly.test", "/a/../private", "robots"),
        ("partly.test", "/paper.pdf", "robots"),
        ("us.test", "/a", "robots"),
        ("others.test", "/a", ""),
        ("broken.test", "/a", "robots"),
        ("forbidden.test", "/a", ""),
        ("busy.test", "/a", "busy"),
        ("moved.test", "/a", "robots"),
        ("inwards.test", "/a", "private-address"),
        ("circle.test", "/a", ""),
        ("page.test", "/a", ""),
        ("large.test", "/private", "robots"),
        ("large.test", "/late", "robots"),
        ("large.test", "/a", ""),
        ("cut.test", "/a", "truncated"),
        ("bytes.test", "/private", "robots"),
        ("none.test", "/to-closed", "robots"),
    ],
)
def test_what_robots_txt_lets_us_read(
    world: World, server: RudeServer, host: str, path: str, code: str
) -> None:
    found, message = reason(world.client(), server.url(path, host))
    assert found == code, message
    assert len(server.asked(path, host)) == (not code or path == "/to-closed")


def test_robots_txt_is_asked_for_once_a_site_and_what_came_of_it_holds_for_the_run(
    world: World, server: RudeServer
) -> None:
    client = world.client()
    for host in ("none.test", "broken.test"):
        for path in ("/a", "/b", "/"):
            reason(client, server.url(path, host))
        assert len(server.asked("/robots.txt", host)) == 1


def test_a_host_is_asked_with_pauses_and_another_at_once(world: World, server: RudeServer) -> None:
    client = world.client()
    client.get(server.url("/a", "one.test"))
    assert world.slept == []
    client.get(server.url("/a", "two.test"))
    assert world.slept == []
    client.get(server.url("/b", "one.test"))
    assert world.slept == [1.0]
    world.time += 60
    client.get(server.url("/", "one.test"))
    assert world.slept == [1.0]


def test_a_pause_that_robots_txt_asks_for_is_kept(world: World, server: RudeServer) -> None:
    client = world.client()
    client.get(server.url("/a", "slow.test"))
    client.get(server.url("/b", "slow.test"))
    assert world.slept == [7.0]


def test_a_pause_beyond_patience_is_a_reason(world: World, server: RudeServer) -> None:
    client = world.client()
    client.get(server.url("/a", "glacial.test"))
    code, message = reason(client, server.url("/b", "glacial.test"))
    assert (code, world.slept) == ("busy", [])
    assert "wants 86400 seconds" in message


@pytest.mark.parametrize(
    ("path", "slept"),
    [("/busy", 3.0), ("/seconds", 31.0), ("/date", 46.0), ("/past", 1.0), ("/nonsense", 3.0)],
)
def test_a_busy_server_is_asked_again_when_it_says(
    world: World, server: RudeServer, path: str, slept: float
) -> None:
    assert world.client().get(server.url(path)).body == STORY
    assert world.slept == [slept]
    assert len(server.asked(path)) == 2


def test_a_server_that_stays_busy_is_left_alone(world: World, server: RudeServer) -> None:
    code, message = reason(world.client(), server.url("/very-busy"))
    assert code == "busy"
    assert "HTTP 429" in message
    assert world.slept == [3.0, 5.0]
    assert len(server.asked("/very-busy")) == 3


def test_nobody_waits_until_tomorrow_and_the_whole_host_is_left_alone(
    world: World, server: RudeServer
) -> None:
    client = world.client()
    assert reason(client, server.url("/tomorrow"))[0] == "busy"
    assert reason(client, server.url("/a"))[0] == "busy"
    assert reason(client, server.url("/a", "other.test"))[0] == ""
    assert len(server.asked("/tomorrow")) == 1
    assert server.asked("/a") == []


def test_what_was_kept_is_taken_where_the_server_says_it_has_not_changed(
    world: World, server: RudeServer, tmp_path: Path
) -> None:
    for path in ("/tagged", "/dated"):
        first = world.client(cache=tmp_path).get(server.url(path))
        world.time += 3600
        second = world.client(cache=tmp_path).get(server.url(path))
        assert (second.body, second.etag, second.sha256) == (STORY, first.etag, digest(STORY))
        assert second.fetched > first.fetched
    assert [h.get("if-none-match") for h in server.asked("/tagged")] == [None, '"v1"']
    assert server.asked("/dated")[1]["if-modified-since"] == "Wed, 24 Aug 2016 10:00:00 GMT"
    assert len(list((tmp_path / "bodies").rglob("*"))) == 2, "one body, whatever its URL, in its folder"


def test_what_changed_replaces_what_was_kept(world: World, server: RudeServer, tmp_path: Path) -> None:
    url = server.url("/changing")
    for version in (b"1", b"2", b"3"):
        assert world.client(cache=tmp_path).get(url).body == b"version %s of the page" % version
    kept = Cache(tmp_path).get(url)
    assert kept is not None
    assert kept.body == b"version 3 of the page"


def test_after_a_redirect_the_tag_goes_to_the_page_it_is_of(
    world: World, server: RudeServer, tmp_path: Path
) -> None:
    for _ in range(2):
        page = world.client(cache=tmp_path).get(server.url("/to-tagged"))
        assert (page.body, page.final) == (STORY, server.url("/tagged"))
    assert all("if-none-match" not in headers for headers in server.asked("/to-tagged"))
    assert [h.get("if-none-match") for h in server.asked("/tagged")] == [None, '"v1"']


def test_offline_only_what_was_kept_is_read(world: World, server: RudeServer, tmp_path: Path) -> None:
    world.client(cache=tmp_path).get(server.url("/a"))
    before = len(server.log)
    offline = world.client(cache=tmp_path, offline=True)
    assert offline.get(server.url("/a#part")).body == STORY
    assert reason(offline, server.url("/b")) == (
        "not-cached",
        "not in the cache, and offline nothing is fetched",
    )
    assert len(server.log) == before


def test_a_copy_stands_in_for_a_page_that_cannot_be_had_any_more(
    world: World, server: RudeServer, tmp_path: Path
) -> None:
    url = server.url("/once")
    world.client(cache=tmp_path).get(url)
    assert world.client(cache=tmp_path).get(url).body == STORY
    assert len(world.told) == 1
    assert world.told[0].startswith(f"{url}: there is no such page (HTTP 410)")
    assert world.told[0].endswith("the copy of 2016-08-24 is read")
    server.server_close()
    server.shutdown()
    assert world.client(cache=tmp_path).get(url).body == STORY
    assert "broke the connection off" in world.told[1] or "cannot be reached" in world.told[1]


def test_a_copy_does_not_stand_in_for_an_address_that_is_not_allowed(
    world: World, server: RudeServer, tmp_path: Path
) -> None:
    world.client(cache=tmp_path).get(server.url("/a"))
    strict = world.client(cache=tmp_path, allowed=lambda address: False)
    assert reason(strict, server.url("/a"))[0] == "private-address"


def test_what_a_server_injects_into_a_tag_is_not_kept(
    world: World, server: RudeServer, tmp_path: Path
) -> None:
    assert world.client(cache=tmp_path).get(server.url("/injects")).etag is None


def page(body: bytes = STORY, url: str = "https://example.org/a", **changes: str) -> Page:
    fields = {"content_type": None, "etag": None, "last_modified": None, "fetched": "2016-08-24T12:00:00"}
    return Page(**{"url": url, "final": url, "sha256": digest(body), "body": body, **fields, **changes})  # type: ignore[arg-type]


def test_no_name_in_the_cache_comes_from_outside(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "new" / "cache")
    urls = [
        "https://example.org/../../etc/passwd",
        "https://example.org/CON?a=b:c*|",
        "https://x/" + "y" * 3000,
    ]
    for url in urls:
        cache.put(page(url=url))
        assert cache.get(url) == page(url=url)
    names = [path.relative_to(cache.folder).as_posix() for path in cache.folder.rglob("*") if path.is_file()]
    hashes = sorted(f"pages/{digest(url.encode())}.json" for url in urls)
    assert sorted(names) == [f"bodies/{digest(STORY)[:2]}/{digest(STORY)}", *hashes]
    assert [p for p in tmp_path.rglob("*") if p.is_file() and cache.folder not in p.parents] == []


def test_what_is_damaged_in_the_cache_is_not_there(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    url = page().url
    about, body = tmp_path / "pages" / f"{digest(url.encode())}.json", tmp_path / "bodies"
    for damage in (b"", b"{", b"[]", b"\xff", b"null"):
        cache.put(page())
        about.write_bytes(damage)
        assert cache.get(url) is None
    cache.put(page())
    about.write_bytes(about.read_bytes().replace(b"example.org/a", b"example.org/b"))
    assert cache.get(url) is None, "a page of another URL"
    cache.put(page())
    (outside := tmp_path / "outside").write_bytes(STORY)
    about.write_bytes(about.read_bytes().replace(digest(STORY).encode(), b"../../outside"))
    assert cache.get(url) is None, "a path out of the folder"
    assert outside.exists()
    cache.put(page())
    (body / digest(STORY)[:2] / digest(STORY)).write_bytes(STORY[:10])
    assert cache.get(url) is None, "a body cut short"
    cache.put(page())
    assert cache.get(url) == page(), "and is mended when it is fetched again"


def test_a_cache_that_cannot_be_written_ends_the_run_with_its_name(
    world: World, server: RudeServer, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(UsageError, match="the cache cannot be written") as e:
        world.client(cache=tmp_path / "file").get(server.url("/a"))
    assert str(tmp_path / "file") in str(e.value)
