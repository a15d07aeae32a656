"""Attribute words in quotation marks to the cue and the speaker that the text gives them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from spacy.tokens import Token

from onrecord.coding.attribution import Attribution, Offsets
from onrecord.coding.cues import Cues
from onrecord.coding.spans import noun_phrase, owner_phrase, subject_of, trim
from onrecord.text.parse import Parse
from onrecord.text.quotation import Quote

_SENTENCE_END = re.compile(r"[.!?][”\"’')]*\s")
_WORD = re.compile(r"\w+")
_SMALL = frozenset(("a", "an", "and", "at", "for", "from", "in", "of", "on", "or", "s", "the", "to", "with"))
_SMALL |= {"into", "over", "without"}
_DASH = re.compile(r"\s*([―—–-]{1,2})\s*(?=[A-Z])")
MAX_GAP = 140  # code points between a cue and the words it introduces
SCARE_QUOTE = 4  # words; a shorter stretch that is no sentence is a term, a title, a nickname


@dataclass(frozen=True, slots=True)
class _Cue:
    verb: Token | None
    start: int
    end: int
    speaker: Offsets | None


def is_speech(text: str, quote: Quote) -> bool:
    """Whether a quotation is words spoken or written, not a scare quote, a title or a nickname."""
    inner = text[quote.start : quote.end].strip("“”\"‘’' ")
    words = len(_WORD.findall(inner))
    if words == 0:
        return False
    if is_title(inner):
        return False
    before = text[max(0, quote.start - 2) : quote.start].rstrip()
    introduced = before.endswith((":", ","))
    if inner[-1:] in ",.?!…—-" and inner[:1].isupper() and words > 1:
        return True
    if introduced and words >= 2:
        return True
    return words > SCARE_QUOTE and (inner[-1:] in ",.?!…" or words > 12)


def is_title(quoted: str) -> bool:
    """Whether quoted words are capitalised like those of a title: “Meet the Mayor,”."""
    inner = quoted.strip("“”\"‘’' ")
    words = _WORD.findall(inner)
    return (
        len(words) > 1
        and inner[-1] not in ".!?"
        and words[0][0].isupper()
        and words[-1][0].isupper()
        and all(w[0].isupper() or w[0].isdigit() or w in _SMALL for w in words)
    )


def attribute_quotations(parse: Parse, lexicon: Cues) -> list[Attribution]:
    """The attributions of all quotations that are speech, in their order."""
    found: list[Attribution] = []
    cue_tokens = [
        token
        for token in parse.verbs
        if lexicon.takes_quotation(token.lemma_.lower()) and parse.quote_at(token.idx) is None
    ]
    starts, ends = [t.idx for t in cue_tokens], [t.idx + len(t) for t in cue_tokens]
    for quote in parse.quotes:
        if quote.depth != 1 or parse.is_furniture(quote.start):
            continue
        previous = found[-1] if found else None
        if not quote.continues and not is_speech(parse.text, quote):
            continue
        content = trim(parse.text, quote.start, quote.end)
        if content is None:
            continue
        if quote.continues and previous is not None and _adjacent(parse, previous, quote):
            found[-1] = _longer(previous, content)
            continue
        first, last = bisect_left(ends, quote.start - MAX_GAP), bisect_right(starts, quote.end + MAX_GAP)
        cue = _cue_for(parse, quote, cue_tokens[first:last], lexicon) or _signature(parse, quote)
        if cue is None:
            if previous is not None and _same_paragraph(parse, previous, quote):
                found[-1] = _longer(previous, content)
            else:
                found.append(_unattributed(previous, content))
            continue
        at = (cue.start, cue.end)
        if previous is not None and previous.cue == at:
            found[-1] = _longer(previous, content)
            continue
        found.append(
            Attribution(
                speaker=cue.speaker,
                cue=at,
                content=(content,),
                kind="direct",
                because="attribution/quotation",
                confidence=0.9 if cue.speaker else 0.7,
            )
        )
    return found


def _unattributed(previous: Attribution | None, content: Offsets) -> Attribution:
    """A quotation that stands alone is taken for the last quoted speaker's, with little confidence."""
    return Attribution(
        speaker=previous.speaker if previous else None,
        cue=None,
        content=(content,),
        kind="direct",
        because="attribution/quotation-alone",
        confidence=0.4,
    )


