"""Events of a document in PLOVER: frames found in its sentences, their roles filled from the cast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from onrecord.actors.cast import Cast
from onrecord.actors.places import place_of
from onrecord.coding import grammar
from onrecord.coding.absent import absent
from onrecord.coding.attribution import Said
from onrecord.coding.frames import Frame, Lexicon, Match, load_frames
from onrecord.coding.kept import lemmas_of
from onrecord.coding.plover import plover
from onrecord.coding.roles import Roles, Sides
from onrecord.coding.status import status_of
from onrecord.record import Date, Event, Status
from onrecord.text.dates import DateMention, date_for
from onrecord.text.parse import Parse

_REPORTING = frozenset(
    ("say", "tell", "report", "announce", "add", "state", "declare", "quote", "claim", "note")
)
# Acts in words: what they speak of is their content, not another event of the sentence.
_VERBAL = frozenset(("ACCUSE", "AGREE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"))
_ASKING = frozenset(("REJECT", "REQUEST"))  # what is asked for or refused, if nothing else, is a change
_WORDS = _VERBAL | {"CONCEDE"}
# The scores from which the best reading of a sentence, and a further one, are believed.
_FIRST = 1.0
_SECOND = 2.0
_STEPS = {"acl": 2.0, "advcl": 3.0, "ccomp": 1.2, "conj": 0.0, "pcomp": 1.2, "relcl": 3.0, "xcomp": 1.2}
_APART = 2.0  # the most that the place of an act of somebody else's counts against it
_DEEP = 4.5  # deeper than this is not less likely
_OCCASION_CLAUSES = frozenset(("after", "although", "though", "when", "while"))
_OCCASION = frozenset(("during", "after", "following", "before", "since", "amid", "despite", "ahead"))
# Verbs whose infinitive is done: 'tried to kill' is an attack, 'the plan to kill' is none.
_IMPLYING = frozenset(
    ("attempt", "begin", "come", "continue", "go", "help", "manage", "proceed", "start", "try")
)
_SILENCE = frozenset(
    ("answer", "comment", "disclose", "elaborate", "identify", "name", "quote", "say", "speculate")
)
_REAL = frozenset(("happened", "ongoing", "earlier"))
_OUTSIDE = frozenset(("conj", "cc", "advcl", "nsubj", "nsubjpass", "punct", "aux", "auxpass"))


@dataclass(frozen=True, slots=True)
class _Candidate:
    match: Match
    sides: Sides
    status: Status
    score: float


def code_events(
    parse: Parse,
    cast: Cast,
    said: Sequence[Said] = (),
    dates: Sequence[DateMention] = (),
    frames: Lexicon | None = None,
) -> tuple[Event, ...]:
    """The events of a document, in the order of the text.

    ``said`` gives whose words the attributed stretches are, ``dates`` the days that the text names,
    ``frames`` what the predicates mean, the package's where None.
    """
    lexicon = load_frames() if frames is None else frames
    roles = Roles(parse, cast, said)
    chosen: list[_Candidate] = []
    for sentence in parse.doc.sents:
        if not parse.is_furniture(sentence.start_char):
            chosen.extend(_choose(_candidates(sentence, roles, lexicon)))
    return tuple(_event(f"e{n}", c, parse, roles, dates) for n, c in enumerate(chosen, 1))


def _candidates(sentence: Sentence, roles: Roles, lexicon: Lexicon) -> list[_Candidate]:
    """The readings of a sentence that hold: not denied, and with the actors that their frames require."""
    found: list[_Candidate] = []
    for match in lexicon.match(sentence):
        status = None if match.negated else _status(match)
        if status is None:
            continue
        sides = roles.sides(match)
        pair = match.frame.symmetric and len(sides.actor) > 1
        filled = {"actor": bool(sides.actor), "recipient": bool(sides.recipient) or pair, "pair": pair}
        filled["named"] = filled["recipient"] and not sides.inferred
        if _holds(match, sides, filled, roles):
            found.append(_Candidate(match, sides, status, _score(match, filled, status)))
    return found


def _holds(match: Match, sides: Sides, filled: Mapping[str, bool], roles: Roles) -> bool:
    """Whether the actors make an event: somebody acts or is acted upon, and nobody asks himself."""
    if not all(filled[role] for role in match.frame.requires) or not (sides.actor or sides.recipient):
        return False
    if match.frame.type in _WORDS and not sides.actor and _depth(match.head) > 0:
        return False
    if _tells(match) and match.inner is not None and _status(match.inner) not in _REAL:
        return False
    if match.frame.type == "REJECT" and _keeps_silent(match.head):
        return False
    if match.head.dep_ == "aux" and any(c.lower_ in ("if", "whether") for c in match.head.head.children):
        return False  # 'asked whether they should go'
    if match.frame.type == "REQUEST" and "speaker" in match.frame.roles["actor"]:
        return roles.parties(sides.actor).isdisjoint(roles.parties(sides.recipient))
    if _tells(match) or (match.frame.type == "ACCUSE" and match.frame.roles["actor"] == ("speaker",)):
        return roles.has_side(sides.actor) and roles.parties(sides.actor).isdisjoint(
            roles.parties(sides.recipient)
        )
    return True


def _tells(match: Match) -> bool:
    """Whether a frame makes an accusation of what somebody says that another has done."""
    return match.frame.type == "ACCUSE" and bool(match.frame.of)


def _keeps_silent(head: Token) -> bool:
    """Whether somebody declines to speak or to be named, which refuses the other side nothing."""
    return any(c.lemma_ in _SILENCE for c in grammar.children(head, "xcomp"))


def _status(match: Match) -> Status | None:
    if match.head.dep_ != "aux" or match.complement is None:
        return status_of(match.head)
    if match.frame.type == "THREATEN":
        return "threatened"
    return "happened" if match.frame.type in ("REQUEST", "REJECT") else status_of(match.complement)


def _score(match: Match, filled: Mapping[str, bool], status: Status) -> float:
    """How good a reading is: specific, with its roles filled, and near the top of the sentence."""
    score = 0.5 * min(match.weight, 11) + 3.0 * filled["actor"] + filled["recipient"] + filled["named"]
    score -= min(_depth(match.head), _APART if _apart(match) else _DEEP)
    if not grammar.is_verbal(match.head) and match.head.pos_ != "ADJ":
        score -= 2.0
    if status == "hypothetical":
        score -= 2.0
    if grammar.is_infinitive(match.head) and match.head.head.lemma_ not in _IMPLYING:
        score -= 2.0
    if status in ("proposed", "earlier"):
        score -= 1.0
    return score


def _depth(token: Token) -> float:
    """How far down a predicate stands: side clauses weigh most; what is reported counts as if alone."""
    depth = 0.0
    if token.dep_ == "aux":
        token = token.head
    while token.head != token and depth < 12:
        reported = token.dep_ in ("ccomp", "parataxis") and token.head.lemma_ in _REPORTING
        adds = token.dep_ == "advcl" and token.tag_ == "VBG" and token.lemma_ in _REPORTING
        if not reported:  # 'Oslo left, saying that …' goes on with what Oslo says
            depth += 1.2 if adds else _STEPS.get(token.dep_, 0.6)
        token = token.head
    return depth


def _choose(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The events of one sentence: acts that no other act takes in, the best reading of each predicate."""
    inside: set[int] = set()
    for c in candidates:
        inside |= _taken_in(c.match)
    kept: list[_Candidate] = []
    taken: set[int] = set()
    for c in sorted(candidates, key=lambda c: (-c.score, c.match.head.i, -c.match.weight, c.match.frame.id)):
        spots = {w.i for w in c.match.words}
        if (c.match.head.i in inside and not _apart(c.match)) or spots & taken:
            continue
        if c.score < _FIRST or (kept and not _second(kept[0], c)):
            continue
        kept.append(c)
        taken |= spots
    return sorted(kept, key=lambda c: c.match.head.i)


