"""Records made by hand, about the talks before the Dayton agreement of 1995, for the tests of dossiers."""

from __future__ import annotations

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
)

INFO = CoderInfo(version="1", model="made", knowledge="made", attribution="made")
PEOPLE = {
    "richard-holbrooke": ("Richard Holbrooke", "USA"),
    "slobodan-milosevic": ("Slobodan Milosevic", "SRB"),
    "alija-izetbegovic": ("Alija Izetbegovic", "BIH"),
    "franjo-tudjman": ("Franjo Tudjman", "HRV"),
}
TEXT = """\
Richard Holbrooke met Slobodan Milosevic in Belgrade on Friday for talks that lasted eleven hours.

Holbrooke said that the guns around Sarajevo would be withdrawn within days.

"We accept the plan of the contact group," Milosevic said after the meeting with the American envoy.

Alija Izetbegovic rejected a division of Sarajevo. He said that the city would stay whole, with one council,
one police and one budget, whatever maps the mediators drew up in the weeks to come.
"""


def span(text: str, words: str) -> Span:
    """The first place where the words stand."""
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def day(iso: str | None) -> Date | None:
    return Date(from_=iso, to=iso, precision="day") if iso else None


def actor(name: str, text: str) -> Actor:
    full, party = PEOPLE[name]
    found = [w for w in (full, full.split()[-1]) if w in text][:1]
    mentions = tuple(
        Mention(start=s.start, end=s.end, text=s.text, by="name") for s in (span(text, w) for w in found)
    )
    return Actor(
        id=name, name=full, kind="person", country=party, sector="GOV", role="envoy", party=party,
        mentions=mentions,
    )  # fmt: skip


def statement(text: str, n: int, speaker: str | None, words: str, said: str | None) -> Statement:
    content = span(text, words)
    return Statement(
        id=f"s{n}", speaker=speaker, speaker_span=None, via=(), addressee=None, cue=None, content=(content,),
        kind="direct" if words[0] == '"' else "indirect", channel=None, said_on=day(said), because="made",
        confidence=0.9,
    )  # fmt: skip


def event(text: str, n: int, type_: str, words: str, who: str, whom: str | None, on: str | None) -> Event:
    shown = span(text, words)
    start = max(text.rfind("\n", 0, shown.start) + 1, 0)
    end = text.find("\n", shown.end)
    sentence = Span(start=start, end=end, text=text[start:end])
    return Event(
        id=f"e{n}", type=type_, mode=None, contexts=("diplomatic",), cameo=None, actor=(who,),
        recipient=(whom,) if whom else (), place="Belgrade" if "Belgrade" in sentence.text else None,
        date=day(on), status="happened", according_to=None, span=shown, sentence=sentence, because="made",
        confidence=0.8,
    )  # fmt: skip


def position(text: str, n: int, party: str, issue: str, stance: str, act: str, words: str) -> Position:
    return Position(
        id=f"p{n}", party=party, voice=None, issue=issue, stance=stance, act=act, condition=None,
        basis="narrated", date=None, span=span(text, words), statement=None, event=None, because="made",
        confidence=0.7,
    )  # fmt: skip


def issue(text: str, id_: str, label: str, words: str) -> Issue:
    return Issue(id=id_, label=label, topic="territory", proposed_by=(), mentions=(span(text, words),))


def record(
    id_: str = "dayton-1",
    text: str = TEXT,
    *,
    outlet: str | None = "Danube Wire",
    published: str | None = "1995-09-15",
    title: str | None = "Guns to be withdrawn",
) -> Record:
    """The record of TEXT, or of a text that holds the sentences of it that matter, in their order."""
    people = tuple(actor(name, text) for name in PEOPLE if PEOPLE[name][0] in text)
    statements, events, positions, issues = [], [], [], []
    if (words := "that the guns around Sarajevo would be withdrawn within days") in text:
        statements.append(statement(text, len(statements) + 1, "richard-holbrooke", words, published))
    if (words := '"We accept the plan of the contact group,"') in text:
        statements.append(statement(text, len(statements) + 1, "slobodan-milosevic", words, published))
        issues.append(
            issue(text, "plan-contact-group", "plan of the contact group", "plan of the contact group")
        )
        positions.append(
            position(text, len(positions) + 1, "SRB", "plan-contact-group", "supports", "accepts", words)
        )
    if "met Slobodan Milosevic" in text:
        events.append(event(text, 1, "CONSULT", "met", "richard-holbrooke", "slobodan-milosevic", published))
    if (words := "rejected a division of Sarajevo") in text:
        events.append(
            event(text, len(events) + 1, "REJECT", "rejected", "alija-izetbegovic", None, published)
        )
        issues.append(issue(text, "division-sarajevo", "division of Sarajevo", "division of Sarajevo"))
        positions.append(
            position(text, len(positions) + 1, "BIH", "division-sarajevo", "opposes", "rejects", words)
        )
    return Record(
        coder=INFO,
        document=Document(id=id_, text=text, outlet=outlet, title=title, published=published, language="en"),
        actors=people,
        statements=tuple(statements),
        events=tuple(events),
        issues=tuple(issues),
        positions=tuple(positions),
    )
