"""Frames of events: what predicates mean, read from ``data/frames``, and found in a parse through an index.

A frame names a PLOVER type and mode, the predicates that express it, and which grammatical function fills
which role. ``docs/howto/frames.md`` describes the format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from spacy.tokens import Doc, Span, Token

from onrecord.coding import grammar
from onrecord.coding.frame_files import (
    Entry,
    Form,
    check_functions,
    folder_entries,
    is_texts,
    read_entries,
)
from onrecord.coding.pattern_index import Index
from onrecord.coding.patterns import POS, Pattern, Slot
from onrecord.coding.plover import plover
from onrecord.errors import KnowledgeError

_DEFAULT_ROLES: Mapping[str, tuple[str, ...]] = {"actor": ("subject",), "recipient": ("object",)}
# fmt: off
FORM = Form(
    texts=frozenset(("type", "mode", "cameo", "polarity")),
    lists=frozenset(("contexts", "of", "requires")),
    flags=frozenset(("symmetric", "imperative")),
    tables=frozenset(("roles",)),
    choices={"requires": (*_DEFAULT_ROLES, "pair"), "polarity": ("negative", "either")},
    functions=frozenset((
        "subject", "object", "surface", "dative", "possessor", "modifier", "speaker", "governor", "purpose",
        "addressee", "complement", "complement.subject", "complement.object", "complement.recipient",
        "complement.actor",
    )),
)
# fmt: on
# A reading of a clause that asks for so much less than the best one is not what the clause means.
_FAR = 3
# Who stands on the other side may hang on a phrase within: 'took part in exercises with the army'.
_LOOSE = frozenset(("with", "alongside", "between", "against"))


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame. ``id`` is 'file/name'; ``of`` lists the types that its complement must have, empty for any.

    ``requires`` are the roles without an actor in which the frame does not hold; ``rank`` breaks ties, more
    is better; a frame of ``polarity`` negative holds where its predicate is denied, one of polarity either
    whether or not; an ``imperative`` one holds in place of another frame, of a type in ``of``, whose
    predicate is an imperative; ``example`` has the frame, ``counter`` has it not (both are run as tests).
    """

    id: str
    type: str
    mode: str | None
    cameo: str | None
    contexts: tuple[str, ...]
    roles: Mapping[str, tuple[str, ...]]
    of: tuple[str, ...]
    requires: tuple[str, ...]
    rank: int
    symmetric: bool
    imperative: bool
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
    """The frames of a folder, with an index."""

    def __init__(self, frames: Iterable[Frame]) -> None:
        self.frames = tuple(frames)
        self._by_id = {frame.id: frame for frame in self.frames}
        self._bids = tuple(frame for frame in self.frames if frame.imperative)
        self._index = Index((p, (frame, p)) for frame in self.frames for p in frame.patterns)

    def frame(self, frame_id: str) -> Frame:
        """The frame with this id. Raises KeyError where there is none."""
        return self._by_id[frame_id]

    def match(self, tokens: Doc | Span) -> tuple[Match, ...]:
        """Every frame that holds at a token of a sentence, best first at each token, tokens in order."""
        memo: dict[int, tuple[Match, ...]] = {}
        met = self._index.met(tokens)
        return tuple(m for token in tokens for m in self._bidden(token, self._at(token, met, memo)))

    def _bidden(self, token: Token, matches: tuple[Match, ...]) -> tuple[Match, ...]:
        """What is found at a token; at an imperative, that its act is asked for."""
        if not matches or not self._bids or not grammar.is_imperative(token):
            return matches
        return tuple(
            Match(
                frame=frame,
                head=token,
                words=act.words,
                roles={r: _fill(functions, token, act.object, None) for r, functions in frame.roles.items()},
                complement=None,
                object=act.object,
                negated=False,
                weight=act.weight + frame.rank,
                inner=act,
            )
            for frame in self._bids
            for act in matches[:1]
            if act.frame.type in frame.of
        )

    def _candidates(self, token: Token, met: int) -> Iterator[tuple[Frame, Pattern]]:
        """The frames and patterns whose head word this token is."""
        for pos in POS.get(token.pos_, ()):
            if pos == "adjective" and token.pos_ == "VERB" and token.tag_ != "VBN":
                continue
            for word in grammar.base_forms(token):
                yield from self._index.rows(pos, word, met)

    def _at(self, token: Token, met: int, memo: dict[int, tuple[Match, ...]]) -> tuple[Match, ...]:
        if token.i in memo:
            return memo[token.i]
        memo[token.i] = ()  # a cycle of complements ends here
        found: list[Match] = []
        for frame, pattern in self._candidates(token, met):
            bound = pattern.bind(token)
            if bound is None:
                continue
            negated = grammar.is_negated(token) or (pattern.pos == "modal" and grammar.is_negated(token.head))
            if frame.polarity == "negative" and not negated:
                continue
            inner = self._inner(frame, bound.complement, met, memo)
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
        self, frame: Frame, complement: Token | None, met: int, memo: dict[int, tuple[Match, ...]]
    ) -> Match | None:
        """The best act of the clause that a frame takes, of the types that it asks for."""
        if complement is None:
            return None
        matches = self._at(complement, met, memo)
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
    elif function == "addressee":
        yield from grammar.addressees(head)
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
def load_frames() -> Lexicon:
    """The package's frames of events. Raises KnowledgeError, naming file and frame, on a broken form."""
    return Lexicon(map(_frame, folder_entries("frames", FORM)))


