"""Every error that onrecord raises on purpose. Messages say what is wrong, where, and what to do."""

from __future__ import annotations


class OnrecordError(Exception):
    """Base of all of them: catch this to catch any."""


class UsageError(OnrecordError):
    """The call makes no sense as given: an unknown model, a date that is none, options that clash."""


class KnowledgeError(OnrecordError):
    """A knowledge file (the package's or a user's) breaks its schema; names file, line and remedy."""


class DocumentError(OnrecordError):
    """One document cannot be coded; the others can. ``code`` is a stable word for the reason."""

    def __init__(self, document: str, code: str, message: str) -> None:
        super().__init__(f"{document}: {message}")
        self.document = document
        self.code = code
        self.message = message

    def __reduce__(self) -> tuple[type[DocumentError], tuple[str, str, str]]:
        return type(self), (self.document, self.code, self.message)


class DossierError(OnrecordError):
    """A dossier cannot be read or written; what was filed before is safe. ``code`` is a stable word."""

    def __init__(self, path: object, code: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = str(path)
        self.code = code
        self.message = message
