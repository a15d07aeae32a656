"""Who somebody is, and who holds an office, asked of the roster by a user."""

from __future__ import annotations

from typing import Literal

import msgspec

from onrecord.actors.lexicon import rules_for
from onrecord.actors.names import fold
from onrecord.actors.own import OFFICES, state_codes
from onrecord.actors.roster import OWN, Role, Roster
from onrecord.errors import UsageError
from onrecord.knowledge import read_csv

Standing = Literal["held", "assumed", "past", "future", "any"]
_BODIES = {"EUR": "European Union", "UNO": "United Nations", "IGO": "international organisation"}
_SOURCES = {
    "c": "CIA World Factbook archive",
    "f": "CIA World Factbook",
    "g": "general knowledge",
    "l": "cia-world-leaders",
    "o": "other",
    "p": "Wikidata",
    "s": "UN speakers' list 2026",
    "u": "UN General Debate speakers",
    OWN: "your file",
}


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One person in one office, the dates as far as known.

    ``standing`` says how the day asked for lies to the term: ``held``; ``assumed``, after ``as_of``, the day
    up to which the term is known; ``past``; ``future``; or ``any`` where no day was asked for.
    ``confidence``, 0 to 1, is that the office was held on the day.
    """

    name: str
    country: str
    office: str
    title: str
    of: str | None
    start: str | None
    end: str | None
    as_of: str | None
    standing: Standing
    confidence: float
    source: str
    wikidata: str | None


def who(roster: Roster, name: str, on: str | None = None) -> tuple[Answer, ...]:
    """The people whom a name can mean, the likeliest on the day first.

    With a day, the offices of each on that day, or where there is none the office nearest to it; without a
    day, all their offices.
    """
    found: list[Answer] = []
    for person in roster.who(name, on):
        held = [r for r in person.roles if r.weight(on) > 0] if on else []
        roles = held or list(person.roles[:1] if on else sorted(person.roles, key=_term))
        found.extend(_answer(role, on) for role in roles)
    return tuple(dict.fromkeys(found))


def holders(roster: Roster, country: str, office: str, on: str | None = None) -> tuple[Answer, ...]:
    """Who holds an office of a state on a day, the surest first; without a day, all who held it in order.

    ``country`` is an ISO code or a name, ``office`` one of the roster's or a title such as 'prime minister'.
    Raises UsageError where there is no such state or office.
    """
    code, titles = code_of(country), _titles(office)
    roles = [
        role
        for kind, wanted in titles
        for role in roster.offices(code, kind)
        if wanted in role.title.lower() and (not role.entity or code in _BODIES)
    ]
    if on is None:
        return tuple(dict.fromkeys(_answer(role, None) for role in sorted(roles, key=_term)))
    held = sorted((r for r in roles if r.weight(on) > 0), key=lambda r: (-r.weight(on), r.source != OWN))
    return tuple(dict.fromkeys(_answer(role, on) for role in held))


def code_of(country: str) -> str:
    """The ISO code of a state given by code or name. Raises UsageError where there is none."""
    if country.upper() in state_codes() or country.upper() in _BODIES:
        return country.upper()
    wanted = fold(country)
    for row in read_csv("actors", "states.csv"):
        if wanted in {fold(name) for name in (row["name"], *row["aliases"].split(";"))}:
            return row["code"]
    for code, name in _BODIES.items():
        if wanted == fold(name):
            return code
    raise UsageError(f"no state is called {country!r}; give an ISO 3166-1 alpha-3 code such as UKR")


def _titles(office: str) -> list[tuple[str, str]]:
    """The roster's offices that a word names, each with what its title must hold."""
    if office in OFFICES:
        return [(office, "")]
    plain = office.lower().replace("-", " ")
    named = [o for rule in rules_for(office.lower()) or rules_for(plain) for o in rule["office"]]
    found = [(o, "") for o in named if o in OFFICES]
    found += [(kind, o.removeprefix("title:")) for o in named if o.startswith("title:") for kind in OFFICES]
    if not found:
        raise UsageError(f"no office is called {office!r}; it is one of {', '.join(OFFICES)}, or a title")
    return found


def _answer(role: Role, on: str | None) -> Answer:
    standing: Standing = "any"
    if on is not None:
        timing = role.timing(on)
        standing = "held" if timing == "now" else timing
    known = role.as_of if not role.end and not role.as_of.startswith("9999") else None
    return Answer(
        name=role.name,
        country=role.country,
        office=role.office,
        title=role.title,
        of=role.entity or None,
        start=role.start or None,
        end=role.end or None,
        as_of=known,
        standing=standing,
        confidence=round(role.weight(on) if on else role.sure, 2),
        source=_SOURCES.get(role.source, role.source),
        wikidata=role.wikidata or None,
    )


def _term(role: Role) -> tuple[str, str, str]:
    return role.start, role.end or "9999", role.name