def _second(first: _Candidate, c: _Candidate) -> bool:
    """Whether a further reading is an act of its own: of another type, or said to others."""
    one, other = first.sides, c.sides
    addressed = {*other.recipient} - {*other.actor}
    apart = bool(addressed and one.recipient) and addressed != {*one.recipient}
    own = c.match.frame.type != first.match.frame.type or (c.match.frame.type in _VERBAL and apart)
    return own and bool(other.actor) and c.score >= _SECOND


def _taken_in(match: Match) -> set[int]:
    """The tokens whose acts are part of a match: its clause, and what its object and phrases speak of."""
    head = match.head
    if head.dep_ == "aux":
        roots = [c for c in head.head.children if c.dep_ not in _OUTSIDE or _purpose(c)]
        return {head.head.i} | {t.i for root in roots for t in root.subtree}
    told = _tells(match)  # what is told of happened, too
    roots = [] if match.complement is None or told else [match.complement]
    roots.extend(grammar.children(head, "dobj", "dative", "agent", "xcomp", "oprd"))
    roots.extend(c for c in grammar.children(head, "prep") if c.lower_ not in _OCCASION)
    if (match.frame.type in _VERBAL or match.complement is not None) and not told:
        roots.extend(grammar.children(head, "ccomp"))
    clauses = grammar.children(head, "advcl")
    roots.extend(c for c in clauses if match.frame.type == "PROTEST" or _purpose(c))
    within = {t.i for root in roots for t in root.subtree} - {head.i}
    out = [head.doc[i] for i in sorted(within) if head.doc[i].dep_ == "conj"]
    return within - {t.i for verb in out if grammar.leaves_clause(verb) for t in verb.subtree}


