"""Small cases: who an expression refers to, of what kind, for which side."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.actors.cast import Cast, Reference
from onrecord.actors.resolve import find_cast
from onrecord.record import Actor, Document
from onrecord.text.parse import Parser

CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(parser: Parser, case: dict[str, Any]) -> None:
    text = case["text"]
    cast = find_cast(parser.parse(Document(id="case", text=text, published=case["on"])))
    for expression, ids in case.get("refs", {}).items():
        reference = _at(cast, text, expression)
        got = ",".join(sorted(reference.actors)) if reference else ""
        assert got == ",".join(sorted(ids.split(","))), expression
    for key, field in (("kinds", "kind"), ("parties", "party"), ("countries", "country")):
        for expression, value in case.get(key, {}).items():
            assert getattr(_actor(cast, text, expression), field) == value, expression


def _at(cast: Cast, text: str, expression: str) -> Reference | None:
    words, _, nth = expression.partition("#")
    places = [m.end() - 1 for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    return cast.at_offset(places[int(nth or 1) - 1])


def _actor(cast: Cast, text: str, expression: str) -> Actor:
    reference = _at(cast, text, expression)
    assert reference is not None, expression
    return cast.actor(reference.actors[0])
