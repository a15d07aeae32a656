"""Pronouns: he, she, they, it, the relative 'who'. Weights for number, gender, place, prominence."""

from __future__ import annotations

import re
from itertools import islice

from spacy.tokens import Token

from onrecord.actors.discourse import SUBJECTS, Discourse, Seen, verb_of
from onrecord.actors.names import words
from onrecord.actors.scene import Draft, Found

_MALE = frozenset(["he", "him", "his", "himself"])
_FEMALE = frozenset(["she", "her", "hers", "herself"])
_PLURAL = frozenset(["they", "them", "their", "theirs", "themselves"])
_NEUTER = frozenset(["it", "its", "itself"])
_RELATIVE = frozenset(["who", "which", "whom", "that"])
# The words that ``resolve_pronoun`` reads; with 'the' may begin 'the 79-year-old'.
PRONOUNS = frozenset([*_MALE, *_FEMALE, *_PLURAL, *_NEUTER, *_RELATIVE, "the"])
_AGE = re.compile(r"[Tt]he \d{2,3}-year-old")
_NOUNLIKE = ("NOUN", "PROPN", "ADJ")
_COLLECTIVE = ("state", "government", "organisation", "armed-group", "bloc")
_BESIDE = 120  # code points between a quotation and the verb that gives it
_DEPTH = 40  # levels of a tree; a sentence that is deeper is no sentence
FIRST_SINGULAR = frozenset(["i", "me", "my", "mine", "myself"])
FIRST_PLURAL = frozenset(["we", "us", "our", "ours", "ourselves"])


def resolve_pronoun(discourse: Discourse, token: Token) -> None:
    """Add what a pronoun refers to, where one candidate is good enough."""
    word = token.lower_
    if word in _RELATIVE and token.tag_ in ("WP", "WDT"):
        _relative(discourse, token)
    elif word in _MALE or word in _FEMALE:
        _person(discourse, token, "m" if word in _MALE else "f")
    elif word in _PLURAL:
        _several(discourse, token)
    elif word in _NEUTER:
        _thing(discourse, token)
    elif word == "the":
        _aged(discourse, token)


def _add(discourse: Discourse, token: Token, ids: tuple[str, ...], confidence: float, because: str) -> None:
    found = Found(token.i, token.i + 1, token.i, ids, "pronoun", round(confidence, 2), because)
    discourse.scene.refer_word(found)
    discourse.note(token.i, token.i + 1, token.i, ids)


def _relative(discourse: Discourse, token: Token) -> None:
    """'who' stands for the noun that its clause hangs on."""
    verb = token.head
    steps = 0
    while verb.dep_ != "relcl" and verb.head is not verb and steps < 6:
        verb, steps = verb.head, steps + 1
    if verb.dep_ != "relcl":
        return
    head = verb.head.i
    for seen in reversed(discourse.seen):
        if seen.start <= head < seen.end:
            _add(discourse, token, seen.ids, 0.85, "pronoun/relative")
            return
        if seen.end < head - 30:
            return


def _aged(discourse: Discourse, the: Token) -> None:
    """'The 79-year-old' without a noun is the person that 'he' or 'she' would be."""
    span = the.doc[the.i : the.i + 6]
    if not _AGE.fullmatch(span.text) or (the.i + 6 < len(the.doc) and the.doc[the.i + 6].pos_ in _NOUNLIKE):
        return
    best = _likeliest(discourse, span[-1], "")
    if best is not None:
        confidence = round(min(0.4 + best[0] / 10, 0.8), 2)
        found = Found(
            span.start, span.end, span.end - 1, best[1], "description", confidence, "description/age"
        )
        discourse.scene.refer_word(found)
        discourse.note(span.start, span.end, span.end - 1, best[1])


def _person(discourse: Discourse, token: Token, gender: str) -> None:
    ahead = _cataphora(discourse, token, gender)
    best = _likeliest(discourse, token, gender)
    if ahead is not None and (best is None or best[0] < 2.5):
        _add(discourse, token, ahead, 0.7, "pronoun/ahead")
    elif best is not None:
        _add(discourse, token, best[1], min(0.5 + best[0] / 10, 0.9), "pronoun/person")


def _likeliest(discourse: Discourse, token: Token, gender: str) -> tuple[float, tuple[str, ...]] | None:
    """The person named before who fits best, with the score; any gender where none is asked for."""
    barred = _speakers(discourse, token)
    best: tuple[float, tuple[str, ...]] | None = None
    weight: dict[str, float] = {}
    for distance, seen in discourse.back(token.i, 6):
        if len(seen.ids) != 1:
            continue
        draft = discourse.draft(seen.ids[0])
        if not _can_be(draft, gender) or draft.id in barred or _bound(discourse, token, seen):
            continue
        score = _score(discourse, token, seen, distance, draft, gender)
        weight[draft.id] = weight.get(draft.id, 0.0) + 0.15
        score += min(weight[draft.id], 0.6)
        if best is None or score > best[0]:
            best = score, seen.ids
    return best


