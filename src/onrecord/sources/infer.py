"""What a reader left open, told from the address and the words of a document."""

from __future__ import annotations

from urllib.parse import urlsplit

from onrecord.record import Document
from onrecord.sources.facts import Facts, with_facts
from onrecord.sources.head import dateline_facts
from onrecord.sources.language import code_of, language_of
from onrecord.sources.page_facts import day_in_path

_STEMS = ("www.", "m.", "amp.", "mobile.")


def inferred(document: Document) -> Document:
    """The document with its outlet, day and language where its reader found none.

    The outlet is that of the address, else the agency of the dateline; the day that in the path of the
    address, else the dateline's; the language that of the words. Words that read as another language than the
    one given are believed.
    """
    facts = Facts()
    if document.outlet is None:
        facts.add("outlet", host(document.url), "host of the address")
    if document.published is None:
        facts.add("published", day_in_path(document.url), "address")
    if document.outlet is None or document.published is None:
        dateline_facts(document.text, facts)
    told = language_of(document.text)
    given = document.language
    if told is not None and (given is None or code_of(given) != told):
        facts.add("language", told, "its words" if given is None else f"its words ({given!r} is given)")
    added = {
        field: value
        for field, value in facts.found().items()
        if field == "language" or not getattr(document, field)
    }
    return with_facts(document, added)


def host(address: str | None) -> str | None:
    """The host of an address without what hosts usually begin with, None without one."""
    try:
        name = (urlsplit(address or "").hostname or "").lower().rstrip(".")
    except ValueError:
        return None
    for stem in _STEMS:
        name = name.removeprefix(stem)
    return name or None
