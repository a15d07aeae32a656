"""A record by hand that holds something of everything, so that output is tested apart from coding."""

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
    Repair,
    Span,
    Statement,
    Warning,
)

TEXT = (
    "The Ruritanian president said on Monday that her country would sign the treaty only if Borduria "
    "withdrew its troops. \x1b[31m“We are ready,”\x1b[0m Ana Petrova told reporters [bold]twice[/bold].\n"
    "Borduria rejected the condition. Its foreign minister, Karl Muskar, phoned her later, according to a "
    "spokesman."
)
DAY = Date(from_="2015-07-13", to="2015-07-13", precision="day")


def span(words: str, shown: str | None = None) -> Span:
    start = TEXT.index(words)
    return Span(start=start, end=start + len(words), text=shown or words)


def mention(words: str, by: str) -> Mention:
    at = span(words)
    return Mention(start=at.start, end=at.end, text=words, by=by)


RECORD = Record(
    coder=CoderInfo(version="0.0", model="en_test-1", knowledge="2026.11"),
    document=Document(
        id="treaty",
        text=TEXT,
        outlet="The Daily Reporter",
        title="Ruritania sets [red]condition[/red]",
        published="2015-07-14",
        repairs=(Repair(start=0, end=3, raw="The", text="The"),),
    ),
    actors=(
        Actor(
            id="ana-petrova",
            name="Ana Petrova",
            kind="person",
            country="RUR",
            sector="GOV",
            role="president",
            party="RUR",
            mentions=(
                mention("The Ruritanian president", "description"),
                mention("Ana Petrova", "name"),
                mention("her later"[:3], "pronoun"),
            ),
        ),
        Actor(
            id="BOR",
            name="Borduria",
            kind="state",
            country="BOR",
            party="BOR",
            mentions=(mention("Borduria", "name"),),
        ),
        Actor(
            id="karl-muskar",
            name="Karl Muskar",
            kind="person",
            country="BOR",
            sector="GOV",
            role="foreign minister",
            party="BOR",
            mentions=(mention("Karl Muskar", "name"),),
        ),
        Actor(
            id="spokesman",
            name="a spokesman",
            kind="unknown",
            mentions=(mention("a spokesman", "description"),),
        ),
    ),
    statements=(
        Statement(
            id="s1",
            speaker="ana-petrova",
            speaker_span=span("The Ruritanian president"),
            via=("spokesman",),
            addressee=None,
            cue=span("said"),
            content=(span("that her country would sign the treaty only if Borduria withdrew its troops"),),
            kind="indirect",
            channel=None,
            said_on=Date(from_="2015-07-13", to="2015-07-13", precision="day", span=span("on Monday")),
            because="cue/verb-clause",
            confidence=0.9,
        ),
        Statement(
            id="s2",
            speaker=None,
            speaker_span=span("Ana Petrova"),
            via=(),
            addressee=None,
            cue=span("told reporters"),
            content=(span("\x1b[31m“We are ready,”\x1b[0m"), span("[bold]twice[/bold]")),
            kind="direct",
            channel="press",
            said_on=None,
            because="cue/quote",
            confidence=0.9,
        ),
    ),
    events=(
        Event(
            id="e1",
            type="REJECT",
            mode=None,
            contexts=("diplomatic",),
            cameo="120",
            actor=("BOR",),
            recipient=("ana-petrova",),
            place=None,
            date=DAY,
            status="happened",
            according_to=None,
            span=span("rejected the condition"),
            sentence=span("Borduria rejected the condition."),
            because="consult/hold-talks",
            confidence=0.8,
        ),
        Event(
            id="e2",
            type="CONSULT",
            mode="phone",
            contexts=(),
            cameo="041",
            actor=("karl-muskar",),
            recipient=("ana-petrova",),
            place=None,
            date=None,
            status="planned",
            according_to="s2",
            span=span("phoned"),
            sentence=span("Its foreign minister, Karl Muskar, phoned her later, according to a spokesman."),
            because="consult/nowhere",
            confidence=0.8,
        ),
    ),
    issues=(
        Issue(id="treaty", label="the treaty", topic=None, proposed_by=(), mentions=(span("the treaty"),)),
    ),
    positions=(
        Position(
            id="p1",
            party="RUR",
            voice="ana-petrova",
            issue="treaty",
            stance="conditional",
            act="sets-condition",
            condition=span("only if Borduria withdrew its troops"),
            basis="self",
            date=DAY,
            span=span("would sign the treaty"),
            statement="s1",
            event=None,
            because="stance/only-if",
            confidence=0.7,
        ),
        Position(
            id="p2",
            party="BOR",
            voice=None,
            issue="treaty",
            stance="opposes",
            act="rejects",
            condition=None,
            basis="narrated",
            date=DAY,
            span=span("rejected the condition"),
            statement=None,
            event="e1",
            because="stance/reject",
            confidence=0.7,
        ),
    ),
    warnings=(Warning(code="actor-ambiguous", message="two people are named Muskar"),),
)
