"""Issues: what is on the table. Labels from the text's own words, topics, and which mentions are one thing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Token

from onrecord.coding import grammar
from onrecord.coding.attribution import Offsets
from onrecord.coding.stances import load_stances
from onrecord.knowledge import read_toml
from onrecord.record import Issue
from onrecord.text.parse import Parse

_MAX_WORDS = 12
_MAX_CLAUSE = 20
_LEFT = frozenset(
    ("amod", "compound", "nmod", "nummod", "poss", "quantmod", "npadvmod", "advmod", "punct", "case")
)
_RIGHT = frozenset(("prep",))
_OWN = frozenset(("its", "his", "her", "their", "our", "my", "your"))
_CLAUSE_PREPS = frozenset(
    (
        "about",
        "against",
        "at",
        "behind",
        "between",
        "for",
        "from",
        "in",
        "into",
        "of",
        "off",
        "on",
        "onto",
        "over",
    )
    + ("through", "to", "toward", "towards", "under", "with", "without", "by")
)
_RELATIONAL = frozenset(
    (
        "halt",
        "end",
        "stop",
        "return",
        "limit",
        "curb",
        "brake",
        "cap",
        "ban",
        "embargo",
        "reduction",
        "increase",
        "cut",
    )
)
_PORTIONS = frozenset(
    (
        "bit",
        "couple",
        "form",
        "host",
        "kind",
        "lot",
        "number",
        "part",
        "raft",
        "range",
        "series",
        "set",
        "sort",
        "type",
    )
)
_PRONOUNS = frozenset(("it", "this", "that", "which", "so", "them", "these", "those", "such"))
_NO_SLUG = frozenset(
    ("a", "an", "the", "of", "on", "in", "to", "for", "and", "with", "by", "from", "at", "its")
)
_QUOTES = "“”\"‘’'"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A way to name something on the table: readable offsets, the readable label, its head and modifiers."""

    start: int
    end: int
    label: str
    head: str
    modifiers: frozenset[str]
    definite: bool
    clause: bool


@dataclass(slots=True)
class _Entry:
    id: str
    phrase: Phrase
    topic: str | None
    mentions: list[Offsets] = field(default_factory=list)
    proposers: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics in order of preference, each with its words, and the heads that name one thing."""

    words: tuple[tuple[str, re.Pattern[str]], ...]
    same: dict[str, str]
    generic: frozenset[str]


@cache
def load_topics() -> Topics:
    """The package's topics."""
    table = read_toml("topics.toml")
    words = tuple(
        (topic["id"], re.compile(r"\b(?:" + "|".join(topic["words"]) + r")", re.IGNORECASE))
        for topic in table["topic"]
    )
    same = {word: group[0] for group in table["same"]["heads"] for word in group}
    return Topics(words, same, frozenset(table["same"]["generic"]))


def topic_of(*texts: str) -> str | None:
    """The first topic that one of the texts names; earlier texts count more."""
    for text in texts:
        for topic, pattern in load_topics().words:
            if pattern.search(text):
                return topic
    return None


def noun_issue(parse: Parse, noun: Token) -> Phrase | None:
    """The phrase of a noun that names something on the table, None where the noun is empty."""
    noun = _meant(noun)
    if noun.lower_ in _PRONOUNS or noun.lemma_.lower() in load_stances().operators.empty:
        return None
    if len(noun) < 3 and noun.pos_ != "PROPN":
        return None
    if noun.pos_ not in ("NOUN", "PROPN", "VERB", "ADJ", "NUM", "X") or _is_time_or_person(noun):
        return None
    start, end = noun_extent(noun)
    end = max(end, _carried(noun))
    owner = grammar.child(noun, "poss")
    if owner is not None and end > noun.i + 2 and noun.lemma_.lower() in load_stances().operators.carriers:
        start = max(start, min(owner.right_edge.i + 1, noun.i))  # 'proposal for a truce', whoever's it is
        end = max(end, noun_extent(noun, noun.i)[1])
    kept = [t for t in noun.doc[start:end] if not t.is_punct or t.text in "-–"]
    modifiers = frozenset(
        t.lemma_.lower()
        for t in kept
        if t != noun and t.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "VERB") and t.lower_ not in _OWN
    )
    definite = any(
        c.dep_ in ("det", "poss") and c.lower_ not in ("a", "an", "any", "no", "some", "every", "another")
        for c in noun.lefts
    )
    return _phrase(parse, noun.doc[start].idx, _end(noun.doc[end - 1]), noun, modifiers, definite, False)


def _meant(noun: Token) -> Token:
    """The noun that an empty one portions: 'sanctions' for 'a series of sanctions'."""
    if noun.lemma_.lower() not in _PORTIONS:
        return noun
    return next((f for _, f in grammar.prepositional(noun, ("of",))), noun)


def _is_time_or_person(noun: Token) -> bool:
    """Whether a noun names a time or a person; a stretch of time that somebody gives or asks for is an issue."""
    if noun.ent_type_ in ("DATE", "TIME"):
        return not (noun.dep_ == "dobj" and noun.tag_ in ("NN", "NNS"))
    return noun.ent_type_ == "PERSON" and noun.pos_ == "PROPN"


