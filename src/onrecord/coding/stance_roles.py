"""Which tokens name the parties of a stance and what it is about, by grammatical function."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.coding import grammar
from onrecord.coding.polarity import polarity
from onrecord.coding.stance_guards import hortative
from onrecord.coding.stances import Hit, Operators


def is_modal(hit: Hit) -> bool:
    """Whether the predicate is an auxiliary, whose clause is its verb."""
    return hit.head.dep_ == "aux"


def spread(clause: Token, above: bool, operators: Operators) -> tuple[tuple[Token, bool], ...]:
    """A clause and those joined to it, each with whether it is denied; of light verbs ('secure protection
    and an end to subsidies') their objects. ``above`` says that the denial of the first is counted already.
    """
    found: list[tuple[Token, bool]] = []
    if clause.lemma_.lower() in operators.attitudes:
        return ()
    for one in (clause, *grammar.children(clause, "conj")):
        if one != clause and is_otherwise(one):
            continue
        if one != clause and (
            _is_no_verb(one) is not _is_no_verb(clause)
            or (grammar.child(one, "nsubj", "nsubjpass") is not None and not _is_second_that(one))
        ):
            continue
        if one != clause and grammar.is_infinitive(clause) and one.tag_ not in (clause.tag_, "VBP"):
            continue  # 'wants it to give access it has promised but not delivered'
        denied = polarity(one) == "denied"
        if above:
            denied = denied is not (polarity(clause) == "denied")
        obj = grammar.child(one, "dobj")
        light = one.lemma_.lower() in operators.light and grammar.child(one, "expl") is None
        if light and obj is not None and obj.lemma_ in ("part", "place"):  # 'take part in the talks'
            obj = next((f for place in (obj, one) for _, f in grammar.prepositional(place, ("in",))), obj)
        if light and obj is not None and obj.ent_type_ not in ("NORP", "GPE", "PERSON", "ORG"):
            found.extend((noun, denied) for noun in _nouns(obj))
        else:
            found.append((one, denied))
            found.extend((noun, denied) for noun in _added(one))
    return tuple(found)


def _is_no_verb(clause: Token) -> bool:
    return not grammar.is_verbal(clause)


def evaded(answer: Token) -> tuple[tuple[Token, bool], ...]:
    """What somebody will not speak of: 'declined to say whether it would sign', 'to comment on the draft'."""
    inner = grammar.child(answer, "ccomp", "xcomp") or grammar.child(answer, "dobj")
    if inner is None:
        inner = next((f for _, f in grammar.prepositional(answer, ("on", "about", "to", "whether"))), None)
    return ((inner, False),) if inner is not None else ()


def gerunds(first: Token) -> Iterator[Token]:
    """A gerund and those listed after it: 'include freeing hostages, reopening roads, and holding talks'."""
    yield first
    for one in sorted(first.subtree, key=lambda t: t.i):
        if one == first or one.tag_ != "VBG" or one.dep_ not in ("advcl", "conj") or one.i == 0:
            continue
        if one.nbor(-1).text == "," or one.nbor(-1).lower_ == "and":
            yield one


def _is_second_that(clause: Token) -> bool:
    """Whether a joined clause with its own subject is asked for like the first: '…, and that curbs stay'."""
    return grammar.child(clause, "mark") is not None and grammar.child(clause, "aux") is None


def is_otherwise(verb: Token) -> bool:
    """Whether a verb says what happens otherwise: 'must comply or face sanctions'."""
    cc = grammar.child(verb.head, "cc")
    return verb.lemma_.lower() in ("face", "suffer", "risk", "lose") and cc is not None and cc.lower_ == "or"


def _nouns(noun: Token) -> Iterator[Token]:
    """A noun and what is joined to it, also by 'in addition to'."""
    yield from grammar.conjuncts(noun)
    yield from _added(noun)
    yield from _added(noun.head)


def _added(place: Token) -> Iterator[Token]:
    """What hangs on a word by 'in addition to'."""
    for prep in grammar.children(place, "prep"):
        inner = grammar.child(prep, "pobj")
        if prep.lower_ == "in" and prep.i > place.i and inner is not None and inner.lower_ == "addition":
            yield from (f for _, f in grammar.prepositional(inner, ("to",)))


def issues_of(hit: Hit) -> tuple[tuple[Token, bool], ...]:
    """What a predicate is about, by the first function of its frame that is filled; nothing denied."""
    for function in hit.frame.issue:
        found = tuple(_by_function(function, hit))
        if found:
            return tuple((token, False) for token in found)
    last = max(w.i for w in hit.words)
    gerund = next((c for c in hit.head.children if c.tag_ == "VBG" and c.left_edge.i == last + 1), None)
    if gerund is not None and "clause" in hit.frame.issue:
        return ((gerund, False),)  # 'ruled out recognising the island'
    noun = hit.head.head
    if hit.head.dep_ == "relcl" and noun.pos_ == "NOUN" and grammar.subject(hit.head) not in (None, noun):
        return ((noun, False),)  # 'language that Chad insisted on'
    return ()


def _by_function(function: str, hit: Hit) -> Iterator[Token]:
    head = hit.head
    if function in ("clause", "verb", "question"):
        return
    if function == "object":
        if hit.object is not None and hit.object.lower_ == "what" and head.dep_ == "csubj":
            yield from grammar.children(head.head, "attr", "ccomp")  # 'what we need is an inquiry'
        elif hit.object is not None:
            yield from _nouns(hit.object)
    elif function == "surface":
        found = grammar.surface_subject(head)
        if found is not None and found.lower_ == "it" and (clause := _extraposed(head)) is not None:
            yield clause
        elif found is not None:
            yield from grammar.conjuncts(found)
    elif function in ("self", "before"):
        yield head
    elif function == "asked":
        yield from _asked(head)
    elif function == "modified":
        yield head.head
    elif function == "hortative":
        clause = hortative(head)
        if clause is not None:
            yield clause
    elif function in ("appositive", "dative"):
        yield from grammar.children(head, "appos" if function == "appositive" else "dative")
    elif function == "attribute":
        verb = head if grammar.is_verbal(head) else head.head
        for said in grammar.children(verb, "attr", "xcomp", "ccomp"):
            if said == head:
                continue
            yield from _nouns(said) if said.pos_ in ("NOUN", "PROPN") else (said,)
    elif function == "matrix":
        yield from _matrix(head)
    else:
        adjectives = grammar.children(hit.object, "amod", "acomp") if hit.object is not None else ()
        below = hit.clause if is_modal(hit) else None
        own = {w.i for w in hit.words}  # 'stand in the way of'
        inner = [w.head for w in hit.words if w.dep_ == "prep" and w.head.head.i in own]
        inner.extend(w for w in hit.words if w.dep_ in ("oprd", "acomp"))  # 'kept its options open on'
        if "owner" in hit.frame.party:
            inner.extend(grammar.children(head, "nsubj"))  # 'its position on the dam is unclear'
        for place in (head, below, hit.object, *adjectives, *inner):  # 'left the door open to a deal'
            if place is None:
                continue
            for _, filler in grammar.prepositional(place, (function,)):
                if filler.pos_ == "ADP":  # 'because of'
                    filler = grammar.child(filler.head, "pobj") or filler
                if filler.lower_ in grammar.RELATIVE and head.dep_ == "relcl":
                    filler = head.head  # 'a point on which it reserved its position'
                if filler.ent_type_ in ("DATE", "TIME") and filler.pos_ in ("PROPN", "NUM"):
                    continue
                whether = next(
                    (c for c in filler.children if c.dep_ == "mark" and c.lower_ == "whether"), None
                )
                yield from (filler,) if whether is not None else _nouns(filler)
                return


def _asked(answer: Token) -> Iterator[Token]:
    """What was asked where somebody gave no answer: 'asked whether it would sign, it had no comment'."""
    for token in answer.sent:
        if token.lemma_ in ("ask", "press", "question") and token.tag_ == "VBN" and token != answer:
            clause = grammar.child(token, "ccomp", "xcomp")
            about = next((f for _, f in grammar.prepositional(token, ("about", "on"))), None)
            found = clause or about
            if found is not None:
                yield found
                return


def _extraposed(predicate: Token) -> Token | None:
    """The clause that 'it' only announces: 'it would be wrong to lift the ban'."""
    verb = predicate if grammar.is_verbal(predicate) else predicate.head
    for clause in grammar.children(verb, "xcomp", "ccomp", "advcl", "csubj"):
        that = any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)
        if clause.i > predicate.i and (grammar.is_infinitive(clause) or that):
            return clause
    return None


def _matrix(noun: Token) -> Iterator[Token]:
    """What the clause around 'despite pressure from …' is about: the object of its innermost clause."""
    verb = noun.head
    while verb.head != verb and (not grammar.is_verbal(verb) or verb.dep_ == "prep"):
        verb = verb.head
    for _ in range(3):
        deeper = grammar.child(verb, "xcomp")
        if deeper is None:
            break
        verb = deeper
    obj = grammar.direct_object(verb) or next(
        (f for _, f in grammar.prepositional(verb, ("to", "on", "for"))), None
    )
    if obj is not None:
        yield obj


def parties_of(hit: Hit, own: bool = False) -> tuple[Token, ...]:
    """Who holds it; with ``own`` only by words of the predicate's own phrase."""
    for function in hit.frame.party:
        if own and function in ("governor", "subject"):
            continue
        found = tuple(_party(function, hit))
        if own:
            found = tuple(t for t in found if t.pos_ != "PRON")
        if found:
            return found
    return ()


def _party(function: str, hit: Hit) -> Iterator[Token]:
    head = hit.head
    found: Token | None = None
    verb = hit.clause if is_modal(hit) and hit.clause is not None else head
    if function == "subject":
        if grammar.is_verbal(verb):
            found = grammar.subject(verb)
        elif head.pos_ in ("ADJ", "ADV", "ADP"):
            found = grammar.surface_subject(head)
    elif function == "surface":
        found = grammar.surface_subject(head) if head.pos_ != "NOUN" else None
    elif function == "owner":
        subject = grammar.child(head, "nsubj")
        if subject is not None:
            of = (f for _, f in grammar.prepositional(subject, ("for", "of")))
            found = grammar.child(subject, "poss") or next(of, None)
    elif function == "possessor":
        found = grammar.child(head, "poss")
    elif function == "modifier":
        yield from grammar.children(head, "compound", "amod", "nmod")
    elif function == "governor" and not _is_suffered(head) and grammar.child(head, "poss") is None:
        one = head
        while one.dep_ in ("dobj", "pobj", "prep", "conj", "attr") and one.head != one:
            one = one.head
            if grammar.is_verbal(one):
                found = grammar.surface_subject(one)
                break
    elif function == "appositive":
        if head.dep_ == "appos":
            found = head.head
        elif head.dep_ in ("attr", "pobj") and grammar.is_verbal(head.head):
            found = grammar.surface_subject(head.head)
    elif function == "prefix":
        found = grammar.child(head, "npadvmod")
    else:
        inner = [c for w in hit.words for c in grammar.children(w, "pobj")]
        for place in (head, hit.object, *inner):
            if place is not None and found is None:
                found = next((f for _, f in grammar.prepositional(place, (function,))), None)
    if found is None and function in ("subject", "surface") and head.tag_ == "VBN":
        found = next((grammar.child(c, "nsubj") for c in grammar.children(head, "auxpass")), None)
    if found is not None and found != head:
        if function in ("subject", "surface"):
            yield from _listed_before(found)
        yield from grammar.conjuncts(found)


def _is_suffered(noun: Token) -> bool:
    """Whether others do it to the subject: 'is under pressure to sign'."""
    return noun.dep_ == "pobj" and noun.head.lower_ in ("amid", "despite", "under")


def _listed_before(subject: Token) -> Iterator[Token]:
    """Names that a parser cuts off at the head of a list: 'Chad, Kenya and Togo backed the plan'."""
    for c in subject.head.lefts:
        listed = c.dep_ == "npadvmod" and c.pos_ == "PROPN" and c.ent_type_ in ("GPE", "NORP", "ORG")
        if listed and c.i < subject.i and any(subject.conjuncts) and c.nbor(1).text == ",":
            yield c
