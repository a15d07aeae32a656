"""What inputs are taken for, and what is read of them: the answer of ``onrecord sources FILE``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import msgspec

from onrecord.errors import DocumentError
from onrecord.record import Document
from onrecord.sources.checks import check
from onrecord.sources.failure import Failure
from onrecord.sources.options import DEFAULT, Options, Recognised
from onrecord.sources.read import read


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that inputs gave, in their order.

    ``file`` and ``kind`` say what it was read from, None before anything was recognised; ``why`` is the
    reason for that kind. ``document`` is without its text, of which ``words`` are counted; ``failure`` and
    ``code`` say why it cannot be coded, where it cannot.
    """

    file: str | None
    kind: str | None
    why: str | None
    document: Document | None = None
    words: int = 0
    failure: str | None = None
    code: str | None = None


def inspect(inputs: Iterable[str | Path], options: Options = DEFAULT) -> Iterator[Seen]:
    """What is recognised and read of inputs, one after the other; nothing is coded.

    A file of which nothing comes is there, too: as what was recognised alone. Raises what ``read`` raises.
    """
    waiting: list[Recognised] = []  # told, and nothing read of it yet
    now: Recognised | None = None
    for item in read(inputs, replace(options, tell=waiting.append)):
        for recognised in waiting:
            now = recognised
        for silent in waiting[:-1]:
            yield Seen(file=silent.name, kind=silent.kind, why=silent.why)
        waiting.clear()
        yield _seen(item, now)
    for silent in waiting:
        yield Seen(file=silent.name, kind=silent.kind, why=silent.why)


def _seen(item: Document | Failure, now: Recognised | None) -> Seen:
    file, kind, why = (now.name, now.kind, now.why) if now else (None, None, None)
    failure = item if isinstance(item, Failure) else _refused(item)
    document = item if isinstance(item, Document) else item.document
    return Seen(
        file=file,
        kind=kind,
        why=why,
        document=msgspec.structs.replace(document, text="") if document else None,
        words=len(document.text.split()) if document else 0,
        failure=str(failure) if failure else None,
        code=failure.code if failure else None,
    )


def _refused(document: Document) -> Failure | None:
    try:
        check(document)
    except DocumentError as e:
        return Failure.of(e, document)
    return None
