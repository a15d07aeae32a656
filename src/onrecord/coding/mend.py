"""Mend the edges of an attribution by what the parse and the punctuation make certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from onrecord.coding.attribution import Attribution, Offsets
from onrecord.coding.cues import cues
from onrecord.coding.spans import noun_phrase, subtree, trim
from onrecord.text.parse import Parse

_HERALD = re.compile(r"(?:this|the following|as follows)\s*:\s*", re.IGNORECASE)
# A clause after a comma that sets what was said against something else is the reporter's.
_CONTRAST = re.compile(r", (?:although|amid|despite|even as|following) ", re.IGNORECASE)
_ACCORDING_TO = re.compile(r"(?P<cue>according to) ", re.IGNORECASE)
_JOINT_END = re.compile(r",?\s(?:and|but|yet)$")
_JOINT = 6  # code points, as many as the joint can have
_DASH = re.compile(r"\s(?:--?|–|—)\s|—")


def mended(parse: Parse, a: Attribution) -> Attribution:
    """The attribution with its speaker whole and named, and its words without speaker, herald or aside."""
    a = _without_source(parse, a)
    verb = _verb(parse, a)
    a = _over_aside(parse, _whole_speaker(parse, _named_speaker(parse, a, verb) if verb is not None else a))
    if verb is not None:
        a = _whose_own(a, verb)
        a = _before_next_verb(parse, _within_relative(parse, a, verb), verb)
    a = _before_contrast(parse, a)
    stretches = (_without_herald(parse, _within_aside(parse, a, c)) for c in a.content)
    content = tuple(_without_joint(parse, c) for c in stretches if c)
    if len(content) > 1 and verb is not None:
        content = tuple(c for c in content if not _is_manner(parse, c, verb))
        content = tuple(c for c in content if not _is_mood(parse, c, verb, content))
    return replace(a, content=content) if content else a


def _verb(parse: Parse, a: Attribution) -> Token | None:
    span = parse.doc.char_span(*a.cue, alignment_mode="expand") if a.cue else None
    return next((t for t in span if t.pos_ == "VERB"), None) if span is not None else None


def _without_source(parse: Parse, a: Attribution) -> Attribution:
    """'according to Reuters' as a cue: the source is no part of it."""
    match = _ACCORDING_TO.match(parse.text, *a.cue) if a.cue and a.speaker is None else None
    if match is None or a.cue is None or match.end() >= a.cue[1]:
        return a
    return replace(a, cue=match.span("cue"), speaker=(match.end(), a.cue[1]))


def _named_speaker(parse: Parse, a: Attribution, verb: Token) -> Attribution:
    """A speaker where the tagger left it out: the name that is the cue's own subject."""
    if a.speaker is not None:
        return a
    subject = next(
        (c for c in verb.children if c.dep_ == "nsubj" and (c.pos_ == "PROPN" or c.lower_ in ("he", "she"))),
        None,
    )
    if subject is None:
        subject = _controller(verb)
    if subject is None:
        return a
    name = noun_phrase(subject)
    content = [trim(parse.text, s, name[0]) if s < name[0] and e == name[1] else (s, e) for s, e in a.content]
    kept = tuple(c for c in content if c is not None)
    if not kept or any(s < name[1] and name[0] < e for s, e in kept):
        return a
    return replace(a, speaker=name, content=kept)