def clause_issue(parse: Parse, verb: Token, subject_too: bool = False) -> Phrase | None:
    """The phrase of a clause that says what is to be done: its verb with its object, or the object of a
    light verb ('hold talks' is about talks). With ``subject_too`` its subject is part of it: 'the embargo stay
    in place'. None where it says too little.
    """
    operators = load_stances().operators
    if verb.pos_ not in ("VERB", "AUX"):
        return noun_issue(parse, verb)
    there = grammar.child(verb, "attr") if grammar.child(verb, "expl") is not None else None
    if there is not None:
        return noun_issue(parse, there)
    lemma = verb.lemma_.lower()
    if lemma in operators.attitudes:
        return None
    obj = grammar.child(verb, "dobj")
    if lemma in operators.light and obj is not None and obj.pos_ != "PRON":
        light = noun_issue(parse, obj)
        if light is not None:
            return light
    parts: list[tuple[int, int]] = [(verb.i, verb.i + 1)]
    passive = grammar.child(verb, "nsubjpass")
    if passive is None and verb.tag_ == "VBN" and not any(c.dep_ == "aux" for c in verb.children):
        passive = grammar.child(verb, "nsubj")
    if lemma == "be" or passive is not None or subject_too:
        subject = passive or grammar.child(verb, "nsubj") or grammar.surface_subject(verb)
        attribute = grammar.child(verb, "acomp", "attr")
        if subject is None or subject.pos_ == "PRON":
            if not subject_too:
                return None
        else:
            parts.append(noun_extent(subject))
        if attribute is not None:
            parts.append(noun_extent(attribute))
    if obj is not None:
        parts.append(noun_extent(obj))
    for c in verb.rights:
        if c.dep_ == "prt":
            parts.append((c.i, c.i + 1))
        elif (
            c.dep_ == "prep" and c.lower_ in _CLAUSE_PREPS and (obj is None or c.i < obj.i or len(parts) < 3)
        ):
            inner = grammar.child(c, "pobj")
            if inner is not None and inner.ent_type_ not in ("DATE", "TIME"):
                parts.append((c.i, max(noun_extent(inner)[1], _limit(inner, inner.right_edge.i + 1))))
        elif c.dep_ in ("xcomp", "ccomp") and obj is None and c.i > verb.i:
            deep = clause_issue(parse, c)
            if deep is not None and lemma in operators.light:
                return deep
            parts.append((c.left_edge.i, _limit(c, c.right_edge.i + 1)))
    if lemma in operators.light and obj is None and passive is None and lemma != "be":
        inner = next((f for _, f in grammar.prepositional(verb, ("with", "on", "in", "to", "for"))), None)
        return noun_issue(parse, inner) if inner is not None else None
    start = min(a for a, _ in parts)
    end = max(b for _, b in parts)
    end = min(end, max(start + _MAX_CLAUSE, verb.i + 1))
    kept = verb.doc[start:end]
    modifiers = frozenset(
        t.lemma_.lower() for t in kept if t != verb and t.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "VERB")
    )
    if (lemma in operators.vague or obj is not None) and not any(
        t.pos_ in ("NOUN", "PROPN", "ADJ") for t in kept if t != verb
    ):
        return None
    return _phrase(parse, kept[0].idx, _end(kept[-1]), verb, modifiers, False, True)


def noun_extent(noun: Token, start_at: int | None = None) -> tuple[int, int]:
    """Token indices (end exclusive) of a noun with its modifiers and prepositional phrases, its article and
    own-pronoun left out, cut where it grows long.
    """
    start = noun.i
    for c in reversed(list(noun.lefts)):
        if c.dep_ not in _LEFT or (c.dep_ == "poss" and c.lower_ in _OWN):
            break
        start = c.left_edge.i
    while start < noun.i and (noun.doc[start].is_punct or noun.doc[start].dep_ == "det"):
        start += 1
    start = start if start_at is None else start_at
    end = noun.i + 1
    for c in noun.rights:
        if c.dep_ == "punct" and c.text in "-–":
            continue
        if c.dep_ not in _RIGHT:
            if c.dep_ in ("punct", "cc", "conj") and c.text[:1] not in ",;:()":
                continue
            break
        edge = _limit(c, c.right_edge.i + 1)
        if edge - start > _MAX_WORDS and end - start > 2:
            break
        end = min(edge, start + _MAX_WORDS + 4)
    while end - 1 > noun.i and (
        noun.doc[end - 1].is_punct or noun.doc[end - 1].pos_ in ("ADP", "DET", "CCONJ")
    ):
        end -= 1
    return start, end


def _carried(noun: Token) -> int:
    """Where the clause ends that says what a noun is about: 'the suggestion that …', 'the decision not to …';
    the noun's own end where it has none.
    """
    operators = load_stances().operators
    lemma = noun.lemma_.lower()
    for clause in grammar.children(noun, "acl", "relcl", "ccomp"):
        that = any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)
        if lemma in operators.carriers and (that or grammar.is_infinitive(clause)):
            return min(_limit(clause, clause.right_edge.i + 1), noun.i + _MAX_CLAUSE)
        if lemma in load_topics().generic and clause.lemma_ in (
            "provide",
            "include",
            "call",
            "involve",
            "require",
        ):
            return min(clause.right_edge.i + 1, noun.i + _MAX_CLAUSE)
    return _behind(noun)


