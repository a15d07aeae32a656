"""From bytes to documents: text files, folders, standard input, JSON Lines."""

from onrecord.sources.checks import check
from onrecord.sources.failure import Failure
from onrecord.sources.read import Options, example_inputs, read

__all__ = ["Failure", "Options", "check", "example_inputs", "read"]
