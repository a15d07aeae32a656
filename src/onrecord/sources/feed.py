"""RSS and Atom feeds: one document an entry, with its full text or marked as a summary."""

from __future__ import annotations

import io
import re
from typing import Any

from onrecord.errors import DocumentError
from onrecord.sources import markup
from onrecord.sources.facts import Facts, text_id
from onrecord.sources.failure import Failure
from onrecord.sources.kind import Blob, Kind, Read, missing_extra

MAX_FEED = 32 * 1024 * 1024
MAX_ENTRIES = 10_000
FULL = 120  # words; a description with fewer is a summary, whatever the feed calls it
_OPENS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE rss[^>]*>\s*)*"
    rb"<(?P<root>(?:\w+:)?(?:rss|feed|RDF))\b",
    re.DOTALL,
)


def sniff(blob: Blob) -> str | None:
    """The root element of a feed."""
    head = blob.head
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\0", b"")[2:]
    opens = _OPENS.match(head)
    return f"opens with <{opens['root'].decode('ascii', 'replace')}>" if opens else None


def read(blob: Blob) -> Read:
    """The documents of the entries, in their order. Raises DocumentError where the feed has none."""
    try:
        import feedparser
    except ImportError as e:
        raise missing_extra(e, "sources") from e
    data = blob.data(MAX_FEED)
    if data.count(b"<item") + data.count(b"<entry") > MAX_ENTRIES:
        message = f"more than {MAX_ENTRIES:,} entries; split the feed"
        raise DocumentError(blob.name, "too-many", message)
    headers = {"content-type": blob.content_type} if blob.content_type else {}
    # From a stream, as feedparser would take bytes for an address.
    feed = feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False)
    if not feed.entries:
        reason = f" ({feed.bozo_exception})" if feed.get("bozo") else ""
        raise DocumentError(blob.name, "no-input", f"the feed has no entry{reason}")
    for number, entry in enumerate(feed.entries, 1):
        where = f"{blob.name}: entry {number}"
        text, what = _text(entry)
        if not text:
            yield Failure(where, "no-text", f"the entry has no text; the report is at {entry.get('link')}")
            continue
        yield _document(entry, feed.feed, text, what)
    if feed.get("bozo") and not isinstance(feed.bozo_exception, feedparser.CharacterEncodingOverride):
        message = f"the feed is damaged; there may have been more entries ({feed.bozo_exception})"
        yield Failure(blob.name, "damaged", message)


def _document(entry: Any, feed: Any, text: str, what: str) -> Any:
    facts = Facts()
    facts.add("url", entry.get("link"), "link of the entry")
    facts.add("title", markup.words(entry.get("title") or ""), "title of the entry")
    facts.add("published", entry.get("published") or entry.get("created"), "published of the entry")
    facts.add("updated", dict.get(entry, "updated"), "updated of the entry")
    if facts.get("published") is None:
        facts.add("published", facts.get("updated"), "updated of the entry")
    facts.add("byline", entry.get("author"), "author of the entry")
    facts.add("outlet", (entry.get("source") or {}).get("title"), "source of the entry")
    facts.add("outlet", feed.get("title"), "title of the feed")
    facts.add("language", feed.get("language"), "language of the feed")
    if what == "feed, a summary":
        link = f"; the report is at {entry.get('link')}" if entry.get("link") else ""
        facts.warn("summary-only", f"the feed gives a summary, not the report{link}")
    return facts.document(entry.get("id") or entry.get("link") or text_id(text), text, what)


def _text(entry: Any) -> tuple[str, str]:
    """The longest text of an entry, and whether it is the report or a summary."""
    contents = [markup.words(c.get("value") or "") for c in entry.get("content") or ()]
    full = max(contents, key=len, default="")
    summary = markup.words(entry.get("summary") or "")
    if len(summary) > len(full):
        full = summary
    return full, "feed" if len(full.split()) >= FULL else "feed, a summary"


KIND = Kind("feed", "RSS or Atom feed: a report an entry", sniff, read, (".rss", ".atom", ".xml"))
