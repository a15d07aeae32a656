"""Which names of a document are of towns and regions: by the words around them and the places known."""

from __future__ import annotations

from onrecord.actors.entities import stated
from onrecord.actors.gazetteer import given_names
from onrecord.actors.mentions import Phrase
from onrecord.actors.names import fold, words
from onrecord.actors.places import AT, SETTLEMENT, Places, Town
from onrecord.actors.scene import Draft, Scene

# 'confidence in X', 'believe in X': no place.
_TRUST = words("confidence trust faith belief believe confide interest invest interested disappointed pride")
_VENUES = words("palace palais hotel castle hall airport stadium square bridge crossing villa chateau resort")
_SETTLED = words("city town village port capital suburb district province region")
_SIDE = frozenset(("GPE", "LOC", "FAC"))


def find_towns(scene: Scene) -> dict[int, Town | None]:
    """The phrases that name a town or region, by index; None for a venue or village that no gazetteer has."""
    towns: dict[int, Town | None] = {}
    named: dict[str, Town] = {}
    surnames = {scene.doc[p.name.end - 1].lower_ for p in scene.phrases if p.name and _of_a_person(scene, p)}
    for k, phrase in enumerate(scene.phrases):
        if phrase.form != "name" or phrase.name is None:
            continue
        name = _name(scene, phrase)
        if _stands_as_place(scene, phrase, name, surnames):
            town = Places.load().find(name, scene.countries, stated(scene, k))
            if town is not None:
                towns[k] = named[name] = town
            elif _venue(scene, phrase, name) or _of(scene, phrase, _SETTLED):
                towns[k] = None
    for k, phrase in enumerate(scene.phrases):
        if phrase.form == "name" and k not in towns and phrase.name is not None:
            name = _name(scene, phrase)
            if name in named and not _speaks(scene, phrase):
                towns[k] = named[name]
    return towns


def enter_town(scene: Scene, k: int, town: Town | None) -> None:
    """Enter a town or venue as an actor of kind place, in its country."""
    phrase = scene.phrases[k]
    name = _name(scene, phrase)
    name = name.title() if name.isupper() and len(name) > 4 else name  # a dateline
    country = town.country if town else None
    identity = scene.new_id(name, f"place-{k}")
    scene.add(Draft(identity, name, "place", country, party=country))
    scene.refer(k, (identity,), "name", 0.75 if town else 0.6, "name/town")


def _name(scene: Scene, phrase: Phrase) -> str:
    assert phrase.name is not None
    text = scene.doc[phrase.name.start : phrase.name.end].text
    return " ".join(text.replace("’", "'").split())


def _stands_as_place(scene: Scene, phrase: Phrase, name: str, surnames: set[str]) -> bool:
    """Whether the words around a name say that it is a place's."""
    assert phrase.name is not None
    tokens = scene.doc[phrase.name.start : phrase.name.end]
    labels = {t.ent_type_ for t in tokens}
    parts = fold(name).split()
    if (parts and parts[0] in given_names()) or name.lower() in surnames:
        return False
    before = scene.doc[phrase.start - 1] if phrase.start else None
    word = before.lower_ if before is not None else ""
    if word in AT and before is not None:
        return before.head.lemma_.lower() not in _TRUST and not (
            labels == {"PERSON"} and _a_leader(scene, name)
        )
    if before is not None and before.text[:1].isupper() and before.is_alpha and not before.is_sent_start:
        return False  # part of a longer name: 'British Columbia'
    if _of(scene, phrase, SETTLEMENT):
        return True
    return bool(labels) and labels <= _SIDE


def _a_leader(scene: Scene, name: str) -> bool:
    return any(p.weight > 0 and p.role.office != "other" for p in scene.roster.who(name, scene.on))


def _of_a_person(scene: Scene, phrase: Phrase) -> bool:
    """Whether a name is surely a person's: by a title before it, or as the parser says of several words."""
    assert phrase.name is not None
    tokens = scene.doc[phrase.name.start : phrase.name.end]
    person = tokens[-1].ent_type_ == "PERSON" or tokens[0].lower_ in given_names()
    return phrase.form == "named" or (len(tokens) > 1 and person)


def _venue(scene: Scene, phrase: Phrase, name: str) -> bool:
    """Whether a name after 'in' or 'at' is of a building or ground: 'at the Palais Coburg'."""
    parts = fold(name).split()
    before = scene.doc[phrase.start - 1] if phrase.start else None
    at = before is not None and before.lower_ in AT
    return at and len(parts) > 1 and (parts[0] in _VENUES or parts[-1] in _VENUES)


def _of(scene: Scene, phrase: Phrase, nouns: frozenset[str]) -> bool:
    """Whether a name is told to be a town's or the like: 'the village of Kabamba'."""
    of = scene.doc[phrase.start - 1] if phrase.start > 1 else None
    return of is not None and of.lower_ == "of" and of.nbor(-1).lower_ in nouns


def _speaks(scene: Scene, phrase: Phrase) -> bool:
    token = scene.doc[phrase.head]
    return token.dep_ == "nsubj" and token.head.lemma_ in scene.speech
