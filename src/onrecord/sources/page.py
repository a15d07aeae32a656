"""Web pages: the report of a page, without what stands around it."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from onrecord.errors import DocumentError
from onrecord.sources import markup
from onrecord.sources.charset import declared_in, decode_any
from onrecord.sources.facts import Facts
from onrecord.sources.head import head_facts
from onrecord.sources.kind import Blob, Kind, Read, missing_extra
from onrecord.sources.page_facts import find_facts
from onrecord.sources.posts import keep_posts

MAX_PAGE = 16 * 1024 * 1024
MAX_TAGS = 150_000
ENOUGH = 120  # characters; with less, what a page gives of its text in its data is looked at too
_OPENS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|article|main|meta|title|link|div|section|h1|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_INSIDE = re.compile(rb"<(?:html|body|article|p|div)\b[^<>]*>", re.IGNORECASE)
_LINES = frozenset(("p", "span", "div", "li"))
_WORDS_AT_A_TIME = 12
_TOOLBAR = "wm-ipp-base"  # of the Internet Archive, at the top of its copies
_BLOCKS = frozenset(("body", "head", "p", "quote", "list", "item", "row", "table", "code", "div"))


def sniff(blob: Blob) -> str | None:
    """HTML at the very beginning, or in a file that is named or was sent as a page."""
    head = blob.head
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\0", b"")[2:]
    if opens := _OPENS.match(head):
        return f"opens with {opens.group()[-20:].rpartition(b'<')[2].decode('ascii', 'replace')!r}"
    named = blob.ending in KIND.endings or "html" in (blob.content_type or "").lower()
    if named and _INSIDE.search(head):
        return "its name or its sender says HTML, and it holds tags"
    return None


def read(blob: Blob) -> Read:
    """The one document of a page. Raises DocumentError where there is no text in it."""
    data = blob.data(MAX_PAGE)
    if data.count(b"<") > MAX_TAGS:
        raise DocumentError(blob.name, "too-large", f"more than {MAX_TAGS:,} tags, which no report has")
    decoded = decode_any(data, blob.name, declared_in(blob.content_type, data))
    facts = Facts()
    if decoded.warning:
        facts.warn(decoded.warning.code, decoded.warning.message)
    tree = parse(decoded.text)
    if tree is None:
        raise DocumentError(blob.name, "empty", "the page holds no element")
    article_body = find_facts(tree, decoded.text, facts, blob.url)
    text = without_headline(extract(tree, facts.get("url")), facts.get("title"))
    what = "web page"
    if len(text) < ENOUGH and len(article_body) > len(text):
        text, what = article_body, "web page, its json-ld articleBody"
    if not text.strip():
        message = "there is no report in the page: its text may come by script; save it from a browser"
        raise DocumentError(blob.name, "no-report", message)
    head_facts(text, facts)
    yield facts.document(blob.id(text), text, what)


def parse(text: str) -> Any:
    """The tree of a page, None where it is empty. Raises UsageError where lxml is not installed."""
    try:
        import lxml.html
        from lxml.etree import LxmlError
    except ImportError as e:
        raise missing_extra(e, "sources") from e
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_pis=True)
    try:
        return lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except LxmlError:
        return None


def extract(tree: Any, url: str | None) -> str:
    """The main text of a page, blocks set apart by an empty line; '' where there is none."""
    try:
        import trafilatura
    except ImportError as e:
        raise missing_extra(e, "sources") from e
    keep_posts(tree)
    _part_preformatted(tree)
    _drop_what_is_no_text(tree)
    found: Any = trafilatura.bare_extraction(
        tree, url=url, include_comments=False, with_metadata=False, config=_settings()
    )
    if found is None or found.body is None:
        return ""
    for cell in found.body.iter("cell"):
        cell.tail = " " + (cell.tail or "")
    for line_break in found.body.iter("lb"):
        line_break.tag = "br"
    return markup.words_of(found.body, _BLOCKS)


@cache
def _settings() -> Any:
    """How trafilatura extracts: a short report is one, too, where it would else take the whole page."""
    from trafilatura.settings import use_config

    settings = use_config()
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(ENOUGH))
    return settings


def _part_preformatted(tree: Any) -> None:
    """Make paragraphs of what a page shows as it was typed, as old press pages do."""
    for element in [*tree.iter("pre")]:
        parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", element.text_content())]
        if len(parts) > 1 and element.getparent() is not None:
            tail = element.tail
            element.clear()
            element.tag, element.tail = "div", tail
            for part in filter(None, parts):
                paragraph = element.makeelement("p")
                paragraph.text = part
                element.append(paragraph)


def _drop_what_is_no_text(tree: Any) -> None:
    """Take out what shows only without scripts, and lines that do little more than give a time."""
    unwanted = [e for e in tree.iter("noscript", "div") if e.tag == "noscript" or e.get("id") == _TOOLBAR]
    for time in tree.iter("time"):
        line = time.getparent()
        if line.tag in _LINES and len(line.text_content().split()) <= _WORDS_AT_A_TIME:
            unwanted.append(line)
    for element in dict.fromkeys(unwanted):
        if element.getparent() is not None:
            element.drop_tree()


def without_headline(text: str, title: str | None) -> str:
    """The text without lines before its first paragraph that only repeat the title."""
    first, _, rest = text.partition("\n\n")
    if title and rest and _bare(first) == _bare(title):
        return without_headline(rest, title)
    return text


def _bare(line: str) -> str:
    return re.sub(r"\W+", "", line).casefold()


KIND = Kind("page", "web page", sniff, read, (".html", ".htm", ".xhtml", ".shtml"))
