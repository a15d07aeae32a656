"""Titles and nouns for people without a name: 'the Russian leader', 'a US official', 'two diplomats'."""

from __future__ import annotations

from typing import Any

from onrecord.actors.discourse import Discourse, Places
from onrecord.actors.groups import resolve_rebels
from onrecord.actors.hints import Hints, after_country, side_sector, title_hints
from onrecord.actors.identity import ASSUMED, former, side_of
from onrecord.actors.lexicon import INDEFINITE, STATE_SECTORS, led_by_head_of_state, rules_for
from onrecord.actors.mentions import Item, Phrase
from onrecord.actors.names import slug, words
from onrecord.actors.pairs import resolve_pair
from onrecord.actors.roster import Role
from onrecord.actors.scene import Draft, Scene
from onrecord.actors.sides import side_in_words
from onrecord.record import ActorKind


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
        _add_side(discourse, k, hints)
        _people(discourse, k, main, hints)
        return
    first = phrase.words(scene.doc)[0]
    definite = first not in INDEFINITE
    if _predicate(scene, phrase, hints):
        return
    offices = [e for e in entries if e.kind == "office"]
    if offices and definite and not hints.past and _office(discourse, k, offices[0].id, hints):
        return
    if offices and definite and hints.past and _former(discourse, k, main, hints):
        return
    if definite and (_before(discourse, k, main, hints) or _voice(discourse, k, hints)):
        return
    _add_side(discourse, k, hints)
    _unnamed(scene, k, main, hints)


def _add_side(discourse: Discourse, k: int, hints: Hints) -> None:
    """The side of somebody unnamed by the words beside the title: 'a rebel spokesman'."""
    if hints.countries or hints.party:
        return
    whose = side_in_words(discourse, k)
    if whose is not None and whose.party not in (None, whose.country):
        hints.party = whose.party or ""
    elif whose is not None and whose.country:
        hints.countries[whose.country] = None


def _predicate(scene: Scene, phrase: Phrase, hints: Hints) -> bool:
    """Whether a bare title says what somebody is or becomes: 'was elected president'."""
    if phrase.start != phrase.titles[0].start or hints.countries or hints.party or phrase.owner is not None:
        return False
    token = scene.doc[phrase.head]
    if phrase.owner_pronoun is not None or not token.text.islower():
        return False
    return token.dep_ in ("attr", "oprd", "xcomp") or (
        token.dep_ == "pobj" and token.head.lower_ in ("as", "for")
    )


def _owner_hints(discourse: Discourse, phrase: Phrase, hints: Hints) -> None:
    """'his spokesman': whose he is, where the pronoun is resolved."""
    if phrase.owner_pronoun is None:
        return
    for found in discourse.scene.words_headed(phrase.owner_pronoun):
        if len(found.ids) == 1:
            draft = discourse.draft(found.ids[0])
            if draft.country:
                hints.countries.setdefault(draft.country)
            elif draft.party:
                hints.party = hints.party or draft.party


def _office(discourse: Discourse, k: int, title: str, hints: Hints) -> bool:
    """An office held by one person of a state: its holder in the document, else in the roster."""
    scene = discourse.scene
    phrase = scene.phrases[k]
    if hints.party and not hints.countries:
        code = {"european-union": "EUR", "united-nations": "UNO"}.get(hints.party)
        if code is None:
            return False
        hints.countries[code] = None
    rules = rules_for(title)
    for country in hints.countries or [None]:
        person = _holder_here(discourse, phrase.start, title, rules, country)
        if person is not None:
            scene.refer(k, (person,), "title", 0.85, "title/document")
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


def _former(discourse: Discourse, k: int, main: Item, hints: Hints) -> bool:
    """'The former Nigerian president': a person named before whom the roster knows in this office once."""
    scene = discourse.scene
    titles = {scene.doc[main.start : main.end].text.lower(): None}
    for _, seen in discourse.back(scene.phrases[k].start, 30):
        draft = scene.drafts[seen.ids[0]]
        if len(seen.ids) != 1 or draft.kind != "person":
            continue
        if hints.countries and draft.country is not None and draft.country not in hints.countries:
            continue
        people = [p for p in scene.roster.who(draft.name, scene.on) if scene.person_id(p) == draft.id]
        if former(scene, tuple(people), titles):
            scene.refer(k, seen.ids, "title", 0.8, "title/former")
            return True
    return False


def _holder_here(
    discourse: Discourse, at: int, title: str, rules: list[dict[str, Any]], country: str | None
) -> str | None:
    """The person of the document, named last, whom the text or the roster gives this office."""
    scene = discourse.scene
    order = dict.fromkeys(i for _, s in discourse.back(at, 10_000) if len(s.ids) == 1 for i in s.ids)
    fitting = [
        draft
        for actor in order
        if (draft := scene.drafts[actor]).kind == "person" and (country is None or draft.country == country)
    ]
    called = (d.id for d in fitting if title in d.nouns)  # the very word comes before the office
    holding = (d.id for d in fitting if _holds(scene, d, title, rules))
    later = _named_later(discourse, country, title, rules) if country else (Places(()), Places(()))
    return next(called, None) or later[0].first_behind(at) or next(holding, None) or later[1].first_behind(at)


