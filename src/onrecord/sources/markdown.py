"""Markdown, with what its front matter says: the words without the marks."""

from __future__ import annotations

import re

from onrecord.sources.charset import decode_any
from onrecord.sources.checks import MAX_BYTES
from onrecord.sources.facts import Facts
from onrecord.sources.head import head_facts
from onrecord.sources.kind import Blob, Kind, Read
from onrecord.sources.rows import FIELDS, fields_of

_FRONT = re.compile(
    r"\A(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<keys>.*?)\r?\n(?:(?P=fence)|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_KEY = re.compile(r"^(?P<key>[A-Za-z][\w -]{0,30})\s*[:=]\s*(?P<value>.*?)\s*$")
_ITEM = re.compile(r"^\s+-\s+(?P<value>.+?)\s*$")
_HEADING = re.compile(r"^#{1,6}\s+\S", re.MULTILINE)
_LINK = re.compile(r"\[[^\[\]\n]{1,300}\]\([^()\s]{1,500}\)")
_BOLD = re.compile(r"(?<!\w)(?:\*\*|__)\S")
# In this order: what stands, and what is read.
_MARKS = tuple(
    (re.compile(pattern, re.MULTILINE), read)
    for pattern, read in (
        (r"^(?:```|~~~).*$\n?", ""),
        (r"<!--[^<>]{0,2000}-->", ""),
        (r"!\[[^\[\]\n]{0,300}\]\([^()\n]{0,500}\)", ""),
        (r"\[([^\[\]\n]{1,300})\]\([^()\n]{0,500}\)", r"\1"),
        (r"\[([^\[\]\n]{1,300})\]\[[^\[\]\n]{0,300}\]", r"\1"),
        (r"^\[[^\[\]\n]{1,300}\]:\s+\S+.*$", ""),
        (r"\[\^[^\[\]\n]{1,100}\]:?", ""),
        (r"^#{1,6}[ \t]+(.*?)[ \t]*#*$", r"\1"),
        (r"^(?:=+|-{3,}|\*{3,}|_{3,})[ \t]*$", ""),
        (r"^(?:>[ \t]?)+", ""),
        (r"^[ \t]*[*+-][ \t]+", "- "),
        (r"<(https?://[^>\s]+)>", r"\1"),
        (r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2"),
        (r"(?<![\w*])\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?![\w*])", r"\1"),
        (r"(?<![\w_])_(?=[^\s_])(.+?)(?<=[^\s_])_(?![\w_])", r"\1"),
        (r"`([^`\n]+)`", r"\1"),
        (r"\\([\\`*_{}\[\]()#+.!>~-])", r"\1"),
        (r"[ \t]+$", ""),
        (r"\n{3,}", "\n\n"),
    )
)


def sniff(blob: Blob) -> str | None:
    """Front matter, or headings, links and bold words; or the name of the file."""
    if blob.ending in KIND.endings:
        return f"its name ends in {blob.ending}"
    text = blob.head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    if (front := _FRONT.match(text)) and front_matter(front["keys"]):
        return "opens with front matter"
    if (_HEADING.search(text) is not None) + (_LINK.search(text) is not None) + (
        _BOLD.search(text) is not None
    ) > 1:
        return "headings, links or bold words in Markdown"
    return None


def read(blob: Blob) -> Read:
    """The document of a Markdown file, its words without the marks. Raises DocumentError as for a text."""
    decoded = decode_any(blob.data(MAX_BYTES), blob.name)
    text = decoded.text
    facts = Facts()
    if decoded.warning:
        facts.warn(decoded.warning.code, decoded.warning.message)
    if front := _FRONT.match(text):
        keys = front_matter(front["keys"])
        text = text[front.end() :]
        for ours, theirs in fields_of(keys, {}).items():
            if ours in FIELDS[2:]:
                facts.add(ours, keys[theirs], f"front matter {theirs}")
    facts.add("url", blob.url, "address")
    if heading := re.search(r"\A\s*#[ \t]+(.+)$", text, re.MULTILINE):
        facts.add("title", words(heading[1]), "first heading")
    text = words(text)
    head_facts(text, facts)
    yield facts.document(blob.id(text), text, "Markdown")


def front_matter(keys: str) -> dict[str, str]:
    """The keys of front matter (YAML or TOML) with their values as words; lists are joined."""
    found: dict[str, str] = {}
    last = ""
    for line in keys.splitlines():
        if match := _KEY.match(line):
            last = match["key"].strip()
            found[last] = ", ".join(part.strip().strip("\"'") for part in _parts(match["value"]))
        elif (item := _ITEM.match(line)) and last:
            found[last] = ", ".join(filter(None, (found[last], item["value"].strip("\"'"))))
    return {key: value for key, value in found.items() if value}


def words(text: str) -> str:
    """The words of a Markdown text: headings, links, emphasis without their marks; pictures left out."""
    text = text.replace("\r\n", "\n")
    for pattern, instead in _MARKS:
        text = pattern.sub(instead, text)
    return text.strip("\n") + "\n" if text.strip() else ""


def _parts(value: str) -> list[str]:
    if value.startswith("[") and value.endswith("]"):
        return value[1:-1].split(",")
    return [value]


KIND = Kind("markdown", "Markdown, with front matter or without", sniff, read, (".md", ".markdown", ".mdown"))
