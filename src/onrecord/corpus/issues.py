"""Which issues of different reports are one.

Conservative: what is general ('ceasefire') and what is special ('30-day unconditional ceasefire') are two
issues, and so are two that differ in any word which says what they are. Merging more is the user's.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from onrecord.corpus.entries import IssueIn
from onrecord.corpus.words import label, owned, turned

FEW = 1  # words; a label with no more says little, so parties and time must agree more
NEAR = 45  # days, for labels of few words
FAR = 730  # days


def keys(issue: IssueIn) -> tuple[str, ...]:
    """Blocking keys: two issues that can be one share one at least. Empty for a label that says nothing."""
    said = _label(issue.label)
    return (" ".join(sorted(said)),) if said else ()


def same_issue(a: IssueIn, b: IssueIn) -> bool:
    """Whether two reports' issues are one, by label, topic, parties and time."""
    said = _label(a.label)
    if not said or said != _label(b.label) or (a.topic and b.topic and a.topic != b.topic):
        return False
    if _turned_otherwise(a.label, b.label):
        return False
    if owned(a.label) or owned(b.label):
        return a.report == b.report or (len(a.parties) == 1 and a.parties == b.parties)
    common = set(a.parties) & set(b.parties)
    if len(said) <= FEW:  # half of those who stand on it in the report that names fewer of them
        fewer = min(len(set(a.parties)), len(set(b.parties)))
        return 2 * len(common) >= fewer > 0 and _apart(a, b) <= NEAR
    return (bool(common) or not (a.parties and b.parties)) and _apart(a, b) <= FAR


def _turned_otherwise(one: str, other: str) -> bool:
    """Whether two labels of the same words point another way: 'from' for 'to', or by another."""
    a, b = turned(one), turned(other)
    return bool(a and b and a != b)


@lru_cache(maxsize=1 << 16)
def _label(text: str) -> frozenset[str]:
    return label(text)


def _apart(a: IssueIn, b: IssueIn) -> int:
    """Days between the reports; 0 where the day of one is not known."""
    try:
        first, last = (date.fromisoformat((i.published or "")[:10]) for i in (a, b))
    except ValueError:
        return 0
    return abs((first - last).days)
