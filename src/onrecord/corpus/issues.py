"""Which issues of different reports are one."""

from __future__ import annotations

from onrecord.corpus.entries import IssueIn
from onrecord.corpus.words import content

FEW = 1  # content words; a label with no more says little, so parties and time must agree more
NEAR = 45  # days, for labels of few words
FAR = 730  # days


def keys(issue: IssueIn) -> tuple[str, ...]:
    """Blocking keys: two issues that can be one share one at least. Empty for a label that says nothing."""
    label = content(issue.label)
    return (" ".join(sorted(label)),) if label else ()


def same_issue(a: IssueIn, b: IssueIn) -> bool:
    """Whether two reports' issues are one, by label, topic, parties and time."""
    label = content(a.label)
    if not label or label != content(b.label) or (a.topic and b.topic and a.topic != b.topic):
        return False
    common = set(a.parties) & set(b.parties)
    if len(label) <= FEW:
        return bool(common) and _apart(a, b) <= NEAR
    return (bool(common) or not (a.parties and b.parties)) and _apart(a, b) <= FAR


def _apart(a: IssueIn, b: IssueIn) -> int:
    """Days between the reports; 0 where one has no day."""
    from datetime import date

    if not (a.published and b.published):
        return 0
    return abs((date.fromisoformat(a.published[:10]) - date.fromisoformat(b.published[:10])).days)
