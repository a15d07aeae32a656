"""What is known of a document while its people are being identified: the workbench of the resolver."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc

from onrecord.actors.cast import Cast, Reference
from onrecord.actors.gazetteer import Entry, Gazetteer
from onrecord.actors.mentions import Phrase
from onrecord.actors.names import fold, slug
from onrecord.actors.roster import Person, Role, Roster
from onrecord.record import Actor, ActorKind, Mention, MentionBy, Warning
from onrecord.text.parse import Parse


@dataclass(slots=True)
class Draft:
    """An actor in the making. ``nouns`` are the title words that the text has used for it; ``sure``, 0 to 1,
    tells how sure it is that the names mean this actor in this role."""

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    party: str | None = None
    wikidata: str | None = None
    gender: str = ""
    sure: float = 1.0
    plural: bool = False
    offices: tuple[str, ...] = ()
    nouns: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """A reference by token indices."""

    start: int
    end: int
    head: int
    ids: tuple[str, ...]
    by: MentionBy
    confidence: float
    because: str


@dataclass(slots=True)
class _First:
    """The first draft of each key. Drafts only become more: the new ones are read when it is asked."""

    keys: Callable[[Draft], Iterable[str]]
    known: dict[str, Draft] = field(default_factory=dict)
    read: int = 0

    def of(self, key: str, drafts: list[Draft]) -> Draft | None:
        for draft in drafts[self.read :]:
            for one in self.keys(draft):
                self.known.setdefault(one, draft)
        self.read = len(drafts)
        return self.known.get(key)


@dataclass(slots=True)
class Scene:
    """One document: its parse and knowledge; the phrases; the drafts; what each phrase was found to be."""

    parse: Parse
    gazetteer: Gazetteer
    roster: Roster
    phrases: list[Phrase]
    drafts: dict[str, Draft] = field(default_factory=dict)
    found: dict[int, Found] = field(default_factory=dict)  # by index of the phrase
    pronouns: list[Found] = field(default_factory=list)
    countries: Counter[str] = field(default_factory=Counter)
    speech: frozenset[str] = frozenset()
    warnings: dict[Warning, None] = field(default_factory=dict)
    ambiguous: dict[str, None] = field(default_factory=dict)  # names of which that was said
    _entered: list[Draft] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _words_from: dict[int, list[Found]] = field(default_factory=dict)
    _words_headed: dict[int, list[Found]] = field(default_factory=dict)
    _by_wikidata: _First = field(default_factory=lambda: _First(lambda d: (d.wikidata or "",)))
    _by_ending: _First = field(default_factory=lambda: _First(lambda d: _endings(d.id)))
    _by_last_word: _First = field(default_factory=lambda: _First(_last_words))

    def __post_init__(self) -> None:
        self._starts = [phrase.start for phrase in self.phrases]

    @property
    def doc(self) -> Doc:
        """The parsed text."""
        return self.parse.doc

    @property
    def on(self) -> str | None:
        """The day of the document."""
        return self.parse.document.published

    @property
    def home(self) -> str | None:
        """The country that the document names most, of equals the first; None where it names none."""
        return max(self.countries, key=lambda c: self.countries[c]) if self.countries else None

    def state(self, code: str) -> Draft:
        """The actor for a state."""
        if code not in self.drafts:
            state = self.gazetteer.states.get(code)
            name = state.name if state else code
            self.add(Draft(code, name, "state", code, "GOV", party=code))
        return self.drafts[code]

    def from_entry(self, entry: Entry) -> Draft:
        """The actor for an organ or organisation of the gazetteer."""
        if entry.id not in self.drafts:
            self.add(Draft(
                entry.id, entry.name, entry.actor, entry.country or None, entry.sector or None,
                party=entry.party or entry.country or entry.id, plural=entry.actor == "armed-group",
            ))  # fmt: skip
        return self.drafts[entry.id]

    def add(self, draft: Draft) -> Draft:
        """The draft under its id; an earlier one of the same id stays."""
        if draft.id not in self.drafts:
            self.drafts[draft.id] = draft
            self._entered.append(draft)
        return self.drafts[draft.id]

    def ending_in(self, slug: str) -> Draft | None:
        """The first draft whose id is a slug or ends in it, as a surname ends a name."""
        return self._by_ending.of(slug, self._entered)

    def body_called(self, word: str) -> Draft | None:
        """The first body (no person, no state) whose name has several words, this one the last."""
        return self._by_last_word.of(word, self._entered)

    def found_at(self, token: int) -> Found | None:
        """What the phrase refers to in which a token lies."""
        found = self.found.get(bisect_right(self._starts, token) - 1)
        return found if found is not None and found.start <= token < found.end else None

    def refer_word(self, found: Found) -> None:
        """Set what a word outside the phrases refers to."""
        self.pronouns.append(found)
        self._words_from.setdefault(found.start, []).append(found)
        self._words_headed.setdefault(found.head, []).append(found)

    def words_from(self, token: int) -> list[Found]:
        """The words outside the phrases that begin with a token."""
        return self._words_from.get(token, [])

    def words_headed(self, token: int) -> list[Found]:
        """The words outside the phrases of which a token is the head."""
        return self._words_headed.get(token, [])

    def new_id(self, name: str, fallback: str) -> str:
        """A name as an id; the fallback where it has no letters for one."""
        return slug(name) or fallback

    def person_id(self, person: Person | Role) -> str:
        """The id of somebody of the roster, the same for all the names that the roster has for one person."""
        known = self._by_wikidata.of(person.wikidata, self._entered) if person.wikidata else None
        if known is not None:
            return known.id
        return self.new_id(person.name, "person")

    def warn_of(self, role: Role) -> None:
        """Say once that an office is assumed to be held still on the day of the document."""
        if not self.assumes(role):
            return
        of = role.entity or role.country
        message = (
            f"{role.name}: known as {role.title} ({of}) up to {role.as_of}, and assumed to be so still on "
            f"{self.on}; newer knowledge goes into a file for --actors"
        )
        self.warn(Warning(code="role-last-known", message=message))

    def warn(self, warning: Warning) -> None:
        """Keep a warning, once."""
        self.warnings.setdefault(warning)

    def assumes(self, role: Role) -> bool:
        """Whether the day of the document lies after the day up to which the role is known."""
        return self.on is not None and role.timing(self.on) == "assumed"

    def refer(
        self,
        k: int,
        ids: tuple[str, ...],
        by: MentionBy,
        confidence: float,
        because: str,
        start: int | None = None,
    ) -> None:
        """Set what the phrase with this index refers to."""
        phrase = self.phrases[k]
        begin = phrase.start if start is None else start
        self.found[k] = Found(begin, phrase.end, phrase.head, ids, by, confidence, because)

    def cast(self) -> Cast:
        """The finished cast: references in order without overlaps, actors in order of first mention."""
        doc = self.doc
        references: list[Reference] = []
        sure: dict[str, float] = {}
        mentions: dict[str, list[Mention]] = {}
        end = 0
        for f in sorted([*self.found.values(), *self.pronouns], key=lambda f: (f.start, -f.end)):
            start, stop = doc[f.start].idx, doc[f.end - 1].idx + len(doc[f.end - 1])
            if start < end or not f.ids:
                continue
            end = stop
            confidence = round(f.confidence * min(self.drafts[i].sure for i in f.ids), 3)
            references.append(Reference(start, stop, f.head, f.ids, f.by, confidence, f.because))
            span = self.parse.span(start, stop)
            mention = Mention(start=span.start, end=span.end, text=span.text, by=f.by)
            for actor in f.ids:
                mentions.setdefault(actor, []).append(mention)
                sure[actor] = max(sure.get(actor, 0.0), confidence)
        actors = tuple(_actor(self.drafts[i], tuple(m), sure[i]) for i, m in mentions.items())
        return Cast(actors, tuple(references), tuple(self.warnings))


def _actor(draft: Draft, mentions: tuple[Mention, ...], confidence: float) -> Actor:
    return Actor(
        id=draft.id,
        name=draft.name,
        kind=draft.kind,
        country=draft.country,
        sector=draft.sector,
        role=draft.role,
        party=draft.party,
        wikidata=draft.wikidata,
        confidence=confidence,
        mentions=mentions,
    )


def _endings(identity: str) -> list[str]:
    """An id, and what follows each of its hyphens."""
    return [identity, *(identity[i + 1 :] for i, letter in enumerate(identity) if letter == "-")]


def _last_words(draft: Draft) -> list[str]:
    body = draft.kind in ("organisation", "government", "bloc", "armed-group")
    return fold(draft.name).split()[1:][-1:] if body else []
