"""Accounts of one encounter: what each side says of it, side by side.

An *account* is what one side has said about a meeting or call: in its own words, in a readout, or relaying
what the other said there. Two accounts share an item, or only one has it, or they are in conflict.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal

from onrecord.corpus.about import about
from onrecord.corpus.encounters import is_encounter
from onrecord.corpus.entries import Said, Stand, Telling, entries_of
from onrecord.corpus.events import Summary, merged, same_event
from onrecord.corpus.quantities import Quantity, alike, quantities
from onrecord.corpus.words import content, overlap
from onrecord.record import Record

Kind = Literal["encounter", "issue", "event", "quantity", "statement"]
Verdict = Literal["shared", "only one side", "in conflict"]
COMMON = 2  # content words that two statements share where their quantities are of one thing
_OPPOSED = (frozenset({"supports", "opposes"}), frozenset({"conditional", "opposes"}))
_KINDS = ("encounter", "issue", "event", "quantity", "statement")
_ORDER = ("in conflict", "shared", "only one side")
LIKE = 0.5  # of the content words of the shorter of two statements that say the same
NAMED = 2  # content words of an issue's label; one that has fewer is not known again in a statement
SAID = 4  # words; a shorter statement without a stance says nothing that could be compared
_JUDGED = re.compile(
    r"\b(?:call|talks|conversation|meeting|discussions?|negotiations|summit|visit)\s(?:\w+\s)?"
    r"(?:was|were|went|as|had been)\b|^which … ",
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
    """One thing told of an encounter. ``kind`` is what is compared: how it went, an issue, an act, an amount,
    or plain words; ``label`` the issue's id, the type of the act, the unit, else ''."""

    kind: Kind
    label: str
    verdict: Verdict
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """An encounter as its sides tell it: ``sides`` are the parties that have said something of it,
    ``statements`` what they said, ``items`` what can be compared, conflicts first."""

    event: Summary
    sides: tuple[str, ...]
    statements: tuple[Word, ...]
    items: tuple[Item, ...]


def accounts_of(record: Record) -> tuple[Account, ...]:
    """The encounters of one record of which two sides or more have given an account, in its order."""
    entries = entries_of(record)
    held = [t for t in entries.tellings if is_encounter(t.type, t.mode)]
    found = (
        accounts(merged(tellings), entries.tellings, entries.statements, entries.stands)
        for tellings in _groups(held)
    )
    return tuple(account for account in found if account is not None)


def accounts(
    event: Summary, tellings: Iterable[Telling], statements: Iterable[Said], stands: Iterable[Stand]
) -> Account | None:
    """The accounts of an encounter, from all that its reports hold; ``None`` where fewer than two sides have
    given one.

    ``tellings``, ``statements`` and ``stands`` are those of the reports in which the event is told; which of
    them are about it is found out here.
    """
    given = tuple(tellings)
    said = {s.id: s for s in about(event, given, statements)}
    sides = tuple(sorted({s.told_by or "" for s in said.values()}))
    if len(sides) < 2:
        return None
    standing = [s for s in stands if s.statement in said]
    issues = tuple(_issue_items(standing, said))
    inside = [t for t in given if t.according_to in said and t.id not in event.tellings]
    judged = [s for s in said.values() if _JUDGED.search(s.content)]
    items = [*issues, *_event_items(inside, said), *_quantity_items(said.values())]
    if judged:
        items.append(_item("encounter", "", {_word(s) for s in judged}, False))
    stood_for = {w.id for i in items for w in i.words} | {
        s.statement for s in standing if s.id in {w.id for i in issues for w in i.words}
    }
    items += _statement_items([s for s in said.values() if s.id not in stood_for and not _quoted(s, said)])
    words = tuple(_word(s) for s in said.values())
    items.sort(key=lambda i: (_ORDER.index(i.verdict), _KINDS.index(i.kind)))
    return Account(event, sides, words, tuple(items))


