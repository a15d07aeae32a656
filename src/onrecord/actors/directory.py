"""What is known of actors beforehand: names and dated roles, the package's with a user's laid over them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from onrecord.actors.gazetteer import Gazetteer
from onrecord.actors.own import OwnActors
from onrecord.actors.roster import Roster


@dataclass(frozen=True, slots=True)
class Directory:
    """The names to find in a text, and who held which office when."""

    gazetteer: Gazetteer
    roster: Roster


@lru_cache(maxsize=4)
def directory(own: OwnActors | None = None) -> Directory:
    """The package's knowledge, with a user's file laid over it where one is given."""
    if own is None:
        return Directory(Gazetteer.load(), Roster.load())
    return Directory(Gazetteer(own), Roster.load().with_own(own))
