"""Words that come through somebody else: 'X was quoted by Y as saying', 'X said, Y reported, that …'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.symbols import VERB
from spacy.tokens import Token

from onrecord.coding.attribution import Attribution, Offsets
from onrecord.coding.cues import Cues
from onrecord.coding.spans import name_at, noun_phrase, subtree, trim
from onrecord.text.parse import Parse

QUOTES = frozenset(("cite", "quote", "report"))  # with 'as saying'
_QUOTED_BY = re.compile(r",? (?:as )?(?:quoted|cited) (?:by|in) ")
_ACCORDING_TO = re.compile(r"[,.]?[”\"]?,? according to ")


def attribute_relayed(parse: Parse, lexicon: Cues) -> list[Attribution]:
    """The attributions with a relayer that the wording names, in their order."""
    found: list[Attribution] = []
    for token in parse.verbs:
        if token.pos != VERB:
            continue
        lemma = token.lemma_
        if lemma in QUOTES and not parse.is_furniture(token.idx):
            found.extend(_quoted(parse, token))
        elif lemma in lexicon.clause and not parse.is_furniture(token.idx):
            found.extend(_interposed(parse, lexicon, token))
    return found


def relayed_by(parse: Parse, a: Attribution) -> tuple[Offsets, ...]:
    """Who relayed an attribution by its wording: '…, X said, according to Y', 'X, quoted by Y, said'."""
    if a.cue is None or parse.text[slice(*a.cue)].lower().startswith("according"):
        return ()
    last = max(a.cue[1], a.content[-1][1], a.speaker[1] if a.speaker else 0)
    match = _ACCORDING_TO.match(parse.text, last)
    if match is None and a.speaker is not None:
        match = _QUOTED_BY.match(parse.text, a.speaker[1])
    name = name_at(parse, match.end()) if match else None
    return (name,) if name else ()


def _quoted(parse: Parse, verb: Token) -> Iterator[Attribution]:
    """'X was quoted by Y as saying …', 'Y quoted X as saying …', '“…” X was quoted as saying by Y'."""
    saying = next((g for c in verb.children if c.lower_ == "as" for g in c.children if g.tag_ == "VBG"), None)
    if saying is None:
        return
    passive = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if passive is not None:
        speaker: Token | None = passive
        by = next((c for v in (verb, saying) for c in v.children if c.lower_ == "by"), None)
        relayer = next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else None
    else:
        speaker = next((c for c in verb.children if c.dep_ == "dobj"), None)
        relayer = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if speaker is None:
        return
    start, end = parse.sentence_at(verb.idx)
    end = end - 1 if parse.text[end - 1] == "." else end
    after = saying.idx + len(saying)
    if relayer is not None and relayer.i > saying.i:
        after = subtree(relayer)[1]
    before = min(verb.idx, *(subtree(t)[0] for t in (speaker, relayer) if t is not None))
    content = trim(parse.text, after, end) or trim(parse.text, start, before)
    if content is None:
        return
    split = passive is None or (relayer is not None and verb.i < relayer.i < saying.i)
    cue = (verb.idx, verb.idx + len(verb) if split else saying.idx + len(saying))
    yield Attribution(
        speaker=noun_phrase(speaker),
        cue=cue,
        content=(content,),
        kind="indirect",
        because="attribution/relayed",
        confidence=0.85,
        via=(noun_phrase(relayer),) if relayer is not None else (),
    )


def _interposed(parse: Parse, lexicon: Cues, verb: Token) -> Iterator[Attribution]:
    """'X said, Y reported, that …': the words are X's, the relayer is Y."""
    speaker = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    second = next(
        (c for c in verb.children if c.i > verb.i and c.pos_ == "VERB" and c.lemma_ in lexicon.clause), None
    )
    relayer = next((c for c in second.children if c.dep_ == "nsubj"), None) if second is not None else None
    if speaker is None or second is None or relayer is None or second.i + 2 >= len(parse.doc):
        return
    first = parse.doc[verb.i + 1]
    if first.text != "," or relayer.left_edge.i != verb.i + 2 or relayer.i > second.i:
        return
    if parse.doc[second.i + 1].text != "," or parse.doc[second.i + 2].lower_ != "that":
        return
    _, end = parse.sentence_at(verb.idx)
    end = end - 1 if parse.text[end - 1] == "." else end
    content = trim(parse.text, parse.doc[second.i + 2].idx, end)
    if content is not None:
        yield Attribution(
            speaker=noun_phrase(speaker),
            cue=(verb.idx, second.idx + len(second)),
            content=(content,),
            kind="indirect",
            because="attribution/relayed",
            confidence=0.85,
            via=(noun_phrase(relayer),),
        )
