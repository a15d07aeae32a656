"""Bytes to Documents: one file a kind of input."""
