"""Where a name begins and ends in a parsed text: by capitals, the parser's tags, and what joins words."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from onrecord.actors.gazetteer import Entry, given_names
from onrecord.actors.lexicon import not_actors, organ_words
from onrecord.actors.names import fold, skeleton, words

# What the gazetteer knows at a token: the end of the match, and what it can be.
Known = Mapping[int, tuple[int, tuple[Entry, ...]]]

PARTICLES = words(
    "bin ibn bint al el de da dos das del della van von der den di du la le ter abu ben af zu und ul y"
)
_MONTHS = words(
    "january february march april may june july august september october november december jan feb mar "
    "apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon "
    "tue tues wed thu thur thurs fri sat sun christmas easter ramadan"
)
_NAME_MONTHS = frozenset(["may", "april", "june", "august", "jan"])
_OWN_GROUP = words("administration government campaign team regime cabinet camp delegation office")
_ORGAN_WORDS = words(
    "school institute university college airlines airways times post herald news tribune telegraph "
    "journal bank centre center association foundation club company group"
)
_HEADS = words(
    "ministry department office council commission committee institute university bank house centre "
    "center organisation organization association union league court college school bureau chamber "
    "society under secretary representative secretary"
)


def capital_pairs(doc: Doc) -> tuple[frozenset[tuple[str, str]], frozenset[int]]:
    """Pairs of capitalised words in running text; the tokens of headlines, where capitals tell nothing.

    No pairs where there are no headlines.
    """
    loud: list[int] = []
    running: list[Span] = []
    for sentence in doc.sents:
        words = [t for t in sentence if t.is_alpha and len(t) > 3]
        capitals = sum(capital(t) for t in words)
        if (
            len(words) > 3
            and capitals >= 0.7 * len(words)
            and not any(t.pos_ in ("VERB", "AUX") and t.text.islower() for t in sentence)
            and not sentence.text.isupper()
        ):
            loud.extend(t.i for t in sentence)
        else:
            running.append(sentence)
    pairs: list[tuple[str, str]] = []
    for sentence in running if loud else ():
        run = [t for t in sentence if t.is_alpha]
        pairs.extend((a.text, b.text) for a, b in pairwise(run) if capital(a) and capital(b))
    return frozenset(pairs), frozenset(loud)


def told_apart(doc: Doc, i: int, end: int, pairs: frozenset[tuple[str, str]]) -> int:
    """Where a name in a headline ends: at words that running text does not join, save a given name's next."""
    j = i + 1
    while j < end and ((doc[j - 1].text, doc[j].text) in pairs or doc[j - 1].lower_ in given_names()):
        j += 1
    return j


def usual_names(doc: Doc, capitals: list[int]) -> frozenset[str]:
    """Words that the tagger takes for names at most of their places: its slips elsewhere do no harm.

    ``capitals`` are the tokens that begin with a capital, by index.
    """
    counts: dict[str, int] = {}
    spellings: dict[str, None] = {}
    for token in (doc[i] for i in capitals):
        if len(token) > 3 and token.lower_ not in _MONTHS and not token.is_stop:
            if token.text in not_actors():
                continue
            name = token.tag_ in ("NNP", "NNPS")
            counts[token.text] = counts.get(token.text, 0) + (1 if name else -1)
            if name and token.ent_type_ == "PERSON" and len(token) > 5:
                spellings[skeleton(token.text)] = None
    return frozenset(w for w, n in counts.items() if n >= 0 or (len(w) > 5 and skeleton(w) in spellings))


def name_end(doc: Doc, known: Known, i: int, letter: str, at: int) -> int:
    """Where a longer name ends that begins at ``i`` with known words, of an item's letter, which end ``at`` a
    token ('Israel Katz', 'London School of X'); ``at`` where there is none.
    """
    if letter not in "scnop" or at >= len(doc) or not starts_name(doc[at]):
        return at
    if doc[at - 1].whitespace_ == "" or at in known:
        return at
    end = name_run(doc, known, at)
    first = doc[i]
    if letter in "sc" and end - i <= 3 and first.ent_type_ == "PERSON" and doc[end - 1].ent_type_ == "PERSON":
        return end
    if letter in "scn" and {t.lower_ for t in doc[at:end]} & _ORGAN_WORDS:
        return end
    if letter == "p" and end - at > 1 and doc[end - 1].lower_ in organ_words():
        return end  # 'Bougainville Revolutionary Army'
    return at


def capital(token: Token) -> bool:
    """Whether a token begins with a capital."""
    return token.text[:1].isupper()


