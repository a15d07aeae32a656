from __future__ import annotations

import pytest
import spacy

import onrecord


@pytest.fixture(scope="module")
def nlp():
    made = spacy.blank("en")
    made.add_pipe("onrecord", config={"published": "2015-07-14"})
    return made


def test_a_doc_carries_the_record_of_its_text(nlp) -> None:
    text = "Iran rejected the plan on Monday, Mohammad Javad Zarif said."
    doc = nlp(text)
    assert doc._.onrecord == onrecord.code(text, published="2015-07-14")
    assert doc._.statements == doc._.onrecord.statements
    (position, *_) = doc._.positions
    span = position.span
    assert doc.char_span(span.start, span.end).text == span.text


def test_the_day_of_one_text_goes_before_the_day_of_all(nlp) -> None:
    doc = nlp.make_doc("The president met Angela Merkel on Monday.")
    doc.user_data["published"] = "2009-07-14"
    doc = nlp(doc)
    assert doc._.onrecord.document.published == "2009-07-14"


def test_a_text_that_cannot_be_coded_has_no_record_and_says_why(nlp) -> None:
    doc = nlp(" ")
    assert doc._.onrecord is None
    assert doc._.statements == ()
    assert "text" in doc.user_data["onrecord_error"]
