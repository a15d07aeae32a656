"""Whose a named person is where the title names no side: 'his spokesman', 'X, who leads the rebels'."""

from __future__ import annotations

from onrecord.actors.discourse import Discourse
from onrecord.actors.entities import choose
from onrecord.actors.lexicon import STATE_SECTORS, anaphors
from onrecord.actors.mentions import Phrase
from onrecord.actors.names import words
from onrecord.actors.scene import Draft

# What the head or voice of a side does to it.
_LEADING = words("lead head command represent chair govern rule run found coordinate")
# Office-holders of a state; negotiators, envoys and spokesmen may be anybody's.
_OFFICES = words("minister president premier chancellor chief commander secretary")
_FIGHTING = words(
    "rebel rebels guerrilla guerrillas insurgent insurgents separatist separatists secessionist"
)
_GOVERNING = words("government governmental army military cabinet presidential navy police parliamentary")
_OF = ("of", "for", "from")
_BODIES = ("state", "government", "armed-group", "organisation", "bloc", "people")


def side_in_words(discourse: Discourse, k: int) -> Draft | None:
    """The side that the words of a title tell: 'rebel negotiator', 'an army spokesman', 'X of the Front'."""
    scene = discourse.scene
    phrase = scene.phrases[k]
    owner = scene.found.get(phrase.owner) if phrase.owner is not None else None
    if owner is not None and len(owner.ids) == 1:
        draft = discourse.draft(owner.ids[0])
        sure = owner.because != "group/context" or draft.country == discourse.scene.home
        sided = draft.country or draft.kind in ("armed-group", "bloc", "people")
        return draft if sure and sided and draft.kind in _BODIES else None
    whose = _by_words(discourse, phrase) if phrase.titles else None
    if whose is not None:
        return whose
    following = scene.phrases[k + 1] if k + 1 < len(scene.phrases) else None
    gap = [t.lower_ for t in scene.doc[phrase.end : following.start]] if following is not None else []
    if following is None or len(gap) != 1 or gap[0] not in _OF:
        return None
    if following.form == "entity":
        entry = choose(scene, following.items[-1])
        if entry.kind in ("organisation", "bloc", "organ"):
            return scene.from_entry(entry)
        return scene.state(entry.country) if entry.kind in ("state", "seat") and entry.country else None
    return _by_words(discourse, following) if following.form in ("title", "group") else None


def _by_words(discourse: Discourse, phrase: Phrase) -> Draft | None:
    scene = discourse.scene
    name = phrase.name
    said = {
        t.lower_
        for t in scene.doc[phrase.start : phrase.end]
        if name is None or not name.start <= t.i < name.end
    }
    if not said.isdisjoint(_FIGHTING):
        return discourse.draft(next(reversed(discourse.armed))) if discourse.armed else None
    if said.isdisjoint(_GOVERNING):
        return None
    country = discourse.country(phrase.start)
    sure = country is not None and country == discourse.scene.home
    return scene.state(country) if sure and country is not None else None


def settle_side(discourse: Discourse, k: int) -> None:
    """Give the person of the phrase with this index a side, where nothing has given one yet."""
    scene = discourse.scene
    found = scene.found.get(k)
    draft = scene.drafts[found.ids[0]] if found is not None and len(found.ids) == 1 else None
    if draft is None or draft.kind != "person" or draft.country or draft.party:
        return
    phrase = scene.phrases[k]
    around = [phrase] if phrase.beside is None else [phrase, scene.phrases[phrase.beside]]
    places = (k,) if phrase.beside is None else (k, phrase.beside)
    for place in places:
        near = scene.phrases[place]
        whose = _by_pronoun(discourse, near) or _by_body(discourse, near) or side_in_words(discourse, place)
        if whose is not None and whose.id != draft.id:
            _join(draft, whose)
            return
    led = _led(discourse, k) or _owner_behind(discourse, k)
    if led is not None:
        _join(draft, led)
        return
    if any(p.beside == k for p in scene.phrases[k + 1 : k + 2]):
        return  # what stands behind the name may tell more
    country = discourse.country(phrase.start) if any(_in_office(discourse, p) for p in around) else None
    if country is None and draft.sector in STATE_SECTORS and len(scene.countries) == 1:
        country = next(iter(scene.countries))  # the one state that the text speaks of
    if country is not None:
        draft.country = draft.party = country
        draft.sector = draft.sector or "GOV"


