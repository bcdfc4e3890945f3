"""Where the program's own files lie: lexicons, sample texts, icons, help."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """The file or folder `name` ("lexicons/en.toml") inside the installed program."""
    return _HERE / name
