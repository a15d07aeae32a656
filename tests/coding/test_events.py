"""Events: types, sides, status and grounds, each on a sentence made for it."""

from __future__ import annotations

import pytest

from onrecord.coding.plover import plover
from onrecord.coding.status import status_of
from onrecord.record import Document


@pytest.fixture(scope="module")
def code(coder):
    return lambda text: coder.code(text, published="2019-05-06")


def sides(record, event):
    who = {actor.id: actor for actor in record.actors}
    return [who[i].country for i in event.actor], [who[i].country for i in event.recipient]


CASES = [
    ("Norway accused Russia of violating its airspace.", "ACCUSE", "NOR", "RUS"),
    ("Russia was accused by Norway of violating its airspace.", "ACCUSE", "NOR", "RUS"),
    ("Turkey will send engineers to Somalia, the government said.", "AGREE", "TUR", "SOM"),
    ("Chad threatened to cut off gas to Sudan.", "THREATEN", "TCD", "SDN"),
    ("Kenya refused to extradite the banker to Uganda.", "REJECT", "KEN", "UGA"),
    ("Kenya rejected a Ugandan offer of talks.", "REJECT", "KEN", "UGA"),
    ("Peru urged Chile to withdraw its patrol boats.", "REQUEST", "PER", "CHL"),
    ("“Withdraw your troops,” Peru's president told Chile.", "REQUEST", "PER", "CHL"),
    ("Japan donated blankets to Nepal.", "AID", "JPN", "NPL"),
    ("Israeli jets bombed a camp in Lebanon.", "ASSAULT", "ISR", "LBN"),
    ("Jordan imposed sanctions on Yemen.", "SANCTION", "JOR", "YEM"),
    ("Spain praised Portugal for its patience.", "SUPPORT", "ESP", "PRT"),
    ("Algeria massed troops on the border with Mali.", "MOBILIZE", "DZA", "MLI"),
    ("Finland released three Estonian sailors.", "RETREAT", "FIN", "EST"),
]


@pytest.mark.parametrize(("text", "kind", "actor", "recipient"), CASES)
def test_type_and_sides(code, text, kind, actor, recipient):
    record = code(text)
    (event,) = record.events
    assert (event.type, *sides(record, event)) == (kind, [actor], [recipient])


def test_joint_subjects_of_a_symmetric_act_are_the_two_sides(code):
    record = code("France and Germany held talks in Brussels.")
    (event,) = record.events
    assert event.type == "CONSULT"
    assert sides(record, event) == (["FRA"], ["DEU"])


def test_compound_actors_stay_a_list(code):
    record = code("France and Spain accused Morocco of theft.")
    (event,) = record.events
    assert sides(record, event) == (["FRA", "ESP"], ["MAR"])


@pytest.mark.parametrize(
    "text", ["Kenya did not accuse Uganda.", "Kenya never accused Uganda.", "Kenya failed to accuse Uganda."]
)
def test_what_did_not_happen_is_no_event(code, text):
    assert not [event for event in code(text).events if event.type == "ACCUSE"]


def test_demand_in_somebodys_words_is_that_speakers_request(code):
    record = code('"Russia must withdraw its troops," Norwegian prime minister Erna Solberg said.')
    (event,) = record.events
    assert (event.type, sides(record, event)) == ("REQUEST", (["NOR"], ["RUS"]))
    assert event.according_to == record.statements[0].id


def test_what_a_source_reports_is_according_to_it(code):
    events = code("Uganda said that Rwanda shelled a village in Uganda.").events
    (event,) = [e for e in events if e.type == "ASSAULT"]
    assert event.according_to is not None


def test_who_tells_of_the_other_sides_violence_accuses_it(code):
    record = code("Uganda said that Rwanda shelled a village in Uganda.")
    (event,) = [e for e in record.events if e.type == "ACCUSE"]
    assert sides(record, event) == (["UGA"], ["RWA"])
    assert event.according_to is None


@pytest.mark.parametrize(
    "text",
    [
        "Witnesses said that Rwanda shelled a village in Uganda.",
        "Uganda said that its army shelled a village in Rwanda.",
        "Uganda said that Rwanda would shell a village.",
    ],
)
def test_who_is_no_side_or_tells_of_oneself_or_of_what_may_come_accuses_nobody(code, text):
    assert "ACCUSE" not in [e.type for e in code(text).events]


