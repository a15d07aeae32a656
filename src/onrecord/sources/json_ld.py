"""What the data of a page (JSON-LD in schema.org's terms) say about its article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec

from onrecord.knowledge import read_toml
from onrecord.sources import markup

MAX_OBJECTS = 2_000
_WRAPPED = re.compile(r"^\s*(?://\s*)?(?:<!\[CDATA\[|<!--)?|(?://\s*)?(?:\]\]>|-->)?\s*;?\s*$")


def find_article(tree: Any, addresses: set[str | None], headlines: set[str]) -> dict[str, Any] | None:
    """The object of a page's article, None without one.

    Among several, the one with an address of the page, else with its headline, else the first.
    """
    objects = list(_objects(tree))
    articles = [o for o in objects if _is(o, "articles")] or [o for o in objects if _is(o, "pages")]
    wanted = {_bare(address) for address in addresses if address}
    for article in articles:
        if wanted & {_bare(address) for address in _addresses(article)}:
            return article
    for article in articles:
        if _string(article.get("headline")) in headlines:
            return article
    return articles[0] if articles else None


def facts_of(article: dict[str, Any] | None) -> Iterator[tuple[str, str, str]]:
    """Facts of an article: our field, the value, and the name that it has there."""
    if article is None:
        return
    for field, name in (
        ("published", "datePublished"), ("updated", "dateModified"), ("title", "headline"),
        ("byline", "author"), ("outlet", "publisher"),
        ("language", "inLanguage"), ("published", "dateCreated"),
    ):  # fmt: skip
        if value := _string(article.get(name)):
            yield field, value, name


def body_of(article: dict[str, Any] | None) -> str:
    """The text of an article, '' where its data do not hold it."""
    body = _string((article or {}).get("articleBody"), ", ")
    if markup.looks_marked_up(body):
        return markup.words(body)
    return re.sub(r"\s*\n\s*", "\n\n", body).strip()


def _objects(tree: Any) -> Iterator[dict[str, Any]]:
    """The objects that may be the page's own, in their order."""
    count = 0
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        try:
            waiting = [msgspec.json.decode(_WRAPPED.sub("", script.text), strict=False)]
        except (msgspec.DecodeError, RecursionError):
            continue
        while waiting and count < MAX_OBJECTS:
            count += 1
            value = waiting.pop()
            if isinstance(value, list):
                waiting.extend(reversed(value))
            elif isinstance(value, dict):
                yield value
                waiting.extend(value[key] for key in reversed(_table("through")) if key in value)


def _is(value: dict[str, Any], group: str) -> bool:
    types = value.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(n, str) and n.rpartition("/")[2] in _table(group) for n in names)


def _addresses(article: dict[str, Any]) -> Iterator[str]:
    for key in ("url", "@id", "mainEntityOfPage"):
        value = article.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str):
            yield value


def _bare(address: str) -> str:
    """An address without what differs between its forms."""
    return re.sub(r"^https?://(?:www\.|m\.)?|[?#].*$|/+$", "", address.lower())


def _string(value: Any, joined: str = ", ") -> str:
    """The words of a value: itself, its name, or those of its items."""
    if isinstance(value, list):
        return joined.join(filter(None, (_string(item) for item in value[:20])))
    if isinstance(value, dict):
        return _string(value.get("name") or value.get("@value"))
    return value.strip() if isinstance(value, str) else ""


@cache
def _table(name: str) -> tuple[str, ...]:
    return tuple(read_toml("sources", "page.toml")["json_ld"][name])
