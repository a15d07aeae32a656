"""Many reports, one record: a SQLite file that holds them, groups them and answers as one.

``open_dossier`` is the way in for programs; it loads what it needs when it is called.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.dossier.library import Dossier

__all__ = ["open_dossier"]


def open_dossier(path: str | os.PathLike[str], *, create: bool = False) -> Dossier:
    """The dossier in a file; ``create`` makes it where there is none.

    Raises DossierError where it cannot be opened; its message says why and what to do.
    """
    from onrecord.dossier.library import Dossier

    return Dossier(path, create=create)
