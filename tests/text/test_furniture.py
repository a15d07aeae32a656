"""Furniture: what is no report, and what only looks like it."""

from __future__ import annotations

import time

import pytest

from onrecord.text.repair import repair

PARAGRAPH = (
    "The ministers of the two countries met on the border for the first time since the war, and promised to"
    " open the road."
)


def furniture(text: str) -> list[tuple[str, str]]:
    readable = repair(text)
    return [(f.reason, readable.text[f.start : f.end]) for f in readable.furniture]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Read more: The road to peace", "read-more"),
        ("Continue reading the main story", "read-more"),
        ("Related:", "related"),
        ("More from Oslo", "related"),
        ("Image caption The ministers on the border", "caption"),
        ("FILE PHOTO: Ministers meet in Oslo, Norway, May 3, 2018. REUTERS/Jane Doe", "caption"),
        ("The minister, left, speaks in Oslo on May 3. Jane Doe/Pool via REUTERS", "caption"),
        ("The minister waits on Friday. (Photo: Jane Doe, AP)", "caption"),
        ("The minister waits on Friday [Jane Doe/Reuters]", "caption"),
        ("Getty Images", "caption"),
        ("Reporting by Jane Doe in Oslo; Editing by John Roe", "credit"),
        ("(Additional reporting by Jane Doe; Editing by John Roe)", "credit"),
        ("Jane Doe and John Roe contributed to this report.", "credit"),
        ("By Jane Doe, Associated Press", "byline"),
        ("Sign up for our morning newsletter", "sign-up"),
        ("Follow us on Twitter", "sign-up"),
        ("Slideshow (27 Images)", "gallery"),
        ("Advertisement", "advertisement"),
        ("Story continues below", "advertisement"),
        ("Media playback is unsupported on your device", "player"),
        ("We use cookies to improve your visit", "cookies"),
        ("Copyright 2015 The Example Times. All rights reserved.", "copyright"),
        ("Editor’s note: This report was first published in May.", "note"),
        ("Updated 3:15 p.m., May 3, 2015", "published"),
        ("Share this article", "share"),
        ("Enlarge this image", "caption"),
        ("toggle caption", "caption"),
        ("READ: The road to peace", "read-more"),
        ("Related: The road to peace", "read-more"),
        ("Delivered by Example Newswire", "copyright"),
        ("Provided by Example Media Inc. (example.org).", "copyright"),
        ("Manage cookie settings", "cookies"),
        ("Get our app", "sign-up"),
        ("You have 3 free articles left this month", "sign-up"),
        ("View this post on Instagram", "share"),
        ("4-Minute Listen", "player"),
        ("Video by Jane Doe", "caption"),
        ("For Immediate Release", "press-release"),
        ("Back to top", "navigation"),
        ("###", "end"),
        ("-30-", "end"),
        ("A SECOND ROUND?", "subhead"),
        ("‘FRANK AND OPEN’", "subhead"),
        ("Fighting goes on", "subhead"),
    ],
)
def test_a_line_of_furniture(line: str, reason: str) -> None:
    assert furniture(f"{PARAGRAPH}\n\n{line}\n\n{PARAGRAPH}") == [(reason, line)]


@pytest.mark.parametrize(
    "line",
    [
        "He left.",
        "“We go,” he said.",
        "Related issues were discussed in Oslo.",
        "By Monday, the minister had left.",
        "Reading the statement, she wept.",
        "The minister told AFP.",
        "More than ten people came.",
        "Sources said: “It is over.”",
        "Follow-up talks are planned.",
        "The update was welcomed.",
        "Share prices fell.",
        "Delivered by rail, the aid arrived on Monday.",
        "Listen to us, he told the envoys.",
        "Embedded reporters saw the convoy leave.",
        "Contact with the envoy was lost.",
        "To continue reading the treaty would take all night, she said.",
        "Image is everything, the minister said.",
        "PARIS is ready, she said.",
    ],
)
def test_a_sentence_is_no_furniture(line: str) -> None:
    assert furniture(f"{PARAGRAPH}\n\n{line}\n\n{PARAGRAPH}") == []


@pytest.mark.parametrize(
    "dateline",
    [
        "WASHINGTON (Reuters) -",
        "KYIV, Ukraine (AP) —",
        "BEIJING, June 3 (Xinhua) --",
        "GAZA CITY -",
        "VIENNA (Agency) -",
        "PARIS/LONDON (Reuters) –",
        "Moscow (AFP) –",
        "NEW YORK, Dec. 14 (UPI) —",
    ],
)
def test_a_dateline_is_only_the_beginning_of_its_line(dateline: str) -> None:
    assert furniture(f"{dateline} {PARAGRAPH}") == [("dateline", dateline)]


def test_a_credit_at_the_end_of_a_paragraph() -> None:
    credit = "(Reporting by Jane Doe; Editing by John Roe)"
    assert furniture(f"{PARAGRAPH} {credit}") == [("credit", credit)]


def test_a_headline_that_comes_again_is_shown_twice() -> None:
    headline = "Ministers open the road between the two countries"
    assert furniture(f"{headline}\n\n{PARAGRAPH}\n\n{headline}\n\n{PARAGRAPH}") == [("repeated", headline)]


def test_front_matter_of_keys() -> None:
    text = f"Title: The road opens\nDate: 2015-05-03 09:00\nTags: oslo\n\n\n{PARAGRAPH}"
    assert furniture(text) == [
        ("front-matter", "Title: The road opens"),
        ("front-matter", "Date: 2015-05-03 09:00"),
        ("front-matter", "Tags: oslo"),
    ]


def test_front_matter_of_an_archive() -> None:
    head = "The road opens\nExample Wire\nMay 3, 2015 Sunday 9:01 PM EST\n\nLength: 90 words\nBody\n\n"
    assert {reason for reason, _ in furniture(head + PARAGRAPH)} == {"front-matter"}
    assert furniture(head + PARAGRAPH)[-1] == ("front-matter", "Body")


@pytest.mark.parametrize(
    "text", ["Norway meets Sweden", "NORWAY MEETS SWEDEN", "Source: it is over, he says"]
)
def test_a_text_of_one_line_is_a_report(text: str) -> None:
    assert furniture(text) == []


@pytest.mark.parametrize(
    "line",
    [
        "A B C " * 40,
        "Ab, " * 60,
        "AB/" * 80,
        "(" * 240,
        "and of " * 35,
        "AAA-AAA " * 30,
        "reporting by " * 18,
    ],
)
def test_no_line_takes_long(line: str) -> None:
    began = time.process_time()
    repair(f"{PARAGRAPH}\n{line}")
    assert time.process_time() - began < 1
