"""Collectives: 'Russian forces', 'the army', 'the rebels', 'the Trump administration', 'both sides'."""

from __future__ import annotations

from onrecord.actors.discourse import Discourse
from onrecord.actors.entities import choose
from onrecord.actors.hints import after_country, after_entry
from onrecord.actors.lexicon import INDEFINITE, KIND_OF_SECTOR, STATE_SECTORS, anaphors
from onrecord.actors.mentions import Item, Phrase
from onrecord.actors.names import slug, words
from onrecord.actors.pairs import resolve_pair
from onrecord.actors.scene import Draft, Scene

# Of an armed group, organisation or bloc, these are the thing itself.
_OWN = words(
    "forces fighters leadership militants rebels group movement government authorities delegation team "
    "side troops army negotiators units militia insurgents insurgency gunmen regime campaign party"
)


def resolve_group(discourse: Discourse, k: int) -> None:
    """Identify the phrase with this index, a collective: 'Russian forces', 'the army', 'the rebels'."""
    scene = discourse.scene
    phrase = scene.phrases[k]
    main = phrase.items[-1]
    noun = scene.doc[main.start : main.end].text.lower()
    if resolve_pair(discourse, k, noun) or _stance(discourse, k, noun):
        return
    if main.letter == "n":
        _people_of(scene, k)
        return
    if _joined(discourse, k, main):
        return
    if noun in anaphors() and _take_up(discourse, k, noun, sector_of(main)):
        return
    if not sector_of(main) and (noun not in anaphors() or _owner(discourse, k) is None):
        return  # 'countries', 'parties': nobody in particular
    _group(discourse, k, main, noun)


def _stance(discourse: Discourse, k: int, noun: str) -> bool:
    """'Russia's opposition to the plan' is what Russia thinks of it, and nobody else."""
    scene = discourse.scene
    end = scene.phrases[k].end
    if noun not in ("opposition", "resistance") or end == len(scene.doc) or scene.doc[end].lower_ != "to":
        return False
    owner = _owner(discourse, k)
    if owner is not None:
        scene.refer(k, (owner.id,), "name", 0.75, "group/stance")
    return True


def sector_of(item: Item) -> str:
    """The sector of a group noun, '' where it has none of its own."""
    return next((e.sector for e in item.entries if e.sector), "")


def _people_of(scene: Scene, k: int) -> None:
    """'Bosnian Serbs', 'Iraqi Turkmens': a people within a state, a side of its own."""
    phrase = scene.phrases[k]
    first = next(i for i in phrase.items if i.letter in "sn")
    second = phrase.items[-1]
    if scene.doc[second.end - 1].tag_ not in ("NNS", "NNPS"):
        scene.refer(k, (scene.state(choose(scene, second).country).id,), "demonym", 0.7, "demonym")
        return
    country = choose(scene, first).country
    name = scene.doc[first.start : second.end].text
    draft = Draft(slug(name), name, "people", country, "CVL", party=slug(name), plural=True)
    scene.refer(k, (scene.add(draft).id,), "demonym", 0.75, "group/people")


def _joined(discourse: Discourse, k: int, main: Item) -> bool:
    """'the Chinese newspaper the Global Times', 'the official Xinhua agency': the organisation itself."""
    scene = discourse.scene
    phrase = scene.phrases[k]
    sector = sector_of(main)
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


def _take_up(discourse: Discourse, k: int, noun: str, sector: str) -> bool:
    """'the group', 'the agency': the organisation of a fitting kind that was named last."""
    scene = discourse.scene
    phrase = scene.phrases[k]
    owners = [i for i in phrase.items if i.letter in "osnc"]
    if owners and owners[-1].letter == "o":
        scene.refer(k, (scene.from_entry(choose(scene, owners[-1])).id,), "description", 0.7, "group/own")
        return True
    if not owners and phrase.words(scene.doc)[0] not in ("the", "this", "that"):
        return False
    country = choose(scene, owners[-1]).country if owners else None
    # One that is called so comes first: 'the Saudi-led coalition', then 'the coalition'.
    return any(_taken_up(discourse, k, noun, sector, country, wanted) for wanted in (noun, ""))


def _taken_up(discourse: Discourse, k: int, noun: str, sector: str, country: str | None, wanted: str) -> bool:
    scene = discourse.scene
    phrase = scene.phrases[k]
    for _, seen in discourse.back(phrase.start, 15):
        draft = scene.drafts[seen.ids[0]]
        if country and draft.country != country:
            continue
        if sector in ("JRN", "BUS") and draft.sector not in (sector, None, "MNC"):
            continue
        if draft.plural and draft.kind != "armed-group":
            continue  # 'aircraft', 'officials': no body
        if (draft.sector == "JRN" and sector != "JRN") or wanted not in draft.name.lower():
            continue
        if len(seen.ids) == 1 and draft.kind in anaphors()[noun]:
            scene.refer(k, seen.ids, "description", 0.65, "group/before")
            return True
    return False


def resolve_rebels(discourse: Discourse, k: int, main: Item, noun: str) -> None:
    """Identify a plural of fighters ('militants', 'gunmen') as a group."""
    _group(discourse, k, main, noun)


