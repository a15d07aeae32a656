"""How the words of a text name what is on the table: noun phrases and clauses cut to readable labels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from spacy.tokens import Token

from onrecord.coding import grammar
from onrecord.coding.stances import load_stances
from onrecord.text.parse import Parse

_MAX_WORDS = 12
_MAX_CLAUSE = 20
_LEFT = frozenset(
    ("amod", "compound", "nmod", "nummod", "poss", "quantmod", "npadvmod", "advmod", "punct", "case")
)
_OWN = frozenset(("its", "his", "her", "their", "our", "my", "your", "own"))
_PRONOUNS = frozenset(("it", "this", "that", "which", "so", "them", "these", "those", "such"))
_OPEN = frozenset(("a", "an", "any", "no", "some", "every", "another"))
_QUOTES = "“”\"‘’'"
_LOOSE = frozenset(("ADP", "DET", "CCONJ", "SCONJ"))
_CONTENT = frozenset(("NOUN", "PROPN", "ADJ", "NUM", "VERB"))
# Nouns that only portion another: 'a series of sanctions'.
_PORTIONS = frozenset(
    (
        "bit",
        "comma",
        "couple",
        "form",
        "host",
        "issue",
        "kind",
        "letter",
        "lot",
        "matter",
        "number",
        "part",
        "question",
        "raft",
        "range",
        "series",
        "set",
        "sort",
    )
)
# Nouns whose 'to', 'of', 'on' phrase is theirs even where the parser hangs it on the verb.
# fmt: off
_RELATIONAL = frozenset((
    "ban", "brake", "cap", "curb", "cut", "embargo", "end", "halt", "increase", "limit", "reduction",
    "return", "stop",
))
# fmt: on
# fmt: off
_CLAUSE_PREPS = frozenset((
    "about", "against", "at", "behind", "between", "by", "for", "from", "in", "into", "of", "off", "on",
    "onto", "over", "through", "to", "toward", "towards", "under", "with", "without",
))
# fmt: on
# Adverbs without which a verb means something else: 'pull back'.
_PARTICLES = frozenset(("away", "back", "down", "off", "out", "over", "up"))
# Verbs whose passive says no more than its subject: 'sanctions could be imposed'.
_BARE_PASSIVES = frozenset(("adopt", "hold", "impose", "introduce", "make", "reach", "sign", "take"))
_FREE = frozenset(("whatever", "whichever", "whoever"))
_ASKING = frozenset(("appeal", "ask", "beg", "call", "plead", "request"))
_DOING = frozenset(("accept", "carry", "do", "give", "honour", "honor", "implement", "keep", "respect"))
_GOING_ON = frozenset(("begin", "continue", "go", "keep", "start", "stop"))
_WARS = frozenset(("conflict", "crisis", "fighting", "invasion", "war"))
_AUTHORED = frozenset(("back", "broker", "draft", "lead", "mediate", "propose", "sponsor", "support"))
_LISTED = frozenset(("call", "include", "involve", "provide", "require"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A way to name something on the table.

    ``start`` and ``end`` are readable offsets, ``label`` the readable words, ``head`` the lemma of the main
    word, ``modifiers`` the lemmas of the other content words and ``names`` those among them that are names
    or numbers; ``definite`` phrases ('the deal') may refer back; a ``clause`` says what is to be done;
    ``unnamed`` is what may not be at all ('no deal', 'any deal'); ``aside`` are those modifiers that tell of
    its setting or its author and not of its kind ('in the war with Chad', 'Chad-proposed').
    """

    start: int
    end: int
    label: str
    head: str
    modifiers: frozenset[str]
    names: frozenset[str]
    definite: bool
    clause: bool
    unnamed: bool = False
    aside: frozenset[str] = frozenset()


