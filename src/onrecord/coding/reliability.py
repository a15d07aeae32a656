"""How far an attribution can be relied on, and which are left out.

The chance that a careful reader would mark it, by a logistic model over what the tagger says of itself, the
cue, the form of the words and the source. Its weights stand in ``data/attribution/reliability.csv``, one
named property a line; ``train/reliability.py`` makes them from attributions that the tagger found in texts it
had not been trained on.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Span, Token

from onrecord.coding.attribution import Attribution
from onrecord.coding.cues import cues
from onrecord.knowledge import data, read_csv
from onrecord.text.parse import Parse

# Words are kept where they are more likely than not to help: F1 is greatest near half its own value.
WORDS = 0.3
# 'praised the move', 'wants to leave': an attitude to a thing or a plan is words only to some readers.
ATTITUDE = 0.585
ATTITUDES = ("gerund", "infinitive", "participle", "question", "thing")
GROUPS = ("belief", "clause", "naming", "promise", "quoting", "readout", "request", "speech", "writing")
_ASKING = ("promise", "request", "speech")


@dataclass(frozen=True, slots=True)
class Properties:
    """What is known of one attribution: ``numbers`` by name, ``form`` of its words, ``lemma`` and ``groups``
    of its cue."""

    numbers: Mapping[str, float]
    form: str
    lemma: str
    groups: tuple[str, ...]


def reliable(parse: Parse, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions that are likely enough, in their order, with their chance as confidence.

    What a rule found stays as it is: rules are for what the annotators of the training texts did not mark so,
    as words within words. Without the weights all are given back as they are.
    """
    weights = _weights()
    kept = []
    for a in attributions:
        if not weights or not is_learned(a):
            kept.append(a)
            continue
        known = properties(parse, a)
        score = sum(value * weights.get(name, 0.0) for name, value in known.numbers.items())
        chance = 1 / (1 + math.exp(-score))
        if chance >= _least(known):
            kept.append(replace(a, confidence=round(chance, 3)))
    return tuple(kept)


def _least(known: Properties) -> float:
    """The least chance with which an attribution is kept."""
    if known.form == "thing":
        said = known.lemma == "deny"  # 'denied any role': said that there was none
    else:
        said = any(g in _ASKING for g in known.groups)
    return WORDS if said or known.form not in ATTITUDES else ATTITUDE


@cache
def _weights() -> dict[str, float]:
    if not data("attribution", "reliability.csv").is_file():
        return {}
    return {row["property"]: float(row["weight"]) for row in read_csv("attribution", "reliability.csv")}


def is_learned(a: Attribution) -> bool:
    """Whether the tagger found it."""
    return a.because.startswith("tagger/")


def properties(parse: Parse, a: Attribution) -> Properties:
    """What the model knows of an attribution that the tagger found."""
    words = [parse.doc.char_span(*c, alignment_mode="expand") for c in a.content]
    tokens = [token for span in words if span is not None for token in span]
    cue = parse.doc.char_span(*a.cue, alignment_mode="expand") if a.cue else None
    head = _head(cue)
    form = _form(a, tokens)
    lemma, tag, pos = (head.lemma_.lower(), head.tag_, head.pos_) if head is not None else ("", "", "")
    lexicon = cues()
    groups = tuple(g for g in GROUPS if lemma in getattr(lexicon, g))
    length = sum(len(parse.text[start:end].split()) for start, end in a.content)
    sure = min(max(a.confidence, 0.02), 0.995)
    logit = math.log(sure / (1 - sure))
    out: dict[str, float] = {
        "any": 1.0,
        "tagger": logit,
        f"form {form}": 1.0,
        f"form {form}, tagger": logit,
        f"form {form}, cue {pos}": 1.0,
        f"kind {a.kind}": 1.0,
        "length": math.log(1 + length),
        "length to 4": float(length <= 4),
        "length to 8": float(length <= 8),
        "several stretches": float(len(a.content) > 1),
        f"cue {lemma}": 1.0,
        f"cue {lemma}, form {form}": 1.0,
        f"cue's tag {tag}": 1.0,
        "cue's length": math.log(1 + len(cue)) if cue is not None else 0.0,
        "cue in quotation": float(a.cue is not None and parse.quote_at(a.cue[0]) is not None),
    }
    if cue is not None and len(cue):
        out[f"cue's last word {cue[-1].lower_}"] = 1.0
    if head is not None:
        out[f"cue's place {head.dep_}"] = 1.0
        out["cue negated"] = float(any(t.dep_ == "neg" for t in (*head.children, *(cue or ()))))
        out["cue with a modal"] = float(any(t.tag_ == "MD" for t in head.children))
    for group in groups or ("none",):
        out[f"cues of {group}"] = 1.0
        out[f"cues of {group}, form {form}"] = 1.0
        out[f"cues of {group}, tagger"] = logit
    out |= _order(a)
    out |= _governed(words[0], head) | _source(parse, a)
    return Properties({name: value for name, value in out.items() if value}, form, lemma, groups)


def _head(cue: Span | None) -> Token | None:
    """The word of the cue that names the act: its verb, else its noun or adjective, else its first word."""
    if cue is None or not len(cue):
        return None
    verb = next((t for t in cue if t.pos_ == "VERB"), None)
    return verb or next((t for t in cue if t.pos_ in ("NOUN", "ADJ")), None) or cue[0]


def _form(a: Attribution, tokens: Sequence[Token]) -> str:
    """The grammatical form of the words."""
    if a.kind != "indirect":
        return "quoted"
    first = tokens[0] if tokens else None
    if first is None:
        return "thing"
    if first.lower_ == "that":
        return "that"
    if first.lower_ == "to":
        return "infinitive"
    if first.tag_ in ("WP", "WRB", "WDT") or first.lower_ in ("whether", "if"):
        return "question"
    if first.tag_ == "VBG":
        return "gerund"
    if any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in tokens):
        return "clause"
    return "participle" if any(t.pos_ in ("VERB", "AUX") for t in tokens) else "thing"


def _order(a: Attribution) -> dict[str, float]:
    """On which side of the cue the words stand, and how far off."""
    if a.cue is None:
        return {"no cue": 1.0}
    gap = min(abs(a.content[0][0] - a.cue[1]), abs(a.cue[0] - a.content[-1][1]))
    side = "after" if a.content[0][0] >= a.cue[1] else "before"
    return {f"words {side} the cue": 1.0, "distance": math.log(1 + gap)}


def _governed(words: Span | None, head: Token | None) -> dict[str, float]:
    """How the words hang in the sentence."""
    if words is None or not len(words):
        return {}
    root = words.root
    return {
        f"words' place {root.dep_}": 1.0,
        "words hang from the cue": float(head is not None and root.head == head),
    }


def _source(parse: Parse, a: Attribution) -> dict[str, float]:
    """What kind of words name the source."""
    span = parse.doc.char_span(*a.speaker, alignment_mode="expand") if a.speaker else None
    if span is None:
        return {"source none": 1.0}
    return {f"source {span.root.pos_}": 1.0, f"source of kind {span.root.ent_type_ or 'none'}": 1.0}
