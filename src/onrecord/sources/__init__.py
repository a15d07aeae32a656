"""From bytes to documents: files of many kinds told apart by content, folders, standard input, URLs."""

from onrecord.sources.checks import check
from onrecord.sources.facts import text_id
from onrecord.sources.failure import Failure
from onrecord.sources.options import Options, Recognised
from onrecord.sources.read import example_inputs, read, read_bytes, read_stream

__all__ = [
    "Failure",
    "Options",
    "Recognised",
    "check",
    "example_inputs",
    "read",
    "read_bytes",
    "read_stream",
    "text_id",
]
