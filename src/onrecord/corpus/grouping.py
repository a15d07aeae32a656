"""Copies, events and issues over many records without a dossier: one record at a time, in their order.

What is kept is what later records are compared with: signatures and shingles, tellings and issues; no text
and no record.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.corpus import copies, events, issues
from onrecord.corpus.entries import Entries, IssueIn, Telling, entries_of
from onrecord.corpus.ids import event_id, unique_slug
from onrecord.corpus.summary import Summary, merged
from onrecord.record import Record

COMPARED = 12  # entries at either end of a group that a new one is compared with


@dataclass(frozen=True, slots=True)
class _Kept:
    """A text as it is kept, in a seventh of the room that sets take."""

    signature: copies.Signature
    shingles: array[int]
    head: array[int]
    length: int

    @classmethod
    def of(cls, made: copies.Prepared) -> _Kept:
        return cls(
            made.signature, array("Q", sorted(made.shingles)), array("Q", sorted(made.head)), made.length
        )

    def prepared(self) -> copies.Prepared:
        return copies.Prepared(self.signature, frozenset(self.shingles), frozenset(self.head), self.length)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the entries of one record belong: ``copy_of`` is the report that it copies, ``events`` the event
    of each telling by its id, ``issues`` the corpus issue of each of its issues by the local id."""

    report: str
    copy_of: str | None
    events: dict[str, str]
    issues: dict[str, str]


class _Index:
    """Numbers by key, most keys with one: a number stands alone until a second comes."""

    def __init__(self) -> None:
        self._held: dict[int, int | tuple[int, ...]] = {}

    def __getitem__(self, key: int) -> tuple[int, ...]:
        held = self._held.get(key, ())
        return held if isinstance(held, tuple) else (held,)

    def add(self, key: int, number: int) -> None:
        held = self[key]
        if number not in held:
            self._held[key] = (*held, number) if held else number

    def all(self, keys: Iterable[int]) -> list[int]:
        """The numbers under any of these keys, sorted."""
        return sorted({number for key in keys for number in self[key]})


class Grouper:
    """Places records among those it has seen, in the order in which they come."""

    def __init__(self) -> None:
        self._reports: list[str] = []
        self._texts: list[_Kept] = []
        self._bands = _Index()
        self._lead: dict[str, str] = {}
        self._events: list[str] = []
        self._tellings: dict[str, list[Telling]] = {}
        self._event_keys = _Index()
        self._issues: dict[str, list[IssueIn]] = {}
        self._issue_keys: dict[str, list[str]] = defaultdict(list)

    def add(self, record: Record) -> Placed:
        """Places a record's entries. Records must have different document ids."""
        entries = entries_of(record)
        copy_of = self._copy_of(record.document.id, record.document.text)
        return Placed(record.document.id, copy_of, self._place_events(entries), self._place_issues(entries))

    def summary(self, event: str) -> Summary:
        """The event of this id, from the tellings that are not in copies, where there are such."""
        told = self._tellings[event]
        return merged([t for t in told if t.report not in self._lead] or told)

    @property
    def event_ids(self) -> tuple[str, ...]:
        """The ids of all events, in the order in which they were founded."""
        return tuple(self._events)

    def _copy_of(self, report: str, text: str) -> str | None:
        made = copies.prepare(text)
        numbers = [hash(band) for band in enumerate(copies.bands(made.signature))]
        shared = Counter(n for number in numbers for n in self._bands[number])
        lead = None
        for n in sorted(shared, key=lambda n: (-shared[n], n)):
            if copies.copies(made, self._texts[n].prepared()):
                lead = self._lead.get(self._reports[n], self._reports[n])
                self._lead[report] = lead
                break
        for number in numbers:
            self._bands.add(number, len(self._texts))
        self._reports.append(report)
        self._texts.append(_Kept.of(made))
        return lead

    def _place_events(self, entries: Entries) -> dict[str, str]:
        placed = {}
        for telling in entries.tellings:
            names = [int(key, 16) for key in events.keys(telling)]
            best, number = 0.0, -1
            for n in self._event_keys.all(names):
                alike = max(events.sameness(telling, t) for t in self._compared(self._events[n]))
                if alike > best:
                    best, number = alike, n
            if best < events.SAME:
                number = len(self._events)
                self._events.append(event_id(telling.id))
            event = self._events[number]
            self._tellings.setdefault(event, []).append(telling)
            for name in names:
                self._event_keys.add(name, number)
            placed[telling.id] = event
        return placed

    def _compared(self, event: str) -> list[Telling]:
        """The tellings of an event that a new one is compared with: the first and the last."""
        told = self._tellings[event]
        return told if len(told) <= 2 * COMPARED else told[:COMPARED] + told[-COMPARED:]

    def _place_issues(self, entries: Entries) -> dict[str, str]:
        placed = {}
        for issue in entries.issues:
            names = issues.keys(issue)
            candidates = {slug: None for name in names for slug in self._issue_keys[name]}
            slug = next((c for c in candidates if self._is_one(issue, c)), None)
            if slug is None:
                slug = issue.local
                if slug in self._issues:
                    slug = unique_slug(slug, f"{issue.report}/{issue.local}")
            self._issues.setdefault(slug, []).append(issue)
            for name in names:
                if slug not in self._issue_keys[name]:
                    self._issue_keys[name].append(slug)
            placed[issue.local] = slug
        return placed

    def _is_one(self, issue: IssueIn, slug: str) -> bool:
        return any(issues.same_issue(issue, seen) for seen in self._issues[slug][-COMPARED:])
