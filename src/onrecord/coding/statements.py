"""Statements of the record: attributions with their people, channel and day."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Span

from onrecord.actors.cast import Cast, Reference
from onrecord.coding.attribution import Attribution, Held, Offsets, Said
from onrecord.coding.cues import cues
from onrecord.coding.kept import words_of
from onrecord.coding.relayed import QUOTES
from onrecord.record import Actor, Date, Statement
from onrecord.text.dates import DateMention, date_for
from onrecord.text.parse import Parse

_SPEAKING = frozenset(("address", "appear", "speak", "talk", "testify", "write"))


def identify(
    parse: Parse, cast: Cast, attributions: Sequence[Attribution], publisher: Actor | None = None
) -> tuple[Said, ...]:
    """The attributions with their speakers and relayers resolved, in the order given.

    ``publisher`` is the government body whose readout this is: it relays all that it does not say itself.

    Left out are those whose words are a bare pronoun ('which Kyiv had accepted').
    """
    attributions = [a for a in attributions if not _says_nothing(parse, a)]
    speakers = [_actors(parse, cast, a.speaker) for a in attributions]
    held = Held(attributions)
    said = []
    for i, attribution in enumerate(attributions):
        via = [_actors(parse, cast, v) for v in attribution.via]
        at = attribution.cue or attribution.speaker
        outer = [
            speakers[j]
            for j in (held.at(at[0]) if at else ())
            if j != i and _encloses(attributions[j], attribution) and speakers[j] != speakers[i]
        ]
        chain = [ids[0] for ids in (*outer, *via) if ids]
        if publisher is not None and publisher.id not in speakers[i]:
            chain.insert(0, publisher.id)
        relayers = tuple(dict.fromkeys(chain))
        said.append(Said(f"s{i + 1}", attribution, speakers[i], relayers))
    return tuple(said)


def with_publisher(cast: Cast, said: Sequence[Said], publisher: Actor | None) -> Cast:
    """The cast with the publisher in it, where it relays something and the text itself does not name it."""
    if publisher is None or publisher.id in {a.id for a in cast.actors}:
        return cast
    if not any(publisher.id in item.via for item in said):
        return cast
    return replace(cast, actors=(*cast.actors, publisher))


def _says_nothing(parse: Parse, attribution: Attribution) -> bool:
    spans = [parse.doc.char_span(*c, alignment_mode="expand") for c in attribution.content]
    tokens = [token for span in spans if span is not None for token in span]
    return len(tokens) == 1 and tokens[0].pos_ in ("PRON", "DET")


def quoted_speakers(parse: Parse, said: Sequence[Said]) -> list[tuple[Offsets, str]]:
    """The quotations whose speaker is known: readable offsets and the actor id, for 'I' and 'we' in them."""
    starts = [quote.start for quote in parse.quotes]
    found = []
    for item in said if starts else ():
        near = {
            k
            for s, e in item.attribution.content
            for k in range(bisect_left(starts, s - 1), bisect_left(starts, e + 1))
        }
        for quote in (parse.quotes[k] for k in sorted(near) if item.speakers):
            inside = any(s <= quote.start + 1 and quote.end <= e + 1 for s, e in item.attribution.content)
            if quote.depth == 1 and inside:
                found.append(((quote.start, quote.end), item.speakers[0]))
    return found


def _encloses(outer: Attribution, inner: Attribution) -> bool:
    """Whether one attribution's words contain the other's cue and words."""
    at = inner.cue or inner.speaker
    if at is None:
        return False
    return any(
        start <= at[0] and at[1] <= end and start <= inner.content[0][0] and inner.content[-1][1] <= end + 1
        for start, end in outer.content
    )


def _actors(parse: Parse, cast: Cast, mention: Offsets | None) -> tuple[str, ...]:
    """The ids of the actors that a mention refers to; several where names are joined by 'and'."""
    if mention is None:
        return ()
    reference = _main_reference(parse, cast, mention)
    if reference is None:
        return ()
    head = parse.doc[reference.head]
    if reference.because.startswith("unnamed/"):  # 'their leaders, Maria Lindqvist and Oskar Hellman'
        name = next((c for c in head.rights if c.dep_ == "appos" and c.pos_ == "PROPN"), None)
        named = cast.at(name) if name is not None and name.idx < mention[1] else None
        reference, head = (named, name) if named and named.actors and name is not None else (reference, head)
    ids = list(reference.actors)
    for joined in head.conjuncts:
        if joined.i > head.i and mention[0] <= joined.idx < mention[1]:
            other = cast.at(joined)
            ids.extend(other.actors if other else ())
    return tuple(dict.fromkeys(ids))


def _main_reference(parse: Parse, cast: Cast, mention: Offsets) -> Reference | None:
    """The reference at the syntactic head of a mention or beside it in apposition ('one of his men, X'), else
    the first that begins inside it and is no mere owner ('his')."""
    span = parse.doc.char_span(*mention, alignment_mode="expand")
    if span is not None and len(span):
        beside = [c for c in span.root.rights if c.dep_ == "appos" and c.idx < mention[1]]
        for token in (span.root, *beside):
            reference = cast.at(token)
            if reference is not None and reference.actors:
                return reference
    inside = [r for r in cast.within(*mention) if r.actors and not _in_clause(parse, r, span)]
    return next((r for r in inside if parse.doc[r.head].dep_ != "poss"), inside[0] if inside else None)


def _in_clause(parse: Parse, reference: Reference, span: Span | None) -> bool:
    """Whether a reference stands in a clause that describes the head: 'a draft seen by the newspaper'."""
    token = parse.doc[reference.head]
    while span is not None and span.start <= token.i < span.end and token != span.root:
        if token.dep_ in ("acl", "relcl"):
            return True
        token = token.head
    return False


def write_statements(
    parse: Parse, cast: Cast, said: Sequence[Said], dates: Sequence[DateMention]
) -> tuple[Statement, ...]:
    """The record's statements."""
    return tuple(_statement(parse, cast, item, dates) for item in said)


