"""Who is meant, on the day: dated knowledge, mentions, their resolution, pronouns."""
