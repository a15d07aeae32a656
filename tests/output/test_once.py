from __future__ import annotations

from collections import Counter

import msgspec

from onrecord.output.once import COPIES, TELLINGS, Places, grouping, once
from onrecord.record import Record
from tests.output.sample import RECORD
from tests.output.talks import BARE, TALKS


def named(record: Record, document_id: str, **changes) -> Record:
    document = msgspec.structs.replace(record.document, id=document_id, **changes)
    return msgspec.structs.replace(record, document=document)


def told_anew(record: Record, document_id: str, before: str) -> Record:
    """Another report that tells the same: its text begins otherwise, and its offsets are shifted."""
    moved = len(before)

    def shift(value):
        if isinstance(value, tuple):
            return tuple(shift(v) for v in value)
        if isinstance(value, msgspec.Struct):
            fields = {f: shift(getattr(value, f)) for f in value.__struct_fields__}
            if "start" in fields:
                fields |= {"start": value.start + moved, "end": value.end + moved}
            return type(value)(**fields)
        return value

    return named(shift(record), document_id, text=before + record.document.text)


def test_records_that_have_nothing_in_common_stay_as_they_are() -> None:
    left_out: Counter[str] = Counter()
    assert list(once([TALKS, RECORD, BARE], left_out, grouping())) == [TALKS, RECORD, BARE]
    assert left_out == {}


def test_copies_of_a_report_are_left_out() -> None:
    left_out: Counter[str] = Counter()
    assert list(once([TALKS, named(TALKS, "copy"), TALKS], left_out, grouping())) == [TALKS]
    assert left_out == {COPIES: 2}


def test_an_event_stays_as_it_was_first_told() -> None:
    # Long enough for the second report to be no copy of the first.
    other = told_anew(
        TALKS, "other", "".join(f"Delegates spoke of matter {n} at length. " for n in range(60))
    )
    left_out: Counter[str] = Counter()
    first, second = once([TALKS, other], left_out, grouping())
    assert first == TALKS
    assert "e1" not in {e.id for e in second.events}, "the meeting of 14 November is one"
    assert left_out[COPIES] == 0
    assert left_out[TELLINGS] == len(TALKS.events) - len(second.events) > 0
    kept = {e.id for e in second.events}
    assert {p.event for p in second.positions} <= {None, *kept}
    assert [s.id for s in second.statements] == [s.id for s in TALKS.statements]


def test_issues_of_positions_and_the_broader_ones_are_named_alike() -> None:
    other = told_anew(
        TALKS, "other", "".join(f"Delegates spoke of matter {n} at length. " for n in range(60))
    )
    for record in once([TALKS, other], Counter(), grouping()):
        ids = {issue.id for issue in record.issues}
        assert {p.issue for p in record.positions} <= ids
        assert {b for issue in record.issues for b in issue.broader} <= ids


def test_what_is_left_depends_on_the_order_alone() -> None:
    other = told_anew(TALKS, "other", "Before that, much else was said. " * 50)
    runs = [list(once([TALKS, other, RECORD], Counter(), grouping())) for _ in range(2)]
    assert runs[0] == runs[1]


def test_what_places_records_decides() -> None:
    def place(record: Record) -> Places:
        return Places(False, {e.id: "one" for e in record.events}, {"treaty": "divided-sarajevo"})

    left_out: Counter[str] = Counter()
    first, second = once([TALKS, RECORD], left_out, place)
    assert [e.id for e in first.events] == ["e1"]
    assert second.events == ()
    assert left_out == {TELLINGS: 5}
    assert {p.issue for p in second.positions} == {"divided-sarajevo"}
    assert [p.event for p in second.positions] == [None, None]
