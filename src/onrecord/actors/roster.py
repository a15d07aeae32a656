"""Dated roles: who held which office on a day."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from onrecord import knowledge
from onrecord.actors.names import can_mean, fold, skeleton
from onrecord.actors.own import OwnActors, OwnRow, state_codes
from onrecord.errors import KnowledgeError

Timing = Literal["now", "assumed", "past", "future"]
_FAR = "9999-12-31"
_COLUMNS = [
    "keys",
    "country",
    "office",
    "start",
    "end",
    "as_of",
    "confidence",
    "wikidata",
    "sector",
    "source",
    "name",
    "aliases",
    "family",
    "title",
    "entity",
]
OWN = "own"  # the source of a user's rows
_SURE = {"h": 1.0, "m": 0.9, "l": 0.75}
# Offices that one person of a state holds at a time: a user's holder follows the one known before.
_SINGLE = ("head-of-state", "head-of-government", "foreign-minister", "defence-minister")


@dataclass(frozen=True, slots=True)
class Role:
    """An office held by a person from ``start`` to ``end`` (ISO dates, years or months; '' where unknown).

    ``end`` '' means: still in office on ``as_of``. ``entity`` names the organisation, armed group or part of
    a state where the office is not the national government's. ``confidence`` is h, m or l;
    ``source`` ``own`` is a user's file.
    """

    country: str
    office: str
    start: str
    end: str
    as_of: str
    confidence: str
    wikidata: str
    sector: str
    source: str
    name: str
    aliases: tuple[str, ...]
    family: str
    title: str
    entity: str

    def timing(self, on: str | None) -> Timing:
        """How a day lies to the term: 'assumed' after the day to which an open term is known to hold."""
        if on is None:
            return "assumed"
        if self.start and on < _first_day(self.start):
            return "future"
        if self.end:
            return "now" if on <= _last_day(self.end) else "past"
        return "now" if on <= _last_day(self.as_of) else "assumed"

    def weight(self, on: str | None) -> float:
        """How surely the person held the office on that day: 0 to 1."""
        match self.timing(on):
            case "now":
                return self.sure
            case "assumed":
                return self.sure * (0.8 if on else 0.6)
            case _:
                return 0.0

    @property
    def sure(self) -> float:
        """How sure the source is of the role: 0 to 1."""
        return _SURE.get(self.confidence, 0.75)

    @property
    def names(self) -> tuple[str, ...]:
        """The main name and its variants."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the roster on a day, with the most telling role held then, else the nearest in time."""

    name: str
    wikidata: str
    role: Role
    weight: float
    roles: tuple[Role, ...]


class Roster:
    """The dated roles. Lines are found by key and parsed only when asked for."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = list(lines)
        self._by_key: dict[str, list[int]] = {}
        self._by_office: dict[tuple[str, str], list[int]] = {}
        for i, line in enumerate(self._lines):
            keys, country, office, _ = line.split(",", 3)
            for key in keys.split(" "):
                self._by_key.setdefault(key, []).append(i)
            self._by_office.setdefault((country, office), []).append(i)
        self._parsed = lru_cache(maxsize=20_000)(self._parse)

    @classmethod
    def load(cls) -> Roster:
        """The package's roster; the same object at every call."""
        return _load()

    def with_own(self, own: OwnActors) -> Roster:
        """The roster with a user's people.

        A person's rows in an office are replaced by the user's rows in it; a row without an office adds its
        aliases; a single office that the user fills is taken to end for the one known in it before. Raises
        KnowledgeError for a row that only adds aliases to nobody.
        """
        rows = [row for row in own.rows if row.kind == "person"]
        roles = [_own_role(row) for row in rows if row.office]
        changed: dict[int, list[Role]] = {}
        for row in rows:
            lines_of = self._of(row)
            if not lines_of and not row.office:
                raise KnowledgeError(
                    f"{own.path}:{row.line}: nobody is known as {row.name!r} in {row.country or row.party}, "
                    "whose aliases these could be; mend the name, or give an office"
                )
            for i in lines_of:
                (role,) = changed.get(i) or [self._parsed(i)]
                changed[i] = [replace(role, aliases=_joined(role.aliases, row.aliases))]
        for role in roles:
            for i in self._by_office.get((role.country, role.office), ()):
                known = (changed.get(i) or [self._parsed(i)])[:1]
                if changed.get(i) == [] or known[0].entity != role.entity:
                    continue
                if _same_person(known[0], role):
                    changed[i] = []
                elif _succeeds(role, known[0]):
                    changed[i] = [replace(known[0], end=role.start)]
        lines = [line for i, line in enumerate(self._lines) if i not in changed]
        kept = [role for group in changed.values() for role in group]
        return Roster([*(_line(role) for role in (*roles, *kept)), *lines])

    def _of(self, row: OwnRow) -> list[int]:
        """The lines of the person whom a user's row is about."""
        found = self._by_key.get(skeleton(fold(row.name).split()[-1]), ())
        return [i for i in found if _same_person(self._parsed(i), row)]

    def named(self, name: str) -> tuple[Role, ...]:
        """Every role of the people whose name or alias can be meant by this full name or surname."""
        words = fold(name).split()
        if not words:
            return ()
        found: dict[int, None] = {}
        for word in words:
            for i in self._by_key.get(skeleton(word), ()):
                found[i] = None
        roles = [self._parsed(i) for i in sorted(found)]
        exact = tuple(r for r in roles if any(can_mean(words, n, r.family, False) for n in r.names))
        return exact or tuple(r for r in roles if any(can_mean(words, n, r.family, True) for n in r.names))

    def who(self, name: str, on: str | None = None) -> tuple[Person, ...]:
        """The people whom a name can mean, the likeliest on that day first."""
        grouped: dict[str, list[Role]] = {}
        for role in self.named(name):
            grouped.setdefault(role.wikidata or fold(role.name), []).append(role)
        merged: dict[str, list[Role]] = {}
        for roles in grouped.values():  # rows without a Wikidata id join those of the same name
            merged.setdefault(fold(roles[0].name) + "|" + roles[0].country, []).extend(roles)
        people = [_person(roles, on) for roles in merged.values()]
        return tuple(
            sorted(
                people,
                key=lambda p: (-p.weight, p.role.source != OWN, -_rank(p.role), -_year(p.role), p.name),
            )
        )

    def office(self, country: str, office: str, on: str | None = None) -> tuple[Role, ...]:
        """Who held an office of the national government of a state on a day, the surest first."""
        roles = [self._parsed(i) for i in self._by_office.get((country, office), ())]
        held = [r for r in roles if not r.entity and r.weight(on) > 0]
        return tuple(
            sorted(held, key=lambda r: (-r.weight(on), r.source != OWN, _descending(r.start), r.name))
        )

    def offices(self, country: str, office: str) -> tuple[Role, ...]:
        """Every row of an office of a state, entities' too, in the order of the file."""
        return tuple(self._parsed(i) for i in self._by_office.get((country, office), ()))

    def _parse(self, i: int) -> Role:
        cells = dict(zip(_COLUMNS, next(csv.reader([self._lines[i]])), strict=True))
        del cells["keys"]
        aliases = tuple(a for a in cells.pop("aliases").split(";") if a)
        return Role(aliases=aliases, **cells)