def _whose_own(a: Attribution, verb: Token) -> Attribution:
    """'X, **whose party** has threatened to': the party is the speaker, not X."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    whose = next((c for c in subject.children if c.lower_ == "whose"), None) if subject is not None else None
    if subject is None or whose is None or a.speaker is None or a.speaker[0] > whose.idx:
        return a
    start, end = noun_phrase(subject)
    start = max(start, whose.nbor(1).idx)
    return replace(a, speaker=(start, end)) if start < end else a


def _controller(verb: Token) -> Token | None:
    """The subject that a participle borrows: 'After saying …, X left', 'Calling it “…”, X left'."""
    lexicon, lemma = cues(), verb.lemma_.lower()
    if verb.tag_ != "VBG" or not (lexicon.takes_quotation(lemma) or lemma in lexicon.naming):
        return None
    if verb.dep_ == "pcomp" and verb.head.dep_ == "prep":
        main = verb.head.head
    elif verb.dep_ == "advcl" and verb.i < verb.head.i and lemma not in lexicon.belief:
        main = verb.head
    else:
        return None
    return next((c for c in main.children if c.dep_ in ("nsubj", "nsubjpass")), None)


def _whole_speaker(parse: Parse, a: Attribution) -> Attribution:
    """'…, Norway and Kenya said': the first of joint speakers is no part of the words."""
    span = parse.doc.char_span(*a.speaker, alignment_mode="expand") if a.speaker else None
    if span is None or a.speaker is None:
        return a
    last = next((t for t in span if t.dep_ == "conj" and t.head.i < span.start), None)
    if last is None:
        return a
    first = last.head
    while first.dep_ == "conj":
        first = first.head
    begin = first.left_edge.idx
    stretches: list[Offsets] = []
    cut = False
    for start, end in a.content:
        if start < begin < end <= a.speaker[0] and not re.search(
            r"[.;:!?]", parse.text[begin : a.speaker[0]]
        ):
            cut = True
            shorter = trim(parse.text, start, begin)
            stretches += [shorter] if shorter else []
        else:
            stretches.append((start, end))
    if not cut or not stretches or first.dep_ not in ("nsubj", "nsubjpass"):
        return a
    return replace(a, speaker=(begin, a.speaker[1]), content=tuple(stretches))


def _before_next_verb(parse: Parse, a: Attribution, verb: Token) -> Attribution:
    """'said he was ill and appealed for calm', 'said it would help but ruled out troops': what the source
    does next is no part of its words."""
    if verb.tag_ != "VBD":
        return a
    joined = [*verb.conjuncts, *_out_of_tense(verb)]
    after = next((c for c in joined if c.i > verb.i and c.pos_ == "VERB" and _is_past(c)), None)
    if after is None or _begins_clause(after):
        return a
    joint = _joint(after)
    start, end = a.content[-1]
    if joint is None or not start < joint.idx < after.idx < end or parse.quote_at(joint.idx) is not None:
        return a
    shorter = trim(parse.text, start, joint.idx)
    return replace(a, content=(*a.content[:-1], shorter)) if shorter else a


def _begins_clause(verb: Token) -> bool:
    """Whether a verb has a subject or 'that' of its own."""
    return any(c.dep_ in ("nsubj", "nsubjpass", "expl", "mark") for c in verb.children)


def _joint(verb: Token) -> Token | None:
    """The 'and' or 'but' that joins a verb to the one before it."""
    return next((c for c in verb.head.children if c.dep_ == "cc" and c.i < verb.i), None)


def _said(verb: Token) -> Token | None:
    """The verb of the words that follow a verb of saying."""
    return next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)


def _within_relative(parse: Parse, a: Attribution, verb: Token) -> Attribution:
    """'The rebels, who X says are paid from abroad, keep marching': the clause around it is no part of it."""
    said = _said(verb) if verb.dep_ == "relcl" else None
    if said is None:
        return a
    (start, end), (_, last) = a.content[-1], subtree(said)
    if not start < last < end or "," not in (parse.text[last - 1], parse.text[last]):
        return a
    shorter = trim(parse.text, start, last)
    return replace(a, content=(*a.content[:-1], shorter)) if shorter else a


def _out_of_tense(verb: Token) -> list[Token]:
    """What a parser joins to a future of the words ('would help') though it is told as past ('ruled out')."""
    said = _said(verb)
    if said is None or not any(c.tag_ == "MD" for c in said.children):
        return []
    return [c for c in said.conjuncts if c.tag_ == "VBD" and not any(x.dep_ == "aux" for x in c.children)]


def _before_contrast(parse: Parse, a: Attribution) -> Attribution:
    """'said it would stay, despite the attacks': the last clause of the sentence is the reporter's."""
    start, end = a.content[-1]
    if a.cue is None or start < a.cue[1] or a.kind == "direct":
        return a
    clause = None
    for match in _CONTRAST.finditer(parse.text, start, end):
        clause = match
    if clause is None or parse.quote_at(clause.start()) is not None:
        return a
    _, last = parse.sentence_at(clause.start())
    if (
        last - end > 2
        or "," in parse.text[clause.end() : end]
        or len(parse.text[start : clause.start()].split()) < 3
    ):
        return a
    shorter = trim(parse.text, start, clause.start())
    return replace(a, content=(*a.content[:-1], shorter)) if shorter else a


