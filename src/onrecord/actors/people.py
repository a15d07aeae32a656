"""People by name: which mentions are of one person, and who that is on the day."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.actors.bodies import enter_body, told_kind
from onrecord.actors.gazetteer import given_names
from onrecord.actors.hints import Hints, after_country, title_hints
from onrecord.actors.identity import (
    AMBIGUOUS,
    Known,
    draft_roster,
    draft_unknown,
    fold_words,
    from_roster,
    gender_of,
    leading,
    warn_of_rivals,
)
from onrecord.actors.lexicon import organ_words, speech_verbs
from onrecord.actors.membership import told_body
from onrecord.actors.mentions import Item, Phrase
from onrecord.actors.name_runs import PARTICLES
from onrecord.actors.names import skeleton
from onrecord.actors.roster import Person
from onrecord.actors.scene import Scene
from onrecord.actors.towns import enter_town, find_towns
from onrecord.record import ActorKind

_REBEL = frozenset(("insurgent", "liberation", "resistance", "revolutionary"))


@dataclass(slots=True)
class _Bearers:
    """The people so far by the words of their names, in the order in which they were entered."""

    _by: dict[tuple[str, str], list[Known]] = field(default_factory=dict)

    def enter(self, known: Known) -> None:
        words = known.words
        keys = [
            ("last", words[-1]),
            ("like", skeleton(words[-1])),
            *(("any", w) for w in dict.fromkeys(words)),
        ]
        if len(words) < 4:
            keys.append(("first", words[0]))
        for key in keys:
            self._by.setdefault(key, []).append(known)

    def of(self, word: str, titled: bool) -> list[Known]:
        """Whom a word can mean: by a last name, else a first one, else with a title by any, else by one spelt
        otherwise."""
        found = self._by.get(("last", word), []) if word else []
        found = found or (self._by.get(("first", word), []) if len(word) > 1 else [])
        found = found or (self._by.get(("any", word), []) if titled else [])
        return found or self._by.get(("like", skeleton(word)), [])


def resolve_people(scene: Scene) -> None:
    """Identify every phrase that holds a name."""
    scene.speech = speech_verbs()
    people: list[Known] = []
    where: dict[str, list[int]] = {}
    singles: list[int] = []
    towns = find_towns(scene)
    shorts: dict[str, str] = {}
    for k, phrase in enumerate(scene.phrases):
        if phrase.name is None:
            continue
        if k in towns:
            enter_town(scene, k, towns[k])
            continue
        name = _name(scene, phrase.name)
        if name.isupper() and _in_short(scene, k, name, shorts):
            continue
        if name in ("North", "South") and phrase.items[0].letter == "d" and _half(scene, k, name):
            continue
        kind = _classify(scene, k, name)
        if kind == "person":
            if len(fold_words(name)) > 1:
                _join(people, where, k, name)
            else:
                singles.append(k)
        elif kind != "unknown":
            enter_body(scene, k, name, kind)
        elif len(fold_words(name)) == 1:
            singles.append(k)
    for known in people:
        for k in known.phrases:
            _hints(scene, k, known.hints)
        _identify(scene, known)
        for k in known.phrases:
            scene.refer(k, (known.id,), "name", 0.95, "name/person")
    bearers = _Bearers()
    for known in people:
        known.full = len(known.phrases)
        bearers.enter(known)
    for k in singles:
        new = _single(scene, bearers, k)
        if new is not None:
            people.append(new)
            bearers.enter(new)
    for known in people:
        for k in known.phrases:
            _late_owner(scene, k, known)
        _write(scene, known)
        _join_body(scene, known)
        if (country := scene.drafts[known.id].country) is not None:
            scene.countries[country] += len(known.phrases)


def _in_short(scene: Scene, k: int, name: str, shorts: dict[str, str]) -> bool:
    """Whether capitals are short for the body named before them, here or earlier: 'the Front, or XNF,'."""
    before = scene.found.get(k - 1)
    if name not in shorts and before is not None and len(before.ids) == 1:
        gap = [t.lower_ for t in scene.doc[before.end : scene.phrases[k].start]]
        body = scene.drafts[before.ids[0]].kind in ("armed-group", "organisation", "bloc", "government")
        if body and gap in (["("], [",", "or"], [",", "known", "as"], ["(", "the"], [",", "called"]):
            shorts[name] = before.ids[0]
    if name not in shorts:
        return False
    scene.refer(k, (shorts[name],), "acronym", 0.85, "name/acronym")
    return True


def _half(scene: Scene, k: int, name: str) -> bool:
    """'The North' in a text on a state with that word in its name beside another: 'North Korea'."""
    named = ((code, state.name.partition(" ")) for code, state in scene.gazetteer.states.items())
    halves = [(code, first, rest) for code, (first, _, rest) in named if first in ("North", "South")]
    several = [c for c, _, rest in halves if sum(rest == other for _, _, other in halves) > 1]
    if not any(c in scene.drafts for c in several):
        return False
    code = next(c for c, first, _ in halves if first == name and c in several)
    scene.refer(k, (scene.state(code).id,), "metonym", 0.8, "name/half")
    return True


def _late_owner(scene: Scene, k: int, known: Known) -> None:
    """Whose aide a person is, where the owner was identified later in the pass."""
    for phrase in (scene.phrases[k], *(p for p in scene.phrases[k + 1 : k + 2] if p.beside == k)):
        if phrase.beside is not None:
            phrase_owner = scene.phrases[phrase.beside].owner
        else:
            phrase_owner = phrase.owner
        for owner in (phrase.owner, phrase_owner):
            found = scene.found.get(owner) if owner is not None else None
            if found is not None and found.ids and found.ids[0] != known.id:
                draft = scene.drafts[found.ids[0]]
                if draft.country and not known.hints.countries:
                    known.hints.countries[draft.country] = None
                    known.hints.sector = known.hints.sector or "GOV"


def _name(scene: Scene, item: Item) -> str:
    text = scene.doc[item.start : item.end].text
    return " ".join(text.replace("’", "'").split())


def _classify(scene: Scene, k: int, name: str) -> ActorKind:
    """Whether a name is a person's, an organisation's or a place's; 'unknown' where nothing tells."""
    phrase = scene.phrases[k]
    doc, item = scene.doc, phrase.name
    assert item is not None
    tokens = doc[item.start : item.end]
    words = [t.lower_ for t in tokens]
    kind = organ_words().get(words[-1]) or (organ_words().get(words[0]) if len(words) > 1 else None)
    if kind is None and "of" in words:
        kind = organ_words().get(words[words.index("of") - 1])
    if kind == "government" and words[-1] in ("army", "council") and _REBEL.intersection(words):
        kind = "armed-group"  # 'Oromo Liberation Army'
    if any(p.beside == k and p.form == "group" for p in scene.phrases[k + 1 : k + 2]):
        return "organisation"  # 'X, the American company,'
    if (told := told_kind(scene, k)) is not None:
        return told[0]
    if phrase.beside is not None and scene.phrases[phrase.beside].form == "title":
        return "person"  # 'the chief negotiator, X,'
    if phrase.form == "named":
        member = any(e.party for title in phrase.titles for e in title.entries)
        return kind if kind is not None and (member or len(words) > 2) else "person"
    if kind is not None and len(words) > 1:
        return kind
    labels = [t.ent_type_ for t in tokens]
    given = words[0] in given_names()
    folded = fold_words(name)
    if len(folded) > 1:
        if given or (scene.roster.named(name) and labels.count("GPE") < len(labels)):
            return "person"
        if "PERSON" in labels:
            return "person"
        if any(w in PARTICLES for w in words[1:]) and _is_agent(scene, phrase):
            return "person"
        if set(labels) <= {"GPE", "LOC", "FAC"}:
            return "place"
        if "ORG" in labels:
            return (
                "person"
                if _speaks(scene, phrase) and len(words) in (2, 3) and not _with_determiner(doc, phrase)
                else "organisation"
            )
        return "person" if _speaks(scene, phrase) and 1 < len(words) < 5 else "unknown"
    if name.isupper() and 1 < len(name) < 7:
        return "organisation" if "ORG" in labels or _is_agent(scene, phrase) else "unknown"
    if labels[0] == "PERSON":
        return "person"
    return "unknown"


