"""onrecord: who said what, who did what to whom, what is on the table, and where each party stands."""

from onrecord.errors import DocumentError, KnowledgeError, OnrecordError, UsageError
from onrecord.record import Document, Record

__version__ = "0.1.0.dev0"

__all__ = ["Document", "DocumentError", "KnowledgeError", "OnrecordError", "Record", "UsageError", "__version__"]
