"""The pattern language of frames: one line a predicate, bound to the words around a token.

``reach|strike [agreement|@accord] with`` reads: a verb reach or strike, whose object is an agreement or a
word of the class accord, with a phrase in 'with'. The parts after the head word:

    [a|b]      the object (of a passive the subject) is one of these; [!a|b] none of these; [*] any, but one
    <a|b>      the subject is one of these; <!a|b> none of these
    =[a|b]     what the object is called or declared is one of these: 'called it a crime'
    in         a particle, adverb or preposition 'in' hangs on the head or its object, of a modal on its verb
    in[a|b]    the same, and the object of the preposition is one of these
    {to}       an infinitive follows; {that} a finite clause; {ing} a gerund, also after the preposition;
               {should} a clause that says what ought to be: 'insisted that he leave';
               {to:a|b} the verb of the clause is one of these
    ?passive   only in the passive; ?active only in the active; ?bare without an object; ?there after 'there'

In a slot '@name' stands for a class of ``classes.toml``, 'a_b' for a word b with the modifier a.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.coding import grammar
from onrecord.errors import KnowledgeError

POS: Mapping[str, tuple[str, ...]] = {
    "VERB": ("verb", "adjective"),
    "AUX": ("verb", "modal"),
    "NOUN": ("noun",),
    "PROPN": ("noun",),
    "ADJ": ("adjective",),
    "ADV": ("adjective",),
}
_PARTICLES = ("prt", "prep", "advmod", "acomp", "oprd", "amod", "aux", "ccomp", "xcomp", "advcl")
_PART = re.compile(
    r"=\[(?P<predicate>[^\]]+)\]|\[(?P<object>[^\]]+)\]|<(?P<subject>[^>]+)>|\{(?P<kind>to|that|ing|should)(?::(?P<verbs>[^}]+))?\}"
    r"|\?(?P<flag>passive|active|bare|there)|(?P<word>[a-z'|-]+)(?:\[(?P<inside>[^\]]+)\])?$"
)


@dataclass(frozen=True, slots=True)
class Slot:
    """The words that may stand in a place. ``excluded`` turns it round; the word '*' stands for any."""

    words: frozenset[str]
    excluded: bool = False

    @property
    def needs(self) -> frozenset[str] | None:
        """The words of which one stands in every sentence with a phrase for this place; None where none must.

        Of 'a_b' that is b, of 'pull-out', which the parser may split, the longer part.
        """
        if self.excluded or "*" in self.words:
            return None
        found = set(self.words)
        for word in self.words:
            if "_" in word:
                parts = word.split("_")
                found.update("_".join(parts[n:]) for n in range(1, len(parts)))
            if "-" in word:
                parts = word.split("-")
                found.update(
                    max("-".join(parts[:n]), "-".join(parts[n:]), key=len) for n in range(1, len(parts))
                )
        return frozenset(found)

    def holds(self, token: Token | None) -> bool:
        """Whether a phrase headed by this token is allowed here."""
        if token is None:
            return self.excluded
        found = any(self.is_word(one) for one in grammar.conjuncts(token))
        return found is not self.excluded

    def is_word(self, token: Token) -> bool:
        """Whether this one noun is among the words, by itself, with a modifier, or behind a measure."""
        if "*" in self.words or token.lemma_.lower() in self.words or token.lower_ in self.words:
            return True
        inner = grammar.through_measure(token)
        if inner != token and (inner.lemma_.lower() in self.words or self._modified(inner)):
            return True
        if any(c.dep_ == "amod" and c.lower_ in self.words for c in token.children):
            return True
        if self._modified(token) or self._hyphenated(token):
            return True
        # 'a sit-in outside parliament': the model may make the first word hang on the last.
        return any(self._hyphenated(c) for c in grammar.children(token, "nmod", "compound"))

    def _hyphenated(self, token: Token) -> bool:
        """The parser splits 'sit-in' and 'pull-out'; here they are one word again."""
        doc, i = token.doc, token.i
        if i > 1 and doc[i - 1].text == "-":
            return f"{doc[i - 2].lower_}-{token.lower_}" in self.words
        if i + 2 < len(doc) and doc[i + 1].text == "-":
            return f"{token.lower_}-{doc[i + 2].lower_}" in self.words
        return False

    def _modified(self, token: Token) -> bool:
        lemma = token.lemma_.lower()
        return any(f"{c.lower_}_{lemma}" in self.words for c in token.lefts)


@dataclass(frozen=True, slots=True)
class Bound:
    """A pattern found at a token: the words of the predicate, its object and its complement."""

    words: tuple[Token, ...]
    object: Token | None
    complement: Token | None


@dataclass(frozen=True, slots=True)
class Pattern:
    """One predicate. ``weight`` counts how much it asks for: the more specific pattern wins.

    ``needs`` are sets of words; of each one must stand in the sentence (``kept.words_of``).
    """

    text: str
    pos: str
    heads: tuple[str, ...]
    compound: Slot | None
    object: Slot | None
    subject: Slot | None
    predicate: Slot | None
    preps: tuple[tuple[tuple[str, ...], Slot | None], ...]
    clause: str | None
    clause_verbs: frozenset[str]
    flag: str | None
    weight: int
    needs: tuple[frozenset[str], ...]

    def bind(self, token: Token) -> Bound | None:
        """The pattern at this token, None where it does not hold."""
        if self.pos == "modal":
            return self._bind_modal(token)
        if self.compound is not None and not self.compound.is_word(token):
            return None
        verb = self.pos == "verb"
        if verb and not grammar.is_verbal(token):
            return None
        if self.flag in ("passive", "active") and grammar.is_passive(token) is not (self.flag == "passive"):
            return None
        if self.flag == "there" and grammar.child(token, "expl") is None:
            return None
        obj = (
            grammar.direct_object(token)
            if verb
            else next((f for _, f in grammar.prepositional(token, ("of",))), None)
        )
        if self.flag == "bare" and obj is not None:
            return None
        words = [token]
        if self.object is not None:
            if not self.object.holds(obj):
                return None
            if obj is not None and not self.object.excluded and "*" not in self.object.words:
                words.append(obj)
        if self.subject is not None and not self.subject.holds(
            grammar.subject(token) if verb else grammar.child(token, "poss", "compound", "amod")
        ):
            return None
        if self.predicate is not None:
            called = next((t for t in grammar.called(token) if self.predicate.is_word(t)), None)
            if called is None:
                return None
            words.append(called)
            obj = obj if obj != called else grammar.child(called, "nsubj")
        complement: Token | None = None
        places: list[Token] = []  # 'took part in exercises alongside'
        for prep_words, slot in self.preps:
            hit = self._preposition((token, obj, *places), prep_words, slot)
            if hit is None:
                return None
            words.append(hit[0])
            if hit[1] is not None:
                places.append(hit[1])
            if hit[1] is not None and hit[1].dep_ == "pcomp":
                complement = hit[1]
        if self.clause is not None and complement is None:
            complement = grammar.complement(token, self.clause)
            if complement is None:
                return None
        if self.clause_verbs and (complement is None or complement.lemma_.lower() not in self.clause_verbs):
            return None
        return Bound(tuple(sorted(words, key=lambda t: t.i)), obj, complement)

    def _bind_modal(self, token: Token) -> Bound | None:
        verb = token.head
        if token.dep_ != "aux" or not grammar.is_verbal(verb):
            return None
        if self.flag == "there" and grammar.child(verb, "expl") is None:
            return None
        if self.clause_verbs and verb.lemma_.lower() not in self.clause_verbs:
            return None
        words = [token, verb]
        for prep_words, slot in self.preps:
            hit = self._preposition((verb,), prep_words, slot)
            if hit is None:
                return None
            words.append(hit[0])
        return Bound(tuple(sorted(words, key=lambda t: t.i)), None, verb)

    @staticmethod
    def _preposition(
        places: tuple[Token | None, ...], words: tuple[str, ...], slot: Slot | None
    ) -> tuple[Token, Token | None] | None:
        for place in places:
            if place is None:
                continue
            for prep, filler in grammar.prepositional(place, words):
                # 'called the premier on Tuesday' is no 'call on'.
                if slot.holds(filler) if slot is not None else filler.ent_type_ not in ("DATE", "TIME"):
                    return prep, filler
            if slot is None:
                for c in place.children:
                    if c.lower_ in words and c.dep_ in _PARTICLES and grammar.child(c, "pobj") is None:
                        return c, None
                    # 'brought them together in': the model hangs the adverb on the preposition.
                    inner = grammar.child(c, "advmod") if c.dep_ == "prep" else None
                    if inner is not None and inner.i < c.i and inner.lower_ in words:
                        return inner, None
        return None


def parse_pattern(text: str, pos: str, classes: Mapping[str, Slot], label: str) -> Pattern:
    """The pattern that a line writes. ``label`` names file and frame in errors."""
    head, *parts = text.split()
    if not re.fullmatch(r"[a-z'|_-]+", head):
        raise KnowledgeError(f"{label}: the pattern {text!r} must begin with a word in lower case")
    obj = subj = predicate = None
    preps: list[tuple[tuple[str, ...], Slot | None]] = []
    clause: str | None = None
    verbs: frozenset[str] = frozenset()
    flag: str | None = None
    weight = 1
    for part in parts:
        m = _PART.fullmatch(part)
        if m is None:
            raise KnowledgeError(
                f"{label}: cannot read {part!r} in the pattern {text!r}; the howto lists the parts"
            )
        if m["predicate"]:
            predicate = _slot(m["predicate"], classes, label)
            weight += 3
        elif m["object"]:
            obj = _slot(m["object"], classes, label)
            weight += 1 if obj.excluded or "*" in obj.words else 3
        elif m["subject"]:
            subj = _slot(m["subject"], classes, label)
            weight += 1 if subj.excluded else 3
        elif m["kind"]:
            clause, verbs = m["kind"], frozenset((m["verbs"] or "").split("|")) - {""}
            weight += 2 + bool(verbs)
        elif m["flag"]:
            flag = m["flag"]
        else:
            slot = _slot(m["inside"], classes, label) if m["inside"] else None
            preps.append((tuple(m["word"].split("|")), slot))
            weight += 1 if slot is None else 3
    heads = tuple(head.split("|"))
    compound = Slot(frozenset(heads)) if "_" in head else None
    asked = [Slot(frozenset(words)) for words, _ in preps]
    asked.extend(slot for _, slot in preps if slot is not None)
    asked.extend([Slot(verbs)] if verbs else [])
    if pos != "modal":  # which is bound without them
        asked.extend(slot for slot in (obj, subj, predicate) if slot is not None)
    needs = tuple(need for slot in asked if (need := slot.needs) is not None)
    return Pattern(
        text, pos, heads, compound, obj, subj, predicate, tuple(preps), clause, verbs, flag, weight, needs
    )


def _slot(text: str, classes: Mapping[str, Slot], label: str) -> Slot:
    excluded = text.startswith("!")
    words: set[str] = set()
    for word in text.removeprefix("!").split("|"):
        if word.startswith("@"):
            if word[1:] not in classes:
                raise KnowledgeError(f"{label}: there is no class {word!r}; add it to [classes]")
            words |= classes[word[1:]].words
        else:
            words.add(word)
    return Slot(frozenset(words), excluded)