def _with_determiner(doc: object, phrase: Phrase) -> bool:
    return phrase.items[0].letter == "d"


def _is_agent(scene: Scene, phrase: Phrase) -> bool:
    return scene.doc[phrase.head].dep_ in ("nsubj", "nsubjpass", "poss", "pobj", "dobj", "conj", "appos")


def _speaks(scene: Scene, phrase: Phrase) -> bool:
    token = scene.doc[phrase.head]
    return token.dep_ == "nsubj" and token.head.lemma_ in scene.speech


def _join(people: list[Known], where: dict[str, list[int]], k: int, name: str) -> None:
    """Put a full name to the person it can be, else to a new one; ``where`` are the people by the pairs of
    words of which one must be the same."""
    words = fold_words(name)
    keys = [key for pair in _pairs(words) for key in pair]
    for i in sorted({i for _, asked in keys for i in where.get(asked, ())}):
        known = people[i]
        if _same(known.words, words):
            known.phrases.append(k)
            if len(words) > len(known.words) and _fuller(known.words, words):
                known.words, known.name = words, name
                for entered, _ in keys:
                    where.setdefault(entered, []).append(i)
            return
    for entered, _ in keys:
        where.setdefault(entered, []).append(len(people))
    people.append(Known(words, name, [k]))


def _pairs(words: list[str]) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Of two names that are ``_same``, one is asked for by a key under which the other was entered: each word
    with the first or last one, as it sounds and by its initial, which may stand for the word."""
    for anchor, others in ((f"{words[0]} …", words[1:]), (f"… {skeleton(words[-1])}", words[:-1])):
        for word in others:
            sounds = f"{anchor} {skeleton(word)}"
            entered, asked = ("…", ".") if len(word) > 1 else (".", "…")
            yield (sounds, sounds), (f"{anchor} {word[0]}{entered}", f"{anchor} {word[0]}{asked}")


def _fuller(short: list[str], long: list[str]) -> bool:
    """Whether the longer form is the name at its fullest, not the name with a byword ('Lucky John Smith')."""
    return not (long[1:] == short and short[0] in given_names() and long[0] not in given_names())


def _same(a: list[str], b: list[str]) -> bool:
    """Whether two full names can be one person's: the shorter in the longer, in order, initials allowed."""
    short, long = sorted((a, b), key=len)
    if skeleton(short[-1]) != skeleton(long[-1]) and short[0] != long[0]:
        return False
    at = 0
    for word in short:
        while at < len(long) and not _alike(word, long[at]):
            at += 1
        if at == len(long):
            return False
        at += 1
    return True