def _can_be(draft: Draft, gender: str) -> bool:
    fits = not gender or draft.gender in ("", gender)
    return fits and (draft.kind == "person" or (draft.kind == "unknown" and not draft.plural))


def _score(discourse: Discourse, token: Token, seen: Seen, distance: int, draft: Draft, gender: str) -> float:
    doc = discourse.scene.doc
    score = 3.0 - distance
    head = doc[seen.head]
    is_object = token.dep_ not in SUBJECTS and token.tag_ != "PRP$"
    if is_object:
        score += 0.5
    elif seen.subject:
        score += 1.2
    if draft.kind == "person":
        score += 0.4
    if draft.gender == gender:
        score += 0.5
    score -= min((token.i - seen.end) / 100, 0.6)
    if distance == 0:
        if seen.subject and _is_above(head.head, token):
            score += 0.8  # 'Trump said he …'
    elif doc[seen.head].dep_ in SUBJECTS and doc[seen.head].head.dep_ == "ROOT":
        score += 0.3
    if seen.speaks and _reports(discourse, token):
        score += 0.8
    in_quote = discourse.scene.parse.quote_at(token.idx) is not None
    if seen.quoted and not in_quote:
        score -= 1.0
    voice = head.dep_ == "poss" and head.head.dep_ in SUBJECTS and _is_above(head.head.head, token)
    if voice and distance == 0:
        score += 1.6  # 'her office said she …'
    if head.dep_ == "poss" and distance > 0:
        score -= 0.3
    if token.dep_ in SUBJECTS and token.is_sent_start and seen.subject:
        score += 0.3
    return score


def _is_above(word: Token, token: Token) -> bool:
    """Whether a word stands above a token in the tree, not more than a report's sentence is deep."""
    return any(word == above for above in islice(token.ancestors, _DEPTH))


def _reports(discourse: Discourse, token: Token) -> bool:
    """Whether a pronoun is the subject of a verb of speech outside quotation marks: '…,” it added'."""
    if token.dep_ != "nsubj" or token.head.lemma_ not in discourse.scene.speech:
        return False
    return discourse.scene.parse.quote_at(token.idx) is None


def _bound(discourse: Discourse, token: Token, seen: Seen) -> bool:
    """Whether both are arguments of one verb, so that they cannot be the same ('Putin told him')."""
    if token.tag_ == "PRP$" or token.lower_.endswith("self"):
        return False
    doc = discourse.scene.doc
    verb = verb_of(token)
    if verb is None:
        return False
    if verb == verb_of(doc[seen.head]):
        return True
    if token.dep_ in SUBJECTS or not seen.subject:
        return False
    controller = _understood_subject(doc[verb])
    return controller is not None and seen.start <= controller.i < seen.end


def _understood_subject(verb: Token) -> Token | None:
    """The subject that a verb without one shares: 'Trump stopped short of criticising him'."""
    steps = 0
    while steps < 6 and not any(c.dep_ in SUBJECTS for c in verb.children):
        if verb.dep_ not in ("xcomp", "advcl", "pcomp", "conj", "prep", "acomp"):
            return None
        verb, steps = verb.head, steps + 1
    return next((c for c in verb.children if c.dep_ in SUBJECTS), None)


def _speakers(discourse: Discourse, token: Token) -> frozenset[str]:
    """Who speaks the quotation that a pronoun stands in: not a 'he' of it."""
    scene, parse = discourse.scene, discourse.scene.parse
    quote = parse.quote_at(token.idx)
    if quote is None:
        return frozenset()
    start, end = parse.paragraph_at(token.idx)
    before = max(start, quote.start - _BESIDE), quote.start
    after = quote.end, min(end, quote.end + _BESIDE + 1)
    spans = [parse.doc.char_span(a, b, alignment_mode="expand") for a, b in (before, after) if a < b]
    nearest: tuple[int, list[str]] | None = None
    for verb in (t for span in spans for t in span or ()):
        if verb.pos_ != "VERB" or verb.lemma_ not in scene.speech or parse.quote_at(verb.idx) is not None:
            continue
        distance = quote.start - verb.idx if verb.idx < quote.start else verb.idx - quote.end
        if distance > _BESIDE or (nearest is not None and nearest[0] <= distance):
            continue
        ids: list[str] = []
        for child in verb.children:
            if child.dep_ in SUBJECTS:
                found = scene.found_at(child.i)
                ids += found.ids if found is not None else ()
                ids += [i for f in scene.words_from(child.i) for i in f.ids]
        nearest = distance, ids
    return frozenset(nearest[1]) if nearest else frozenset()