def _statement(parse: Parse, cast: Cast, said: Said, dates: Sequence[DateMention]) -> Statement:
    a = said.attribution
    return Statement(
        id=said.statement,
        speaker=said.speakers[0] if said.speakers else None,
        speaker_span=parse.span(*a.speaker) if a.speaker else None,
        via=said.via,
        addressee=_addressee(parse, cast, a),
        cue=parse.span(*a.cue) if a.cue else None,
        content=tuple(parse.span(*c) for c in a.content),
        kind=a.kind,
        channel=_channel(parse, a),
        said_on=_said_on(parse, a, dates),
        because=a.because,
        confidence=round(a.confidence, 2),
    )


def _said_on(parse: Parse, a: Attribution, dates: Sequence[DateMention]) -> Date | None:
    """The day that the cue's clause names, else the document's day."""
    at = a.cue or a.speaker
    if at is not None:
        start, end = parse.sentence_at(at[0])
        # Dates are in order: those of the sentence are enough.
        named = dates[bisect_left(dates, start, key=_start) : bisect_left(dates, end, key=_start)]
        outside = [d for d in named if not any(s <= d.start < e for s, e in a.content)]
        date = date_for(outside, parse, start, end)
        date = date or _spoke_on(parse, outside, at[0], end)
        if date is not None:
            return date
    published = parse.document.published
    return Date(from_=published, to=published, precision="day") if published else None


def _start(mention: DateMention) -> int:
    return mention.start


def _spoke_on(parse: Parse, dates: Sequence[DateMention], cue: int, end: int) -> Date | None:
    """'Speaking on Monday, X said', 'The bridge, X said on Monday, …': the day by a verb of speaking."""
    start, _ = parse.sentence_at(cue)
    for mention in dates:
        token = parse.token_at(mention.start)
        while token is not None and token.pos_ != "VERB" and token.head != token:
            token = token.head
        if token is None or not start <= mention.start < end:
            continue
        if token.idx == cue or (token.lemma_ in _SPEAKING and token.tag_ == "VBG"):
            return mention.date
    return None


def _addressee(parse: Parse, cast: Cast, a: Attribution) -> str | None:
    """Whom the cue's verb addresses ('told Reuters', 'said to Putin'), None where nobody is named."""
    verb = parse.token_at(a.cue[0]) if a.cue else None
    if verb is None or verb.lemma_ in QUOTES:
        return None
    for child in verb.children:
        target = child if child.dep_ in ("dobj", "dative") and verb.lemma_ not in ("say", "call") else None
        if child.dep_ in ("prep", "dative") and child.lower_ == "to":
            target = next((c for c in child.children if c.dep_ == "pobj"), None)
        if target is not None and not any(s <= target.idx < e for s, e in a.content):
            reference = cast.at(target)
            if reference is not None and reference.actors:
                return reference.actors[0]
    return None


def _channel(parse: Parse, a: Attribution) -> str | None:
    """The channel that the cue's verb or its sentence tells of, None where the text is silent."""
    verb = parse.token_at(a.cue[0]) if a.cue else None
    if verb is None:
        return None
    if verb.lemma_.lower() in ("tweet", "retweet", "post"):
        return "post"
    channel_of = cues().channel_of
    if channel_of.keys().isdisjoint(word.rstrip(".") for word in words_of(verb.sent)):
        return None
    first = verb.head if verb.dep_ == "conj" else verb  # 'In a statement, X condemned this and said that'
    for token in (*verb.subtree, *(t for t in first.subtree if t.i < first.i)):
        noun = token.lemma_.lower().rstrip(".")
        if noun not in channel_of or token.dep_ not in ("pobj", "dobj", "compound", "dative"):
            continue
        if not any(s <= token.idx < e for s, e in a.content):
            return channel_of[noun]
    return None
