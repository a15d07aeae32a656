"""The stance lexicon: which predicates show where a party stands, read from ``data/stances``.

Patterns are those of frames (``patterns``). A stance frame says besides what its denial means, who holds the
stance and which grammatical function names what it is about. ``docs/howto/add-a-topic.md`` has the format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any, get_args

from spacy.tokens import Token

from onrecord import knowledge
from onrecord.coding import grammar
from onrecord.coding.patterns import POS, Pattern, Slot, parse_pattern
from onrecord.coding.polarity import polarity
from onrecord.errors import KnowledgeError
from onrecord.record import Act, Stance

FOLDER = "stances"
_STRICT = frozenset(("before", "condition", "only", "provided", "unless", "until"))
_ASKING = frozenset(("whether", "if", "when", "how", "what", "where", "who", "which"))
_TO_COME = frozenset(("will", "would", "'ll", "should", "could", "can", "may", "might", "must", "shall"))
_CHOICES = frozenset(
    ("accept", "agree", "back", "favour", "favor", "intend", "oppose", "plan", "support", "want")
)
_THINGS = frozenset(("it", "that", "this", "they", "which", "everything"))
_OUTCOMES = frozenset(("allow", "force", "let", "permit", "prompt"))
_KEYS = {"verbs": "verb", "nouns": "noun", "adjectives": "adjective", "modals": "modal"}
_FIELDS = frozenset(
    (
        "id",
        "stance",
        "act",
        "denied",
        "party",
        "issue",
        "spoken",
        "near",
        "only",
        "wish",
        "about",
        "asks",
        "rank",
        "example",
        "counter",
        *_KEYS,
    )
)
# fmt: off
_FUNCTIONS = frozenset((
    "subject", "surface", "object", "possessor", "modifier", "governor", "speaker", "clause", "verb", "self",
    "matrix", "appositive", "owner", "attribute", "question", "before",
    "prefix", "modified", "hortative", "asked",
))
# fmt: on


@dataclass(frozen=True, slots=True)
class StanceFrame:
    """One frame. ``id`` is 'file/name'.

    ``denied`` is what its denial shows, None where a denial shows nothing; ``spoken`` frames hold only in
    attributed words, and their party is the speaker; ``near`` are words of which one must stand in the
    predicate's own clause; ``only`` limits a frame: 'denied' to its denial, 'inner' to places under another
    predicate ('must avoid'), 'quoted' to attributed words, 'self' to the party's own, 'ours' to the
    party's own where it is affirmed, 'conditional' to places with a condition, 'strict' to conditions with
    'only', 'unless', 'until'; ``wish`` frames take a clause that says what should be; ``about`` are the words
    of which the subject must be one; ``asks`` frames take a question ('whether', 'when').
    """

    id: str
    stance: Stance
    act: Act
    denied: tuple[Stance, Act] | None
    party: tuple[str, ...]
    issue: tuple[str, ...]
    spoken: bool
    near: frozenset[str]
    only: str
    wish: str
    about: frozenset[str]
    asks: bool
    rank: int
    patterns: tuple[Pattern, ...]
    example: str
    counter: str


@dataclass(frozen=True, slots=True)
class Operators:
    """Words that change what a predicate in their scope shows; all are lemmas or lower-case words.

    ``opaque`` predicates take a clause that nobody is said to hold ('expect'); ``hedges`` are auxiliaries
    that make an act no more than possible; ``documents`` are nouns whose owner speaks by them; ``light``
    verbs leave the meaning to their object; ``empty`` nouns are no issue; ``intents`` are nouns whose
    infinitive their owner means to carry out; ``carriers`` are nouns whose clause says what they are about;
    ``attitudes`` are verbs of the mind, which nobody negotiates; ``vague`` verbs name nothing on the table
    without a noun; what somebody is ``accusing`` others of is no stance of theirs; of ``chances`` nothing is
    said to hold; ``asides`` are verbs of answering, whose object is what is evaded; ``things`` are on the
    table even where they belong to somebody; ``perhaps`` are adverbs of the merely
    possible; what the ``press`` asks for is no issue; ``occasions`` are what somebody
    stays away from.
    """

    opaque: frozenset[str]
    hedges: frozenset[str]
    documents: frozenset[str]
    light: frozenset[str]
    empty: frozenset[str]
    intents: frozenset[str]
    carriers: frozenset[str]
    attitudes: frozenset[str]
    vague: frozenset[str]
    accusing: frozenset[str]
    chances: frozenset[str]
    asides: frozenset[str]
    things: frozenset[str]
    perhaps: frozenset[str]
    press: frozenset[str]
    occasions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """A frame found at a token: the words of the predicate, its object and its clause."""

    frame: StanceFrame
    head: Token
    words: tuple[Token, ...]
    object: Token | None
    clause: Token | None


class StanceLexicon:
    """All stance frames, with an index by part of speech and lemma."""

    def __init__(self, frames: Iterable[StanceFrame], operators: Operators) -> None:
        self.frames = tuple(frames)
        self.operators = operators
        self._index: dict[tuple[str, str], list[tuple[int, StanceFrame, Pattern]]] = {}
        for frame in self.frames:
            for pattern in frame.patterns:
                for head in sorted({head.rpartition("_")[2] for head in pattern.heads}):
                    row = (pattern.weight + frame.rank, frame, pattern)
                    self._index.setdefault((pattern.pos, head), []).append(row)
        for rows in self._index.values():
            rows.sort(key=lambda row: (-row[0], row[1].id, row[2].text))

    def at(self, token: Token) -> Hit | None:
        """The frame that holds at a token, the most specific one; None where none does."""
        best: tuple[int, Hit] | None = None
        for pos in POS.get(token.pos_, ()):
            words = {*grammar.base_forms(token), *([token.lower_] if pos == "adjective" else [])}
            for word in sorted(words):
                for weight, frame, pattern in self._index.get((pos, word), ()):
                    if best is not None and weight <= best[0]:
                        break
                    bound = pattern.bind(token)
                    if bound is None or _is_dated(bound.words):
                        continue
                    if pattern.object is not None and bound.object is None:
                        continue
                    if not _holds(frame, pattern, token, bound.complement):
                        continue
                    best = (weight, Hit(frame, token, bound.words, bound.object, bound.complement))
                    break
        return best[1] if best else None


def _holds(frame: StanceFrame, pattern: Pattern, token: Token, clause: Token | None) -> bool:
    """What a frame asks for beyond its pattern."""
    if frame.about and not _is_about(token, frame.about):
        return False
    if frame.near and not _near(token, frame.near):
        return False
    if frame.only == "strict" and (
        grammar.child(token.head, "dobj") is not None or not any(t.lower_ in _STRICT for t in token.sent)
    ):
        return False
    if frame.asks and question(token) is None:
        return False
    if frame.spoken and frame.issue[0] == "surface" and _of_somebody(token):
        return False
    verb = token.head if pattern.pos == "modal" else token
    if frame.only == "denied" and polarity(verb) == "affirmed":
        return False
    if frame.wish and clause is not None and not _is_wish(clause, frame.wish):
        return False
    if token.tag_ == "VBG" and token.dep_ == "advcl" and token.lemma_ in _OUTCOMES:
        return False  # 'the truce failed, allowing the rebels to advance'
    if token.lemma_ in ("have", "need") and frame.spoken and _is_supposed(token):
        return False
    if token.lemma_ == "have" and (
        grammar.child(token, "dobj") is not None or (clause and clause.lemma_ == "do")
    ):
        return bool(frame.rank)  # 'have a chance to', 'have to do with'
    if frame.spoken and pattern.pos == "noun" and token.dep_ != "attr":
        named = token.dep_ == "nsubj" and token.head.lemma_ == "be" and "attribute" in frame.issue
        if not named:  # 'the only way is a federation'
            return False
    if pattern.pos == "verb" and token.dep_ in ("aux", "auxpass"):
        return False
    if "hortative" in frame.issue and hortative(token) is None:
        return False
    if "prefix" in frame.party and (token.dep_ != "amod" or grammar.child(token, "npadvmod") is None):
        return False
    if pattern.clause == "ing" and clause is not None and any(c.dep_ == "aux" for c in clause.children):
        return False  # 'suggested that it was stepping back' is a finite clause
    if clause is not None and grammar.child(token, "dobj") is not None:
        if pattern.clause == "that":
            return False  # 'demanded the withdrawal, diplomats said' is no clause of demanding
        if pattern.clause == "to" and clause.dep_ == "advcl" and frame.act != "demands":
            return False  # 'offered its troops to help' says what for
    if pattern.pos == "adjective" and token.pos_ == "VERB":
        return token.tag_ == "VBN" and (
            token.dep_ in ("acomp", "oprd", "acl", "amod", "attr", "advcl", "conj")
            or any(c.dep_ == "auxpass" or (c.dep_ == "aux" and c.lemma_ == "be") for c in token.children)
        )
    return True


def _is_about(predicate: Token, words: frozenset[str]) -> bool:
    subject = grammar.surface_subject(predicate)
    return subject is not None and subject.lemma_.lower() in words


def hortative(verb: Token) -> Token | None:
    """What 'let us' calls on everybody to do."""
    for clause in grammar.children(verb, "ccomp"):
        subject = grammar.child(clause, "nsubj")
        if subject is not None and subject.lower_ in ("us", "'s", "’s"):
            return clause
    return None


def question(verb: Token) -> Token | None:
    """The question that a verb takes, of what is still to be done or chosen: 'whether it would sign'."""
    for clause in grammar.children(verb, "ccomp", "xcomp"):
        if not any(c.lower_ in _ASKING and c.i < clause.i for c in clause.children):
            continue
        open_still = not _TO_COME.isdisjoint(grammar.auxiliaries(clause)) or grammar.is_infinitive(clause)
        if open_still or clause.lemma_.lower() in _CHOICES:
            return clause
    return None


def _of_somebody(predicate: Token) -> bool:
    """Whether the subject of a verdict on a thing is somebody: 'Serbia must stay', 'we must stay'."""
    subject = grammar.surface_subject(predicate)
    if subject is None or subject.pos_ == "PRON":
        return subject is not None and subject.lower_ not in _THINGS
    return subject.ent_type_ in ("GPE", "NORP", "PERSON") and subject.pos_ == "PROPN"


def _is_supposed(verb: Token) -> bool:
    """Whether a need is one of the past or of a case only supposed: 'had to', 'would have to'; what is
    said to have had to be ('said that there had to be changes') is a need of today, in reported speech.
    """
    said = verb.dep_ == "ccomp" or (verb.dep_ == "conj" and grammar.child(verb, "mark") is not None)
    if said and verb.head.tag_ == "VBD" and verb.head.lemma_ not in ("know", "see"):
        needed = ("be", "cease", "end", "stop")
        passive = any(grammar.is_passive(c) or c.lemma_ in needed for c in grammar.children(verb, "xcomp"))
        if passive or grammar.child(verb, "expl") is not None:
            return False
    return verb.tag_ in ("VBD", "VBN") or any(a in ("would", "will", "'d") for a in grammar.auxiliaries(verb))


def _is_dated(words: tuple[Token, ...]) -> bool:
    """Whether a preposition of the pattern only opens a date: 'insisted on Thursday that'."""
    for word in words:
        inner = grammar.child(word, "pobj") if word.dep_ == "prep" else None
        if inner is None or not _is_date(inner):
            continue
        others = grammar.prepositional(word.head, (word.lower_,))
        if all(_is_date(filler) for _, filler in others):
            return True
    return False


def _is_date(filler: Token) -> bool:
    return filler.ent_type_ in ("DATE", "TIME") and filler.pos_ in ("PROPN", "NUM")


def _is_wish(clause: Token, wish: str) -> bool:
    """Whether a clause says what should be: 'should leave', 'be released', not 'has left'; with ``will``
    also what somebody will do; with ``hope`` what is or comes.
    """
    if wish == "hope":
        return clause.tag_ in ("VB", "VBP", "VBZ")
    if grammar.is_infinitive(clause) or clause.tag_ == "VBG" or grammar.is_desired(clause):
        return True
    auxiliaries = grammar.auxiliaries(clause)
    if clause.tag_ == "VB" and not auxiliaries:
        return True
    if any(a in ("must", "should", "ought") for a in auxiliaries):
        return True
    if any(a in ("could", "might") for a in auxiliaries) and "have" not in auxiliaries:
        return wish == "should"
    if any(a in ("can", "ca", "cannot") for a in auxiliaries):
        return wish == "will" and grammar.is_negated(clause)
    if wish == "will" and any(a in ("will", "would", "wo", "'ll", "shall") for a in auxiliaries):
        return True
    if (
        wish == "will"
        and clause.tag_ == "VBP"
        and clause.head.tag_ in ("VBD", "VBG")
        and not auxiliaries
        and clause.lemma_ != "be"
    ):
        return True  # 'insisted that the curbs stay': after a past tense no present but the subjunctive
    subject = grammar.child(clause, "nsubj", "nsubjpass")
    third = subject is not None and subject.tag_ in ("NN", "NNP") and not any(subject.conjuncts)
    return clause.tag_ == "VBP" and third and not auxiliaries


def _near(token: Token, words: frozenset[str]) -> bool:
    """Whether one of these words hangs on the predicate after it, in its own clause."""
    verb = token.head if token.dep_ == "aux" else token
    stack = [c for c in verb.children if c.i > token.i]
    while stack:
        one = stack.pop()
        if one.lemma_.lower() in words or one.lower_ in words:
            return True
        if one.dep_ not in ("relcl", "advcl", "acl", "nsubj"):
            stack.extend(one.children)
    return False


@cache
def load_stances() -> StanceLexicon:
    """The package's stance lexicon. Raises KnowledgeError, naming file and frame, on a broken form."""
    files = sorted(f.name for f in knowledge.data(FOLDER).iterdir() if f.name.endswith(".toml"))
    classes = _classes(knowledge.read_toml(FOLDER, "classes.toml").get("classes", {}))
    frames: list[StanceFrame] = []
    for name in files:
        if name not in ("classes.toml", "operators.toml"):
            frames.extend(read_stances(knowledge.read_toml(FOLDER, name), name, classes))
    seen: set[str] = set()
    for frame in frames:
        if frame.id in seen:
            raise KnowledgeError(f"data/{FOLDER}: two frames have the id {frame.id!r}; rename one")
        seen.add(frame.id)
    words = knowledge.read_toml(FOLDER, "operators.toml")["words"]
    return StanceLexicon(frames, Operators(**{key: frozenset(value) for key, value in words.items()}))


