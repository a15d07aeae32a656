"""People by name: which mentions are of one person, and who that is on the day."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.actors.entities import choose
from onrecord.actors.gazetteer import given_names
from onrecord.actors.lexicon import organ_words, roles, speech_verbs
from onrecord.actors.mentions import PARTICLES, Item, Phrase
from onrecord.actors.names import fold, skeleton, slug, words
from onrecord.actors.roster import Person, distance
from onrecord.actors.scene import Draft, Scene
from onrecord.record import ActorKind


@dataclass(slots=True)
class Hints:
    """What the words beside a name say of a person: countries, the side, title words, sector, gender."""

    countries: dict[str, None] = field(default_factory=dict)
    party: str = ""
    titles: dict[str, None] = field(default_factory=dict)
    sector: str = ""
    gender: str = ""
    past: bool = False


@dataclass(slots=True)
class Known:
    """A person of the document: the spellings of the name, the phrases, what is said of him or her."""

    words: list[str]
    name: str
    phrases: list[int] = field(default_factory=list)
    hints: Hints = field(default_factory=Hints)
    id: str = ""


def resolve_people(scene: Scene) -> None:
    """Identify every phrase that holds a name."""
    scene.speech = speech_verbs()
    people: list[Known] = []
    singles: list[int] = []
    for k, phrase in enumerate(scene.phrases):
        if phrase.name is None:
            continue
        name = _name(scene, phrase.name)
        kind = _classify(scene, phrase, name)
        if kind == "person":
            if len(_words(name)) > 1:
                _join(people, k, name)
            else:
                singles.append(k)
        elif kind != "unknown":
            _other(scene, k, name, kind)
        elif len(_words(name)) == 1:
            singles.append(k)
    for known in people:
        for k in known.phrases:
            _hints(scene, k, known.hints)
        _identify(scene, known)
        for k in known.phrases:
            scene.refer(k, (known.id,), "name", 0.95, "name/person")
    for k in singles:
        _single(scene, people, k)
    for known in people:
        for k in known.phrases:
            _late_owner(scene, k, known)
        _write(scene, known)


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


def _words(name: str) -> list[str]:
    return fold(name).split()


def _name(scene: Scene, item: Item) -> str:
    text = scene.doc[item.start : item.end].text
    return " ".join(text.replace("’", "'").split())


def _classify(scene: Scene, phrase: Phrase, name: str) -> ActorKind:
    """Whether a name is a person's, an organisation's or a place's; 'unknown' where nothing tells."""
    doc, item = scene.doc, phrase.name
    assert item is not None
    tokens = doc[item.start : item.end]
    words = [t.lower_ for t in tokens]
    kind = organ_words().get(words[-1]) or (organ_words().get(words[0]) if len(words) > 1 else None)
    if kind is None and "of" in words:
        kind = organ_words().get(words[words.index("of") - 1])
    if phrase.form == "named":
        return "person" if kind is None or len(words) < 3 else kind
    if kind is not None and len(words) > 1:
        return kind
    labels = [t.ent_type_ for t in tokens]
    given = words[0] in given_names()
    folded = _words(name)
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
                if _speaks(scene, phrase) and len(words) in (2, 3) and not phrase_the(doc, phrase)
                else "organisation"
            )
        return "person" if _speaks(scene, phrase) and 1 < len(words) < 5 else "unknown"
    if name.isupper() and 1 < len(name) < 7:
        return "organisation" if "ORG" in labels or _is_agent(scene, phrase) else "unknown"
    if labels[0] == "PERSON":
        return "person"
    return "unknown"


def phrase_the(doc: object, phrase: Phrase) -> bool:
    return phrase.items[0].letter == "d"


def _is_agent(scene: Scene, phrase: Phrase) -> bool:
    return scene.doc[phrase.head].dep_ in ("nsubj", "nsubjpass", "poss", "pobj", "dobj", "conj", "appos")


def _speaks(scene: Scene, phrase: Phrase) -> bool:
    token = scene.doc[phrase.head]
    return token.dep_ == "nsubj" and token.head.lemma_ in scene.speech


