"""Titles and groups without a name: 'the Russian leader', 'a US official', 'the rebels', 'both sides'."""

from __future__ import annotations

from functools import cache
from typing import Any

from onrecord.actors.discourse import Discourse
from onrecord.actors.entities import choose
from onrecord.actors.mentions import Item, Phrase
from onrecord.actors.names import slug
from onrecord.actors.people import Hints, after_country, side_sector, title_hints
from onrecord.actors.roster import Role
from onrecord.actors.scene import Draft, Scene
from onrecord.knowledge import read_toml
from onrecord.record import ActorKind

_INDEFINITE = frozenset("a an another some any no one several many few other each every".split())
_STATE_SECTORS = frozenset(["GOV", "MIL", "LEG", "JUD", "SPY", "COP"])
_OWN = frozenset("forces fighters leadership militants rebels group movement government authorities delegation team "
                 "side troops army negotiators units militia insurgents insurgency gunmen regime campaign party".split())  # fmt: skip
_KINDS: dict[str, ActorKind] = {
    "REB": "armed-group", "CVL": "people", "JRN": "organisation", "BUS": "organisation", "NGO": "organisation",
    "PTY": "organisation", "OPP": "organisation",
}  # fmt: skip


def resolve_title(discourse: Discourse, k: int) -> None:
    """Identify the phrase with this index, a title or noun for people without a name."""
    scene = discourse.scene
    phrase = scene.phrases[k]
    main = next(
        (i for i in reversed(phrase.items) if i.letter == "t" and i.start <= phrase.head), phrase.titles[-1]
    )
    hints = Hints()
    title_hints(scene, phrase, hints)
    _owner_hints(discourse, phrase, hints)
    entries = main.entries
    if entries[0].plural:
        _people(discourse, k, main, hints)
        return
    words = phrase.words(scene.doc)
    definite = words[0] not in _INDEFINITE
    offices = [e for e in entries if e.kind == "office"]
    if offices and definite and not hints.past:
        if _office(discourse, k, offices[0].id, hints):
            return
    if definite and _before(discourse, k, main, hints):
        return
    _unnamed(scene, k, main, hints)


def _owner_hints(discourse: Discourse, phrase: Phrase, hints: Hints) -> None:
    """'his spokesman': whose he is, where the pronoun is resolved."""
    if phrase.owner_pronoun is None:
        return
    for found in discourse.scene.pronouns:
        if found.head == phrase.owner_pronoun and len(found.ids) == 1:
            draft = discourse.draft(found.ids[0])
            if draft.country:
                hints.countries.setdefault(draft.country)
            elif draft.party:
                hints.party = hints.party or draft.party


def _office(discourse: Discourse, k: int, title: str, hints: Hints) -> bool:
    """An office held by one person of a state: somebody of the document who holds it, else the roster's holder."""
    scene = discourse.scene
    phrase = scene.phrases[k]
    if hints.party and not hints.countries:
        return False
    rules = _rules(title)
    for country in hints.countries or [None]:
        person = _holder_here(discourse, phrase.start, title, rules, country)
        if person is not None:
            scene.refer(
                k, (person,), "title" if phrase.items[0].letter != "s" else "title", 0.85, "title/document"
            )
            return True
    country = next(iter(hints.countries), None) or discourse.country(phrase.start)
    if country is None:
        return False
    holder = _holder(scene, title, rules, country)
    if holder is None:
        return False
    identity = _enrol(scene, holder)
    scene.refer(k, (identity,), "title", 0.8 if hints.countries else 0.6, "title/roster")
    return True


