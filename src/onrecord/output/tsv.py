"""Tab-separated lines without quoting, as the field's data sets are written."""

from __future__ import annotations

import re
from collections.abc import Iterable

_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def line(cells: Iterable[str | int | float | None]) -> bytes:
    """The cells as one line of UTF-8; None is an empty cell."""
    return ("\t".join(cell(c) for c in cells) + "\n").encode()


def cell(value: str | int | float | None) -> str:
    """The value with tabs, line ends and control characters as single spaces, since nothing is quoted."""
    return "" if value is None else _BREAKS.sub(" ", str(value)).strip()


def joined(values: Iterable[str | None]) -> str:
    """Several values in one cell, parted by ';'; a ';' of their own becomes a comma, None is left out."""
    return ";".join(value.replace(";", ",") for value in values if value)