def _groups(tellings: Iterable[Telling]) -> list[list[Telling]]:
    """Tellings by the event that they are of, in their order."""
    groups: list[list[Telling]] = []
    for t in tellings:
        for group in groups:
            if any(same_event(t, other) for other in group):
                group.append(t)
                break
        else:
            groups.append([t])
    return groups


def _issue_items(stands: list[Stand], said: dict[str, Said]) -> Iterator[Item]:
    """What each side says of each issue: in conflict where they give one party opposed stances.

    A side that names the issue without a stance on it has its statement there.
    """
    by: dict[str, list[Stand]] = defaultdict(list)
    for s in stands:
        by[s.issue].append(s)
    for issue, on in sorted(by.items()):
        teller = {s.id: said[s.statement or ""].told_by or "" for s in on}
        words = {Word(teller[s.id], s.id, s.text) for s in on}
        name = content(issue.replace("-", " "))
        words |= {
            _word(s)
            for s in said.values()
            if s.told_by not in teller.values() and len(name) >= NAMED and name <= content(s.content)
        }
        opposed = any(
            a.party == b.party and {a.stance, b.stance} in _OPPOSED and teller[a.id] != teller[b.id]
            for a, b in product(on, on)
        )
        yield _item("issue", issue, words, opposed)


def _event_items(tellings: list[Telling], said: dict[str, Said]) -> Iterator[Item]:
    """What two sides say was done or will be: in conflict where one denies what the other tells. What one
    side alone says of it stands in its statement."""
    for group in _groups(sorted(tellings, key=lambda t: t.id)):
        teller = {t.id: said[t.according_to or ""].told_by or "" for t in group}
        denied = {teller[t.id] for t in group if t.status == "denied"}
        affirmed = {teller[t.id] for t in group if t.status != "denied"}
        if len(denied | affirmed) > 1:
            words = {Word(teller[t.id], t.id, t.text) for t in group}
            yield _item("event", group[0].type, words, bool(denied - affirmed and affirmed - denied))


def _quantity_items(statements: Iterable[Said]) -> Iterator[Item]:
    """The quantities of one thing that two sides give, by unit: in conflict where no two are alike."""
    by: dict[str, list[tuple[Quantity, Said]]] = defaultdict(list)
    for s in statements:
        for q in quantities(s.content):
            by[q.unit].append((q, s))
    for unit, given in sorted(by.items()):
        pairs = [
            (q, s, r, t)
            for (q, s), (r, t) in product(given, given)
            if (s.told_by or "") < (t.told_by or "")
            and len(content(s.content) & content(t.content)) >= COMMON
        ]
        if pairs:
            words = {Word(s.told_by or "", s.id, q.text) for q, s, _, _ in pairs}
            words |= {Word(t.told_by or "", t.id, r.text) for _, _, r, t in pairs}
            yield _item("quantity", unit, words, not any(alike(q, r) for q, _, r, _ in pairs))


def _statement_items(statements: list[Said]) -> Iterator[Item]:
    """What is said without a stance: shared where two sides say it in like words."""
    groups: list[list[Said]] = []
    for s in (s for s in statements if len(s.content.split()) >= SAID):
        for group in groups:
            if any(_say_the_same(s, other) for other in group):
                group.append(s)
                break
        else:
            groups.append([s])
    for group in groups:
        yield _item("statement", "", {_word(s) for s in group}, False)


def _quoted(statement: Said, said: dict[str, Said]) -> bool:
    """Whether a statement is told within another."""
    return any(s.id != statement.id and statement.content in s.content for s in said.values())


def _say_the_same(a: Said, b: Said) -> bool:
    one, other = content(a.content), content(b.content)
    return len(one & other) > COMMON and overlap(one, other) >= LIKE


def _word(said: Said) -> Word:
    return Word(said.told_by or "", said.id, said.content)


def _item(kind: Kind, name: str, words: Iterable[Word], opposed: bool) -> Item:
    ordered = tuple(sorted(words, key=lambda w: (w.party, w.id, w.text)))
    if opposed:
        return Item(kind, name, "in conflict", ordered)
    sides = len({w.party for w in ordered})
    return Item(kind, name, "shared" if sides > 1 else "only one side", ordered)