def starts_name(token: Token) -> bool:
    """Whether a name can begin with a token."""
    if token.text in not_actors() and not _given(token):
        return False
    if not capital(token) or (token.ent_type_ in ("DATE", "TIME") and token.lower_ not in _NAME_MONTHS):
        return False
    if token.lower_ in _MONTHS and not _month_is_name(token):
        return False
    if token.lower_ in _NAME_MONTHS:
        return True
    if token.tag_ in ("NNP", "NNPS"):
        return not (token.is_stop and token.is_sent_start) or token.lower_ in _NAME_MONTHS
    if token.ent_type_ == "PERSON" and token.text[1:2] in ("'", "’"):
        return True  # 'O’Neill', 'D’Alema'
    if token.ent_type_ in ("PERSON", "ORG") and token.pos_ in ("NOUN", "ADJ", "X", "VERB", "INTJ"):
        return not token.is_stop and token.ent_iob_ in "BI"
    return False


def _given(token: Token) -> bool:
    """Whether a word is a given name before a surname: 'Oscar Arias'."""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return token.lower_ in given_names() and after is not None and capital(after) and after.tag_ == "NNP"


def _month_is_name(token: Token) -> bool:
    """Whether 'May' is a surname here: not beside a number, not after 'in' or 'since', and tagged a name."""
    doc, i = token.doc, token.i
    if token.lower_ not in _NAME_MONTHS or not capital(token):
        return False
    acts = i + 1 < len(doc) and (doc[i + 1].tag_ in ("VBD", "VBZ") or doc[i + 1].lower_ in ("'s", "’s"))
    if token.tag_ != "NNP" and not acts:
        return False
    near = [doc[k] for k in (i - 1, i + 1) if 0 <= k < len(doc)]
    if any(t.like_num for t in near):
        return False
    before = doc[i - 1].lower_ if i else ""
    return before not in (
        "in",
        "since",
        "until",
        "till",
        "by",
        "last",
        "next",
        "early",
        "late",
        "mid",
        "during",
    )


def name_run(doc: Doc, known: Known, i: int) -> int:
    """The end of the name that begins at a token."""
    j = i + 1
    while j < len(doc):
        token = doc[j]
        if (
            doc[j - 1].whitespace_ == ""
            and token.text == "-"
            and token.whitespace_ == ""
            and j + 1 < len(doc)
        ):
            if doc[j + 1].is_alpha and j + 1 not in known:
                j += 2
                continue
            return j
        if token.is_quote and _nickname(doc, j):
            j += 3
            continue
        if token.text == "." and len(doc[j - 1].text) == 1 and j + 1 < len(doc) and starts_name(doc[j + 1]):
            j += 1
            continue
        if token.is_space or (token.is_sent_start and doc[j - 1].is_punct):
            return j
        if j in known:
            end, entries = known[j]
            upper = capital(token)
            if upper and entries[0].kind == "group" and token.lower_ not in _OWN_GROUP:
                j = end
                continue
            surname = upper and token.ent_type_ == "PERSON" and doc[j - 1].ent_type_ == "PERSON"
            if (
                surname
                and end == j + 1
                and not token.is_upper
                and not (end < len(doc) and starts_name(doc[end]))
            ):
                j = end
                continue
            return j
        if token.lower_ in PARTICLES and j + 1 < len(doc) and _particle(doc, j, known):
            j += 1
            continue
        if starts_name(token) or (token.text == "He" and j == i + 1 and not token.is_sent_start):
            j += 1
            continue
        if token.lower_ in ("of", "for", "on", "&") and fold(doc[j - 1].text) in _HEADS and j + 1 < len(doc):
            k = j + 2 if doc[j + 1].lower_ == "the" else j + 1
            if k < len(doc) and starts_name(doc[k]):
                j = k + 1
                continue
        return j
    return j


def _nickname(doc: Doc, j: int) -> bool:
    """Whether one word in quotation marks stands here within a name: 'Robert "Bobby" Scott'."""
    if j + 3 >= len(doc) or not doc[j + 2].is_quote:
        return False
    return starts_name(doc[j + 1]) and starts_name(doc[j + 3])


def _particle(doc: Doc, j: int, known: Known) -> bool:
    """Whether a small word joins the parts of a name: 'Tamim bin Hamad', 'Bashar al-Assad'."""
    following = doc[j + 1]
    if following.text == "-" and j + 2 < len(doc):
        following = doc[j + 2]
    if following.lower_ in PARTICLES:
        return True
    return capital(following) and (
        following.i not in known or known[following.i][1][0].kind in ("demonym", "place")
    )
