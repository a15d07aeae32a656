"""Who published a document, where that is a government body: it relays all that others say in its readout."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from onrecord.actors.resolve import find_cast
from onrecord.knowledge import read_toml
from onrecord.record import Actor, Document
from onrecord.text.parse import Parser

_HOST = re.compile(r"(?:https?://)?(?:www\.)?(?P<host>[\w-]+(?:\.[\w-]+)+)(?:[/:?#].*)?$", re.IGNORECASE)
_PUBLIC = frozenset(("GOV", "IGO", "JUD", "LEG", "MIL"))


def find_publisher(parser: Parser, document: Document) -> Actor | None:
    """The government body or organisation of states that a document's outlet or address names.

    None for news media, and where neither is known. The actor has no mentions.
    """
    # A known host before a name: the Kremlin's site calls itself 'President of Russia', which is a person.
    hosts = (_host(document.outlet or ""), _host(document.url or ""))
    name = next((_hosts()[host] for host in hosts if host in _hosts()), document.outlet)
    if not name or len(name) > 100:
        return None
    # As the subject of a verb of saying, so that 'Kremlin' is read as who speaks rather than as a place.
    asked = Document(id="outlet", text=f"{name} said so.", published=document.published)
    actors = find_cast(parser.parse(asked)).actors
    if not actors or actors[0].kind not in ("government", "organisation", "bloc"):
        return None
    return msgspec.structs.replace(actors[0], mentions=()) if actors[0].sector in _PUBLIC else None


def _host(address: str) -> str:
    """The host of an address or of what may be a bare host, without 'www.'; '' where it is neither."""
    match = _HOST.match(address.strip())
    return match["host"].lower() if match else ""


@cache
def _hosts() -> dict[str, str]:
    hosts: dict[str, str] = read_toml("attribution", "publishers.toml")["hosts"]
    return hosts
