from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

import onrecord
from onrecord import knowledge
from onrecord.errors import UsageError
from onrecord.output import Style
from onrecord.output.explain import definition, find, render
from onrecord.record import Document
from onrecord.sources import Options, example_inputs, read
from tests.output.sample import RECORD

CODING = Path(onrecord.__file__).parent / "coding"
GOLDEN = Path(__file__).parent / "golden"


def explained(entry: str) -> str:
    return Style().render(render(RECORD, find(RECORD, entry)))


@pytest.mark.parametrize("entry", ["s1", "e2", "p1"])
def test_explains_as_in_the_golden_file(entry: str) -> None:
    assert explained(entry) == (GOLDEN / f"explain-{entry}.txt").read_text("utf-8")


def test_an_event_shows_the_definition_of_its_frame() -> None:
    frame = definition("consult/hold-talks")
    assert frame is not None
    assert frame["id"] == "hold-talks"
    assert frame["type"] == "CONSULT"
    assert frame["example"] in " ".join(explained("e1").split())


def test_an_empty_side_shows_why() -> None:
    event = replace(RECORD.events[0], actor=(), absent=("actor: agentless passive",))
    shown = Style().render(render(RECORD, event))
    assert "actor         – (agentless passive)\n" in shown
    assert "recipient     Ana Petrova (RUR)\n" in shown


def test_every_rule_that_coded_the_examples_has_a_definition(coder) -> None:
    inputs, meta = example_inputs()
    records = [coder.code(d) for d in read(inputs, Options(meta=meta)) if isinstance(d, Document)]
    named = {e.because for r in records for e in (*r.statements, *r.events, *r.positions)}
    assert len(named) > 10
    assert [because for because in sorted(named) if definition(because) is None] == []


def test_the_rules_in_code_and_in_the_data_are_the_same() -> None:
    code = "".join(p.read_text("utf-8") for p in CODING.glob("*.py"))
    in_code = set(re.findall(r'"(attribution/[a-z-]+)"', code))
    assert in_code == {name for name in knowledge.read_toml("rules.toml")["rules"] if "/" in name}


@pytest.mark.parametrize("because", ["consult/nowhere", "nowhere/x", "../errors/x", "stance/x", "plain", ""])
def test_a_rule_that_the_data_do_not_know_has_no_definition(because: str) -> None:
    assert definition(because) is None


def test_text_is_shown_safe() -> None:
    assert "\x1b" not in explained("s2")
    assert "[\\x1b[31m“We are ready,”\\x1b[0m]" in explained("s2")


def test_an_unknown_entry_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"no entry 's9'; it has s1 to s2, e1 to e2, p1 to p2"):
        find(RECORD, "s9")
