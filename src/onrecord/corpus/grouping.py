"""Copies, events and issues over many records without a dossier: one record at a time, in their order.

What is kept is what later records are compared with: signatures and shingles, tellings and issues; no text
and no record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.corpus import copies, events, issues
from onrecord.corpus.entries import Entries, IssueIn, Telling, entries_of
from onrecord.corpus.ids import event_id, unique_slug
from onrecord.record import Record


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the entries of one record belong: ``copy_of`` is the report that it copies, ``events`` the event
    of each telling by its id, ``issues`` the corpus issue of each of its issues by the local id."""

    report: str
    copy_of: str | None
    events: dict[str, str]
    issues: dict[str, str]


class Grouper:
    """Places records among those it has seen."""

    def __init__(self) -> None:
        self._texts: dict[str, copies.Prepared] = {}
        self._bands: dict[tuple[int, int], list[str]] = defaultdict(list)
        self._lead: dict[str, str] = {}
        self._tellings: dict[str, list[Telling]] = {}
        self._event_keys: dict[str, list[str]] = defaultdict(list)
        self._issues: dict[str, list[IssueIn]] = {}
        self._issue_keys: dict[str, list[str]] = defaultdict(list)

    def add(self, record: Record) -> Placed:
        """Places a record's entries. Records must have different document ids."""
        entries = entries_of(record)
        copy_of = self._copy_of(record.document.id, record.document.text)
        return Placed(record.document.id, copy_of, self._place_events(entries), self._place_issues(entries))

    def summary(self, event: str) -> events.Summary:
        """The event of this id, from the tellings that are not copies, where there are such."""
        told = self._tellings[event]
        own = [t for t in told if t.report not in self._lead]
        return events.merged(own or told)

    @property
    def event_ids(self) -> tuple[str, ...]:
        """The ids of all events, in the order in which they were founded."""
        return tuple(self._tellings)

    def _copy_of(self, report: str, text: str) -> str | None:
        prepared = copies.prepare(text)
        numbers = tuple(enumerate(copies.bands(prepared.signature)))
        candidates = {other: None for number in numbers for other in self._bands[number]}
        lead = None
        for other in candidates:
            if copies.copies(prepared, self._texts[other]):
                lead = self._lead.get(other, other)
                break
        self._texts[report] = prepared
        for number in numbers:
            self._bands[number].append(report)
        if lead is not None:
            self._lead[report] = lead
        return lead

    def _place_events(self, entries: Entries) -> dict[str, str]:
        placed = {}
        for telling in entries.tellings:
            names = events.keys(telling)
            candidates = {event: None for name in names for event in self._event_keys[name]}
            best = max(
                (
                    (_likeness(telling, self._tellings[event]), -i, event)
                    for i, event in enumerate(candidates)
                ),
                default=(0.0, 0, ""),
            )
            event = best[2] if best[0] >= events.SAME else event_id(telling.id)
            self._tellings.setdefault(event, []).append(telling)
            for name in names:
                if event not in self._event_keys[name]:
                    self._event_keys[name].append(event)
            placed[telling.id] = event
        return placed

    def _place_issues(self, entries: Entries) -> dict[str, str]:
        placed = {}
        for issue in entries.issues:
            names = issues.keys(issue)
            candidates = {name_of: None for name in names for name_of in self._issue_keys[name]}
            found = next(
                (c for c in candidates if any(issues.same_issue(issue, seen) for seen in self._issues[c])),
                None,
            )
            slug = found or issue.local
            if found is None and slug in self._issues:
                slug = unique_slug(slug, f"{issue.report}/{issue.local}")
            self._issues.setdefault(slug, []).append(issue)
            for name in names:
                if slug not in self._issue_keys[name]:
                    self._issue_keys[name].append(slug)
            placed[issue.local] = slug
        return placed


def _likeness(telling: Telling, told: Iterable[Telling]) -> float:
    """How surely a telling is of the event of these tellings: as of the likest."""
    return max(events.sameness(telling, other) for other in told)
