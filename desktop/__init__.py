"""The window and the command line over an archive."""

import os

# PySide makes each class when it is first named. One that a job's thread is making (the preload of
# the plot names them all) has no converter yet for the window's thread, which then ends the program
# without a word: measured, twice in 80 starts. So all are made when PySide is imported.
os.environ.setdefault("PYSIDE6_OPTION_LAZY", "0")
