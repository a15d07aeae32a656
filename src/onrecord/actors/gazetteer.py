"""Names and nouns that are known beforehand, and where they stand in a text.

States, their demonyms, seats, organs, legislatures and forces; organisations; titles, honorifics, nouns for
people and groups. Found by words, so that the parser's tokens play no part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from onrecord.actors.names import fold, slug, words
from onrecord.actors.own import OwnActors
from onrecord.knowledge import read_csv, read_toml
from onrecord.record import ActorKind

Kind = Literal[
    "state",
    "demonym",
    "seat",
    "organ",
    "place",
    "organisation",
    "office",
    "person",
    "honorific",
    "group",
    "bloc",
]
WORD = re.compile(r"[^\W_]+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class State:
    """A state or territory on the days from ``since`` to ``until``."""

    code: str
    name: str
    since: str
    until: str
    president_governs: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name or noun can stand for. ``country`` '' where it has none or the text must tell.

    ``id`` and ``name`` are the actor's, for organs and organisations; ``party`` the side it speaks for.
    """

    kind: Kind
    id: str = ""
    name: str = ""
    actor: ActorKind = "unknown"
    country: str = ""
    sector: str = ""
    party: str = ""
    gender: str = ""
    plural: bool = False
    since: str = ""
    until: str = ""

    def holds(self, on: str | None) -> bool:
        """Whether it exists on that day."""
        if on is None:
            return True
        return (not self.since or self.since <= on) and (not self.until or on <= self.until + "~")


@dataclass(frozen=True, slots=True)
class Match:
    """A name or noun found: offsets into the text, and what it can stand for, likeliest first."""

    start: int
    end: int
    entries: tuple[Entry, ...]


