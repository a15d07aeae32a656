from __future__ import annotations

import csv
import io
import json

import pytest

from onrecord.output.listing import Column, Listing, render
from onrecord.output.style import Style

ROWS = Listing(
    (Column("", None), Column("words", 20)),
    (("p-1", "a | b <b>*x*</b>"), ("p-2", "\x1b[31mred\nnext")),
    ({"id": "p-1", "words": "=1+1", "n": None}, {"id": "p-2", "words": ("a", "b"), "n": -3}),
)


def test_a_table_is_safe_for_a_terminal() -> None:
    shown = render(ROWS, "table", Style(width=80))
    assert "\x1b" not in shown
    assert "\\x1b[31mred next" in shown


def test_markdown_is_a_table_in_which_no_text_is_markup() -> None:
    lines = render(ROWS, "md", Style()).splitlines()
    assert lines[0] == "| id | words |"
    assert lines[2] == "| p-1 | a \\| b \\<b\\>\\*x\\*\\</b\\> |"


def test_csv_holds_every_field_and_no_formula() -> None:
    rows = list(csv.reader(io.StringIO(render(ROWS, "csv", Style()))))
    assert rows == [["id", "words", "n"], ["p-1", "'=1+1", ""], ["p-2", "a; b", "-3"]]


def test_json_is_whole() -> None:
    assert json.loads(render(ROWS, "json", Style()))[0] == {"id": "p-1", "words": "=1+1", "n": None}


@pytest.mark.parametrize("form", ["table", "md"])
def test_nothing_found_is_said(form) -> None:
    assert render(Listing(ROWS.columns, (), ()), form, Style()) == "nothing found\n"


def test_no_formula_is_left_whatever_sign_it_opens_with() -> None:
    cells = ("＝1+1", "\n=1", "'=1", "plain")
    listing = Listing((Column("words"),), (), tuple({"words": cell} for cell in cells))
    rows = list(csv.DictReader(io.StringIO(render(listing, "csv", Style()), newline="")))
    assert [row["words"] for row in rows] == ["'＝1+1", "'\n=1", "''=1", "plain"]
