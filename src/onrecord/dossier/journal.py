"""The journal of judgements: rows of table ``review`` are only ever added."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from onrecord.dossier.overlay import Judgement, TargetKind
from onrecord.errors import UsageError


@dataclass(frozen=True, slots=True)
class By:
    """Who judges, and why; ``why`` is None where no reason is given."""

    who: str
    why: str | None = None


def note(
    connection: sqlite3.Connection,
    judgement: Judgement,
    target: tuple[TargetKind, str],
    by: By,
    *,
    field: str | None = None,
    value: Any = None,
    evidence: Mapping[str, Any] | None = None,
) -> int:
    """Add a row: its number. Raises UsageError where it is not said who judges."""
    if not by.who.strip():
        raise UsageError("say who judges (--user NAME)")
    kind, name = target
    cursor = connection.execute(
        """INSERT INTO review (target, target_kind, judgement, field, value, who, at, why, evidence)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            name, kind, judgement, field, _json(value), by.who.strip(),
            datetime.now(UTC).isoformat(timespec="seconds"), by.why, _json(evidence),
        ),
    )  # fmt: skip
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)
