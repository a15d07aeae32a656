"""Who published a document: government bodies by name or host, and no news media."""

from __future__ import annotations

import pytest

from onrecord.coding.coder import Coder
from onrecord.coding.publisher import find_publisher
from onrecord.record import Document
from onrecord.text.parse import Parser


@pytest.mark.parametrize(
    ("outlet", "url", "expected"),
    [
        ("The White House", None, "usa-white-house"),
        ("U.S. Department of State", None, "usa-department-of-state"),
        ("whitehouse.gov", None, "usa-white-house"),
        (None, "https://www.whitehouse.gov/briefings/one", "usa-white-house"),
        ("http://en.kremlin.ru", None, "rus-kremlin"),
        ("NATO", None, "nato"),
        ("Reuters", None, None),
        ("South China Morning Post", None, None),
        ("Iran International", None, None),
        ("Reuters", "https://www.reuters.com/world/", None),
        ("", None, None),
        (None, None, None),
        ("[", "http://[", None),
    ],
)
def test_publisher(parser: Parser, outlet: str | None, url: str | None, expected: str | None) -> None:
    found = find_publisher(parser, Document(id="x", text="", outlet=outlet, url=url, published="2019-06-12"))
    assert (found.id if found else None) == expected


def test_a_publisher_that_relays_is_in_the_cast(coder: Coder) -> None:
    text = "President Donald Trump met the envoy. The President said that the truce must hold."
    record = coder.code(Document(id="x", text=text, outlet="The White House", published="2019-06-12"))
    (statement,) = record.statements
    assert statement.via == ("usa-white-house",)
    assert [a.kind for a in record.actors if a.id == "usa-white-house"] == ["government"]


def test_a_publisher_does_not_relay_itself(coder: Coder) -> None:
    text = "The White House said that the truce must hold."
    record = coder.code(Document(id="x", text=text, outlet="The White House", published="2019-06-12"))
    assert [s.via for s in record.statements] == [()]
