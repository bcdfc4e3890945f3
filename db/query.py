"""A query as a tree: what a person asked for, printed back as text and as plain English."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, assert_never

from db import folding, variants

DEFAULT_DISTANCE = 10
# A value cannot hold a quotation mark; folding passes over them anyway.
NO_QUOTES = dict.fromkeys(map(ord, '"“”„‟«»＂'), " ")


@dataclass(frozen=True, slots=True)
class Words:
    """A word or words side by side, folded. A `phrase` is as written, a `word` takes its forms."""

    tokens: tuple[str, ...]
    form: Literal["word", "phrase", "prefix", "number"] = "word"


@dataclass(frozen=True, slots=True)
class Near:
    """Words at most `distance` words apart, in any order."""

    parts: tuple[tuple[str, ...], ...]
    distance: int = DEFAULT_DISTANCE


@dataclass(frozen=True, slots=True)
class Field:
    """Something known of the passage, its source, its figures: `name` asks for `value`."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Not:
    """Every passage that `node` does not find."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """What all of them find."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """What at least one of them finds."""

    nodes: tuple["Node", ...]


Node = Words | Near | Field | Not | And | Or
Leaf = Words | Near | Field


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of an archive. `parse` takes any string at all and never raises.

    `remarks` say in English what could not be understood and what was done instead. `everything`
    (also as `include_boilerplate`) takes in boilerplate, which a search leaves out.
    """

    root: Node | None
    remarks: tuple[str, ...] = ()
    include_boilerplate: bool = False

    @staticmethod
    def parse(text: str, *, include_boilerplate: bool = False) -> "Query":
        """The query that `text` means."""
        from db import query_parser

        root, remarks = query_parser.read(text)
        return Query(root, remarks, include_boilerplate)

    def text(self) -> str:
        """The query as a person would type it; parses to itself."""
        return "" if self.root is None else _text(self.root)

    @property
    def understood(self) -> str:
        """What was understood, in plain English, and what was not."""
        from db import query_wording

        return query_wording.understood(self)

    def leaves(self) -> Iterator[Leaf]:
        """Words and fields that are asked for, those under a NOT left out, in the text's order."""
        yield from () if self.root is None else positive_leaves(self.root)

    def leaves_out(self) -> bool:
        """Whether a NOT stands anywhere in the query."""
        return self.root is not None and _has_not(self.root)

    def asks_for_boilerplate(self) -> bool:
        """Whether boilerplate passages are wanted among the results."""
        return self.include_boilerplate or any(
            leaf.name == "kind" and leaf.value == "boilerplate"
            for leaf in self.leaves()
            if isinstance(leaf, Field)
        )


def positive_leaves(node: Node) -> Iterator[Leaf]:
    """The leaves of `node` that speak for a passage, not against it."""
    match node:
        case And(nodes) | Or(nodes):
            for child in nodes:
                yield from positive_leaves(child)
        case Not(Not(inner)):
            yield from positive_leaves(inner)
        case Not():
            return
        case _:
            yield node


def _has_not(node: Node) -> bool:
    match node:
        case And(nodes) | Or(nodes):
            return any(map(_has_not, nodes))
        case _:
            return isinstance(node, Not)


def joined(kind: type[And] | type[Or], nodes: list[Node]) -> Node | None:
    """The nodes under one And or Or, nested ones of the same kind taken apart; None of none."""
    flat: list[Node] = []
    for node in nodes:
        flat.extend(node.nodes if isinstance(node, kind) else [node])
    if len(flat) < 2:
        return flat[0] if flat else None
    return kind(tuple(flat))


def together(node: Node | None) -> tuple[Node, ...]:
    """What must all hold: the parts of an And, any other node by itself, nothing of None."""
    if node is None:
        return ()
    return node.nodes if isinstance(node, And) else (node,)


def negated(node: Node) -> Node:
    """The complement of `node`."""
    return node.node if isinstance(node, Not) else Not(node)


def written(tokens: tuple[str, ...], between: str = " ") -> str:
    """Folded tokens as one would type them: CJK characters without anything between."""
    parts = list(tokens[:1])
    for before, after in pairwise(tokens):
        if not (folding.is_cjk(before) and folding.is_cjk(after)):
            parts.append(between)
        parts.append(after)
    return "".join(parts)


def _text(node: Node) -> str:
    match node:
        case Words(tokens, form):
            if form == "phrase":
                # "1 300" in quotation marks alone is the number.
                sign = "=" if len(tokens) > 1 and variants.digits_of_tokens(tokens) else ""
                return f'{sign}"{written(tokens)}"'
            return written(tokens, "-") + ("*" if form == "prefix" else "")
        case Near(parts, distance):
            return f'"{" ".join(written(part, "-") for part in parts)}"~{distance}'
        case Field(name, value):
            value = value.translate(NO_QUOTES)
            plain = value and not set(value) & set(" ()（）\u3000")
            return f"{name}:{value}" if plain else f'{name}:"{value}"'
        case Not(inner):
            return f"-{_grouped(inner)}"
        case And(nodes):
            return _conjunction(nodes)
        case Or(nodes):
            return " OR ".join(_text(child) for child in nodes)
        case _:
            assert_never(node)


def _conjunction(nodes: tuple[Node, ...]) -> str:
    parts = [_text(node) if not isinstance(node, Or) else f"({_text(node)})" for node in nodes]
    text = parts[0]
    for before, after, part in zip(nodes, nodes[1:], parts[1:], strict=False):
        # Side by side 1 300 would be read as one number.
        text += " AND " if _is_number(before) and _is_number(after) else " "
        text += part
    return text


def _is_number(node: Node) -> bool:
    return (
        isinstance(node, Words) and node.form in ("number", "word") and node.tokens[0].isdecimal()
    )


def _grouped(node: Node) -> str:
    return f"({_text(node)})" if isinstance(node, And | Or | Not) else _text(node)
