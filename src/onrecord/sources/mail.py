"""E-mails (.eml, .mbox): the newest message, without those it quotes. Pages saved as .mht, too."""

from __future__ import annotations

import email
import email.policy
import io
import re
from email.message import EmailMessage
from email.utils import parseaddr

from onrecord.errors import DocumentError
from onrecord.sources import markup
from onrecord.sources.charset import decode_any
from onrecord.sources.facts import Facts, text_id
from onrecord.sources.failure import Failure
from onrecord.sources.kind import Blob, Kind, Read

MAX_MAIL = 64 * 1024 * 1024
MAX_PARTS = 500  # what holds others; the parser takes time with the square of their depth
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]")
_NEEDED = re.compile(
    rb"^(?:From|Date|Subject|MIME-Version|Received|Message-ID|Snapshot-Content-Location):", re.I | re.M
)
_QUOTES = re.compile(
    r"^(?:On .{6,200}\bwrote:|-{2,}\s*(?:Original|Forwarded) Message\s*-{2,}|_{10,}"
    r"|From: .+\n(?:Sent|Date): .+)$",
    re.MULTILINE,
)
_OF_LINE = re.compile(r"^On [^\n]{4,150}\n[^\n]{0,100}wrote:$", re.MULTILINE)
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)


# The line that opens each message of a mailbox: From jane@example.org Mon Sep 13 18:30:00 1993
_MESSAGE = re.compile(rb"^From \S+[ \t]+\w{3} \w{3}[^\n]{10,40}\d{4}[^\n]{0,10}\n", re.MULTILINE)


def sniff(blob: Blob) -> str | None:
    """Header lines at the very beginning, two of them those of an e-mail."""
    head = blob.head.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    top = head.partition(b"\n\n")[0]
    if head.startswith(b"From ") and b"\n" in top:
        top = top.partition(b"\n")[2]
    if not _HEADER.match(top):
        return None
    names = {name.lower() for name in _NEEDED.findall(top)}
    if len(names) < (1 if blob.ending in KIND.endings else 2):
        return None
    if not names & {b"mime-version:", b"received:", b"message-id:"} and blob.ending not in KIND.endings:
        return None  # a text under lines of keys and values
    return "opens with the header of an e-mail"


def read(blob: Blob) -> Read:
    """The document of an e-mail; files that hang on it that are reports are read after it.

    Raises DocumentError where there is no text in it.
    """
    data = blob.data(MAX_MAIL).removeprefix(b"\xef\xbb\xbf")
    if data.lower().count(b"multipart/") > MAX_PARTS:
        raise DocumentError(
            blob.name, "too-deep", f"more than {MAX_PARTS} parts in parts; save the text alone"
        )
    messages = _MESSAGE.split(data)[1:]
    if len(messages) < 2:
        yield from _message(blob, data, None)
        return
    for number, one in enumerate(messages, 1):
        where = f"{blob.name}: message {number}"
        try:
            yield from _message(blob, one, where)
        except DocumentError as e:
            yield Failure(where, e.code, e.message)


def _message(blob: Blob, data: bytes, where: str | None) -> Read:
    """The document of one message; ``where`` names it among others, None where it is the file."""
    message = email.message_from_bytes(data, policy=email.policy.default.clone(raise_on_defect=False))
    saved = _header(message, "Snapshot-Content-Location")
    plain, page = _bodies(message)
    if saved and page is not None:
        yield from blob.within(
            blob.name, io.BytesIO(_payload(page)), url=saved, content_type=_header(page, "Content-Type")
        )
        return
    facts = Facts()
    facts.add(
        "title",
        re.sub(r"^(?:(?:re|fwd?|aw|wg):\s*)+", "", _header(message, "Subject") or "", flags=re.I),
        "Subject",
    )
    facts.add("published", _header(message, "Date"), "Date")
    name, address = parseaddr(_header(message, "From") or "")
    facts.add("byline", name or address, "From")
    facts.add("outlet", _header(message, "List-Id"), "List-Id")
    text = _words(plain, page, blob.name)
    attached = list(_attachments(message))
    if not text.strip() and not attached:
        raise DocumentError(blob.name, "empty", "there is no text in the e-mail")
    if text.strip():
        text = newest(text, facts)
        given = _header(message, "Message-ID") or text_id(text)
        yield facts.document(given if where else blob.id(text), text, "e-mail")
    for file, data in attached:
        yield from blob.within(f"{blob.name}: {file}", io.BytesIO(data))


def newest(text: str, facts: Facts) -> str:
    """The newest message of a text, without what it quotes and without a signature; tells what is cut."""
    cuts = [m.start() for pattern in (_QUOTES, _OF_LINE) for m in pattern.finditer(text)]
    cut = min((at for at in cuts if text[:at].strip()), default=len(text))
    kept = text[:cut]
    lines = kept.split("\n")
    own = [line for line in lines if not line.startswith(">")]
    if not any(line.strip() for line in own):
        own = [line.lstrip("> ") for line in lines]  # nothing but what is quoted: that is the report
    left = len(lines) - len(own) + text[cut:].count("\n")
    result = "\n".join(own)
    if (signature := _SIGNATURE.search(result)) and result[: signature.start()].strip():
        result = result[: signature.start()]
    if left:
        facts.warn("quoted-reply", f"{left} lines of earlier messages are left out")
    return result.strip("\n") + "\n"


def _bodies(message: EmailMessage) -> tuple[EmailMessage | None, EmailMessage | None]:
    """The parts with the text: plain, and as a page."""
    plain = page = None
    for part in message.walk():
        if part.is_multipart() or part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if kind == "text/plain" and plain is None:
            plain = part
        elif kind in ("text/html", "application/xhtml+xml") and page is None:
            page = part
    return plain, page


def _words(plain: EmailMessage | None, page: EmailMessage | None, name: str) -> str:
    text = ""
    if plain is not None:
        text = decode_any(_payload(plain), name, plain.get_content_charset()).text.replace("\r\n", "\n")
    if page is not None and (not text.strip() or markup.looks_marked_up(text)):
        text = markup.words(decode_any(_payload(page), name, page.get_content_charset()).text)
    return text


def _attachments(message: EmailMessage) -> list[tuple[str, bytes]]:
    """The files that hang on an e-mail, but pictures and the like."""
    found = []
    for part in message.walk():
        if part.get_content_disposition() != "attachment" or part.is_multipart():
            continue
        if part.get_content_maintype() not in ("image", "audio", "video"):
            found.append((part.get_filename() or "attachment", _payload(part)))
    return found


def _payload(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message[name]
    except Exception:  # the library stumbles on damaged headers in many ways
        return None
    return None if value is None else " ".join(str(value).split())


KIND = Kind(
    "mail", "e-mail (.eml, .mbox), or a page saved as .mht", sniff, read, (".eml", ".mbox", ".mht", ".mhtml")
)