def _named_later(
    discourse: Discourse, country: str, title: str, rules: list[dict[str, Any]]
) -> tuple[Places, Places]:
    """Where the text names people of a country: those called by a title, and those who hold its office. Found
    once, since names are identified before titles are."""
    scene, known = discourse.scene, discourse.named
    if not known:
        for f in scene.found.values():
            draft = scene.drafts[f.ids[0]] if f.by == "name" and len(f.ids) == 1 else None
            if draft is not None and draft.kind == "person" and draft.country is not None:
                known.setdefault(draft.country, []).append((f.start, draft))
    if (country, title) not in discourse.holders:
        named = known.get(country, [])
        discourse.holders[country, title] = (
            Places((start, d.id) for start, d in named if title in d.nouns),
            Places((start, d.id) for start, d in named if _holds(scene, d, title, rules)),
        )
    return discourse.holders[country, title]


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
    plain = title.replace("-", " ")
    if wanted in _ANYWHERE:
        return wanted in plain and "deputy" not in plain
    for rank in ("first ", "acting ", "executive ", "interim ", "federal "):
        plain = plain.removeprefix(rank)
    return plain == wanted or plain.startswith(
        (wanted + " of ", wanted + " for ", wanted + ",", wanted + " (")
    )


_ANYWHERE = words("finance interior energy") | {
    "internal affairs",
    "united nations",
    "national security advis",
}


def _holder(scene: Scene, title: str, rules: list[dict[str, Any]], country: str) -> Role | None:
    """Who held the office that a title names in a state on the day; nobody where the text has no day."""
    if scene.on is None:
        return None
    for rule in rules:
        if rule.get("states") and country not in rule["states"]:
            continue
        for office in rule["office"]:
            for role in _roles(scene, office, country):
                return role
    return None


def _roles(scene: Scene, office: str, country: str) -> list[Role]:
    roster, on = scene.roster, scene.on
    if country in ("EUR", "UNO"):  # the rows of organisations name them as entity
        kinds = (office,) if not office.startswith("title:") else ("other", "envoy")
        rows = [r for kind in kinds for r in roster.offices(country, kind) if r.weight(on) > 0]
        if not office.startswith("title:"):
            return rows
        return [r for r in rows if _title_has(r.title.lower(), office[6:])]
    if office == "leader":
        state = scene.gazetteer.states.get(country)
        first = (state is not None and state.president_governs) or country in led_by_head_of_state()
        return list(roster.office(country, "head-of-state" if first else "head-of-government", on))
    if not office.startswith("title:"):
        return list(roster.office(country, office, on))
    wanted = office[6:]
    kinds = ("head-of-state", "head-of-government", *(() if wanted == "president" else ("other", "envoy")))
    return [
        r
        for kind in kinds
        for r in roster.office(country, kind, on)
        if any(_title_has(t, wanted) for t in r.title.lower().split(" / "))
    ]


def _enrol(scene: Scene, role: Role) -> str:
    """The actor for a roster's office-holder whom the text does not name."""
    identity = scene.person_id(role)
    country, party = side_of(role)
    scene.warn_of(role)
    scene.add(
        Draft(
            identity,
            role.name,
            "person",
            country,
            role.sector if country else "IGO",
            role.title.split(" / ")[0].lower(),
            party,
            role.wikidata or None,
            sure=ASSUMED if scene.assumes(role) else 1.0,
            offices=(role.office,),
            nouns=dict.fromkeys(role.title.lower().split(" / ")),
        )
    )
    return identity


def _voice(discourse: Discourse, k: int, hints: Hints) -> bool:
    """'Putin's spokesman', 'the State Department spokeswoman': by the roster."""
    scene = discourse.scene
    phrase = scene.phrases[k]
    if not any(t.startswith("spokes") or t == "press secretary" for t in hints.titles) or not hints.countries:
        return False
    country = next(iter(hints.countries))
    owner = scene.found.get(phrase.owner) if phrase.owner is not None else None
    if owner is not None:
        head = "head-of-state" in scene.drafts[owner.ids[0]].offices
        words: tuple[str, ...] = ("president", "kremlin", "white house") if head else ()
    else:
        organs = [i for i in phrase.items if i.letter in "og"]
        words = tuple(scene.doc[i.start : i.end].text.lower() for i in organs[-1:])
    for role in scene.roster.office(country, "spokesperson", scene.on):
        title = role.title.lower()
        if any(w.rstrip("s") in title for w in words if w):
            scene.refer(k, (_enrol(scene, role),), "title", 0.7, "title/roster")
            return True
    return False


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
        if draft.kind not in ("person", "unknown") or (draft.plural and noun + "s" not in draft.nouns):
            continue
        if hints.countries and draft.country not in hints.countries:
            continue
        if hints.party and draft.party not in (hints.party, None, draft.country):
            continue
        same = noun in draft.nouns or noun + "s" in draft.nouns
        wide = distance <= 3 and draft.sector == sector and noun in _WIDE.get(sector, ())
        wide = wide and draft.kind == "person" and not (noun == "official" and draft.offices)
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
    side = hints.party or (country if sector in STATE_SECTORS else None)
    whose = slug(hints.party) if hints.party else (country or "").lower()
    identity = "-".join(x for x in ("unnamed", whose, slug(noun)) if x)
    if country is None and sector == "REB" and not hints.party:
        side = identity
        country = next(iter(scene.countries)) if len(scene.countries) == 1 else None
    text = scene.doc[phrase.start : phrase.end]
    name = text[1:].text if phrase.items[0].letter == "d" and len(text) > 1 else text.text
    kind: ActorKind = "armed-group" if main.entries[0].sector == "REB" else "unknown"
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
    if resolve_pair(discourse, k, noun):
        return
    if main.entries[0].sector == "REB":
        resolve_rebels(discourse, k, main, noun)
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
