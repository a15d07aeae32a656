"""Posts embedded in a page, kept as quotations with an author: “We sign.” — Jane Doe (@jane) May 3, 2015."""

from __future__ import annotations

import re
from typing import Any

from onrecord.sources import markup

_POST = re.compile(
    r"\b(?:twitter-tweet|twitter-video|instagram-media|bluesky-embed|mastodon-embed|fb-post)\b"
)
# — Jane Doe (@jane) May 3, 2015, as the embedding code of the sites writes it
_AUTHOR = re.compile(
    r"\s*(?:—|–|--|&mdash;)\s*(?P<author>[^—–\n]{2,120}?\(@[\w.@-]{1,80}\)[^—–\n]{0,60})\s*$"
)
_LINKS = re.compile(r"\s*\b(?:https?://|pic\.twitter\.com/|t\.co/)\S+")


def keep_posts(tree: Any) -> None:
    """Rewrite each embedded post of a page as one paragraph: its words in quotation marks, then its author.

    One whose author is not told stays as it is.
    """
    for block in list(tree.iter("blockquote")):
        if not _POST.search(block.get("class") or ""):
            continue
        written = post(markup.words_of(block))
        if written is None or block.getparent() is None:
            continue
        tail = block.tail
        block.clear()
        block.tag = "p"
        block.text, block.tail = written, tail


def post(words: str) -> str | None:
    """A post on one line, from its words and the line of its author; None where no author is told."""
    found = _AUTHOR.search(words)
    if found is None:
        return None
    said = " ".join(_LINKS.sub("", words[: found.start()]).split())
    if not said:
        return None
    for mark, inner in (("“", "‘"), ("”", "’"), ('"', "'")):
        said = said.replace(mark, inner)
    return f"“{said}” — {' '.join(found['author'].split())}"
