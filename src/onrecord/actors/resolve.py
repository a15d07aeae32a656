"""Resolve the expressions of a parse to actors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import msgspec
from spacy.attrs import LEMMA, LOWER
from spacy.tokens import Doc, Token

from onrecord.actors.cast import Cast, Reference
from onrecord.actors.coreference import FIRST_PLURAL, FIRST_SINGULAR, PRONOUNS, resolve_pronoun
from onrecord.actors.countrymen import resolve_countryman, resolve_ethnic
from onrecord.actors.descriptions import resolve_title
from onrecord.actors.directory import Directory, directory
from onrecord.actors.discourse import Discourse
from onrecord.actors.entities import choose, resolve_entities
from onrecord.actors.groups import resolve_group
from onrecord.actors.mentions import Phrase, find_phrases
from onrecord.actors.names import words
from onrecord.actors.pairs import resolve_two
from onrecord.actors.people import resolve_people
from onrecord.actors.scene import Found, Scene
from onrecord.actors.sides import settle_side
from onrecord.record import Mention
from onrecord.text.parse import Parse


def find_cast(parse: Parse, known: Directory | None = None) -> Cast:
    """Who is in this document, by its date and by what is known of actors (the package's where None).

    Names first, over the whole document; then titles, groups and pronouns in the order of the text, each by
    what was named before it. First-person pronouns wait for ``with_speakers``.
    """
    known = known or directory()
    phrases = find_phrases(parse.doc, known.gazetteer, parse.document.published)
    scene = Scene(parse, known.gazetteer, known.roster, phrases)
    resolve_entities(scene)
    resolve_people(scene)
    _read(scene)
    return scene.cast()


def _read(scene: Scene) -> None:
    """Go through the text once, with everything before in mind."""
    discourse = Discourse.start(scene)
    starts = {phrase.start: k for k, phrase in enumerate(scene.phrases)}
    inside = 0
    for i in sorted({*starts, *_referring(scene.doc)}):
        k = starts.get(i)
        if k is not None:
            phrase = scene.phrases[k]
            if k not in scene.found and phrase.form == "title":
                resolve_title(discourse, k)
            elif k not in scene.found and phrase.form == "group":
                resolve_group(discourse, k)
            resolve_countryman(discourse, k)
            resolve_ethnic(discourse, k)
            settle_side(discourse, k)
            found = scene.found.get(k)
            if found is not None and found.ids:
                discourse.note(phrase.start, phrase.end, phrase.head, found.ids)
                inside = phrase.end
            _mind_bodies(discourse, phrase)
        if i >= inside:
            token = scene.doc[i]
            _issuer(scene, token)
            resolve_pronoun(discourse, token)
            resolve_two(discourse, token)


def _referring(doc: Doc) -> list[int]:
    """The tokens that may refer to somebody by themselves, by index."""
    strings = doc.vocab.strings
    lowers = {strings[word] for word in (*PRONOUNS, "two")}
    lemmas = {strings[word] for word in _ISSUED}
    rows = doc.to_array([LOWER, LEMMA]).tolist()
    return [i for i, (lower, lemma) in enumerate(rows) if lower in lowers or lemma in lemmas]


def _mind_bodies(discourse: Discourse, phrase: Phrase) -> None:
    """After 'NATO Secretary-General X' a reader has NATO in mind too: 'the alliance'."""
    for item in phrase.items:
        if item.letter == "o" and phrase.form in ("named", "title"):
            entry = choose(discourse.scene, item)
            if entry.kind in ("organisation", "bloc"):
                discourse.scene.from_entry(entry)
                discourse.note(item.start, item.end, item.end - 1, (entry.id,))


_ISSUED = words("statement communique communiqué declaration readout letter report editorial post")


def _issuer(scene: Scene, token: Token) -> None:
    """'A White House statement said': who speaks is the one whose statement it is."""
    if token.lemma_ not in _ISSUED or token.dep_ != "nsubj" or token.head.lemma_ not in scene.speech:
        return
    owners = [c for c in token.children if c.dep_ in ("compound", "poss", "amod", "nmod")]
    owners += [g for c in token.children if c.lower_ in ("from", "by", "of") for g in c.children]
    held = {f.start: f for owner in owners if (f := scene.found_at(owner.i)) is not None}
    # Of several the one that was identified first.
    first = next(iter(held.values())) if len(held) == 1 else None
    if len(held) > 1:
        first = next(f for f in scene.found.values() if f.start in held)
    if first is not None:
        span = (token.i, token.i + 1, token.i)
        scene.refer_word(Found(*span, first.ids, "description", 0.7, "issuer"))


def with_speakers(cast: Cast, parse: Parse, speakers: Sequence[tuple[tuple[int, int], str]]) -> Cast:
    """The cast with 'I' and 'we' inside quotations referring to their speakers.

    ``speakers`` gives readable spans of quotations and the ids of those who say them; ids that are not in the
    cast are passed over, so are pronouns that lie in a reference already.
    """
    known = {actor.id for actor in cast.actors}
    added: list[Reference] = []
    for (start, end), actor in speakers:
        if actor not in known:
            continue
        span = parse.doc.char_span(start, end, alignment_mode="contract")
        for token in span or ():
            word = token.lower_
            one = word in FIRST_SINGULAR
            if not (one or word in FIRST_PLURAL) or (word == "us" and token.text == "US") or cast.at(token):
                continue
            added.append(
                Reference(
                    token.idx, token.idx + len(token), token.i, (actor,), "pronoun",
                    0.9 if one else 0.6, "pronoun/speaker" if one else "pronoun/side",
                )
            )  # fmt: skip
    first: dict[int, Reference] = {}
    for reference in added:
        first.setdefault(reference.start, reference)
    references = tuple(sorted([*cast.references, *first.values()], key=lambda r: r.start))
    more: dict[str, list[Mention]] = {}
    for reference in sorted(first.values(), key=lambda r: r.start):
        s = parse.span(reference.start, reference.end)
        mention = Mention(start=s.start, end=s.end, text=s.text, by="pronoun")
        more.setdefault(reference.actors[0], []).append(mention)
    actors = tuple(
        msgspec.structs.replace(
            a, mentions=tuple(sorted((*a.mentions, *more.get(a.id, ())), key=lambda m: (m.start, m.end)))
        )
        for a in cast.actors
    )
    return replace(cast, actors=actors, references=references)
