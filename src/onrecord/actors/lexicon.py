"""The lexicon of titles and nouns (data/actors/roles.toml), read once."""

from __future__ import annotations

from functools import cache
from typing import Any

from onrecord.actors.names import words
from onrecord.knowledge import read_toml
from onrecord.record import ActorKind

INDEFINITE = words("a an another some any no one several many few other each every")
STATE_SECTORS = frozenset(["GOV", "MIL", "LEG", "JUD", "SPY", "COP"])
KIND_OF_SECTOR: dict[str, ActorKind] = {
    "REB": "armed-group",
    "CVL": "people",
    "JRN": "organisation",
    "BUS": "organisation",
    "NGO": "organisation",
    "PTY": "organisation",
    "OPP": "organisation",
}


@cache
def roles() -> dict[str, Any]:
    """The whole lexicon."""
    return read_toml("actors", "roles.toml")


def rules_for(title: str) -> list[dict[str, Any]]:
    """The rules that say which offices a title can name, and in which states."""
    return [rule for rule in roles()["office"] if title in rule["words"]]


@cache
def led_by_head_of_state() -> frozenset[str]:
    """States whose 'leader' is the head of state although the law does not say so."""
    return frozenset(roles()["leader"]["head_of_state"])


def anaphors() -> dict[str, list[str]]:
    """Noun → kinds of actor that it takes up: 'the group', 'the bloc'."""
    table: dict[str, list[str]] = roles()["anaphors"]
    return table


def pairs() -> dict[str, list[str]]:
    """Nouns that with 'two' or 'both' take up the last two people, or sides."""
    table: dict[str, list[str]] = roles()["pairs"]
    return table


@cache
def organ_words() -> dict[str, ActorKind]:
    """Words that make a name an organisation's, with its kind."""
    return {w: kind for kind, words in roles()["organ_words"].items() for w in words}


@cache
def not_actors() -> frozenset[str]:
    """Capitalised words that name nobody."""
    return frozenset(roles()["not_actors"]["words"])


@cache
def speech_verbs() -> frozenset[str]:
    """Verbs whose subject is the source of the words quoted beside them."""
    return frozenset(roles()["speech"]["verbs"])