def _is_past(verb: Token) -> bool:
    """Whether a verb is told as past: 'appealed', 'did not rule out'."""
    return verb.tag_ == "VBD" or any(c.dep_ == "aux" and c.tag_ == "VBD" for c in verb.children)


def _over_aside(parse: Parse, a: Attribution) -> Attribution:
    """'said that the delay — some had wanted a longer one — was final': a clause goes on after an aside."""
    start, end = a.content[-1]
    opening = _DASH.match(parse.text, end)
    span = parse.doc.char_span(start, end, alignment_mode="expand")
    if opening is None or span is None or span[0].lower_ != "that":
        return a
    if any(token.pos_ in ("VERB", "AUX") for token in span):
        return a
    _, last = parse.sentence_at(start)
    closing = _DASH.search(parse.text, opening.end(), last)
    rest = trim(parse.text, closing.end(), last - (parse.text[last - 1] == ".")) if closing else None
    return replace(a, content=(*a.content, rest)) if rest else a


def undivided(parse: Parse, attributions: Sequence[Attribution]) -> list[Attribution]:
    """'said it would free the prisoners, open the road': a bare verb after a comma is no cue; it
    goes on with the words."""
    out: list[Attribution] = []
    for a in attributions:
        if out and _goes_on(parse, out[-1], a):
            start, _ = out[-1].content[-1]
            words = (*out[-1].content[:-1], (start, a.content[0][1]), *a.content[1:])
            out[-1] = replace(out[-1], content=words)
        else:
            out.append(a)
    return out


def divided(parse: Parse, attributions: Sequence[Attribution]) -> list[Attribution]:
    """'said he was ill but insisted that he could travel': two attributions, of one source.

    A parser joins the second verb to the nearest of its tense, that of the words said; whichever is meant,
    the source is the one who insists.
    """
    first: list[Attribution] = []
    second: list[Attribution] = []
    for a in attributions:
        cue = _next_cue(parse, a)
        joint = _joint(cue) if cue is not None else None
        if cue is None or joint is None:
            first.append(a)
            continue
        (start, end), past = a.content[-1], cue.idx + len(cue)
        words = trim(parse.text, start, joint.idx) if start < joint.idx else None
        rest = trim(parse.text, past, end)
        if words is None or rest is None:
            first.append(a)
            continue
        first.append(replace(a, content=(*a.content[:-1], words)))
        second.append(replace(a, cue=(cue.idx, past), content=(rest,)))
    known = {a.cue for a in second}
    return [*(a for a in first if a.cue not in known), *second]


def shared(parse: Parse, attributions: Sequence[Attribution]) -> list[Attribution]:
    """'X accused the army and threatened that …': joined verbs have one subject, and so one source."""
    verbs = [_verb(parse, a) for a in attributions]
    of = {verb.i: a for verb, a in zip(verbs, attributions, strict=True) if verb is not None}
    out = []
    for verb, a in zip(verbs, attributions, strict=True):
        first = of.get(verb.head.i) if verb is not None and verb.dep_ == "conj" else None
        known = first.speaker if first is not None else None
        own = verb is not None and any(
            c.dep_ in ("nsubj", "nsubjpass", "expl", "agent") for c in verb.children
        )
        if known is None or own or any(s < known[1] and known[0] < e for s, e in a.content):
            out.append(a)
        else:
            out.append(replace(a, speaker=known))
    return out


