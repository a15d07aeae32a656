"""Many reports, one record: a SQLite file that holds them, groups them and answers as one."""
