"""Demonyms that are no states: 'the Norwegian said' is one of them, 'ethnic Russians' are a people."""

from __future__ import annotations

from onrecord.actors.discourse import Discourse
from onrecord.actors.names import slug
from onrecord.actors.scene import Draft

_SENTENCES = 8  # how far back the person is looked for
_COLLECTIVE = ("ese", "sh", "ch", "ss", "s")  # 'the French', 'the Norwegians' are many


def resolve_countryman(discourse: Discourse, k: int) -> None:
    """A single demonym as subject of a verb of speech: the person of that state who was last named.

    Where nobody of that state was named near before, it stays the state.
    """
    scene = discourse.scene
    phrase, found = scene.phrases[k], scene.found.get(k)
    if found is None or found.because != "demonym":
        return
    token = scene.doc[phrase.head]
    before = scene.doc[phrase.head - 1] if phrase.head else None
    one = token.tag_ in ("NN", "NNP") or token.pos_ == "ADJ"
    if before is None or before.lower_ != "the" or not one or token.lower_.endswith(_COLLECTIVE):
        return
    if token.dep_ != "nsubj" or token.head.lemma_ not in scene.speech:
        return
    country = discourse.draft(found.ids[0]).country
    for _, seen in discourse.back(phrase.start, _SENTENCES):
        if len(seen.ids) == 1:
            draft = discourse.draft(seen.ids[0])
            if draft.kind == "person" and draft.country == country:
                scene.refer(k, seen.ids, "description", 0.7, "description/countryman")
                return


def resolve_ethnic(discourse: Discourse, k: int) -> None:
    """'Ethnic Albanians' are a people and a side of their own; so are then 'the Albanians' of the same text,
    unless it names Albania too."""
    scene = discourse.scene
    phrase, found = scene.phrases[k], scene.found.get(k)
    noun = scene.doc[phrase.head]
    if found is None or found.because != "demonym" or noun.tag_ not in ("NNS", "NNPS"):
        return
    identity = slug(f"ethnic-{noun.text}")
    told = phrase.start > 0 and scene.doc[phrase.start - 1].lower_ == "ethnic"
    if told:
        draft = Draft(identity, f"ethnic {noun.text}", "people", None, "CVL", party=identity, plural=True)
        scene.refer(k, (scene.add(draft).id,), "demonym", 0.75, "group/ethnic", start=phrase.start - 1)
    elif identity in scene.drafts and not any(
        f.ids == found.ids and f.by != "demonym" for f in scene.found.values()
    ):
        scene.refer(k, (identity,), "demonym", 0.65, "group/ethnic")
