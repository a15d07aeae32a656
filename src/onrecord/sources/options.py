"""How inputs are read: one object of options for every reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """How to read.

    ``published`` is the day of documents that give none; ``meta`` a JSON Lines file of facts about text
    files, by their stem; ``warn`` is called with a sentence for what a user should know.
    """

    published: str | None = None
    meta: Path | None = None
    warn: Callable[[str], None] = field(default=lambda message: None)


DEFAULT = Options()
