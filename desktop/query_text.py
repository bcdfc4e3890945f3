"""The text of the search line: narrowed by a click and widened again, its last word, as a form.

What is typed and what is clicked are one text. As in desktop/asked.py, db is imported when first asked.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.query import Query
    from db.query_form import Form


def split_last_word(text: str) -> tuple[str, str]:
    """What stands before the word that is being typed, and that word: none in a phrase or field."""
    start = max(text.rfind(" "), text.rfind("("), text.rfind("\u3000")) + 1
    word = text[start:]
    while word[:1] in ("-", "="):
        start, word = start + 1, word[1:]
    if text.count('"') % 2 or ":" in word or word.endswith("*") or word in ("AND", "OR", "NOT"):
        return text, ""
    return text[:start], word


def narrowings(text: str) -> list[tuple[str, str]]:
    """The fields that stand beside the words of a query: name and value, in their order."""
    from db.query import Field, Query, together

    fields = together(Query.parse(text).root)
    return [(node.name, node.value) for node in fields if isinstance(node, Field)]


def asks_for_fields(query: "Query") -> bool:
    """Whether a query asks for more than words, anywhere in it."""
    from db.query import And, Field, Not, Or

    def has_field(node: object) -> bool:
        match node:
            case And(nodes) | Or(nodes):
                return any(map(has_field, nodes))
            case Not(inner):
                return has_field(inner)
            case _:
                return isinstance(node, Field)

    return has_field(query.root)


def narrowed(text: str, name: str, value: str) -> str:
    """`text` narrowed to one value of a facet; a year takes the place of the years before."""
    from db.facets import narrowing
    from db.query import And, Query, joined, together

    added = narrowing(name, value)
    if added.name == "year":
        for other_name, other in narrowings(text):
            if other_name == "year":
                text = widened(text, "year", other)
    parts = together(Query.parse(text).root)
    if added in parts:
        return text
    wanted = joined(And, [*parts, added])
    as_typed = f"{text.strip()} {Query(added).text()}".strip()
    return as_typed if Query.parse(as_typed).root == wanted else Query(wanted).text()


def widened(text: str, name: str, value: str) -> str:
    """`text` without one of its fields."""
    from db.query import And, Field, Query, joined, together

    gone = Field(name, value)
    kept = [node for node in together(Query.parse(text).root) if node != gone]
    wanted = joined(And, kept)
    for written in (f" {Query(gone).text()}", f"{Query(gone).text()} ", Query(gone).text()):
        as_typed = text.replace(written, "", 1).strip()
        if as_typed != text and Query.parse(as_typed).root == wanted:
            return as_typed
    return Query(wanted).text()


def field_of(facet: str, value: str) -> tuple[str, str]:
    """The field and the value that a facet's value narrows by, as they stand in a query."""
    from db.facets import narrowing

    field = narrowing(facet, value)
    return field.name, field.value


def form_of(text: str) -> "Form":
    from db import query_form
    from db.query import Query

    return query_form.fill(Query.parse(text))


def text_of(form: "Form") -> tuple[str, list[str]]:
    """The query that a form writes, and the blanks that could not be read."""
    from db import query_form

    return query_form.query(form).text(), query_form.unreadable(form)