def _join(people: list[Known], k: int, name: str) -> None:
    """Put a full name to the person it can be, else to a new one."""
    words = _words(name)
    for known in people:
        if _same(known.words, words):
            known.phrases.append(k)
            if len(words) > len(known.words):
                known.words, known.name = words, name
            return
    people.append(Known(words, name, [k]))


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


def title_hints(scene: Scene, phrase: Phrase, hints: Hints) -> None:
    """What the items of a titled phrase say of the person: whose, what office, which gender."""
    before = True
    for item in phrase.items:
        if item is phrase.name:
            continue
        text = scene.doc[item.start : item.end].text.lower()
        if item.letter in "sncop":
            entry = choose(scene, item)
            posted = not before and any(t in hints.titles for t in ("ambassador", "envoy", "special envoy"))
            if posted:
                continue
            if entry.country and entry.party in ("", entry.country):
                hints.countries[entry.country] = None
            elif entry.party:
                if hints.countries and entry.actor in ("organisation", "bloc") and not entry.country:
                    continue  # 'Britain's U.N. ambassador'
                if entry.kind == "organisation":
                    scene.from_entry(entry)
                hints.party = hints.party or entry.party
                if entry.country:
                    hints.countries[entry.country] = None
        elif item.letter == "h":
            hints.gender = hints.gender or item.entries[0].gender.replace("a", "")
            if len(text) > 4:
                hints.titles[text] = None
        elif item.letter == "t":
            entry = item.entries[0]
            hints.titles[text] = None
            hints.sector = hints.sector or entry.sector
            if text.endswith("woman"):
                hints.gender = "f"
            elif text.endswith("man") or text == "king":
                hints.gender = "m"
        elif item.letter == "f":
            before = False
        elif item.letter == "a" and text in ("former", "ex", "late", "then", "ousted", "onetime"):
            hints.past = True
    if phrase.owner is not None:
        owner = scene.found.get(phrase.owner)
        if owner is not None and len(owner.ids) == 1:
            draft = scene.drafts[owner.ids[0]]
            hints.party = hints.party or ("" if draft.party == draft.country else draft.party or "")
            if draft.country:
                hints.countries.setdefault(draft.country)


def after_country(scene: Scene, k: int) -> str | None:
    """The state in a complement: 'King Hassan of Morocco', 'rebels in the Ivory Coast'."""
    if k + 1 >= len(scene.phrases):
        return None
    phrase, following = scene.phrases[k], scene.phrases[k + 1]
    gap = [t.lower_ for t in scene.doc[phrase.end : following.start]]
    if not gap or gap[0] not in _WITHIN or len(gap) > 2 or following.form != "entity":
        return None
    entry = choose(scene, following.items[-1])
    return entry.country or None if entry.kind in ("state", "seat", "place") else None


_WITHIN = words("of in from throughout across inside at within")


def _identify(scene: Scene, known: Known) -> None:
    """Give a person an id: the roster's, else the name's own."""
    person = _from_roster(scene, known)
    name = person.name if person else known.name
    known.id = scene.person_id(person) if person else scene.new_id(name, f"person-{known.phrases[0]}")
    if person is not None:
        _draft_roster(scene, known, person)
    else:
        _draft_unknown(scene, known)


def _from_roster(scene: Scene, known: Known) -> Person | None:
    countries = known.hints.countries
    people = tuple(p for p in scene.roster.who(known.name, scene.on) if _trusted(scene, known, p))
    if countries:
        people = tuple(p for p in people if any(r.country in countries for r in p.roles)) or (
            people if len(known.words) > 1 and not known.hints.party else ()
        )
    if len(known.words) > 1:
        return people[0] if people else None
    fitting = tuple(p for p in people if fits(p, known.hints.titles))
    if fitting and fitting[0].weight > 0:
        return fitting[0]
    if known.hints.titles and offices_of(known.hints.titles):  # 'President Reagan' in a later text
        return min(fitting, key=lambda p: (distance(p.role, scene.on), p.name), default=None)
    return None


def _trusted(scene: Scene, known: Known, person: Person) -> bool:
    """Whether a roster's person is meant: a minor one under a shortened name only in a text on that country."""
    if person.role.office != "other" and person.weight > 0 or len(known.words) == 1:
        return True
    names = [_words(n) for r in person.roles for n in r.names]
    return known.words in names or person.role.country in {*known.hints.countries, *scene.countries}


