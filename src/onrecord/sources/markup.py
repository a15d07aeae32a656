"""The words of a piece of HTML, a paragraph a block: of feeds, e-mails and tables, which are no pages."""

from __future__ import annotations

import re
from typing import Any

from onrecord.sources.kind import missing_extra

_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div",
        "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
        "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary",
        "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    )
)  # fmt: skip
_NO_WORDS = frozenset(
    (
        "audio", "button", "canvas", "embed", "head", "iframe", "input", "link", "map", "math", "meta",
        "noscript", "object", "script", "select", "style", "svg", "template", "textarea", "title",
        "video",
    )
)  # fmt: skip
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BREAK = re.compile(r"\s*\0\s*\0[\s\0]*|(?<=[.!?:…”\"])\s*\0\s*")
_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|ul|ol|li|h[1-6]|blockquote|table|tr|td|img)\b[^<>]*>", re.I
)


def looks_marked_up(text: str) -> bool:
    """Whether a text holds tags of HTML."""
    return _TAG.search(text) is not None


def words(markup: str | bytes) -> str:
    """The words of a piece of HTML; blocks are set apart by an empty line. '' where there are none.

    Raises UsageError where lxml is not installed.
    """
    try:
        import lxml.html
        from lxml.etree import ParserError
    except ImportError as e:
        raise missing_extra(e, "sources") from e
    if isinstance(markup, str):
        markup = markup.encode("utf-8", "replace")
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(markup, parser=parser)
    except ParserError:  # nothing in it
        return ""
    return words_of(tree)


def words_of(tree: Any, block_names: frozenset[str] = _BLOCKS) -> str:
    """The words below an element of lxml, as of ``words``; ``block_names`` are the tags of blocks."""
    blocks: list[list[str]] = [[]]
    # Elements yet to be entered (True) or left (False): by hand, as pages nest deeper than Python does.
    waiting: list[tuple[Any, bool]] = [(tree, True)]
    while waiting:
        element, entering = waiting.pop()
        name = element.tag if isinstance(element.tag, str) else ""
        if not entering:
            if name in block_names:
                blocks.append([])
            if element is not tree:
                blocks[-1].append(element.tail or "")
            continue
        waiting.append((element, False))
        if not name or (name in _NO_WORDS and block_names is _BLOCKS):
            continue
        if name in block_names:
            blocks.append([])
        if name == "br":
            blocks[-1].append("\0")
        blocks[-1].append(element.text or "")
        waiting.extend((child, True) for child in reversed(element))
    return "\n\n".join(block for pieces in blocks for block in _lines("".join(pieces)))


def _lines(block: str) -> list[str]:
    """The paragraphs of a block: two line breaks part them, or one after a full stop; another ends a line."""
    paragraphs = _BREAK.split(block)
    kept = ["\n".join(_SPACE.sub(" ", line).strip() for line in p.split("\0")).strip() for p in paragraphs]
    return [p for p in kept if p]
