"""The attributions of a document: what the learned tagger finds, or the rules where it is missing, mended by
what can be known for sure and filled up by what is too rare in its training data to be learned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from onrecord.coding import rules
from onrecord.coding.attribution import Attribution, Held
from onrecord.coding.cues import Cues, cues
from onrecord.coding.mend import divided, mended, shared, undivided
from onrecord.coding.nested import relayed_once, with_nested
from onrecord.coding.phrases import attribute_alone, attribute_phrases, attribute_readout
from onrecord.coding.quoted import attribute_quotations
from onrecord.coding.relayed import attribute_relayed, relayed_by
from onrecord.coding.reliability import reliable
from onrecord.coding.silence import says_something
from onrecord.coding.spans import kind_of
from onrecord.coding.tagger import Tagger
from onrecord.coding.transcript import attribute_turns
from onrecord.text.parse import Parse
from onrecord.text.stretches import Stretches


def attributions(parse: Parse, tagger: Tagger | None, *, readout: bool = False) -> tuple[Attribution, ...]:
    """Who is given which words, in order of their first words; an inner attribution after its outer one.

    ``readout`` tells that a government body published the text, where 'stressed the need for' reports words.
    """
    found = found_attributions(parse, tagger, readout=readout)
    return reliable(parse, found) if tagger else found


def found_attributions(
    parse: Parse, tagger: Tagger | None, *, readout: bool = False
) -> tuple[Attribution, ...]:
    """All that the tagger and the rules find, also what is hardly likely."""
    lexicon = cues()
    quotations = attribute_quotations(parse, lexicon)
    by_rules = divided(parse, rules.attribute(parse, quotations))
    told = divided(parse, undivided(parse, tagger.attribute(parse))) if tagger else by_rules
    found = shared(parse, [mended(parse, a) for a in told])
    found = _instead(found, attribute_relayed(parse, lexicon))
    found = _instead(found, attribute_phrases(parse, lexicon))
    found = [replace(a, via=a.via or relayed_by(parse, a)) for a in found]
    if tagger:
        sure = [a for a in quotations if a.cue is not None and a.speaker is not None]
        found = _beside(found, [mended(parse, a) for a in sure])
    if readout:
        found = _instead(found, attribute_readout(parse, lexicon))
    given = [a for a in found if a.cue is not None or a.speaker is not None]
    found = _beside(
        _beside(given, attribute_alone(parse, given)),
        (a for a in found if a.cue is None and a.speaker is None),
    )
    found = [a for a in found if says_something(parse, a, found)]
    found = _beside(attribute_turns(parse), found)
    if tagger:
        more = [mended(parse, a) for a in _spoken(parse, lexicon, found, by_rules)]
        found = _beside(found, (a for a in more if says_something(parse, a, found)))
        found = list(with_nested(parse, found, [mended(parse, a) for a in by_rules]))
    found = relayed_once(parse, found)
    finished = (replace(a, kind=kind_of(parse.text, parse.quotes, a.content)) for a in found)
    return tuple(
        sorted(finished, key=lambda a: (a.content[0][0], -a.content[-1][1], a.content, a.cue or (0, 0)))
    )


def _spoken(
    parse: Parse, lexicon: Cues, found: Sequence[Attribution], by_rules: Sequence[Attribution]
) -> Iterator[Attribution]:
    """What the rules alone find by a verb of speech or a noun with a clause ('his claim that')."""
    words, known_cues = Held(found), _cues(found)
    for a in by_rules:
        cue = parse.token_at(a.cue[0]) if a.cue is not None else None
        if a.cue is None or cue is None or a.speaker is None or parse.quote_at(cue.idx) is not None:
            continue
        spoken = a.because == "attribution/clause" and cue.lemma_ in lexicon.speech
        known = words.meeting(*a.cue) or known_cues.meeting(*a.cue)
        if (spoken or a.because == "attribution/noun-clause") and not known:
            yield a


def _instead(found: Sequence[Attribution], better: Sequence[Attribution]) -> list[Attribution]:
    """All that is better, and what was found elsewhere."""
    words, better_cues = Held(better), _cues(better)
    kept = []
    for a in found:
        near = {i for c in a.content for i in words.meeting(*c)}
        same_cue = a.cue is not None and better_cues.meeting(*a.cue)
        part = a.speaker is None and any(_holds(better[i], a) for i in near)
        if not (same_cue or part or any(_same_words(a, better[i]) for i in near)):
            kept.append(a)
    return [*kept, *better]


def _beside(found: Sequence[Attribution], more: Iterable[Attribution]) -> list[Attribution]:
    """What was found, and more where none of its words were given to anybody."""
    taken = Held(found)
    return [*found, *(a for a in more if not any(taken.meeting(*c) for c in a.content))]


def _cues(found: Sequence[Attribution]) -> Stretches:
    return Stretches(a.cue for a in found if a.cue is not None)


def _holds(a: Attribution, b: Attribution) -> bool:
    """Whether all words of the second are among those of the first."""
    return all(any(s <= r and f <= e + 1 for s, e in a.content) for r, f in b.content)


def _same_words(a: Attribution, b: Attribution) -> bool:
    """Whether the two give largely the same words."""
    shared = sum(max(0, min(e, f) - max(s, r)) for s, e in a.content for r, f in b.content)
    return shared > 0.6 * max(sum(e - s for s, e in a.content), sum(f - r for r, f in b.content))
