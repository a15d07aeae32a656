"""From bytes to documents: text files, folders, standard input, JSON Lines."""

from onrecord.sources.checks import check
from onrecord.sources.failure import Failure
from onrecord.sources.options import Options
from onrecord.sources.read import example_inputs, read, read_bytes

__all__ = ["Failure", "Options", "check", "example_inputs", "read", "read_bytes"]
