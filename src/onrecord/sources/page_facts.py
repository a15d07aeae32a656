"""What a web page says about its article: in its data (JSON-LD), its meta elements, and what it shows.

The day is the article's own: not that of a photo, a related box, or of the copy at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from onrecord.knowledge import read_toml
from onrecord.sources import json_ld
from onrecord.sources.days import day_of
from onrecord.sources.facts import Facts
from onrecord.sources.kind import missing_extra

_ASIDE = re.compile(
    r"\b(?:related|recirc|recommend\w*|more-(?:on|from|stories)|most-\w+|trending|sidebar|side-bar|teaser\w*|promo"
    r"|footer|comments?|caption|gallery|carousel|newsletter|widget|toolbar|wm-ipp\w*)\b",
    re.IGNORECASE,
)
_ASIDE_TAGS = frozenset(("aside", "figcaption", "figure", "footer", "nav"))
_CHANGED = re.compile(r"\b(?:updated|modified|changed|revised|edited)\b", re.IGNORECASE)
_SAVED = re.compile(r"saved from url=\(\d+\)(https?://[^\s>]+)|\burl:\s*(https?://[^\s>]+)", re.IGNORECASE)
_ARCHIVED = re.compile(r"^https?://web\.archive\.org/web/\d{4,14}[a-z_]*/(https?:/.+)$")
_PATH_DAY = re.compile(r"[/-]((?:19|20)\d\d)[/-]?([01]?\d)[/-]?([0-3]?\d)(?=[/_.-]|$)")
_BYLINE_CLASS = re.compile(r"\b(?:byline|by-line|author|authors|article-author|post-author)\b", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s+[|–—·»:-]+\s+")
_LONGEST_BYLINE = 120
_LEVELS = 6  # how far up from the headline the day of an article may stand


def find_facts(tree: Any, source: str, facts: Facts, address: str | None) -> str:
    """Note what a page says about its article; gives the text that its data hold of it, '' where none.

    ``source`` is the page as text, ``address`` where it was fetched, None where that is not known.
    """
    meta = _meta(tree)
    facts.add("url", original(address), "address")
    canonical = _canonical(tree, meta)
    headline = " ".join(" ".join(next(tree.iter("h1"), tree.makeelement("h1")).itertext()).split())
    article = json_ld.find_article(
        tree, {original(address), canonical}, {headline, *meta.get("og:title", ())}
    )
    for field, value, name in json_ld.facts_of(article):
        facts.add(field, value, f"json-ld {name}")
    facts.add("url", canonical, "canonical link")
    facts.add("url", _saved_from(source), "note of the browser that saved it")
    for field in ("outlet", "language"):
        _from_meta(facts, meta, field)
    _title(tree, facts, meta, headline)
    _byline(tree, facts, meta)
    _days(tree, facts, meta)
    facts.add(
        "language", tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"), "html lang"
    )
    return json_ld.body_of(article)


def original(address: str | None) -> str | None:
    """The address of a page itself where it is that of its copy in the Internet Archive."""
    match = _ARCHIVED.match(address or "")
    return match[1] if match else address


def day_in_path(address: str | None) -> str | None:
    """The day in the path of an address (/2015/07/14/), None without one."""
    try:
        path = urlsplit(address or "").path
    except ValueError:
        return None
    days = {day_of("-".join(found)) for found in _PATH_DAY.findall(path)} - {None}
    return days.pop() if len(days) == 1 else None


def _meta(tree: Any) -> dict[str, list[str]]:
    """The contents of meta elements by name, in lower case, in the order of the page."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower()
            if name and content and not (attribute == "itemprop" and _is_aside(element)):
                found.setdefault(name, []).append(content)
    return found


def _from_meta(facts: Facts, meta: dict[str, list[str]], field: str) -> None:
    for name in _names("meta", field):
        for content in meta.get(name, ()):
            if field in ("byline", "outlet") and content.lower().startswith(("http://", "https://")):
                continue
            facts.add(field, content.lstrip("@"), f"meta {name}")


def _canonical(tree: Any, meta: dict[str, list[str]]) -> str | None:
    links = [e.get("href") for e in tree.iter("link") if "canonical" in (e.get("rel") or "").lower().split()]
    for address in (*links, *(a for name in _names("meta", "url") for a in meta.get(name, ()))):
        address = original((address or "").strip())
        if address and address.lower().startswith(("http://", "https://")):
            return address
    return None


def _saved_from(source: str) -> str | None:
    match = _SAVED.search(source[:4096])
    return original(match[1] or match[2]) if match else None


