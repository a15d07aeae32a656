"""Noun phrases that can refer to an actor: names with their titles, titles, groups, states, organisations.

The text is read as a row of items, each with a letter for its class; a phrase is a pattern over letters. So
the small parser's mistakes inside a noun phrase ('US President Donald Trump') do no harm.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from spacy.tokens import Doc, Token

from onrecord.actors.gazetteer import Entry, Gazetteer, given_names
from onrecord.actors.lexicon import not_actors
from onrecord.actors.names import fold, skeleton, words

Form = Literal["named", "name", "title", "group", "entity"]

PARTICLES = words(
    "bin ibn bint al el de da dos das del della van von der den di du la le ter abu ben af zu und ul y"
)
_DETERMINERS = words(
    "the a an this that these those some any both all each every several many other another no few"
)
_MONTHS = words(
    "january february march april may june july august september october november december jan feb mar "
    "apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon "
    "tue tues wed thu thur thurs fri sat sun christmas easter ramadan"
)
_NAME_MONTHS = frozenset(["may", "april", "june", "august", "jan"])
_OF = frozenset(["of", "for", "at", "from", "with", "to"])
_OWN_GROUP = words("administration government campaign team regime cabinet camp delegation office")
_LETTERS = {
    "state": "s", "demonym": "n", "seat": "c", "organ": "o", "organisation": "o", "bloc": "o", "place": "p",
    "office": "t", "person": "t", "honorific": "h", "group": "g",
}  # fmt: skip
_OWNER = r"(?:[sncop]'|[sncop]-?(?=[^']))"
_MOD = rf"(?:{_OWNER}|g(?!')|a)"
_PHRASES: tuple[tuple[Form, re.Pattern[str]], ...] = (
    ("named", re.compile(rf"d?(?:{_MOD}|x(?=[a-]*[th]))*(?:[ht](?:fd?[sncog])?[a,]?)+(?<!,)x")),
    ("title", re.compile(rf"d?(?:{_MOD}|x(?=[ag-]*t))*t+(?:f[dP]?(?:a|[sncopgt](?=[gtox]))*[sncopgx])?")),
    ("group", re.compile(rf"d?(?:{_MOD}|x(?=a*g))*(?:g|t(?=g))*g")),
    ("entity", re.compile(r"d?(?:[snc]'?a*)?o")),
    ("group", re.compile(r"d?[sn](?:-?n)(?!')")),
    ("entity", re.compile(r"d?[sncop]")),
    ("name", re.compile(r"d?x")),
)


@dataclass(slots=True)
class Item:
    """One piece of the row: tokens from ``start`` to ``end``, its letter, what it can stand for."""

    letter: str
    start: int
    end: int
    entries: tuple[Entry, ...] = ()


@dataclass(slots=True)
class Phrase:
    """A phrase that can refer: token indices; its items; the phrase that owns it ('Putin's aide') or that
    stands beside it in apposition, by index into the list of phrases; the token of a possessive pronoun."""

    form: Form
    start: int
    end: int
    head: int
    items: list[Item]
    owner: int | None = None
    owner_pronoun: int | None = None
    beside: int | None = None
    name: Item | None = None
    titles: list[Item] = field(default_factory=list)

    def words(self, doc: Doc) -> list[str]:
        """The phrase's words in lower case."""
        return [t.lower_ for t in doc[self.start : self.end]]


def find_phrases(doc: Doc, gazetteer: Gazetteer, on: str | None) -> list[Phrase]:
    """The phrases of a parsed text in order, without overlaps; days decide which states and groups exist."""
    items = _items(doc, gazetteer, on)
    row = "".join(item.letter for item in items)
    phrases: list[Phrase] = []
    at = 0
    while at < len(row):
        found = _longest(row, at)
        if found is None:
            at += 1
            continue
        form, end = found
        phrases.append(_phrase(doc, items[at:end], form))
        at = end
    _link(doc, phrases)
    return phrases


def _longest(row: str, at: int) -> tuple[Form, int] | None:
    for form, pattern in _PHRASES:
        match = pattern.match(row, at)
        if match is not None:
            return form, match.end()
    return None


def _phrase(doc: Doc, items: list[Item], form: Form) -> Phrase:
    while len(items) > 1 and doc[items[0].start].text == "-":
        items = items[1:]
    start, end = items[0].start, items[-1].end
    core = items[-1]
    titles = [i for i in items if i.letter in "ht"]
    if form == "title":  # the head is the title, not its complement
        core = next(
            i for i in reversed(items) if i.letter == "t" and (i is items[-1] or _before_of(items, i))
        )
    head = doc[core.start : core.end].root.i if core.letter == "x" else core.end - 1
    name = core if core.letter == "x" else None
    return Phrase(form, start, end, head, items, name=name, titles=titles)


def _before_of(items: list[Item], title: Item) -> bool:
    at = next(k for k, i in enumerate(items) if i is title)
    return at + 1 < len(items) and items[at + 1].letter == "f"


def _link(doc: Doc, phrases: list[Phrase]) -> None:
    """Owners and appositions."""
    for k, phrase in enumerate(phrases):
        if k and phrases[k - 1].form in ("name", "named", "title", "group", "entity"):
            before = phrases[k - 1]
            gap = [t.lower_ for t in doc[before.end : phrase.start]]
            if gap and gap[0] in ("'s", "’s", "'", "’") and len(gap) == 1:
                phrase.owner = k - 1
            elif _apposed(doc, before, phrase, gap):
                phrase.beside = k - 1
        previous = doc[phrase.start - 1] if phrase.start else None
        if previous is not None and previous.tag_ == "PRP$":
            phrase.owner_pronoun = previous.i


def _apposed(doc: Doc, first: Phrase, second: Phrase, gap: list[str]) -> bool:
    """Whether two phrases with this between them name one person: 'X, the minister,'; 'the minister, X,'."""
    if not gap or gap[0] not in (",", "(", "–", "—", "-"):
        return False
    if len(gap) > 1 and not (len(gap) == 3 and gap[1].isdigit() and gap[2] == ","):
        return False
    after = doc[second.end] if second.end < len(doc) else None
    closed = (
        after is None
        or after.is_punct
        or after.pos_ in ("ADP", "SCONJ", "SPACE", "PRON")
        or after.dep_ == "ROOT"
    )
    if first.form == "name" and second.form == "group":
        return closed and second.items[0].letter == "d" and len(second.items) > 1
    if first.form in ("name", "named") and second.form == "title":
        if doc[second.head].dep_ in ("nsubj", "nsubjpass") and doc[second.head].head.i >= second.end:
            return False
        listed = after is not None and after.lower_ in ("and", "or")
        return closed and not listed and not second.titles[-1].entries[0].plural
    if first.form == "title" and second.form in ("name", "named"):
        return (closed or (after is not None and after.pos_ in ("VERB", "AUX"))) and not any(
            e.plural for e in first.titles[-1].entries
        )
    return False


def _items(doc: Doc, gazetteer: Gazetteer, on: str | None) -> list[Item]:
    starts = [t.idx for t in doc]
    names = _usual_names(doc)
    known: dict[int, tuple[int, tuple[Entry, ...]]] = {}
    for match in gazetteer.find(doc.text, on):
        first = bisect_left(starts, match.start)
        last = bisect_left(starts, match.end)
        if first < len(doc) and starts[first] == match.start and last > first:
            known[first] = (last, match.entries)
        elif last > first:  # begins inside a token ('mid-Iran' glued): the tokens that it touches
            known.setdefault(first, (last, match.entries))
    items: list[Item] = []
    pairs, loud = _capital_pairs(doc)
    i = 0
    while i < len(doc):
        token = doc[i]
        hit = known.get(i)
        if hit is not None and (item := _known_item(doc, i, hit)) is not None:
            end = _name_end(doc, known, i, item)
            items.append(Item("x", i, end) if end > item.end else item)
            i = items[-1].end
            continue
        if _starts_name(token) or (token.text in names and _capital(token)):
            end = _name_run(doc, known, i)
            if i in loud:
                end = _told_apart(doc, i, end, pairs)
            items.append(Item("x", i, end))
            i = end
            continue
        items.append(Item(_letter(token), i, i + 1))
        i += 1
    _shed_openers(doc, items)
    return items


def _shed_openers(doc: Doc, items: list[Item]) -> None:
    """Take a sentence's opening participle off a name that stands elsewhere without it: 'Addressing Liu'."""
    texts = {doc[i.start : i.end].text for i in items if i.letter == "x"}
    for k, item in enumerate(items):
        if item.letter != "x" or item.end - item.start < 2 or not doc[item.start].is_sent_start:
            continue
        first = doc[item.start]
        rest = doc[item.start + 1 : item.end].text
        if not first.text.endswith("ing") or first.lower_ in given_names() or rest not in texts:
            continue
        items[k] = Item("x", item.start + 1, item.end)


def _capital_pairs(doc: Doc) -> tuple[frozenset[tuple[str, str]], frozenset[int]]:
    """Pairs of capitalised words in running text; the tokens of headlines, where capitals tell nothing."""
    loud: list[int] = []
    pairs: list[tuple[str, str]] = []
    for sentence in doc.sents:
        words = [t for t in sentence if t.is_alpha and len(t) > 3]
        capitals = sum(_capital(t) for t in words)
        told = any(t.pos_ in ("VERB", "AUX") and t.text.islower() for t in sentence)
        if not told and len(words) > 3 and capitals >= 0.7 * len(words) and not sentence.text.isupper():
            loud.extend(t.i for t in sentence)
        else:
            run = [t for t in sentence if t.is_alpha]
            pairs.extend((a.text, b.text) for a, b in pairwise(run) if _capital(a) and _capital(b))
    return frozenset(pairs), frozenset(loud)


def _told_apart(doc: Doc, i: int, end: int, pairs: frozenset[tuple[str, str]]) -> int:
    """Where a name in a headline ends: at words that running text does not join, save a given name's next."""
    j = i + 1
    while j < end and ((doc[j - 1].text, doc[j].text) in pairs or doc[j - 1].lower_ in given_names()):
        j += 1
    return j


def _usual_names(doc: Doc) -> frozenset[str]:
    """Words that the tagger takes for names at most of their places: its slips elsewhere do no harm."""
    counts: dict[str, int] = {}
    spellings: dict[str, None] = {}
    for token in doc:
        if token.text[:1].isupper() and len(token) > 3 and token.lower_ not in _MONTHS and not token.is_stop:
            if token.text in not_actors():
                continue
            name = token.tag_ in ("NNP", "NNPS")
            counts[token.text] = counts.get(token.text, 0) + (1 if name else -1)
            if name and token.ent_type_ == "PERSON" and len(token) > 5:
                spellings[skeleton(token.text)] = None
    return frozenset(w for w, n in counts.items() if n >= 0 or (len(w) > 5 and skeleton(w) in spellings))


def _known_item(doc: Doc, i: int, hit: tuple[int, tuple[Entry, ...]]) -> Item | None:
    """The item of a gazetteer match; None where its words do another work here ('the talks head north')."""
    end, entries = hit
    letter = _LETTERS[entries[0].kind]
    last = doc[end - 1]
    if letter in "tg":
        if last.pos_ in ("VERB", "AUX", "ADV", "ADP") or last.ent_type_ in ("DATE", "TIME"):
            return None
        if last.pos_ == "ADJ" and last.dep_ == "amod" and last.text.islower():
            return None
    if letter == "t" and entries[0].kind == "person" and not entries[0].plural and _bare(doc, i, end):
        return None
    if letter == "h":
        following = doc[end] if end < len(doc) else None
        if following is not None and following.text == ".":
            end, following = end + 1, doc[end + 1] if end + 1 < len(doc) else None
        if following is None or not _capital(following):
            return None
    return Item(letter, i, end, entries)


def _bare(doc: Doc, start: int, end: int) -> bool:
    """Whether a singular noun stands all alone: 'justice', 'source' mean no person then."""
    before = doc[start - 1] if start else None
    if end < len(doc) and _capital(doc[end]) and not doc[end].is_sent_start:
        return False
    if (
        before is None
        or before.is_space
        or before.is_punct
        or (before.is_sent_start and before.pos_ == "ADP")
    ):
        return doc[end - 1].text.islower() and doc[end - 1].dep_ not in ("appos", "nsubj")
    return before.pos_ in ("ADP", "VERB", "AUX", "CCONJ", "SCONJ", "PART") and before.tag_ != "POS"


def _name_end(doc: Doc, known: dict[int, tuple[int, tuple[Entry, ...]]], i: int, item: Item) -> int:
    """Where a longer name ends that begins with a known word ('Israel Katz', 'London School of X')."""
    if item.letter not in "scnop" or item.end >= len(doc) or not _starts_name(doc[item.end]):
        return item.end
    if doc[item.end - 1].whitespace_ == "" or item.end in known:
        return item.end
    end = _name_run(doc, known, item.end)
    first = doc[i]
    if (
        item.letter in "sc"
        and end - i <= 3
        and first.ent_type_ == "PERSON"
        and doc[end - 1].ent_type_ == "PERSON"
    ):
        return end
    if item.letter in "scn" and {t.lower_ for t in doc[item.end : end]} & ORGAN_WORDS:
        return end
    return item.end


ORGAN_WORDS = words(
    "school institute university college airlines airways times post herald news tribune telegraph "
    "journal bank centre center association foundation club company group"
)


def _capital(token: Token) -> bool:
    return token.text[:1].isupper()


def _starts_name(token: Token) -> bool:
    if token.text in not_actors():
        return False
    if not _capital(token) or (token.ent_type_ in ("DATE", "TIME") and token.lower_ not in _NAME_MONTHS):
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


def _month_is_name(token: Token) -> bool:
    """Whether 'May' is a surname here: not beside a number, not after 'in' or 'since', and tagged a name."""
    doc, i = token.doc, token.i
    if token.lower_ not in _NAME_MONTHS or not _capital(token):
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


def _name_run(doc: Doc, known: dict[int, tuple[int, tuple[Entry, ...]]], i: int) -> int:
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
        if token.text == "." and len(doc[j - 1].text) == 1 and j + 1 < len(doc) and _starts_name(doc[j + 1]):
            j += 1
            continue
        if token.is_space or (token.is_sent_start and doc[j - 1].is_punct):
            return j
        if j in known:
            end, entries = known[j]
            capital = _capital(token)
            if capital and entries[0].kind == "group" and token.lower_ not in _OWN_GROUP:
                j = end
                continue
            surname = capital and token.ent_type_ == "PERSON" and doc[j - 1].ent_type_ == "PERSON"
            if (
                surname
                and end == j + 1
                and not token.is_upper
                and not (end < len(doc) and _starts_name(doc[end]))
            ):
                j = end
                continue
            return j
        if token.lower_ in PARTICLES and j + 1 < len(doc) and _particle(doc, j, known):
            j += 1
            continue
        if _starts_name(token) or (token.text == "He" and j == i + 1 and not token.is_sent_start):
            j += 1
            continue
        if token.lower_ in ("of", "for", "on", "&") and fold(doc[j - 1].text) in _HEADS and j + 1 < len(doc):
            k = j + 2 if doc[j + 1].lower_ == "the" else j + 1
            if k < len(doc) and _starts_name(doc[k]):
                j = k + 1
                continue
        return j
    return j


def _nickname(doc: Doc, j: int) -> bool:
    """Whether one word in quotation marks stands here within a name: 'Robert "Bobby" Scott'."""
    if j + 3 >= len(doc) or not doc[j + 2].is_quote:
        return False
    return _starts_name(doc[j + 1]) and _starts_name(doc[j + 3])


_HEADS = words(
    "ministry department office council commission committee institute university bank house centre "
    "center organisation organization association union league court college school bureau chamber "
    "society under secretary representative secretary"
)


def _particle(doc: Doc, j: int, known: dict[int, tuple[int, tuple[Entry, ...]]]) -> bool:
    """Whether a small word joins the parts of a name: 'Tamim bin Hamad', 'Bashar al-Assad'."""
    following = doc[j + 1]
    if following.text == "-" and j + 2 < len(doc):
        following = doc[j + 2]
    if following.lower_ in PARTICLES:
        return True
    return _capital(following) and (
        following.i not in known or known[following.i][1][0].kind in ("demonym", "place")
    )


def _letter(token: Token) -> str:
    low = token.lower_
    if low in _DETERMINERS and token.tag_ not in ("IN", "WDT", "RB"):
        return "d"
    if token.tag_ == "PRP$":
        return "P"
    if token.tag_ == "POS" or low in ("'s", "’s"):
        return "'"
    if low in _OF:
        return "f"
    if token.text == "-" and token.whitespace_ == "" and token.i and token.nbor(-1).whitespace_ == "":
        return "a"
    if token.ent_type_ in ("DATE", "TIME"):
        return "."
    if token.pos_ in ("ADJ", "NUM"):
        return "a"
    if token.pos_ == "NOUN" and token.dep_ in ("compound", "amod", "nmod", "npadvmod"):
        return "a"
    if token.tag_ in ("VBN", "VBG", "VBD") and token.dep_ in ("amod", "compound"):
        return "a"
    if token.pos_ == "ADV" and token.dep_ == "advmod" and token.head.pos_ == "ADJ":
        return "a"
    if token.text == ",":
        return ","
    return "."
