"""Many records as one: copies, the same event, the same issue, shifts, accounts."""
