"""A query in plain English, for the line under the search box."""

from typing import TYPE_CHECKING

from db import query_fields, variants
from db.query import And, Field, Near, Node, Not, Or, Words, written

if TYPE_CHECKING:
    from db.query import Query


def understood(query: "Query") -> str:
    """One sentence for what is searched, one for each thing that could not be."""
    sentences = [f"Passages {_clause(query.root)}" if query.root else "Nothing to search for"]
    sentences += [remark[0].upper() + remark[1:] for remark in query.remarks]
    return ". ".join(sentences) + "."


def _clause(node: Node) -> str:
    match node:
        case And(nodes):
            return _listed([_within(child) for child in nodes], "and")
        case Or(nodes):
            return _listed([_within(child) for child in nodes], "or")
        case Not(inner):
            return f"but not those {_within(inner)}"
        case Near(parts, distance):
            return f"with {_near(parts)} within {distance} words of each other"
        case Field(name, value):
            return _field(name, value)
        case Words():
            return f"with {_words(node)}"


def _within(node: Node) -> str:
    clause = _clause(node)
    return f"({clause})" if isinstance(node, And | Or) else clause


def _listed(clauses: list[str], word: str) -> str:
    return f" {word} ".join(clauses).replace("and but not", "but not")


def _words(node: Words) -> str:
    text = written(node.tokens)
    match node.form:
        case "prefix":
            return f"words that begin with “{text}”"
        case "phrase":
            return f"exactly “{text}”"
        case "number":
            others = [written(form) for form in variants.of_number(node.tokens[0])[1:4]]
            return f"the number {text}" + (f" (also {', '.join(others)})" if others else "")
        case _:
            forms = " in any of its forms" if len(node.tokens) == 1 else ""
            return f"“{text}”{forms}"


def _near(parts: tuple[tuple[str, ...], ...]) -> str:
    return " and ".join(f"“{written(part)}”" for part in parts)


def _field(name: str, value: str) -> str:
    match name:
        case "title" | "creator" | "genre":
            return f"in a source whose {name} has “{value}”"
        case "language" | "level":
            return f"in a source whose {name} is {value}"
        case "source":
            return f"of source {value}"
        case "kind" if value in query_fields.CHOICES["kind"][:7]:
            return f"that are of the kind {value}"
        case "kind":
            return f"with a figure of the kind {value}"
        case "unit" | "status" | "modality":
            return f"with a figure whose {name} is {value}"
        case "of":
            return f"with a figure of “{value}”"
        case "value":
            return f"with a figure {_range(value)}"
        case "year":
            return f"that speak of {_range(value)}"
        case "date":
            return f"in a source dated {_range(value)}"
        case "tag":
            return f"tagged “{value}”"
        case "note":
            return f"with a note that has “{value}”"
        case _:
            return f"that have a {value}" if value != "annotation" else "that have an annotation"


def _range(value: str) -> str:
    for operator, words in ((">=", "{} or more"), ("<=", "{} or less"), (">", "over {}"),
                            ("<", "under {}")):  # fmt: skip
        if value.startswith(operator):
            return words.format(_grouped(value.removeprefix(operator)))
    low, dots, high = value.partition("..")
    return f"{_grouped(low)} to {_grouped(high)}" if dots and low and high else _grouped(value)


def _grouped(number: str) -> str:
    whole, dot, rest = number.partition(".")
    return f"{int(whole):,}{dot}{rest}" if whole.isdecimal() and len(whole) > 4 else number
