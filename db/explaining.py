"""What made each part of a figure: the rules that acted on it and the words of the text it rests on."""

from dataclasses import dataclass

from db.records import Figure

# The first word of a rule's id says which part it made; ids never change their meaning.
_PARTS = {
    "number": "value", "zh": "value", "fraction": "value", "range": "value", "times": "value",
    "ratio": "value", "sign": "value", "lone": "value", "given": "value",
    "money": "unit", "unit": "unit", "noun": "unit", "measure": "unit", "ellipsis": "unit",
    "approx": "approx", "rate": "per", "date": "date",
}  # fmt: skip
_ORDER = ("value", "unit", "per", "approx", "modality", "date", "date_from")


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a figure: the ids of its rules in the order they acted, and its words.

    `words` are (words, start, end) in the source's text; the figure's own words are not repeated.
    """

    part: str
    rules: tuple[str, ...]
    words: tuple[tuple[str, int, int], ...]


def explain(figure: Figure) -> tuple[Reason, ...]:
    """The parts of `figure` in the order a person asks for them, each with what made it."""
    rules: dict[str, list[str]] = {}
    words: dict[str, list[tuple[str, int, int]]] = {}
    for rule in figure.rules:
        rules.setdefault(_PARTS.get(rule.split(".")[0], "value"), []).append(rule)
    for part, said, start, end in figure.why:
        words.setdefault(part, []).append((said, start, end))
    parts = [*_ORDER, *sorted({*rules, *words} - set(_ORDER))]
    return tuple(
        Reason(part, tuple(rules.get(part, ())), tuple(words.get(part, ())))
        for part in parts
        if part in rules or part in words
    )
