"""Places: cities and regions by name, and where the place of an act stands in its clause."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log10
from typing import Literal

from spacy.tokens import Token

from onrecord.actors.cast import Cast, Reference
from onrecord.actors.names import fold, skeleton, words
from onrecord.knowledge import data, read_csv
from onrecord.record import Place
from onrecord.text.parse import Parse

AT = words("in at near outside inside around across throughout within")
# 'the town of X', 'the outskirts of X' are X or lie in it.
SETTLEMENT = words(
    "city town village port capital suburb district province region outskirt outskirts north south east west "
    "centre center street neighbourhood neighborhood area part"
)
_ON = words("outskirt outskirts island street")
_PRECISION = ("city", "region", "country")
# A city of a state that the text names weighs as much as one ten times its size.
_NAMED = 1.0
_CAPITAL = 2.0


@dataclass(frozen=True, slots=True)
class Town:
    """A city or region: a point inside it, ``population`` 0 and ``geonames`` None where not known."""

    name: str
    country: str
    lat: float
    lon: float
    population: int
    geonames: int | None
    precision: Literal["city", "region"]


class Places:
    """The places by name. Lines are parsed only when asked for."""

    def __init__(self, lines: Iterable[str], regions: Iterable[tuple[str, Town]]) -> None:
        self._lines = list(lines)
        self._by_key: dict[str, list[int]] = {}
        for i, line in enumerate(self._lines):
            for key in line.split(",", 1)[0].split(";"):
                self._by_key.setdefault(key, []).append(i)
        self._regions: dict[str, list[Town]] = {}
        for key, region in regions:
            self._regions.setdefault(key, []).append(region)
        self._parsed = lru_cache(maxsize=4096)(_town)

    @classmethod
    def load(cls) -> Places:
        """The package's places; the same object at every call."""
        return _load()

    def named(self, name: str) -> list[Town]:
        """Every place that bears a name: regions first, then cities."""
        key, shared = fold(name), skeleton(name)
        lines = self._by_key.get(key)
        if lines is None and len(shared) > 3:
            lines = self._by_key.get(shared) or self._by_key.get(f"~{shared}")
        cities = [self._parsed(self._lines[i]) for i in lines or ()]
        own = [town for town in cities if fold(town.name) == key]
        return [*self._regions.get(key, ()), *(own or cities)]

    def find(self, name: str, countries: Mapping[str, int], country: str | None = None) -> Town | None:
        """The place that a name means: in the given country, else the largest, states of the text preferred.

        ``countries`` counts how often the text names each state.
        """
        towns = self.named(name)
        if country is not None:
            towns = [town for town in towns if town.country == country]

        def weight(town: Town) -> float:
            size = log10(town.population + 1) if town.population else _CAPITAL + 4
            return size + (_NAMED if countries.get(town.country) else 0.0)

        return max(towns, key=lambda t: (weight(t), -(t.geonames or 0)), default=None)


@cache
def _load() -> Places:
    text = gzip.decompress(data("places.csv.gz").read_bytes()).decode("utf-8")
    lines = [line for line in text.split("\n") if line and not line.startswith("# ")]
    return Places(lines[1:], _regions())


def _regions() -> Iterable[tuple[str, Town]]:
    for row in read_csv("regions.csv"):
        kind: Literal["city", "region"] = "city" if row["precision"] == "city" else "region"
        town = Town(row["name"], row["country"], float(row["lat"]), float(row["lon"]), 0, None, kind)
        for name in (row["name"], *row["aliases"].split(";")):
            if name:
                yield fold(name), town


def _town(line: str) -> Town:
    _, name, country, lat, lon, population, geonames = next(csv.reader([line]))
    return Town(name, country, float(lat), float(lon), int(population), int(geonames), "city")


def place_of(parse: Parse, cast: Cast, heads: Sequence[Token], verbal: bool = False) -> Place | None:
    """Where an act happens: the place that a phrase of its own clause names, None where none does.

    ``heads`` are the tokens that show the act; of a ``verbal`` act, a place inside its object or subject is
    part of what is spoken of. A capital that stands for its government is no place.
    """
    sentence = heads[0].sent
    found: list[tuple[int, int, int, int, Place]] = []
    for reference in cast.within(sentence.start_char, sentence.end_char):
        preposition = _preposition(parse.doc[reference.head], reference)
        steps = None if preposition is None else _steps(preposition, heads, cast)
        if steps is None or (verbal and steps):
            continue
        place = _details(parse, cast, reference)
        if place is not None:
            order = _PRECISION.index(place.precision)
            found.append((min(steps, 1), order, abs(reference.head - heads[0].i), reference.start, place))
    return min(found, key=lambda f: f[:4])[-1] if found else None


def _preposition(token: Token, reference: Reference) -> Token | None:
    """The preposition that makes a reference the name of a place."""
    if reference.by != "name" or len(reference.actors) != 1:
        return None
    for _ in range(4):
        head = token.head
        if token.dep_ == "pobj" and (head.lower_ in AT or (head.lower_ == "on" and token.lemma_ in _ON)):
            return head
        inside = token.dep_ in ("compound", "nmod") and reference.start <= head.idx < reference.end
        if inside or token.dep_ == "appos":  # 'in the capital, Khartoum'
            token = head
        elif token.dep_ == "pobj" and head.lower_ == "of" and head.head.lemma_.lower() in SETTLEMENT:
            token = head.head  # 'at the border village of Panmunjom'
        else:
            return None
    return None


def _steps(preposition: Token, heads: Sequence[Token], cast: Cast) -> int | None:
    """How many nouns stand between a phrase of place and the act; None where it belongs to another act."""
    token, steps = preposition.head, 0
    spots = {head.i for head in heads}
    while token.i not in spots:
        if token.pos_ in ("VERB", "AUX") or token.head == token:
            return None
        reference = cast.at(token)
        person = reference is not None and cast.actor(reference.actors[0]).kind in (
            "person",
            "place",
            "state",
        )
        if token.pos_ in ("NOUN", "PROPN", "PRON") and not person:
            steps += 1
        token = token.head
    return steps


def _details(parse: Parse, cast: Cast, reference: Reference) -> Place | None:
    actor = cast.actor(reference.actors[0])
    if actor.kind not in ("place", "state") or actor.country is None:
        return None
    span = parse.span(reference.start, reference.end)
    if actor.kind == "state":
        return Place(name=actor.name, country=actor.country, precision="country", span=span)
    town = Places.load().find(actor.name, {}, actor.country)
    if town is None:
        return Place(name=actor.name, country=actor.country, precision="region", span=span)
    return Place(
        name=actor.name,
        country=actor.country,
        lat=town.lat,
        lon=town.lon,
        precision=town.precision,
        geonames=town.geonames,
        span=span,
    )
