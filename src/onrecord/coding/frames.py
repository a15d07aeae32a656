"""Frames: what predicates mean, read from a folder of TOML files, and found in a parse through an index.

A frame names a kind of act (for events a PLOVER type and mode, for positions a stance), the predicates that
express it, and which grammatical function fills which role. ``docs/howto/frames.md`` describes the
format. The same machinery serves ``data/frames`` (events) and ``data/stances`` (positions).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

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

# fmt: off
_FIELDS = frozenset((
    "id", "type", "mode", "cameo", "contexts", "stance", "act", "status", "roles", "of", "requires", "rank",
    "symmetric", "polarity", "example", "counter", *PREDICATES,
))
# fmt: on
_DEFAULT_ROLES: Mapping[str, tuple[str, ...]] = {"actor": ("subject",), "recipient": ("object",)}
# fmt: off
_FUNCTIONS = frozenset((
    "subject", "object", "surface", "dative", "possessor", "modifier", "speaker", "governor", "purpose",
    "complement", "complement.subject", "complement.object", "complement.recipient", "complement.actor",
))
# fmt: on
# A reading of a clause that asks for so much less than the best one is not what the clause means.
_FAR = 3
# Who stands on the other side may hang on a phrase within: 'took part in exercises with the army'.
_LOOSE = frozenset(("with", "alongside", "between", "against"))


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame. ``id`` is 'file/name'; ``of`` lists the types that its complement must have, empty for any.

    ``requires`` are the roles without an actor in which the frame does not hold; ``rank`` breaks ties, more
    is better; a frame of ``polarity`` negative holds where its predicate is denied, one of
    polarity either whether or not; ``example`` has the frame,
    ``counter`` has it not (both are run as tests).
    """

    id: str
    type: str | None
    mode: str | None
    cameo: str | None
    contexts: tuple[str, ...]
    stance: str | None
    act: str | None
    status: str | None
    roles: Mapping[str, tuple[str, ...]]
    of: tuple[str, ...]
    requires: tuple[str, ...]
    rank: int
    symmetric: bool
    polarity: str | None
    patterns: tuple[Pattern, ...]
    example: str
    counter: str


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a role: the head token of a phrase, and by which grammatical function."""

    function: str
    token: Token


@dataclass(frozen=True, slots=True)
class Match:
    """A frame found at a token.

    ``head`` is the predicate; ``words`` all tokens of the predicate; ``roles`` gives for each role its
    fillers in order of preference; ``complement`` is the head of the clause it takes; ``inner`` the best
    match at that clause. ``negated`` says whether the predicate is denied.
    """

    frame: Frame
    head: Token
    words: tuple[Token, ...]
    roles: Mapping[str, tuple[Filler, ...]]
    complement: Token | None
    object: Token | None
    negated: bool
    weight: int
    inner: Match | None = field(default=None)


class Lexicon:
    """The frames of a folder, with an index by part of speech and lemma."""

    def __init__(self, frames: Iterable[Frame]) -> None:
        self.frames = tuple(frames)
        self._by_id = {frame.id: frame for frame in self.frames}
        self._index: dict[tuple[str, str], list[tuple[Frame, Pattern]]] = {}
        for frame in self.frames:
            for pattern in frame.patterns:
                for head in sorted({head.rpartition("_")[2] for head in pattern.heads}):
                    self._index.setdefault((pattern.pos, head), []).append((frame, pattern))

    def frame(self, frame_id: str) -> Frame:
        """The frame with this id. Raises KeyError where there is none."""
        return self._by_id[frame_id]

    def candidates(self, token: Token) -> Iterator[tuple[Frame, Pattern]]:
        """The frames and patterns whose head word this token is."""
        for pos in POS.get(token.pos_, ()):
            if pos == "adjective" and token.pos_ == "VERB" and token.tag_ != "VBN":
                continue
            for word in grammar.base_forms(token):
                yield from self._index.get((pos, word), ())

    def match(self, tokens: Iterable[Token]) -> tuple[Match, ...]:
        """Every frame that holds at a token of a sentence, best first at each token, tokens in order."""
        memo: dict[int, tuple[Match, ...]] = {}
        return tuple(m for token in tokens for m in self._at(token, memo))

    def _at(self, token: Token, memo: dict[int, tuple[Match, ...]]) -> tuple[Match, ...]:
        if token.i in memo:
            return memo[token.i]
        memo[token.i] = ()  # a cycle of complements ends here
        found: list[Match] = []
        for frame, pattern in self.candidates(token):
            bound = pattern.bind(token)
            if bound is None:
                continue
            negated = grammar.is_negated(token) or (pattern.pos == "modal" and grammar.is_negated(token.head))
            if frame.polarity == "negative" and not negated:
                continue
            inner = self._inner(frame, bound.complement, memo)
            if frame.of and inner is None:
                continue
            found.append(
                Match(
                    frame=frame,
                    head=token,
                    words=bound.words,
                    roles={
                        role: _fill(functions, token, bound.object, bound.complement)
                        for role, functions in frame.roles.items()
                    },
                    complement=bound.complement,
                    object=bound.object,
                    negated=negated and frame.polarity is None,
                    weight=pattern.weight + frame.rank + (2 if frame.of else 0),
                    inner=inner,
                )
            )
        found.sort(key=lambda m: (-m.weight, m.frame.id))
        memo[token.i] = tuple(found)
        return memo[token.i]

    def _inner(
        self, frame: Frame, complement: Token | None, memo: dict[int, tuple[Match, ...]]
    ) -> Match | None:
        """The best act of the clause that a frame takes, of the types that it asks for."""
        if complement is None:
            return None
        matches = self._at(complement, memo)
        for match in matches:
            if match.weight < matches[0].weight - _FAR:
                return None  # 'pull out of the treaty' is no withdrawal of troops
            if "pair" in match.frame.requires:  # whether two do it together is not known of a clause
                continue
            if not frame.of or (match.frame.type in frame.of and (frame.polarity or not match.negated)):
                return match
        return None


def _fill(
    functions: tuple[str, ...], head: Token, obj: Token | None, complement: Token | None
) -> tuple[Filler, ...]:
    fillers: list[Filler] = []
    for function in functions:
        for token in _by_function(function, head, obj, complement):
            fillers.append(Filler(function, token))
    return tuple(fillers)


def _by_function(function: str, head: Token, obj: Token | None, complement: Token | None) -> Iterator[Token]:
    found: Token | None = None
    verb = head if grammar.is_verbal(head) else None
    if function == "subject":
        if verb is not None:
            found = grammar.subject(head)
        elif head.pos_ == "ADJ":
            found = grammar.surface_subject(head)
        else:
            found = grammar.agent(head) or grammar.child(head, "poss")
    elif function == "surface":
        found = grammar.surface_subject(head)
    elif function == "object":
        found = obj
    elif function == "dative":
        found = grammar.child(head, "dative")
        if found is not None and found.pos_ == "ADP":
            found = grammar.child(found, "pobj")
    elif function == "possessor":
        found = grammar.child(obj if obj is not None and verb is not None else head, "poss")
    elif function == "modifier":
        yield from grammar.children(
            obj if obj is not None and verb is not None else head, "compound", "amod", "nmod"
        )
    elif function == "purpose":
        for clause in grammar.children(head, "advcl", "xcomp"):
            yield grammar.direct_object(clause) or clause
    elif function == "governor":
        found = grammar.governing_subject(head) if verb is None else None
    elif function == "complement":
        found = complement
    elif function.startswith("complement."):
        if complement is not None:
            part = function.removeprefix("complement.")
            found = (
                grammar.surface_subject(complement)
                if part == "subject"
                else grammar.direct_object(complement)
            )
    elif function != "speaker":
        words = (function,)
        places = [head, obj, head.head if verb is None and head.dep_ == "dobj" else None]
        if function in _LOOSE and verb is not None:
            places.extend(
                c for prep in grammar.children(head, "prep") for c in grammar.children(prep, "pobj")
            )
        for place in places:
            if place is not None:
                yield from (filler for _, filler in grammar.prepositional(place, words))
    if found is not None and found != head:
        yield found


@cache
def load_frames(folder: str = "frames") -> Lexicon:
    """The lexicon of a folder of ``data``. Raises KnowledgeError, naming file and frame, on a broken form."""
    frames: list[Frame] = []
    classes = load_classes(folder)
    files = sorted(f.name for f in knowledge.data(folder).iterdir() if f.name.endswith(".toml"))
    for name in files:
        if name == "classes.toml":
            continue
        table = knowledge.read_toml(folder, name)
        frames.extend(read_frames(table, name, classes))
    check_ids((frame.id for frame in frames), folder)
    return Lexicon(frames)


def read_frames(table: Mapping[str, Any], name: str, classes: Mapping[str, Slot]) -> Iterator[Frame]:
    """The frames of one file, checked. What stands in ``[defaults]`` holds where a frame has not its own."""
    stem = name.removesuffix(".toml")
    defaults = table.get("defaults", {})
    for own in table.get("frame", ()):
        entry = {**defaults, **own}
        label = f"{name}, frame {entry.get('id', '(without id)')!r}"
        check_entry(entry, _FIELDS, label)
        patterns = read_predicates(entry, classes, label)
        roles = dict(_DEFAULT_ROLES)
        for role, functions in entry.get("roles", {}).items():
            roles[role] = (functions,) if isinstance(functions, str) else tuple(functions)
        for functions in roles.values():
            check_functions(functions, _FUNCTIONS, label)
        yield Frame(
            id=f"{stem}/{entry['id']}",
            type=entry.get("type"),
            mode=entry.get("mode"),
            cameo=entry.get("cameo"),
            contexts=tuple(entry.get("contexts", ())),
            stance=entry.get("stance"),
            act=entry.get("act"),
            status=entry.get("status"),
            roles=roles,
            of=tuple(entry.get("of", ())),
            requires=tuple(entry.get("requires", ())),
            rank=int(entry.get("rank", 0)),
            symmetric=bool(entry.get("symmetric", False)),
            polarity=entry.get("polarity"),
            patterns=patterns,
            example=entry["example"],
            counter=entry["counter"],
        )
