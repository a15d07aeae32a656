from __future__ import annotations

import io
from pathlib import Path

import msgspec
import pytest

from onrecord.output import Style, table
from onrecord.record import Record
from tests.output.sample import RECORD

GOLDEN = Path(__file__).parent / "golden" / "table-100.txt"


def shown(record: Record, *, width: int = 100, colour: bool = False) -> str:
    out = io.BytesIO()
    table.write([record], out, Style(colour=colour, width=width))
    return out.getvalue().decode()


def test_shows_everything_as_in_the_golden_file() -> None:
    assert shown(RECORD) == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize("width", [60, 72, 100, 160])
def test_keeps_to_the_width_and_leaves_no_space_at_line_ends(width: int) -> None:
    for line in shown(RECORD, width=width).splitlines():
        assert len(line) <= width
        assert line == line.rstrip()


def test_nothing_in_a_text_steers_the_terminal_or_is_read_as_markup() -> None:
    plain, coloured = shown(RECORD), shown(RECORD, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[31m“We" not in coloured
    assert "\\x1b[31m“We are ready,”" in coloured
    assert "[red]condition[/red]" in coloured


def test_colour_marks_the_stance_and_leaves_the_words_alone() -> None:
    coloured = shown(RECORD, colour=True)
    assert "\x1b[31mopposes" in coloured
    assert "\x1b[33mconditional" in coloured


def test_an_empty_record_shows_its_header_only() -> None:
    empty = msgspec.structs.replace(
        RECORD, actors=(), statements=(), events=(), issues=(), positions=(), warnings=()
    )
    text = shown(empty)
    assert "The Daily Reporter" in text
    assert "Statements" not in text
    assert "Parties" not in text