def _holder_here(
    discourse: Discourse, at: int, title: str, rules: list[dict[str, Any]], country: str | None
) -> str | None:
    """The person of the document, named last, whom the text or the roster gives this office."""
    scene = discourse.scene
    later = [f.ids[0] for f in scene.found.values() if f.by == "name" and f.start > at and len(f.ids) == 1]
    order = [i for _, s in discourse.back(at, 10_000) if len(s.ids) == 1 for i in s.ids]
    for actor in dict.fromkeys([*order, *(later if country else [])]):
        draft = scene.drafts[actor]
        if draft.kind != "person" or country is not None and draft.country != country:
            continue
        if title in draft.nouns or _holds(scene, draft, title, rules):
            return actor
    return None


def _holds(scene: Scene, draft: Draft, title: str, rules: list[dict[str, Any]]) -> bool:
    for rule in rules:
        if rule.get("states") and draft.country not in rule["states"]:
            continue
        for office in rule["office"]:
            if office == "leader":
                if "head-of-state" in draft.offices or "head-of-government" in draft.offices:
                    return True
            elif office.startswith("title:"):
                wanted = office[6:]
                if any(_title_has(n, wanted) for n in draft.nouns):
                    return True
            elif office in draft.offices:
                return True
    return False


def _title_has(title: str, wanted: str) -> bool:
    if wanted == "president" and ("vice" in title or "council" in title or "deputy" in title):
        return False
    return wanted in title.replace("-", " ") or wanted in title


def _holder(scene: Scene, title: str, rules: list[dict[str, Any]], country: str) -> Role | None:
    """Who held the office that a title names in a state on the day."""
    for rule in rules:
        if rule.get("states") and country not in rule["states"]:
            continue
        for office in rule["office"]:
            for role in _roles(scene, office, country):
                return role
    return None


def _roles(scene: Scene, office: str, country: str) -> list[Role]:
    roster, on = scene.roster, scene.on
    if office == "leader":
        state = scene.gazetteer.states.get(country)
        first = state is not None and state.president_governs or country in _leaders()
        return list(roster.office(country, "head-of-state" if first else "head-of-government", on))
    if not office.startswith("title:"):
        return list(roster.office(country, office, on))
    wanted = office[6:]
    kinds = ("head-of-state", "head-of-government") if wanted == "president" else ("other",)
    return [
        r
        for kind in kinds
        for r in roster.office(country, kind, on)
        if any(_title_has(t, wanted) for t in r.title.lower().split(" / "))
    ]


def _enrol(scene: Scene, role: Role) -> str:
    identity = scene.new_id(role.name, "person")
    scene.add(
        Draft(
            identity, role.name, "person", role.country, role.sector, role.title.split(" / ")[0].lower(),
            role.country, role.wikidata or None, offices=(role.office,),
            nouns=dict.fromkeys(role.title.lower().split(" / ")),
        )
    )  # fmt: skip
    return identity


def _before(discourse: Discourse, k: int, main: Item, hints: Hints) -> bool:
    """A person or unnamed source of the text, named before, to whom the noun fits: 'the official'."""
    scene = discourse.scene
    phrase = scene.phrases[k]
    noun = scene.doc[main.start : main.end].text.lower()
    sector = main.entries[0].sector
    for distance, seen in discourse.back(phrase.start, 40):
        if len(seen.ids) != 1:
            continue
        draft = scene.drafts[seen.ids[0]]
        if draft.kind not in ("person", "unknown") or draft.plural and noun != "source":
            continue
        if hints.countries and draft.country not in hints.countries:
            continue
        if hints.party and draft.party != hints.party:
            continue
        same = noun in draft.nouns
        wide = distance <= 3 and draft.sector == sector and noun in _WIDE.get(sector, ())
        if same or wide:
            scene.refer(k, seen.ids, "description", 0.75 if same else 0.6, "description/before")
            return True
    return False


_WIDE = {
    "GOV": ("official", "diplomat", "envoy", "minister", "politician", "leader"),
    "LEG": ("lawmaker", "legislator", "congressman", "senator", "politician", "parliamentarian"),
    "MIL": ("officer", "commander", "general"),
    "EDU": ("expert", "analyst", "academic", "researcher", "professor"),
}


