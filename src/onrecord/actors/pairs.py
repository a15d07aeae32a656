"""Two at once: 'the two leaders', 'both sides', 'the two' for those last named together."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.actors.discourse import Discourse, verb_of
from onrecord.actors.lexicon import pairs
from onrecord.actors.scene import Found, Scene

_PLACES = ("nsubj", "nsubjpass", "dobj", "pobj", "dative")


def resolve_pair(discourse: Discourse, k: int, noun: str) -> bool:
    """'the two leaders', 'both sides': the two that were last named together, else the last two."""
    scene = discourse.scene
    phrase = scene.phrases[k]
    if not ({"two", "both", "warring"} & set(phrase.words(scene.doc)) or noun == "pair"):
        return False
    people = noun in pairs()["people"]
    if not people and noun not in pairs()["sides"]:
        return False
    ids = _together(discourse, phrase.start, people) or _last_two(discourse, phrase.start, people)
    if len(ids) == 2:
        scene.refer(k, ids, "group", 0.65, "group/pair")
        return True
    return False


def resolve_two(discourse: Discourse, token: Token) -> None:
    """'The two' without a noun: the two people or sides last named together ('both' may be two things)."""
    scene = discourse.scene
    start = token.i - 1
    if token.lower_ != "two" or token.dep_ not in _PLACES or start < 0 or scene.doc[start].lower_ != "the":
        return
    if any(c.i > token.i for c in token.children):
        return  # 'the two on the table'
    at = token.i
    ids = (
        _together(discourse, at, True)
        or _together(discourse, at, False)
        or _last_two(discourse, at, True)
        or _last_two(discourse, at, False)
    )
    if len(ids) == 2:
        scene.refer_word(Found(start, token.i + 1, token.i, ids, "group", 0.6, "group/pair"))
        discourse.note(start, token.i + 1, token.i, ids)


def _party_to(scene: Scene, actor: str, people: bool) -> str | None:
    """Who an actor stands for in a pair: people for themselves or their state, collectives for themselves."""
    draft = scene.drafts[actor]
    if people:
        return actor if draft.kind == "person" else None
    if draft.kind in ("state", "government", "armed-group", "bloc", "people"):
        return actor
    side = draft.party if draft.kind == "person" else None
    if side is None:
        return None
    if side in scene.gazetteer.states:
        return scene.state(side).id
    return side if side in scene.drafts else None


def _together(discourse: Discourse, at: int, people: bool) -> tuple[str, ...]:
    """The last two that were joined ('A and B') or were subject and object of one verb ('A met B')."""
    scene = discourse.scene
    recent = [s for _, s in discourse.back(at, 12) if len(s.ids) == 1][:60]
    for i, later in enumerate(recent):
        token = scene.doc[later.head]
        for earlier in recent[i + 1 : i + 6]:
            other = scene.doc[earlier.head]
            joined = other in token.conjuncts
            dyad = earlier.subject and verb_of(token) is not None and verb_of(token) == verb_of(other)
            if not (joined or dyad):
                continue
            ids = tuple(p for s in (earlier, later) if (p := _party_to(scene, s.ids[0], people)) is not None)
            if len(dict.fromkeys(ids)) == 2 and (people or _opposed(scene, ids)):
                return ids
    return ()


def _opposed(scene: Scene, ids: tuple[str, ...]) -> bool:
    """Whether two sides are not merely a state and its own organ."""
    first, second = (scene.drafts[i] for i in ids)
    return first.party != second.party


def _last_two(discourse: Discourse, at: int, people: bool) -> tuple[str, ...]:
    scene = discourse.scene
    chosen: dict[str, None] = {}
    for _, seen in discourse.back(at, 12):
        for actor in reversed(seen.ids):
            side = _party_to(scene, actor, people)
            if side is not None and all(_opposed(scene, (side, c)) or people for c in chosen):
                chosen.setdefault(side)
            if len(chosen) == 2:
                return tuple(reversed(chosen))
    return ()