def _classes(table: Mapping[str, list[str]]) -> dict[str, Slot]:
    classes: dict[str, Slot] = {}
    for name, words in table.items():
        found: set[str] = set()
        for word in words:
            found |= classes[word[1:]].words if word.startswith("@") else {word}
        classes[name] = Slot(frozenset(found))
    return classes


def read_stances(table: Mapping[str, Any], name: str, classes: Mapping[str, Slot]) -> Iterator[StanceFrame]:
    """The frames of one file, checked."""
    stem = name.removesuffix(".toml")
    for raw in table.get("frame", ()):
        entry = {**table.get("defaults", {}), **raw}
        label = f"{FOLDER}/{name}, frame {entry.get('id', '(without id)')!r}"
        unknown = sorted(set(entry) - _FIELDS)
        if unknown:
            raise KnowledgeError(f"{label}: unknown key {', '.join(unknown)}; the howto lists the keys")
        for key in ("id", "example", "counter"):
            if not isinstance(entry.get(key), str) or not entry[key]:
                raise KnowledgeError(f"{label}: needs {key!r}, a text")
        patterns = tuple(
            parse_pattern(text, pos, classes, label)
            for key, pos in _KEYS.items()
            for line in entry.get(key, ())
            for text in _expanded(line)
        )
        if not patterns:
            raise KnowledgeError(f"{label}: has no predicate; give verbs, nouns, adjectives or modals")
        party, issue = (
            tuple(entry.get("party", ("subject",))),
            tuple(entry.get("issue", ("clause", "object"))),
        )
        for function in (*party, *issue):
            if function not in _FUNCTIONS and not function.isalpha():
                raise KnowledgeError(f"{label}: {function!r} is no grammatical function")
        near = entry.get("near", "")
        about = entry.get("about", "")
        for name in (near, about):
            if name and name.removeprefix("@") not in classes:
                raise KnowledgeError(f"{label}: there is no class {name!r} in classes.toml")
        stance, act = _values(entry.get("stance"), entry.get("act"), label)
        denied = entry.get("denied", "none")
        yield StanceFrame(
            id=f"{stem}/{entry['id']}",
            stance=stance,
            act=act,
            denied=None
            if denied == "none"
            else _values(denied.partition("/")[0], denied.partition("/")[2], label),
            party=party,
            issue=issue,
            spoken=bool(entry.get("spoken", False)),
            near=classes[near.removeprefix("@")].words if near else frozenset(),
            only=entry.get("only", ""),
            wish=entry.get("wish", ""),
            about=classes[about.removeprefix("@")].words if about else frozenset(),
            asks=bool(entry.get("asks", False)),
            rank=int(entry.get("rank", 0)),
            patterns=patterns,
            example=entry["example"],
            counter=entry["counter"],
        )


def _expanded(line: str) -> list[str]:
    """A line with alternatives among prepositions and clauses, 'consent to|{to}', as one pattern for each."""
    ways = [re.split(r"\|(?=\{)|(?<=\})\|", part) for part in line.split()]
    return [" ".join(way) for way in product(*ways)]


def _values(stance: Any, act: Any, label: str) -> tuple[Stance, Act]:
    if stance not in get_args(Stance):
        raise KnowledgeError(f"{label}: stance {stance!r} is none of {', '.join(get_args(Stance))}")
    if act not in get_args(Act):
        raise KnowledgeError(f"{label}: act {act!r} is none of {', '.join(get_args(Act))}")
    return stance, act