def _owner_behind(discourse: Discourse, k: int) -> Draft | None:
    """'X, the rebels' chief negotiator,': whose title stands behind a name."""
    scene = discourse.scene
    if k + 2 >= len(scene.phrases) or scene.phrases[k + 2].owner != k + 1:
        return None
    owner, title = scene.phrases[k + 1], scene.phrases[k + 2]
    if title.form != "title" or [t.text for t in scene.doc[scene.phrases[k].end : owner.start]] != [","]:
        return None
    found = scene.found.get(k + 1)
    if found is not None and len(found.ids) == 1:
        draft = discourse.draft(found.ids[0])
        return draft if draft.kind in _BODIES else None
    return _by_words(discourse, owner)


def _join(draft: Draft, whose: Draft) -> None:
    """Put a person on the side of another actor."""
    draft.country = whose.country
    body = whose.kind in ("armed-group", "organisation", "bloc", "people")
    draft.party = whose.party or (whose.id if body else whose.country)
    if draft.party != draft.country and whose.sector:
        draft.sector = whose.sector


def _by_pronoun(discourse: Discourse, phrase: Phrase) -> Draft | None:
    """'his spokesman', 'its self-styled premier': whoever the pronoun stands for."""
    if phrase.owner_pronoun is None or not phrase.titles:
        return None
    for found in discourse.scene.words_headed(phrase.owner_pronoun):
        if len(found.ids) == 1:
            return discourse.draft(found.ids[0])
    return None


def _by_body(discourse: Discourse, phrase: Phrase) -> Draft | None:
    """'a spokesman for the movement': the body of such a kind that was named last."""
    scene = discourse.scene
    letters = [item.letter for item in phrase.items]
    if not phrase.titles or "f" not in letters:
        return None
    for item in phrase.items[letters.index("f") :]:
        noun = scene.doc[item.start : item.end].text.lower() if item.letter == "g" else ""
        kinds = anaphors().get(noun, [])
        for _, seen in discourse.back(phrase.start, 10) if kinds else ():
            draft = discourse.draft(seen.ids[0])
            if len(seen.ids) == 1 and draft.kind in kinds and draft.sector != "JRN":
                return draft
    return None


def _led(discourse: Discourse, k: int) -> Draft | None:
    """'X, who led Jakarta's team': the side that names the body which a person leads."""
    scene = discourse.scene
    head = scene.doc[scene.phrases[k].head]
    for clause in head.children:
        if clause.dep_ != "relcl" or clause.lemma_ not in _LEADING:
            continue
        body = next((c for c in clause.children if c.dep_ == "dobj"), None)
        for j, phrase in enumerate(scene.phrases[k + 1 : k + 4], k + 1):
            if body is None or not phrase.start <= body.i < phrase.end:
                continue
            for item in reversed(phrase.items):
                if item.letter in "sncop":
                    entry = choose(scene, item)
                    whole = entry.kind in ("organisation", "bloc", "organ") or not entry.country
                    return scene.from_entry(entry) if whole else scene.state(entry.country)
            owner = scene.found.get(phrase.owner) if phrase.owner is not None else None
            found = scene.found.get(j) or owner
            if found is not None and len(found.ids) == 1:
                draft = discourse.draft(found.ids[0])
                return draft if draft.kind in _BODIES or draft.country else None
    return None


def _in_office(discourse: Discourse, phrase: Phrase) -> bool:
    """Whether a title names an office of a state, held now: 'Justice Minister', 'the armed forces chief'."""
    doc = discourse.scene.doc
    if any(i.letter == "a" and doc[i.start].lower_ in ("former", "ex", "onetime") for i in phrase.items):
        return False
    for item in phrase.titles:
        office = item.entries[0] if item.entries else None
        if office is not None and office.sector in STATE_SECTORS and not office.party:
            last = doc[item.end - 1].lower_
            if last in _OFFICES and (last not in ("chief", "commander", "secretary") or _armed(phrase)):
                return True
    return False


def _armed(phrase: Phrase) -> bool:
    return any(i.letter == "g" and any(e.sector == "MIL" for e in i.entries) for i in phrase.items)
