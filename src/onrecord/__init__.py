"""onrecord: who said what, who did what to whom, what is on the table, and where each party stands.

The model and its libraries are loaded by the first call that needs them, not by the import.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from onrecord.errors import DocumentError, KnowledgeError, OnrecordError, UsageError
from onrecord.record import Document, Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas
    import polars

    from onrecord.actors.own import OwnActors
    from onrecord.coding.coder import Coder
    from onrecord.coding.own_frames import OwnFrames

# ONNX Runtime, which the tagger runs on, otherwise reports its use to its makers. onrecord stays offline.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

__version__ = "0.1.0"

__all__ = [
    "Document",
    "DocumentError",
    "KnowledgeError",
    "OnrecordError",
    "Record",
    "UsageError",
    "__version__",
    "code",
    "load",
    "to_pandas",
    "to_polars",
]


def load(
    model: str | None = None,
    *,
    actors: str | os.PathLike[str] | None = None,
    frames: str | os.PathLike[str] | None = None,
) -> Coder:
    """A coder with a spaCy model, the default one where None; loaded once, and the same object after.

    ``actors`` is a CSV file of a user's own actors (docs/howto/own-actors.md), ``frames``
    a TOML file of own frames (docs/howto/frames.md). The coder's ``code(document)``
    gives a record, its ``stream(documents)`` one for each document in their order. Raises UsageError where
    the model is not installed, KnowledgeError where a file is not as it should be.
    """
    own_actors, own_frames = None, None
    if actors is not None:
        from onrecord.actors.own import read_own

        own_actors = read_own(actors)
    if frames is not None:
        from onrecord.coding.own_frames import read_own_frames

        own_frames = read_own_frames(frames)
    return _load(model, own_actors, own_frames)


@cache
def _load(model: str | None, actors: OwnActors | None, frames: OwnFrames | None) -> Coder:
    from onrecord.coding.coder import load as load_coder

    return load_coder(model, actors, frames)


def code(text: str | Document, *, published: str | None = None) -> Record:
    """The record of one text, read against its day of publication (an ISO date), by the default model.

    Raises DocumentError where the text cannot be coded; its message says why and what to do.
    """
    return load().code(text, published=published)


def to_pandas(records: Iterable[Record]) -> dict[str, pandas.DataFrame]:
    """The tables of records (statements, events, positions …) as pandas' data frames, by name.

    Raises UsageError where pandas or pyarrow is missing.
    """
    from onrecord.output import dataframes

    return dataframes.to_pandas(records)


def to_polars(records: Iterable[Record]) -> dict[str, polars.DataFrame]:
    """The tables of records (statements, events, positions …) as polars' data frames, by name.

    Raises UsageError where polars or pyarrow is missing.
    """
    from onrecord.output import dataframes

    return dataframes.to_polars(records)
