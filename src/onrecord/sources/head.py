"""What the first lines of a text say about it: a day on a line of its own, a byline, keys and values, a dateline."""

from __future__ import annotations

import re

from onrecord.sources.days import day_of
from onrecord.sources.facts import Facts

HEAD_LINES = 20
_KEY = re.compile(r"^(?P<key>[A-Za-z][A-Za-z -]{1,14}):\s+(?P<value>\S.*)$")
_KEYS = {
    "title": "title", "headline": "title", "date": "published", "published": "published", "posted": "published",
    "publication date": "published", "updated": "updated", "modified": "updated", "last modified": "updated",
    "source": "outlet", "outlet": "outlet", "publication": "outlet", "newspaper": "outlet", "publisher": "outlet",
    "author": "byline", "authors": "byline", "byline": "byline", "by": "byline", "url": "url", "link": "url",
    "language": "language", "lang": "language",
}  # fmt: skip
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)\.?,?"
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?(?: of)?[ -])?[a-z]{3,9}\.?[ -](?:\d{1,2}(?:st|nd|rd|th)?,? )?\d{4}|\d{4}-\d\d-\d\d"
_TIME = r"(?:[ ,/|•·–—-]*(?:at )?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?(?: ?\(?[a-z]{2,5}\)?)?)?"
_DATE_LINE = re.compile(
    rf"^(?P<label>(?:first |last )?(?:published|posted|updated|modified|issued|released)?(?: on| at)?:?\s*)"
    rf"(?:{_WEEKDAY}\s*)?(?P<day>{_DAY})(?:,? {_WEEKDAY})?{_TIME}\W*$",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"^(?:By|BY)[ :]+(?P<name>[A-Z][\w.’'-]+(?:,? (?:and |[A-Z][\w.’'-]*)[\w.’' -]*){1,5})$")
_AGENCIES = (
    "AFP", "ANSA", "AP", "Anadolu", "Bloomberg", "CNN", "DPA", "EFE", "IANS", "IRNA", "Interfax", "KUNA", "Kyodo",
    "PTI", "Reuters", "SPA", "TASS", "UPI", "WAM", "Xinhua", "Yonhap",
)  # fmt: skip
_DATELINE = re.compile(
    r"^\s*(?P<place>[A-Z][\w.’'/-]*(?:[ ,/]+(?:[A-Z][\w.’'/-]*|de|el|al|of|the|and)){0,5})?[ ,]*"
    r"(?P<day>(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?)?,? ?"
    rf"\((?P<agency>{'|'.join(_AGENCIES)})\)\s?(?:[-–—]+|:)?",
    re.IGNORECASE,
)
_NAMED = {agency.lower(): agency for agency in _AGENCIES}


def head_facts(text: str, facts: Facts) -> None:
    """Note what the first lines of a text say: keys and values where there are two, days and names on lines."""
    lines = [line.strip() for line in text[:8192].split("\n")]
    lines = [line for line in lines if line][:HEAD_LINES]
    keyed = [match for line in lines if (match := _KEY.match(line)) and match["key"].lower() in _KEYS]
    if len(keyed) > 1:
        for match in keyed:
            facts.add(_KEYS[match["key"].lower()], match["value"], f"line {match['key']}:")
    for line in lines:
        if len(line) > 120:
            break  # the report itself
        if match := _DATE_LINE.match(line):
            field = (
                "updated"
                if "dated" in match["label"].lower() or "modif" in match["label"].lower()
                else "published"
            )
            facts.add(field, day_of(match["day"]), "date line")
        elif match := _BYLINE.match(line):
            facts.add("byline", match["name"], "byline")


def dateline_facts(text: str, facts: Facts) -> None:
    """Note the agency of a dateline, 'VIENNA (Reuters) -', and its day where it has a year."""
    for line in [line for line in text[:8192].split("\n") if line.strip()][:HEAD_LINES]:
        if match := _DATELINE.match(line):
            facts.add("outlet", _NAMED[match["agency"].lower()], "dateline")
            facts.add("published", day_of(match["day"]), "dateline")
            return