def noun_issue(parse: Parse, noun: Token) -> Phrase | None:
    """The phrase of a noun that names something on the table, None where the noun is empty."""
    noun = _meant(noun)
    if noun.lower_ in _PRONOUNS or noun.lemma_.lower() in load_stances().operators.empty:
        return None
    if len(noun) < 3 and noun.pos_ != "PROPN":
        return None
    if noun.pos_ not in ("NOUN", "PROPN", "VERB", "ADJ", "NUM", "X") or _is_no_thing(noun):
        return None
    start, end = noun_extent(noun)
    end = max(end, _carried(noun))
    owner = grammar.child(noun, "poss")
    if owner is not None and end > noun.i + 2 and noun.lemma_.lower() in load_stances().operators.carriers:
        start = max(start, min(owner.right_edge.i + 1, noun.i))  # 'proposal for a truce', whoever's it is
        end = max(end, noun_extent(noun, noun.i)[1])
    definite = any(c.dep_ in ("det", "poss") and c.lower_ not in _OPEN for c in noun.lefts)
    unnamed = any(c.dep_ == "det" and c.lower_ in ("no", "any", "every") for c in noun.lefts)
    phrase = _phrase(parse, noun, noun.doc[start:end], definite=definite, clause=False)
    return replace(phrase, unnamed=unnamed)


def clause_issue(parse: Parse, verb: Token, subject_too: bool = False) -> Phrase | None:
    """The phrase of a clause that says what is to be done: its verb with its object, or the object of a light
    verb ('hold talks' is about talks). With ``subject_too`` its subject is part of it: 'the embargo stay in
    place'. None where it says too little.
    """
    operators = load_stances().operators
    lemma = verb.lemma_.lower()
    if verb.pos_ not in ("VERB", "AUX"):
        return noun_issue(parse, verb)
    raised = verb.dep_ == "xcomp" and grammar.child(verb.head, "expl") is not None  # 'there has to be'
    if (raised or grammar.child(verb, "expl") is not None) and (
        there := grammar.child(verb, "attr")
    ) is not None:
        return noun_issue(parse, there)
    free = next((c for c in verb.children if c.lower_ in _FREE and c.i < verb.i), None)
    if free is not None:  # 'will accept whatever the voters decide'
        return _phrase(parse, verb, verb.doc[free.i : _limit(verb, verb.right_edge.i + 1)], False, True)
    if lemma in operators.attitudes:
        return None
    obj = grammar.child(verb, "dobj")
    light = lemma in operators.light
    if light and obj is not None and obj.pos_ != "PRON" and (phrase := noun_issue(parse, obj)) is not None:
        return phrase
    passive = _passive_subject(verb)
    if passive is not None and lemma in _BARE_PASSIVES:
        return noun_issue(parse, passive)
    if light and obj is None and passive is None and lemma != "be" and not subject_too:
        behind = _behind_light(parse, verb)
        if behind is not None or lemma not in ("resume", "continue"):
            return behind
    parts = [(verb.i, verb.i + 1)]
    if lemma == "be" or passive is not None or subject_too:
        subject = passive or grammar.child(verb, "nsubj") or grammar.surface_subject(verb)
        if subject is not None and subject.pos_ != "PRON":
            parts.append(noun_extent(subject))
        elif not subject_too:
            return None
        parts.extend(noun_extent(c) for c in grammar.children(verb, "acomp", "attr"))
    elif lemma in ("stay", "remain", "become", "keep") and obj is None:
        states = grammar.children(verb, "acomp", "oprd", "attr")
        parts.extend((c.i, _limit(c, c.right_edge.i + 1)) for c in states)
    if obj is not None:
        parts.append(noun_extent(obj))
    parts.extend(_tail(verb, obj))
    start = min(a for a, _ in parts)
    end = max(b for _, b in parts)
    end = min(end, max(start + _MAX_CLAUSE, verb.i + 1))
    words = verb.doc[start:end]
    named = any(t.pos_ in ("NOUN", "PROPN", "ADJ") for t in words if t != verb) or _says_what(verb)
    if (lemma in operators.vague or obj is not None) and not named:
        return None
    if not named and any(t.lower_ == "you" for t in words):
        return None  # 'I am happy to talk with you'
    return _phrase(parse, verb, words, definite=False, clause=True)


