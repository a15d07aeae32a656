"""The matrix of parties and issues, and the shifts below it, on records made by hand."""

from __future__ import annotations

import io

import msgspec
import pytest

from onrecord.output import Style, table
from onrecord.output.words import Names
from onrecord.record import Actor, Date, Issue, Position, Record, Span, Stance
from tests.output.sample import RECORD

SPAN = Span(start=0, end=5, text="words")


def position(n: int, party: str, issue: str, stance: Stance, follows: str | None = None) -> Position:
    return Position(
        id=f"p{n}", party=party, voice=None, issue=issue, stance=stance, act="accepts", condition=None,
        basis="narrated", date=None, span=SPAN, statement=None, event=None, because="stance/accept/accept",
        confidence=0.8, follows=follows,
    )  # fmt: skip


def issue(label: str, *broader: str) -> Issue:
    return Issue(
        id=label.replace(" ", "-"), label=label, topic=None, proposed_by=(), mentions=(), broader=broader
    )


def lead(issues: list[Issue], positions: list[Position], width: int = 80) -> list[str]:
    """The lines of the view before its list of positions."""
    record: Record = msgspec.structs.replace(
        RECORD, actors=(), statements=(), events=(), warnings=(),
        issues=tuple(issues), positions=tuple(positions),
    )  # fmt: skip
    out = io.BytesIO()
    table.write([record], out, Style(width=width))
    return out.getvalue().decode().partition("\nPositions\n")[0].splitlines()


def test_a_cell_is_sign_word_and_evidence() -> None:
    lines = lead(
        [issue("truce")],
        [
            position(1, "TCD", "truce", "supports"),
            position(2, "KEN", "truce", "opposes"),
            position(3, "KEN", "truce", "opposes"),
            position(4, "KEN", "truce", "conditional"),
            position(5, "PER", "truce", "noncommittal"),
        ],
        100,
    )
    at = lines.index("Who stands where")
    assert lines[at + 1].split() == ["Kenya", "Chad", "Peru"]
    assert lines[at + 2].split("  ")[0].strip() == "truce"
    assert "- opposes p2 p3" in lines[at + 2]
    assert "+ supports p1" in lines[at + 2]
    assert "? noncommittal" in lines[at + 2]
    assert "~ conditional p4" in lines[at + 3]


def test_what_is_in_dispute_comes_first_and_special_cases_under_their_issue() -> None:
    lines = lead(
        [issue("visit"), issue("truce"), issue("long truce", "truce")],
        [
            position(1, "TCD", "visit", "supports"),
            position(2, "TCD", "truce", "supports"),
            position(3, "KEN", "long-truce", "opposes"),
        ],
    )
    labels = [line[:24].rstrip() for line in lines[lines.index("Who stands where") + 2 :]]
    assert labels[:3] == [" truce", "   long truce", " visit"]


def test_issues_of_one_party_go_below_where_there_are_many() -> None:
    many = [issue(f"matter {n}") for n in range(14)]
    lines = lead(
        [*many, issue("truce")],
        [
            *(position(n, "TCD", f"matter-{n}", "supports") for n in range(14)),
            position(20, "TCD", "truce", "supports"),
            position(21, "KEN", "truce", "opposes"),
        ],
    )
    at = lines.index(" also on the table")
    assert "truce" in "".join(lines[:at])
    assert "matter" not in "".join(lines[:at])
    assert lines[at + 1].split() == ["matter", "0", "Chad", "+", "supports", "p0"]


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_parties_that_do_not_fit_stand_in_a_block_of_their_own(width: int) -> None:
    parties = ["TCD", "KEN", "PER", "NOR", "FIN", "european-union"]
    lines = lead(
        [issue("truce")], [position(n, p, "truce", "supports") for n, p in enumerate(parties)], width
    )
    assert max(map(len, lines)) <= width
    text = " ".join(" ".join(lines).split())
    for name in ("Chad", "Kenya", "Peru", "Norway", "Finland"):
        assert name in text
    assert "european-union" not in text
    assert [text.count(f"supports p{n}") for n in range(6)] == [1] * 6


def test_a_parliament_is_named_with_its_state_and_an_organisation_by_its_name() -> None:
    parliament = Actor(id="nld-parliament", name="Parliament", kind="government", country="NLD", sector="LEG")
    names = Names({parliament.id: parliament})
    assert names.side("nld-parliament") == "Parliament (Netherlands)"
    assert names.side("european-union") == "European Union"
    assert names.side("imf") == "International Monetary Fund"
    assert names.side("nobody-knows") == "nobody-knows"


def test_a_shift_is_a_line() -> None:
    earlier = msgspec.structs.replace(
        position(1, "TCD", "truce", "opposes"), date=Date(from_=None, to=None, precision="unknown")
    )
    later = msgspec.structs.replace(
        position(2, "TCD", "truce", "supports", "p1"),
        date=Date(from_="2020-05-04", to="2020-05-04", precision="day"),
    )
    lines = lead([issue("truce")], [earlier, later])
    at = lines.index("Shifts")
    assert lines[at + 1] == " Chad: - opposes truce (p1, earlier) → + supports (p2, 2020-05-04)"


def test_without_a_shift_there_is_no_such_section() -> None:
    assert "Shifts" not in lead([issue("truce")], [position(1, "TCD", "truce", "opposes")])