def _behind(noun: Token) -> int:
    """The end of a phrase that follows a noun and that the parser hung on the verb: 'backed a halt to …'."""
    after = noun.i + 1
    if (
        noun.dep_ in ("dobj", "pobj", "nsubjpass")
        and after < len(noun.doc)
        and noun.lemma_.lower() in _RELATIONAL
    ):
        prep = noun.doc[after]
        inner = grammar.child(prep, "pobj")
        if prep.dep_ == "prep" and prep.lower_ in ("to", "of", "in", "on") and inner is not None:
            return noun_extent(inner)[1]
    return noun.i + 1


def _limit(token: Token, end: int) -> int:
    """The end of a subtree without the clauses that hang in it."""
    for t in token.subtree:
        if t.i > token.i and t.dep_ in ("relcl", "advcl", "parataxis", "appos") and t.i < end:
            end = min(end, t.left_edge.i)
    while end - 1 > token.i and (
        token.doc[end - 1].is_punct or token.doc[end - 1].pos_ in ("ADP", "DET", "CCONJ", "SCONJ")
    ):
        end -= 1
    return end


def _end(token: Token) -> int:
    return token.idx + len(token)


def _phrase(
    parse: Parse, start: int, end: int, head: Token, modifiers: frozenset[str], definite: bool, clause: bool
) -> Phrase:
    label = " ".join(parse.text[start:end].split()).strip(_QUOTES + " ,.;:")
    for mark in '“”"':
        label = label.replace(mark, "")
    lemma = head.lemma_.lower()
    if head.i > 1 and head.nbor(-1).text == "-":
        lemma = f"{head.nbor(-2).lower_}-{lemma}"
    return Phrase(start, end, label, load_topics().same.get(lemma, lemma), modifiers, definite, clause)


class IssueBook:
    """The issues of one document, in the order in which the text brings them up."""

    def __init__(self, parse: Parse) -> None:
        self._parse = parse
        self._entries: list[_Entry] = []
        self._ids: set[str] = set()
        self._recent: list[_Entry] = []

    def add(self, phrase: Phrase, proposers: tuple[str, ...] = ()) -> str:
        """The id of the issue that a phrase names: one that is known, else a new one."""
        entry = self._known(phrase)
        if entry is None:
            sentence = self._parse.sentence_at(phrase.start)
            near = self._parse.text[sentence[0] : sentence[1]]
            topic = topic_of(phrase.label) or (
                topic_of(near) if phrase.head in load_topics().generic else None
            )
            entry = _Entry(self._new_id(phrase.label), phrase, topic)
            self._entries.append(entry)
        mention = (phrase.start, phrase.end)
        if mention not in entry.mentions:
            entry.mentions.append(mention)
        entry.proposers.extend(p for p in proposers if p not in entry.proposers)
        self._recent = [e for e in self._recent if e is not entry] + [entry]
        return entry.id

    def antecedent(self, start: int, end: int) -> str | None:
        """The issue that a pronoun at these offsets stands for: the last one named in this sentence or the
        one before; None where there is none. The pronoun becomes one of its mentions.
        """
        floor = self._parse.sentence_at(max(0, self._parse.sentence_at(start)[0] - 2))[0]
        for entry in reversed(self._recent):
            if any(floor <= s < start for s, _ in entry.mentions):
                if (start, end) not in entry.mentions:
                    entry.mentions.append((start, end))
                return entry.id
        return None

    def issues(self) -> tuple[Issue, ...]:
        """The issues as the record writes them."""
        return tuple(
            Issue(
                id=e.id,
                label=e.phrase.label,
                topic=e.topic,
                proposed_by=tuple(e.proposers),
                mentions=tuple(self._parse.span(s, t) for s, t in sorted(e.mentions)),
            )
            for e in self._entries
        )

    def _known(self, phrase: Phrase) -> _Entry | None:
        generic = load_topics().generic
        for entry in reversed(self._recent):
            known = entry.phrase
            if known.head == phrase.head and known.modifiers == phrase.modifiers:
                return entry
            if known.head == phrase.head and phrase.definite and phrase.modifiers <= known.modifiers:
                return entry
            if (
                phrase.definite
                and not phrase.modifiers
                and phrase.head in generic
                and (known.head in generic or known.head == phrase.head)
                and phrase.start - entry.mentions[-1][1] < 1500
            ):
                return entry
        return None

    def _new_id(self, label: str) -> str:
        folded = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
        words = [w for w in re.findall(r"[a-z0-9]+", folded) if w not in _NO_SLUG]
        base = "-".join(words[:8]) or "issue"
        slug, n = base, 2
        while slug in self._ids:
            slug, n = f"{base}-{n}", n + 1
        self._ids.add(slug)
        return slug
