"""What each command of `muniment` does, one file a group; desktop/command_line.py lists them."""