@cache
def _load() -> Roster:
    text = knowledge.data("actors", "officeholders.csv").read_text("utf-8")
    lines = text.split("\n")
    first = next(i for i, line in enumerate(lines) if not line.startswith("# "))
    return Roster(line for line in lines[first + 1 :] if line)


def _same_person(known: Role, own: Role | OwnRow) -> bool:
    if known.wikidata and own.wikidata:
        return known.wikidata == own.wikidata
    same = fold(own.name) in {fold(name) for name in known.names}
    return same and (not own.country or own.country == known.country)


def _succeeds(own: Role, known: Role) -> bool:
    """Whether a user's holder of a single office ends the term of the one known before."""
    return bool(own.office in _SINGLE and not own.entity and own.start and not known.end) and (
        known.start < own.start
    )


def _own_role(row: OwnRow) -> Role:
    country = row.country or (row.party if row.party in state_codes() else "IGO")
    entity = "" if row.party in ("", country) else row.party
    as_of = row.as_of or _FAR
    return Role(
        country, row.office, row.start, row.end, as_of, "h", row.wikidata, row.sector, OWN, row.name,
        row.aliases, row.name.split()[-1], row.title, entity,
    )  # fmt: skip


def _joined(first: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *more)))


def _line(role: Role) -> str:
    """A role as a line of the roster, its keys first."""
    keys = dict.fromkeys(skeleton(fold(n).split()[-1]) for n in (*role.names, role.family) if n)
    cells = {"keys": " ".join(k for k in keys if k), **asdict(role), "aliases": ";".join(role.aliases)}
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([cells[column] for column in _COLUMNS])
    return out.getvalue()


def _person(roles: list[Role], on: str | None) -> Person:
    ordered = sorted(
        roles, key=lambda r: (-r.weight(on) * (1 + _rank(r)), distance(r, on), -_rank(r), r.start)
    )
    best = ordered[0]
    wikidata = next((r.wikidata for r in ordered if r.wikidata), "")
    return Person(best.name, wikidata, best, best.weight(on), tuple(ordered))


def _rank(role: Role) -> int:
    """How telling an office is: of two held at once, the higher is the person's role."""
    order = ("other", "envoy", "spokesperson", "defence-minister", "foreign-minister", "head-of-government")
    return order.index(role.office) if role.office in order else len(order)


def distance(role: Role, on: str | None) -> int:
    """Years between a day and a term, 0 inside it or where there is no day."""
    if on is None:
        return 0
    year = int(on[:4])
    start = int(role.start[:4]) if role.start[:4].isdigit() else year
    end = int((role.end or role.as_of or on)[:4])
    return max(start - year, year - end, 0)


def _year(role: Role) -> int:
    return int(role.start[:4]) if role.start[:4].isdigit() else 0


def _descending(start: str) -> str:
    return "".join(chr(0x10FFF - ord(c)) for c in start)


def _first_day(date: str) -> str:
    return (date + "-01-01")[:10] if len(date) == 4 else (date + "-01")[:10]


def _last_day(date: str) -> str:
    if not date:
        return _FAR
    return date + ("-12-31" if len(date) == 4 else "-31" if len(date) == 7 else "")
