"""What the words beside a name or noun say of a person: whose, which office, man or woman."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.actors.entities import choose
from onrecord.actors.gazetteer import Entry
from onrecord.actors.mentions import Phrase
from onrecord.actors.names import words
from onrecord.actors.scene import Scene


@dataclass(slots=True)
class Hints:
    """What the words beside a name say of a person: countries, the side, title words, sector, gender."""

    countries: dict[str, None] = field(default_factory=dict)
    party: str = ""
    titles: dict[str, None] = field(default_factory=dict)
    sector: str = ""
    gender: str = ""
    past: bool = False
    loose: dict[str, None] = field(default_factory=dict)  # titles that are no role: 'wife', 'Republican'


def title_hints(scene: Scene, phrase: Phrase, hints: Hints) -> None:
    """What the items of a titled phrase say of the person: whose, what office, which gender."""
    before = True
    for item in phrase.items:
        if item is phrase.name:
            continue
        text = scene.doc[item.start : item.end].text.lower()
        if item.letter in "sncop":
            entry = choose(scene, item)
            posted = not before and any(t in hints.titles for t in ("ambassador", "envoy", "special envoy"))
            if posted:
                continue
            if entry.country and entry.party in ("", entry.country):
                hints.countries[entry.country] = None
            elif entry.party:
                if hints.countries and entry.actor in ("organisation", "bloc") and not entry.country:
                    continue  # 'Britain's U.N. ambassador'
                if entry.kind == "organisation":
                    scene.from_entry(entry)
                hints.party = hints.party or entry.party
                if entry.country:
                    hints.countries[entry.country] = None
        elif item.letter == "h":
            hints.gender = hints.gender or item.entries[0].gender.replace("a", "")
            if len(text) > 4:
                hints.titles[text] = None
        elif item.letter == "t":
            entry = item.entries[0]
            hints.titles[text] = None
            if entry.party or entry.sector == "CVL":
                hints.loose[text] = None
            hints.party = hints.party or entry.party
            if entry.country:
                hints.countries.setdefault(entry.country)
            hints.sector = hints.sector or entry.sector
            if text.endswith("woman"):
                hints.gender = "f"
            elif text.endswith("man") or text == "king":
                hints.gender = "m"
        elif item.letter == "f":
            before = False
        elif item.letter == "a" and text in ("former", "ex", "late", "then", "ousted", "onetime"):
            hints.past = True
    if phrase.owner is not None:
        owner = scene.found.get(phrase.owner)
        if owner is not None and len(owner.ids) == 1:
            draft = scene.drafts[owner.ids[0]]
            hints.party = hints.party or ("" if draft.party == draft.country else draft.party or "")
            if draft.country:
                hints.countries.setdefault(draft.country)


def after_country(scene: Scene, k: int) -> str | None:
    """The state in a complement: 'King Hassan of Morocco', 'rebels in the Ivory Coast'."""
    entry = after_entry(scene, k, tuple(sorted(_WITHIN)))
    return entry.country or None if entry is not None and entry.kind in ("state", "seat", "place") else None


def after_entry(scene: Scene, k: int, prepositions: tuple[str, ...]) -> Entry | None:
    """What the known name stands for that follows a phrase after one of these prepositions."""
    if k + 1 >= len(scene.phrases):
        return None
    phrase, following = scene.phrases[k], scene.phrases[k + 1]
    gap = [t.lower_ for t in scene.doc[phrase.end : following.start]]
    if not gap or gap[0] not in prepositions or len(gap) > 2 or following.form != "entity":
        return None
    return choose(scene, following.items[-1])


_WITHIN = words("of in from throughout across inside at within")


def side_sector(scene: Scene, hints: Hints, country: str | None) -> str | None:
    """The sector of a person or group: of the organisation, where it belongs to no state; else the noun's."""
    side = scene.drafts.get(hints.party)
    if side is not None and country is None and side.sector:
        return side.sector
    if side is not None and side.kind == "armed-group":
        return side.sector
    return hints.sector or None
