"""Repairs of single characters: mojibake, markup, invisible and exotic characters, white space."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from onrecord.text.readable import Edit

_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
_CONTROL = "\x00-\x08\x0e-\x1f\x7f"
_C1 = "\x80-\x84\x86-\x9f"
_LINES = "\x0b\x0c\x85\u2028\u2029"
_BLANKS = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
# A run that can be UTF-8 read as Windows-1252 or Latin-1: a lead byte as it is shown, then others.
# The accent of the lead may stand by itself, where the text was decomposed later.
_LEADS, _ACCENTS = "ÂÃÄÅÎÏÐÑâãðï", "\u0302\u0303\u0308\u030a"
_LEAD = f"(?:[{_LEADS}]|[Aa][{_ACCENTS}])"
_TAG = (
    r"</?[A-Za-z][A-Za-z0-9:-]*(?:\s+[A-Za-z:-]+(?:=(?:\"[^\"\n<]*\"|”[^”\n<]*”|'[^'\n<]*'|[^\s>]+))?)*\s*/?>"
)
_DIRT = re.compile(
    rf"(?P<invisible>[{_INVISIBLE}{_CONTROL}]+)"
    rf"|(?P<line>\r\n?|[{_LINES}])"
    rf"|(?P<space>[{_BLANKS}]+)"
    rf"|(?P<ligature>[{''.join(_LIGATURES)}])"
    r"|(?P<entity>&(?:[a-zA-Z]{2,8}|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});)"
    rf"|(?P<tag>{_TAG})"
    # 'Â' before a space or sign is all that is left of a non-breaking space or of the sign's first byte.
    r"|(?P<stray>Â(?=[\s\u00a0£¥§©«®°±·»–—“”‘’.,]))"
    rf"|(?P<mojibake>(?:{_LEAD}[^\x00-\x7f]+)+)"
    rf"|(?P<c1>[{_C1}])",
)
# One of these is in whatever that finds.
_SUSPECT = re.compile(
    f"[{_INVISIBLE}{_CONTROL}\r{_LINES}{_BLANKS}{''.join(_LIGATURES)}&<{_LEADS}{_ACCENTS}{_C1}]"
)
_SPACES = re.compile(r"(?<=\n) +|^ +| +(?=\n)| +$|(?<= ) +")
_INLINE = re.compile(r"</?(?:a|abbr|b|em|i|mark|s|small|span|strong|sub|sup|u)\b", re.IGNORECASE)
_ENDING = re.compile(r"(?:d|ll|m|re|s|t|ve)\b")


def character_edits(text: str) -> Iterator[Edit]:
    """Edits that replace or delete characters that stand for others or for nothing."""
    for match in _DIRT.finditer(text) if _SUSPECT.search(text) else ():
        replacement = _replacement(match)
        if replacement != match.group():
            yield Edit(match.start(), match.end(), replacement)


def space_edits(text: str) -> Iterator[Edit]:
    """Edits that leave one space where there are several, and none at the ends of lines."""
    for match in _SPACES.finditer(text):
        yield Edit(match.start(), match.end(), "")


def _replacement(match: re.Match[str]) -> str:
    found = match.group()
    match match.lastgroup:
        case "line":
            return "\n"
        case "space":
            return " " * len(found)
        case "ligature":
            return _LIGATURES[found]
        case "entity":
            read = html.unescape(found)
            return found if read == found or not read.strip("\u00a0").isprintable() else read
        case "tag":
            parts = match.string[match.start() - 1 : match.start()].isalnum() and not _INLINE.match(found)
            return " " if parts and match.string[match.end() : match.end() + 1].isalnum() else ""
        case "mojibake":
            return _decoded(match)
        case "c1":
            return found.encode("latin-1").decode("cp1252", "ignore")
    return ""


def _decoded(match: re.Match[str]) -> str:
    """A run with its bytes read as UTF-8, twice or more where needed; as it is where they are no UTF-8."""
    run = unicodedata.normalize("NFC", match.group())
    for _ in range(4):
        try:
            run = "".join(map(_byte, run)).encode("latin-1").decode("utf-8")
        except UnicodeError:
            break
    if run != unicodedata.normalize("NFC", match.group()):
        return run
    if run == "â€":
        return _cut_mark(match)
    from ftfy import fix_encoding  # the import takes a while, and few texts need it

    fixed: str = fix_encoding(run)
    return match.group() if fixed == run else fixed


def _byte(character: str) -> str:
    """The byte that Windows-1252 shows as a character, as the Latin-1 character of that byte."""
    if character < "\u0100":
        return character
    return character.encode("cp1252").decode("latin-1")


def _cut_mark(match: re.Match[str]) -> str:
    """What 'â€' stands for, whose last byte was lost: an apostrophe, a dash, an opening or closing mark."""
    before, after = (
        match.string[match.start() - 1 : match.start()],
        match.string[match.end() : match.end() + 1],
    )
    if before.isalpha() and after.isalpha():
        return "’" if _ENDING.match(match.string, match.end()) else "–"
    return "”" if before and not before.isspace() else "“"
