"""Records by hand on the Dayton talks of 1995, hostile and awkward in what exports must bear."""

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
    Warning,
)

# A face outside the basic plane, Windows line ends, a tab, and a sentence that a spreadsheet would run.
TEXT = (
    "=1+1 😀 The presidents of Croatia and Serbia met\tthe Bosnian president in Dayton on Tuesday.\r\n\r\n"
    "“We reject a\r\ndivided Sarajevo,” Alija Izetbegović said; "
    "<b>Belgrade</b> plans to ease the blockade.\r\n"
    "The United States said in 1994 it would lift the embargo. NATO denied bombing Pale."
)
CODER = CoderInfo(version="0.1", model="en_test-1", knowledge="2026.11")
DAY = Date(from_="1995-11-14", to="1995-11-14", precision="day")
DAYTON = Place(name="Dayton", country="USA", precision="city", lat=39.759, lon=-84.192, geonames=4509884)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start=start, end=start + len(words), text=" ".join(words.split()))


def mention(words: str, by: str = "name") -> Mention:
    at = span(words)
    return Mention(start=at.start, end=at.end, text=at.text, by=by)


def person(id: str, name: str, country: str, wikidata: str | None, *mentions: Mention) -> Actor:
    return Actor(
        id=id,
        name=name,
        kind="person",
        country=country,
        sector="GOV",
        role="president",
        party=country,
        wikidata=wikidata,
        confidence=0.9,
        mentions=mentions,
    )


def event(id: str, type: str, words: str, sentence: str, **more) -> Event:
    given = {
        "mode": None,
        "contexts": (),
        "cameo": None,
        "actor": (),
        "recipient": (),
        "place": None,
        "date": None,
        "status": "happened",
        "according_to": None,
        "because": f"{type.lower()}/x",
        "confidence": 0.8,
    }
    return Event(id=id, type=type, span=span(words), sentence=span(sentence), **{**given, **more})


TALKS = Record(
    coder=CODER,
    document=Document(
        id="../../etc/talks\t1;x",
        text=TEXT,
        url="https://example.org/talks?a=1&b=2",
        outlet="Wire; Service",
        title="-Talks [open](javascript:x) | <i>Dayton</i>",
        published="1995-11-15",
        language="en",
    ),
    actors=(
        person("franjo-tudjman", "Franjo Tuđman", "HRV", "Q185171", mention("The presidents", "group")),
        person(
            "slobodan-milosevic", "Slobodan Milošević", "SRB", "Q39571", mention("The presidents", "group")
        ),
        person(
            "alija-izetbegovic",
            "Alija Izetbegović",
            "BIH",
            "Q153128",
            mention("the Bosnian president", "title"),
            mention("Alija Izetbegović"),
        ),
        Actor(
            id="SRB",
            name="Serbia",
            kind="state",
            country="SRB",
            sector="GOV",
            party="SRB",
            mentions=(mention("Belgrade", "metonym"),),
        ),
        Actor(
            id="USA",
            name="United States",
            kind="state",
            country="USA",
            sector="GOV",
            party="USA",
            mentions=(mention("The United States"),),
        ),
        Actor(
            id="nato",
            name="NATO",
            kind="organisation",
            sector="IGO",
            party="nato",
            mentions=(mention("NATO", "acronym"),),
        ),
        Actor(id="pale", name="Pale", kind="place", country="BIH", mentions=(mention("Pale"),)),
    ),
    statements=(
        Statement(
            id="s1",
            speaker="alija-izetbegovic",
            speaker_span=span("Alija Izetbegović"),
            via=(),
            addressee=None,
            cue=span("said"),
            content=(span("“We reject a\r\ndivided Sarajevo,”"),),
            kind="direct",
            channel=None,
            said_on=None,
            because="cue/quote",
            confidence=0.9,
        ),
    ),
    events=(
        event(
            "e1",
            "CONSULT",
            "met",
            "The presidents of Croatia and Serbia met\tthe Bosnian president in Dayton on Tuesday.",
            mode="multilateral",
            contexts=("diplomatic", "executive"),
            cameo="040",
            actor=("franjo-tudjman", "slobodan-milosevic"),
            recipient=("alija-izetbegovic",),
            place="in Dayton",
            place_info=DAYTON,
            date=DAY,
            quad="verbal cooperation",
            intensity=4.0,
        ),
        event(
            "e2",
            "RETREAT",
            "ease the blockade",
            "<b>Belgrade</b> plans to ease the blockade.",
            mode="ease",
            actor=("SRB",),
            status="planned",
            quad="material cooperation",
            intensity=6.5,
            absent=("recipient: none named",),
        ),
        event(
            "e3",
            "CONCEDE",
            "lift the embargo",
            "The United States said in 1994 it would lift the embargo.",
            actor=("USA",),
            date=Date(from_="1994-01-01", to="1994-12-31", precision="year"),
            status="earlier",
            quad="verbal cooperation",
            intensity=4.5,
        ),
        event(
            "e4",
            "ASSAULT",
            "bombing Pale",
            "NATO denied bombing Pale.",
            mode="aerial",
            cameo="195",
            actor=("nato",),
            recipient=("pale",),
            status="denied",
            according_to="s1",
            quad="material conflict",
            intensity=-9.5,
        ),
    ),
    issues=(
        Issue(
            id="divided-sarajevo",
            label="a divided Sarajevo",
            topic="territory",
            proposed_by=("SRB",),
            mentions=(span("divided Sarajevo"),),
        ),
        Issue(
            id="blockade",
            label="-blockade *eased*",
            topic=None,
            proposed_by=(),
            mentions=(span("the blockade"),),
            broader=("divided-sarajevo",),
        ),
    ),
    positions=(
        Position(
            id="p1",
            party="BIH",
            voice="alija-izetbegovic",
            issue="divided-sarajevo",
            stance="opposes",
            act="rejects",
            condition=None,
            basis="self",
            date=DAY,
            span=span("“We reject a\r\ndivided Sarajevo,”"),
            statement="s1",
            event=None,
            because="stance/reject",
            confidence=0.7,
        ),
        Position(
            id="p2",
            party="SRB",
            voice=None,
            issue="blockade",
            stance="conditional",
            act="sets-condition",
            condition=span("ease the blockade"),
            basis="narrated",
            date=None,
            span=span("plans to ease the blockade"),
            statement=None,
            event="e2",
            because="stance/plan",
            confidence=0.6,
        ),
    ),
    warnings=(Warning(code="odd", message="two presidents share a mention", span=span("The presidents")),),
)
# The other report: no facts about it, no entries.
BARE = Record(coder=CODER, document=Document(id="bare", text="Nothing."))