def _group(discourse: Discourse, k: int, main: Item, noun: str) -> None:
    scene = discourse.scene
    phrase = scene.phrases[k]
    sector = sector_of(main)
    owner = _owner(discourse, k) or _owner_after(scene, k)
    words = phrase.words(scene.doc)
    if owner is not None and owner.kind in ("armed-group", "organisation", "bloc") and noun in _OWN:
        scene.refer(k, (owner.id,), "group", 0.8, "group/own")
        return
    country = owner.country if owner else after_country(scene, k)
    if owner is None and noun in ("side", "team", "camp", "office", "delegation") and len(phrase.items) > 1:
        inner = phrase.items[-2]  # 'the government side' is the government
        if inner.letter in "gt" and sector_of(inner):
            main, noun, sector = inner, scene.doc[inner.start : inner.end].text.lower(), sector_of(inner)
    if owner is None and noun in ("side", "team", "camp", "office"):
        return
    if noun == "presidency" and phrase.owner_pronoun is not None:
        return  # a term of office
    if owner is None and country is None:
        if sector in ("PTY", "BUS") and words[0] not in ("the", "these"):
            return  # 'companies', 'a campaign': nobody in particular
        bare_rebels = sector == "REB" and len(phrase.items) == 1 and _only_armed_group(discourse)
        if (bare_rebels or not _fresh(words, sector)) and _earlier_group(discourse, k, noun, sector):
            return
        country = _context(discourse, phrase, words, sector)
    scene.refer(
        k,
        (_draft(scene, phrase, owner, country, sector, noun).id,),
        "description",
        0.75 if owner else 0.55,
        "group/own" if owner else "group/context",
    )


def _only_armed_group(discourse: Discourse) -> bool:
    """Whether the text has named just one armed group, so that 'rebels' are its own."""
    return len(discourse.armed) == 1


def _fresh(words: list[str], sector: str) -> bool:
    """Whether the phrase brings a group in anew: 'a crowd', 'rebels', 'residents'."""
    definite = words[0] in ("the", "this", "that", "these", "those", "its", "their")
    return words[0] in INDEFINITE or (not definite and sector in ("CVL", "REB", "JRN", "BUS", "NGO"))


def _context(discourse: Discourse, phrase: Phrase, words: list[str], sector: str) -> str | None:
    """The country of a group that the phrase leaves open, by the person in it or by the context."""
    scene = discourse.scene
    if any(i.letter == "x" for i in phrase.items):
        bygone = _bygone(scene, phrase)
        if bygone or sector not in ("REB", "OPP"):  # 'Shona rebels' are of the country spoken of
            return bygone
    if sector in STATE_SECTORS and words[0] not in INDEFINITE:
        return discourse.country(phrase.start)
    if sector in ("REB", "OPP") and len(scene.countries) == 1:
        return next(iter(scene.countries))
    return None


def _draft(
    scene: Scene, phrase: Phrase, owner: Draft | None, country: str | None, sector: str, noun: str
) -> Draft:
    start = phrase.start + (phrase.items[0].letter == "d")
    name = " ".join(scene.doc[start : phrase.end].text.split())
    body = owner is not None and owner.kind in ("armed-group", "organisation", "bloc", "government", "people")
    if owner is not None and owner.kind == "person":
        identity = slug(f"{country or ''}-{name}")
    elif owner is not None and body:
        identity = slug(f"{owner.id}-{noun}")
    else:
        identity = slug(f"{country or ''}-{noun}") or f"group-{phrase.start}"
    if owner is not None and body and owner.kind != "government":
        party: str | None = owner.id
        if owner.country is None and owner.sector:
            sector = owner.sector  # the United Nations' helicopters are the organisation's
    elif sector in STATE_SECTORS or noun.startswith(("state ", "official ")) or "official" in name.split():
        party = country
    else:
        party = identity
    kind = KIND_OF_SECTOR.get(sector, "government" if country and sector else "organisation")
    return scene.add(
        Draft(identity, name, kind, country, sector or None, party=party, plural=True, nouns={noun: None})
    )


def _bygone(scene: Scene, phrase: Phrase) -> str | None:
    """'the Bush administration' of somebody who is not in the text: by the roster, of any time."""
    item = next(i for i in phrase.items if i.letter == "x")
    people = scene.roster.who(scene.doc[item.start : item.end].text, scene.on)
    heads = [p for p in people if any(r.office in ("head-of-state", "head-of-government") for r in p.roles)]
    return heads[0].role.country if heads else None


def _owner(discourse: Discourse, k: int) -> Draft | None:
    """Whose forces or government: the state, organisation or person in the phrase or before it."""
    scene = discourse.scene
    phrase = scene.phrases[k]
    for j, item in reversed(list(enumerate(phrase.items))):
        if item.letter in "sncop":
            if item.letter == "n" and j and scene.doc[phrase.items[j - 1].start].lower_ == "ethnic":
                continue
            entry = choose(scene, item)
            if entry.kind in ("state", "demonym", "place") or (entry.kind == "seat" and entry.country):
                return scene.state(entry.country)
            return scene.from_entry(entry)
        if item.letter == "x":
            text = slug(scene.doc[item.start : item.end].text)
            known = scene.ending_in(text)
            if known is not None:
                return known
    if phrase.owner is not None and phrase.owner in scene.found:
        return scene.drafts[scene.found[phrase.owner].ids[0]]
    if phrase.owner_pronoun is not None:
        for found in scene.words_headed(phrase.owner_pronoun):
            return scene.drafts[found.ids[0]]
    return None


def _owner_after(scene: Scene, k: int) -> Draft | None:
    """'fighter jets from the Arab coalition': the organisation in the complement."""
    entry = after_entry(scene, k, ("of", "from"))
    return (
        scene.from_entry(entry)
        if entry is not None and entry.kind in ("organisation", "bloc", "organ")
        else None
    )


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
