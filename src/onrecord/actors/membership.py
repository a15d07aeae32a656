"""Of which party or group a person is, by the words after the name: 'X, leader of New Democracy'."""

from __future__ import annotations

from onrecord.actors.names import words
from onrecord.actors.scene import Scene

_TELLING = words(
    "whose who of the a an leads led heads headed chairs founded commands leader head chief chair chairman "
    "chairwoman president secretary founder spokesman spokeswoman commander deputy , - '"
)
_QUALIFYING = ("ADJ", "ADV", "NUM", "PUNCT")
_BODIES = ("organisation", "armed-group")
_FAR = 9  # tokens between the name and the body


def told_body(scene: Scene, k: int) -> str | None:
    """The id of the party or group that the words after the name in this phrase give a person, else None."""
    phrase, doc = scene.phrases[k], scene.doc
    for j in range(k + 1, min(k + 3, len(scene.phrases))):
        body = scene.phrases[j]
        between = doc[phrase.end : body.start]
        if len(between) > _FAR:
            return None
        if not all(t.lower_ in _TELLING or t.pos_ in _QUALIFYING or t.nbor(1).text == "-" for t in between):
            return None
        telling = {t.lower_ for t in between} & {"whose", "of", "leads", "heads", "led", "headed", "founded"}
        found = scene.found.get(j)
        if found is None or len(found.ids) != 1 or not telling:
            continue
        draft = scene.drafts[found.ids[0]]
        if draft.kind in _BODIES and draft.sector in (None, "OPP", "PTY", "REB"):
            return draft.id
    return None