def _longer(attribution: Attribution, content: Offsets) -> Attribution:
    return replace(attribution, content=(*attribution.content, content))


def _same_paragraph(parse: Parse, attribution: Attribution, quote: Quote) -> bool:
    return parse.paragraph_at(attribution.content[-1][0]) == parse.paragraph_at(quote.start)


def _adjacent(parse: Parse, attribution: Attribution, quote: Quote) -> bool:
    """Whether the paragraph before the quotation's holds the attribution's last words."""
    i = bisect_left(parse.paragraphs, parse.paragraph_at(quote.start))
    return i > 0 and parse.paragraph_at(attribution.content[-1][0]) == parse.paragraphs[i - 1]


def _cue_for(parse: Parse, quote: Quote, cue_tokens: list[Token], lexicon: Cues) -> _Cue | None:
    text = parse.text
    low, high = parse.paragraph_at(quote.start)
    inner_end = text[quote.start : quote.end].rstrip("”\"’' ")[-1:]
    after: _Cue | None = None
    before: _Cue | None = None
    for token in cue_tokens:
        if not low <= token.idx < high:
            continue
        if token.idx >= quote.end:
            gap = text[quote.end : token.idx]
            if after is None and len(gap) <= MAX_GAP and not _SENTENCE_END.search(gap) and "“" not in gap:
                after = _cue(token)
        elif token.idx < quote.start:
            gap = text[token.idx + len(token) : quote.start]
            if len(gap) <= MAX_GAP and not _SENTENCE_END.search(gap) and "”" not in gap:
                before = _cue(token)
    opener = text[max(0, quote.start - 4) : quote.start].rstrip()[-1:]
    if before is not None and (opener in ":," or after is None):
        return before
    if after is not None and (inner_end in ",?!—" or not _ends_sentence(text, quote)):
        return after
    if before is not None:
        return before
    if opener == ":":
        return _colon(parse, quote, lexicon)
    return None


def _signature(parse: Parse, quote: Quote) -> _Cue | None:
    """'“…” ― Jane Doe, teacher': the name behind a dash that ends the paragraph."""
    _, high = parse.paragraph_at(quote.start)
    dash = _DASH.match(parse.text, quote.end, high)
    name = parse.token_at(dash.end()) if dash else None
    if dash is None or name is None or high - dash.end() > MAX_GAP:
        return None
    while name.dep_ == "compound" and name.head.idx < high:
        name = name.head
    speaker = (dash.end(), name.idx + len(name))
    return _Cue(None, dash.start(1), dash.end(1), speaker)


def _ends_sentence(text: str, quote: Quote) -> bool:
    return text[quote.start : quote.end].rstrip("”\"’' ")[-1:] in ".?!"


def _cue(verb: Token) -> _Cue:
    subject = subject_of(verb)
    speaker = noun_phrase(subject) if subject is not None else None
    return _Cue(verb, verb.idx, verb.idx + len(verb), speaker)


def _colon(parse: Parse, quote: Quote, lexicon: Cues) -> _Cue | None:
    """'Merkel stressed a need for calm: “…”', 'Merkel: “…”': the subject of what stands before the colon."""
    colon = parse.text.rfind(":", 0, quote.start)
    start, _ = parse.sentence_at(colon)
    span = parse.doc.char_span(start, colon, alignment_mode="expand")
    subject: Token | None = None
    for token in span or ():
        if token.pos_ in ("VERB", "AUX") and subject is None:
            subject = next((c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None and span is not None and all(t.pos_ not in ("VERB", "AUX") for t in span):
        subject = next((t for t in span if t.pos_ == "PROPN" and t.dep_ != "compound"), None)
    if subject is None:
        return None
    owner = next((c for c in subject.children if c.dep_ == "poss"), None)
    if owner is not None and (subject.lemma_ in lexicon.nouns or subject.lemma_ in lexicon.replies):
        return _Cue(None, colon, colon + 1, owner_phrase(owner))
    return _Cue(None, colon, colon + 1, noun_phrase(subject))
