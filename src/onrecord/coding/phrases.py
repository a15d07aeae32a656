"""Attributions that a fixed wording gives away: 'in the words of X', 'per X', 'From X:', and quotations that
stand alone beside a sentence about their speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.coding.attribution import Attribution, Held, Offsets
from onrecord.coding.cues import Cues
from onrecord.coding.spans import name_at, noun_phrase, subject_of, subtree, trim
from onrecord.text.parse import Parse
from onrecord.text.quotation import Quote

_PER = re.compile(r"(?:(?<=, )|(?<=^)|(?<=\n)|(?<=[.!?] ))[Pp]er (?=\w)")
_WORDS = r"(?:own )?(?:words|view|opinion|judgment|judgement|telling|account|eyes)"
_IN_ONES_WORDS = re.compile(rf"\b[Ii]n (?P<who>[^,.;:“”\"\n]{{2,60}}?)['’]s? {_WORDS}\b")
_PUT_IT = re.compile(r"\b[Aa]s (?P<who>[^,.;:“”\"\n]{2,60}?) (?P<cue>(?:ha[sd] |have )?puts? it)\b")
_FROM = re.compile(r"(?:From|FROM) (?P<who>[A-Z][^:\n“”\"]{1,80}):\s*")
_AFTERWARDS = re.compile(
    r"\s*[—–-]*\s*[Tt](?:hat|hose|hese|his) (?:is|was|were|are) "
    r"(?P<cue>how|what|the (?:words?|answer|verdict|message|view|response|reply|warning) (?:of|from)) (?=\w)"
)
_NAME = r"(?P<who>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3})"
_SAYS = r"(?P<cue>(?:says?|said|warns?|claims?|insists?|vows?|tells?) )"
_TITLES = (
    re.compile(rf"{_NAME}(?P<cue>:) (?P<words>[^\s“\"‘'].*\s.*\s.*)"),
    re.compile(rf"(?P<words>.+\s.+)(?P<cue> [–—-] ){_NAME}"),
    re.compile(rf"(?P<words>.+\s.+), {_SAYS}{_NAME}"),
)
TITLE = 110  # characters; a longer line is no title
_SENTENCE_END = re.compile(r"[.!?…:][”\"’')]*\s*$")
_PERSONAL = frozenset(("he", "she", "they", "we", "i"))
NEAR = 400  # code points; a quotation that stands alone is given to nobody further away


def attribute_phrases(parse: Parse, lexicon: Cues) -> list[Attribution]:
    """The attributions by fixed wordings, in their order."""
    found = [
        *_by_phrase(parse, lexicon),
        *_by_owner(parse),
        *_put_it(parse),
        *_blocks(parse),
        *_afterwards(parse),
        *_headlines(parse),
    ]
    return sorted((a for a in found if a is not None), key=lambda a: a.content[0])


def _by_phrase(parse: Parse, lexicon: Cues) -> Iterator[Attribution | None]:
    """'in the words of X', 'per X'."""
    # 'according to' the rules read in the parse, and the tagger has learned it.
    phrases = [phrase for phrase in lexicon.phrases if phrase != "according to"]
    if not re.search(rf"\b(?:{'|'.join(phrases)})\b", parse.text, re.IGNORECASE):
        phrases = []
    for phrase in phrases:
        for match in re.finditer(rf"\b{phrase}\b ?", parse.text, re.IGNORECASE):
            yield _around(parse, match.span(), name_at(parse, match.end()))
    for match in _PER.finditer(parse.text):
        name = name_at(parse, match.end())
        span = parse.doc.char_span(*name, alignment_mode="expand") if name else None
        if span is not None and (span.root.pos_ == "PROPN" or span.root.lemma_.lower() in lexicon.sources):
            yield _around(parse, match.span(), name)


def _by_owner(parse: Parse) -> Iterator[Attribution | None]:
    """'in X's words'."""
    for match in _IN_ONES_WORDS.finditer(parse.text):
        if match["who"][0].isupper() or match["who"].startswith("the "):
            yield _around(parse, match.span(), match.span("who"))


