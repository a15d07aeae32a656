"""What editors do to a report, for pairs of copies; and pairs that are none. All by a seed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from random import Random

SENTENCE = re.compile(r"(?<=[.!?][”\"]) +(?=[A-Z“\"])|(?<=[.!?]) +(?=[A-Z“\"])")
OTHER = (
    "officials reached however clashes lengthy capital sources later meanwhile set major delegates round "
    "venue aides put forward push key move since while part held under with broad side terms brokered vowed "
    "hailed amid of"
)
HEADS = (
    "Breakthrough after long talks",
    "What we know so far",
    "Leaders hail accord",
    "LIVE: talks end",
    "Analysis: a fragile peace",
)
DATELINES = ("GENEVA (Agency) - ", "BRUSSELS, Belgium (AP) — ", "From our correspondent. ", "LONDON | ")
BACKGROUND = (
    "The conflict has driven more than a million people from their homes since it began, according to the "
    "United Nations, and earlier attempts to end it collapsed within weeks as each side accused the other of "
    "breaking the terms. Aid agencies say that roads into the worst affected districts have been closed to "
    "convoys for most of the winter.",
    "Analysts say that the agreement leaves the most difficult questions for later, among them the return of "
    "those who were displaced and the fate of those accused of war crimes, and that without money from "
    "abroad none of what has been promised on paper can be carried out on the ground.",
)
CREDITS = (
    "(Reporting by our bureau; Writing by the desk; Editing by the night desk)\nOur Standards: The "
    "Principles of Trust.",
    "Sign up to our daily newsletter\nRead more: What we know so far\n© 2015 The Agency. All rights "
    "reserved.",
)


@dataclass(frozen=True, slots=True)
class Report:
    event: str
    outlet: str
    published: str
    title: str
    text: str


def reports() -> list[Report]:
    table = tomllib.loads(Path(__file__).with_name("reports.toml").read_text("utf-8"))
    return [Report(**{**r, "text": r["text"].strip()}) for r in table["report"]]


def truncated(text: str, random: Random) -> str:
    """The beginning, cut after a paragraph, never below a third."""
    paragraphs = text.split("\n\n")
    least, most = random.uniform(0.35, 0.9) * len(text), len(paragraphs)
    for n in range(1, most):
        if len("\n\n".join(paragraphs[:n])) >= least:
            return "\n\n".join(paragraphs[:n])
    return text


def headed(text: str, random: Random) -> str:
    return f"{random.choice(HEADS)}\n\n{text}"


def datelined(text: str, random: Random) -> str:
    body = re.sub(r"\A[A-Z ,a-z0-9]{3,30} - ", "", text)
    return random.choice(DATELINES) + body


def shuffled(text: str, random: Random) -> str:
    paragraphs = text.split("\n\n")
    random.shuffle(paragraphs)
    return "\n\n".join(paragraphs)


def corrected(text: str, random: Random) -> str:
    """Two or three lines with another number, name or spelling, and a note."""
    words = text.split(" ")
    for _ in range(random.randint(3, 8)):
        words[random.randrange(len(words))] = random.choice(("some", "forty", "Tuesday", "the ministry"))
    return " ".join(words) + "\n\nCorrects figure in paragraph three."


def rewritten(text: str, random: Random, share: float | None = None) -> str:
    """A share of the sentences put in other words: dropped, changed, their clauses the other way round."""
    share = random.uniform(0.1, 0.4) if share is None else share
    paragraphs = [SENTENCE.split(p) for p in text.split("\n\n")]
    places = [(i, j) for i, p in enumerate(paragraphs) for j in range(len(p))]
    for i, j in random.sample(places, round(share * len(places))):
        paragraphs[i][j] = paraphrase(paragraphs[i][j], random)
    return "\n\n".join(" ".join(p) for p in paragraphs)


def paraphrase(sentence: str, random: Random) -> str:
    clauses = sentence.rstrip(".").split(", ")
    if len(clauses) > 1:
        clauses = clauses[1:] + clauses[:1]
    kept = [w for w in ", ".join(clauses).split(" ") if random.random() > 0.15]
    return " ".join(random.choice(OTHER.split()) if random.random() < 0.25 else w for w in kept) + "."


def plain(text: str, random: Random) -> str:
    """As another system stores it: straight or curly quotes, one line, no-break spaces."""
    return (
        text.replace("\n\n", " ").replace("'", "’") if random.random() < 0.5 else text.replace("\n\n", "\n")
    )


def curled(text: str, random: Random) -> str:
    return re.sub(r'"([^"\n]*)"', r"“\1”", text).replace("'", "’")


def everything(text: str, random: Random) -> str:
    return headed(datelined(rewritten(truncated(curled(text, random), random), random, 0.4), random), random)


EDITS: dict[str, Callable[[str, Random], str]] = {
    "truncation": truncated,
    "re-headline": headed,
    "dateline": datelined,
    "shuffle": shuffled,
    "corrections": corrected,
    "10 % rewrite": lambda text, random: rewritten(text, random, 0.1),
    "25 % rewrite": lambda text, random: rewritten(text, random, 0.25),
    "40 % rewrite": lambda text, random: rewritten(text, random, 0.4),
    "format": plain,
    "quotation marks": curled,
    "all at once": everything,
}
LIGHT = ("quotation marks", "re-headline", "dateline", "shuffle", "corrections", "format", "truncation")


@dataclass(frozen=True, slots=True)
class Pair:
    kind: str
    a: str
    b: str


def copies(rounds: int, seed: int = 7) -> Iterator[Pair]:
    """A report and an edit of it, or two edits of it; so many of each kind for each report."""
    for report in reports():
        for kind, edit in EDITS.items():
            for n in range(rounds):
                random = Random(f"{seed}/{report.event}/{report.outlet}/{kind}/{n}")
                light = EDITS[random.choice(LIGHT[:-1])]
                first = report.text if n % 2 == 0 else light(report.text, random)
                yield Pair(kind, first, edit(report.text, random))


def others(rounds: int, seed: int = 7) -> Iterator[Pair]:
    """Pairs that are no copies, each edited lightly: of one event, with background or credits in common."""
    for a, b in combinations(reports(), 2):
        for n in range(rounds):
            random = Random(f"{seed}/{a.event}/{a.outlet}/{b.event}/{b.outlet}/{n}")
            one, other = EDITS[random.choice(LIGHT)], EDITS[random.choice(LIGHT)]
            if a.event == b.event:
                yield Pair("one event", one(a.text, random), other(b.text, random))
            elif a.outlet == b.outlet and n == 0:
                shared = "\n\n" + random.choice(BACKGROUND)
                yield Pair("one background", one(a.text + shared, random), other(b.text + shared, random))
                long = "\n\n" + "\n\n".join(BACKGROUND)
                yield Pair("two fifths background", a.text + long, b.text + long)
                ending = "\n" + random.choice(CREDITS)
                yield Pair("one credit", one(a.text + ending, random), other(b.text + ending, random))
            elif n == 0:
                yield Pair("two events", one(a.text, random), other(b.text, random))
