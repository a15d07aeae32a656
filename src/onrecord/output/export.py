"""Records into a file or folder of any format, whole or not at all."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import UsageError
from onrecord.output import Folder, exports
from onrecord.output.done import CLAIMS, done_only, no_claims
from onrecord.output.files import new_folder, replacing
from onrecord.output.once import COPIES, TELLINGS, Place, grouping, once
from onrecord.output.style import Style
from onrecord.record import Record


@dataclass(frozen=True, slots=True)
class Choice:
    """Which entries are exported.

    ``every_status``: into a format without a status, planned and denied events too, not only those told as
    done. ``claims``: events for which somebody's statement is the only ground too. ``once``: no copies of
    reports, and each event as it was first told; what is the same, ``place`` says, else comparison.
    """

    every_status: bool = False
    claims: bool = True
    once: bool = False
    place: Place | None = None


EVERYTHING_DONE = Choice()
__all__ = ["CLAIMS", "COPIES", "TELLINGS", "Choice", "export"]


def export(
    records: Iterable[Record], name: str, out: Path | None = None, choice: Choice = EVERYTHING_DONE
) -> Mapping[str, int]:
    """Write records in the format ``name`` to ``out``: a file, or a new folder where the format is one.

    Without ``out`` it goes to standard output. Gives how many events were left out, by their status, and by
    ``CLAIMS``, ``COPIES`` and ``TELLINGS`` how many claims, reports and further tellings.
    Raises UsageError for an unknown format, a folder without ``out``, and what cannot be written.
    """
    left_out: Counter[str] = Counter()
    chosen = exports().get(name)
    if chosen is None:
        raise UsageError(f"no format {name!r}; there are {', '.join(exports())}")
    if not chosen.has_status and not choice.every_status:
        records = done_only(records, left_out)
    if not choice.claims:
        records = no_claims(records, left_out)
    if choice.once:
        records = once(records, left_out, choice.place or grouping())
    if isinstance(chosen, Folder):
        if out is None:
            raise UsageError(f"{name} is a folder of files: say where, with -o OUT")
        with new_folder(out) as folder:
            chosen.write(records, folder)
    elif out is None:
        chosen.write(records, sys.stdout.buffer, Style())
        sys.stdout.buffer.flush()
    else:
        with replacing(out) as stream:
            chosen.write(records, stream, Style())
    return dict(sorted(left_out.items()))
