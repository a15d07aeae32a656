"""The pipes run our way give what spaCy gives, whatever is annotated together."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from threadpoolctl import threadpool_info

from onrecord.text.parse import DEFAULT_MODEL
from onrecord.text.pipes import Pipes

# Among them what the ruler's patterns of several tokens read.
ODD = [
    "There's no deal, and there won't be: we're gonna leave, he said.",
    "Let's not pretend. C'm on! Y'all got ta sign; it ain't hard, ain’t it?",
    "that",
    " - ",
    "The  spaces ,\u00a0here  are many\t.",
    "“But we have not agreed,” said Federica Mogherini, the EU's foreign policy chief, on 14 July 2015.",
]


def _examples() -> list[str]:
    folder = files("onrecord") / "data" / "examples"
    texts = sorted((f.name, f.read_text("utf-8")) for f in folder.iterdir() if f.name.endswith(".txt"))
    return [line for _, text in texts for line in text.split("\n") if line.strip()]


def _annotations(doc: Doc) -> list[tuple[object, ...]]:
    return [
        (t.text, t.tag, t.pos, str(t.morph), t.lemma, t.dep, t.head.i, t.is_sent_start, t.ent_type, t.ent_iob)
        for t in doc
    ]


@pytest.fixture(scope="module")
def plain() -> Language:
    return spacy.load(DEFAULT_MODEL)


@pytest.fixture(scope="module")
def pipes() -> Pipes:
    return Pipes(spacy.load(DEFAULT_MODEL))


def test_annotations_are_those_of_spacy(plain: Language, pipes: Pipes) -> None:
    texts = [*_examples(), *ODD]
    ours = [_annotations(doc) for doc in pipes.annotate(texts)]
    assert ours == [_annotations(doc) for doc in plain.pipe(texts)]
    assert ours == [_annotations(doc) for doc in pipes.annotate(texts)]  # what was kept says the same


def test_a_text_is_annotated_alike_to_the_last_bit_in_any_company(pipes: Pipes) -> None:
    texts = [*ODD, *_examples()[:20]]
    together = list(pipes.annotate(texts))
    unseen = Pipes(spacy.load(DEFAULT_MODEL))  # whose embeddings have kept no word so far
    backwards = list(unseen.annotate(texts[::-1]))[::-1]
    for text, one, other in zip(texts, together, backwards, strict=True):
        (alone,) = pipes.annotate([text])
        assert np.array_equal(one.tensor, alone.tensor)
        assert np.array_equal(other.tensor, alone.tensor)


def test_pipes_that_are_not_known_run_as_spacy_runs_them() -> None:
    @Language.component("onrecord_test_shout")
    def shout(doc: Doc) -> Doc:
        doc.user_data["shout"] = doc.text.upper()
        return doc

    nlp = spacy.load(DEFAULT_MODEL, exclude=["lemmatizer"])
    nlp.get_pipe("parser").cfg["beam_width"] = 2  # type: ignore[attr-defined]
    nlp.get_pipe("attribute_ruler").add([[{"ENT_TYPE": "GPE"}]], {"LEMMA": "place"})  # type: ignore[attr-defined]
    nlp.add_pipe("onrecord_test_shout")
    nlp.add_pipe("entity_ruler", before="ner").add_patterns([{"label": "TALKS", "pattern": "talks"}])  # type: ignore[attr-defined]
    texts = ["The talks in Oslo went on.", "There is no date."]
    expected = [(_annotations(doc), doc.user_data["shout"]) for doc in nlp.pipe(texts)]
    assert [(_annotations(doc), doc.user_data["shout"]) for doc in Pipes(nlp).annotate(texts)] == expected
    assert any("TALKS" in doc.ents[0].label_ for doc in Pipes(nlp).annotate(texts) if doc.ents)


def test_names_are_found_as_the_recogniser_finds_them_step_by_step(pipes: Pipes) -> None:
    recogniser = spacy.load(DEFAULT_MODEL).get_pipe("ner")
    # A name at the end of a text, of a sentence, before one that begins with a name, and beside white space.
    texts = [
        *ODD,
        "They met on 14 July",
        "It was Ban Ki-moon. Mohammad Javad Zarif flew to New  York \n on Monday",
        "the United Nations Security Council Resolution 2231 of July 20, 2015, Wendy Sherman",
    ]
    for doc in pipes.annotate([*texts, *_examples()]):
        found = [(e.start, e.end, e.label_) for e in doc.ents]
        again = doc.copy()
        again.set_ents([], default="missing")
        assert [(e.start, e.end, e.label_) for e in recogniser(again).ents] == found


def test_the_threads_of_the_products_are_as_before(pipes: Pipes) -> None:
    before = threadpool_info()
    list(pipes.annotate(ODD))
    assert threadpool_info() == before