def _put_it(parse: Parse) -> Iterator[Attribution | None]:
    """'As X put it, “…”', '“…,” as X put it, “…”'."""
    for match in _PUT_IT.finditer(parse.text):
        before = parse.last_quote(match.start())
        if before is not None and parse.text[before.end : match.start()].strip(" ,"):
            before = None
        if before is not None and before.start > parse.sentence_at(before.start)[0] + 1:
            continue  # it is the end of what was put so
        after = _quote_from(parse, match.end())
        spans = [trim(parse.text, q.start, q.end) for q in (before, after) if q is not None]
        content = tuple(span for span in spans if span is not None)
        if content and not parse.is_furniture(match.start()):
            yield Attribution(
                match.span("who"), match.span("cue"), content, "direct", "attribution/phrase", 0.85
            )


def _around(parse: Parse, cue: Offsets, speaker: Offsets | None) -> Attribution | None:
    """A phrase gives its source the quotation right after it, else the rest of its sentence."""
    if speaker is None or parse.is_furniture(cue[0]) or parse.quote_at(cue[0]) is not None:
        return None
    text = parse.text
    start, end = parse.sentence_at(cue[0])
    end = end - 1 if text[end - 1] == "." else end
    after = max(cue[1], speaker[1])
    if text[after : after + 1] == " " and text[after + 1 : after + 2] not in '“"‘':
        comma = text.find(",", after, end)  # 'two officials briefed on the matter' is one source
        after = comma if comma >= 0 else end
        speaker = (speaker[0], after)
    quote = _quote_from(parse, after)
    if cue[0] - start < 3:
        content = [trim(text, after, end)]
    elif quote is not None:
        content = [trim(text, quote.start, quote.end)]
    else:
        content = [trim(text, start, cue[0]), trim(text, after, end)]
    stretches = tuple(c for c in content if c is not None)
    if not stretches:
        return None
    cue = (cue[0], cue[0] + len(text[slice(*cue)].rstrip()))
    return Attribution(
        speaker, cue, stretches, kind="indirect", because="attribution/phrase", confidence=0.85
    )


def _blocks(parse: Parse) -> Iterator[Attribution | None]:
    """'From X: …' at the head of a paragraph; the words may fill the next."""
    for i, (start, end) in enumerate(parse.paragraphs):
        match = _FROM.match(parse.text, start)
        if match is None or parse.is_furniture(start) or match.end("who") > end:
            continue
        if match.end() >= end:
            if i + 1 == len(parse.paragraphs):
                continue
            start, end = parse.paragraphs[i + 1]
        else:
            start = match.end()
        quote = _quote_from(parse, start)
        content = trim(parse.text, start, quote.end if quote else end)
        if content is not None:
            speaker = match.span("who")
            yield Attribution(
                speaker, (speaker[1], speaker[1] + 1), (content, *_goes_on(parse, quote)), "direct",
                because="attribution/phrase", confidence=0.85,
            )  # fmt: skip


def _headlines(parse: Parse) -> Iterator[Attribution | None]:
    """'X: Text is ready', 'Text is ready – X', 'Text “ready”, says X' as the title of a report."""
    for start, end in parse.paragraphs[:2]:
        line = parse.text[start:end].rstrip()
        if len(line) > TITLE or line[-1] in '.!?”"' or parse.is_furniture(start):
            continue
        for form in _TITLES:
            match = form.fullmatch(line)
            if match is None:
                continue
            token = parse.token_at(start + match.start("who"))
            content = trim(parse.text, start + match.start("words"), start + match.end("words"))
            # The report goes on to name whom its title names.
            known = token is not None and (token.pos_ == "PROPN" or parse.text.find(match["who"], end) > 0)
            if known and content is not None:
                speaker, cue = (
                    (start + match.start(group), start + match.end(group)) for group in ("who", "cue")
                )
                yield Attribution(
                    speaker, cue, (content,), kind="indirect", because="attribution/phrase", confidence=0.7
                )
            break


def _goes_on(parse: Parse, quote: Quote | None) -> Iterator[Offsets]:
    """The paragraphs in which an open quotation goes on."""
    while quote is not None and not quote.closed:
        quote = parse.next_quote(quote.start + 1)
        content = trim(parse.text, quote.start, quote.end) if quote is not None else None
        if quote is None or not quote.continues or content is None:
            return
        yield content


