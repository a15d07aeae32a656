from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from onrecord.dossier.connection import connect
from onrecord.dossier.evidence import passages, resolve
from onrecord.dossier.filters import Filters, fts
from onrecord.dossier.listings import LISTINGS, when
from onrecord.dossier.lookup import actors_named, issues_named, parties_named
from onrecord.dossier.query_events import events, tellings
from onrecord.dossier.query_overview import actors, coverage, issues, reports
from onrecord.dossier.query_positions import positions, shifts, standing
from onrecord.dossier.query_statements import count, statements
from onrecord.errors import UsageError
from tests.dossiers import dossier, golden


@pytest.fixture(scope="module")
def path(tmp_path_factory) -> Path:
    return dossier(tmp_path_factory.mktemp("queries") / "talks.db", golden())


@pytest.fixture
def talks(path):
    with closing(connect(path)) as connection:
        yield connection


def test_all_that_the_records_hold_is_found(talks) -> None:
    records = golden()
    assert count(talks) == len(statements(talks)) == sum(len(r.statements) for r in records)
    assert len(positions(talks)) == sum(len(r.positions) for r in records)
    assert len(tellings(talks)) == sum(len(r.events) for r in records)
    assert sum(e.tellings for e in events(talks)) == len(tellings(talks))
    assert {r.id for r in reports(talks)} == {r.document.id for r in records}
    assert coverage(talks).reports == len(records)


def test_positions_come_in_the_order_in_which_they_were_taken(talks) -> None:
    days = [p.taken for p in positions(talks) if p.taken]
    assert days == sorted(days)
    found = positions(talks, Filters(since="2015-07-10", until="2015-07-14"))
    assert found
    assert all("2015-07-10" <= (p.taken or "") <= "2015-07-14" for p in found)


def test_where_a_party_stands_is_its_last_position_with_the_history(talks) -> None:
    for s in standing(talks):
        rows = positions(talks, Filters(party=s.last.party, issue=s.last.issue))
        assert s.last == rows[-1]
        assert s.count == len(rows)
        assert s.history[-1] == s.last.stance == s.since.stance
        assert all(a != b for a, b in zip(s.history, s.history[1:], strict=False))


def test_the_table_of_a_day_rests_on_nothing_later(talks) -> None:
    then = standing(talks, Filters(until="2015-07-08"))
    assert then
    assert all((s.last.taken or "") <= "2015-07-08" for s in then)


def test_a_move_names_a_change_of_one_party_on_one_issue(talks) -> None:
    found = shifts(talks)
    assert found
    for shift in found:
        assert len({(p.party, p.issue) for p in shift.positions}) == 1
        assert len({p.stance for p in shift.positions}) > 1
    later = shifts(talks, Filters(since="2015-07-10"))
    assert later == tuple(m for m in found if m.day >= "2015-07-10")


@pytest.mark.parametrize(
    ("word", "party"), [("Iran", "IRN"), ("IRN", "IRN"), ("Kerry", "USA"), ("iran", "IRN")]
)
def test_a_party_is_found_by_code_name_and_by_who_speaks_for_it(talks, word, party) -> None:
    assert party in parties_named(talks, word)


def test_a_speaker_is_found_by_a_word_of_the_name(talks) -> None:
    assert actors_named(talks, "kerry") == ("john-kerry",)
    found = statements(talks, Filters(speaker="Kerry"))
    assert found
    assert {s.speaker for s in found} == {"john-kerry"}


def test_who_is_not_there_is_an_error_with_a_hint(talks) -> None:
    with pytest.raises(UsageError, match="Kerry"):
        actors_named(talks, "Kerri")
    with pytest.raises(UsageError, match="issues"):
        issues_named(talks, "zzzz")
    with pytest.raises(UsageError, match="no party"):
        parties_named(talks, "Atlantis")


def test_filters_narrow_and_pages_join_to_the_whole(talks) -> None:
    whole = statements(talks)
    part = statements(talks, Filters(limit=5)) + statements(talks, Filters(limit=10_000, offset=5))
    assert part == whole
    direct = statements(talks, Filters(kind="direct"))
    assert 0 < len(direct) < len(whole)
    assert {s.kind for s in direct} == {"direct"}
    outlet = statements(talks, Filters(outlet="Danube Wire"))
    assert {s.outlet for s in outlet} == {"Danube Wire"}
    topic = positions(talks, Filters(topic="sanctions"))
    assert {p.topic for p in topic} == {"sanctions"}
    assert all("USA" in e.parties for e in events(talks, Filters(party="United States")))
    assert all(e.encounter for e in events(talks, encounters=True))


@pytest.mark.parametrize("text", ['"', "a OR b", "NEAR(a", "*", "-x", "col:x", "(", "\0", ""])
def test_words_of_a_user_are_never_a_query_language(talks, text) -> None:
    statements(talks, Filters(text=text))
    assert fts('say "no"') == '"say" """no"""'


def test_issues_count_the_parties_that_stand_on_them(talks) -> None:
    for issue in issues(talks):
        rows = positions(talks, Filters(issue=issue.id))
        assert issue.positions == len(rows)
        assert set(issue.parties) == {p.party for p in rows}
    assert actors(talks, Filters(party="Iran"))


def test_every_row_opens_to_its_words(talks) -> None:
    texts = {r.document.id: r.document.text for r in golden()}
    rows = [*positions(talks), *statements(talks), *tellings(talks)]
    for row in rows:
        kind, full = resolve(talks, row.id)
        found = passages(talks, kind, full)
        assert found[0].entry == row.id
        for p in found:
            assert p.words == texts[p.report][p.start : p.end]
            assert p.before + p.words + p.after in texts[p.report]


def test_an_id_may_be_shortened_while_it_is_one(talks) -> None:
    row = positions(talks)[0]
    assert resolve(talks, row.id[:9]) == ("position", row.id)
    with pytest.raises(UsageError, match="more than one"):
        resolve(talks, "p-")
    with pytest.raises(UsageError, match="nothing"):
        resolve(talks, "x-1")
    with pytest.raises(UsageError, match="nothing"):
        resolve(talks, "")


def test_every_listing_gives_as_many_cells_as_columns(talks) -> None:
    for made in LISTINGS.values():
        listing = made(talks, Filters())
        assert all(len(row) == len(listing.columns) for row in listing.cells)
        assert len(listing.data) >= len(listing.cells)
        limited = made(talks, Filters(limit=1))
        assert len(limited.cells) <= 1


def test_a_day_is_shown_as_exactly_as_it_is_known() -> None:
    assert when("2015-07-14", "day") == "2015-07-14"
    assert when("2015-07-01", "month") == "2015-07"
    assert when("2015-01-01", "year") == "2015"
    assert when(None, None, "2015-07-14") == "by 2015-07-14"
    assert when(None, None) == "–"
