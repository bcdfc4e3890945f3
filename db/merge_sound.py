"""What stands as JSON in rows of a copy, held against what the program reads back from it."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from db.figures import FIELDS


def unsound_column(table: str, row: Mapping[str, Any]) -> str | None:
    """The first column of a row whose lists and objects the program could not read back."""
    for column, is_sound in _JSON_COLUMNS.get(table, {}).items():
        said = row.get(column)
        if said is not None and not is_sound(parsed(said)):
            return column
    return None


def parsed(said: str) -> Any:
    """What is said as JSON; None where it is none."""
    try:
        return json.loads(said)
    except (ValueError, RecursionError):
        return None


def _is_object(said: Any) -> bool:
    return isinstance(said, dict)


def _are_words(said: Any) -> bool:
    return isinstance(said, list) and all(isinstance(each, str) for each in said)


def _are_reasons(said: Any) -> bool:
    """Whether it is a figure's `why`: (part, words, start, end) each."""
    return isinstance(said, list) and all(
        isinstance(each, list) and list(map(type, each)) == [str, str, int, int] for each in said
    )


def _is_proposal(said: Any) -> bool:
    """Whether it is a figure as the grammar read it: fields of Figure, those it must have too."""
    return (
        isinstance(said, dict)
        and {"start", "end", "text", "kind", "value"} <= said.keys() <= set(FIELDS)
        and type(said["start"]) is type(said["end"]) is int
    )


# What else stands in a row of these: what the program reads back from JSON without a doubt.
_JSON_COLUMNS: dict[str, dict[str, Callable[[Any], bool]]] = {
    "sources": {"description": _is_object},
    "figures": {
        "doubts": _are_words, "rules": _are_words, "why": _are_reasons, "proposal": _is_proposal,
    },
    "plots": {"state": _is_object},
    "findings": {"arithmetic": _is_object},
}  # fmt: skip
