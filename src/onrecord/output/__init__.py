"""Records to what people and programs read: one file a format, and a registry."""
