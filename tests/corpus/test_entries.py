"""Ids from content, and what a record gives to the corpus."""

from __future__ import annotations

import msgspec

from onrecord.corpus.entries import entries_of, outlets
from onrecord.corpus.ids import event_id, position_ids, row_id, statement_ids, telling_ids, unique_slug
from onrecord.record import Actor, Date, Issue, Position, Record, Span, Statement
from tests.corpus.test_accounts import record_of_a_call


def test_ids_are_of_their_fields_alone() -> None:
    assert row_id("s", "doc", 1, 2) == row_id("s", "doc", 1, 2) != row_id("t", "doc", 1, 2)
    assert row_id("t", "doc", 1, 2, "REJECT") == "t-99e8ff0afc6a"
    assert len({row_id("p", "doc", 1, 23), row_id("p", "doc", 12, 3), row_id("p", "doc1", 2, 3)}) == 3
    assert event_id("t-1").startswith("e-")
    assert unique_slug("talks", "a") != unique_slug("talks", "b")


def test_ids_of_a_record_are_all_different_even_on_the_same_words() -> None:
    record = record_of_a_call()
    event, position, statement = record.events[0], record.positions[0], record.statements[0]
    twice = msgspec.structs.replace(
        record,
        events=(event, msgspec.structs.replace(event, id="e2")),
        positions=(position, msgspec.structs.replace(position, id="p9")),
        statements=(statement, msgspec.structs.replace(statement, id="s9")),
    )
    for ids in (telling_ids(twice), position_ids(twice), statement_ids(twice)):
        assert len(set(ids.values())) == 2
    assert telling_ids(twice)["e1"] == telling_ids(record)["e1"]
    assert position_ids(twice)["p1"] == position_ids(record)["p1"]


def test_entries_point_to_each_other_by_row_ids() -> None:
    record = record_of_a_call()
    entries = entries_of(record)
    assert [s.statement for s in entries.stands] == [s.id for s in entries.statements]
    assert {s.party for s in entries.tellings[0].sides} == {"DEU", "RUS"}
    assert entries.tellings[0].parties == ("DEU", "RUS")
    assert entries.issues[0].parties == ("DEU",)
    text = record.document.text
    assert all(s.content == text[s.start : s.start + len(s.content)] for s in entries.statements)


def test_no_day_falls_back_to_the_day_of_publication() -> None:
    record = record_of_a_call()
    dated = msgspec.structs.replace(
        record, document=msgspec.structs.replace(record.document, published="2015-03-06", outlet="Wire")
    )
    entries = entries_of(dated)
    assert {e.date_from for e in (*entries.tellings, *entries.stands, *entries.statements)} == {None}
    assert {e.published for e in (*entries.tellings, *entries.stands, *entries.statements)} == {"2015-03-06"}
    assert outlets(entries.tellings) == ("Wire",)


def test_what_is_relayed_is_told_by_the_outermost() -> None:
    record = record_of_a_call()
    relayed = msgspec.structs.replace(record.statements[0], via=("kremlin", "seibert"), speaker="merkel")
    (said,) = entries_of(msgspec.structs.replace(record, statements=(relayed,))).statements
    assert (said.party, said.told_by) == ("DEU", "RUS")


def test_an_actor_without_a_party_stands_for_itself() -> None:
    record = record_of_a_call()
    bare = tuple(Actor(id=a.id, name=a.name, kind="person") for a in record.actors)
    entries = entries_of(msgspec.structs.replace(record, actors=bare))
    assert entries.tellings[0].parties == ("merkel", "putin")


def test_a_record_of_nothing_gives_nothing() -> None:
    record = record_of_a_call()
    empty = Record(coder=record.coder, document=record.document)
    entries = entries_of(empty)
    assert entries.tellings == entries.stands == entries.issues == entries.statements == ()


def test_broader_issues_and_earlier_positions_are_kept() -> None:
    span = Span(start=0, end=3, text="Her")
    record = record_of_a_call()
    special = Issue(
        id="x", label="x", topic=None, proposed_by=("merkel",), mentions=(span,), broader=("monitors",)
    )
    later: Position = msgspec.structs.replace(record.positions[1], follows="p1", date=_day("2015-03-07"))
    changed = msgspec.structs.replace(
        record, issues=(*record.issues, special), positions=(record.positions[0], later)
    )
    entries = entries_of(changed)
    assert entries.issues[1].broader == ("monitors",)
    assert entries.issues[1].parties == ("DEU",)
    assert entries.stands[1].follows == entries.stands[0].id
    assert entries.stands[1].date_from == "2015-03-07"


def test_a_statement_without_content_is_none() -> None:
    record = record_of_a_call()
    silent: Statement = msgspec.structs.replace(record.statements[0], content=())
    assert entries_of(msgspec.structs.replace(record, statements=(silent,))).statements == ()


def _day(day: str) -> Date:
    return Date(from_=day, to=day, precision="day")
