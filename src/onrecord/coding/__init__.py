"""Language to record: statements, events, positions."""
