"""Families of wordings in whole reports: each with what it is, and a look-alike that it is not."""

from __future__ import annotations

import pytest

FAMILIES = [
    ("Norway dispatched its envoy to Colombo on Tuesday.", "CONSULT", "NOR"),
    ("Norway has sent its mediator back to Sri Lanka.", "CONSULT", "NOR"),
    ("Ugandan and Rwandan negotiators sat down together in Luanda.", "CONSULT", "UGA"),
    ("Norway's mediator shepherded five rounds of talks between Nepal and the rebels.", "CONSULT", "NOR"),
    ("Israel and the Palestinians pledged to shun any move on the city.", "AGREE", "ISR"),
    ("Jakarta will see to it that the rules are changed.", "AGREE", "IDN"),
    ("Indonesia's minister said monitors from the European Union would be let in.", "AGREE", "IDN"),
    ("Kenya singled out Uganda for praise.", "SUPPORT", "KEN"),
    ("Indonesia described the outcome as a victory for common sense.", "SUPPORT", "IDN"),
    ("The draft won the backing of France.", "SUPPORT", "FRA"),
    ("Bolivia held out for a port of its own.", "REQUEST", "BOL"),
    ("Bolivia took the dispute to the Security Council.", "REQUEST", "BOL"),
    ("Ethiopia would not hear of a binding treaty.", "REJECT", "ETH"),
    ("France was having none of it.", "REJECT", "FRA"),
    ("Armenia retorted that the road had never been open.", "REJECT", "ARM"),
    ("Israel said that its offers were now null and void.", "REJECT", "ISR"),
    ("Greece insisted that there would be no further cuts.", "REJECT", "GRC"),
    ("Ukraine took the speech as a breach of faith by Russia.", "ACCUSE", "UKR"),
    ("Israel laid the collapse at the door of Syria.", "ACCUSE", "ISR"),
    ("South Africa expressed regret over the statements made by Ethiopia.", "ACCUSE", "ZAF"),
    ("Iran is playing for time, the Israeli minister said.", "ACCUSE", "ISR"),
    ("Peru accused Chile of having crossed the line and called for an inquiry.", "REQUEST", "PER"),
]
LOOKALIKES = [
    ("Norway dispatched its timber to Colombo on Tuesday.", "CONSULT"),
    ("Kenya singled out Uganda for criticism.", "SUPPORT"),
    ("The film won the applause of the evening.", "SUPPORT"),
    ("Bolivia took the cup to the stadium.", "REQUEST"),
    ("Ethiopia heard of a binding treaty.", "REJECT"),
    ("South Africa expressed regret to Ethiopia for its own raid.", "ACCUSE"),
    ("Iran is playing for the cup, the Israeli minister said.", "ACCUSE"),
    ("Bhutan did not attend the opening.", "REJECT"),
]


@pytest.mark.parametrize(("text", "kind", "country"), FAMILIES)
def test_the_wording_has_the_type_and_the_actor(coder, text, kind, country):
    record = coder.code(text, published="2015-06-01")
    who = {actor.id: actor.country for actor in record.actors}
    assert country in [who[i] for e in record.events if e.type == kind for i in e.actor]


@pytest.mark.parametrize(("text", "kind"), LOOKALIKES)
def test_the_look_alike_has_not(coder, text, kind):
    assert kind not in [event.type for event in coder.code(text, published="2015-06-01").events]


def test_two_people_with_their_states_act_together(coder):
    record = coder.code(
        "President Uhuru Kenyatta of Kenya and President Félix Tshisekedi of the Democratic Republic of the "
        "Congo welcomed the progress.",
        published="2020-07-22",
    )
    assert [e.actor for e in record.events] == [("uhuru-kenyatta", "felix-tshisekedi")]
