"""Answers about people and offices: a table for people, JSON for programs."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from rich.table import Table

from onrecord.actors.answers import Answer
from onrecord.output.style import Style, one_line

_STANDING = {"held": "in office", "assumed": "assumed", "past": "was", "future": "not yet", "any": ""}


def as_table(answers: Sequence[Answer], style: Style) -> str:
    """The answers as a table, a line each; 'assumed' stands where the day lies after all that is known."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for column in ("name", "of", "office", "from", "to", "", "sure", "source"):
        table.add_column(column)
    for a in answers:
        end = a.end or (f"known to {a.as_of}" if a.as_of else "–")
        table.add_row(
            one_line(a.name),
            one_line(a.of or a.country),
            one_line(a.title),
            a.start or "–",
            end,
            _STANDING[a.standing],
            f"{a.confidence:.2f}",
            one_line(a.source + (f", {a.wikidata}" if a.wikidata else "")),
        )
    return style.render(table)


def as_json(answers: Sequence[Answer]) -> str:
    """The answers as an indented JSON array."""
    return msgspec.json.format(msgspec.json.encode(answers, order="deterministic"), indent=2).decode() + "\n"
