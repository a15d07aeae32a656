"""Texts in the manner of reports, whole and damaged, made from a seed: the same seed gives the same text."""

from __future__ import annotations

import random

NAMES = [
    "Vladimir Putin", "John Kerry", "the Iranian leader", "Mr Zarif", "Federica Mogherini", "the Kremlin",
    "He", "They", "Jane Doe, a spokeswoman for the ministry,", "U.S. officials", "Hamas", "the two sides",
]  # fmt: skip
VERBS = [
    "said that", "told reporters:", "warned", "agreed to", "refused to", "urged Moscow to", "called for",
    "rejected", "met", "accused Iran of", "threatened to", "would accept the deal if", "did not rule out",
]  # fmt: skip
REST = [
    "the talks would go on in Vienna on Monday", "withdraw its troops from the region",
    "“a very good meeting”",
    "‘we will not sign’", "a 30-day ceasefire", "sanctions must be lifted first",
    "sign the accord by 30 June",
    "“We are close. We are not there,”", "the proposal put forward by Paris", "it was 'a red line'",
]  # fmt: skip
TAILS = [
    ".", ", according to a senior diplomat.", ", he said. “And we shall see.”", " a day later.", "?",
    ", the state news agency reported, citing the ministry.", " – despite pressure from allies.", ".”",
]  # fmt: skip
LINES = [
    "Read more: the story so far", "Reporting by A. Writer; Editing by B. Editor", "VIENNA (Agency) - ",
    "Image caption The foreign ministers on Tuesday", "“Nobody wants this,", "A SECOND ROUND?", "",
]  # fmt: skip
JUNK = "  \u00a0\u200b\u202e\u0301\ufeff“”‘’\"'`—…\t\n\r\u2028Â\u00ad{}[]<>&;\\/%$#@é中א🙂\x07"


def report(rng: random.Random) -> str:
    """A few paragraphs of sentences that look like agency copy."""
    paragraphs = []
    for _ in range(rng.randint(1, 3)):
        sentences = [
            f"{rng.choice(NAMES)} {rng.choice(VERBS)} {rng.choice(REST)}{rng.choice(TAILS)}"
            for _ in range(rng.randint(1, 2))
        ]
        paragraphs.append(" ".join(sentences))
        if rng.random() < 0.25:
            paragraphs.append(rng.choice(LINES))
    return rng.choice(["\n", "\n\n"]).join(paragraphs)


def damaged(rng: random.Random, text: str) -> str:
    """The text after some of the accidents that texts meet on their way."""
    characters = list(text)
    for _ in range(rng.randint(0, 6)):
        if not characters:
            break
        i = rng.randrange(len(characters))
        match rng.randrange(6):
            case 0:
                spaces = [j for j, c in enumerate(characters) if c == " "]
                if spaces:
                    del characters[rng.choice(spaces)]
            case 1:
                characters.insert(i, rng.choice(JUNK))
            case 2:
                del characters[i : i + rng.randint(1, 12)]
            case 3:
                characters[i] = rng.choice(JUNK)
            case 4:
                characters[i:i] = characters[max(0, i - 8) : i]
            case 5:
                quoted = "".join(characters[i : i + 20])
                characters[i : i + 20] = list(
                    quoted.encode("utf-8").decode("cp1252", "replace")  # what mojibake is
                )
    return "".join(characters)


def texts(count: int, seed: int) -> list[str]:
    """``count`` texts, about half of them damaged."""
    rng = random.Random(seed)
    return [damaged(rng, t) if rng.random() < 0.6 else t for t in (report(rng) for _ in range(count))]