class Gazetteer:
    """The names and nouns, found at once in a text, the longest first."""

    def __init__(self, own: OwnActors | None = None) -> None:
        self.states: dict[str, State] = {}
        self._cased: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        self._lower: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        self._add_states()
        self._add_regions()
        self._add_organisations()
        self._add_roles()
        if own is not None:
            self._add_own(own)
        for table in (self._cased, self._lower):
            for entries in table.values():
                entries.sort(key=lambda item: -len(item[0]))

    @classmethod
    def load(cls) -> Gazetteer:
        """The package's gazetteer; the same object at every call."""
        return _load()

    def find(self, text: str, on: str | None) -> list[Match]:
        """What is known in a text on a day, in order, without overlaps; nouns yield to names."""
        words = [(m.group().replace("’", "'"), m.start(), m.end()) for m in WORD.finditer(text)]
        found: list[Match] = []
        i = 0
        while i < len(words):
            match = self._match(words, i, on)
            if match is None:
                i += 1
                continue
            length, entries = match
            found.append(Match(words[i][1], words[i + length - 1][2], entries))
            i += length
        return found

    def _match(
        self, words: list[tuple[str, int, int]], i: int, on: str | None
    ) -> tuple[int, tuple[Entry, ...]] | None:
        word = words[i][0]
        key = word.lower()
        names = self._cased.get(key) if word[0].isupper() or word[0].isdigit() else None
        nouns = self._lower.get(key)
        name = self._longest(names, words, i, on, True) if names else None
        noun = self._longest(nouns, words, i, on, False) if nouns else None
        return noun if noun is not None and (name is None or noun[0] > name[0]) else name

    def _longest(
        self,
        candidates: list[tuple[tuple[str, ...], Entry]],
        words: list[tuple[str, int, int]],
        i: int,
        on: str | None,
        cased: bool,
    ) -> tuple[int, tuple[Entry, ...]] | None:
        length = 0
        entries: list[Entry] = []
        for form, entry in candidates:  # the longest forms first
            n = len(form)
            if n < length:
                break
            if i + n <= len(words) and _stands(form, words[i : i + n], cased):
                length = n
                entries.append(entry)
        if not entries:
            return None
        # A name outlives the thing: 'Serbia' in 1999. An acronym does not, another bears it.
        now = [e for e in entries if e.holds(on)]
        if not now and length == 1 and words[i][0].isupper() and len(words[i][0]) < 5:
            return None
        return length, tuple(now or [e for e in entries if not e.until] or entries)

    def _add(self, name: str, entry: Entry, cased: bool = True) -> None:
        if name.startswith(("US ", "UN ")):
            self._add(f"{name[0]}.{name[1]}.{name[2:]}", entry, cased)
        form = tuple(WORD.findall(name.replace("’", "'")))
        if form:
            table = self._cased if cased else self._lower
            table.setdefault(form[0].lower(), []).append((form, entry))

    def _add_states(self) -> None:
        for row in read_csv("actors", "states.csv"):
            code, since, until = row["code"], row["from"], row["to"]
            self.states[code] = State(code, row["name"], since, until, row["president_governs"] == "Y")

            def entry(
                kind: Kind,
                name: str = "",
                sector: str = "",
                actor: ActorKind = "government",
                *,
                code: str = code,
                since: str = since,
                until: str = until,
            ) -> Entry:
                identity = f"{code.lower()}-{slug(name)}" if name else code
                return Entry(kind, identity, name, actor, code, sector, code, since=since, until=until)

            for name in (row["name"], *_cell(row["aliases"])):
                self._add(name, entry("state", actor="state"))
            for name in _cell(row["demonyms"]):
                for form in _numbers(name):
                    self._add(form, entry("demonym", actor="state"))
            for name in _cell(row["seats"]):
                self._add(name, entry("seat", actor="state"))
            for name in _cell(row["organs"]):
                self._add(name, entry("organ", name, "GOV"))
            for name in _cell(row["legislature"]):
                self._add(name, entry("organ", name, "LEG"))
            for name in _cell(row["forces"]):
                self._add(name, entry("organ", name, "MIL"))
            for name in _cell(row["places"]):
                self._add(name, entry("place", actor="place"))

    def _add_regions(self) -> None:
        for row in read_csv("regions.csv"):
            entry = Entry("place", row["country"], "", "place", row["country"], "", row["country"])
            for name in (row["name"], *_cell(row["aliases"])):
                form = tuple(WORD.findall(name))
                if all(known != form for known, _ in self._cased.get(form[0].lower(), ())):
                    self._add(name, entry)

    def _add_organisations(self) -> None:
        for row in read_csv("actors", "organisations.csv"):
            plain = row["name"].split(" (")[0]
            actor: ActorKind = row["kind"]  # type: ignore[assignment]  # checked by tests/actors/test_data.py
            entry = Entry(
                "organisation", slug(row["name"]), plain, actor, row["country"], row["sector"],
                row["party"] or slug(row["name"]), since=row["from"], until=row["to"],
            )  # fmt: skip
            for name in dict.fromkeys([plain, *_cell(row["aliases"])]):
                self._add(name, entry, cased=name[:1].isupper() or name[:1].isdigit())

    def _add_roles(self) -> None:
        roles = read_toml("actors", "roles.toml")
        for group in roles["office"]:
            for word in group["words"]:
                self._add_title(word, Entry("office", word, sector="GOV"))
        for sector, nouns in roles["people"].items():
            for word in nouns:
                self._add_title(word, Entry("person", word, sector=sector))
        for gender, nouns in roles["honorifics"].items():
            for word in nouns:
                self._add(word, Entry("honorific", word, gender=gender[:1]), cased=True)
        for word, (party, country) in roles["members"].items():
            entry = Entry("person", word.lower(), country=country, sector="PTY", party=party)
            self._add(word, entry)
        for sector, nouns in roles["groups"].items():
            for word in nouns:
                kind: ActorKind = {"REB": "armed-group", "CVL": "people"}.get(sector, "government")  # type: ignore[assignment]
                self._add(word, Entry("group", word, word, kind, sector=sector), cased=False)
        for word in [*roles["anaphors"], *roles["pairs"]["sides"], "pair", "men", "women"]:
            self._add(
                word, Entry("group", word, word, "organisation", plural=word.endswith("s")), cased=False
            )
        for name, nouns in roles["blocs"].items():
            for word in nouns:
                entry = Entry("bloc", slug(name), name, "bloc", "", "IGO", slug(name))
                self._add(
                    word, entry, cased=word == "west" or (" " not in word and word.startswith("europe"))
                )
        for name, nouns in roles["metonyms"].items():
            for word in nouns:
                self._add(word, Entry("seat", slug(name), name, "bloc", "", "IGO", slug(name)))

    def _add_own(self, own: OwnActors) -> None:
        """A user's organisations and names of states; what else bore such a name does so no longer."""
        for row in own.rows:
            if row.kind == "person":
                continue
            actor: ActorKind = row.kind  # type: ignore[assignment]  # own.py lets no other pass
            names = [row.name, *row.aliases]
            if row.kind == "state":
                names = list(row.aliases)
                entry = Entry("state", row.country, "", "state", row.country, "", row.country)
            else:
                identity = slug(row.name)
                party = row.party if row.party in self.states else slug(row.party)
                party = party or (row.country if row.kind == "government" else identity)
                entry = Entry(
                    "organisation", identity, row.name, actor, row.country, row.sector, party,
                    since=row.start, until=row.end,
                )  # fmt: skip
                self._forget(identity)
            for name in names:
                form = tuple(WORD.findall(name.replace("’", "'")))
                for table in (self._cased, self._lower):
                    entries = table.get(form[0].lower(), [])
                    entries[:] = [e for e in entries if e[0] != form or e[1].party == entry.party]
                self._add(name, entry, cased=name[:1].isupper() or name[:1].isdigit())

    def _forget(self, identity: str) -> None:
        """Take out an organisation that a user's file describes anew."""
        for entries in self._cased.values():
            entries[:] = [e for e in entries if e[1].id != identity]

    def _add_title(self, word: str, entry: Entry) -> None:
        for form in _spellings(word):
            self._add(form, entry, cased=False)
            self._add(
                _plural(form), Entry(entry.kind, entry.id, sector=entry.sector, plural=True), cased=False
            )


