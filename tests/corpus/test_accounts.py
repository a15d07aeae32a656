"""What two sides say of one encounter: shared, by one only, in conflict."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from onrecord.corpus.accounts import Account, accounts, accounts_of
from onrecord.corpus.entries import Said, Stand, Telling
from onrecord.corpus.events import merged
from onrecord.record import (
    Actor,
    CoderInfo,
    Document,
    Event,
    Issue,
    Mention,
    Position,
    Record,
    Span,
    Statement,
)
from tests.corpus.build import stand, telling

CALL = telling(
    type="CONSULT", mode="phone", actor="angela-merkel:DEU", recipient="vladimir-putin:RUS", day="2015-03-06",
    published="2015-03-06", report="r", text="call", sentence="Merkel and Putin held a call on Friday.",
)  # fmt: skip


def said(party: str, content: str, start: int = 0, **more: object) -> Said:
    speaker = {"DEU": "steffen-seibert", "RUS": "dmitry-peskov"}.get(party, party)
    made = Said(
        f"s-{party}-{start}", "r", None, "2015-03-06", speaker, party, content, "indirect", None, None, party,
        start=start,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def told(*given: Said | Stand | Telling) -> Account | None:
    tellings = [CALL, *(g for g in given if isinstance(g, Telling))]
    statements = [g for g in given if isinstance(g, Said)]
    return accounts(merged([CALL]), tellings, statements, [g for g in given if isinstance(g, Stand)])


def items(account: Account | None) -> list[tuple[str, str, str]]:
    assert account is not None
    return [(i.kind, i.label, i.verdict) for i in account.items]


BERLIN = said("DEU", "that during the call the chancellor urged him to let monitors pass")
MOSCOW = said("RUS", "that in the conversation the president set out why the truce is broken", 2000)


def test_one_side_gives_no_accounts() -> None:
    assert told(BERLIN) is None
    assert told(BERLIN, said("USA", "that the call was useful", 900)) is None, "no side of the call"


def test_each_side_for_itself() -> None:
    account = told(BERLIN, MOSCOW)
    assert account is not None
    assert account.sides == ("DEU", "RUS")
    assert [(w.party, w.id) for w in account.statements] == [("DEU", BERLIN.id), ("RUS", MOSCOW.id)]
    assert items(account) == [("statement", "", "only one side")] * 2


def test_how_it_went() -> None:
    account = told(said("DEU", "that the talks were difficult"), said("RUS", "the call as “frank”", 2000))
    assert items(account) == [("encounter", "", "shared")]


def test_opposed_stances_told_of_one_party_are_in_conflict() -> None:
    one = stand("2015-03-06", "supports", statement=BERLIN.id, basis="reported", issue="monitors")
    other = stand("2015-03-06", "opposes", statement=MOSCOW.id, issue="monitors")
    assert items(told(BERLIN, MOSCOW, one, other)) == [("issue", "monitors", "in conflict")]
    assert items(told(BERLIN, MOSCOW, one, replace(other, party="DEU"))) == [("issue", "monitors", "shared")]


def test_a_side_that_names_the_issue_shares_it() -> None:
    one = stand("2015-03-06", "supports", statement=BERLIN.id, issue="exchange-prisoners-ukraine")
    named = said("RUS", "that they spoke of an exchange of all prisoners with Ukraine", 2000)
    account = told(BERLIN, named, one)
    assert items(account) == [("issue", "exchange-prisoners-ukraine", "shared")]
    assert account is not None
    assert [w.id for w in account.items[0].words] == [one.id, named.id]


def test_what_one_denies_is_in_conflict() -> None:
    given = {"type": "REQUEST", "actor": "DEU", "recipient": "RUS", "day": "2015-03-06", "report": "r"}
    sentence = "The chancellor asked for an exchange of the wounded prisoners."
    asked = replace(telling(text="asked", sentence=sentence, **given), according_to=BERLIN.id)
    denied = replace(
        telling(text="had asked", sentence=sentence, status="denied", **given), according_to=MOSCOW.id
    )
    assert ("event", "REQUEST", "in conflict") in items(told(BERLIN, MOSCOW, asked, denied))
    again = replace(denied, status="happened")
    assert ("event", "REQUEST", "shared") in items(told(BERLIN, MOSCOW, asked, again))


def test_amounts_of_one_thing_are_compared_in_one_unit() -> None:
    def verdict(one: str, other: str) -> list[tuple[str, str, str]]:
        a = said("DEU", f"that the phone conversation lasted {one}")
        return [
            i
            for i in items(told(a, said("RUS", f"that the conversation lasted {other}", 2000)))
            if i[0] == "quantity"
        ]

    assert verdict("two hours", "120 minutes") == [("quantity", "hours", "shared")]
    assert verdict("about two hours", "100 minutes") == [("quantity", "hours", "shared")]
    assert verdict("two hours", "20 minutes") == [("quantity", "hours", "in conflict")]
    assert verdict("two hours", "into the night") == []


def test_amounts_of_other_things_are_not_compared() -> None:
    a = said("DEU", "that the call lasted two days less than expected")
    b = said("RUS", "that in the conversation Kiev was offered thirty days for its reform", 2000)
    assert [i for i in items(told(a, b)) if i[0] == "quantity"] == []


def test_what_both_say_in_like_words_is_shared() -> None:
    a = said("DEU", "that during the call both had agreed to free wounded prisoners by Easter")
    b = said(
        "RUS", "that in the conversation an agreement was found on wounded prisoners, free by Easter", 2000
    )
    assert items(told(a, b)) == [("statement", "", "shared")]


def test_who_relays_it_gives_the_account() -> None:
    relayed = said("DEU", "“Call me at any hour,” Merkel told him in the call", 2000, told_by="RUS")
    account = told(BERLIN, relayed)
    assert account is not None
    assert account.sides == ("DEU", "RUS")


def test_a_call_to_come_has_no_accounts() -> None:
    assert (
        told(said("DEU", "that she would call him"), said("RUS", "that he will hold a call with her", 2000))
        is None
    )


def test_the_order_of_what_is_given_changes_nothing() -> None:
    more = said("RUS", "that the talks were useful", 2300)
    assert len({repr(told(*order)) for order in permutations([BERLIN, MOSCOW, more])}) == 1


def record_of_a_call() -> Record:
    """A record in which two sides disagree on what was said in a call."""
    parts = (
        "Merkel and Putin held a call on Friday.",
        "Her spokesman said she had urged him in the call to let the monitors pass.",
        "The Kremlin said that in the conversation Putin had not been asked to let the monitors pass.",
    )
    text = "\n".join(parts)

    def span(words: str) -> Span:
        return Span(start=text.index(words), end=text.index(words) + len(words), text=words)

    def actor(name: str, party: str) -> Actor:
        mention = Mention(start=0, end=1, text="", by="name")
        return Actor(id=name, name=name, kind="person", party=party, mentions=(mention,))

    def statement(number: str, speaker: str, words: str) -> Statement:
        return Statement(
            id=number, speaker=speaker, speaker_span=None, via=(), addressee=None, cue=None,
            content=(span(words),), kind="indirect", channel=None, said_on=None, because="", confidence=1.0,
        )  # fmt: skip

    def position(number: str, stance: str, of: str, words: str, said_in: str) -> Position:
        return Position(
            id=number, party="DEU", voice=of, issue="monitors", stance=stance, act="demands",  # type: ignore[arg-type]
            condition=None, basis="self", date=None, span=span(words), statement=said_in, event=None,
            because="", confidence=1.0,
        )  # fmt: skip

    return Record(
        coder=CoderInfo(version="0", model="", knowledge=""),
        document=Document(id="d", text=text),
        actors=(
            actor("merkel", "DEU"), actor("seibert", "DEU"), actor("putin", "RUS"), actor("kremlin", "RUS"),
        ),
        statements=(
            statement("s1", "seibert", "she had urged him in the call to let the monitors pass"),
            statement("s2", "kremlin", parts[2][len("The Kremlin said ") : -1]),
        ),
        events=(
            Event(
                id="e1", type="CONSULT", mode="phone", contexts=(), cameo=None, actor=("merkel", "putin"),
                recipient=(), place=None, date=None, status="happened", according_to=None, span=span("call"),
                sentence=span(parts[0]), because="", confidence=1.0,
            ),
        ),
        issues=(Issue(id="monitors", label="monitors", topic=None, proposed_by=(), mentions=()),),
        positions=(
            position("p1", "supports", "seibert", "urged him in the call to let the monitors pass", "s1"),
            position("p2", "opposes", "kremlin", "had not been asked to let the monitors pass", "s2"),
        ),
    )  # fmt: skip


def test_the_accounts_of_a_record() -> None:
    record = record_of_a_call()
    text = record.document.text
    (account,) = accounts_of(record)
    assert account.sides == ("DEU", "RUS")
    assert items(account) == [("issue", "monitors", "in conflict")]
    assert [text[s.span.start : s.span.end] for s in record.positions] == [
        w.text for w in account.items[0].words
    ]
