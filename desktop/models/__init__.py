"""Qt models over the archive: rows are asked for when looked at."""
