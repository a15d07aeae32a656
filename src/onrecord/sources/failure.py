"""What stands in the stream for a document that could not be read or coded."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.errors import DocumentError


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that is skipped, and why.

    ``source`` is its file or id; ``line`` the line of a JSON Lines file, counted from 1, else None;
    ``code`` a stable word for the reason; ``message`` says what is wrong and what to do.
    """

    source: str
    code: str
    message: str
    line: int | None = None

    @classmethod
    def of(cls, error: DocumentError) -> Failure:
        """The failure that an error of one document amounts to."""
        return cls(source=error.document, code=error.code, message=error.message)

    def __str__(self) -> str:
        where = self.source if self.line is None else f"{self.source}:{self.line}"
        return f"{where}: {self.message} [{self.code}]"
