"""The targets of fuzz/ try what they are for: reports that are coded, not only refused."""

from __future__ import annotations

import sys
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

import onrecord
from onrecord.record import Document
from onrecord.sources.checks import check

FUZZ = Path(__file__).parent.parent.parent / "fuzz"


@pytest.fixture
def coder_target(monkeypatch):
    monkeypatch.syspath_prepend(str(FUZZ))
    yield import_module("coder")
    for name in ("coder", "running"):
        sys.modules.pop(name, None)


def test_any_bytes_stand_for_a_report_and_most_are_coded(coder_target) -> None:
    outcomes: Counter[bool] = Counter()
    for n in range(0, 65_536, 37):
        text = coder_target.text_of(n.to_bytes(2, "big") * 3)
        assert text.startswith("VIENNA")
        assert len(text) <= coder_target.MOST
        try:
            check(Document(id="x", text=text))
            outcomes[True] += 1
        except onrecord.DocumentError:
            outcomes[False] += 1
    assert outcomes[True] > 0.9 * outcomes.total(), outcomes


def test_every_sentence_and_word_can_be_reached(coder_target) -> None:
    assert len(coder_target.SENTENCES) <= (248 - 128) * 256
    assert len(coder_target.LISTS) <= 128
    for n in (0, 300, len(coder_target.SENTENCES) - 1):
        made = coder_target.text_of(bytes([128 + n // 256, n % 256]))
        assert made.endswith(coder_target.SENTENCES[n] + " ")
