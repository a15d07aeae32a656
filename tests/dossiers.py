"""Dossiers for the tests: of the golden records, and of a report that means harm."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import msgspec

from onrecord.dossier.connection import connect
from onrecord.dossier.filing import file
from onrecord.record import (
    Actor,
    CoderInfo,
    Date,
    Document,
    Event,
    Issue,
    Mention,
    Position,
    Record,
    Span,
    Statement,
    from_json,
)

GOLDEN = Path(__file__).parent / "golden"
HARM = '<script>alert("x")</script><img src=x onerror=alert(1)> \'"&'


def golden() -> list[Record]:
    """The records of the example reports, by id."""
    return sorted((from_json(p.read_bytes()) for p in GOLDEN.glob("*.json")), key=lambda r: r.document.id)


def dossier(path: Path, records: list[Record]) -> Path:
    """A dossier of these records, filed in their order."""
    with closing(connect(path, create=True)) as connection:
        for record in records:
            file(connection, record, f"{record.document.id}.txt")
    return path


def hostile() -> Record:
    """A record of which every text is an attack on a page."""
    text = f"{HARM} said {HARM}.\n\nMore {HARM}"
    words = Span(start=0, end=len(HARM), text=HARM)
    said = Span(start=len(HARM) + 6, end=2 * len(HARM) + 6, text=HARM)
    day = Date(from_="2015-07-14", to="2015-07-14", precision="day", span=words)
    document = Document(
        id=f"../{HARM}?a=b#c", text=text, url=f"javascript:{HARM}", outlet=HARM, title=HARM, byline=HARM,
        published="2015-07-14", language="en",
    )  # fmt: skip
    mention = Mention(start=0, end=len(HARM), text=HARM, by="name")
    actor = Actor(id=HARM, name=HARM, kind="person", role=HARM, party=HARM, mentions=(mention,))
    return Record(
        coder=CoderInfo(version="0", model="m", knowledge="k"),
        document=document,
        actors=(actor, msgspec.structs.replace(actor, id="other", name="Other", party="IRN")),
        statements=(
            Statement(
                id="s1", speaker=HARM, speaker_span=words, via=(), addressee=None, cue=None, content=(said,),
                kind="direct", channel=HARM, said_on=day, because=HARM, confidence=0.5,
            ),
        ),
        events=(
            Event(
                id="e1", type="CONSULT", mode="meet", contexts=(), cameo=None, actor=(HARM,),
                recipient=("other",), place=HARM, date=day, status="happened", according_to="s1", span=words,
                sentence=words, because=HARM, confidence=0.5, intensity=1.0, quad="verbal cooperation",
            ),
        ),
        issues=(Issue(id=HARM, label=HARM, topic="ceasefire", proposed_by=(), mentions=(said,)),),
        positions=(
            Position(
                id="p1", party=HARM, voice=HARM, issue=HARM, stance="opposes", act="rejects", condition=said,
                basis="self", date=day, span=said, statement="s1", event=None, because=HARM, confidence=0.5,
            ),
        ),
    )  # fmt: skip
