"""Which statements are about an encounter."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from onrecord.corpus.encounters import family, is_encounter
from onrecord.corpus.entries import Said, Telling
from onrecord.corpus.events import Summary, same_event

# Characters before and after a statement about an encounter in which the same speaker goes on about it.
BEFORE, AFTER = 150, 450
LEAST = 10  # characters of a statement that is known again in a sentence
_CALL = re.compile(r"\b(?:(?:tele)?phone|(?:phone )?calls?|conversations?|spoke)\b", re.I)
_MEETING = re.compile(r"\b(?:meetings?|met|visit|summit|session)\b", re.I)
# 'the talks' of one day; 'the peace talks' are a process.
_TALKS = re.compile(
    r"\b(?<!peace )(?:talks|discussions?|negotiations?)\s(?:\w+\s)?(?:were|was|went|had|as|ended|lasted|began"
    r"|took|covered|focused|yielded|made|brought|could|would)\b"
    r"|\b(?:during|in|at|after|following)\s(?:the|our|their|his|her|these|this)\s(?!peace)(?:\S+\s)?(?:talks|discussions?)\b",
    re.I,
)
_TO_COME = re.compile(
    r"\b(?:will|would|to|shall|should|going to|until|before|ahead of|future|next|further|more)\s"
    r"(?:\S+\s){0,3}?"
    r"(?:speak|meets?|meeting|call|phone|talks?|talk|hold|press|host|negotiations?|summit)\b",
    re.I,
)
_TAKE_PART = frozenset({"person", "state", "government", "organisation", "armed-group", "bloc"})
_STRETCH = " … "


def about(event: Summary, tellings: Iterable[Telling], statements: Iterable[Said]) -> tuple[Said, ...]:
    """The statements in which a side tells of an encounter that has been, in the order of the reports.

    These are a statement in the very sentence that tells of the encounter; one that speaks of 'the call' or
    'the talks', where it is the chief encounter of its side in that report; and what the same speaker says
    close by. What is said of a meeting to come is no account of it. ``tellings`` and ``statements`` are all
    those of the reports in which the event is told.
    """
    given = sorted(tellings, key=lambda t: t.id)
    own = [t for t in given if t.id in event.tellings]
    parties = {s.party for s in event.sides}
    others = [t for t in given if t not in own and _held(t)]
    chief = _chief(given)
    ordered = sorted((s for s in statements if s.told_by in parties), key=lambda s: (s.report, s.start, s.id))
    spoken = [
        s
        for s in ordered
        if _in_a_telling(s, own)
        or (_speaks_of(s, event) and _is_chief(s, own, chief) and not _in_a_telling(s, others))
    ]
    return tuple(s for s in ordered if any(s is r or _goes_on(s, r) for r in spoken))


def _in_a_telling(said: Said, tellings: list[Telling]) -> bool:
    """Whether a statement stands in the sentence of one of these tellings, or one of them rests on it."""
    stretches = [stretch.strip() for stretch in said.content.split(_STRETCH)]
    known = max(map(len, stretches)) >= LEAST
    return any(
        t.report == said.report
        and (t.according_to == said.id or (known and all(stretch in t.sentence for stretch in stretches)))
        for t in tellings
    )


def _held(telling: Telling) -> bool:
    """Whether a telling is of an encounter of those who negotiate, and not of a briefing of reporters."""
    return is_encounter(family(telling), telling.mode) and all(s.kind in _TAKE_PART for s in telling.sides)


def _speaks_of(said: Said, event: Summary) -> bool:
    """Whether a statement names an encounter of this kind."""
    text = _TO_COME.sub(" ", f"{said.cue} {said.content}")
    kind = _CALL if event.mode == "phone" else _MEETING
    return bool(kind.search(text) or _TALKS.search(text))


def _goes_on(said: Said, first: Said) -> bool:
    """Whether the speaker of ``first`` goes on in ``said``."""
    same = (said.report, said.speaker, said.told_by) == (first.report, first.speaker, first.told_by)
    return same and first.start - BEFORE <= said.start <= first.start + AFTER


def _chief(tellings: list[Telling]) -> dict[tuple[str, str], Telling]:
    """A telling of the encounter of which most is told, for each report and party of it."""
    groups: dict[str, list[list[Telling]]] = defaultdict(list)
    for t in tellings:
        if t.type == family(t) and _held(t):
            for group in groups[t.report]:
                if any(same_event(t, other) for other in group):
                    group.append(t)
                    break
            else:
                groups[t.report].append([t])
    found: dict[tuple[str, str], Telling] = {}
    for report, of_report in sorted(groups.items()):
        for group in sorted(of_report, key=lambda g: (-len(g), g[0].id)):
            for party in sorted({p for t in group for p in t.parties}):
                found.setdefault((report, party), group[0])
    return found


def _is_chief(said: Said, own: list[Telling], chief: dict[tuple[str, str], Telling]) -> bool:
    """Whether the encounter is the one that its side would be understood to speak of in that report."""
    first = chief.get((said.report, said.told_by or ""))
    return first is None or any(
        t.id == first.id or same_event(t, first) for t in own if t.report == said.report
    )
