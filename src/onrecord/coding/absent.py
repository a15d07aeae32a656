"""Why an event has nobody on a side on which its frame expects somebody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.coding import grammar
from onrecord.coding.frames import Filler, Match
from onrecord.record import Absent

# The functions that of a verb belong to its object and name no doer: 'rejected Iran's offer'.
OF_NOUNS = frozenset(("possessor", "modifier", "governor"))
# Words that stand for somebody; a common noun in the recipient's place may well be a thing: 'the plan'.
_NAMING = ("PRON", "PROPN")


def absent(match: Match, actor: Sequence[str], recipient: Sequence[str]) -> tuple[Absent, ...]:
    """The reasons for the empty ones of the two sides that an event is given, the actor's first."""
    reasons: list[Absent] = []
    roles = match.frame.roles
    if not actor and roles.get("actor"):
        if any(_doers(match)):
            reasons.append("actor: not identified")
        elif agentless(match):
            reasons.append("actor: agentless passive")
        else:
            reasons.append("actor: none named")
    if not recipient and roles.get("recipient"):
        named = any(f.token.pos_ in _NAMING for f in match.roles.get("recipient", ()))
        reasons.append("recipient: not identified" if named else "recipient: none named")
    return tuple(reasons)


def agentless(match: Match) -> bool:
    """Whether a predicate is a passive without 'by': 'twelve dissidents were rounded up'."""
    return grammar.is_verbal(match.head) and grammar.is_passive(match.head) and not any(_doers(match))


def _doers(match: Match) -> Iterator[Filler]:
    verbal = grammar.is_verbal(match.head)
    return (f for f in match.roles.get("actor", ()) if not (verbal and f.function in OF_NOUNS))
