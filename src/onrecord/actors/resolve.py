"""Resolve the expressions of a parse to actors."""

from __future__ import annotations

from onrecord.actors.cast import Cast
from onrecord.text.parse import Parse


def find_cast(parse: Parse) -> Cast:
    """Who is in this document, by its date."""
    return Cast(actors=(), references=())
