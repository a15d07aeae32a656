"""What stands in the stream for a document that could not be read or coded."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.errors import DocumentError
from onrecord.record import Document


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that is skipped, and why.

    ``source`` is its file or id; ``code`` a stable word for the reason; ``message`` says what is wrong and
    what to do. ``line`` is the line of a table or text, counted from 1, ``offset`` the byte of an archive at
    which it stands; None where there is none. ``document`` is what was read of it, None where nothing was: a
    text in another language is a failure with a document, whose ``language`` says in which.
    """

    source: str
    code: str
    message: str
    line: int | None = None
    offset: int | None = None
    document: Document | None = None

    @classmethod
    def of(cls, error: DocumentError, document: Document | None = None) -> Failure:
        """The failure that an error of one document amounts to."""
        return cls(source=error.document, code=error.code, message=error.message, document=document)

    def __str__(self) -> str:
        where = self.source if self.line is None else f"{self.source}:{self.line}"
        if self.offset is not None:
            where += f" at byte {self.offset:,}"
        return f"{where}: {self.message} [{self.code}]"
