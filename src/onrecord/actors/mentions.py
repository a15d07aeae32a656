"""Noun phrases that can refer to an actor: names with their titles, titles, groups, states, organisations.

The text is read as a row of items, each with a letter for its class; a phrase is a pattern over letters. So
the small parser's mistakes inside a noun phrase ('US President Donald Trump') do no harm.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Literal

from spacy.attrs import IDX
from spacy.tokens import Doc, Token

from onrecord.actors.gazetteer import Entry, Gazetteer, given_names
from onrecord.actors.name_runs import (
    capital,
    capital_pairs,
    name_end,
    name_run,
    starts_name,
    told_apart,
    usual_names,
)
from onrecord.actors.names import words

Form = Literal["named", "name", "title", "group", "entity"]

_DETERMINERS = words(
    "the a an this that these those some any both all each every several many other another no few"
)
_OF = frozenset(["of", "for", "at", "from", "with", "to"])
_LETTERS = {
    "state": "s", "demonym": "n", "seat": "c", "organ": "o", "organisation": "o", "bloc": "o", "place": "p",
    "office": "t", "person": "t", "honorific": "h", "group": "g",
}  # fmt: skip
_OWNER = r"(?:[sncop]'|[sncop]-?(?=[^']))"
_MOD = rf"(?:{_OWNER}|g(?!')|a)"
# At each place the first that fits counts.
_PHRASES: tuple[tuple[Form, str], ...] = (
    ("named", rf"d?(?:{_MOD}|x(?=[a-]*[th]))*(?:[ht](?:fd?[sncog])?[a,]?)+(?<!,)x"),
    ("title", rf"d?(?:{_MOD}|x(?=[ag-]*t))*t+(?:f[dP]?(?:a|[sncopgt](?=[gtox]))*[sncopgx])?"),
    ("group", rf"d?(?:{_MOD}|x(?=a*g))*(?:g|t(?=g))*g"),
    ("entity", r"d?(?:[snc]'?a*)?o"),
    ("group", r"d?[sn](?:-?n)(?!')"),
    ("entity", r"d?[sncop]"),
    ("name", r"d?x"),
)
_PHRASE = re.compile("|".join(f"({pattern})" for _, pattern in _PHRASES))


_CONTINENTS = frozenset(("America", "Americas"))
_PARTS = frozenset(("Central", "Latin", "North", "South"))


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
    phrases = [
        _phrase(doc, items[match.start() : match.end()], _PHRASES[(match.lastindex or 0) - 1][0])
        for match in _PHRASE.finditer(row)
    ]
    _link(doc, phrases)
    return phrases


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
    several = core.letter == "x" and core.end - core.start > 1
    head = doc[core.start : core.end].root.i if several else core.end - 1
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
            gap = [t.lower_ for t in doc[before.end : phrase.start]] if phrase.start - before.end < 4 else []
            if gap and gap[0] in ("'s", "’s", "'", "’") and len(gap) == 1:
                phrase.owner = k - 1
            elif _apposed(doc, before, phrase, gap):
                phrase.beside = k - 1
            elif _of_a_titled(phrases, before) and _apposed(doc, phrases[k - 2], phrase, gap):
                phrase.beside = k - 2
        previous = doc[phrase.start - 1] if phrase.start else None
        if previous is not None and previous.tag_ == "PRP$":
            phrase.owner_pronoun = previous.i


def _of_a_titled(phrases: list[Phrase], group: Phrase) -> bool:
    """Whether a group and what stands before it are one title: 'the chief of Nepal's army'."""
    owner = phrases[group.owner] if group.form == "group" and group.owner is not None else None
    return owner is not None and owner.form == "title" and any(i.letter == "f" for i in owner.items)


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
    text, starts = doc.text, doc.to_array(IDX).tolist()
    capitals = [i for i, start in enumerate(starts) if text[start].isupper()]
    names = usual_names(doc, capitals)
    known: dict[int, tuple[int, tuple[Entry, ...]]] = {}
    for match in gazetteer.find(text, on):
        first = bisect_left(starts, match.start)
        last = bisect_left(starts, match.end)
        if 0 < first < len(doc) and doc[first].text in _CONTINENTS and doc[first - 1].text in _PARTS:
            continue  # 'Central America' is no state
        if first < len(doc) and starts[first] == match.start and last > first:
            known[first] = (last, match.entries)
        elif last > first:  # begins inside a token ('mid-Iran' glued): the tokens that it touches
            known.setdefault(first, (last, match.entries))
    items: list[Item] = []
    pairs, loud = capital_pairs(doc)
    may_begin = frozenset(capitals)
    i = 0
    while i < len(doc):
        token = doc[i]
        hit = known.get(i)
        if hit is not None and (item := _known_item(doc, i, hit)) is not None:
            end = name_end(doc, known, i, item.letter, item.end)
            items.append(Item("x", i, end) if end > item.end else item)
            i = items[-1].end
            continue
        if i in may_begin and (starts_name(token) or token.text in names):
            end = name_run(doc, known, i)
            if i in loud:
                end = told_apart(doc, i, end, pairs)
            items.append(Item("x", i, end))
            i = end
            continue
        items.append(Item(_letter(token), i, i + 1))
        i += 1
    _shed_openers(doc, items)
    return items


def _shed_openers(doc: Doc, items: list[Item]) -> None:
    """Take a sentence's opening participle off a name that stands elsewhere without it: 'Addressing Liu'."""
    openers = [k for k, item in enumerate(items) if item.letter == "x" and _opens(doc, item)]
    texts = {doc[i.start : i.end].text for i in items if i.letter == "x"} if openers else set()
    for k in openers:
        item = items[k]
        if doc[item.start + 1 : item.end].text in texts:
            items[k] = Item("x", item.start + 1, item.end)


def _opens(doc: Doc, name: Item) -> bool:
    """Whether a name of several words begins with what may be a sentence's opening participle."""
    first = doc[name.start]
    return (
        name.end - name.start > 1
        and first.text.endswith("ing")
        and bool(first.is_sent_start)
        and first.lower_ not in given_names()
    )


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
        if following is None or not capital(following):
            return None
    return Item(letter, i, end, entries)


def _bare(doc: Doc, start: int, end: int) -> bool:
    """Whether a singular noun stands all alone: 'justice', 'source' mean no person then."""
    before = doc[start - 1] if start else None
    if end < len(doc) and capital(doc[end]) and not doc[end].is_sent_start:
        return False
    if (
        before is None
        or before.is_space
        or (before.is_punct and before.tag_ != "POS")
        or (before.is_sent_start and before.pos_ == "ADP")
    ):
        return doc[end - 1].text.islower() and doc[end - 1].dep_ not in ("appos", "nsubj")
    return before.pos_ in ("ADP", "VERB", "AUX", "CCONJ", "SCONJ", "PART") and before.tag_ != "POS"


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