def read_frames(table: Mapping[str, Any], name: str, classes: Mapping[str, Slot]) -> Iterator[Frame]:
    """The frames of events of one file. Raises KnowledgeError, naming file, frame and remedy."""
    return map(_frame, read_entries(table, name, FORM, classes))


def _frame(entry: Entry) -> Frame:
    values = entry.values
    _check_type(values, entry.label)
    roles = {**_DEFAULT_ROLES, **_read_roles(values.get("roles", {}), entry.label)}
    return Frame(
        id=entry.id,
        type=values["type"],
        mode=values.get("mode"),
        cameo=values.get("cameo"),
        contexts=tuple(values.get("contexts", ())),
        roles=roles,
        of=tuple(values.get("of", ())),
        requires=tuple(values.get("requires", ())),
        rank=values.get("rank", 0),
        symmetric=values.get("symmetric", False),
        imperative=values.get("imperative", False),
        polarity=values.get("polarity"),
        patterns=entry.patterns,
        example=values["example"],
        counter=values["counter"],
    )


def _read_roles(roles: Any, label: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(roles, dict) or not all(isinstance(r, str) or is_texts(r) for r in roles.values()):
        raise KnowledgeError(
            f'{label}: \'roles\' must be a table of lists: {{ actor = ["subject"], recipient = ["object"] }}'
        )
    if odd := [role for role in roles if role not in _DEFAULT_ROLES]:
        raise KnowledgeError(f"{label}: {odd[0]!r} is no role; a frame has {' and '.join(_DEFAULT_ROLES)}")
    read = {role: (given,) if isinstance(given, str) else tuple(given) for role, given in roles.items()}
    for functions in read.values():
        check_functions(functions, FORM, label)
    return read


def _check_type(values: Mapping[str, Any], label: str) -> None:
    """Raises KnowledgeError where a type or mode is none of PLOVER's."""
    types = plover().modes
    for value in (values.get("type"), *values.get("of", ())):
        if value not in types:
            raise KnowledgeError(
                f"{label}: {value or 'no type'} is no type of PLOVER; write one of {', '.join(sorted(types))}"
            )
    mode, modes = values.get("mode"), types[values["type"]]
    if mode is not None and mode not in modes:
        remedy = f"write one of {', '.join(sorted(modes))}" if modes else "leave it out"
        raise KnowledgeError(f"{label}: {values['type']} has no mode {mode!r}; {remedy}")
