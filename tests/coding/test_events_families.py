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
    ("Serbia and Kosovo are close to a deal on car licence plates.", "AGREE", "SRB"),
    ("Iran and the six powers moved closer to a deal on the reactor at Arak.", "AGREE", "IRN"),
    ("The Sudanese government jumped at the Kenyan offer.", "AGREE", "SDN"),
    ("Both Ethiopia and Somalia said they would abide by the verdict.", "AGREE", "ETH"),
    ("Greece subscribed to the declaration of the eight states.", "AGREE", "GRC"),
    ("A Saudi delegation is in Tehran for talks on the pilgrimage.", "CONSULT", "SAU"),
    ("The Syrian delegation spent three hours with the mediator Lakhdar Brahimi.", "CONSULT", "SYR"),
    ("The Colombian negotiators broke for lunch after a long morning with the rebels.", "CONSULT", "COL"),
    ("Merkel heralded the accord with Turkey as a breakthrough.", "SUPPORT", "DEU"),
    ("The Nepalese king restored the parliament.", "CONCEDE", "NPL"),
    ("Tanzania and Uganda laid the first stretch of the pipeline.", "COOPERATE", "TZA"),
    ("Qatar paid the salaries of officials in Gaza.", "AID", "QAT"),
    ("Tokyo lent Manila three patrol boats.", "AID", "JPN"),
    ("British sappers cleared mines in Bosnia.", "AID", "GBR"),
    ("The Serbian army began to leave Kosovo.", "RETREAT", "SRB"),
    ("Iran shipped its enriched uranium to Russia.", "RETREAT", "IRN"),
    ("The Burmese junta let Suu Kyi out of house arrest.", "RETREAT", "MMR"),
    ("Greece put in a request for a third bailout.", "REQUEST", "GRC"),
    ("Israel set the release of the captives as a condition.", "REQUEST", "ISR"),
    ("Belgrade spoke of a betrayal by the West.", "ACCUSE", "SRB"),
    ("Athens poured scorn on the Turkish map.", "ACCUSE", "GRC"),
    ("Ethiopia stayed away from the round in Washington.", "REJECT", "ETH"),
    ("Israel put off the release of the prisoners.", "REJECT", "ISR"),
    ("No agreement was reached between Greece and its creditors.", "REJECT", "GRC"),
    ("Eritrea hinted at a return to war with Ethiopia.", "THREATEN", "ERI"),
    ("Israel gave Hamas until Friday to free the hostages.", "THREATEN", "ISR"),
    ("India scrapped the trade privileges of Pakistan.", "SANCTION", "IND"),
    ("Eritrea dug trenches along the border with Djibouti.", "MOBILIZE", "ERI"),
    ("Washington flew bombers over the peninsula.", "MOBILIZE", "USA"),
    ("Iranian guards seized a British tanker.", "COERCE", "IRN"),
    ("Belarusian police searched the flats of journalists.", "COERCE", "BLR"),
    ("Pakistan sent thousands of Afghan refugees back across the border.", "COERCE", "PAK"),
    ("Serbian gunners opened up on Sarajevo.", "ASSAULT", "SRB"),
    ("The foreign ministers of Laos and Burma set Geneva as the venue for the next round.", "AGREE", "LAO"),
    ("The Syrian opposition greeted the American statement with relief.", "SUPPORT", "SYR"),
    ("India conferred full recognition on Bangladesh.", "SUPPORT", "IND"),
    ("Sudan came down from its demand for 36 dollars a barrel.", "CONCEDE", "SDN"),
    ("Moscow moved towards the American position on inspections.", "CONCEDE", "RUS"),
    ("The Zapatistas put forward a list of demands to the Mexican government.", "REQUEST", "MEX"),
    ("Bougainville is after full independence from Papua New Guinea.", "REQUEST", "PNG"),
    ("Damascus held the Israeli government answerable for the raid.", "ACCUSE", "SYR"),
    ("Hanoi saw the bombing as an act of bad faith by Washington.", "ACCUSE", "VNM"),
    ("The Israeli delegation left the hall.", "REJECT", "ISR"),
    ("Belgrade would answer with force, its general said.", "THREATEN", "SRB"),
    ("South African units crossed back into Namibia.", "RETREAT", "ZAF"),
    ("Ethiopia opened the road to Mekelle for food convoys.", "RETREAT", "ETH"),
    ("The Turkish navy kept Greek fishermen out of the waters.", "COERCE", "TUR"),
    ("Guinea-Bissau and Senegal share the oil of the joint zone.", "COOPERATE", "GNB"),
    ("Finland put up ten million marks for the Namibian returnees.", "AID", "FIN"),
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
    ("Iceland is close to Greenland.", "AGREE"),
    ("The Sudanese goat jumped at the Kenyan fence.", "AGREE"),
    ("The Pope received a bicycle from the children of Poland.", "CONSULT"),
    ("Serbia and Croatia spent three hours in the rain.", "CONSULT"),
    ("Qatar paid a fine in the harbour of Marseille.", "AID"),
    ("The Serbian tourists began to leave Kosovo.", "RETREAT"),
    ("Belgrade spoke of a concert in the West.", "ACCUSE"),
    ("Ethiopia stayed away from the cold.", "REJECT"),
    ("An agreement was reached between Greece and Malta.", "REJECT"),
    ("Israel gave Hamas a list of names.", "THREATEN"),
    ("Eritrea dug wells along the border with Djibouti.", "MOBILIZE"),
    ("Serbian shops opened up in Sarajevo.", "ASSAULT"),
    ("Ahtisaari laid his coat before the stove in Vienna.", "CONSULT"),
    ("The Syrian opposition greeted the American guest with a shrug.", "SUPPORT"),
    ("India moved three divisions up to the line.", "CONCEDE"),
    ("The Mexican government put forward a list of names.", "REQUEST"),
    ("The Israeli delegation entered the hall.", "REJECT"),
    ("South African tourists crossed back into Namibia.", "RETREAT"),
    ("Egypt was thrown out of balance.", "SANCTION"),
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