def _next_cue(parse: Parse, a: Attribution) -> Token | None:
    """A past verb of saying with a clause of its own that the parse joins to the verb of the words said."""
    verb, lexicon = _verb(parse, a), cues()
    if verb is None or verb.tag_ != "VBD" or a.kind != "indirect":
        return None
    start, end = a.content[-1]
    said = next((c for c in verb.children if c.dep_ == "ccomp" and start <= c.idx < end), None)
    for after in said.conjuncts if said is not None else ():
        saying = any(after.lemma_ in verbs for verbs in (lexicon.speech, lexicon.request, lexicon.promise))
        if not saying or after.tag_ != "VBD" or not start < after.idx < end:
            continue
        takes = any(c.dep_ in ("ccomp", "xcomp") and c.i > after.i for c in after.children)
        if takes and not _begins_clause(after):
            return after
    return None


def _goes_on(parse: Parse, before: Attribution, a: Attribution) -> bool:
    """Whether an attribution follows another of its source and its cue lacks the tense of the other's."""
    said, cue = _verb(parse, before), parse.token_at(a.cue[0]) if a.cue else None
    if said is None or cue is None or a.cue is None or before.speaker != a.speaker:
        return False
    near = before.content[-1][1] <= a.cue[0] <= before.content[-1][1] + 2
    alone = a.cue[1] <= cue.idx + len(cue) and a.content[0][0] <= a.cue[1] + 1
    return near and alone and said.tag_ == "VBD" and cue.tag_ in ("JJ", "NN", "VB", "VBP")


def _within_aside(parse: Parse, a: Attribution, content: Offsets) -> Offsets | None:
    """'The mines — X said there were thousands — will …': words said in an aside end with it."""
    at = min(x[0] for x in (a.cue, a.speaker) if x is not None) if a.cue or a.speaker else content[0]
    start, _ = parse.sentence_at(at)
    if content[0] < at or len(_DASH.findall(parse.text, start, at)) % 2 == 0:
        return content
    inside = [m for m in _DASH.finditer(parse.text, *content) if parse.quote_at(m.start()) is None]
    return trim(parse.text, content[0], inside[0].start()) if len(inside) == 1 else content


def _without_herald(parse: Parse, content: Offsets | None) -> Offsets | None:
    match = _HERALD.match(parse.text, *content) if content else None
    return trim(parse.text, match.end(), content[1]) if match and content else content


def _is_mood(parse: Parse, stretch: Offsets, verb: Token, content: Sequence[Offsets]) -> bool:
    """Whether a stretch only tells the mood of what is quoted after it: 'did not hide **her anger**. “…”'"""
    span = parse.doc.char_span(*stretch, alignment_mode="expand")
    if span is None or span.root.dep_ != "dobj" or span.root.head != verb or span.root.pos_ != "NOUN":
        return False
    after = [s for s, _ in content if s >= verb.sent.end_char]
    return bool(after) and parse.quote_at(stretch[0]) is None and parse.quote_at(after[0]) is not None


def _is_manner(parse: Parse, content: Offsets, verb: Token) -> bool:
    """'“We are no closer.” X sounded tired.': an adjective that the cue takes tells how it was said."""
    span = parse.doc.char_span(*content, alignment_mode="expand")
    return span is not None and len(span) == 1 and span[0].dep_ == "acomp" and span[0].head == verb


def _without_joint(parse: Parse, content: Offsets) -> Offsets:
    """'said the bridge had held but warned …': the joint belongs to the next cue."""
    start, end = content
    match = _JOINT_END.search(parse.text, max(start, end - _JOINT), end)
    return (start, match.start()) if match and match.start() > start else content
