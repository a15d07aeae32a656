"""CAMEO dyads: source, target and event code, the form of KEDS, TABARI and PETRARCH files.

Columns by our choice (those programs agree on date, source, target and code alone): tab-separated with a
header, no quoting. Codes are those of the CAMEO codebook 1.1b3; '---' is what has no code, as in TABARI.
Quad classes are GDELT's, by the CAMEO root; the Goldstein scale is that of ``data/crosswalks``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from onrecord.output.codes import cameo_actor
from onrecord.output.pairs import CANNOT_HOLD as PAIRS_CANNOT_HOLD
from onrecord.output.pairs import Pair, day_of, write_pairs
from onrecord.output.style import Style
from onrecord.record import Actor, Record

COLUMNS = (
    "date",
    "source",
    "target",
    "cameo",
    "root",
    "quad",
    "goldstein",
    "report",
    "event",
    "sentence",
)
CANNOT_HOLD = (
    *PAIRS_CANNOT_HOLD,
    "status: planned, threatened and denied events look like those that happened",
    "who an actor is beyond country and role: two ministers of one state have one code",
    "places",
)


def write(records: Iterable[Record], out: BinaryIO, style: Style) -> None:
    """A line for each pair of each event, as records come."""
    write_pairs(records, out, _row, COLUMNS)


def _row(pair: Pair) -> tuple[str | int | float | None, ...]:
    return (
        day_of(pair.record, pair.event),
        _code(pair.actor),
        _code(pair.recipient),
        pair.cameo or "---",
        pair.root,
        pair.quad,
        pair.goldstein,
        pair.record.document.id,
        pair.event.id,
        pair.event.sentence.text,
    )


def _code(actor: Actor | None) -> str:
    return (cameo_actor(actor) if actor else "") or "---"