def _unnamed(scene: Scene, k: int, main: Item, hints: Hints) -> None:
    """A person without a name: kind unknown, with the state or side that the text gives."""
    noun = scene.doc[main.start : main.end].text.lower()
    draft = _source(scene, k, noun, main, hints)
    scene.refer(k, (draft.id,), "description", 0.7, "unnamed/person")


def _source(scene: Scene, k: int, noun: str, main: Item, hints: Hints) -> Draft:
    phrase = scene.phrases[k]
    hints.sector = sector = main.entries[0].sector
    if not hints.countries and not hints.party and (place := after_country(scene, k)) is not None:
        hints.countries[place] = None
    country = next(iter(hints.countries), None)
    sector = side_sector(scene, hints, country) or ""
    side = hints.party or (country if sector in _STATE_SECTORS else None)
    whose = slug(hints.party) if hints.party else (country or "").lower()
    identity = "-".join(x for x in ("unnamed", whose, slug(noun)) if x)
    if country is None and sector == "REB":
        side = identity
    text = scene.doc[phrase.start : phrase.end]
    name = text[1:].text if phrase.items[0].letter == "d" and len(text) > 1 else text.text
    kind: ActorKind = "armed-group" if sector == "REB" else "unknown"
    return scene.add(
        Draft(
            identity, " ".join(name.split()), kind, country, sector or None, None, side,
            plural=main.entries[0].plural, nouns={noun: None},
        )
    )  # fmt: skip


def _people(discourse: Discourse, k: int, main: Item, hints: Hints) -> None:
    """Several people without a name: 'US officials', 'the two leaders', 'the leaders of France and Italy'."""
    scene = discourse.scene
    noun = scene.doc[main.start : main.end].text.lower()
    if _pair(discourse, k, noun):
        return
    if main.entries[0].sector == "REB":
        _group(discourse, k, main, noun)
        return
    if noun in ("allies",) and hints.countries:
        scene.refer(k, (_source(scene, k, noun, main, Hints()).id,), "group", 0.5, "unnamed/allies")
        return
    words = scene.phrases[k].words(scene.doc)
    if words[0] in ("the", "these", "those") and not hints.countries and _again(discourse, k, noun):
        return
    draft = _source(scene, k, noun, main, hints)
    scene.refer(k, (draft.id,), "group", 0.7, "unnamed/people")


def _again(discourse: Discourse, k: int, noun: str) -> bool:
    scene = discourse.scene
    for _, seen in discourse.back(scene.phrases[k].start, 20):
        draft = scene.drafts[seen.ids[0]]
        if len(seen.ids) == 1 and draft.plural and noun in draft.nouns:
            scene.refer(k, seen.ids, "group", 0.7, "group/again")
            return True
    return False


def _pair(discourse: Discourse, k: int, noun: str) -> bool:
    """'the two leaders', 'both sides': the last two people or sides named before."""
    scene = discourse.scene
    phrase = scene.phrases[k]
    words = phrase.words(scene.doc)
    if not ({"two", "both", "warring"} & set(words) or noun == "pair"):
        return False
    people = noun in _pairs()["people"]
    if not people and noun not in _pairs()["sides"]:
        return False
    chosen: dict[str, str] = {}
    for _, seen in discourse.back(phrase.start, 12):
        for actor in reversed(seen.ids):
            draft = scene.drafts[actor]
            if people:
                if draft.kind == "person":
                    chosen.setdefault(actor, actor)
            else:
                side = draft.party or draft.country
                if side and draft.kind in ("person", "state", "government", "armed-group", "bloc"):
                    known = side in scene.gazetteer.states or side in scene.drafts
                    chosen.setdefault(
                        side, scene.state(side).id if side in scene.gazetteer.states else side
                    ) if known else None
            if len(chosen) == 2:
                scene.refer(k, tuple(reversed(chosen.values())), "group", 0.65, "group/pair")
                return True
    return False