def _alike(a: str, b: str) -> bool:
    return (
        a == b
        or skeleton(a) == skeleton(b)
        or (len(a) == 1 and b.startswith(a))
        or (len(b) == 1 and a.startswith(b))
    )


def _hints(scene: Scene, k: int, hints: Hints) -> None:
    """Gather what the phrase, its owner and its apposition say."""
    phrase = scene.phrases[k]
    around = [phrase]
    last = min(phrase.end, len(scene.doc) - 1)
    whose = after_country(scene, k) if scene.doc[last].lower_ == "of" and phrase.form == "named" else None
    if whose is not None:
        hints.countries[whose] = None
    if phrase.beside is not None:
        around.append(scene.phrases[phrase.beside])
    around += [p for p in scene.phrases[k + 1 : k + 2] if p.beside == k and p.form == "title"]
    for near in around:
        if near is not phrase and near.form == "name":
            continue
        title_hints(scene, near, hints)


def _identify(scene: Scene, known: Known) -> None:
    """Give a person an id: the roster's, else the name's own."""
    person = from_roster(scene, known)
    name = person.name if person else known.name
    known.id = scene.person_id(person) if person else scene.new_id(name, f"person-{known.phrases[0]}")
    if person is not None:
        draft_roster(scene, known, person)
    else:
        draft_unknown(scene, known)