def _afterwards(parse: Parse) -> Iterator[Attribution | None]:
    """'“…” Those were the words of X', '“…” — that was how X put it'."""
    for quote in parse.quotes:
        match = _AFTERWARDS.match(parse.text, quote.end) if quote.depth == 1 else None
        speaker = name_at(parse, match.end()) if match else None
        content = trim(parse.text, quote.start, quote.end)
        if match and speaker and content and not parse.is_furniture(quote.start):
            yield Attribution(
                speaker,
                match.span("cue"),
                (content,),
                kind="direct",
                because="attribution/phrase",
                confidence=0.8,
            )


def _quote_from(parse: Parse, offset: int) -> Quote | None:
    """The outermost quotation that begins at a place, but for a comma, colon or space before it."""
    quote = parse.next_quote(offset)
    return quote if quote is not None and not parse.text[offset : quote.start].strip(" ,:\n\t") else None


def attribute_readout(parse: Parse, lexicon: Cues) -> list[Attribution]:
    """'The President underscored the need for …': in a readout the object of such a verb is what was said."""
    found = []
    for verb in parse.doc:
        if verb.lemma_ not in lexicon.readout or verb.pos_ != "VERB" or parse.is_furniture(verb.idx):
            continue
        thing = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
        subject = subject_of(verb) if thing is not None else None
        content = trim(parse.text, *subtree(thing)) if thing is not None else None
        if subject is not None and content is not None and parse.quote_at(verb.idx) is None:
            cue = (verb.idx, verb.idx + len(verb))
            found.append(
                Attribution(
                    noun_phrase(subject),
                    cue,
                    (content,),
                    kind="indirect",
                    because="attribution/readout",
                    confidence=0.7,
                )
            )
    return found


def attribute_alone(parse: Parse, found: Sequence[Attribution]) -> list[Attribution]:
    """Whole sentences in quotation marks that nobody is given: the person of the sentence before or after.

    Where a quotation opens its paragraph, what was said last before it goes on if it ends the one before.
    """
    taken = Held(found)
    out: list[Attribution] = []
    for quote in parse.quotes:
        if quote.depth != 1 or parse.is_furniture(quote.start):
            continue
        if taken.meeting(quote.start, quote.end) or not _is_sentence(parse, quote):
            continue
        content = trim(parse.text, quote.start, quote.end)
        goes_on = quote.continues and out and not parse.text[out[-1].content[-1][1] : quote.start].strip()
        speaker = out[-1].speaker if goes_on else _person_beside(parse, quote)
        if content is None or speaker is None:
            continue
        if out and out[-1].speaker == speaker:
            out[-1] = replace(out[-1], content=(*out[-1].content, content))
        else:
            out.append(Attribution(speaker, None, (content,), "direct", "attribution/quotation-alone", 0.5))
    return out


def _is_sentence(parse: Parse, quote: Quote) -> bool:
    """Whether a quotation is one sentence or more by itself."""
    low, high = parse.paragraph_at(quote.start)
    before = parse.text[low : quote.start]
    inner = parse.text[quote.start : quote.end].rstrip("”\"’' ")
    after = parse.text[quote.end : high].lstrip()
    return (
        inner[-1:] in (".", "!", "?", "…")
        and (not before.strip() or _SENTENCE_END.search(before) is not None)
        and (not after or after[0].isupper() or after[0] in '“"‘')
    )


def _person_beside(parse: Parse, quote: Quote) -> Offsets | None:
    low, high = parse.paragraph_at(quote.start)
    if parse.text[low : quote.start].strip():
        at = low + len(parse.text[low : quote.start].rstrip()) - 1
        return _subject(parse, *parse.sentence_at(at))
    at = quote.end + len(parse.text[quote.end : high]) - len(parse.text[quote.end : high].lstrip())
    return _subject(parse, *parse.sentence_at(at)) if at < high else None


def _subject(parse: Parse, start: int, end: int) -> Offsets | None:
    """The person that a sentence is about: the subject of its last main verb that is a name or a pronoun."""
    span = parse.doc.char_span(start, end, alignment_mode="expand")
    if span is None or parse.quote_at(start) is not None:
        return None
    for verb in (*reversed([c for c in span.root.conjuncts if c.i > span.root.i]), span.root):
        for subject in verb.children:
            named = subject.pos_ == "PROPN" and subject.ent_type_ in ("PERSON", "")
            if subject.dep_ in ("nsubj", "nsubjpass") and (named or subject.lower_ in _PERSONAL):
                return noun_phrase(subject)
    return None
