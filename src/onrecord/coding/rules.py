"""Attribution by rules: cue words, the parse, and quotation marks. Used where no learned tagger is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.symbols import NOUN, VERB
from spacy.tokens import Token

from onrecord.coding.attribution import Attribution, Offsets
from onrecord.coding.cues import Cues, cues
from onrecord.coding.quoted import attribute_quotations
from onrecord.coding.spans import kind_of, name_at, noun_phrase, subject_of, subtree, trim
from onrecord.text.parse import Parse
from onrecord.text.stretches import Stretches


def attribute(parse: Parse, quotations: Sequence[Attribution] | None = None) -> tuple[Attribution, ...]:
    """The attributions of a parse, in order of their first content.

    ``quotations`` are those of ``attribute_quotations``, which is asked for them where None.
    """
    lexicon = cues()
    clauses = [a for a in _clauses(parse, lexicon) if not parse.is_furniture(a.content[0][0])]
    quotations = attribute_quotations(parse, lexicon) if quotations is None else quotations
    merged = _merge(clauses, quotations)
    finished = (replace(a, kind=kind_of(parse.text, parse.quotes, a.content)) for a in merged)
    return tuple(sorted(finished, key=lambda a: (a.content[0], a.content)))


def _merge(clauses: list[Attribution], quotations: Sequence[Attribution]) -> list[Attribution]:
    """One attribution a cue: a quotation that a clause already holds adds nothing of its own."""
    kept: list[Attribution] = []
    quoted_cues = {q.cue for q in quotations if q.cue}
    owners = [clause for clause in clauses for _ in clause.content]
    contents = Stretches(span for clause in clauses for span in clause.content)
    for quotation in quotations:
        near = [owners[i] for a, b in quotation.content for i in contents.meeting(a - 1, b + 1)]
        if any(_covers(clause, quotation) for clause in near):
            continue
        if quotation.cue is None and any(_overlaps(clause, quotation) for clause in near):
            continue  # a quotation that never closed holds a clause and its cue
        kept.append(quotation)
    covered = {q.cue for q in quotations} - {q.cue for q in kept}
    by_cue: dict[Offsets | None, list[Attribution]] = {}
    for quotation in kept:
        by_cue.setdefault(quotation.cue, []).append(quotation)
    for clause in clauses:
        same = by_cue.setdefault(clause.cue, [])
        if clause.cue in quoted_cues and clause.cue not in covered and _touches(clause, same):
            continue
        kept.append(clause)
        same.append(clause)
    return kept


def _covers(clause: Attribution, quotation: Attribution) -> bool:
    return all(any(s <= a + 1 and b - 1 <= e for s, e in clause.content) for a, b in quotation.content)


def _overlaps(clause: Attribution, quotation: Attribution) -> bool:
    return any(s < b and a < e for s, e in clause.content for a, b in quotation.content)


def _touches(clause: Attribution, others: list[Attribution]) -> bool:
    (start, end) = clause.content[0]
    return any(a < end and start < b for q in others for a, b in q.content)


def _clauses(parse: Parse, lexicon: Cues) -> Iterator[Attribution]:
    for token in parse.doc:
        if token.lower_ == "according":
            yield from _according_to(parse, token)
        elif token.pos == VERB:
            yield from _verb_clause(parse, lexicon, token)
            yield from _aside(parse, lexicon, token)
            yield from _naming(parse, lexicon, token)
        elif token.pos == NOUN and token.lemma_ in lexicon.nouns:
            yield from _noun_clause(parse, token)


def _verb_clause(parse: Parse, lexicon: Cues, verb: Token) -> Iterator[Attribution]:
    clause = _complement(lexicon, verb)
    if clause is None:
        return
    negated = any(child.dep_ == "neg" for child in verb.children)
    if negated and verb.lemma_ not in lexicon.belief:
        return
    speaker = subject_of(verb)
    start, end = subtree(clause)
    if start < verb.idx:  # 'X is Y, officials said': the clause stands before its cue
        end = min(end, _before(verb, speaker))
    if clause.dep_ in ("xcomp", "ccomp") and verb.lemma_ in lexicon.request:
        recipient = next((c for c in verb.children if c.dep_ in ("dobj", "dative")), None)
        if recipient is not None and recipient.i < clause.i and clause.dep_ == "xcomp":
            start = min(start, subtree(recipient)[0])
    content = trim(parse.text, start, end)
    if content is None or content[0] <= verb.idx < content[1]:
        return
    sure = verb.lemma_ in lexicon.clause or verb.lemma_ in lexicon.writing
    yield Attribution(
        speaker=noun_phrase(speaker) if speaker is not None else None,
        cue=(verb.idx, verb.idx + len(verb)),
        content=(content,),
        kind="indirect",
        because="attribution/clause",
        confidence=0.8 if sure else 0.6,
    )


def _complement(lexicon: Cues, verb: Token) -> Token | None:
    """The clause that is the content of a cue verb, None where it takes none here."""
    lemma = verb.lemma_.lower()
    wants: tuple[str, ...]
    if lemma in lexicon.clause or lemma in lexicon.writing or lemma in lexicon.belief:
        wants = ("ccomp",) if lemma not in ("want", "expect", "hope") else ("ccomp", "xcomp")
    elif lemma in lexicon.request or lemma in lexicon.promise:
        wants = ("xcomp", "ccomp")
    else:
        return None
    if lemma in ("admit", "deny"):
        gerund = next((c for c in verb.children if c.dep_ == "xcomp" and _is_gerund(c)), None)
        if gerund is not None:
            return gerund
    if lemma == "deny" and not any(c.dep_ == "ccomp" for c in verb.children):  # 'denied any role'
        return next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    return next(
        (c for c in verb.children if c.dep_ in wants and c.pos_ in ("VERB", "AUX", "ADJ", "NOUN")), None
    )


def _is_gerund(verb: Token) -> bool:
    return verb.tag_ == "VBG" or any(c.tag_ == "VBG" for c in verb.children if c.dep_ == "aux")


def _aside(parse: Parse, lexicon: Cues, verb: Token) -> Iterator[Attribution]:
    """'The harbour, X said, would stay closed': the clause around the cue."""
    if verb.dep_ != "parataxis" or verb.lemma_ not in lexicon.clause:
        return
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    if subject is None:
        return
    begin, end = subtree(subject)[0], verb.idx + len(verb)
    text, (start, stop) = parse.text, subtree(verb.head)
    if not start < begin or stop <= end or text[:begin].rstrip()[-1:] != "," or text[end : end + 1] != ",":
        return
    if parse.quote_at(start) is not None or parse.quote_at(verb.idx) is not None:
        return
    stop = stop - 1 if text[stop - 1] == "." else stop
    content = tuple(c for c in (trim(text, start, begin), trim(text, end, stop)) if c is not None)
    if content:
        yield Attribution(
            speaker=noun_phrase(subject),
            cue=(verb.idx, end),
            content=content,
            kind="indirect",
            because="attribution/clause",
            confidence=0.7,
        )


def _naming(parse: Parse, lexicon: Cues, verb: Token) -> Iterator[Attribution]:
    """'called the offer “an insult”': the thing named and the name in quotation marks."""
    if verb.lemma_ not in lexicon.naming or parse.quote_at(verb.idx) is not None:
        return
    if verb.dep_ == "acl" and verb.tag_ == "VBN":  # 'a ship called “…”' is named, it names nothing
        return
    start, end = verb.idx + len(verb), subtree(verb)[1]
    quotes = parse.quotes_from(start + 1, end)
    subject = subject_of(verb)
    content = trim(parse.text, start, quotes[-1].end) if quotes else None
    if content is not None and subject is not None:
        yield Attribution(
            speaker=noun_phrase(subject),
            cue=(verb.idx, start),
            content=(content,),
            kind="mixed",
            because="attribution/clause",
            confidence=0.7,
        )


def _before(verb: Token, speaker: Token | None) -> int:
    """Where the words before a cue end: at the cue, or at its subject where that comes first."""
    if speaker is not None and speaker.i < verb.i:
        return min(verb.idx, subtree(speaker)[0])
    return verb.idx


def _noun_clause(parse: Parse, noun: Token) -> Iterator[Attribution]:
    clause = next((c for c in noun.children if c.dep_ == "acl" and c.pos_ in ("VERB", "AUX")), None)
    if clause is None or not any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children):
        return
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is None:
        return
    content = trim(parse.text, *subtree(clause))
    if content is not None:
        yield Attribution(
            speaker=noun_phrase(owner),
            cue=(noun.idx, noun.idx + len(noun)),
            content=(content,),
            kind="indirect",
            because="attribution/noun-clause",
            confidence=0.6,
        )


def _clause_end(parse: Parse, source: Token) -> int:
    """Where a clause that describes a source ends: 'a draft seen by the newspaper'."""
    ends = [c.right_edge for c in source.rights if c.dep_ in ("acl", "relcl") and c.i < source.i + 3]
    end = ends[0].idx + len(ends[0]) if ends else 0
    comma = parse.text.find(",", source.idx, end)
    return comma if comma >= 0 else end


def _according_to(parse: Parse, token: Token) -> Iterator[Attribution]:
    to = parse.doc[token.i + 1] if token.i + 1 < len(parse.doc) else None
    if to is None or to.lower_ != "to":
        return
    source = next((c for c in to.children if c.dep_ == "pobj"), None)
    if source is None:
        return
    speaker = name_at(parse, source.left_edge.idx) or noun_phrase(source)
    start, end = parse.sentence_at(token.idx)
    if parse.text[end - 1] == ".":
        end -= 1
    after = trim(parse.text, max(speaker[1], _clause_end(parse, source)), end)
    before = trim(parse.text, start, token.idx)
    content = tuple(c for c in ((after,) if token.idx - start < 4 else (before, after)) if c is not None)
    if content:
        yield Attribution(
            speaker=speaker,
            cue=(token.idx, to.idx + 2),
            content=content,
            kind="indirect",
            because="attribution/according-to",
            confidence=0.85,
        )
