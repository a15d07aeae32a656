"""What the first lines of a text say about it: keys and values, a day on its own line, byline, dateline."""

from __future__ import annotations

import re
from functools import cache

from onrecord.knowledge import read_toml
from onrecord.sources.days import day_of
from onrecord.sources.facts import Facts

HEAD_LINES = 20
_PUBLISHER_LINES = 4
_KEY = re.compile(r"^(?P<key>[A-Za-z][A-Za-z -]{1,14}):\s+(?P<value>\S.*)$")
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)\.?,?"
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
_DAY = rf"(?:{_NUMBER}(?: of)?[ -])?[a-z]{{3,9}}\.?[ -](?:{_NUMBER},? )?\d{{4}}|\d{{4}}-\d\d-\d\d"
_TIME = r"(?:[ ,/|•·–—-]*(?:at )?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?(?: ?\(?[a-z]{2,5}\)?)?)?"
_DATE_LINE = re.compile(
    rf"^(?P<label>(?:first |last )?(?:published|posted|updated|modified|issued|released)?(?: on| at)?:?\s*)"
    rf"(?:{_WEEKDAY}\s*)?(?P<day>{_DAY})(?:,? {_WEEKDAY})?{_TIME}\W*$",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"^(?:By|BY)[ :]+(?P<name>[A-Z][\w.’'-]+(?:,? (?:and |[A-Z][\w.’'-]*)[\w.’' -]*){1,5})$")


def head_facts(text: str, facts: Facts) -> None:
    """Note what the first lines of a text say: keys and values where there are two, days, names on lines."""
    lines = [line.strip() for line in text[:8192].split("\n")]
    lines = [line for line in lines if line][:HEAD_LINES]
    keyed = [match for line in lines if (match := _KEY.match(line)) and match["key"].lower() in _keys()]
    if len(keyed) > 1:
        for match in keyed:
            facts.add(_keys()[match["key"].lower()], match["value"], f"line {match['key']}:")
    for line in lines[:_PUBLISHER_LINES]:
        facts.add("outlet", _publishers().get(line.upper()), "publisher at the head")
    for line in lines:
        if len(line) > 120:
            break  # the report itself
        if match := _DATE_LINE.match(line):
            changed = "dated" in match["label"].lower() or "modif" in match["label"].lower()
            field = "updated" if changed else "published"
            facts.add(field, day_of(match["day"]), "date line")
        elif match := _BYLINE.match(line):
            facts.add("byline", match["name"], "byline")


def dateline_facts(text: str, facts: Facts) -> None:
    """Note the agency of a dateline, 'VIENNA (Reuters) -', and its day where it has a year."""
    for line in [line for line in text[:8192].split("\n") if line.strip()][:HEAD_LINES]:
        if match := _dateline().match(line):
            facts.add("outlet", _agencies()[match["agency"].lower()], "dateline")
            facts.add("published", day_of(match["day"]), "dateline")
            return


@cache
def _keys() -> dict[str, str]:
    """Our field by the key of a line."""
    table = read_toml("sources", "head.toml")["keys"]
    return {key: field for field, keys in table.items() for key in keys}


@cache
def _publishers() -> dict[str, str]:
    """Government bodies by the lines in capitals that open their readouts."""
    publishers: dict[str, str] = read_toml("sources", "head.toml")["publishers"]
    return {line.upper(): name for line, name in publishers.items()}


@cache
def _agencies() -> dict[str, str]:
    """The agencies as they are written, by their names in lower case."""
    return {name.lower(): name for name in read_toml("sources", "head.toml")["datelines"]["agencies"]}


@cache
def _dateline() -> re.Pattern[str]:
    return re.compile(
        r"^\s*(?P<place>[A-Z][\w.’'/-]*(?:[ ,/]+(?:[A-Z][\w.’'/-]*|de|el|al|of|the|and)){0,5})?[ ,]*"
        r"(?P<day>(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?)?,? ?"
        rf"\((?P<agency>(?i:{'|'.join(map(re.escape, _agencies()))}))\)\s?(?:[-–—]+|:)?"
    )
