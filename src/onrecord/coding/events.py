"""Events of a document in PLOVER: frames found in its sentences, their roles filled from the cast."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.actors.cast import Cast
from onrecord.coding import grammar
from onrecord.coding.attribution import Said
from onrecord.coding.frames import Frame, Match, load_frames
from onrecord.coding.plover import plover
from onrecord.coding.roles import Roles
from onrecord.coding.status import status_of
from onrecord.record import Event, Status
from onrecord.text.dates import DateMention, date_for
from onrecord.text.parse import Parse


@dataclass(frozen=True, slots=True)
class _Candidate:
    match: Match
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    status: Status
    score: float


def code_events(
    parse: Parse, cast: Cast, said: Sequence[Said] = (), dates: Sequence[DateMention] = ()
) -> tuple[Event, ...]:
    """The events of a document, in the order of the text.

    ``said`` gives whose words the attributed stretches are, ``dates`` the days that the text names.
    """
    roles = Roles(parse, cast, said)
    lexicon = load_frames("frames")
    chosen: list[_Candidate] = []
    for sentence in parse.doc.sents:
        if parse.is_furniture(sentence.start_char):
            continue
        candidates = [c for m in _best_at_head(lexicon.match(sentence)) if (c := _candidate(m, roles))]
        chosen.extend(_choose(candidates))
    return tuple(_event(f"e{n}", c, parse, roles, dates) for n, c in enumerate(chosen, 1))


def _best_at_head(matches: Iterable[Match]) -> list[Match]:
    """All matches that are not denied, each head's best first."""
    return [m for m in matches if not m.negated]


def _candidate(match: Match, roles: Roles) -> _Candidate | None:
    frame = match.frame
    status = _status(match)
    if status is None:
        return None
    actor = roles.fill(match, "actor")
    recipient = tuple(a for a in roles.fill(match, "recipient") if a not in actor)
    filled = {"actor": actor, "recipient": recipient}
    if frame.symmetric and len(actor) > 1:
        filled["recipient"] = actor
    if any(not filled.get(role) for role in frame.requires):
        return None
    return _Candidate(match, actor, recipient, status, _score(match, actor, recipient, status))


def _status(match: Match) -> Status | None:
    head = match.head
    if head.dep_ == "aux" and match.complement is not None:
        status = status_of(match.complement)
        if match.frame.type == "THREATEN":
            return "threatened"
        return "happened" if match.frame.type in ("REQUEST", "REJECT") else status
    return status_of(head)


def _score(match: Match, actor: tuple[str, ...], recipient: tuple[str, ...], status: Status) -> float:
    """How good a reading is: specific, with its roles filled, and near the top of the sentence."""
    score = float(match.weight)
    score += 3.0 * bool(actor) + 2.0 * bool(recipient)
    score -= 0.8 * min(_depth(match.head), 6)
    if not grammar.is_verbal(match.head) and match.head.pos_ != "ADJ":
        score -= 3.0
    if status == "hypothetical":
        score -= 3.0
    if status in ("planned", "proposed", "earlier"):
        score -= 1.0
    return score


def _depth(token: Token) -> int:
    depth = 0
    if token.dep_ == "aux":
        token = token.head
    while token.head is not token and depth < 12:
        if token.dep_ not in ("conj", "ccomp") or token.head.lemma_ not in (
            "say",
            "tell",
            "report",
            "announce",
        ):
            depth += 1
        token = token.head
    return depth


def _choose(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The events of one sentence: the best reading, and others that are acts of their own."""
    kept: list[_Candidate] = []
    taken: set[int] = set()
    for c in sorted(candidates, key=lambda c: (-c.score, c.match.head.i, c.match.frame.id)):
        spots = {w.i for w in c.match.words}
        if spots & taken:
            continue
        if kept:
            continue
        kept.append(c)
        taken |= spots | _inside(c.match)
    return sorted(kept, key=lambda c: c.match.head.i)


def _inside(match: Match) -> set[int]:
    """The words of the acts that a match takes in."""
    inside: set[int] = set()
    if match.complement is not None:
        inside.add(match.complement.i)
    if match.inner is not None:
        inside |= {w.i for w in match.inner.words} | _inside(match.inner)
    return inside


def _event(event_id: str, c: _Candidate, parse: Parse, roles: Roles, dates: Sequence[DateMention]) -> Event:
    match, frame = c.match, c.match.frame
    assert frame.type is not None
    start, end = parse.sentence_at(match.head.idx)
    words = match.words
    first, last = words[0], words[-1]
    actor, recipient = c.actor, c.recipient
    if frame.symmetric and recipient:
        actor, recipient = actor + recipient, ()
    return Event(
        id=event_id,
        type=frame.type,
        mode=_mode(match),
        contexts=_contexts(frame, parse, start, end),
        cameo=frame.cameo,
        actor=tuple(dict.fromkeys(actor)),
        recipient=tuple(dict.fromkeys(recipient)),
        place=None,
        date=date_for(dates, parse, start, end),
        status=c.status,
        according_to=roles.according_to(match.head.idx),
        span=parse.span(first.idx, last.idx + len(last)),
        sentence=parse.span(start, end),
        because=frame.id,
        confidence=round(min(0.95, 0.5 + 0.04 * max(c.score, 0)), 2),
    )


def _mode(match: Match) -> str | None:
    frame = match.frame
    if frame.mode is None and frame.type and match.inner is not None:
        return plover().inner.get(frame.type, {}).get(match.inner.frame.type or "")
    return frame.mode


def _contexts(frame: Frame, parse: Parse, start: int, end: int) -> tuple[str, ...]:
    span = parse.doc.char_span(start, end, alignment_mode="expand")
    lemmas = [t.lemma_.lower() for t in span] if span is not None else []
    return tuple(sorted({*frame.contexts, *plover().contexts_of(lemmas)}))
