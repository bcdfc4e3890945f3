"""The word lists of the grammar: one TOML file a concern and language in resources/lexicons."""

import tomllib
from functools import cache
from typing import Any

import resources

LANGUAGES = ("en", "ru", "zh", "de", "fr")


@cache
def load(name: str) -> dict[str, Any]:
    """The lexicon `name` ("quantities.en"), an empty one where there is no such file."""
    file = resources.path(f"lexicons/{name}.toml")
    if not file.exists():
        return {}
    with file.open("rb") as opened:
        return tomllib.load(opened)