def resolve_group(discourse: Discourse, k: int) -> None:
    """Identify the phrase with this index, a collective: 'Russian forces', 'the army', 'the rebels'."""
    scene = discourse.scene
    phrase = scene.phrases[k]
    main = phrase.items[-1]
    noun = scene.doc[main.start : main.end].text.lower()
    if _pair(discourse, k, noun):
        return
    if noun in _anaphors():
        _take_up(discourse, k, noun, main.entries[-1].sector)
        return
    if _joined(discourse, k, main):
        return
    if not main.entries[-1].sector and _owner(discourse, k) is None:
        return  # 'countries', 'parties': nobody in particular
    _group(discourse, k, main, noun)


def _joined(discourse: Discourse, k: int, main: Item) -> bool:
    """'the Chinese newspaper the Global Times', 'the official Xinhua agency': the organisation itself."""
    scene = discourse.scene
    phrase = scene.phrases[k]
    sector = main.entries[-1].sector
    for item in phrase.items[:-1]:
        if item.letter == "o":
            entry = choose(scene, item)
            if (
                entry.kind == "organisation"
                and entry.sector == sector
                and sector in ("JRN", "BUS", "NGO", "PTY")
            ):
                scene.refer(k, (scene.from_entry(entry).id,), "name", 0.85, "group/named")
                return True
    if k + 1 < len(scene.phrases) and scene.phrases[k + 1].start == phrase.end:
        found = scene.found.get(k + 1)
        if found is not None and scene.drafts[found.ids[0]].sector == sector:
            scene.refer(k, found.ids, "description", 0.8, "apposition")
            return True
    return False


def _take_up(discourse: Discourse, k: int, noun: str, sector: str) -> None:
    scene = discourse.scene
    phrase = scene.phrases[k]
    owners = [i for i in phrase.items if i.letter in "osnc"]
    if owners and owners[-1].letter == "o":
        scene.refer(k, (scene.from_entry(choose(scene, owners[-1])).id,), "description", 0.7, "group/own")
        return
    if phrase.words(scene.doc)[0] not in ("the", "this", "that"):
        return
    for _, seen in discourse.back(phrase.start, 15):
        draft = scene.drafts[seen.ids[0]]
        if sector in ("JRN", "BUS") and draft.sector not in (sector, None, "MNC"):
            continue
        if len(seen.ids) == 1 and draft.kind in _anaphors()[noun]:
            scene.refer(k, seen.ids, "description", 0.65, "group/before")
            return


def _group(discourse: Discourse, k: int, main: Item, noun: str) -> None:
    scene = discourse.scene
    phrase = scene.phrases[k]
    sector = main.entries[-1].sector or "GOV"
    owner = _owner(discourse, k)
    if owner is not None and owner.kind in ("armed-group", "organisation", "bloc") and noun in _OWN:
        scene.refer(k, (owner.id,), "group", 0.8, "group/own")
        return
    country = owner.country if owner else after_country(scene, k)
    words = phrase.words(scene.doc)
    if (
        owner is None
        and country is None
        and sector in ("PTY", "BUS", "NGO")
        and words[0] not in ("the", "these")
    ):
        return
    fresh = (
        words[0] in _INDEFINITE
        or not (owner or words[0] in ("the", "this", "that", "its", "their"))
        and (sector in ("CVL", "REB", "JRN", "BUS", "NGO"))
    )
    if owner is None and not fresh and _earlier_group(discourse, k, noun, sector):
        return
    named = any(i.letter == "x" for i in phrase.items)
    if country is None and owner is None and named:
        country = _bygone(scene, phrase)
    elif country is None and owner is None and (sector in _STATE_SECTORS and words[0] not in _INDEFINITE):
        country = discourse.country(phrase.start)
    elif country is None and owner is None and sector in ("REB", "OPP") and len(scene.countries) == 1:
        country = next(iter(scene.countries))
    start = phrase.start + (phrase.items[0].letter == "d")
    name = " ".join(scene.doc[start : phrase.end].text.split())
    whose = country or ""
    if owner is not None and owner.kind == "person":
        identity = slug("-".join([whose, name]))
    elif owner is not None and owner.kind not in ("state", "person", "place"):
        identity = slug("-".join([owner.id, noun]))
    else:
        identity = slug("-".join([whose, noun]))
    kind = _KINDS.get(sector, "government" if country else "organisation")
    if owner is not None and owner.kind in ("armed-group", "organisation", "bloc"):
        party: str | None = owner.id
    elif sector in _STATE_SECTORS or noun.startswith("state "):
        party = country
    else:
        party = identity
    draft = scene.add(
        Draft(identity, name, kind, country, sector, party=party, plural=True, nouns={noun: None})
    )
    scene.refer(
        k, (draft.id,), "description", 0.75 if owner else 0.55, "group/own" if owner else "group/context"
    )


