from __future__ import annotations

import pytest

from onrecord.errors import DocumentError
from onrecord.record import Document
from onrecord.sources.checks import MAX_CHARACTERS, MAX_LINE, check, decode

ENGLISH = "The minister said on Tuesday that the talks would go on until Friday, and that a deal was near.\n"


def code_of(text: str, **fields: str) -> str | None:
    try:
        check(Document(id="x", text=text, **fields))
    except DocumentError as error:
        return error.code
    return None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ENGLISH, None),
        ("Putin said no.", None),
        ("", "empty"),
        (" \n\t\u200b\ufeff\u00a0", "empty"),
        ("2015-07-14 !!! 36 %\n\n--", "no-letters"),
        ("The minister\0said no.", "binary"),
        ("The minister said \ud83d no.", "not-unicode"),
        ("a " * (MAX_LINE // 2 + 1), "long-line"),
        ("a " * 900_000, "long-line"),
        (ENGLISH * (MAX_CHARACTERS // len(ENGLISH) + 1), "too-large"),
        ("He said " + "“‘" * 500 + "no" + "’”" * 500, "nested-quotes"),
        ("He said " + '"' * 1000 + "no.", "nested-quotes"),
        ((ENGLISH + "“He said no.\n") * 200, None),
        ("“They don’t know,” he said. " * 200, None),
    ],
)
def test_what_can_be_coded(text: str, code: str | None) -> None:
    assert code_of(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "Le ministre iranien des affaires étrangères a déclaré mardi à Vienne que les "
        "négociations étaient entrées dans une phase décisive et qu'il fallait un accord solide.",
        "Der Minister sagte am Dienstag in Wien, die Verhandlungen seien in eine entscheidende "
        "Phase getreten, und es müsse ein Abkommen geben, das für alle Seiten gut ist.",
        "El ministro dijo el martes en Viena que las negociaciones habían entrado en una fase "
        "decisiva y que no había todavía un acuerdo para todas las partes.",
        "De minister zei dinsdag in Wenen dat de onderhandelingen in een beslissende fase waren "
        "en dat er nog geen akkoord was, maar hij was niet zonder hoop.",
        "Ministeren sagde tirsdag i Wien, at forhandlingerne var i en afgørende fase, og at det "
        "er for tidligt at tale om en aftale, men han har en plan.",
        "Bakan salı günü Viyana'da görüşmelerin belirleyici bir aşamaya girdiğini ve henüz bütün "
        "taraflar için iyi bir anlaşma olmadığını söyledi, ancak umutlu.",
        "Министр заявил во вторник в Вене, что переговоры вступили в решающую стадию.",
        "外长 周二 在 维也纳 表示 谈判 进入 关键 阶段",
    ],
    ids=["fr", "de", "es", "nl", "da", "tr", "ru", "zh"],
)
def test_another_language_is_told_from_english(text: str) -> None:
    assert code_of(text) == "language"


def test_the_language_given_counts_too() -> None:
    assert code_of(ENGLISH, language="fr") == "language"
    assert code_of(ENGLISH, language="en-GB") is None
    assert code_of(ENGLISH, language="eng") is None


def test_foreign_names_in_english_are_no_other_language() -> None:
    text = (
        "Ursula von der Leyen met Luis de Guindos and Abdel Fattah el-Sisi, and the three said that they "
        "would send the plan of the Ligue des droits to La Paz."
    )
    assert code_of(text) is None


def test_bytes_are_decoded_as_they_stand_but_for_a_mark() -> None:
    assert decode(b"\xef\xbb\xbfone\r\ntwo\rthree\n", "x") == "one\r\ntwo\rthree\n"


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        ("été".encode("latin-1"), "not-utf-8", "byte 0 (0xe9)"),
        ("été".encode("utf-16"), "not-utf-8", "UTF-16"),
        (b"%PDF\0\1\2", "binary", "NUL"),
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes, code: str, says: str) -> None:
    with pytest.raises(DocumentError) as e:
        decode(data, "x.txt")
    assert e.value.code == code
    assert says in str(e.value)


def test_a_short_english_sentence_with_words_that_other_languages_have_too_is_english() -> None:
    text = (
        "Chad's foreign minister was quoted by a newspaper as saying: “There is no use in a vote that nobody "
        "trusts, and as for men who die, no one asks.”"
    )
    check(Document(id="x", text=text))
