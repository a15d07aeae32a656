"""A Document to a Parse: repair, sentences, quotation structure, dates. Knows nothing of who people are."""
