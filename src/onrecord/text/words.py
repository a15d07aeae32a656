"""The frequency list of English word forms, names among them."""

from __future__ import annotations

import re
from functools import cache

from onrecord.knowledge import data

_ENDING = re.compile(
    r"(?:ally|ian|ism|ity|s|es|ed|d|ing|ly|er|ers|r|rs|ness|able|isation|ization|ise|ize|ised|ized|ist|ists)"
)


def rank(form: str) -> int | None:
    """The rank of a form in lower case, 1 for the most frequent; None where it is not in the list."""
    return _ranks().get(form)


def is_word(form: str, most: int = 1_000_000) -> bool:
    """Whether a form in lower case is in the list, among the ``most`` most frequent."""
    return _ranks().get(form, most + 1) <= most


def is_derived(form: str) -> bool:
    """Whether a form is a word of the list with an ending."""
    stems = (form[:i] for i in range(4, len(form)) if _ENDING.fullmatch(form, i))
    return any(is_word(stem) or is_word(stem + "e") for stem in stems)


@cache
def _ranks() -> dict[str, int]:
    text = data("text", "words.txt").read_text("utf-8")
    forms = text[text.index("\n", text.rindex("# ")) :].split()  # below the header
    return dict(zip(forms, range(1, len(forms) + 1), strict=True))