def _cataphora(discourse: Discourse, token: Token, gender: str) -> tuple[str, ...] | None:
    """'In her speech, Haley said': a pronoun in what stands before the subject can be the subject's."""
    scene = discourse.scene
    node, steps = token, 0
    while node.head is not node and steps < 10:
        if node.dep_ in ("prep", "advcl", "npadvmod") and node.head.pos_ in ("VERB", "AUX"):
            subject = next((c for c in node.head.children if c.dep_ in SUBJECTS), None)
            if subject is not None and subject.i > token.i:
                found = scene.found_at(subject.i)
                if found is None or len(found.ids) != 1:
                    return None
                draft = scene.drafts[found.ids[0]]
                return found.ids if draft.kind == "person" and _can_be(draft, gender) else None
        node, steps = node.head, steps + 1
    return None


def _several(discourse: Discourse, token: Token) -> None:
    """They: the plural named last, subjects first; joined names count as one."""
    doc = discourse.scene.doc
    best: tuple[float, tuple[str, ...]] | None = None
    quoted = discourse.scene.parse.quote_at(token.idx) is not None
    for distance, seen in discourse.back(token.i, 3):
        ids = _joined(discourse, seen)
        drafts = [discourse.draft(i) for i in ids]
        if _bound(discourse, token, seen):
            continue
        many = len(ids) > 1 or drafts[0].plural or doc[seen.head].tag_ in ("NNS", "NNPS")
        if not many and drafts[0].kind not in _COLLECTIVE:
            continue
        score = 2.0 - distance + (0.8 if seen.subject else 0.0) + (1.0 if many else -0.6)
        if quoted and seen.quoted:
            score += 1.0
        if distance == 0:
            score -= min((token.i - seen.end) / 40, 0.5)
            if seen.subject and doc[seen.head].head in token.ancestors:
                score += 0.5
        if best is None or score > best[0]:
            best = score, ids
    if best is not None and best[0] >= 0.6:
        _add(discourse, token, best[1], min(0.4 + best[0] / 10, 0.75), "pronoun/several")


def _joined(discourse: Discourse, seen: Seen) -> tuple[str, ...]:
    """The ids of a mention and of those joined to it by 'and'."""
    head = discourse.scene.doc[seen.head]
    if not head.conjuncts:
        return seen.ids
    joined = {t.i for t in head.conjuncts}
    near = [s for s in discourse.seen[-40:] if s.head in joined or s.head == seen.head]
    if not near:
        return seen.ids
    return tuple(dict.fromkeys(i for s in near for i in s.ids))


def _thing(discourse: Discourse, token: Token) -> None:
    """It: a state or organisation that was a subject or owner just before; often nothing."""
    if token.dep_ == "expl" or _empty(token):
        return
    doc = discourse.scene.doc
    best: tuple[float, tuple[str, ...]] | None = None
    reports = _reports(discourse, token)
    for distance, seen in discourse.back(token.i, 2 if reports else 1):
        if len(seen.ids) != 1 or (seen.quoted and reports):
            continue
        draft = discourse.draft(seen.ids[0])
        if draft.kind not in _COLLECTIVE or _bound(discourse, token, seen):
            continue
        head = doc[seen.head]
        if reports and seen.speaks:
            score = 3.0 - distance
            if best is None or score > best[0]:
                best = score, seen.ids
            continue
        score = 1.5 - distance + (1.2 if seen.subject else 0.0)
        if distance == 0 and seen.subject and head.head in token.ancestors:
            score += 0.8
        opens = token.tag_ == "PRP$" and token.head.dep_ in SUBJECTS  # 'Its spokesman said'
        if distance == 1 and not (seen.subject and (opens or token.dep_ in SUBJECTS)):
            continue
        if distance == 0 and not seen.subject and token.tag_ != "PRP$":
            score -= 0.8
        if best is None or score > best[0]:
            best = score, seen.ids
    if best is not None and best[0] >= 1.4:
        _add(discourse, token, best[1], min(0.35 + best[0] / 10, 0.7), "pronoun/thing")


def _empty(token: Token) -> bool:
    """'It is clear that …', 'it remains to be seen': an 'it' that stands for nothing."""
    verb = token.head
    if token.dep_ not in SUBJECTS:
        return False
    if verb.lemma_ in ("seem", "appear", "rain", "snow", "turn", "happen"):
        return True
    if verb.lemma_ != "be":
        return False
    complements = [c for c in verb.children if c.dep_ in ("acomp", "attr")]
    clause = any(c.dep_ in ("ccomp", "csubj") for c in verb.children)
    return clause or any(
        c.lemma_ in _EVALUATIVE or (c.dep_ == "attr" and any(x.dep_ in ("relcl", "acl") for x in c.children))
        for c in complements
    )


# What 'it is … that' and 'it is … to' say of no thing.
_EVALUATIVE = words(
    "clear unclear possible impossible likely unlikely important essential necessary difficult hard easy "
    "true good bad better best right wrong fair early late time crucial vital obvious evident certain "
    "uncertain critical imperative premature shame pity fact matter question"
)