def _bygone(scene: Scene, phrase: Phrase) -> str | None:
    """'the Bush administration' of somebody who is not in the text: by the roster, of any time."""
    item = next(i for i in phrase.items if i.letter == "x")
    people = scene.roster.who(scene.doc[item.start : item.end].text, scene.on)
    heads = [p for p in people if any(r.office in ("head-of-state", "head-of-government") for r in p.roles)]
    return heads[0].role.country if heads else None


def _owner(discourse: Discourse, k: int) -> Draft | None:
    """Whose forces, government or officials: a state, organisation or person in the phrase or before its mark."""
    scene = discourse.scene
    phrase = scene.phrases[k]
    for j, item in reversed(list(enumerate(phrase.items))):
        if item.letter in "sncop":
            if item.letter == "n" and j and scene.doc[phrase.items[j - 1].start].lower_ == "ethnic":
                continue
            entry = choose(scene, item)
            if entry.kind in ("state", "demonym", "place") or entry.kind == "seat" and entry.country:
                return scene.state(entry.country)
            return scene.from_entry(entry)
        if item.letter == "x":
            text = slug(scene.doc[item.start : item.end].text)
            return next((d for i, d in scene.drafts.items() if i == text or i.endswith("-" + text)), None)
    if phrase.owner is not None and phrase.owner in scene.found:
        return scene.drafts[scene.found[phrase.owner].ids[0]]
    if phrase.owner_pronoun is not None:
        for found in scene.pronouns:
            if found.head == phrase.owner_pronoun:
                return scene.drafts[found.ids[0]]
    return None


def _earlier_group(discourse: Discourse, k: int, noun: str, sector: str) -> bool:
    """The group named before with this noun, or for 'the rebels' the armed group that the text named last."""
    scene = discourse.scene
    for _, seen in discourse.back(scene.phrases[k].start, 30):
        if len(seen.ids) != 1:
            continue
        draft = scene.drafts[seen.ids[0]]
        if noun in draft.nouns and draft.kind not in ("person", "unknown"):
            scene.refer(k, seen.ids, "description", 0.65, "group/again")
            return True
        if sector == "REB" and draft.kind == "armed-group":
            scene.refer(k, seen.ids, "description", 0.6, "group/armed")
            return True
    return False


@cache
def _roles_file() -> dict[str, Any]:
    return read_toml("actors", "roles.toml")


def _rules(title: str) -> list[dict[str, Any]]:
    return [rule for rule in _roles_file()["office"] if title in rule["words"]]


@cache
def _leaders() -> frozenset[str]:
    return frozenset(_roles_file()["leader"]["head_of_state"])


def _anaphors() -> dict[str, list[str]]:
    table: dict[str, list[str]] = _roles_file()["anaphors"]
    return table


def _pairs() -> dict[str, list[str]]:
    table: dict[str, list[str]] = _roles_file()["pairs"]
    return table
