"""Hostile texts through the coder: a record that quotes itself, or a refusal that says why; and soon."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.coding.coder import Coder
from onrecord.errors import DocumentError
from onrecord.record import Document, Record, from_json, to_json
from tests.hardening.hostile import ATTACKS, REFUSED, SHAPES, report, shape
from tests.properties.quoting import assert_quotes_itself

# Processor seconds, many times what is needed: what grows with the square of a text's length misses it.
SOON = 20


def coded(coder: Coder, text: str) -> Record:
    began = time.process_time()
    record = coder.code(Document(id="hostile", text=text, published="2015-07-14"))
    assert time.process_time() - began < SOON
    assert record.document.text == text
    assert_quotes_itself(record)
    assert from_json(to_json(record)) == record
    return record


@pytest.mark.parametrize("name", [name for name in ATTACKS if name != "null"])
def test_an_attack_in_a_report_leaves_the_rest_of_it_coded(coder: Coder, name: str) -> None:
    record = coded(coder, report(ATTACKS[name]))
    assert "united-states" in {actor.id for actor in record.actors} or "USA" in {a.id for a in record.actors}
    assert record.events


@pytest.mark.parametrize("name", SHAPES)
def test_a_text_of_one_thing_over_and_over_is_coded_soon(coder: Coder, name: str) -> None:
    coded(coder, shape(name, 1_000))


@pytest.mark.parametrize("name", ["said-said", "parentheses", "quotation-marks"])
def test_a_long_one_takes_as_much_longer_and_no_deep_stack(coder: Coder, name: str) -> None:
    coded(coder, shape(name, 12_000))


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_report_is_like_is_refused_with_its_reason(coder: Coder, name: str) -> None:
    text, code = REFUSED[name]
    began = time.process_time()
    with pytest.raises(DocumentError) as raised:
        coder.code(Document(id="hostile", text=text))
    assert raised.value.code == code
    assert time.process_time() - began < 2


_WORDS = (
    "Iran",
    "the United States",
    "John Kerry",
    "he",
    "said",
    "rejected",
    "the plan",
    "that",
    "on Monday",
)
_PIECES = st.sampled_from([*_WORDS * 3, *ATTACKS.values(), "“", "”", '"', ",", ".", "\n\n", "\n", "'s"])


@settings(
    max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
@given(st.lists(_PIECES, max_size=25), st.text(max_size=30))
def test_any_heap_of_words_and_attacks_is_coded_or_refused(
    coder: Coder, pieces: list[str], more: str
) -> None:
    with suppress(DocumentError):
        coded(coder, " ".join((*pieces, more)))
