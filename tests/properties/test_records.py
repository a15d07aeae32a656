"""Any text in, a record that quotes itself or a coded refusal out; nothing else."""

from __future__ import annotations

import os

import pytest

from onrecord.coding.coder import Coder
from onrecord.errors import DocumentError
from onrecord.record import Document, Record, to_json
from tests.properties.damage import texts
from tests.properties.quoting import assert_quotes_itself, spans

COUNT = int(os.environ.get("ONRECORD_PROPERTY_TEXTS", "1500"))  # `make properties` runs ten thousand
APPENDIX = "\n\nThe museum in Lisbon opened its doors to visitors for the first time since its repair."


def code(coder: Coder, text: str) -> Record | str:
    try:
        return coder.code(Document(id="x", text=text, published="2015-07-14"))
    except DocumentError as e:
        return e.code


def test_every_span_of_every_record_quotes_itself(coder: Coder) -> None:
    coded = 0
    for text in texts(COUNT, seed=20150714):
        record = code(coder, text)
        if isinstance(record, Record):
            assert record.document.text == text
            assert_quotes_itself(record)
            coded += 1
    assert coded > 0.9 * COUNT


def test_an_unrelated_paragraph_at_the_end_leaves_every_span_before_it(coder: Coder) -> None:
    for text in texts(60, seed=7):
        before, after = code(coder, text), code(coder, text + APPENDIX)
        if not isinstance(before, Record) or not isinstance(after, Record):
            continue
        old = {(s.start, s.end, s.text) for s in spans((before.statements, before.events, before.positions))}
        new = {
            (s.start, s.end, s.text)
            for s in spans((after.statements, after.events, after.positions))
            if s.end <= len(text)
        }
        assert old == new


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_same_text_gives_the_same_bytes(coder: Coder, seed: int) -> None:
    for text in texts(20, seed):
        first, second = code(coder, text), code(coder, text)
        if isinstance(first, Record):
            assert isinstance(second, Record)
            assert to_json(first) == to_json(second)
