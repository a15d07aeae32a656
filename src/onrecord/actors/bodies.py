"""Organisations and places that the gazetteer does not know, by what the text says of them."""

from __future__ import annotations

from onrecord.actors.entities import choose
from onrecord.actors.lexicon import KIND_OF_SECTOR
from onrecord.actors.scene import Draft, Scene
from onrecord.record import ActorKind

_BODIES = frozenset(("BUS", "JRN", "NGO", "OPP", "PTY", "REB"))


def told_kind(scene: Scene, k: int) -> tuple[ActorKind, str, str | None] | None:
    """Kind, sector and country that the noun right before a name gives it: 'the newspaper La Prensa'.

    None where there is no such noun, or where the name begins a clause of its own: 'the party Ames leads'.
    """
    phrase = scene.phrases[k]
    before = scene.phrases[k - 1] if k else None
    if before is None or before.form != "group" or before.end != phrase.start:
        return None
    noun, name = scene.doc[before.end - 1], scene.doc[phrase.head]
    sector = next((e.sector for e in before.items[-1].entries if e.sector in _BODIES), None)
    if sector is None or noun.tag_ not in ("NN", "NNP") or name.head.dep_ == "relcl":
        return None
    owners = [i for i in before.items if i.letter in "snc"]
    return KIND_OF_SECTOR[sector], sector, choose(scene, owners[-1]).country or None if owners else None


def enter_body(scene: Scene, k: int, name: str, kind: ActorKind) -> None:
    """Enter an organisation or place that is not in the gazetteer; its country from the words before it."""
    phrase = scene.phrases[k]
    told = told_kind(scene, k)
    country = None if told is None else told[2]
    for item in phrase.items:
        if item.letter in "sncp":
            country = choose(scene, item).country or None
    owner = scene.found.get(phrase.owner) if phrase.owner is not None else None
    if owner is not None and country is None and scene.drafts[owner.ids[0]].kind == "state":
        country = scene.drafts[owner.ids[0]].country  # 'Nepal's Maoists'
    if phrase.form == "named":  # 'Democratic Leadership Council': no title after all
        start = phrase.items[phrase.items[0].letter == "d"].start
        name = " ".join(scene.doc[start : phrase.end].text.split())
    text = name.removeprefix("The ").removeprefix("the ")
    identity = scene.new_id(text, f"organisation-{k}")
    party = country if kind == "government" and country else identity
    sector = {"government": "GOV", "armed-group": "REB"}.get(kind) if told is None else told[1]
    scene.add(Draft(identity, text, kind, country, sector, party=party))
    scene.refer(k, (identity,), "name", 0.6, f"name/{kind}")
    if (
        k + 1 < len(scene.phrases)
        and scene.phrases[k + 1].beside == k
        and scene.phrases[k + 1].form == "group"
    ):
        scene.refer(k + 1, (identity,), "description", 0.75, "apposition")
