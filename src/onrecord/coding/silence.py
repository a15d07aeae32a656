"""What looks like an attribution and gives nobody words: silence, questions put to somebody, bare terms."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Span, Token

from onrecord.coding.attribution import Attribution
from onrecord.coding.cues import cues
from onrecord.coding.quoted import is_speech, is_title
from onrecord.coding.spans import name_at
from onrecord.text.parse import Parse

_UNWILLING = re.compile(
    r"\b(?:declin|refus)\w*\b.{0,30}?\bto (?:immediately |publicly |directly )?"
    r"(?:comment|say|discuss|elaborate|answer|respond|specify|speak|give|provide|disclose|"
    r"be (?:named|quoted|identified)|reveal|take questions)\b",
    re.IGNORECASE | re.DOTALL,
)
_UNSAID = re.compile(
    r"\b(?:did|do|does|would|will|could|has|have|had|was|were)(?: not|n['’]t) (?:\w+ly )?"
    r"(?:say|said|specify|specified|comment|commented|elaborate|elaborated|disclose|reveal|respond|mention)\b|"
    r"\b(?:did|does|do|would|could)(?: not|n['’]t) (?:give|offer|provide) (?:any |further |more )?"
    r"(?:comment|details?|reasons?)\b|"
    r"\b(?:gave|made|offered|provided) no (?:comment|details?|mention|reasons?)\b|"
    r"\b(?:skirt|dodg|evad|sidestep|duck|deflect|parr|brush)\w* (?:\w+ ){0,3}questions?\b|"
    r"\bremain(?:ed|s)? silent\b|\bsaid nothing\b|\bno (?:immediate )?comment\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"(?:nothing|little) (?:more )?(?:about|of|on)\b", re.IGNORECASE)
_NICKNAMED = re.compile(
    r"\bknown$|\b(?:known as|dubbed|nicknamed|named|titled|entitled|billed as)\b", re.IGNORECASE
)
# Confidence of the tagger below which these are no statement: words of nobody named; things of nobody named,
# and titles.
UNNAMED = 0.65
TERM = 0.8


def says_something(parse: Parse, a: Attribution, others: Sequence[Attribution]) -> bool:
    """Whether an attribution gives its speaker words."""
    return not (
        _is_silence(parse, a)
        or _is_put_to_speaker(parse, a, others)
        or _is_nobodys(parse, a)
        or _is_measure(parse, a)
        or _is_only_called(parse, a)
    )


def _is_only_called(parse: Parse, a: Attribution) -> bool:
    """'The so-called “green line”': a name in quotation marks, that nobody in particular gave."""
    if a.cue is None or a.speaker is not None:
        return False
    return parse.text[max(0, a.cue[0] - 3) : a.cue[1]].lower().replace("-", " ").endswith("so called")


def _is_silence(parse: Parse, a: Attribution) -> bool:
    if a.cue is None or a.kind != "indirect":
        return False
    cue = parse.text[slice(*a.cue)]
    if _UNSAID.search(cue) or _NOTHING.match(parse.text, a.content[0][0]):
        return True
    start = max(parse.sentence_at(a.cue[0])[0], a.cue[0] - 40)
    end = min(a.content[0][0] + 30, a.content[0][1])
    match = _UNWILLING.search(parse.text, start, max(start, end))
    return match is not None and match.start() < a.cue[1] and match.end() > a.cue[1] - 1


def _is_put_to_speaker(parse: Parse, a: Attribution, others: Sequence[Attribution]) -> bool:
    """'Asked whether …, X said …', 'X was asked about …': others asked it."""
    verb = _asking(parse, a)
    if verb is None:
        return False
    if any(c.dep_ == "nsubj" for c in verb.children) or any(c.dep_ == "agent" for c in verb.children):
        return False
    return verb.tag_ in ("VBN", "VBD") and (
        verb.dep_ in ("advcl", "ccomp", "dep")
        or any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children)
    )


def _asking(parse: Parse, a: Attribution) -> Token | None:
    span = parse.doc.char_span(*a.cue, alignment_mode="expand") if a.cue else None
    return next((t for t in span if t.lemma_.lower() in ("ask", "question", "press")), None) if span else None


def _is_nobodys(parse: Parse, a: Attribution) -> bool:
    """A title or term ('watched “The Wall”', 'known as “the wall”'), or words by a cue that is none of saying
    with nobody named, of which the tagger is not sure ('was expected to')."""
    cue = parse.doc.char_span(*a.cue, alignment_mode="expand") if a.cue else None
    if cue is None or (a.kind == "direct" and (a.speaker or _holds_speech(parse, a))):
        return False
    if a.speaker is None and _NICKNAMED.search(cue.text):
        return True
    lexicon = cues()
    lemmas = [t.lemma_.lower() for t in cue]
    if a.speaker is None and "call" in lemmas and _holds_title(parse, a):
        return True
    if any(lexicon.takes_quotation(t) or t in lexicon.naming for t in lemmas):
        return False
    spans = [parse.doc.char_span(*c, alignment_mode="expand") for c in a.content]
    thing = all(s is None or _is_nominal(parse, s) for s in spans)
    if a.speaker is not None:
        return thing and a.confidence < TERM and _holds_title(parse, a)
    return (thing and a.kind == "mixed") or a.confidence < (TERM if thing else UNNAMED)


def _holds_title(parse: Parse, a: Attribution) -> bool:
    quotes = [q for s, e in a.content for q in parse.quotes_from(s, e)]
    return bool(quotes) and all(is_title(parse.text[q.start : q.end]) for q in quotes)


def _holds_speech(parse: Parse, a: Attribution) -> bool:
    quotes = [parse.quote_at(start) for start, _ in a.content]
    return any(q is not None and is_speech(parse.text, q) for q in quotes)


def _is_measure(parse: Parse, a: Attribution) -> bool:
    """'according to the schedule': not a source but a standard."""
    if a.cue is None or not parse.text[slice(*a.cue)].lower().startswith("according"):
        return False
    after = parse.text.find(" to ", a.cue[0])
    name = name_at(parse, after + 4) if after >= 0 else None
    span = parse.doc.char_span(*name, alignment_mode="expand") if name else None
    return span is not None and span.root.lemma_.lower() in cues().standards


def _is_nominal(parse: Parse, span: Span) -> bool:
    """Whether a stretch is a thing: without a verb, but for those in quotation marks within it."""
    whole = parse.quote_at(span.start_char)
    return not any(
        t.pos_ in ("VERB", "AUX") and t.dep_ != "amod" and parse.quote_at(t.idx) in (None, whole)
        for t in span
    )
