from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import UsageError
from onrecord.output import Style
from onrecord.output.explain import find, frame, render
from tests.output.sample import RECORD

GOLDEN = Path(__file__).parent / "golden"


def explained(entry: str) -> str:
    return Style().render(render(RECORD, find(RECORD, entry)))


@pytest.mark.parametrize("entry", ["s1", "e2", "p1"])
def test_explains_as_in_the_golden_file(entry: str) -> None:
    assert explained(entry) == (GOLDEN / f"explain-{entry}.txt").read_text("utf-8")


def test_an_event_shows_the_definition_of_its_frame() -> None:
    definition = frame("consult/hold-talks")
    assert definition is not None
    assert definition["id"] == "hold-talks"
    assert definition["example"] in " ".join(explained("e1").split())


@pytest.mark.parametrize("because", ["consult/nowhere", "nowhere/x", "../errors/x", "plain", ""])
def test_a_rule_that_names_no_frame_has_no_definition(because: str) -> None:
    assert frame(because) is None


def test_text_is_shown_safe() -> None:
    assert "\x1b" not in explained("s2")
    assert "[\\x1b[31m“We are ready,”\\x1b[0m]" in explained("s2")


def test_an_unknown_entry_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"no entry 's9'; it has s1 to s2, e1 to e2, p1 to p2"):
        find(RECORD, "s9")
