"""What a reader has in mind at a place of the text: who was named before, how prominently, of which state."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate, islice

from spacy.tokens import Token

from onrecord.actors.scene import Draft, Scene

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
# No pronoun looks further back than so many mentions, however long the sentence.
_FAR = 300


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention in the past of the text: its tokens, who, in which sentence, as what."""

    start: int
    end: int
    head: int
    ids: tuple[str, ...]
    sentence: int
    subject: bool
    quoted: bool
    speaks: bool


class Places:
    """Places of actors, given with their ids in an order of their own."""

    def __init__(self, places: Iterable[tuple[int, str]]) -> None:
        found = list(places)
        self._ids = [actor for _, actor in found]
        self._reach = list(accumulate((start for start, _ in found), max))

    def first_behind(self, at: int) -> str | None:
        """The first of them, in their order, that lies behind a token."""
        i = bisect_right(self._reach, at)
        return self._ids[i] if i < len(self._ids) else None


@dataclass(slots=True)
class Discourse:
    """The mentions so far, in order. ``named`` and ``holders`` are kept for who looks for those in office."""

    scene: Scene
    seen: list[Seen] = field(default_factory=list)
    sentence_of: list[int] = field(default_factory=list)
    armed: dict[str, None] = field(default_factory=dict)  # the armed groups among them
    named: dict[str, list[tuple[int, Draft]]] = field(default_factory=dict)
    holders: dict[tuple[str, str], tuple[Places, Places]] = field(default_factory=dict)

    @classmethod
    def start(cls, scene: Scene) -> Discourse:
        """Nothing seen yet; the sentences numbered."""
        numbers: list[int] = []
        n = 0
        for sentence in scene.doc.sents:
            # A sentence that goes on inside a quotation brings the story no further.
            first = next((t for t in sentence if not t.is_space and not t.is_quote), None)
            quoted = first is not None and scene.parse.quote_at(first.idx) is not None
            n += bool(first) and not quoted
            numbers.extend([n] * len(sentence))
        return cls(scene, [], numbers)

    def note(self, start: int, end: int, head: int, ids: tuple[str, ...]) -> None:
        """Remember a mention, by token indices."""
        token = self.scene.doc[head]
        quoted = self.scene.parse.quote_at(token.idx) is not None
        stands = _standing(token)
        speaks = stands.dep_ == "nsubj" and not quoted and self._says(stands.head)
        sentence = self.sentence_of[head]
        self.armed.update((i, None) for i in ids if self.draft(i).kind == "armed-group")
        self.seen.append(Seen(start, end, head, ids, sentence, is_subject(token), quoted, speaks))

    def _says(self, verb: Token) -> bool:
        """Whether a verb is one of speech, or one that hangs from it is: 'She was upbeat, saying that …'."""
        speech = self.scene.speech
        return verb.lemma_ in speech or any(
            c.dep_ in ("advcl", "conj")
            and c.lemma_ in speech
            and not any(k.dep_ in SUBJECTS for k in c.children)
            for c in verb.children
        )

    def back(self, at: int, sentences: int) -> Iterator[tuple[int, Seen]]:
        """The mentions before a token, the nearest first, with how many sentences lie between."""
        here = self.sentence_of[at]
        for seen in islice(reversed(self.seen), _FAR):
            distance = here - seen.sentence
            if distance > sentences:
                return
            yield distance, seen

    def draft(self, actor: str) -> Draft:
        """The actor in the making with this id."""
        return self.scene.drafts[actor]

    def country(self, at: int) -> str | None:
        """The country that the text speaks of here: the sentence's last, else the document's most named."""
        here = self.sentence_of[at]
        for _, seen in self.back(at, 1):
            codes = [c for i in seen.ids if (c := self.draft(i).country)]
            if codes and (seen.sentence == here or seen.subject):
                return codes[0]
        return self.scene.home


def is_subject(token: Token) -> bool:
    """Whether a token is a subject or joined to one."""
    seen = 0
    token = _standing(token)
    while token.dep_ in ("conj", "appos") and seen < 8:
        token, seen = _standing(token.head), seen + 1
    return token.dep_ in SUBJECTS


def _standing(token: Token) -> Token:
    """The word whose place a name has: the model hangs 'Ada Moe, the critic, said' on its own apposition."""
    behind = token.nbor(1).text if token.i + 1 < len(token.doc) else ""
    return token.head if token.dep_ == "nmod" and token.pos_ == "PROPN" and behind == "," else token


def verb_of(token: Token) -> int | None:
    """The verb whose argument a token is, through one preposition or a conjunction."""
    steps = 0
    while token.dep_ in ("conj", "appos") and steps < 6:
        token, steps = token.head, steps + 1
    if token.dep_ == "pobj":
        token = token.head
        if token.dep_ not in ("prep", "dative", "agent"):
            return None
        above = token.head
        if above.pos_ == "NOUN" and above.dep_ == "dobj" and token.lower_ in ("with", "to", "against"):
            above = above.head  # 'held a call with him'
        return above.i if above.pos_ in ("VERB", "AUX") else None
    if token.dep_ in (*SUBJECTS, "dobj", "dative", "attr"):
        return token.head.i
    return None