def _single(scene: Scene, bearers: _Bearers, k: int) -> Known | None:
    """A surname or given name alone: of a person already named, else by the roster, else a new person, which
    it gives."""
    phrase = scene.phrases[k]
    assert phrase.name is not None
    name = _name(scene, phrase.name)
    word = fold_words(name)[0] if fold_words(name) else ""
    matches = bearers.of(word, titled=phrase.form == "named")
    if matches and phrase.form == "named":
        titled = Known([word], name, [k])
        _hints(scene, k, titled.hints)
        if word not in [w for p in matches for w in p.words[-1:]]:
            if from_roster(scene, titled) is not None:
                matches = []  # 'President Obama' is not the 'Obama Smith' named before
        elif titled.hints.past and (other := from_roster(scene, titled)) is not None:
            same = scene.person_id(other) in {p.id for p in matches}
            matches = matches if same else []  # nor is 'former President Bush' the president of that name
    if matches:
        hints = Hints()
        title_hints(scene, phrase, hints)
        fit = [p for p in matches if not hints.gender or not gender_of(p) or gender_of(p) == hints.gender]
        best = _meant(scene, fit or matches, hints, name, k)
        best.phrases.append(k)
        _merge(best.hints, hints)
        return None
    if phrase.form == "name" and _with_determiner(scene.doc, phrase) and _short_form(scene, k, word):
        return None
    label = scene.doc[phrase.head].ent_type_
    hints = Hints()
    known = Known([word], name, [k], hints)
    _hints(scene, k, hints)
    likely = phrase.form == "named" or label == "PERSON" or _speaks(scene, phrase)
    person = from_roster(scene, known) if word and len(word) > 1 else None
    if person is not None and _surname_means(scene, phrase, word, person):
        known.id = scene.person_id(person)
        draft_roster(scene, known, person)
        known.words = [*fold_words(person.name)]
        return known
    several = scene.doc[phrase.head].tag_ == "NNPS"
    body = several or (word in organ_words() and _with_determiner(scene.doc, phrase))
    if likely and body and phrase.form == "name":
        enter_body(scene, k, name, "organisation")  # 'Nepal's Maoists', 'the Commission'
    elif likely:
        known.id = scene.new_id(name, f"person-{k}")
        draft_unknown(scene, known)
        return known
    elif label in ("ORG",) and scene.doc[phrase.head].dep_ in ("nsubj", "poss"):
        enter_body(scene, k, name, "organisation")
    return None


def _short_form(scene: Scene, k: int, word: str) -> bool:
    """Whether 'the Commission' is a body that the text names in full, or the one of the European Union."""
    draft = scene.body_called(word)
    if draft is not None:
        scene.refer(k, (draft.id,), "name", 0.75, "name/short")
        return True
    if word == "commission" and "european-union" in scene.drafts:
        found = scene.gazetteer.find("European Commission", scene.on)
        if found:
            scene.refer(k, (scene.from_entry(found[0].entries[0]).id,), "name", 0.75, "name/short")
            return True
    return False


