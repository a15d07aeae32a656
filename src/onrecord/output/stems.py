"""File names for reports, whose ids may be anything."""

from __future__ import annotations

import hashlib
import re

_ODD = re.compile(r"[^A-Za-z0-9_-]+")
# Names that Windows keeps for devices.
_DEVICES = re.compile(r"(?i:con|prn|aux|nul|com\d|lpt\d)")
_LONGEST = 80


class Stems:
    """Gives each report a file name without ending: its id where that is safe and free, else one like it.

    Names hold ASCII letters, digits, '-' and '_' alone, differ in more than case, and follow from the ids in
    their order.
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, document_id: str) -> str:
        """The name for the next report."""
        stem = _ODD.sub("-", document_id).strip("-")[:_LONGEST]
        if not stem or stem != document_id or _DEVICES.fullmatch(stem) or stem.lower() in self._taken:
            digest = hashlib.sha256(document_id.encode()).hexdigest()[:8]
            stem = f"{stem}-{digest}" if stem else digest
        name, n = stem, 1
        while name.lower() in self._taken:
            n += 1
            name = f"{stem}-{n}"
        self._taken.add(name.lower())
        return name
