"""The window and the command line over an archive."""