def noun_extent(noun: Token, start_at: int | None = None) -> tuple[int, int]:
    """Token indices (end exclusive) of a noun with its modifiers and prepositional phrases, its article and
    own-pronoun left out, cut where it grows long.
    """
    doc, start = noun.doc, noun.i
    for c in reversed(list(noun.lefts)):
        if c.dep_ not in _LEFT or c.lower_ in _OWN or (c.ent_type_ == "PERSON" and c.dep_ != "poss"):
            break
        start = c.left_edge.i
    while start < noun.i and (doc[start].is_punct or doc[start].dep_ == "det"):
        start += 1
    start = start if start_at is None else start_at
    end = noun.i + 1
    for c in noun.rights:
        if c.dep_ == "punct" and c.text in "-–":
            continue
        if c.dep_ in ("nummod", "npadvmod") and c.i == end and c.like_num:  # 'Article 16'
            end = c.i + 1
            continue
        if c.dep_ != "prep":
            if c.dep_ in ("punct", "cc", "conj") and c.text[:1] not in ",;:()":
                continue
            break
        edge = _limit(c, c.right_edge.i + 1)
        inner = grammar.child(c, "pobj")
        if _tells_when(noun, c, inner):
            break
        if edge - start > _MAX_WORDS and inner is not None and inner.i + 1 - start <= _MAX_WORDS:
            end = inner.i + 1  # '80 percent of checks', whatever they are on
            break
        if edge - start > _MAX_WORDS and end - start > 2:
            break
        end = min(edge, start + _MAX_WORDS + 4)
    return start, _tidy(noun, end)


def _tells_when(noun: Token, prep: Token, inner: Token | None) -> bool:
    """Whether a phrase says when the deed was done: 'reached an agreement on Tuesday'."""
    if prep.lower_ != "on" or inner is None or inner.ent_type_ != "DATE":
        return False
    return noun.dep_ == "dobj" and noun.head.tag_ in ("VBD", "VBN")


def _meant(noun: Token) -> Token:
    if noun.lemma_.lower() not in _PORTIONS:
        return noun
    return next((f for _, f in grammar.prepositional(noun, ("of",))), noun)


def _is_no_thing(noun: Token) -> bool:
    """Whether a noun names a time, a person or a people; time that somebody gives or asks for is an issue."""
    if noun.ent_type_ in ("DATE", "TIME"):
        asked = noun.dep_ == "dobj" or (noun.dep_ == "pobj" and noun.head.head.lemma_ in _ASKING)
        return not (asked and noun.tag_ in ("NN", "NNS"))
    return noun.ent_type_ == "NORP" or (noun.ent_type_ == "PERSON" and noun.pos_ == "PROPN")


def _passive_subject(verb: Token) -> Token | None:
    subject = grammar.child(verb, "nsubjpass")
    if subject is None and verb.tag_ == "VBN" and grammar.child(verb, "aux") is None:
        return grammar.child(verb, "nsubj")
    return subject


def _behind_light(parse: Parse, verb: Token) -> Phrase | None:
    """What a light verb without an object is about: 'begin to withdraw troops', 'continue with the talks'."""
    for c in grammar.children(verb, "xcomp", "ccomp"):
        phrase = clause_issue(parse, c)
        if phrase is not None:
            return phrase
    inner = next((f for _, f in grammar.prepositional(verb, ("with", "on", "in", "to", "for"))), None)
    return noun_issue(parse, inner) if inner is not None else None


def _says_what(verb: Token) -> bool:
    """Whether a clause below a vague verb says enough: 'carry out what was agreed', 'keep talking'."""
    for clause in grammar.children(verb, "ccomp", "xcomp", "pcomp"):
        what = any(c.lower_ == "what" for c in clause.children) and verb.lemma_ in _DOING
        if what or (clause.tag_ == "VBG" and verb.lemma_ in _GOING_ON):
            return True
    return False


def _tail(verb: Token, obj: Token | None) -> Iterable[tuple[int, int]]:
    """What belongs to the label after verb and object: particles, phrases, an infinitive."""
    taken = 0
    for c in verb.rights:
        if c.dep_ == "prt" or (c.dep_ == "advmod" and c.lower_ in _PARTICLES and c.i == verb.i + 1):
            yield c.i, c.i + 1
        elif c.dep_ == "prep" and c.lower_ in _CLAUSE_PREPS and taken < 1 + (obj is None):
            inner = grammar.child(c, "pobj", "pcomp")
            if inner is not None and inner.ent_type_ not in ("DATE", "TIME"):
                taken += 1
                yield c.i, max(noun_extent(inner)[1], _limit(inner, inner.right_edge.i + 1))
        elif c.dep_ in ("xcomp", "ccomp") and (obj is None or grammar.is_infinitive(c)):
            yield c.left_edge.i, _limit(c, c.right_edge.i + 1)


