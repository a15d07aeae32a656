"""How inputs are read: one object of options for every reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.sources.fetch_manners import Manners


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file was taken for: its name, the kind, the reason, and how many archives deep it lies."""

    name: str
    kind: str
    why: str
    depth: int


@dataclass(frozen=True)
class Options:
    """How to read.

    ``published`` is the day of documents that give none; ``meta`` a JSON Lines file of facts about text
    files, by their stem; ``fields`` names the columns of tables, ours to theirs (``{"text": "body"}``);
    ``manners`` is how URLs are fetched, None for the usual way; ``warn`` is called with a sentence for
    what a user should know, ``tell`` with what a file was taken for.
    """

    published: str | None = None
    meta: Path | None = None
    fields: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    manners: Manners | None = None
    warn: Callable[[str], None] = field(default=lambda message: None)
    tell: Callable[[Recognised], None] = field(default=lambda recognised: None)


DEFAULT = Options()
