"""The learned tagger end to end, on sentences of our own."""

from __future__ import annotations

import pytest

from onrecord.coding.attribution import Attribution
from onrecord.coding.spans import kind_of
from onrecord.coding.tagger import Tagger
from onrecord.record import Document
from onrecord.text.parse import Parser
from onrecord.text.quotation import find_quotes

LONG = (
    "The envoy said the convoy had left at dawn. The mayor of the town denied that any shell had fallen. "
    "Trucks lined the road to the bridge for most of the day. "
)


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    found = Tagger.load()
    assert found is not None, "the package ships its weights"
    return found


def read(tagger: Tagger, text: str) -> tuple[Attribution, ...]:
    spans = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((start, start + len(line)))
        start += len(line) + 1
    return tagger.attribute_text(text, spans, find_quotes(text, tuple(spans)))


def words(text: str, a: Attribution) -> tuple[str | None, str | None, list[str]]:
    return (
        text[slice(*a.speaker)] if a.speaker else None,
        text[slice(*a.cue)] if a.cue else None,
        [text[s:e] for s, e in a.content],
    )


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "content", "kind"),
    [
        (
            "“We will not sign under fire,” the foreign minister said on Friday.",
            "the foreign minister",
            "said",
            ["“We will not sign under fire,”"],
            "direct",
        ),
        (
            '"The bridge is open," Haddad said. "Trucks crossed this morning."',
            "Haddad",
            "said",
            ['"The bridge is open,"', '"Trucks crossed this morning."'],
            "direct",
        ),
        (
            "The ministry said the two sides had agreed to a pause of three days.",
            "The ministry",
            "said",
            ["the two sides had agreed to a pause of three days"],
            "indirect",
        ),
        (
            "Haddad called the offer “a step back” for the region.",
            "Haddad",
            "called",
            ["the offer “a step back” for the region"],
            "mixed",
        ),
        (
            "The talks will resume next week, according to two officials.",
            "two officials",
            "according to",
            ["The talks will resume next week"],
            "indirect",
        ),
        (
            "The general denied that his men had crossed the river.",
            "The general",
            "denied",
            ["that his men had crossed the river"],
            "indirect",
        ),
    ],
)
def test_who_said_what(
    tagger: Tagger, text: str, speaker: str, cue: str, content: list[str], kind: str
) -> None:
    (found,) = read(tagger, text)
    got_speaker, got_cue, got_content = words(text, found)
    assert got_speaker == speaker
    assert got_cue is not None
    assert cue in got_cue
    assert [c.strip(" .") for c in got_content] == [c.strip(" .") for c in content]
    assert found.kind == kind
    assert found.because == f"tagger/{tagger.name}"
    assert 0.5 < found.confidence <= 1


def test_a_second_cue_takes_the_speaker_of_the_first(tagger: Tagger) -> None:
    text = "The premier said the port would open in May and added that the army would leave it."
    first, second = read(tagger, text)
    assert words(text, first)[0] == words(text, second)[0] == "The premier"
    assert [words(text, a)[1] for a in (first, second)] == ["said", "added"]


def test_news_without_a_source_has_no_attribution(tagger: Tagger) -> None:
    assert read(tagger, "Rain fell on the valley for three days. Two roads were closed.") == ()


def test_a_block_after_a_colon_belongs_to_its_introduction(tagger: Tagger) -> None:
    text = "The envoy then said:\n\n“We have a text. We have a date. We have no reason to wait any longer.”"
    (found,) = read(tagger, text)
    assert words(text, found)[2] == [
        "“We have a text. We have a date. We have no reason to wait any longer.”"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n \t",
        "\u200b",
        "x" * 300_000,
        "“" * 500,
        "a." * 2000,
        "\ud7ff\U0001f600 said",
        "İİİ said “İ”.",
    ],
)
def test_any_text_is_read_and_spans_are_trimmed(tagger: Tagger, text: str) -> None:
    for a in read(tagger, text):
        for start, end in (a.speaker or (0, 0), a.cue or (0, 0), *a.content):
            assert 0 <= start <= end <= len(text)
            assert text[start:end] == text[start:end].strip()


def test_a_long_paragraph_is_read_in_windows(tagger: Tagger) -> None:
    text = LONG * 80  # some 2,700 words
    found = read(tagger, text)
    whole = [words(text, a) for a in found]
    assert len(found) == 160
    assert whole.count(("The envoy", "said", ["the convoy had left at dawn"])) == 80


def test_a_later_paragraph_leaves_the_earlier_ones_as_they_were(tagger: Tagger) -> None:
    text = "The envoy said the convoy had left at dawn.\n\n" + LONG
    more = text + "\n\nThe museum in Lisbon opened its doors for the first time since its repair."
    before = read(tagger, text)
    assert before
    assert read(tagger, more)[: len(before)] == before


def test_offsets_are_of_the_readable_text(tagger: Tagger, parser: Parser) -> None:
    parse = parser.parse(Document(id="x", text="Tiranë: “Ne jemi gati,” ministri tha.\n\nThe envoy said so."))
    for a in tagger.attribute(parse):
        assert a.cue is not None
        assert parse.text[slice(*a.cue)].strip()


@pytest.mark.parametrize(
    ("text", "content", "kind"),
    [
        ("“Yes,” he said.", [(0, 6)], "direct"),
        ("He said “yes” twice.", [(8, 19)], "mixed"),
        ("He said yes.", [(8, 11)], "indirect"),
        ("“Yes,” he said, “no.”", [(1, 5), (17, 20)], "direct"),
    ],
)
def test_the_kind_follows_the_quotation_marks(text: str, content: list[tuple[int, int]], kind: str) -> None:
    assert kind_of(text, find_quotes(text, [(0, len(text))]), content) == kind


def test_a_speaker_ends_without_its_comma(tagger: Tagger) -> None:
    text = "The foreign minister, Ana Kola, told reporters on Sunday that her country was “not at war”."
    (found,) = read(tagger, text)
    assert words(text, found)[0] == "The foreign minister, Ana Kola"
