"""States, seats of government, organs and organisations: who is meant by a known name."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from onrecord.actors.gazetteer import Entry
from onrecord.actors.mentions import Item
from onrecord.actors.names import slug, words
from onrecord.actors.places import Places
from onrecord.actors.scene import Draft, Scene
from onrecord.record import MentionBy

# Objects of these are towns that one goes to, leaves or fires at.
_MOTION = words(
    "leave visit reach enter quit tour flee hit bomb shell strike bombard capture seize take retake "
    "besiege go fly travel arrive come return move head drive come depart live work hold meet gather "
    "stage take attend"
)
_MOVES = words("trip visit flight return journey travel way road talks meeting summit train march ambassador")
_SIDES = words("with against between by toward towards on for of to from via over behind about")
_PLACES = words("in at near outside inside through across around into onto within throughout off")


def resolve_entities(scene: Scene) -> None:
    """Identify the phrases that are nothing but a known name, and count the countries of the document."""
    _count(scene)
    for k, phrase in enumerate(scene.phrases):
        if phrase.form != "entity":
            continue
        item = phrase.items[-1]
        entry = choose(scene, item)
        token = scene.doc[phrase.head]
        owner = next((choose(scene, i) for i in phrase.items[:-1] if i.letter in "snc"), None)
        if owner is not None:
            scene.refer(k, (_owned(scene, k, item, owner).id,), "name", 0.85, "name/organ")
            continue
        match entry.kind:
            case "state":
                scene.refer(k, (scene.state(entry.country).id,), "name", 0.95, "name/state")
            case "demonym":
                scene.refer(k, (scene.state(entry.country).id,), "demonym", 0.85, "demonym")
            case "seat":
                if acts(token):
                    scene.refer(k, (seated(scene, entry).id,), "metonym", 0.85, "metonym/seat")
                elif (town := town_entry(item)) is not None:
                    name, country = scene.doc[item.start : item.end].text, stated(scene, k)
                    if country is not None and Places.load().find(name, {}, country) is not None:
                        town = replace(town, country=country)  # 'Tripoli, Lebanon'
                    scene.refer(k, (place(scene, town, item).id,), "name", 0.8, "name/town")
            case "place":
                scene.refer(k, (place(scene, entry, item).id,), "name", 0.7, "name/place")
            case "organ" if (
                entry.sector == "LEG"
                and (home := scene.home) is not None
                and entry.country not in scene.countries
            ):
                scene.refer(k, (_organ(scene, home, item, entry).id,), "name", 0.6, "name/organ")
            case _:
                draft = scene.from_entry(entry)
                text = " ".join(scene.doc[item.start : item.end].text.split())
                if draft.name == entry.name and len(text.split()) > 1 and text.istitle():
                    draft.name = text  # as the text has it: 'Palestinian Red Crescent'
                scene.refer(k, (draft.id,), _by(scene, item), 0.9, f"name/{entry.kind}")


def _owned(scene: Scene, k: int, item: Item, owner: Entry) -> Draft:
    """'the Lithuanian Parliament', 'Israel's Security Cabinet': an organ of the state named before it."""
    for entry in item.entries:
        if entry.kind == "organ" and entry.country == owner.country:
            return scene.from_entry(entry)
    entry = choose(scene, item)
    if entry.kind != "organ" or not owner.country:
        return scene.from_entry(entry)
    phrase = scene.phrases[k]
    start = phrase.start + (phrase.items[0].letter == "d")
    name = " ".join(scene.doc[start : phrase.end].text.split())
    identity = f"{owner.country.lower()}-{slug(entry.name)}"
    return scene.add(Draft(identity, name, entry.actor, owner.country, entry.sector, party=owner.country))


def _organ(scene: Scene, country: str, item: Item, entry: Entry) -> Draft:
    """A parliament or senate whose state the text leaves to be understood."""
    name = scene.doc[item.start : item.end].text
    identity = f"{country.lower()}-{slug(name)}"
    return scene.add(Draft(identity, name, "government", country, entry.sector, party=country))


