"""A record of very much, for the size of pages."""

from __future__ import annotations

from onrecord.record import (
    Actor,
    CoderInfo,
    Date,
    Document,
    Event,
    Issue,
    Position,
    Record,
    Span,
    Statement,
)

PARTIES, ISSUES = 30, 60


def much(n: int) -> Record:
    """A record in which every party takes a stand on every issue, with long words."""
    long = f" of the list of number {n}" * 5
    pairs = [(p, i) for p in range(PARTIES) for i in range(ISSUES)]
    text, spans = "", []
    for p, i in pairs:
        words = f"Party {p} rejects item {i}{long}."
        spans.append(Span(start=len(text), end=len(text) + len(words), text=words))
        text += f"{words} "
    days = [_day(n, i) for _, i in pairs]
    every = list(zip(pairs, spans, days, strict=True))
    return Record(
        coder=CoderInfo(version="0", model="m", knowledge="k"),
        document=Document(
            id=f"much-{n}",
            text=text,
            outlet=f"Outlet {n}",
            title=f"Much {n}",
            published=f"2015-{n + 1:02}-28",
            language="en",
        ),
        actors=tuple(
            Actor(
                id=f"party-{p}", name=f"The Party {p}", kind="organisation", party=f"party-{p}", mentions=()
            )
            for p in range(PARTIES)
        ),
        statements=tuple(_statement(k, p, span, day) for k, ((p, _), span, day) in enumerate(every[::12])),
        events=tuple(_event(k, p, span, day) for k, ((p, _), span, day) in enumerate(every[::12])),
        issues=tuple(
            Issue(id=f"item-{i}", label=f"item {i}{long}", topic="ceasefire", proposed_by=(), mentions=())
            for i in range(ISSUES)
        ),
        positions=tuple(_position(k, n, p, i, span, day) for k, ((p, i), span, day) in enumerate(every)),
    )


def _day(n: int, i: int) -> Date:
    day = f"2015-{n + 1:02}-{i % 28 + 1:02}"
    return Date(from_=day, to=day, precision="day")


def _statement(k: int, p: int, span: Span, day: Date) -> Statement:
    return Statement(
        id=f"s{k}", speaker=f"party-{p}", speaker_span=None, via=(), addressee=None, cue=None,
        content=(span,), kind="direct", channel=None, said_on=day, because="made", confidence=0.5,
    )  # fmt: skip


def _event(k: int, p: int, span: Span, day: Date) -> Event:
    return Event(
        id=f"e{k}", type="REJECT", mode=None, contexts=(), cameo=None, actor=(f"party-{p}",),
        recipient=(f"party-{(p + 1) % PARTIES}",), place=None, date=day, status="happened", according_to=None,
        span=span, sentence=span, because="made", confidence=0.5, intensity=-1.0, quad="verbal conflict",
    )  # fmt: skip


def _position(k: int, n: int, p: int, i: int, span: Span, day: Date) -> Position:
    return Position(
        id=f"p{k}", party=f"party-{p}", voice=None, issue=f"item-{i}",
        stance="opposes" if n % 2 else "conditional", act="rejects", condition=span, basis="self", date=day,
        span=span, statement=None, event=None, because="made", confidence=0.5,
    )  # fmt: skip
