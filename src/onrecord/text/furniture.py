"""What stands in a text and is no report."""

from __future__ import annotations

from onrecord.text.readable import Furniture


def find_furniture(text: str) -> tuple[Furniture, ...]:
    """The furniture of a readable text, in order."""
    return ()