def town_entry(item: Item) -> Entry | None:
    """The state in which a seat of government lies."""
    return next((e for e in item.entries if e.kind == "seat" and e.country), None)


def _by(scene: Scene, item: Item) -> MentionBy:
    text = scene.doc[item.start : item.end].text
    return "acronym" if text.replace(".", "").isupper() and len(text) < 8 else "name"


def _count(scene: Scene) -> None:
    """How often each country is named, by itself or in a title; ambiguous names count for nothing."""
    for phrase in scene.phrases:
        for item in phrase.items:
            if item.letter == "c" and phrase.form == "entity" and not acts(scene.doc[phrase.head]):
                continue  # a dateline or a place of meeting
            countries = dict.fromkeys(e.country for e in item.entries)
            if len(countries) == 1 and "" not in countries:
                scene.countries[next(iter(countries))] += 1


def choose(scene: Scene, item: Item) -> Entry:
    """What a name stands for here: of several countries, the one that the document speaks of."""
    entries = item.entries
    if len(entries) == 1:
        return entries[0]
    plural = scene.doc[item.end - 1].tag_ in ("NNPS", "NNS")
    order = {"USA": 0.3, "GBR": 0.2}

    def score(entry: Entry) -> float:
        known = scene.countries.get(entry.country, 0) if entry.country else 0.5
        return known + order.get(entry.country, 0.0) + (0.5 if entry.kind == "organisation" else 0.0)

    kinds = {e.kind for e in entries}
    if kinds == {"state", "demonym"} and len({e.country for e in entries}) == 1:
        return next(e for e in entries if e.kind == ("demonym" if plural else "state"))
    if {"demonym", "seat"} & kinds and "state" in kinds and len({e.country for e in entries}) == 1:
        return next(e for e in entries if e.kind == "state")
    return max(entries, key=score)


def seated(scene: Scene, entry: Entry) -> Draft:
    """The state, or the bloc, whose seat this is."""
    return scene.state(entry.country) if entry.country else scene.from_entry(entry)


def place(scene: Scene, entry: Entry, item: Item) -> Draft:
    """The actor of kind place for a town or region."""
    name = scene.doc[item.start : item.end].text
    name = name.title() if name.isupper() and len(name) > 4 else name
    return scene.add(
        Draft(scene.new_id(name, entry.country), name, "place", entry.country, party=entry.country)
    )


def stated(scene: Scene, k: int) -> str | None:
    """The state named right after a town: 'Tripoli, Lebanon', 'Cambridge, Massachusetts'."""
    if k + 1 >= len(scene.phrases):
        return None
    phrase, after = scene.phrases[k], scene.phrases[k + 1]
    gap = [t.text for t in scene.doc[phrase.end : after.start]]
    if gap not in ([","], ["in"]) or after.form != "entity":
        return None
    entry = choose(scene, after.items[-1])
    return entry.country or None if entry.kind in ("state", "place") else None


def acts(token: Token) -> bool:
    """Whether a town's name stands here for the government that sits there."""
    seen = 0
    while token.dep_ in ("conj", "appos") and seen < 8:
        token, seen = token.head, seen + 1
    dep, head = token.dep_, token.head
    if dep in ("nsubj", "nsubjpass", "csubj", "poss", "dative"):
        return True
    if dep == "dobj":
        return head.lemma_.lower() not in _MOTION
    if dep == "pobj":
        word = head.lower_
        if word in _PLACES:
            return False
        if word not in _SIDES:
            return False
        if word in ("with", "against", "between", "by", "toward", "towards", "on", "behind", "via"):
            return True
        above = head.head
        if above.pos_ in ("NOUN", "PROPN"):
            return above.lemma_.lower() not in _MOVES and word != "about"
        return word in ("for", "of") and above.lemma_.lower() not in _MOTION
    return False
