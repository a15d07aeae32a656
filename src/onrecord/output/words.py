"""The words in which output for people gives the values of a record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.actors.names import slug
from onrecord.knowledge import read_csv
from onrecord.output.style import one_line
from onrecord.record import Actor, Date, Record


@dataclass(frozen=True)
class Names:
    """Names of the actors of one record by id; the code of a state and the id of an organisation that are no
    actors in it give their names all the same.
    """

    actors: Mapping[str, Actor]

    @classmethod
    def of(cls, record: Record) -> Names:
        """The names in a record."""
        return cls({actor.id: actor for actor in record.actors})

    def name(self, actor_id: str | None) -> str:
        """The actor's name, '–' where nobody is identified."""
        if actor_id is None:
            return "–"
        actor = self.actors.get(actor_id)
        return one_line(actor.name if actor else _organisations().get(actor_id) or state_name(actor_id))

    def side(self, actor_id: str) -> str:
        """The name of a party to the talks; of a parliament with its state."""
        actor = self.actors.get(actor_id)
        name = self.name(actor_id)
        if actor is None or actor.sector != "LEG" or actor.country is None:
            return name
        return f"{name} ({one_line(state_name(actor.country))})"

    def names(self, ids: Iterable[str]) -> str:
        """The names of several actors, '–' for none."""
        return ", ".join(self.name(i) for i in ids) or "–"

    def with_party(self, actor_id: str | None) -> str:
        """The actor's name, and in brackets the side it speaks for where that is another word."""
        actor = self.actors.get(actor_id) if actor_id else None
        name = self.name(actor_id)
        party = actor.party or actor.country if actor else None
        return f"{name} ({one_line(party)})" if party and actor and party not in (actor.id, name) else name


def state_name(code: str) -> str:
    """The name of the state that a code means, the code itself where it means none."""
    return _states().get(code, code)


@cache
def _states() -> dict[str, str]:
    return {row["code"]: row["name"] for row in read_csv("actors", "states.csv")}


@cache
def _organisations() -> dict[str, str]:
    """Names by id; officeholders' parties may be given by an alias ('iaea')."""
    rows = list(read_csv("actors", "organisations.csv"))
    aliases = {slug(alias): row["name"] for row in rows for alias in row["aliases"].split(";") if alias}
    return aliases | {slug(row["name"]): row["name"] for row in rows}


def day(date: Date | None) -> str:
    """A date of a record in at most ten characters where it is a day, a month or a year."""
    if date is None or date.from_ is None:
        return "–"
    start, end = date.from_, date.to or date.from_
    if date.precision == "year" and start[:4] == end[:4]:
        return start[:4]
    if date.precision == "month" and start[:7] == end[:7]:
        return start[:7]
    if start == end:
        return start
    return f"{start}–{end[8:] if start[:7] == end[:7] else end[5:] if start[:4] == end[:4] else end}"
