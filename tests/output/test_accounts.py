"""Accounts of a call, as people see them."""

from __future__ import annotations

from onrecord.output import accounts
from onrecord.output.style import Style
from onrecord.output.words import Names
from onrecord.record import CoderInfo, Document, Record
from tests.corpus.test_accounts import record_of_a_call


def shown(record: Record) -> list[str]:
    table = accounts.render(record, Names.of(record))
    assert table is not None
    return [line.rstrip() for line in Style(colour=False, width=100).render(table).splitlines()]


def test_each_side_has_its_column_and_each_row_its_evidence() -> None:
    lines = shown(record_of_a_call())
    assert lines[0] == "call of merkel, putin"
    assert lines[1].split() == ["told", "of", "what", "Germany", "Russia"]
    assert lines[2].startswith("in conflict  monitors  ")
    assert "p1" in " ".join(lines)
    assert "p2" in " ".join(lines)


def test_nothing_without_accounts() -> None:
    record = Record(coder=CoderInfo(version="", model="", knowledge=""), document=Document(id="d", text=""))
    assert accounts.render(record, Names.of(record)) is None