def fits(person: Person, titles: dict[str, None]) -> bool:
    """Whether the roster gives a person an office that one of the titles names; any does where none is told."""
    rules = offices_of(titles)
    if not rules:
        words = [t for t in titles if len(t) > 4]
        return not words or any(t in r.title.lower() or t == "leader" for t in words for r in person.roles)
    for role in person.roles:
        for office in rules:
            if office == "leader" and role.office in ("head-of-state", "head-of-government"):
                return True
            if office == role.office or (office.startswith("title:") and office[6:] in role.title.lower()):
                return True
    return False


def offices_of(titles: dict[str, None]) -> list[str]:
    """The offices that title words can name, as roles.toml writes them."""
    table = roles()["office"]
    return [o for rule in table for o in rule["office"] if any(t in rule["words"] for t in titles)]


def _draft_roster(scene: Scene, known: Known, person: Person) -> None:
    role = person.role
    held = person.weight > 0
    party = role.country
    if role.country in ("UNO", "EUR", "IGO", "IMG"):
        party = {"UNO": "united-nations", "EUR": "european-union"}.get(role.country, slug(role.entity))
    elif role.sector in ("REB", "PRM", "OPP", "PTY") and role.entity:
        party = slug(role.entity)
    country = (
        role.country if len(role.country) == 3 and role.country not in ("UNO", "EUR", "IGO", "IMG") else None
    )
    scene.add(
        Draft(
            known.id,
            _display(known, person),
            "person",
            country,
            role.sector if country else "IGO",
            role.title.split(" / ")[0].lower() if held else None,
            party,
            person.wikidata or None,
            offices=tuple(dict.fromkeys(r.office for r in person.roles if r.weight(scene.on) > 0)),
        )
    )
    for r in person.roles:
        if r.weight(scene.on) > 0:
            for title in r.title.lower().split(" / "):
                scene.drafts[known.id].nouns[title] = None


def _display(known: Known, person: Person) -> str:
    """The name as the text gives it at its fullest; where it gives a surname only, the roster's in that spelling."""
    if len(known.words) > 1:
        return known.name
    names = (person.name, *(a for r in person.roles for a in r.aliases))
    return next((n for n in names if known.words[0] in _words(n) and len(_words(n)) < 4), person.name)


def _draft_unknown(scene: Scene, known: Known) -> None:
    hints = known.hints
    country = next(iter(hints.countries), None)
    scene.add(
        Draft(
            known.id,
            known.name,
            "person",
            country,
            side_sector(scene, hints, country),
            next((t for t in hints.titles), None),
            hints.party or (country if hints.sector in ("GOV", "MIL", "LEG", "JUD", "SPY", "COP") else None),
        )
    )


def side_sector(scene: Scene, hints: Hints, country: str | None) -> str | None:
    """The sector of a person or group: of the organisation, where it belongs to no state; else the noun's."""
    side = scene.drafts.get(hints.party)
    if side is not None and country is None and side.sector:
        return side.sector
    if side is not None and side.kind == "armed-group":
        return side.sector
    return hints.sector or None