def test_an_answer_in_a_relative_clause_is_an_event_of_its_own(code):
    record = code("Armenia accuses Azerbaijan of shelling a hospital, which Azerbaijan denies.")
    assert [(e.type, sides(record, e)[0]) for e in record.events] == [
        ("ACCUSE", ["ARM"]),
        ("REJECT", ["AZE"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "A Kenyan official declined to be named.",
        "Kenya never meant to honour the agreement.",
        "The Kenyan spokesman briefed reporters in Nairobi.",
    ],
)
def test_silence_and_briefings_are_no_acts_towards_anybody(code, text):
    assert not code(text).events


def test_a_past_tense_behind_reported_words_is_done_by_the_speaker(code):
    record = code("Norway said both armies had shown courage and urged Sudan to stop the war.")
    (event,) = [e for e in record.events if e.type == "REQUEST"]
    assert sides(record, event) == (["NOR"], ["SDN"])


def test_agentless_passive_has_no_actor(code):
    record = code("Two Iraqi villages were bombed.")
    (event,) = record.events
    assert event.type == "ASSAULT"
    assert sides(record, event) == ([], ["IRQ"])


def test_every_event_is_explained_and_stands_on_its_words(code):
    text = "Kenya closed its embassy in Khartoum. Uganda called off talks with Rwanda."
    for event in code(text).events:
        assert text[event.span.start : event.span.end] == event.span.text
        assert event.because.split("/")[0] == event.type.lower()


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("Kenya closed the port.", "closed", "happened"),
        ("Kenya is closing the port.", "closing", "ongoing"),
        ("Kenya will close the port.", "close", "planned"),
        ("Kenya said it would close the port.", "close", "planned"),
        ("Kenya plans to close the port.", "close", "planned"),
        ("If Kenya closes the port, ships will wait.", "closes", "hypothetical"),
        ("Kenya could close the port.", "close", "hypothetical"),
        ("Kenya threatened to close the port.", "close", "threatened"),
        ("Kenya denied closing the port.", "closing", "denied"),
        ("Kenya refused to close the port.", "close", None),
        ("Kenya failed to close the port.", "close", None),
    ],
)
def test_status_of_a_predicate(parser, text, word, status):
    token = next(t for t in parser.nlp(text) if t.text == word)
    assert status_of(token) == status


def test_ontology_covers_all_types_once():
    ontology = plover()
    assert len(ontology.quads) == 16
    assert ontology.score("CONSULT", "phone") == 1.5
    assert ontology.score("CONSULT", None) == 2.5


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("Two bridges in Chad were shelled on Monday.", ("actor: agentless passive",)),
        ("The shelling of Chad went on for a day.", ("actor: none named",)),
        ("A blast killed two Chadian soldiers.", ("actor: not identified",)),
        ("Chadian villages were bombed by unknown raiders.", ("actor: not identified",)),
        ("They accused Chad of theft.", ("actor: not identified",)),
        ("Chad rejected the plan.", ("recipient: none named",)),
        ("Chad accused them of theft.", ("recipient: not identified",)),
        ("Chad accused Niger of theft.", ()),
        ("Chad and Niger held talks.", ()),
    ],
)
def test_an_empty_side_says_why(code, text, reasons):
    (event,) = code(text).events
    assert event.absent == reasons


def test_no_recipient_is_missed_where_the_frame_has_none(code):
    (event,) = code("The Chadian premier stepped down on Monday.").events
    assert (event.recipient, event.absent) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "The White House declined to say what would follow.",
        "The Saudi foreign minister warned that Saudi Arabia would answer any attack on its oil fields.",
        "Jean-Yves Le Drian promised that France would keep its word.",
    ],
)
def test_nobody_speaks_to_himself_or_to_his_own_side(code, text):
    record = code(text)
    who = {actor.id: actor for actor in record.actors}
    for event in record.events:
        own = {*event.actor, *(who[a].party for a in event.actor)}
        assert own.isdisjoint(event.recipient), event


def test_what_is_asked_with_whether_is_hypothetical(parser):
    parse = parser.parse(Document(id="x", text="Norway has not said whether it supports the plan."))
    assert status_of(next(t for t in parse.doc if t.text == "supports")) == "hypothetical"


def test_what_is_planned_is_planned_on_its_day_and_meets_no_town(coder):
    from onrecord.coding.coder import from_text

    record = coder.code(from_text("Iran and Russia will meet in Vienna on Friday, Iran said.", "2015-07-01"))
    (event,) = record.events
    assert (event.type, event.status, event.recipient) == ("AGREE", "planned", ())
    assert event.date is not None
    assert event.date.from_ == "2015-07-03"


def test_words_to_two_sides_are_two_events(code):
    text = "Oslo accused Russia of stalling, and Norway accused Ukraine of breaking the truce."
    record = code(text)
    assert [(e.type, sides(record, e)[1]) for e in record.events] == [
        ("ACCUSE", ["RUS"]),
        ("ACCUSE", ["UKR"]),
    ]


def test_a_judgement_on_a_plan_is_no_plan(code):
    assert not code(
        "It would be inappropriate to hold the summit in Singapore, Kenya's president wrote."
    ).events
