"""onrecord inside other programs' pipelines."""
