"""The frames' own examples, the pattern language, and the checks on a frame file."""

from __future__ import annotations

import pytest

from onrecord.coding.frames import Lexicon, load_frames, read_frames
from onrecord.coding.patterns import Slot, parse_pattern
from onrecord.errors import KnowledgeError

LEXICON = load_frames()


@pytest.fixture(scope="module")
def sentences(parser):
    texts = sorted({text for frame in LEXICON.frames for text in (frame.example, frame.counter)})
    return dict(zip(texts, parser.nlp.pipe(texts), strict=True))


def found(lexicon, doc):
    return {match.frame.id for match in lexicon.match(doc) if not match.negated}


@pytest.mark.parametrize("frame", LEXICON.frames, ids=lambda frame: frame.id)
def test_example_has_the_frame(frame, sentences):
    assert frame.id in found(LEXICON, sentences[frame.example])


@pytest.mark.parametrize("frame", LEXICON.frames, ids=lambda frame: frame.id)
def test_counter_example_has_it_not(frame, sentences):
    assert frame.id not in found(LEXICON, sentences[frame.counter])


def lexicon_of(**frame):
    entry = {"id": "x", "type": "CONSULT", "example": "e", "counter": "c", **frame}
    return Lexicon(read_frames({"frame": [entry]}, "t.toml", {"talks": Slot(frozenset({"talk"}))}))


def roles(lexicon, doc):
    (match,) = lexicon.match(doc)
    return {role: [f.token.text for f in fillers] for role, fillers in match.roles.items()}


@pytest.mark.parametrize(
    ("text", "actor", "recipient"),
    [
        ("Chad accused Niger of theft.", ["Chad"], ["Niger"]),
        ("Niger was accused by Chad of theft.", ["Chad"], ["Niger"]),
        ("Niger, which Chad accused, left.", ["Chad"], ["Niger"]),
        ("Chad met the envoy and accused Niger.", ["Chad"], ["Niger"]),
        ("Chad wants to accuse Niger.", ["Chad"], ["Niger"]),
    ],
)
def test_roles_follow_voice_relative_clause_coordination_and_control(parser, text, actor, recipient):
    lexicon = lexicon_of(verbs=["accuse"])
    assert roles(lexicon, parser.nlp(text)) == {"actor": actor, "recipient": recipient}


def test_agentless_passive_has_no_actor(parser):
    assert roles(lexicon_of(verbs=["accuse"]), parser.nlp("Niger was accused of theft."))["actor"] == []


def test_negation_is_told(parser):
    (match,) = lexicon_of(verbs=["accuse"]).match(parser.nlp("Chad did not accuse Niger."))
    assert match.negated


def test_negative_frame_holds_only_where_denied(parser):
    lexicon = lexicon_of(verbs=["accept"], polarity="negative")
    assert lexicon.match(parser.nlp("Chad did not accept the plan."))
    assert not lexicon.match(parser.nlp("Chad accepted the plan."))


def test_complement_is_bound_and_constrained(parser):
    lexicon = lexicon_of(verbs=["refuse {to:meet|see}"])
    (match,) = lexicon.match(parser.nlp("Chad refused to meet the envoy."))
    assert match.complement is not None
    assert match.complement.text == "meet"
    assert not lexicon.match(parser.nlp("Chad refused to leave the room."))


def test_class_stands_for_its_words_through_quantities(parser):
    lexicon = lexicon_of(verbs=["hold [@talks]"])
    assert lexicon.match(parser.nlp("They held a round of talks."))
    assert not lexicon.match(parser.nlp("They held a party."))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"verbs": ["hold [@nothing]"]}, "@nothing"),
        ({"verbs": ["hold (x)"]}, "cannot read"),
        ({"verbs": []}, "no predicate"),
        ({"verbs": ["hold"], "rolls": {}}, "rolls"),
        ({"verbs": ["hold"], "roles": {"actor": ["the-subject!"]}}, "grammatical function"),
        ({"verbs": ["hold"], "example": ""}, "example"),
    ],
)
def test_broken_frame_is_named_with_its_file(change, says):
    with pytest.raises(KnowledgeError, match=r"t\.toml, frame 'x'") as error:
        lexicon_of(**change)
    assert says in str(error.value)


def test_more_specific_pattern_weighs_more():
    weights = [
        parse_pattern(p, "verb", {}, "l").weight
        for p in ("call", "call on", "call on {to}", "call off [talk]")
    ]
    assert weights == sorted(weights)
