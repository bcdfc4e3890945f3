"""A query as a form to fill in, both ways: what the form writes is a query that fills the same form."""

from collections.abc import Iterator
from dataclasses import dataclass

from db import folding, query_fields
from db.query import (
    DEFAULT_DISTANCE,
    NO_QUOTES,
    And,
    Field,
    Near,
    Node,
    Not,
    Or,
    Query,
    Words,
    joined,
    together,
    written,
)

# The blanks of the form that are a field of the query of the same name.
PLAIN = (
    "title", "creator", "language", "level", "genre", "kind", "tag", "note", "has", "unit", "of",
    "status", "modality", "date", "source",
)  # fmt: skip
# Those that are a field with a beginning and an end.
RANGES = ("year", "value")


@dataclass(frozen=True, slots=True)
class Form:
    """What a person asks, blank by blank. `rest` is what no blank is for, as a query."""

    words: str = ""
    phrase: str = ""
    any_words: str = ""
    no_words: str = ""
    near: str = ""
    distance: int = DEFAULT_DISTANCE
    title: str = ""
    creator: str = ""
    language: str = ""
    level: str = ""
    genre: str = ""
    kind: str = ""
    tag: str = ""
    note: str = ""
    has: str = ""
    unit: str = ""
    of: str = ""
    status: str = ""
    modality: str = ""
    date: str = ""
    source: str = ""
    year_from: str = ""
    year_to: str = ""
    value_from: str = ""
    value_to: str = ""
    rest: str = ""


def fill(query: Query) -> Form:
    """The form that says what `query` asks."""
    found: dict[str, str] = {}
    words: list[Node] = []
    against: list[Node] = []
    rest: list[Node] = []
    distance = DEFAULT_DISTANCE
    for node in together(query.root):
        match node:
            case Words(_, "word" | "prefix" | "number"):
                words.append(node)
            case Words(tokens, "phrase") if "phrase" not in found:
                found["phrase"] = written(tokens)
            case Or(nodes) if "any_words" not in found and all(
                isinstance(each, Words) for each in nodes
            ):
                found["any_words"] = Query(And(nodes)).text()
            case Not(Words() as inner):
                against.append(inner)
            case Near(parts, apart) if "near" not in found:
                found["near"] = " ".join(written(part, "-") for part in parts)
                distance = apart
            case Field(name, value) if name in PLAIN and name not in found:
                found[name] = value
            case Field(name, value) if (
                name in RANGES
                and not {f"{name}_from", f"{name}_to"} & found.keys()
                and (ends := _ends(value))
            ):
                found[f"{name}_from"], found[f"{name}_to"] = ends
            case _:
                rest.append(node)
    return Form(
        words=_text(words), no_words=_text(against), rest=_text(rest), distance=distance, **found
    )


def query(form: Form) -> Query:
    """The query that `form` asks; its text is what stands in the search line."""
    return Query(joined(And, list(_nodes(form))))


def unreadable(form: Form) -> list[str]:
    """The blanks that are filled with something they cannot hold, and that are left out."""
    found = [
        name
        for name in PLAIN
        if (value := getattr(form, name).strip()) and query_fields.canonical(name, value) is None
    ]
    found += [
        each
        for name in RANGES
        for each in (f"{name}_from", f"{name}_to")
        if (value := getattr(form, each).strip())
        and query_fields.canonical(name, f">={value}") is None
    ]
    return found


def _nodes(form: Form) -> Iterator[Node]:
    yield from together(Query.parse(form.words).root)
    if tokens := tuple(folding.words(form.phrase)):
        yield Words(tokens, "phrase")
    either = joined(Or, list(together(Query.parse(form.any_words).root)))
    if either is not None:
        yield either
    for node in together(Query.parse(form.no_words).root):
        yield node.node if isinstance(node, Not) else Not(node)
    yield from _near(form)
    for name in PLAIN:
        value = query_fields.canonical(name, getattr(form, name).translate(NO_QUOTES))
        if value is not None:
            yield Field(name, value)
    for name in RANGES:
        first, last = getattr(form, f"{name}_from").strip(), getattr(form, f"{name}_to").strip()
        if (value := _range(name, first, last)) is not None:
            yield Field(name, value)
    yield from together(Query.parse(form.rest).root)


def _near(form: Form) -> Iterator[Node]:
    parts = tuple(words for part in form.near.split() if (words := tuple(folding.words(part))))
    if len(parts) > 1:
        yield Near(parts, form.distance)
    elif parts:
        yield Words(parts[0], "phrase")


def _text(nodes: list[Node]) -> str:
    return Query(joined(And, nodes)).text()


def _ends(value: str) -> tuple[str, str] | None:
    """Beginning and end of a range that leaves neither of its ends out."""
    if value.startswith((">=", "<=")):
        end = value[2:]
        return (end, "") if value.startswith(">") else ("", end)
    if value.startswith((">", "<")):
        return None
    first, dots, last = value.partition("..")
    return (first, last) if dots else (value, value)


def _range(name: str, first: str, last: str) -> str | None:
    # One unreadable end must not take the other along.
    first = first if first and query_fields.canonical(name, f">={first}") else ""
    last = last if last and query_fields.canonical(name, f"<={last}") else ""
    if first and last:
        return query_fields.canonical(name, f"{first}..{last}")
    if first or last:
        return query_fields.canonical(name, f">={first}" if first else f"<={last}")
    return None
