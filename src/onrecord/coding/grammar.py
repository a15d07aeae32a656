"""Grammatical functions over a dependency parse: subjects, objects, complements, voice, negation.

All functions take tokens and return tokens, look through coordination, relative clauses, control and the
passive, and say nothing about who or what a token refers to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.symbols import AUX, VERB
from spacy.tokens import Token

from onrecord.coding.kept import child as child
from onrecord.coding.kept import children as children
from onrecord.coding.kept import once, once_value

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
RELATIVE = frozenset({"that", "which", "who", "whom", "whose"})
NEGATIONS = frozenset({"not", "n't", "never", "n’t", "neither", "nor"})
NO = frozenset({"no", "neither", "none", "nobody", "nothing", "no one"})
# Nouns that measure or portion the noun in their of-phrase, which is what is meant.
# fmt: off
MEASURES = frozenset((
    "amount", "array", "band", "barrage", "batch", "beginning", "billion", "branch", "bulk", "campaign",
    "chain", "collection", "column", "consignment", "contingent", "continuation", "convoy", "couple",
    "crew", "crowd", "day", "decade", "dollar", "dozen", "dozens", "element", "end", "euro", "extension",
    "few", "flurry", "form", "gang", "group", "half", "handful", "host", "hour", "hundred", "hundreds",
    "introduction", "kind", "lack", "large", "leg", "load", "lot", "majority", "mass", "maximum", "member",
    "million", "minimum", "mission", "month", "number", "package", "pair", "part", "patch", "percent",
    "phase", "piece", "planeload", "portion", "pound", "quantity", "range", "rest", "resumption", "round",
    "score", "scores", "section", "series", "share", "shipload", "shipment", "size", "sort", "spate",
    "squad", "stage", "start", "stream", "string", "succession", "sum", "supply", "swarm", "team", "tens",
    "third", "thousand", "thousands", "ton", "tonne", "total", "trio", "type", "unit", "volley", "volume",
    "wave", "week", "wing", "worth",
))
# fmt: on
_LENDERS = ("acomp", "attr", "oprd", "conj", "advcl", "prep", "aux", "auxpass", "ccomp", "dep", "parataxis")
_SUBJECT_CONTROL = ("promise", "vow", "threaten", "have", "take")
_DEMANDING = frozenset(("demand", "insist", "recommend", "request", "stipulate"))
_PARTICLES = frozenset(("aside", "away", "back", "down", "off", "out", "up"))
_OWN_CLAUSES = ("xcomp", "ccomp", "advcl", "acl", "relcl")
_NOUN_CLAUSES = ("acl", "relcl", "ccomp", "xcomp")
_DENYING = ("neg", "advmod", "preconj", "cc", "nsubj", "nsubjpass", "dobj", "attr", "det")
_PREPOSITIONS = ("prep", "agent", "prt", "dative", "advmod", "cc", "acomp")
_DEPTH = 8
_VERBAL = (VERB, AUX)


def conjuncts(token: Token) -> tuple[Token, ...]:
    """The token and what is coordinated with it after it: 'France and Spain' for France."""
    if child(token, "conj", "appos") is None:
        return (token,)
    found = [token]
    for one in found:
        found.extend(children(one, "conj"))
        # 'President X of A and President Y of B': the model takes the second for an apposition.
        found.extend(a for a in children(one, "appos") if _after_and(a))
        if len(found) > 20:
            break
    return tuple(sorted(found, key=lambda t: t.i))


def _after_and(noun: Token) -> bool:
    """Whether a name stands right behind 'and'."""
    opens = noun.left_edge.i
    return opens > 0 and noun.pos_ == "PROPN" and noun.doc[opens - 1].lower_ == "and"


@once_value
def base_forms(token: Token) -> tuple[str, ...]:
    """The lemma, and what else it may be: the model reads 'staged' as 'stag'; participles are adjectives."""
    lemma, word = token.lemma_.lower(), token.lower_
    if token.pos_ in ("VERB", "AUX"):
        forms = (lemma, word[:-1], word) if word.endswith("ed") else (lemma,)
        if token.i > 1 and token.nbor(-1).text == "-":  # 'cold-shouldered', 'test-fired' are split
            first = token.nbor(-2).lower_
            forms = (*(f"{first}-{form}" for form in forms), *forms)
        return tuple(dict.fromkeys(forms))
    if token.pos_ in ("ADJ", "ADV"):
        return tuple(dict.fromkeys((lemma, word)))
    return (lemma,)


def is_verbal(token: Token) -> bool:
    """Whether a token is a verb or auxiliary."""
    return token.pos in _VERBAL


@once_value
def is_passive(verb: Token) -> bool:
    """Whether a verb is in the passive: 'was rejected', 'the plan rejected by'."""
    if child(verb, "auxpass", "nsubjpass", "csubjpass") is not None:
        return True
    if verb.tag_ != "VBN" or _sentence_noun(verb) is not None:
        return False
    if any(c.lemma_ in ("have", "'ve") for c in children(verb, "aux")):
        return False
    if verb.dep_ in ("acl", "relcl", "amod", "advcl"):
        return child(verb, "nsubj") is None
    if verb.dep_ == "conj" and is_verbal(verb.head):
        return child(verb, "nsubj", "aux") is None and is_passive(verb.head)
    return child(verb, "agent") is not None


def surface_subject(token: Token, depth: int = 0) -> Token | None:
    """The grammatical subject of a verb or predicate, its own or the one that the construction lends it."""
    if depth > _DEPTH:
        return None
    own = _own_subject(token)
    if own is None:
        lone = _sentence_noun(token) or _finite_above(token)
        if lone is not None:
            return surface_subject(lone, depth + 1) if is_verbal(lone) else lone
    if own is None:  # 'India has relaxed': the model may hang the subject on the auxiliary
        own = next((s for aux in children(token, "aux", "auxpass") for s in children(aux, *SUBJECTS)), None)
    if own is not None:
        if own.lower_ in RELATIVE and token.dep_ == "relcl":
            return token.head
        return own
    head, dep = token.head, token.dep_
    if head == token:
        return None
    if dep in (
        "acomp",
        "attr",
        "oprd",
        "conj",
        "advcl",
        "prep",
        "aux",
        "auxpass",
        "ccomp",
        "dep",
        "parataxis",
    ):
        if is_verbal(head) or dep in ("conj", "prep", "advcl"):
            return surface_subject(head, depth + 1)
        return None
    if dep == "xcomp":
        obj = child(head, "dobj")
        if (
            obj is not None
            and is_verbal(head)
            and head.lemma_ not in ("promise", "vow", "threaten", "have", "take")
        ):
            return obj
        return surface_subject(head, depth + 1)
    if dep in ("acl", "relcl"):
        if token.tag_ in ("VBG", "VBN", "VBD"):
            return head
        return _owner(head, depth)
    if dep == "pcomp" and head.dep_ == "prep":
        governor = head.head
        if is_verbal(governor):
            obj = child(governor, "dobj", "nsubjpass")
            if obj is not None and head.lower_ in ("of", "from", "for", "into"):
                return obj
            return surface_subject(governor, depth + 1)
        return _owner(governor, depth)
    return None


def _owner(noun: Token, depth: int) -> Token | None:
    """Who stands behind a noun with a clause: its possessor, else the subject of the verb above it."""
    return child(noun, "poss") or governing_subject(noun, depth)


def governing_subject(noun: Token, depth: int = 0) -> Token | None:
    """The subject of the verb that a noun belongs to, as its object or in a phrase."""
    head = noun.head
    while head.dep_ in ("prep", "pobj") and head.head != head:
        head = head.head
    return surface_subject(head, depth + 1) if is_verbal(head) else None


def agent(token: Token) -> Token | None:
    """The object of the 'by' of a passive or a nominalisation."""
    for by in token.children:
        if by.lower_ == "by" and by.dep_ in ("agent", "prep"):
            return child(by, "pobj")
    if is_verbal(token) and child(token, "auxpass") is not None:
        # 'was described as illegal and unjust by officials': the model hangs 'by' on the last adjective
        for prep in children(token, "prep", "oprd", "acomp"):
            for word in (prep, *children(prep, "amod", "acomp", "pobj", "conj")):
                for last in conjuncts(word):
                    by_ = next((c for c in last.children if c.lower_ == "by" and c.dep_ == "agent"), None)
                    if by_ is not None:
                        return child(by_, "pobj")
    return None


def _own_subject(verb: Token) -> Token | None:
    """The subject that hangs on a verb; of two, 'that day passed, and the army left', the one beside it."""
    found = tuple(children(verb, *SUBJECTS))
    for one in found[1:]:
        opens = one.left_edge.i
        if one.i < verb.i and verb.doc[opens - 1].lower_ in ("and", "but"):
            return one
    return next(iter(found), None)


def _sentence_noun(verb: Token) -> Token | None:
    """The noun of a sentence without a finite verb whose verb was taken for a participle.

    The model reads 'Ada Moe, the envoy, called on both sides to stop' as a noun with 'called' behind it.
    """
    if verb.dep_ != "acl" or verb.tag_ not in ("VBN", "VBD") or child(verb, "xcomp", "dobj", "ccomp") is None:
        return None
    noun = verb.head
    while noun.dep_ == "appos":
        noun = noun.head
    root = noun.dep_ == "ROOT" and noun.pos_ in ("NOUN", "PROPN") and verb.i > 0
    return noun if root and verb.nbor(-1).text == "," else None


def _finite_above(verb: Token) -> Token | None:
    """For a past tense that the model joins to a verb of another form, the past tense above it.

    'said both had shown courage and **urged** them': who urged is who said; 'accused him of having lied
    and **called** for a vote': who called is who accused.
    """
    first = verb.head
    if verb.dep_ != "conj" or verb.tag_ != "VBD" or not is_verbal(first) or first.tag_ == "VBD":
        return None
    if first.dep_ not in ("ccomp", "xcomp", "pcomp") or child(verb, "aux") is not None:
        return None
    above = first.head
    while above.dep_ in ("prep", "pcomp", "pobj", "dobj", "xcomp") and above.head != above:
        above = above.head
    return above if is_verbal(above) and above.tag_ == "VBD" else None


def leaves_clause(verb: Token) -> bool:
    """Whether a verb that stands in a clause by the model goes on with the sentence above it."""
    return _finite_above(verb) is not None and child(verb, *SUBJECTS) is None


@once
def subject(token: Token) -> Token | None:
    """Who does it: the subject of an active verb, the 'by' of a passive one."""
    return agent(token) if is_passive(token) else surface_subject(token)


@once
def direct_object(verb: Token) -> Token | None:
    """What it is done to: the object of an active verb, the subject of a passive one."""
    if is_passive(verb):
        return surface_subject(verb)
    own = _last_object(verb)
    if own is None and verb.dep_ == "amod" and child(verb, "nsubj") is not None:
        return verb.head  # 'warplanes targeted rebels' read as 'targeted rebels'
    if own is not None:
        return verb.head if own.lower_ in RELATIVE and verb.dep_ == "relcl" else own
    for clause in children(verb, "ccomp", "xcomp"):
        raised = child(clause, "nsubj")
        bare = child(clause, "aux", "auxpass", "mark") is None
        if raised is not None and (is_infinitive(clause) or (bare and clause.tag_ in ("VBN", "VBD"))):
            return raised
    if verb.dep_ == "relcl" and not any(c.lower_ in RELATIVE for c in verb.children):
        return verb.head
    if verb.dep_ == "conj" and is_verbal(verb.head):
        later = [c for c in children(verb.head, "dobj") if c.i > verb.i]
        if later:
            return later[0]
    if child(verb, "dative") is not None:  # 'gave the rebels two weeks'
        return next((c for c in children(verb, "npadvmod") if child(c, "nummod") is not None), None)
    # The model reads 'voted down the motion' as 'voted (down the motion)'.
    particle = next((c for c in children(verb, "prep") if c.lower_ in _PARTICLES), None)
    return child(particle, "pobj") if particle is not None else None


def _last_object(verb: Token) -> Token | None:
    """The last noun that is an object; what follows a comma is an apposition, not an object."""
    found: Token | None = None
    for one in children(verb, "dobj"):
        if found is not None and any(t.text in (",", ";", "--") for t in verb.doc[found.i : one.i]):
            break
        found = one
    return found


def prepositional(token: Token, words: tuple[str, ...]) -> Iterable[tuple[Token, Token]]:
    """The prepositions among ``words`` that hang on a token, each with its object or gerund."""
    return () if prepositions(token).isdisjoint(words) else _prepositional(token, words)


@once_value
def prepositions(token: Token) -> frozenset[str]:
    """The words by which ``prepositional`` may find something."""
    words = {p.lower_ for prep in children(token, *_PREPOSITIONS) for p in (prep, *children(prep, "prep"))}
    return frozenset(words | {"as"} if child(token, "advcl") is not None else words)


def _prepositional(token: Token, words: tuple[str, ...]) -> Iterator[tuple[Token, Token]]:
    for prep in children(token, *_PREPOSITIONS):
        if prep.dep_ == "acomp" or prep.lower_ not in words:
            if prep.dep_ in ("prt", "advmod", "prep", "acomp"):  # 'pull out of', 'ahead of'
                yield from _inner(prep, words)
            continue
        filler = child(prep, "pobj", "pcomp", *(("amod", "acomp") if prep.lower_ == "as" else ()))
        if filler is not None:
            yield prep, filler
        else:
            yield from _inner(prep, words)
    if "as" in words:  # the model may make a clause of 'as baseless'
        for clause in children(token, "advcl"):
            mark = next((c for c in clause.children if c.lower_ == "as"), None)
            if mark is not None and clause.pos_ == "ADJ":
                yield mark, clause


def _inner(prep: Token, words: tuple[str, ...]) -> Iterator[tuple[Token, Token]]:
    for inner in children(prep, "prep"):
        if inner.lower_ in words:
            filler = child(inner, "pobj", "pcomp")
            if filler is not None:
                yield inner, filler


def is_infinitive(verb: Token) -> bool:
    """Whether a verb is a to-infinitive."""
    return any(c.lower_ == "to" for c in children(verb, "aux"))


@once_value
def is_imperative(verb: Token) -> bool:
    """Whether a verb bids: 'Stop the raids', 'Do not sign it, leave'; it opens a sentence or a quotation."""
    if verb.tag_ != "VB" or child(verb, *SUBJECTS) is not None:
        return False
    if any(c.lower_ not in ("do", "don") for c in children(verb, "aux", "auxpass")):
        return False
    if verb.lemma_.lower() == "let" and any(t.lower_ in ("us", "me") for t in verb.subtree):
        return False  # 'let us be clear'
    if verb.dep_ == "conj":
        return is_imperative(verb.head)
    first = verb.left_edge
    if any(t.pos_ not in ("AUX", "PART", "ADV", "INTJ", "PUNCT") for t in verb.doc[first.i : verb.i]):
        return False
    before = first.nbor(-1) if first.i else None
    return first.is_quote or first.is_sent_start or before is None or before.is_quote or before.text == ":"


def addressees(verb: Token) -> Iterator[Token]:
    """Whom the verb of saying over quoted words speaks to: 'told **the army**', 'said to **him**'."""
    while verb.dep_ == "conj":
        verb = verb.head
    saying = verb.head
    if saying != verb and is_verbal(saying):
        yield from children(saying, "dobj", "dative")
        yield from (filler for _, filler in prepositional(saying, ("to",)))


def complement(token: Token, kind: str) -> Token | None:
    """The clause that a predicate takes: ``to`` an infinitive, ``that`` a finite one, ``ing`` a gerund."""
    holders = [token]
    if is_verbal(token):
        holders.extend(children(token, "dobj", "nsubjpass", "prep", "acomp", "dative"))
        holders.extend(h2 for h in holders[1:] for h2 in children(h, "pobj"))
    if token.lemma_ == "be":
        if kind == "to" and child(token, "acomp", "attr", "expl") is not None:
            return None  # 'it would be wrong to meet' plans nothing
        holders = [token]
    for holder in holders:
        deps = _OWN_CLAUSES if holder is token else _NOUN_CLAUSES
        for clause in children(holder, *deps):
            if clause.i < token.i or not (is_verbal(clause) or clause.pos_ in ("ADJ", "NOUN", "PROPN")):
                continue
            if any(c.lower_ == "whether" or (c.lower_ == "if" and c.dep_ == "mark") for c in clause.children):
                continue  # a question: 'asked if it would help'
            if kind == "to" and is_infinitive(clause):
                return clause
            if holder is not token:
                continue
            if kind == "should" and clause.dep_ == "ccomp" and is_desired(clause):
                return clause
            if kind == "that" and clause.dep_ == "ccomp" and not is_infinitive(clause):
                return clause
            if kind == "ing" and clause.tag_ == "VBG" and clause.dep_ in ("xcomp", "ccomp"):
                return clause
    return _for_somebody(token) if kind == "to" else None


def _for_somebody(noun: Token) -> Token | None:
    """The clause 'for Chad to halt the raids' right after an object, whatever the parser hangs it on."""
    if noun.pos_ != "NOUN" or noun.dep_ != "dobj":
        return None
    for clause in children(noun.head, "advcl"):
        opens = clause.left_edge
        if opens.i == noun.i + 1 and opens.lower_ == "for" and opens.dep_ == "mark" and is_infinitive(clause):
            return clause
    return None


def is_desired(clause: Token) -> bool:
    """Whether a clause says what ought to be: in the subjunctive, or with 'should' or 'must'."""
    helpers = [c.lower_ for c in clause.children if c.dep_ in ("aux", "auxpass")]
    if any(h in ("should", "must") for h in helpers):
        return True
    # After 'insists that troops leave' the model writes the plain present for the subjunctive.
    likely = clause.head.lemma_ in _DEMANDING and clause.lemma_ != "be"  # but 'insists that they are' states
    plain = ("VB", "VBP") if likely else ("VB",)
    return not is_infinitive(clause) and ((clause.tag_ in plain and not helpers) or helpers == ["be"])


def called(verb: Token) -> Iterator[Token]:
    """What a verb of naming says its object is: 'crime' in 'called the embargo a crime'."""
    for c in children(verb, "oprd", "attr", "acomp", "xcomp", "ccomp", "dobj"):
        yield c
        yield from children(c, "attr", "acomp", "conj")


def through_measure(noun: Token) -> Token:
    """The noun that is meant: 'aid' for 'tons of aid', 'five million dollars in aid'."""
    for _ in range(3):
        if not _measures(noun):
            return noun
        inner = next((f for _, f in prepositional(noun, ("of", "in", "worth"))), None)
        if inner is None:
            return noun
        noun = inner
    return noun


def _measures(noun: Token) -> bool:
    """Whether a word only portions what its of-phrase names: 'tons of', 'the first of', 'two of'."""
    if noun.lemma_.lower() in MEASURES or noun.lower_ in MEASURES:
        return True
    return noun.ent_type_ in ("MONEY", "ORDINAL", "CARDINAL") or noun.tag_ in ("CD", "DT")


@once_value
def auxiliaries(verb: Token) -> tuple[str, ...]:
    """The auxiliaries of a verb, lower case; a coordinated verb without its own has the first verb's."""
    own = tuple(c.lower_ for c in children(verb, "aux", "auxpass"))
    if (
        own
        or verb.dep_ != "conj"
        or not is_verbal(verb.head)
        or child(verb, "nsubj", "nsubjpass") is not None
    ):
        return own
    return auxiliaries(verb.head) if verb.tag_ in ("VB", "VBN", "VBG") else own


@once_value
def is_negated(token: Token) -> bool:
    """Whether a predicate is denied: 'did not', 'never', 'no agreement was', 'without reaching'."""
    for c in children(token, *_DENYING):
        if c.lower_ in NEGATIONS and c.dep_ in ("neg", "advmod", "preconj", "cc"):
            return True
        if c.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "det") and (
            c.lower_ in NO or any(d.lower_ in ("no", "neither") for d in children(c, "det"))
        ):
            return True
    if token.dep_ in ("acomp", "attr", "oprd") and child(token.head, "neg") is not None:
        return True
    if token.dep_ == "pcomp" and token.head.lower_ == "without":
        return True
    return token.dep_ == "pobj" and token.head.lower_ == "without"
