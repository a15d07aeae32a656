"""Who a name is: somebody of the roster on the day, else a person whom only the text knows."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.actors.gazetteer import given_names
from onrecord.actors.hints import Hints, side_sector
from onrecord.actors.lexicon import roles
from onrecord.actors.names import fold, slug
from onrecord.actors.roster import OWN, Person, Role, distance
from onrecord.actors.scene import Draft, Scene


@dataclass(slots=True)
class Known:
    """A person of the document: the spellings of the name, the phrases, what is said of him or her."""

    words: list[str]
    name: str
    phrases: list[int] = field(default_factory=list)
    hints: Hints = field(default_factory=Hints)
    id: str = ""


def from_roster(scene: Scene, known: Known) -> Person | None:
    """The person of the roster whom a name means on the day, None where none fits what the text says."""
    countries = known.hints.countries
    people = tuple(p for p in scene.roster.who(known.name, scene.on) if _trusted(scene, known, p))
    if countries:
        people = tuple(p for p in people if any(r.country in countries for r in p.roles)) or (
            people if len(known.words) > 1 and not known.hints.party else ()
        )
    if len(known.words) > 1:
        return people[0] if people else None
    fitting = tuple(p for p in people if fits(p, known.hints.titles))
    if not offices_of(known.hints.titles):  # without an office only the very spelling will do
        fitting = tuple(
            p for p in fitting if any(known.words[0] in fold_words(n) for r in p.roles for n in r.names)
        )
    if fitting and fitting[0].weight > 0:
        return fitting[0]
    if known.hints.titles and offices_of(known.hints.titles):  # 'President Reagan' in a later text
        return min(fitting, key=lambda p: (distance(p.role, scene.on), p.name), default=None)
    return None


def _trusted(scene: Scene, known: Known, person: Person) -> bool:
    """Whether a roster's person is meant: a minor one, shortened, only in a text on that country."""
    if (person.role.office != "other" and person.weight > 0) or len(known.words) == 1:
        return True
    names = [fold_words(n) for r in person.roles for n in r.names]
    return known.words in names or person.role.country in {*known.hints.countries, *scene.countries}


def fits(person: Person, titles: dict[str, None]) -> bool:
    """Whether the roster gives a person an office that a title names; any does where none is told."""
    rules = offices_of(titles)
    if not rules:
        words = [t for t in titles if len(t) > 4]
        return (
            not words
            or leading(person)
            or any(t in r.title.lower() or t == "leader" for t in words for r in person.roles)
        )
    for role in person.roles:
        for office in rules:
            if office == "leader" and role.office in ("head-of-state", "head-of-government"):
                return True
            if office == role.office or (office.startswith("title:") and office[6:] in role.title.lower()):
                return True
    return False


def offices_of(titles: dict[str, None]) -> list[str]:
    """The offices that title words can name, as roles.toml writes them."""
    table = roles()["office"]
    return [o for rule in table for o in rule["office"] if any(t in rule["words"] for t in titles)]


def draft_roster(scene: Scene, known: Known, person: Person) -> None:
    """Enter a person of the roster as an actor."""
    role = person.role
    held = person.weight > 0 and scene.on is not None  # without a day nobody is known to hold an office
    country, party = side_of(role)
    scene.warn_of(role)
    if not held and known.hints.party:
        party = known.hints.party
    scene.add(
        Draft(
            known.id,
            _display(known, person),
            "person",
            country,
            role.sector if country else "IGO",
            role.title.split(" / ")[0].lower() if held else None,
            party,
            person.wikidata or None,
            offices=tuple(dict.fromkeys(r.office for r in person.roles if r.weight(scene.on) > 0)),
        )
    )
    for r in person.roles:
        if r.weight(scene.on) > 0:
            for title in r.title.lower().split(" / "):
                scene.drafts[known.id].nouns[title] = None


def side_of(role: Role) -> tuple[str | None, str]:
    """The country and the side of an office: an organisation's or armed group's has that as its side."""
    if role.country in _BODIES:
        return None, _BODIES[role.country] or slug(role.entity) or role.country.lower()
    if role.entity and (role.sector in ("REB", "PRM", "OPP", "PTY") or role.source == OWN):
        return role.country, slug(role.entity)
    return role.country, role.country


_BODIES = {"UNO": "united-nations", "EUR": "european-union", "IGO": "", "IMG": ""}


def _display(known: Known, person: Person) -> str:
    """The name at its fullest in the text; for a bare surname the roster's, in the text's spelling."""
    if len(known.words) > 1:
        return known.name
    names = (person.name, *(a for r in person.roles for a in r.aliases))
    return next((n for n in names if known.words[0] in fold_words(n) and len(fold_words(n)) < 4), person.name)


def draft_unknown(scene: Scene, known: Known) -> None:
    """Enter a person whom only the text knows, with what it says."""
    hints = known.hints
    country = next(iter(hints.countries), None)
    scene.add(
        Draft(
            known.id,
            known.name,
            "person",
            country,
            side_sector(scene, hints, country),
            next((t for t in hints.titles if t not in hints.loose), None),
            hints.party or (country if hints.sector in ("GOV", "MIL", "LEG", "JUD", "SPY", "COP") else None),
        )
    )


def leading(person: Person) -> bool:
    """Whether a person leads a state or its diplomacy on the day."""
    return person.weight > 0 and person.role.office in (
        "head-of-state",
        "head-of-government",
        "foreign-minister",
    )


def gender_of(known: Known) -> str:
    """m, f, or '' where neither a title nor a given name tells."""
    return known.hints.gender or next((g for w in known.words[:2] if (g := given_names().get(w, ""))), "")


def fold_words(name: str) -> list[str]:
    """The words of a name, folded."""
    return fold(name).split()
