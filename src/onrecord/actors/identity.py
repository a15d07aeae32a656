"""Who a name is: somebody of the roster on the day, else a person whom only the text knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from onrecord.actors.gazetteer import given_names, organisation_id
from onrecord.actors.hints import Hints, side_sector
from onrecord.actors.lexicon import roles
from onrecord.actors.names import fold
from onrecord.actors.roster import OWN, Person, Role, distance
from onrecord.actors.scene import Draft, Scene
from onrecord.record import Warning

# How far a role that is only assumed, and a name that can be another's, lower the confidence.
ASSUMED = 0.8
AMBIGUOUS = 0.6
_MOST = 5  # rivals that a warning names


@dataclass(slots=True)
class Known:
    """A person of the document: the spellings of the name, the phrases, what is said of him or her."""

    words: list[str]
    name: str
    phrases: list[int] = field(default_factory=list)
    hints: Hints = field(default_factory=Hints)
    id: str = ""
    rivals: tuple[Person, ...] = ()  # others whom the name can mean as well
    doubtful: dict[int, None] = field(default_factory=dict)  # phrases that can mean another of the document
    full: int = 0  # how many of the phrases, the first, have the full name


def from_roster(scene: Scene, known: Known) -> Person | None:
    """The person of the roster whom a name means on the day, None where none fits what the text says."""
    countries = known.hints.countries
    people = tuple(p for p in scene.roster.who(known.name, scene.on) if _trusted(scene, known, p))
    if countries:
        people = tuple(p for p in people if any(r.country in countries for r in p.roles)) or (
            people if len(known.words) > 1 and not known.hints.party else ()
        )
    if known.hints.past:
        people = former(scene, people, known.hints.titles) or people
    if len(known.words) > 1:
        return likeliest(scene, known, people)
    fitting = tuple(p for p in people if fits(p, known.hints.titles))
    if not offices_of(known.hints.titles):  # without an office only the very spelling will do
        fitting = tuple(
            p for p in fitting if any(known.words[0] in fold_words(n) for r in p.roles for n in r.names)
        )
    if any(p.weight > 0 for p in fitting):
        return likeliest(scene, known, fitting)
    if known.hints.titles and offices_of(known.hints.titles):  # 'President Reagan' in a later text
        near = sorted(fitting, key=lambda p: (distance(p.role, scene.on), p.name))
        known.rivals = tuple(near[1:]) if known.hints.past else ()
        return near[0] if near else None
    return None


def likeliest(scene: Scene, known: Known, people: tuple[Person, ...]) -> Person | None:
    """The person whom day and text point to, the others who are no less likely kept as rivals."""
    if not people:
        return None
    best = max(people, key=lambda p: (_standing(scene, p), scene.countries[p.role.country], -people.index(p)))
    whole = len(known.words) == 1 or known.words in _spelt(best)
    known.rivals = tuple(
        p
        for p in people
        if p is not best
        and _standing(scene, p) == _standing(scene, best)
        and (len(known.words) == 1 or not whole or known.words in _spelt(p))
    )
    return best


def _spelt(person: Person) -> list[list[str]]:
    return [fold_words(n) for r in person.roles for n in r.names]


def warn_of_rivals(scene: Scene, name: str, k: int, names: Sequence[str], taken: str) -> None:
    """Say once of a name that it can mean several people, and for whom it is taken, at its first place."""
    item = scene.phrases[k].name
    assert item is not None
    if name in scene.ambiguous:
        return
    scene.ambiguous[name] = None
    first, last = scene.doc[item.start], scene.doc[item.end - 1]
    span = scene.parse.span(first.idx, last.idx + len(last))
    scene.warn(
        Warning(code="ambiguous-name", message=f"{name!r} can mean {'; '.join(names)}: {taken}", span=span)
    )


def _told(person: Person) -> str:
    role = person.role
    return f"{person.name} ({role.title}, {role.entity or role.country}, {role.start or '?'}–{role.end})"


def _standing(scene: Scene, person: Person) -> tuple[bool, bool, bool]:
    """In office on the day; leading a state or its diplomacy; of a state that the text names."""
    named = any(r.country in scene.countries for r in person.roles)
    return person.weight > 0, leading(person), named and person.weight > 0


def former(scene: Scene, people: tuple[Person, ...], titles: dict[str, None]) -> tuple[Person, ...]:
    """Those who have held the office that the titles name, and hold it no more: 'former President Bush'."""

    def left(person: Person) -> bool:
        then = tuple(r for r in person.roles if r.timing(scene.on) == "past")
        now = tuple(r for r in person.roles if r.weight(scene.on) > 0)
        return fits(replace(person, roles=then), titles) and not fits(replace(person, roles=now), titles)

    return tuple(p for p in people if scene.on is not None and left(p))


def _trusted(scene: Scene, known: Known, person: Person) -> bool:
    """Whether a roster's person is meant: a minor one, shortened, only in a text on that country; a leader of
    a state, shortened, not where the words name another side ('FARC commander Ivan Marquez')."""
    side = known.hints.party
    shortened = len(known.words) > 1 and known.words not in _spelt(person)
    if shortened and side and side not in {r.entity for r in person.roles}:
        return False
    if (person.role.office != "other" and person.weight > 0) or len(known.words) == 1:
        return True
    return known.words in _spelt(person) or person.role.country in {*known.hints.countries, *scene.countries}


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
    if known.rivals:
        names = [_told(p) for p in (person, *known.rivals[:_MOST])]
        warn_of_rivals(scene, known.name, known.phrases[0], names, "taken for the first")
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
            sure=(ASSUMED if scene.assumes(role) else 1.0) * (AMBIGUOUS if known.rivals else 1.0),
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
        return None, _BODIES[role.country] or organisation_id(role.entity) or role.country.lower()
    if role.entity and (role.sector in ("REB", "PRM", "OPP", "PTY") or role.source == OWN):
        return role.country, organisation_id(role.entity)
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