def _apart(match: Match) -> bool:
    """Whether an act is somebody else's: 'a charge that **Mali denied**', 'after **Oslo left**'."""
    clause = match.head
    doer = grammar.child(clause, "nsubj") if grammar.is_verbal(clause) else None
    if doer is None or doer.pos_ == "PRON":
        return False
    if clause.dep_ == "relcl":
        return match.frame.type == "REJECT"
    return clause.dep_ == "advcl" and any(c.lower_ in _OCCASION_CLAUSES for c in clause.children)


def _purpose(clause: Token) -> bool:
    return clause.dep_ == "advcl" and grammar.is_infinitive(clause)


def _event(event_id: str, c: _Candidate, parse: Parse, roles: Roles, dates: Sequence[DateMention]) -> Event:
    match, frame = c.match, c.match.frame
    start, end = parse.sentence_at(match.head.idx)
    first, last = match.words[0], match.words[-1]
    actor, recipient = c.sides.actor, c.sides.recipient
    if frame.type in _WORDS and not c.sides.inferred:
        recipient = _others(roles.cast, actor, recipient)
    place = place_of(parse, roles.cast, _heads(match), verbal=frame.type in _WORDS)
    if frame.symmetric and len(actor) > 1 and not recipient:
        actor, recipient = actor[:1], actor[1:]
    event_type, mode = frame.type or "", _mode(match)
    return Event(
        id=event_id,
        type=event_type,
        mode=mode,
        contexts=_contexts(frame, parse, start, end),
        cameo=frame.cameo,
        actor=actor,
        recipient=recipient,
        absent=absent(match, actor, recipient),
        place=place.name if place else None,
        place_info=place,
        quad=plover().quads[event_type],
        intensity=plover().score(event_type, mode),
        date=_date(match, parse, dates),
        status="planned" if c.status in _REAL and _is_plan(match) else c.status,
        according_to=roles.according_to(match.head.idx),
        span=parse.span(first.idx, last.idx + len(last)),
        sentence=parse.span(start, end),
        because=frame.id,
        confidence=round(min(0.95, 0.5 + 0.05 * max(c.score, 0) - 0.2 * c.sides.inferred), 2),
    )


def _is_plan(match: Match) -> bool:
    """Whether an agreement is but what somebody means to do: 'plans to send aid', 'will visit'."""
    return match.frame.type == "AGREE" and bool(match.frame.of)


def _date(match: Match, parse: Parse, dates: Sequence[DateMention]) -> Date | None:
    """The day of a predicate, or else of what it speaks of: 'agreed to meet **on Friday**'."""
    first, last, spoken = match.words[0], match.words[-1], match.complement
    found = date_for(dates, parse, first.idx, last.idx + len(last))
    if found is None and spoken is not None:
        return date_for(dates, parse, spoken.idx, spoken.idx + len(spoken))
    return found


def _others(cast: Cast, actor: tuple[str, ...], recipient: tuple[str, ...]) -> tuple[str, ...]:
    """The recipients of words without the speakers themselves and the side that they speak for."""
    own = {*actor, *(cast.party(a) for a in actor)}
    return tuple(r for r in recipient if r not in own)


def _heads(match: Match) -> tuple[Token, ...]:
    """The tokens that show the act, the predicate first."""
    return (match.head.head if match.head.dep_ == "aux" else match.head, *match.words)


def _mode(match: Match) -> str | None:
    frame = match.frame
    if frame.mode is not None or not frame.type:
        return frame.mode
    if match.inner is not None:
        inner, modes = match.inner.frame, plover().inner.get(frame.type, {})
        found = modes.get(f"{inner.type}/{inner.mode}", modes.get(inner.type or ""))
        if found is not None:
            return found
    return "change" if frame.type in _ASKING and match.complement is not None else None


def _contexts(frame: Frame, parse: Parse, start: int, end: int) -> tuple[str, ...]:
    span = parse.doc.char_span(start, end, alignment_mode="expand")
    lemmas = lemmas_of(span) if span is not None else []
    return tuple(sorted({*frame.contexts, *plover().contexts_of(lemmas)}))
