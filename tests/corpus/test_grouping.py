"""Records placed one after another: copies, events and issues, and what never changes afterwards."""

from __future__ import annotations

from onrecord.corpus.grouping import Grouper
from onrecord.record import (
    Actor,
    CoderInfo,
    Date,
    Document,
    Event,
    Issue,
    Record,
    Span,
)
from tests.corpus import edits

REPORTS = edits.reports()


def record(
    name: str, text: str, day: str, label: str = "lifting of sanctions", mode: str = "phone"
) -> Record:
    """A record of a report of one call between Iran and the United States, and one issue."""
    call = Event(
        id="e1",
        type="CONSULT",
        mode=mode,
        contexts=(),
        cameo=None,
        actor=("IRN",),
        recipient=("USA",),
        place=None,
        date=Date(from_=day, to=day, precision="day"),
        status="happened",
        according_to=None,
        span=Span(start=0, end=4, text="call"),
        sentence=Span(start=0, end=9, text="They held a call."),
        because="",
        confidence=0.8,
    )
    return Record(
        coder=CoderInfo(version="0", model="", knowledge=""),
        document=Document(id=name, text=text, outlet=name, published=day),
        actors=tuple(Actor(id=i, name=i, kind="state", party=i) for i in ("IRN", "USA")),
        events=(call,),
        issues=(Issue(id="sanctions", label=label, topic="sanctions", proposed_by=("IRN",), mentions=()),),
    )


def test_a_copy_follows_the_first_of_its_group() -> None:
    grouper = Grouper()
    first = REPORTS[0].text
    placed = [
        grouper.add(record("a", first, "2015-07-14")),
        grouper.add(record("b", "Another head\n\n" + first, "2015-07-14")),
        grouper.add(record("c", "A third head\n\n" + first, "2015-07-15")),
        grouper.add(record("d", REPORTS[1].text, "2015-07-14")),
    ]
    assert [p.copy_of for p in placed] == [None, "a", "a", None]


def test_one_event_in_three_reports_is_told_by_those_that_are_no_copies() -> None:
    grouper = Grouper()
    texts = [REPORTS[0].text, REPORTS[0].text + "\n\nMore soon.", REPORTS[1].text]
    placed = [grouper.add(record(n, t, "2015-07-14")) for n, t in zip("abc", texts, strict=True)]
    assert len({e for p in placed for e in p.events.values()}) == 1
    assert len(grouper.event_ids) == 1
    assert grouper.summary(grouper.event_ids[0]).outlets == ("a", "c")


def test_later_reports_rename_nothing() -> None:
    days = ["2015-07-01", "2015-07-09", "2015-07-01", "2015-07-30"]
    records = [record(f"r{i}", REPORTS[i].text, day) for i, day in enumerate(days)]
    for n in range(1, 5):
        grouper, again = Grouper(), Grouper()
        few = [grouper.add(r) for r in records[:n]]
        assert few == [again.add(r) for r in records][:n]
    assert len(grouper.event_ids) == 3


def test_issues_with_one_local_id_and_different_labels_get_ids_of_their_own() -> None:
    grouper = Grouper()
    labels = ["lifting of sanctions", "new sanctions", "lift the sanctions"]
    placed = [
        grouper.add(record(n, REPORTS[i].text, "2015-07-14", label))
        for i, (n, label) in enumerate(zip("abc", labels, strict=True))
    ]
    ids = [p.issues["sanctions"] for p in placed]
    assert ids[0] == ids[2] == "sanctions"
    assert ids[1].startswith("sanctions-")


def test_a_call_and_a_visit_of_one_day_stay_apart() -> None:
    grouper = Grouper()
    a = grouper.add(record("a", REPORTS[0].text, "2015-07-14"))
    b = grouper.add(record("b", REPORTS[1].text, "2015-07-14", mode="visit"))
    assert set(a.events.values()).isdisjoint(b.events.values())
