"""Own texts in which every expression for an actor is marked: ``[[expression|id]]``.

Several ids are joined by commas; ``?`` marks an expression that is not scored (an unnamed or vague one).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from onrecord.record import Document

FOLDER = Path(__file__).parent / "marked"
_MARK = re.compile(r"\[\[([^|\]]+)\|([^\]]+)\]\]")
PRONOUNS = frozenset(
    ["he", "him", "his", "she", "her", "it", "its", "they", "them", "their", "who", "himself", "herself"]
)


@dataclass(frozen=True)
class Mark:
    """An expression that refers to actors: offsets into the document's text, the actors' ids."""

    start: int
    end: int
    text: str
    actors: tuple[str, ...]

    @property
    def is_pronoun(self) -> bool:
        """Whether the expression is a pronoun."""
        return self.text.lower() in PRONOUNS


def read(path: Path) -> tuple[Document, tuple[Mark, ...]]:
    """A marked text as a document, and its scored marks."""
    head, _, body = path.read_text("utf-8").partition("\n")
    parts: list[str] = []
    marks: list[Mark] = []
    at = length = 0
    for match in _MARK.finditer(body):
        before = body[at : match.start()]
        start = length + len(before)
        parts += [before, match.group(1)]
        length = start + len(match.group(1))
        at = match.end()
        if match.group(2) != "?":
            marks.append(Mark(start, length, match.group(1), tuple(match.group(2).split(","))))
    parts.append(body[at:])
    document = Document(
        id=path.stem, text="".join(parts), published=head.removeprefix("# published: ").strip()
    )
    return document, tuple(marks)


def texts() -> list[Path]:
    """The marked texts in order."""
    return sorted(FOLDER.glob("*.txt"))
