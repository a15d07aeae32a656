"""Which issue is a special case of which: '30-day unconditional ceasefire' of 'unconditional ceasefire'."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from onrecord.coding.issue_phrases import Phrase
from onrecord.coding.topics import load_topics

# Modifiers of what is over: a 'failed truce' is no kind of truce that could be on the table.
_PAST = frozenset(
    ("collapse", "collapsed", "earlier", "fail", "failed", "former", "last", "old", "previous", "so-called")
)
_TIMES = frozenset(("day", "hour", "month", "week", "year"))


def broader(known: Sequence[tuple[str, Phrase, str | None]]) -> dict[str, tuple[str, ...]]:
    """For each of the issues, given with phrase and topic, the ids of those of which it is a special case."""
    often = Counter(word for _, phrase, _ in known for word in phrase.modifiers)
    # A special case has all words of the general one: it is enough to look where its rarest leads.
    by: dict[str, list[int]] = {}
    for i, (_, phrase, _) in enumerate(known):
        rarest = min(phrase.modifiers - phrase.aside, key=lambda w: (often[w], w), default="")
        by.setdefault(rarest, []).append(i)
    links = {}
    for one, phrase, topic in known:
        near = sorted(i for word in ("", *(phrase.modifiers - phrase.aside)) for i in by.get(word, ()))
        links[one] = tuple(
            known[i][0]
            for i in near
            if known[i][0] != one and known[i][2] == topic and is_special_case(phrase, known[i][1])
        )
    return links


def is_special_case(phrase: Phrase, general: Phrase) -> bool:
    """Whether a phrase says all that another says, and more, of the same kind of thing.

    A bare 'plan' or 'demand' is no kind of thing, nor is a bare verb; and where the general one names a place
    the special one may name no other.
    """
    topics = load_topics()
    if phrase.clause is not general.clause:
        return False
    if topics.same.get(phrase.head, phrase.head) != topics.same.get(general.head, general.head):
        return False
    if not general.modifiers and (general.clause or general.head in topics.kin):
        return False
    kind, special = general.modifiers - general.aside, phrase.modifiers - phrase.aside
    if not kind < special and not (special == kind and phrase.modifiers > general.modifiers):
        return False
    if general.clause and not kind:
        return False
    if (phrase.modifiers - general.modifiers) & _PAST:
        return False
    return not general.aside or _places(phrase) <= general.modifiers


def _places(phrase: Phrase) -> frozenset[str]:
    return frozenset(
        word for word in phrase.names - phrase.aside if word not in _TIMES and not any(map(str.isdigit, word))
    )
