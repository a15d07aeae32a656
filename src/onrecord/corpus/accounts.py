"""Accounts of one encounter: what each side says of it, side by side.

An *account* is what one side has said about a meeting or call: in its own words, in a readout, or relaying
what the other said there. Two accounts share an item, or only one has it, or they are in conflict.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from onrecord.corpus.encounters import is_encounter
from onrecord.corpus.entries import Entries, Said, Stand, Telling, entries_of
from onrecord.corpus.events import Summary, merged, same_event
from onrecord.corpus.quantities import Quantity, alike, quantities
from onrecord.record import Record

Verdict = Literal["shared", "only one side", "in conflict"]
NEAR = 600  # characters between what a speaker says of an encounter and what else he says of it
_REFERS = re.compile(
    r"\b(?:calls?|phone call|conversations?|talks|negotiations?|meetings?|summit|visit|discussions?"
    r"|spoke|met)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Word:
    """What one side says on an item: the party, the id of its statement, telling or position, the words."""

    party: str
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing told of an encounter. ``kind`` is what is compared; ``label`` the issue's id, the type of
    the act, or the unit."""

    kind: Literal["issue", "event", "quantity"]
    label: str
    verdict: Verdict
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """An encounter as its sides tell it: ``tellings`` are the ids of its own, ``sides`` the parties that
    have said something of it, ``statements`` what they said, by party."""

    event: Summary
    sides: tuple[str, ...]
    statements: tuple[Word, ...]
    items: tuple[Item, ...]


def accounts_of(record: Record) -> tuple[Account, ...]:
    """The encounters of one record of which two sides or more have given an account, in its order."""
    entries = entries_of(record)
    found = []
    for tellings in _encounters(entries):
        account = accounts(merged(tellings), entries.tellings, entries.statements, entries.stands)
        if account is not None:
            found.append(account)
    return tuple(found)


def accounts(
    event: Summary, tellings: Iterable[Telling], statements: Iterable[Said], stands: Iterable[Stand]
) -> Account | None:
    """The accounts of an encounter, from all that its reports hold; ``None`` where fewer than two sides have
    given one.

    ``tellings``, ``statements`` and ``stands`` are those of the reports in which the event is told; which of
    them are about it is found out here.
    """
    parties = {s.party for s in event.sides}
    about = _about([s for s in statements if s.told_by in parties])
    told_by = {s.id: s.told_by or "" for s in about}
    sides = tuple(sorted(set(told_by.values())))
    if len(sides) < 2:
        return None
    items = [
        *_issue_items([s for s in stands if s.statement in told_by], told_by),
        *_event_items(
            [t for t in tellings if t.according_to in told_by and t.id not in event.tellings], told_by
        ),
        *_quantity_items(about),
    ]
    words = tuple(Word(s.told_by or "", s.id, s.content) for s in about)
    return Account(event, sides, words, tuple(sorted(items, key=lambda i: (i.kind, i.verdict, i.label))))


def _encounters(entries: Entries) -> Iterator[list[Telling]]:
    """The tellings of each encounter of a record."""
    groups: list[list[Telling]] = []
    for t in entries.tellings:
        if not is_encounter(t.type, t.mode):
            continue
        for group in groups:
            if any(same_event(t, u) for u in group):
                group.append(t)
                break
        else:
            groups.append([t])
    yield from groups


def _about(statements: list[Said]) -> list[Said]:
    """The statements that speak of an encounter, and what the same speaker says close to them."""
    ordered = sorted(statements, key=lambda s: (s.report, s.start, s.id))
    refers = [s for s in ordered if _REFERS.search(f"{s.cue} {s.content}")]
    return [
        s
        for s in ordered
        if any(
            s.report == r.report and s.told_by == r.told_by and abs(s.start - r.start) <= NEAR for r in refers
        )
    ]


def _issue_items(stands: list[Stand], told_by: dict[str, str]) -> Iterator[Item]:
    """What each side says of each issue: in conflict where they give one party opposite stances."""
    by: dict[str, list[Stand]] = defaultdict(list)
    for s in stands:
        by[s.issue].append(s)
    for issue, on in sorted(by.items()):
        words = tuple(sorted({Word(told_by[s.statement or ""], s.id, s.text) for s in on}, key=_order))
        opposite = any(
            a.party == b.party
            and {a.stance, b.stance} == {"supports", "opposes"}
            and told_by[a.statement or ""] != told_by[b.statement or ""]
            for a in on
            for b in on
        )
        yield Item("issue", issue, _verdict(words, opposite), words)


def _event_items(tellings: list[Telling], told_by: dict[str, str]) -> Iterator[Item]:
    """What each side says was done: in conflict where one denies what the other tells."""
    groups: list[list[Telling]] = []
    for t in sorted(tellings, key=lambda t: t.id):
        for group in groups:
            if any(same_event(t, u) for u in group):
                group.append(t)
                break
        else:
            groups.append([t])
    for group in groups:
        words = tuple(sorted({Word(told_by[t.according_to or ""], t.id, t.text) for t in group}, key=_order))
        denied = {told_by[t.according_to or ""] for t in group if t.status == "denied"}
        affirmed = {told_by[t.according_to or ""] for t in group if t.status != "denied"}
        yield Item("event", group[0].type, _verdict(words, bool(denied and affirmed - denied)), words)


def _quantity_items(statements: list[Said]) -> Iterator[Item]:
    """The quantities that each side gives, by unit, where both give one."""
    by: dict[str, list[tuple[Quantity, Said]]] = defaultdict(list)
    for s in statements:
        for q in quantities(s.content):
            by[q.unit].append((q, s))
    for unit, given in sorted(by.items()):
        if len({s.told_by for _, s in given}) < 2:
            continue
        words = tuple(sorted({Word(s.told_by or "", s.id, q.text) for q, s in given}, key=_order))
        differ = not any(alike(q, r) for q, s in given for r, t in given if s.told_by != t.told_by)
        yield Item("quantity", unit, _verdict(words, differ), words)


def _verdict(words: tuple[Word, ...], conflict: bool) -> Verdict:
    if conflict:
        return "in conflict"
    return "shared" if len({w.party for w in words}) > 1 else "only one side"


def _order(word: Word) -> tuple[str, str, str]:
    return word.party, word.id, word.text