def _carried(noun: Token) -> int:
    """Where the clause ends that says what a noun is about: 'the suggestion that …', 'the decision not to …';
    the noun's own end where it has none.
    """
    lemma = noun.lemma_.lower()
    if lemma in load_stances().operators.carriers:
        for clause in grammar.children(noun, "acl", "relcl", "ccomp"):
            that = any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)
            if that or grammar.is_infinitive(clause):
                return min(_limit(clause, clause.right_edge.i + 1), noun.i + _MAX_CLAUSE)
            if clause.lemma_ in _LISTED and (clause.lemma_ != "call" or _calls_for(clause)):
                return min(clause.right_edge.i + 1, noun.i + _MAX_CLAUSE)
    after = noun.i + 1
    if noun.dep_ in ("dobj", "pobj", "nsubjpass") and after < len(noun.doc) and lemma in _RELATIONAL:
        prep = noun.doc[after]
        inner = grammar.child(prep, "pobj")
        if prep.dep_ == "prep" and prep.lower_ in ("to", "of", "in", "on") and inner is not None:
            return noun_extent(inner)[1]
    return after


def _calls_for(verb: Token) -> bool:
    return any(c.lower_ == "for" for c in verb.children)


def _limit(token: Token, end: int) -> int:
    """The end of a subtree without the clauses that hang in it."""
    for t in token.subtree:
        if t.i > token.i and t.dep_ in ("relcl", "advcl", "parataxis", "appos") and t.i < end:
            end = min(end, max(t.left_edge.i, token.i + 1))
    return _tidy(token, end)


def _tidy(token: Token, end: int) -> int:
    """An end without loose punctuation and function words before it."""
    doc = token.doc
    while end - 1 > token.i and (doc[end - 1].is_punct or doc[end - 1].pos_ in _LOOSE):
        end -= 1
    return end


def _phrase(parse: Parse, head: Token, words: Iterable[Token], definite: bool, clause: bool) -> Phrase:
    tokens = list(words)
    start, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1])
    shown = parse.text[start:end]
    if clause and tokens[0].i < head.i:  # 'embargo must be lifted': the auxiliaries say nothing of the issue
        gaps = {c.i for c in grammar.children(head, "aux", "auxpass", "neg") if tokens[0].i < c.i < head.i}
        shown = "".join(t.text_with_ws for t in tokens if t.i not in gaps or head.lemma_ == "be")
    label = " ".join(shown.split()).strip(_QUOTES + " ,.;:")
    for mark in '“”"':
        label = label.replace(mark, "")
    first = next((t for t in tokens if not t.is_punct), head)
    if first.is_title and first.pos_ != "PROPN" and not first.ent_type_:
        label = label[:1].lower() + label[1:]  # a capital that only opens the sentence
    lemma = head.lemma_.lower()
    if head.i > 1 and head.nbor(-1).text == "-":
        lemma = f"{head.nbor(-2).lower_}-{lemma}"
    others = [t for t in tokens if t != head and t.pos_ in _CONTENT and t.lower_ not in _OWN]
    return Phrase(
        start=start,
        end=end,
        label=label,
        head=lemma,
        modifiers=frozenset(t.lemma_.lower() for t in others),
        names=frozenset(
            t.lemma_.lower() for t in others if t.pos_ == "PROPN" or t.ent_type_ in ("DATE", "GPE", "NORP")
        ),
        definite=definite,
        clause=clause,
        aside=frozenset(t.lemma_.lower() for t in others if _is_aside(t, head)),
    )


def _is_aside(word: Token, head: Token) -> bool:
    """Whether a modifier tells in which war something is, or by whom it was put forward."""
    if word.lemma_.lower() in _AUTHORED or (
        word.i + 2 < len(word.doc) and word.nbor(1).text == "-" and word.nbor(2).lemma_.lower() in _AUTHORED
    ):
        return True
    return any(
        inner.lemma_.lower() in _WARS and (inner == word or inner.is_ancestor(word))
        for _, inner in grammar.prepositional(head, ("in",))
    )
