"""The stance lexicon: which predicates show where a party stands, read from ``data/stances``.

Patterns are those of frames (``patterns``). A stance frame says besides what its denial means, who holds the
stance and which grammatical function names what it is about. ``docs/howto/add-a-topic.md`` has the format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from spacy.tokens import Doc, Span, Token

from onrecord import knowledge
from onrecord.coding import grammar
from onrecord.coding.frame_files import (
    Entry,
    Form,
    check_functions,
    folder_entries,
    load_classes,
    read_entries,
)
from onrecord.coding.pattern_index import Index
from onrecord.coding.patterns import POS, Pattern, Slot
from onrecord.coding.stance_guards import holds, is_dated
from onrecord.errors import KnowledgeError
from onrecord.record import Act, Stance

FOLDER = "stances"
_OPERATORS = "operators.toml"
# fmt: off
FORM = Form(
    texts=frozenset(("stance", "act", "denied", "before", "near", "only", "wish", "about")),
    lists=frozenset(("party", "issue")),
    flags=frozenset(("spoken", "asks")),
    tables=frozenset(),
    choices={
        "stance": get_args(Stance),
        "act": get_args(Act),
        "only": (
            "denied", "inner", "quoted", "quoted-self-denied", "quoted-ours", "quoted-ours-conditional",
            "conditional", "strict", "clause", "imperative",
        ),
        "wish": ("should", "will", "hope"),
    },
    functions=frozenset((
        "subject", "surface", "object", "possessor", "modifier", "governor", "speaker", "clause", "verb",
        "self", "matrix", "appositive", "owner", "attribute", "question", "before", "prefix", "modified",
        "hortative", "asked", "dative",
    )),
)
# fmt: on


@dataclass(frozen=True, slots=True)
class StanceFrame:
    """One frame. ``id`` is 'file/name'.

    ``denied`` is what its denial shows, None where a denial shows nothing; ``before`` what was held until
    then, where the frame itself says so ('dropped its opposition to'), else None; ``spoken`` frames hold
    only in attributed words, and their party is the speaker; ``near`` are words of which one must stand
    in the predicate's own clause; ``only`` limits a frame: 'denied' to its denial, 'inner' to places
    under another predicate ('must avoid'), 'quoted' to attributed words, 'self' to the party's own,
    'ours' to the party's own where it is affirmed, 'conditional' to places with a condition, 'strict' to
    conditions with 'only', 'unless', 'until', 'imperative' to what bids, 'clause' to nouns with a clause that
    begins with 'that';
    ``wish`` frames take a clause that says what should be; ``about`` are the words of which the subject must
    be one; ``asks`` frames take a question ('whether', 'when').
    """

    id: str
    stance: Stance
    act: Act
    denied: tuple[Stance, Act] | None
    before: tuple[Stance, Act] | None
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
    possible; a clause after an ``asserting`` noun is asserted by its owner; what the ``press`` asks for is no
    issue; ``occasions`` are what somebody stays away from.
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
    asserting: frozenset[str]
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
    """All stance frames, with an index."""

    def __init__(self, frames: Iterable[StanceFrame], operators: Operators) -> None:
        self.frames = tuple(frames)
        self.operators = operators
        rows = [(p.weight + frame.rank, frame, p) for frame in self.frames for p in frame.patterns]
        rows.sort(key=lambda row: (-row[0], row[1].id, row[2].text))
        self._index = Index((row[2], row) for row in rows)

    def hits(self, tokens: Doc | Span) -> Iterator[Hit]:
        """The frames that hold at the tokens of a sentence, the most specific one at each."""
        met = self._index.met(tokens)
        for token in tokens:
            hit = self._at(token, met)
            if hit is not None:
                yield hit

    def _at(self, token: Token, met: int) -> Hit | None:
        best: tuple[int, Hit] | None = None
        for pos in POS.get(token.pos_, ()):
            words = grammar.base_forms(token)
            if pos == "adjective":
                words = (*words, token.lower_)
            for word in sorted({*words}) if len(words) > 1 else words:
                for weight, frame, pattern in self._index.rows(pos, word, met):
                    if best is not None and weight <= best[0]:
                        break
                    bound = pattern.bind(token)
                    if bound is None or is_dated(bound.words):
                        continue
                    if pattern.object is not None and bound.object is None:
                        continue
                    if not holds(frame, pattern, token, bound.complement):
                        continue
                    best = (weight, Hit(frame, token, bound.words, bound.object, bound.complement))
                    break
        return best[1] if best else None


@cache
def load_stances() -> StanceLexicon:
    """The package's stance lexicon. Raises KnowledgeError, naming file and frame, on a broken form."""
    classes = load_classes(FOLDER)
    frames = [_frame(entry, classes) for entry in folder_entries(FOLDER, FORM, _OPERATORS)]
    words = knowledge.read_toml(FOLDER, _OPERATORS)["words"]
    return StanceLexicon(frames, Operators(**{key: frozenset(value) for key, value in words.items()}))


def read_stances(table: Mapping[str, Any], name: str, classes: Mapping[str, Slot]) -> Iterator[StanceFrame]:
    """The stance frames of one file. Raises KnowledgeError, naming file, frame and remedy."""
    return (_frame(entry, classes) for entry in read_entries(table, name, FORM, classes))


def _frame(entry: Entry, classes: Mapping[str, Slot]) -> StanceFrame:
    values, label = entry.values, entry.label
    for key in ("stance", "act"):
        if key not in values:
            raise KnowledgeError(f"{label}: needs {key!r}, one of {', '.join(FORM.choices[key])}")
    party = tuple(values.get("party", ("subject",)))
    issue = tuple(values.get("issue", ("clause", "object")))
    if not party or not issue:
        raise KnowledgeError(f"{label}: 'party' and 'issue' must each name a grammatical function")
    check_functions((*party, *issue), FORM, label)
    return StanceFrame(
        id=entry.id,
        stance=values["stance"],
        act=values["act"],
        denied=_other(values, "denied", label),
        before=_other(values, "before", label),
        party=party,
        issue=issue,
        spoken=values.get("spoken", False),
        near=_words(values, "near", classes, label),
        only=values.get("only", ""),
        wish=values.get("wish", ""),
        about=_words(values, "about", classes, label),
        asks=values.get("asks", False),
        rank=values.get("rank", 0),
        patterns=entry.patterns,
        example=values["example"],
        counter=values["counter"],
    )


def _words(values: Mapping[str, Any], key: str, classes: Mapping[str, Slot], label: str) -> frozenset[str]:
    """The words of the class that a key names, none where it is left out."""
    if key not in values:
        return frozenset()
    found = classes.get(values[key].removeprefix("@"))
    if found is None:
        raise KnowledgeError(f"{label}: there is no class {values[key]!r}; define it in [classes]")
    return found.words


def _other(values: Mapping[str, Any], key: str, label: str) -> tuple[Stance, Act] | None:
    """A stance and an act written 'opposes/rejects', None for 'none' and where the key is left out."""
    value = values.get(key, "none")
    if value == "none":
        return None
    stance, _, act = value.partition("/")
    if stance not in get_args(Stance) or act not in get_args(Act):
        raise KnowledgeError(f"{label}: {key!r} cannot be {value!r}; write 'stance/act' or 'none'")
    return stance, act
