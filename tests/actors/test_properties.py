"""What holds for any text: no crash, sound offsets, no overlaps, the same result twice."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.actors.cast import Cast
from onrecord.actors.resolve import find_cast, with_speakers
from onrecord.record import Document
from onrecord.text.parse import Parse, Parser

_WORDS = (
    "President Putin the US U.S. leader 's ’s , . “ ” said he her they it its who we I Russian forces of for "
    "and - May Moscow in both sides Mr. al bin İ N'Djamena a spokesman ( ) Hamas rebels Trump administration "
    "statement told him UN ambassador two leaders Kim Jong Un former his Its"
)
_PIECES = st.sampled_from([*_WORDS.split(), "\n"])
_TEXTS = st.one_of(st.lists(_PIECES, max_size=40).map(" ".join), st.text(max_size=80))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=_TEXTS, dated=st.booleans())
def test_any_text(parser: Parser, text: str, dated: bool) -> None:
    parse = parser.parse(Document(id="x", text=text, published="2019-02-03" if dated else None))
    cast = find_cast(parse)
    _sound(parse, cast)
    assert find_cast(parse) == cast
    if cast.actors:
        _sound(parse, with_speakers(cast, parse, [((0, len(parse.text)), cast.actors[0].id)]))


def _sound(parse: Parse, cast: Cast) -> None:
    ids = [actor.id for actor in cast.actors]
    assert len(ids) == len(set(ids))
    end = 0
    for reference in cast.references:
        assert end <= reference.start < reference.end <= len(parse.text)
        end = reference.end
        assert reference.actors
        assert set(reference.actors) <= set(ids)
        assert 0 < reference.confidence <= 1
        assert reference.because
    for actor in cast.actors:
        assert actor.id
        assert actor.name.strip()
        assert actor.mentions
        for mention in actor.mentions:
            assert 0 <= mention.start < mention.end <= len(parse.document.text)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "…", "the", "his", "’s", "A" * 500, "of the of the"])
def test_empty_and_odd_texts(parser: Parser, text: str) -> None:
    _sound(parse := parser.parse(Document(id="x", text=text)), find_cast(parse))


def test_first_person_in_a_quotation_is_the_speaker(parser: Parser) -> None:
    text = "Angela Merkel met US officials. “We want order, and I told them so,” she said."
    parse = parser.parse(Document(id="x", text=text, published="2019-04-11"))
    start, end = text.index("“"), text.index("”") + 1
    cast = with_speakers(find_cast(parse), parse, [((start, end), "angela-merkel")])
    for word, sure in (("We", 0.6), ("I", 0.9)):
        reference = cast.at_offset(text.index(word + " "))
        assert reference is not None
        assert reference.actors == ("angela-merkel",)
        assert reference.confidence == sure
    assert cast.at_offset(text.index("US")).actors != ("angela-merkel",)  # type: ignore[union-attr]


def test_speakers_that_are_not_in_the_cast_change_nothing(parser: Parser) -> None:
    parse = parser.parse(Document(id="x", text="“I came,” he said."))
    cast = find_cast(parse)
    assert with_speakers(cast, parse, [((0, 9), "nobody")]) == cast


def test_without_a_day_no_office_is_filled_from_the_roster(parser: Parser) -> None:
    parse = parser.parse(Document(id="x", text="The US president left. Vladimir Putin stayed."))
    cast = find_cast(parse)
    putin = cast.actor("vladimir-putin")
    assert (putin.country, putin.role) == ("RUS", None)
    assert [a.id for a in cast.actors if a.kind == "person"] == ["vladimir-putin"]


def test_a_role_known_only_to_a_day_is_warned_of(parser: Parser) -> None:
    text = "JD Vance spoke."
    late = find_cast(parser.parse(Document(id="x", text=text, published="2038-01-01")))
    (warning,) = late.warnings
    assert warning.code == "role-last-known"
    assert re.search(
        r"JD Vance: known as Vice President \(USA\) up to 202\d\S* .* on 2038-01-01", warning.message
    )
    soon = find_cast(parser.parse(Document(id="x", text=text, published="2025-01-25")))
    assert soon.warnings == ()
    assert late.actors[0].confidence < soon.actors[0].confidence
    assert late.references[0].confidence < soon.references[0].confidence


@pytest.mark.parametrize(
    ("on", "text", "meant", "also"),
    [
        ("2000-06-14", "Kim spoke. South Korea and North Korea agreed.", "kim-dae-jung", "Kim Jong-il"),
        ("2000-06-14", "Kim spoke. North Korea agreed.", "kim-jong-il", ""),
        ("2018-06-14", "Kim spoke. South Korea and North Korea agreed.", "kim-jong-un", ""),
        ("1991-06-14", "U.S. President George Bush spoke.", "george-h-w-bush", ""),
        ("2004-06-14", "U.S. President George Bush spoke.", "george-w-bush", ""),
        ("2004-06-14", "Former U.S. President Bush spoke.", "george-h-w-bush", ""),
        ("2010-06-14", "Former U.S. President George Bush spoke.", "george-w-bush", "George H. W. Bush"),
        ("2010-06-14", "Jane Miller met John Miller. Miller spoke.", "john-miller", "Jane Miller"),
        ("2017-06-14", "Donald Trump met Melania Trump. Trump spoke.", "donald-trump", ""),
    ],
)
def test_a_name_is_resolved_by_text_and_day_else_marked(
    parser: Parser, on: str, text: str, meant: str, also: str
) -> None:
    cast = find_cast(parser.parse(Document(id="x", text=text, published=on)))
    reference = cast.at_offset(text.index(" spoke") - 1)
    assert reference is not None
    assert reference.actors == (meant,)
    marked = [w for w in cast.warnings if w.code == "ambiguous-name"]
    assert len(marked) == bool(also)
    assert all(also in w.message and w.span is not None for w in marked)
    assert (reference.confidence < 0.6) == bool(also)


def test_a_former_president_is_not_the_president_of_that_name(parser: Parser) -> None:
    text = "U.S. President Bush praised the deal. Former President Bush welcomed it. Bush left."
    cast = find_cast(parser.parse(Document(id="x", text=text, published="2004-06-14")))
    assert [r.actors for r in cast.references if r.by == "name"] == [
        ("george-w-bush",),
        ("george-h-w-bush",),
        ("george-w-bush",),
    ]
