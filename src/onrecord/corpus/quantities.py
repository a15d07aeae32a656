"""Quantities in the words of a report: how long, how many, how much, in one unit each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.knowledge import read_toml


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount in a unit ('hours', 'killed', 'USD'); ``text`` are the words that give it. ``about`` says
    that it is told as rough."""

    unit: str
    amount: float
    text: str
    about: bool = False


def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities that a text gives, in its order."""
    pattern, units, numbers, times = _patterns()
    found = []
    for match in pattern.finditer(text):
        amount = _amount(match["number"], numbers)
        if amount is None:
            continue
        if match["half"]:
            amount += 0.5
        unit, factor = units[match["unit"].casefold()]
        amount *= factor * times.get((match["times"] or "").casefold(), 1)
        found.append(Quantity(unit, amount, match.group(), bool(match["about"])))
    return tuple(found)


def alike(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities of one unit can be the same, told more or less exactly: within a tenth, or a
    quarter where one is told as rough."""
    most = 0.25 if a.about or b.about else 0.1
    return abs(a.amount - b.amount) <= most * max(abs(a.amount), abs(b.amount))


def _amount(words: str, numbers: dict[str, float]) -> float | None:
    word = words.casefold().replace(",", "")
    if word in numbers:
        return numbers[word]
    try:
        return float(word)
    except ValueError:
        return None


@cache
def _patterns() -> tuple[re.Pattern[str], dict[str, tuple[str, float]], dict[str, float], dict[str, float]]:
    table = read_toml("quantities.toml")
    units = {w: (u["unit"], float(u["factor"])) for u in table["unit"] for w in u["words"]}
    numbers = {word: float(n) for word, n in table["numbers"].items()}
    times = {word: float(n) for word, n in table["times"].items()}

    def any_of(words: dict[str, object]) -> str:
        return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))

    about = "|".join(re.escape(w) for w in sorted(table["about"], key=lambda w: (-len(w), w)))
    pattern = re.compile(
        rf"(?<![\w.,])(?:(?P<about>{about}) )?"
        rf"(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?|{any_of(dict(numbers))})"
        rf"(?P<half>[ -]and[ -]a[ -]half)?(?:[ -](?P<times>{any_of(dict(times))}))?"
        rf"[ -](?:(?:people|other|more|straight|consecutive|soldiers|civilians|were|was|men|of) )*"
        rf"(?P<unit>{any_of(dict(units))})(?!\w)(?! (?:after|before|ago|later|earlier|since)\b)",
        re.IGNORECASE,
    )
    return pattern, units, numbers, times
