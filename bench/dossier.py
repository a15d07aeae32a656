"""How a dossier bears many reports: how fast they are filed, how large it grows, how fast one is added.

usage: python bench/dossier.py [--reports N] [--dossier FILE] [--coding RATE] [--json FILE]

The reports are made, not coded: texts of about 700 words out of made-up words, with records of about 10
actors, 10 statements, 12 events and 6 positions; many tell of the same events and issues, and one in seven
is a copy of another. RATE is the documents a second that 'onrecord code' does on one process; where it is not
given, it is measured on the example reports. Both are counted in seconds of the processor, so that other
programs on the machine do not matter. Filing and coding are both work of one process, so that filed beside
coding the rate is 1 / (1/coding + 1/filing). Exits with 1 where that is under 70 % of coding alone, the file
is over 300 MB for 10,000 reports, or adding one takes over two seconds.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, pairwise
from pathlib import Path

import msgspec

from onrecord.dossier.connection import connect
from onrecord.dossier.filing import file
from onrecord.dossier.known import Known
from onrecord.record import (
    Actor,
    CoderInfo,
    Date,
    Document,
    Event,
    Issue,
    Mention,
    Place,
    Position,
    Record,
    Span,
    Statement,
)

INFO = CoderInfo(version="0", model="made", knowledge="made", attribution="made")
FIRST = date(2015, 1, 1)
DAYS = 700
STATES = (
    "USA",
    "RUS",
    "UKR",
    "IRN",
    "ISR",
    "FRA",
    "DEU",
    "GBR",
    "CHN",
    "TUR",
    "EGY",
    "JOR",
    "SYR",
    "LBN",
    "NOR",
)
OUTLETS = [f"Outlet {i}" for i in range(60)]
CITIES = [("Vienna", "AUT"), ("Geneva", "CHE"), ("Oslo", "NOR"), ("Cairo", "EGY"), ("Doha", "QAT")]
TYPES = (
    ("CONSULT", "meet"), ("CONSULT", "phone"), ("REQUEST", None), ("REJECT", None), ("AGREE", None),
    ("ACCUSE", "allege"), ("THREATEN", None), ("SUPPORT", None), ("SANCTION", None), ("ASSAULT", None),
)  # fmt: skip
STANCES = (
    ("supports", "proposes"), ("supports", "accepts"), ("supports", "demands"), ("opposes", "rejects"),
    ("opposes", "declines"), ("conditional", "sets-condition"), ("noncommittal", "evades"),
)  # fmt: skip


@dataclass(frozen=True)
class World:
    """What there is to report: people by state, what happened when, what is on the table, words to say it."""

    people: dict[str, list[tuple[str, str]]]
    happened: list[list[tuple[str, str | None, str, str, str, str, tuple[str, str]]]]
    table: list[str]
    words: list[str]
    weights: list[float]


def world(draw: random.Random) -> World:
    syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "is", "on")]

    def word() -> str:
        return "".join(draw.choices(syllables, k=draw.randint(1, 3)))

    words = [word() for _ in range(12_000)]
    people = {
        state: [(f"{state.lower()}-{n}", f"{word().title()} {word().title()}") for n in range(12)]
        for state in STATES
    }
    happened = []
    for _ in range(DAYS):
        of_day = []
        for _ in range(draw.randint(3, 12)):
            a, b = draw.sample(STATES[:8] if draw.random() < 0.7 else STATES, 2)
            type_, mode = draw.choice(TYPES)
            who, whom = draw.choice(people[a])[0], draw.choice(people[b])[0]
            of_day.append((type_, mode, a, who, b, whom, draw.choice(CITIES)))
        happened.append(of_day)
    table = [" ".join(draw.choices(words[:3000], k=draw.randint(2, 4))) for _ in range(1500)]
    return World(people, happened, table, words, list(accumulate(1 / (n + 3) for n in range(len(words)))))


def reports(count: int, seed: int = 7) -> Iterator[Record]:
    """Records of made-up reports, in the order of publication; the same seed gives the same."""
    draw = random.Random(seed)
    there = world(draw)
    last: list[Record] = []
    for n in range(count):
        if last and draw.random() < 0.15:
            yield copy_of(draw.choice(last), n, draw)
            continue
        record = report(there, n, n * DAYS // count, draw)
        last = [*last[-20:], record]
        yield record


def report(there: World, n: int, day: int, draw: random.Random) -> Record:
    """One report, of what happened on its day and the day before."""
    published = FIRST + timedelta(days=day)
    writer = Writer(there, draw)
    happened = [(e, day) for e in there.happened[day]] + [(e, day - 1) for e in there.happened[day - 1]]
    told = draw.sample(happened, min(len(happened), draw.randint(4, 8)))
    on_table = draw.choices(there.table, k=4)
    for event, when in told * 2:
        writer.event(*event, (FIRST + timedelta(days=when)).isoformat())
        if draw.random() < 0.85:
            writer.statement(event[3], published.isoformat())
        if draw.random() < 0.52:
            writer.position(event[2], event[3], draw.choice(on_table))
    while len(writer.text) < 4000:
        writer.say(writer.some(draw.randint(9, 28)).capitalize() + ".")
    return writer.record(f"report-{n}", draw.choice(OUTLETS), published.isoformat())


class Writer:
    """Writes a text and the record of it, sentence by sentence."""

    def __init__(self, there: World, draw: random.Random) -> None:
        self.there, self.draw, self.text = there, draw, ""
        self.mentions: dict[str, list[Mention]] = {}
        self.statements: list[Statement] = []
        self.events: list[Event] = []
        self.positions: list[Position] = []
        self.issues: dict[str, Issue] = {}

    def some(self, count: int) -> str:
        return " ".join(self.draw.choices(self.there.words, cum_weights=self.there.weights, k=count))

    def say(self, *parts: str) -> list[Span]:
        """Write a sentence of these parts; their spans, and last that of the sentence."""
        start = len(self.text)
        self.text += " ".join(parts)
        marks = [start, *(start + m + i + 1 for i, m in enumerate(accumulate(len(p) for p in parts)))]
        spans = [Span(start=a, end=b - 1, text=self.text[a : b - 1]) for a, b in pairwise(marks)]
        whole = Span(start=start, end=len(self.text), text=self.text[start:])
        self.text += "\n\n" if self.draw.random() < 0.4 else " "
        return [*spans, whole]

    def mention(self, actor: str, span: Span) -> None:
        self.mentions.setdefault(actor, []).append(
            Mention(start=span.start, end=span.end, text=span.text, by="name")
        )

    def name(self, actor: str) -> str:
        return dict(self.there.people[actor[:3].upper()])[actor]

    def event(
        self,
        type_: str,
        mode: str | None,
        a: str,
        who: str,
        b: str,
        whom: str,
        city: tuple[str, str],
        day: str,
    ) -> None:
        subject, verb, recipient, *_, sentence = self.say(
            self.name(who), type_.lower(), self.name(whom), f"in {city[0]}", self.some(14) + "."
        )
        self.mention(who, subject)
        self.mention(whom, recipient)
        self.events.append(
            Event(
                id=f"e{len(self.events) + 1}", type=type_, mode=mode, contexts=("diplomatic",), cameo="040",
                actor=(who,), recipient=(whom,), place=city[0],
                place_info=Place(name=city[0], country=city[1], precision="city", lat=48.2, lon=16.4),
                date=Date(from_=day, to=day, precision="day"), status="happened", according_to=None,
                span=verb, sentence=sentence, because=f"{type_.lower()}/made", confidence=0.8,
                quad="verbal cooperation",                intensity=1.0,
            )
        )  # fmt: skip

    def statement(self, speaker: str, day: str) -> None:
        who, cue, content, *_ = self.say(
            self.name(speaker), "said that", self.some(self.draw.randint(10, 30)) + "."
        )
        self.mention(speaker, who)
        self.statements.append(
            Statement(
                id=f"s{len(self.statements) + 1}", speaker=speaker, speaker_span=who, via=(), addressee=None,
                cue=cue, content=(content,), kind="indirect", channel=None,
                said_on=Date(from_=day, to=day, precision="day"), because="made", confidence=0.9,
            )
        )  # fmt: skip

    def position(self, party: str, voice: str, label: str) -> None:
        stance, act = self.draw.choice(STANCES)
        who, _, what, *_, sentence = self.say(self.name(voice), act, label, self.some(6) + ".")
        self.mention(voice, who)
        key = "-".join(label.split())
        issue = self.issues.get(key) or Issue(
            id=key, label=label, topic="ceasefire", proposed_by=(), mentions=()
        )
        self.issues[key] = msgspec.structs.replace(issue, mentions=(*issue.mentions, what))
        self.positions.append(
            Position(
                id=f"p{len(self.positions) + 1}", party=party, voice=voice, issue=key, stance=stance, act=act,
                condition=None, basis="self", date=None, span=sentence, statement=None, event=None,
                because="stance/made", confidence=0.7,
            )
        )  # fmt: skip

    def record(self, name: str, outlet: str, published: str) -> Record:
        actors = [
            Actor(
                id=actor, name=self.name(actor), kind="person", country=actor[:3].upper(), sector="GOV",
                role="minister", party=actor[:3].upper(), wikidata="Q1", confidence=0.9,
                mentions=tuple(spans),
            )
            for actor, spans in self.mentions.items()
        ]  # fmt: skip
        document = Document(
            id=name, text=self.text, outlet=outlet, title=self.some(8), published=published, language="en"
        )
        return Record(
            coder=INFO, document=document, actors=tuple(actors), statements=tuple(self.statements),
            events=tuple(self.events), issues=tuple(self.issues.values()), positions=tuple(self.positions),
        )  # fmt: skip


def copy_of(record: Record, n: int, draw: random.Random) -> Record:
    """The report as another outlet prints it: under another head, with a line more at its end."""
    document = msgspec.structs.replace(
        record.document,
        id=f"report-{n}",
        outlet=draw.choice(OUTLETS),
        title=f"Copy of {record.document.title}",
        text=f"{record.document.text}\n\nThe line that number {n} has more than the others.",
    )
    return msgspec.structs.replace(record, document=document)


def coding_rate() -> float:
    """Documents a second of 'onrecord code' on one process, the model loaded: the median of three runs."""
    from onrecord.coding.coder import load
    from onrecord.sources import Options, example_inputs, read

    paths, meta = example_inputs()
    documents = [d for d in read(paths, Options(None, meta)) if isinstance(d, Document)]
    coder = load()
    coder.code(documents[0])
    rates = []
    for _ in range(3):
        start = time.process_time()
        for document in documents:
            coder.code(document)
        rates.append(len(documents) / (time.process_time() - start))
    return statistics.median(rates)


def measure(count: int, path: Path) -> dict[str, float]:
    """File so many reports, then one more in a process that has just opened the dossier."""
    connection = connect(path, create=True)
    *_, extra = made = list(reports(count + 1))
    known = Known(connection)
    start = time.process_time()
    for n, record in enumerate(made[:-1], 1):
        file(connection, record, None, known)
        if n % 1000 == 0:
            print(f"{n} filed, {n / (time.process_time() - start):.0f} a second", file=sys.stderr)
    filed = time.process_time() - start
    connection.close()
    size = sum(p.stat().st_size for p in path.parent.glob(f"{path.name}*"))
    start = time.perf_counter()
    connection = connect(path, write=True)
    file(connection, extra)
    connection.close()
    one = time.perf_counter() - start
    return {
        "reports": count,
        "filed a second": count / filed,
        "megabytes": size / 1e6,
        "add one, seconds": one,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--dossier", type=Path, help="keep it here; must not be there yet")
    parser.add_argument("--coding", type=float, help="documents a second of coding alone")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = measure(asked.reports, asked.dossier or Path(folder) / "bench.db")
    coding = asked.coding or coding_rate()
    result |= {
        "coded a second": coding,
        "share of coding speed": 1 / (1 + coding / result["filed a second"]),
        "megabytes for 10,000": result["megabytes"] * 10_000 / asked.reports,
    }
    for name, value in result.items():
        print(f"{name:24} {value:10.2f}")
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    kept = (
        result["share of coding speed"] >= 0.7
        and result["megabytes for 10,000"] < 300
        and result["add one, seconds"] < 2
    )
    sys.exit(not kept)


if __name__ == "__main__":
    main()
