"""The codes of other systems for the states, sectors and events of a record: ``data/crosswalks/``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.knowledge import read_csv
from onrecord.record import Actor, Event

# GDELT's quad classes, by the first two digits of a CAMEO code.
_QUADS = ((5, 1), (8, 2), (13, 3), (20, 4))


@dataclass(frozen=True)
class State:
    """A state's codes: FollowTheMoney, FIPS 10-4, Correlates of War (a number), CAMEO.

    '' where the system has none.
    """

    ftm: str = ""
    fips: str = ""
    cow: str = ""
    cameo: str = ""


@dataclass(frozen=True)
class Sector:
    """A PLOVER sector's CAMEO role, '' where CAMEO has none, and its name in ICEWS."""

    cameo: str = ""
    icews: str = ""


@dataclass(frozen=True)
class Group:
    """An organisation that CAMEO names: its code, and its three letters as a known group."""

    cameo: str
    letters: str


@dataclass(frozen=True)
class Cameo:
    """A CAMEO code: its Goldstein scale, -10 (conflict) to 10 (cooperation), and its name."""

    goldstein: float
    what: str


def state(iso3: str | None) -> State:
    """The codes of a state by its ISO 3166-1 alpha-3 code; all '' where there is none."""
    return _states().get(iso3 or "", State())


def group(actor: Actor) -> Group | None:
    """The organisation, of those that CAMEO names, that an actor is or speaks for; None for others."""
    table = _groups()
    return table.get(actor.id) or (table.get(actor.party or "") if actor.country is None else None)


def sector(code: str | None) -> Sector:
    """The other systems' words for a PLOVER sector; all '' where there is none."""
    return _sectors().get(code or "", Sector())


def cameo_of(event: Event) -> str | None:
    """The event's own CAMEO code, else the one that stands for its type and mode; None for unknown types."""
    table = _plover_cameo()
    return event.cameo or table.get((event.type, event.mode or "")) or table.get((event.type, ""))


def cameo(code: str) -> Cameo | None:
    """What is known of a CAMEO code, or of the broader one that it begins with; None where nothing is."""
    table = _cameo()
    return next((table[code[:n]] for n in range(len(code), 1, -1) if code[:n] in table), None)


def cameo_quad(code: str) -> int | None:
    """GDELT's quad class of a CAMEO code: 1 and 2 verbal and material cooperation, 3 and 4 conflict."""
    root = int(code[:2]) if code[:2].isdigit() else 99
    return next((quad for last, quad in _QUADS if root <= last), None)


def cameo_actor(actor: Actor) -> str:
    """The CAMEO code of an actor: country and role ('IRNGOV'), the country alone for a state; '' for none.

    Organisations that CAMEO names have its code for them ('IGOUNO'), and so have those who speak for them.
    """
    if found := group(actor):
        return found.cameo
    role = "" if actor.kind in ("state", "place", "people") else sector(actor.sector).cameo
    return state(actor.country).cameo + role


@cache
def _states() -> Mapping[str, State]:
    return {
        row["iso3"]: State(row["ftm"], row["fips"], row["cow"], row["cameo"])
        for row in read_csv("crosswalks", "countries.csv")
    }


@cache
def _sectors() -> Mapping[str, Sector]:
    return {r["sector"]: Sector(r["cameo"], r["icews"]) for r in read_csv("crosswalks", "sectors.csv")}


@cache
def _groups() -> Mapping[str, Group]:
    return {r["organisation"]: Group(r["cameo"], r["group"]) for r in read_csv("crosswalks", "groups.csv")}


@cache
def _cameo() -> Mapping[str, Cameo]:
    return {r["code"]: Cameo(float(r["goldstein"]), r["what"]) for r in read_csv("crosswalks", "cameo.csv")}


@cache
def _plover_cameo() -> Mapping[tuple[str, str], str]:
    return {(r["type"], r["mode"]): r["cameo"] for r in read_csv("crosswalks", "plover_cameo.csv")}