def _title(tree: Any, facts: Facts, meta: dict[str, list[str]], headline: str) -> None:
    if headline and any(headline in t for t in (*meta.get("og:title", ()), _title_element(tree))):
        facts.add("title", headline, "h1")
    for name in _names("meta", "title"):
        for title in meta.get(name, ()):
            facts.add("title", _without_site(title, facts.get("outlet")), f"meta {name}")
    facts.add("title", headline, "h1")
    facts.add("title", _without_site(_title_element(tree), facts.get("outlet")), "title element")


def _title_element(tree: Any) -> str:
    return " ".join((next((e.text for e in tree.iter("title") if e.text), "") or "").split())


def _without_site(title: str, outlet: str | None) -> str:
    """'Talks go on | Example Wire' without the site's name."""
    *parts, last = _SEPARATOR.split(title)
    if parts and outlet and last.strip().casefold() in outlet.casefold():
        return title[: title.rindex(last)].rstrip(" |–—·»:-")
    return title


def _byline(tree: Any, facts: Facts, meta: dict[str, list[str]]) -> None:
    _from_meta(facts, meta, "byline")
    for element in tree.iter("a", "address", "div", "p", "span"):
        classes = f"{element.get('class') or ''} {element.get('rel') or ''} {element.get('itemprop') or ''}"
        if not _BYLINE_CLASS.search(classes) or _is_aside(element):
            continue
        shown = " ".join(" ".join(element.itertext()).split())
        if 3 < len(shown) <= _LONGEST_BYLINE and not any(c.isdigit() for c in shown):
            facts.add("byline", shown, "byline on the page")
            return


def _days(tree: Any, facts: Facts, meta: dict[str, list[str]]) -> None:
    _from_meta(facts, meta, "published")
    _from_meta(facts, meta, "updated")
    for element in tree.iter():
        name = element.get("itemprop") if isinstance(element.tag, str) else None
        if name in ("datePublished", "dateModified") and not _is_aside(element):
            field = "published" if name == "datePublished" else "updated"
            value = element.get("datetime") or element.get("content") or " ".join(element.itertext())
            facts.add(field, value, f"microdata {name}")
    for field, value in _times_near_headline(tree):
        facts.add(field, value, "time element at the headline")
    facts.add("published", day_in_path(facts.get("url")), "address")
    if facts.get("published") is None:
        facts.add("published", _by_htmldate(tree), "htmldate")


def _times_near_headline(tree: Any) -> Iterator[tuple[str, str]]:
    """The days of time elements in the smallest part of the page with the headline and such elements."""
    element = next(tree.iter("h1"), None)
    for _ in range(_LEVELS):
        if element is None or element.tag == "html":
            return
        times = [t for t in element.iter("time") if not _is_aside(t)]
        days = {t: day_of(t.get("datetime")) or day_of(" ".join(t.itertext())) for t in times}
        if element.tag == "body" and len({d for t, d in days.items() if d and not _is_changed(t)}) > 1:
            return  # of teasers, too: no telling which
        if any(days.values()):
            yield from (("updated" if _is_changed(t) else "published", d) for t, d in days.items() if d)
            return
        element = element.getparent()


def _is_changed(time: Any) -> bool:
    """Whether the words at a time element say that it tells of a change."""
    previous, parent = time.getprevious(), time.getparent()
    before = previous.tail if previous is not None else parent.text if parent is not None else ""
    return (
        _CHANGED.search(f"{before or ''} {' '.join(time.itertext())} {time.get('class') or ''}") is not None
    )


def _is_aside(element: Any) -> bool:
    """Whether an element stands in what is no part of the article: a picture, a box, the foot of the page."""
    for node in (element, *element.iterancestors()):
        if node.tag in ("body", "html", "article", "main"):
            return False
        marks = f"{node.get('class') or ''} {node.get('id') or ''}"
        if node.tag in _ASIDE_TAGS or _ASIDE.search(marks.replace("_", "-")):
            return True
    return False


def _by_htmldate(tree: Any) -> str | None:
    """The day that htmldate finds on the page without its pictures, boxes and scripts."""
    try:
        import htmldate
    except ImportError as e:
        raise missing_extra(e, "sources") from e
    from copy import deepcopy

    copied = deepcopy(tree)
    for element in list(copied.iter()):
        unwanted = not isinstance(element.tag, str) or element.tag in (*_ASIDE_TAGS, "script", "style")
        unwanted = unwanted or (element.tag == "time" and _is_changed(element))
        if (unwanted or _is_aside(element)) and element.getparent() is not None:
            element.drop_tree()
    # An end of its own, as htmldate would take the day on which it runs, and give other days on others.
    found: str | None = htmldate.find_date(
        copied, extensive_search=False, original_date=True, min_date="1990-01-01", max_date="2100-12-31"
    )
    return found


@cache
def _names(table: str, field: str) -> tuple[str, ...]:
    return tuple(read_toml("sources", "page.toml")[table][field])
