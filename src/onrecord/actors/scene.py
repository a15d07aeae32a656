"""What is known of a document while its people are being identified: the workbench of the resolver."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from spacy.tokens import Doc

from onrecord.actors.cast import Cast, Reference
from onrecord.actors.gazetteer import Entry, Gazetteer
from onrecord.actors.mentions import Phrase
from onrecord.actors.names import slug
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
    warnings: list[Warning] = field(default_factory=list)

    @property
    def doc(self) -> Doc:
        """The parsed text."""
        return self.parse.doc

    @property
    def on(self) -> str | None:
        """The day of the document."""
        return self.parse.document.published

    def state(self, code: str) -> Draft:
        """The actor for a state."""
        if code not in self.drafts:
            state = self.gazetteer.states.get(code)
            name = state.name if state else code
            self.drafts[code] = Draft(code, name, "state", code, "GOV", party=code)
        return self.drafts[code]

    def from_entry(self, entry: Entry) -> Draft:
        """The actor for an organ or organisation of the gazetteer."""
        if entry.id not in self.drafts:
            self.drafts[entry.id] = Draft(
                entry.id, entry.name, entry.actor, entry.country or None, entry.sector or None,
                party=entry.party or entry.country or entry.id, plural=entry.actor == "armed-group",
            )  # fmt: skip
        return self.drafts[entry.id]

    def add(self, draft: Draft) -> Draft:
        """The draft under its id; an earlier one of the same id stays."""
        return self.drafts.setdefault(draft.id, draft)

    def new_id(self, name: str, fallback: str) -> str:
        """A name as an id; the fallback where it has no letters for one."""
        return slug(name) or fallback

    def person_id(self, person: Person | Role) -> str:
        """The id of somebody of the roster, the same for all the names that the roster has for one person."""
        if person.wikidata:
            for draft in self.drafts.values():
                if draft.wikidata == person.wikidata:
                    return draft.id
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
        if warning not in self.warnings:
            self.warnings.append(warning)

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
