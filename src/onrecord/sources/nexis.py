"""Exports of news databases: many articles in one text, as Nexis and Factiva write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.errors import DocumentError
from onrecord.sources.charset import decode_any
from onrecord.sources.checks import MAX_CHARACTERS
from onrecord.sources.days import day_of
from onrecord.sources.facts import Facts, text_id
from onrecord.sources.kind import Blob, Kind, Read

MAX_EXPORT = 64 * 1024 * 1024
_HEAD = 30  # lines of facts before a body
_OLD = re.compile(r"^[ \t]*(?:Document )?\d{1,6} of \d{1,6}(?: DOCUMENTS?)?[ \t]*$", re.MULTILINE)
_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE | re.IGNORECASE)
_FACTIVA = re.compile(r"^Document [A-Za-z0-9]{15,40}[ \t]*$", re.MULTILINE)
_LENGTH = re.compile(r"^[ \t]*(?:LENGTH|Length):[ \t]*[\d,]+ words", re.MULTILINE)
_BODY = re.compile(r"^[ \t]*(?:BODY:|Body)[ \t]*$", re.MULTILINE)
_TAIL = re.compile(
    r"^[ \t]*(?:LOAD-DATE|Load-Date|LANGUAGE|Language|PUBLICATION-TYPE|SUBJECT|Classification"
    r"|Graphic|GRAPHIC)"
    r"(?::.*)?[ \t]*$",
    re.MULTILINE,
)
_FIELD = re.compile(r"^[ \t]*(?P<key>[A-Z][A-Za-z-]{2,20}):[ \t]*(?P<value>\S.*)$", re.MULTILINE)
_FACTIVA_FIELD = re.compile(
    r"^(?P<key>HD|BY|PD|SN|LA|LP|TD|WC|SC|AN|CY|ET|CLM|SE)[ \t]+(?P<value>\S.*)?$", re.MULTILINE
)
_KEYS = {"BYLINE": "byline", "HEADLINE": "title", "LANGUAGE": "language"}
_FACTIVA_KEYS = {"HD": "title", "BY": "byline", "PD": "published", "SN": "outlet", "LA": "language"}


def sniff(blob: Blob) -> str | None:
    """Lines that part articles: 'End of Document', '1 of 20 DOCUMENTS', with a length and a body."""
    text = blob.head.replace(b"\0", b"").decode("utf-8", "replace")
    if _OLD.search(text) and _LENGTH.search(text):
        return "articles under lines like '1 of 20 DOCUMENTS'"
    if _END.search(text) and _BODY.search(text):
        return "articles that close with 'End of Document'"
    if (
        _FACTIVA.search(text)
        and len({m["key"] for m in _FACTIVA_FIELD.finditer(text)} & {"HD", "PD", "SN", "LP"}) > 2
    ):
        return "articles with the fields HD, PD, SN of Factiva"
    return None


def read(blob: Blob) -> Read:
    """The documents of the articles, in their order; of a text with one article only, all its text."""
    decoded = decode_any(blob.data(MAX_EXPORT), blob.name)
    found = articles(decoded.text)
    if len(found) == 1 and len(decoded.text) <= MAX_CHARACTERS:
        facts = facts_of(found[0])
        yield facts.document(blob.id(decoded.text), decoded.text, "text, one article of an export")
        return
    yield from documents(found, blob, "export of articles")


def articles(text: str) -> list[str]:
    """The articles of an export, [] where the text is none."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for part, opens, mark in ((_OLD, True, _LENGTH), (_END, False, _BODY), (_FACTIVA, False, _FACTIVA_FIELD)):
        if part.search(text) and mark.search(text):
            return [piece for piece in _pieces(text, part, opens) if mark.search(piece)]
    return []


def documents(found: Sequence[str], blob: Blob, what: str) -> Read:
    """The documents of articles; each has its body as text, and the SHA-256 of it as id."""
    if not found:
        raise DocumentError(blob.name, "no-input", "there is no article in the export")
    for article in found:
        body = _body(article)
        facts = facts_of(article)
        yield facts.document(text_id(body), body, what)


def _pieces(text: str, part: re.Pattern[str], opens: bool) -> Iterator[str]:
    """What stands between the lines that part articles; where these open them, not what is before."""
    at = 0
    for match in part.finditer(text):
        if not opens or at:
            yield text[at : match.start()]
        at = match.end()
    yield text[at:]


def _body(article: str) -> str:
    """The report of an article, a paragraph a block."""
    if (factiva := _factiva(article)).get("LP") or factiva.get("TD"):
        return "\n\n".join(filter(None, (factiva.get("LP", ""), factiva.get("TD", "")))).strip()
    start = _BODY.search(article) or _LENGTH.search(article)
    body = article[article.find("\n", start.end()) + 1 :] if start else article
    if start and start.re is _LENGTH and (headline := re.search(r"(?<=\n)\s*DATELINE:.*\n", body)):
        body = body[headline.end() :]
    tail = next((m for m in _TAIL.finditer(body) if _is_tail(body, m)), None)
    body = body[: tail.start()] if tail else body
    return re.sub(r"\n[ \t]*\n\s*", "\n\n", body).strip()


def _is_tail(body: str, match: re.Match[str]) -> bool:
    """Whether what follows is facts about the article and no more of it."""
    return len(body) - match.start() < max(len(body) // 2, 4_000)


def facts_of(article: str) -> Facts:
    """What the lines of an article of an export say about it."""
    facts = Facts()
    for key, value in _factiva(article).items():
        if key in _FACTIVA_KEYS:
            facts.add(_FACTIVA_KEYS[key], value, f"field {key}")
    body = _BODY.search(article)
    head = article[: body.start()] if body else article
    for match in (*_FIELD.finditer(head), *_FIELD.finditer(article[-2_000:])):
        if (key := match["key"].upper()) in _KEYS:
            facts.add(_KEYS[key], match["value"], f"line {match['key']}:")
    lines = [line.strip() for line in head.split("\n") if line.strip()][:_HEAD]
    dated = next((i for i, line in enumerate(lines) if len(line) < 80 and day_of(line)), None)
    if dated is not None:
        facts.add("published", day_of(lines[dated]), "date line of the export")
        # Title, outlet, date (new), or outlet, date, then the headline by its key (old).
        if dated >= 1 and not _FIELD.match(lines[dated - 1]):
            facts.add("outlet", lines[dated - 1], "line above the date")
        if dated >= 2:
            facts.add("title", lines[0], "first line of the export")
        elif dated + 1 < len(lines) and not _FIELD.match(lines[dated + 1]):
            facts.add("title", lines[dated + 1], "line below the date")
    return facts


def _factiva(article: str) -> dict[str, str]:
    """The fields of an article of Factiva, {} where it is none."""
    found = list(_FACTIVA_FIELD.finditer(article))
    if not {"HD", "PD"} <= {m["key"] for m in found}:
        return {}
    ends = [*(m.start() for m in found[1:]), len(article)]
    return {
        m["key"]: f"{m['value'] or ''}{article[m.end() : end]}".strip()
        for m, end in zip(found, ends, strict=True)
    }


KIND = Kind("export", "export of articles of Nexis or Factiva, as text or in a Word file", sniff, read)