def _surname_means(scene: Scene, phrase: Phrase, word: str, person: Person) -> bool:
    """Whether a surname that the text never explains is this person of the roster.

    With a title it is; bare, only a leader under exactly this name, or a minister in a text on that country.
    """
    if phrase.form == "named" and any(i.letter == "t" for i in phrase.items):
        return True
    if not _is_agent(scene, phrase) or not any(word in fold_words(n) for r in person.roles for n in r.names):
        return False
    return leading(person) or (person.weight > 0 and person.role.country in scene.countries)


def _meant(scene: Scene, matches: list[Known], hints: Hints, name: str, k: int) -> Known:
    """The person of the document whom a surname means, where several bear it.

    By the title or state beside it, else the one who holds an office, else the one named last, with doubt.
    """
    fitting = [p for p in matches if set(hints.countries) & set(p.hints.countries)] if hints.countries else []
    fitting = [p for p in fitting or matches if set(hints.titles) & set(p.hints.titles)] or fitting or matches
    if len(fitting) > 1:
        leaders = [p for p in fitting if "head-of-state" in scene.drafts[p.id].offices]
        fitting = leaders or [p for p in fitting if scene.drafts[p.id].offices] or fitting
    best = _nearest(fitting, k)
    others = [p for p in fitting if p.id != best.id]
    if others:
        best.doubtful[k] = None
        warn_of_rivals(scene, name, k, [p.name for p in fitting], "each time taken for the one named last")
    return best


def _nearest(matches: list[Known], k: int) -> Known:
    """The person named last before the phrase, else the first named after it."""

    def key(p: Known) -> tuple[int, int]:
        # The full names stand first, in order; then the single ones, which have come before this phrase.
        at = bisect_left(p.phrases, k, 0, p.full)
        before = [*p.phrases[max(at - 1, 0) : at], *p.phrases[p.full :][-1:]]
        return (0, -max(before)) if before else (1, p.phrases[0] if p.phrases else 0)

    return min(matches, key=key)


def _merge(into: Hints, more: Hints) -> None:
    into.titles.update(more.titles)
    into.countries.update(more.countries)
    into.gender = into.gender or more.gender
    into.party = into.party or more.party
    into.sector = into.sector or more.sector


def _write(scene: Scene, known: Known) -> None:
    """References for every phrase of a person, and what the document has told of him or her since."""
    draft = scene.drafts[known.id]
    hints = known.hints
    draft.gender = draft.gender or gender_of(known)
    draft.nouns.update(hints.titles)
    if draft.country is None and hints.countries and not draft.party:
        draft.country = next(iter(hints.countries))
        draft.party = draft.country
    roles = [t for t in hints.titles if t not in hints.loose]
    if draft.role is None and roles and not hints.past:
        draft.role = roles[0]
        draft.sector = draft.sector or hints.sector or None
    for k in sorted(set(known.phrases)):
        phrase = scene.phrases[k]
        confidence = 0.95 if len(phrase.items) > 1 else 0.9
        confidence *= AMBIGUOUS if k in known.doubtful else 1.0
        scene.refer(k, (known.id,), "name", confidence, "name/person")
        _aside(scene, k, known.id)


def _join_body(scene: Scene, known: Known) -> None:
    """The party or group that the text tells of somebody who holds no office of a state."""
    draft = scene.drafts[known.id]
    if draft.offices or draft.sector in ("IGO", "MIL"):
        return
    body = next((b for k in sorted(set(known.phrases)) if (b := told_body(scene, k)) is not None), None)
    if body is not None:
        draft.party = body
        draft.sector = scene.drafts[body].sector or draft.sector
        draft.country = draft.country or scene.drafts[body].country


def _aside(scene: Scene, k: int, actor: str) -> None:
    """An apposition names the same person: both refer to it."""
    phrase = scene.phrases[k]
    for near in (phrase.beside, k + 1):
        if near is None or not 0 <= near < len(scene.phrases):
            continue
        other = scene.phrases[near]
        if other.form == "title" and (near == phrase.beside or other.beside == k):
            scene.refer(near, (actor,), "title", 0.9, "apposition")