def _single(scene: Scene, people: list[Known], k: int) -> None:
    """A surname or given name alone: of a person already named, else by the roster, else a person of its own."""
    phrase = scene.phrases[k]
    assert phrase.name is not None
    name = _name(scene, phrase.name)
    word = _words(name)[0] if _words(name) else ""
    matches = [p for p in people if word and word in (p.words[-1], skeletonless(p.words, word))]
    if not matches:
        matches = [p for p in people if word == p.words[0] and len(p.words) < 4 and len(word) > 1]
    if not matches and phrase.form == "named":
        matches = [p for p in people if word in p.words]
    if not matches:
        matches = [p for p in people if skeleton(word) == skeleton(p.words[-1])]
    if matches and word not in [w for p in matches for w in p.words[-1:]] and phrase.form == "named":
        titled = Known([word], name, [k])
        _hints(scene, k, titled.hints)
        if _from_roster(scene, titled) is not None:
            matches = []  # 'President Obama' is not the 'Obama Smith' named before
    if matches:
        hints = Hints()
        title_hints(scene, phrase, hints)
        fit = [
            p
            for p in matches
            if not hints.gender or not _gender(scene, p) or _gender(scene, p) == hints.gender
        ]
        best = _nearest(fit or matches, k)
        best.phrases.append(k)
        _merge(best.hints, hints)
        return
    label = scene.doc[phrase.head].ent_type_
    hints = Hints()
    known = Known([word], name, [k], hints)
    _hints(scene, k, hints)
    likely = phrase.form == "named" or label == "PERSON" or _speaks(scene, phrase)
    person = _from_roster(scene, known) if word and len(word) > 1 else None
    if person is not None and (likely or (_is_agent(scene, phrase) and _leading(person))):
        known.id = scene.person_id(person)
        _draft_roster(scene, known, person)
        known.words = [*_words(person.name)]
        people.append(known)
        return
    if likely:
        known.id = scene.new_id(name, f"person-{k}")
        _draft_unknown(scene, known)
        people.append(known)
    elif label in ("ORG",) and scene.doc[phrase.head].dep_ in ("nsubj", "poss"):
        _other(scene, k, name, "organisation")


def skeletonless(words: list[str], word: str) -> str:
    """The last two words as one where a mention writes 'al Assad' as 'Assad'."""
    return words[-1] if words[-1].endswith(word) and words[-1][: -len(word)] in ("al", "el") else ""


def _leading(person: Person) -> bool:
    return person.weight > 0 and person.role.office in (
        "head-of-state",
        "head-of-government",
        "foreign-minister",
    )


def _nearest(matches: list[Known], k: int) -> Known:
    """The person named last before the phrase, else the first named after it."""

    def key(p: Known) -> tuple[int, int]:
        before = [i for i in p.phrases if i < k]
        return (0, -max(before)) if before else (1, min(p.phrases, default=0))

    return min(matches, key=key)


def _merge(into: Hints, more: Hints) -> None:
    into.titles.update(more.titles)
    into.countries.update(more.countries)
    into.gender = into.gender or more.gender
    into.party = into.party or more.party
    into.sector = into.sector or more.sector


def _gender(scene: Scene, known: Known) -> str:
    return known.hints.gender or next((g for w in known.words[:2] if (g := given_names().get(w, ""))), "")


def _write(scene: Scene, known: Known) -> None:
    """References for every phrase of a person, and what the document has told of him or her since."""
    draft = scene.drafts[known.id]
    hints = known.hints
    draft.gender = draft.gender or _gender(scene, known)
    draft.nouns.update(hints.titles)
    if draft.country is None and hints.countries and not draft.party:
        draft.country = next(iter(hints.countries))
        draft.party = draft.country
    if draft.role is None and hints.titles and not hints.past:
        draft.role = next(iter(hints.titles))
        draft.sector = draft.sector or hints.sector or None
    for k in sorted(set(known.phrases)):
        phrase = scene.phrases[k]
        scene.refer(k, (known.id,), "name", 0.95 if len(phrase.items) > 1 else 0.9, "name/person")
        _aside(scene, k, known.id)


def _aside(scene: Scene, k: int, actor: str) -> None:
    """An apposition names the same person: both refer to it."""
    phrase = scene.phrases[k]
    for near in (phrase.beside, k + 1):
        if near is None or not 0 <= near < len(scene.phrases):
            continue
        other = scene.phrases[near]
        if other.form == "title" and (near == phrase.beside or other.beside == k):
            scene.refer(near, (actor,), "title", 0.9, "apposition")


def _other(scene: Scene, k: int, name: str, kind: ActorKind) -> None:
    """An organisation or place by a name that is not in the gazetteer; its country from the words before it."""
    phrase = scene.phrases[k]
    country = None
    for item in phrase.items:
        if item.letter in "sncp":
            country = choose(scene, item).country or None
    text = name.removeprefix("The ").removeprefix("the ")
    identity = scene.new_id(text, f"organisation-{k}")
    party = country if kind == "government" and country else identity
    sector = {"government": "GOV", "armed-group": "REB"}.get(kind)
    scene.add(Draft(identity, text, kind, country, sector, party=party))
    scene.refer(k, (identity,), "name", 0.6, f"name/{kind}")
