"""Where the records of a dossier stand among each other, as it has grouped them."""

from __future__ import annotations

import sqlite3

from onrecord.output.once import Place, Places
from onrecord.record import Record


def places(connection: sqlite3.Connection) -> Place:
    """Places the records of a dossier that is open, as people's reviews have them too.

    Of an event that a person added it says nothing: it stands by itself. Raises sqlite3.Error.
    """

    def place(record: Record) -> Places:
        found = connection.execute(
            "SELECT n, copy_of FROM report WHERE id = ?", (record.document.id,)
        ).fetchone()
        if found is None:
            return Places(copy=False)
        n, copy_of = found
        events = connection.execute(
            "SELECT local, event FROM telling WHERE report = ? AND local IS NOT NULL", (n,)
        )
        issues = connection.execute("SELECT local, issue FROM issue_in WHERE report = ?", (n,))
        return Places(copy_of is not None, dict(map(tuple, events)), dict(map(tuple, issues)))

    return place
