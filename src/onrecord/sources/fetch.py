"""Fetches pages politely: as robots.txt allows, one at a time, with a pause, and within bounds.

Nothing here is called but for a URL that a user gave.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import msgspec

from onrecord import __version__
from onrecord.errors import DocumentError
from onrecord.sources import fetch_robots
from onrecord.sources.fetch_cache import Cache, Page, digest, is_plain, validators
from onrecord.sources.fetch_guard import (
    Target,
    addresses,
    printable,
    redirected,
    target,
)
from onrecord.sources.fetch_http import Answer, exchange
from onrecord.sources.fetch_manners import Bounds, Manners
from onrecord.sources.fetch_robots import ROBOT, Rules

AGENT = f"{ROBOT}/{__version__} (+https://pypi.org/project/{ROBOT}/)"
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_BUSY = frozenset((429, 503))
# A robots.txt may be redirected so often; after that RFC 9309 takes it as not there.
_ROBOTS_REDIRECTS = 5
# What a copy in the cache stands in for: not for what may not be asked for at all.
_NO_STAND_IN = frozenset(("bad-url", "private-address"))
# What keeps us from any page of a host, whether it has a robots.txt or not.
_OF_THE_HOST = frozenset(("private-address", "unreachable", "tls", "timeout"))


@dataclass(slots=True)
class _Host:
    """When a host may be asked next, and the seconds it wants between requests."""

    next: float = float("-inf")
    pause: float = 0.0


class Client:
    """Fetches pages one after the other, and remembers for each host its rules and when to ask it next."""

    def __init__(self, manners: Manners, warn: Callable[[str], None] = lambda message: None) -> None:
        self.manners = manners
        self.warn = warn
        self._cache = Cache(manners.cache) if manners.cache else None
        self._tls = manners.tls
        self._hosts: dict[str, _Host] = {}
        self._rules: dict[str, Rules | DocumentError] = {}

    def get(self, url: str) -> Page:
        """The page at a URL, fetched, or as it was kept where it has not changed or cannot be had.

        Raises DocumentError, whose code is the reason in a word, and UsageError where the cache is no use.
        """
        place = target(url)
        kept = self._cache.get(place.url) if self._cache else None
        if self.manners.offline:
            if kept is None:
                message = "not in the cache, and offline nothing is fetched"
                raise DocumentError(printable(url), "not-cached", message)
            return kept
        try:
            page = self._follow(place, kept)
        except DocumentError as e:
            led_on = "" if e.document == printable(place.url) else f"redirected to {e.document}: "
            if kept is None or e.code in _NO_STAND_IN:
                raise DocumentError(printable(url), e.code, led_on + e.message) from e
            self.warn(f"{printable(url)}: {led_on}{e.message}; the copy of {kept.fetched[:10]} is read")
            return kept
        if self._cache:
            self._cache.put(page)
        return page

    def _follow(self, asked: Target, kept: Page | None) -> Page:
        """The page at a URL, its redirects followed, each checked as the first was."""
        here = asked
        for _ in range(self.manners.redirects + 1):
            self._heed_robots(here)
            known = kept if kept and kept.final == here.url else None
            answer = self._ask(here, self.manners.bounds, validators(known) if known else {})
            if _leads_on(answer):
                here = redirected(here, answer.headers["location"])
            elif answer.status == 304 and known:
                return msgspec.structs.replace(known, fetched=self._now())
            else:
                return self._page(asked, here, answer)
        message = f"redirected more than {self.manners.redirects} times; the page may want a browser"
        raise DocumentError(printable(asked.url), "redirects", message)

    def _page(self, asked: Target, here: Target, answer: Answer) -> Page:
        if answer.status != 200:
            raise _refused(here, answer.status)
        if not answer.body:
            raise DocumentError(printable(here.url), "empty", "the server sent an empty page; try again")
        return Page(
            url=asked.url,
            final=here.url,
            content_type=_plain(answer.headers.get("content-type")),
            etag=_plain(answer.headers.get("etag")),
            last_modified=_plain(answer.headers.get("last-modified")),
            fetched=self._now(),
            sha256=digest(answer.body),
            body=answer.body,
        )

    def _heed_robots(self, place: Target) -> None:
        """Raises DocumentError where a site's robots.txt keeps us from a URL, or cannot be had."""
        robots = replace(place, path="/robots.txt")
        if robots.url not in self._rules:
            try:
                self._rules[robots.url] = self._read_robots(robots)
                self._hosts[robots.host].next = float("-inf")  # the page may be asked for at once
            except DocumentError as e:
                self._rules[robots.url] = e
        rules = self._rules[robots.url]
        shown = printable(place.url)
        if isinstance(rules, DocumentError):
            about = "" if rules.code in _OF_THE_HOST else "its site's robots.txt cannot be read: "
            raise DocumentError(shown, rules.code, f"{about}{rules.message}")
        if not rules.allow(place.url):
            message = "the robots.txt of its site keeps robots out; save the page yourself and give the file"
            raise DocumentError(shown, "robots", message)
        host = self._hosts[place.host]
        host.pause = max(host.pause, rules.delay)

    def _read_robots(self, robots: Target) -> Rules:
        here = robots
        for _ in range(_ROBOTS_REDIRECTS + 1):
            answer = self._ask(here, fetch_robots.bounds(self.manners.bounds), {})
            if answer.status == 200:
                return Rules.of(answer.body)
            if _leads_on(answer):
                here = redirected(here, answer.headers["location"])
            elif 400 <= answer.status < 500:
                return Rules()
            else:
                message = f"HTTP {answer.status}; until it can, nothing of the site may be read; try later"
                raise DocumentError(printable(robots.url), "robots", message)
        return Rules()

    def _ask(self, place: Target, bounds: Bounds, known: Mapping[str, str]) -> Answer:
        """The answer to one request, asked again after a while where the server is busy."""
        host = self._hosts.setdefault(place.host, _Host())
        headers = {"User-Agent": AGENT, "Accept": _ACCEPT, "Accept-Language": "en", **known}
        manners = self.manners
        status = 0
        for attempt in range(manners.tries):
            self._wait(host, place)
            ips = addresses(place, manners.resolve, manners.allowed)
            try:
                answer = exchange(place, ips, headers, bounds, self._secure(place))
            finally:
                host.next = manners.clock() + max(manners.pause, host.pause)
            status = answer.status
            if status not in _BUSY:
                return answer
            asked = _retry_after(answer.headers.get("retry-after"), manners.now())
            host.next += 2.0 ** (attempt + 1) if asked is None else asked
            if asked and attempt + 1 < manners.tries:
                self.warn(f"{place.host} is busy (HTTP {status}); it is asked again in {asked:.0f} seconds")
        message = f"the server is busy (HTTP {status}) at {manners.tries} tries; run again later"
        raise DocumentError(printable(place.url), "busy", message)

    def _wait(self, host: _Host, place: Target) -> None:
        left = host.next - self.manners.clock()
        if left > self.manners.patience:
            message = f"{place.host} wants {left:.0f} seconds between requests; run again later, with a cache"
            raise DocumentError(printable(place.url), "busy", message)
        if left > 0:
            self.manners.sleep(left)

    def _secure(self, place: Target) -> ssl.SSLContext | None:
        """What a secure connection rests on, loaded for the first; None for a plain one."""
        if place.scheme != "https":
            return None
        self._tls = self._tls or ssl.create_default_context()
        return self._tls

    def _now(self) -> str:
        return self.manners.now().isoformat(timespec="seconds")


def _leads_on(answer: Answer) -> bool:
    return answer.status in _REDIRECTS and "location" in answer.headers


def _refused(place: Target, status: int) -> DocumentError:
    """The error for an answer that is no page."""
    shown = printable(place.url)
    if status in (404, 410):
        message = f"there is no such page (HTTP {status}); check the URL, or look in a web archive"
        return DocumentError(shown, "not-found", message)
    if status in (401, 402, 403, 407, 451):
        message = f"the server refuses it (HTTP {status}); save the page from a browser and give the file"
        return DocumentError(shown, "forbidden", message)
    return DocumentError(shown, "http-error", f"the server answered HTTP {status}, not a page; try later")


def _retry_after(value: str | None, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks for; None where it asks for none that makes sense."""
    if value is None:
        return None
    if re.fullmatch(r"[0-9]{1,9}", value.strip()):
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max((when.replace(tzinfo=when.tzinfo or UTC) - now).total_seconds(), 0.0)


def _plain(value: str | None) -> str | None:
    """The value of a header, None where it is not printable ASCII of a sane length."""
    return value if value and is_plain(value) else None
