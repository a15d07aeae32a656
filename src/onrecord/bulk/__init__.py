"""The pure function from document to record, on many cores."""

from onrecord.bulk.pool import code_many

__all__ = ["code_many"]
