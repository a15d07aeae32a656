"""The pure function Document → Record on many processes."""