@cache
def _load() -> Gazetteer:
    return Gazetteer()


def _cell(text: str) -> list[str]:
    return [x for x in text.split(";") if x]


def _stands(form: tuple[str, ...], words: list[tuple[str, int, int]], cased: bool) -> bool:
    """Whether the words are this form. Names keep their capitals or are wholly in capitals."""
    for want, (have, _, _) in zip(form, words, strict=True):
        if want == have or want.lower() == have:
            if cased and want != have and want[0].isupper() and have.islower() and len(want) > 3:
                return False
            continue
        if want.lower() != have.lower():
            return False
        if cased and len(want) < 6 and any(c.isupper() for c in want[1:]) and not have.isupper():
            return False  # an acronym: 'WHO' is not 'Who', 'LeT' not 'Let'
        if cased and not have[0].isupper() and not (have in _GENERIC and want != form[0]):
            return False
    # the words of one name stand close together: at most a space between them
    return all(b[1] - a[2] <= 1 for a, b in pairwise(words))


_GENERIC = words(
    "party group movement army forces council union court ministry office bank agency news front"
)


def _numbers(demonym: str) -> Iterator[str]:
    yield demonym
    if demonym[-1] in "niticwklderb" and not demonym.endswith(("men", "ish", "US")):
        yield demonym + "s"


def _spellings(word: str) -> list[str]:
    spaced = word.replace("-", " ")
    return list(dict.fromkeys([word, spaced]))


def _plural(word: str) -> str:
    """The plural of a title: of its head, 'attorneys general', 'ministers of defence', 'men'."""
    head, sep, tail = word.partition(" of ")
    if not sep:
        head, sep, tail = word.partition(" for ")
    if head.endswith((" general", "-general")) and head != "general":
        return head[:-8] + "s" + head[-8:] + sep + tail
    if head.endswith("man") and head != "human":
        return head[:-3] + "men" + sep + tail
    if head.endswith("person"):
        return head[:-6] + "people" + sep + tail
    if head.endswith("y") and head[-2:-1] not in "aeiou":
        return head[:-1] + "ies" + sep + tail
    if head.endswith(("s", "ch", "sh", "x")):
        return head + "es" + sep + tail
    return head + "s" + sep + tail


def organisation_id(name: str) -> str:
    """The id of the organisation that a name means, whole or up to its brackets; else its slug."""
    for form in (name, name.partition(" (")[0]):
        if (found := _organisation_ids().get(fold(form))) is not None:
            return found
    return slug(name)


@cache
def _organisation_ids() -> dict[str, str]:
    ids: dict[str, str] = {}
    for row in read_csv("actors", "organisations.csv"):
        for name in (row["name"], *_cell(row["aliases"])):
            ids.setdefault(fold(name), slug(row["name"]))
    return ids


@cache
def given_names() -> dict[str, str]:
    """Given name (lower case) → 'm' or 'f'."""
    names = read_toml("actors", "given_names.toml")["names"]
    return {n: g[0] for g in ("male", "female") for n in names[g].split()}
