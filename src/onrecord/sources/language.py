"""Which language a text is in, told by its letters and its function words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

from onrecord.knowledge import read_toml

# With fewer words, too little is there to tell the language by its function words.
MIN_WORDS_TO_SEE_ANOTHER = 20
MIN_WORDS_TO_MISS_ENGLISH = 40
MIN_ENGLISH = 0.03  # share of the words of an English text that are function words, at least
SAMPLE = 6_000  # characters
OTHER = "und"  # ISO 639-2: a language, and no telling which

_WORD = re.compile(r"[^\W\d_]+")
_SHARE = 0.1  # of the letters, in which a script is the text's own


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of a text's language; ``und`` where it is another than English and cannot be told.

    None where there are too few words to tell: such a text may be English.
    """
    words = _WORD.findall(text[:SAMPLE].lower())
    many = len(words)
    latin = sum(1 for word in words if word[0] < "\u0250")
    if many >= 3 and latin < many / 2:
        return _by_script("".join(words))
    counts = Counter(name for word in words for name in _languages().get(word, ()))
    english = counts.pop("english", 0)
    best, count = max(counts.items(), key=lambda item: item[1], default=("", 0))
    if many >= MIN_WORDS_TO_SEE_ANOTHER and count > english:
        return _code(best, words)
    if many >= MIN_WORDS_TO_MISS_ENGLISH and english < MIN_ENGLISH * many:
        return _code(best, words) if count else OTHER
    return "en" if many >= MIN_WORDS_TO_SEE_ANOTHER or english > 2 else None


def is_english(declared: str) -> bool:
    """Whether a language as it is given, a code or a name, is English."""
    low = declared.strip().lower()
    return low in ("en", "eng", "english") or low.startswith(("en-", "en_", "english "))


def code_of(declared: str) -> str:
    """A language as it is given, as a code in lower case without its region: 'en-GB' is 'en'."""
    low = declared.strip().lower()
    if is_english(low):
        return "en"
    return re.split(r"[-_]", low)[0] if re.fullmatch(r"[a-z]{2,3}(?:[-_]\w+)*", low) else low


def _code(name: str, words: list[str]) -> str:
    table = _table()
    finer: dict[str, list[str]] | None = table["within"].get(name)
    if finer is None:
        return str(table["codes"][name])
    return max(finer, key=lambda code: sum(1 for word in words if word in finer[code]))


def _by_script(letters: str) -> str:
    for code, script in _table()["scripts"].items():
        own = {c for c in letters if script["from"] <= c <= script["to"]}
        count = sum(1 for c in letters if script["from"] <= c <= script["to"])
        if (
            count >= _SHARE * len(letters)
            and ("also" not in script or own & set(script["also"]))
            and not own & set(script.get("without", ""))
        ):
            return str(code)
    return OTHER


@cache
def _languages() -> dict[str, tuple[str, ...]]:
    """The languages that a function word belongs to."""
    found: dict[str, tuple[str, ...]] = {}
    for name, words in _table()["words"].items():
        for word in words:
            found[word] = (*found.get(word, ()), name)
    return found


@cache
def _table() -> dict[str, Any]:
    """The knowledge of languages."""
    return read_toml("language.toml")
