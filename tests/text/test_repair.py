"""Repair: what is mended, what stays whole, and that every stretch leads back."""

from __future__ import annotations

import time

import pytest

from onrecord.text.joined import split
from onrecord.text.repair import repair
from onrecord.text.words import rank


@pytest.mark.parametrize(
    ("received", "readable"),
    [
        ("the war withNorway ended", "the war with Norway ended"),
        ("a ceasefireand talks", "a ceasefire and talks"),
        ("days afterthe summit", "days after the summit"),
        ("agrowing consensus", "a growing consensus"),
        ("aNorwegian envoy", "a Norwegian envoy"),
        ("despite previouslydemanding talks", "despite previously demanding talks"),
        ("they met inthe city", "they met in the city"),
        ("ThePresident spoke", "The President spoke"),
        ("with theUS and theUS-led force", "with the US and the US-led force"),
        ("as USofficials said", "as US officials said"),
        ("He wants peace.The talks go on.", "He wants peace. The talks go on."),
        ("She said:“We go,”and left.", "She said: “We go,” and left."),
        ('She said:"We go,"and left.', 'She said: "We go," and left.'),
        ("in Oslo,the capital", "in Oslo, the capital"),
        ("Norway’sarmy don’twant it", "Norway’s army don’t want it"),
        ("in2015 and 2016the U.S.officials met", "in 2015 and 2016 the U.S. officials met"),
        ("Ban,Â she said â€œnoâ€\x9d, donâ€™t", "Ban, she said “no”, don’t"),
        ("SarukhA\u0303\u0083A\u0302\u00a1n left", "Sarukhán left"),
        ("FranÃ§ois met PÃ©rez and SarukhÃ\x83Â¡n", "François met Pérez and Sarukhán"),
        ("two\u00a0days,\u200b a\u00adgree\u202e on ﬁve &amp; six", "two days, agree on five & six"),
        ("a <b>very</b> good <a href=\"/x\">deal</a>", "a very good deal"),
        ("two  days \t of talks ", "two days of talks"),
        ("line\r\nline", "line\nline"),
        ("a demi- litarised zone, mid- and long-term aims", "a demilitarised zone, mid- and long-term aims"),
        ("the wel- comed envoy", "the welcomed envoy"),
    ],
)  # fmt: skip
def test_what_is_mended(received: str, readable: str) -> None:
    assert repair(received).text == readable


@pytest.mark.parametrize(
    "word",
    [
        "McDonald", "iPhone", "eBay", "WhatsApp", "YouTube", "DeVos", "MacBook", "LaGuardia", "al-Qaeda",
        "O'Brien", "O’Neill", "Lugansk", "Zaporizhzhia", "Merz", "denazify", "demilitarise", "LinkedIn",
        "PayPal", "deBlasio", "jihadis", "inauthenticity", "ahistorical", "Aftergood", "TheBlaze",
        "No-fly", "G7", "F-16s", "30km", "https://a.com/b", "user@example.com", "#NoDeal", "@SomeoneElse",
        "U.S.", "Ph.D.", "p.m.", "1,000", "10:30", "kingmaker", "horserace",
    ],
)  # fmt: skip
def test_what_stays_whole(word: str) -> None:
    text = f"They said that {word} was there."
    assert repair(text).text == text


def test_a_word_taken_apart_keeps_the_place_of_both_halves() -> None:
    received = "the war withNorway, despite"
    readable = repair(received)
    start = readable.text.index("Norway")
    span = readable.span(start, start + len("Norway"))
    assert received[span.start : span.end] == span.text == "Norway"
    (listed,) = readable.repairs()
    assert (listed.start, listed.end, listed.raw, listed.text) == (8, 18, "withNorway", "with Norway")


def test_many_repairs_in_one_word_are_listed_as_one() -> None:
    received = "A “with\u200bNorway.The,” B"
    (listed,) = repair(received).repairs()
    assert (listed.raw, listed.text) == ("with\u200bNorway.The", "with Norway. The")
    began = time.process_time()
    assert len(repair("a\u200b" * 100_000).repairs()) == 1
    assert time.process_time() - began < 5


def test_three_words_in_one() -> None:
    assert split("inthecity") == [2, 5]


def test_hard_wraps_are_joined_and_paragraphs_kept() -> None:
    wrapped = (
        "The two foreign ministers met in the old town hall for the third\n"
        "time this month, and said that the talks would go on in a demili-\n"
        "tarised village near the border.\n"
        "\n"
        "Neither side had anything to say about the war-\n"
        "time debts."
    )
    assert repair(wrapped).text == (
        "The two foreign ministers met in the old town hall for the third time this month, and said that the"
        " talks would go on in a demilitarised village near the border.\n\nNeither side had anything to say"
        " about the wartime debts."
    )


@pytest.mark.parametrize(
    "text",
    [
        "The first paragraph.\nThe second paragraph is a little longer.\nThe third.",
        "The first paragraph says that the two ministers met in the old town hall, as they do.\nHe left.",
        "Norway\nSweden\nDenmark\nFinland\nIceland",
    ],
)
def test_a_paragraph_a_line_stays(text: str) -> None:
    assert repair(text).text == text


def test_clean_text_has_no_edits() -> None:
    text = "“We don’t go,” she said. ‘He’s late.’\n\nThe U.S. and the E.U. met at 10:30 a.m. on 3/4/2015."
    assert repair(text).edits == ()


def test_ranks_start_at_the_most_frequent_word() -> None:
    assert (rank("the"), rank("withnorway"), rank("")) == (1, None, None)


@pytest.mark.parametrize("text", ["a" * 300_000, "U.S." * 75_000, "\u00a0" * 300_000, "<b " * 100_000])
def test_any_long_run_takes_little_time(text: str) -> None:
    began = time.process_time()
    repair(text)
    assert time.process_time() - began < 5
