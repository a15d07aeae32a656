"""The kinds of input, in the order in which they are asked, and the reading of one file by its kind.

A new kind is a module here and a line in ``KINDS``; see docs/howto/add-a-source.md.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from functools import cache

from onrecord import plugins
from onrecord.errors import DocumentError, OnrecordError
from onrecord.record import Document
from onrecord.sources import (
    archive,
    delimited,
    feed,
    json_file,
    json_lines,
    mail,
    markdown,
    nexis,
    packed,
    page,
    parquet,
    pdf,
    text,
    unreadable,
    warc,
    word,
)
from onrecord.sources.failure import Failure
from onrecord.sources.kind import Blob, Kind
from onrecord.sources.options import Recognised

# What opens with a number of its own first, then what is marked up, then what only looks like itself.
KINDS: tuple[Kind, ...] = (
    pdf.KIND,
    parquet.KIND,
    warc.KIND,
    packed.KIND,
    word.KIND,
    archive.KIND,
    unreadable.KIND,
    feed.KIND,
    page.KIND,
    json_lines.KIND,
    json_file.KIND,
    mail.KIND,
    nexis.KIND,
    delimited.KIND,
    markdown.KIND,
    text.KIND,
)


@cache
def kinds() -> tuple[Kind, ...]:
    """The kinds in the order in which they are asked: those that installed packages add come first."""
    taken = {kind.name for kind in KINDS}
    added = plugins.load(plugins.SOURCES, lambda it: isinstance(it, Kind), "a Kind", taken)
    return (*added.values(), *KINDS)


def recognise(blob: Blob) -> tuple[Kind, str]:
    """The kind of a file, and why it was taken for one."""
    for kind in kinds():
        try:
            why = kind.sniff(blob)
        except Exception as e:
            if kind in KINDS:
                raise
            message = f"{kind.name!r} cannot tell its files ({type(e).__name__}: {e}) and is passed over"
            warnings.warn(message, plugins.PluginWarning, stacklevel=2)
            continue
        if why is not None:
            return kind, why
    raise AssertionError("a text is the last kind, and takes anything")


def is_report(kind: Kind, blob: Blob) -> bool:
    """Whether one of many files, of a folder or an archive, is taken for a report.

    Of files of no kind of their own, those that are named as texts are.
    """
    return kind not in (text.KIND, unreadable.KIND) or blob.ending in text.ENDINGS


def documents(blob: Blob) -> Iterator[Document | Failure]:
    """The documents of one file; what is wrong with it, or with a part of it, comes as a Failure."""
    kind, why = recognise(blob)
    if blob.is_member and not is_report(kind, blob):
        yield Failure(
            blob.name, "not-read", "of no kind that is read; give the file itself to have it read as text"
        )
        return
    blob.options.tell(Recognised(blob.name, kind.name, why, blob.depth))
    try:
        yield from kind.read(blob)
    except DocumentError as e:
        yield Failure.of(e)
    except OnrecordError:
        raise
    except OSError as e:
        yield Failure(blob.name, "unreadable", e.strerror or str(e) or type(e).__name__)
    except Exception as e:
        # The libraries raise whatever a damaged file makes them stumble on.
        message = f"damaged, or no {kind.what} after all ({type(e).__name__}: {e})"
        yield Failure(blob.name, "damaged", message)
