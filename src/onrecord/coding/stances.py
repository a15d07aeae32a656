"""The stance lexicon: which predicates show where a party stands, read from ``data/stances``.

Patterns are those of frames (``patterns``). A stance frame says besides what its denial means, who holds the
stance and which grammatical function names what it is about. ``docs/howto/add-a-topic.md`` has the format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from spacy.tokens import Token

from onrecord import knowledge
from onrecord.coding import grammar
from onrecord.coding.frame_files import (
    PREDICATES,
    check_entry,
    check_functions,
    check_ids,
    load_classes,
    read_predicates,
)
from onrecord.coding.patterns import POS, Pattern, Slot
from onrecord.coding.stance_guards import holds, is_dated
from onrecord.errors import KnowledgeError
from onrecord.record import Act, Stance

FOLDER = "stances"
_FIELDS = frozenset(
    (
        "id",
        "stance",
        "act",
        "denied",
        "before",
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
        *PREDICATES,
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

    ``denied`` is what its denial shows, None where a denial shows nothing; ``before`` what was held until
    then, where the frame itself says so ('dropped its opposition to'), else None; ``spoken`` frames hold
    only in attributed words, and their party is the speaker; ``near`` are words of which one must stand
    in the predicate's own clause; ``only`` limits a frame: 'denied' to its denial, 'inner' to places
    under another predicate ('must avoid'), 'quoted' to attributed words, 'self' to the party's own,
    'ours' to the party's own where it is affirmed, 'conditional' to places with a condition, 'strict' to
    conditions with 'only', 'unless', 'until'; ``wish`` frames take a clause that says what should be;
    ``about`` are the words of which the subject must be one; ``asks`` frames take a question ('whether',
    'when').
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
    files = sorted(f.name for f in knowledge.data(FOLDER).iterdir() if f.name.endswith(".toml"))
    classes = load_classes(FOLDER)
    frames: list[StanceFrame] = []
    for name in files:
        if name not in ("classes.toml", "operators.toml"):
            frames.extend(read_stances(knowledge.read_toml(FOLDER, name), name, classes))
    check_ids((frame.id for frame in frames), FOLDER)
    words = knowledge.read_toml(FOLDER, "operators.toml")["words"]
    return StanceLexicon(frames, Operators(**{key: frozenset(value) for key, value in words.items()}))


def read_stances(table: Mapping[str, Any], name: str, classes: Mapping[str, Slot]) -> Iterator[StanceFrame]:
    """The frames of one file, checked."""
    stem = name.removesuffix(".toml")
    for raw in table.get("frame", ()):
        entry = {**table.get("defaults", {}), **raw}
        label = f"{FOLDER}/{name}, frame {entry.get('id', '(without id)')!r}"
        check_entry(entry, _FIELDS, label)
        patterns = read_predicates(entry, classes, label)
        party, issue = (
            tuple(entry.get("party", ("subject",))),
            tuple(entry.get("issue", ("clause", "object"))),
        )
        check_functions((*party, *issue), _FUNCTIONS, label)
        near = entry.get("near", "")
        about = entry.get("about", "")
        for name in (near, about):
            if name and name.removeprefix("@") not in classes:
                raise KnowledgeError(f"{label}: there is no class {name!r} in classes.toml")
        stance, act = _values(entry.get("stance"), entry.get("act"), label)
        yield StanceFrame(
            id=f"{stem}/{entry['id']}",
            stance=stance,
            act=act,
            denied=_other(entry.get("denied", "none"), label),
            before=_other(entry.get("before", "none"), label),
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


def _values(stance: Any, act: Any, label: str) -> tuple[Stance, Act]:
    if stance not in get_args(Stance):
        raise KnowledgeError(f"{label}: stance {stance!r} is none of {', '.join(get_args(Stance))}")
    if act not in get_args(Act):
        raise KnowledgeError(f"{label}: act {act!r} is none of {', '.join(get_args(Act))}")
    return stance, act


def _other(value: str, label: str) -> tuple[Stance, Act] | None:
    """A stance and an act written 'opposes/rejects', None for 'none'."""
    if value == "none":
        return None
    stance, _, act = value.partition("/")
    return _values(stance, act, label)
