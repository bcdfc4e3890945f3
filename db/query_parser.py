"""Reads what a person types as a query; whatever cannot be read is searched as words."""

import re
from dataclasses import dataclass, field

from db import folding, query_fields, variants
from db.query import DEFAULT_DISTANCE, And, Field, Near, Node, Not, Or, Words, joined, negated

MOST_CHARACTERS = 4_000
MOST_LEAVES = 100
MOST_NEAR = 20
DEEPEST = 20  # FTS5's own parser gives up at about 100 open parentheses
_FARTHEST = 1_000

_QUOTES = '"“”„‟«»＂'
_BLANK = re.compile(r"\s+")
_CHUNK = re.compile(rf"[^\s()（）{_QUOTES}]+")
_QUOTED = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]*)([{_QUOTES}]?)")
_DISTANCE = re.compile(r"~(\d{1,4})")
_SPACED_NUMBER = re.compile(rf"\d{{1,3}}(?: \d{{3}}){{1,5}}(?![^\s(){_QUOTES}])")
_FIELD = re.compile(r"([A-Za-z]{2,12}):(.*)", re.DOTALL)
_MARKS_AROUND = "$€£¥%.,;:!?'’‘-+~*/\\[]{}<>"
_OPERATORS = {"AND": "AND", "OR": "OR", "NOT": "NOT"}


def read(text: str) -> tuple[Node | None, tuple[str, ...]]:
    """The tree that `text` means, None where it asks for nothing, and remarks in English."""
    reader = _Reader(text[:MOST_CHARACTERS])
    if len(text) > MOST_CHARACTERS:
        reader.remark(f"only the first {MOST_CHARACTERS:,} characters were read")
    reader.lex()
    node = reader.parse()
    if reader.exact and node is not None:
        node = _as_written(node)
    return node, tuple(dict.fromkeys(reader.remarks))


@dataclass
class _Reader:
    text: str
    remarks: list[str] = field(default_factory=list)
    items: list[str | Node] = field(default_factory=list)
    exact: bool = False
    at: int = 0
    leaves: int = 0

    def remark(self, sentence: str) -> None:
        self.remarks.append(sentence)

    # -- from characters to items ---------------------------------------------------------------

    def lex(self) -> None:
        text, at = self.text, 0
        while at < len(text):
            character = text[at]
            if blank := _BLANK.match(text, at):
                at = blank.end()
            elif character in "()（）":
                self.items.append("(" if character in "(（" else ")")
                at += 1
            elif character in _QUOTES:
                at = self._quoted(at, "phrase")
            elif character in "-−" and _begins_something(text, at + 1):
                self.items.append("NOT")
                at += 1
            elif character == "=" and _begins_something(text, at + 1):
                at = self._exact(at + 1)
            elif number := _SPACED_NUMBER.match(text, at):
                self._add_words(number.group(), "word")
                at = number.end()
            else:
                at = self._chunk(at)

    def _chunk(self, at: int) -> int:
        found = _CHUNK.match(self.text, at)
        if found is None:
            return at + 1
        chunk = found.group()
        if chunk in _OPERATORS:
            self.items.append(_OPERATORS[chunk])
            return found.end()
        if named := _FIELD.fullmatch(chunk.lstrip("-−–—")):
            name, value = named[1].casefold(), named[2]
            if name in query_fields.NAMES or name in ("near", "exact"):
                return self._field(name, value, found.end())
            if any(character.isalpha() for character in value) and not value.startswith("//"):
                self.remark(f"“{name}:” is no field, so it was searched as words")
        self._add_words(chunk, "word")
        return found.end()

    def _exact(self, at: int) -> int:
        if self.text[at] in _QUOTES:
            return self._quoted(at, "exact")
        found = _CHUNK.match(self.text, at)
        if found is None:
            return at
        self._add_words(found.group(), "exact")
        return found.end()

    def _quoted(self, at: int, form: str) -> int:
        found = _QUOTED.match(self.text, at)
        if found is None:
            return at + 1
        inside, end = found[1], found.end()
        if not found[2]:
            self.remark("a quotation mark is not closed, so the phrase goes to the end")
        if distance := _DISTANCE.match(self.text, end):
            self._add_near(inside, int(distance[1]))
            return distance.end()
        if self.text[end : end + 1] == "*":
            self._add_words(inside, "prefix")
            return end + 1
        self._add_words(inside, form)
        return end

    def _field(self, name: str, value: str, end: int) -> int:
        following = self.text[end : end + 1]
        if following and following in _QUOTES and value in ("", ">=", "<=", ">", "<", "="):
            found = _QUOTED.match(self.text, end)
            assert found is not None
            value, end = value + found[1], found.end()
        if name == "near":
            self._add_near(value, DEFAULT_DISTANCE)
        elif name == "exact" and not value:
            self.exact = True
        elif name == "exact":
            self._add_words(value, "exact")
        else:
            self._add_field(name, value)
        return end

    def _add_field(self, name: str, value: str) -> None:
        known = query_fields.canonical(name, value)
        if known is not None:
            self._add(Field(name, known))
        elif folding.words(value):
            self.remark(f"“{name}:” cannot be “{value}”, so it was searched as words")
            self._add_words(f"{name} {value}", "phrase")
        else:
            self.remark(f"“{name}:” was left out, as nothing stands behind it")

    def _add_near(self, inside: str, distance: int) -> None:
        parts = tuple(words for part in inside.split() if (words := tuple(folding.words(part))))
        if len(parts) > MOST_NEAR:
            self.remark(f"only the first {MOST_NEAR} words near each other were read")
            parts = parts[:MOST_NEAR]
        if len(parts) < 2:
            self._add_words(inside, "phrase")
        else:
            self._add(Near(parts, min(distance, _FARTHEST)))

    def _add_words(self, typed: str, form: str) -> None:
        tokens = tuple(folding.words(typed))
        if not tokens:
            if typed.strip():
                self.remark(f"“{typed.strip()[:40]}” holds no word, so it was left out")
            return
        if form == "exact":
            self._add(Words(tokens, "phrase"))
            return
        if form == "prefix" or (form == "word" and typed.endswith("*")):
            by_itself = folding.is_cjk(tokens[-1])
            self._add(Words(tokens, "word" if by_itself else "prefix"))
            return
        if digits := _digits(tokens, typed, form):
            self._add(Words((digits,), "number"))
        else:
            self._add(Words(tokens, "phrase" if form == "phrase" else "word"))

    def _add(self, node: Node) -> None:
        self.leaves += 1
        if self.leaves <= MOST_LEAVES:
            self.items.append(node)
        elif self.leaves == MOST_LEAVES + 1:
            self.remark(f"only the first {MOST_LEAVES} words were searched")

    # -- from items to a tree -------------------------------------------------------------------

    def parse(self) -> Node | None:
        alternatives = []
        while self.at < len(self.items):
            node = self._either(0)
            if node is not None:
                alternatives.append(node)
            if self.at < len(self.items):  # only a closing parenthesis stops _either
                self.at += 1
                self.remark("a parenthesis was closed that none had opened")
        return joined(And, alternatives)

    def _either(self, depth: int) -> Node | None:
        sides: list[Node] = []
        while True:
            side = self._all(depth)
            if side is not None:
                sides.append(side)
            if self._next() != "OR":
                return joined(Or, sides)
            self.at += 1
            if side is None or self._next() in (None, ")", "OR"):
                self.remark("an OR stands alone and was passed over")

    def _all(self, depth: int) -> Node | None:
        nodes: list[Node] = []
        while (item := self._next()) not in (None, ")", "OR"):
            if item == "AND":
                self.at += 1
                continue
            node = self._one(depth)
            if node is not None:
                nodes.append(node)
        return joined(And, nodes)

    def _one(self, depth: int) -> Node | None:
        against = False
        while self._next() == "NOT":
            against = not against
            self.at += 1
        item = self._next()
        if item in (None, ")", "OR", "AND"):
            self.remark("a NOT stands alone and was passed over")
            return None
        self.at += 1
        node: Node | None
        if item == "(":
            node = self._group(depth)
        else:
            assert not isinstance(item, str)
            node = item
        return negated(node) if against and node is not None else node

    def _group(self, depth: int) -> Node | None:
        if depth >= DEEPEST:
            self.remark("parentheses are nested too deeply; the innermost were passed over")
            return None
        node = self._either(depth + 1)
        if self._next() == ")":
            self.at += 1
        else:
            self.remark("a parenthesis is not closed")
        return node

    def _next(self) -> "str | Node | None":
        return self.items[self.at] if self.at < len(self.items) else None


def _digits(tokens: tuple[str, ...], typed: str, form: str) -> str | None:
    # A single figure in quotation marks is meant as written; "1 300" is still a number.
    if len(tokens) == 1 and form == "phrase":
        return None
    if len(tokens) == 1 and (digits := variants.digits_of(tokens[0])):
        return digits
    return variants.digits_of(typed.strip(_MARKS_AROUND)) or variants.digits_of_words(tokens)


def _begins_something(text: str, at: int) -> bool:
    following = text[at : at + 1]
    return bool(following) and (following in _QUOTES + "(（=" or following.isalnum())


def _as_written(node: Node) -> Node:
    match node:
        case Words(tokens, "word" | "number"):
            return Words(tokens, "phrase")
        case Not(inner):
            return Not(_as_written(inner))
        case And(nodes):
            return And(tuple(map(_as_written, nodes)))
        case Or(nodes):
            return Or(tuple(map(_as_written, nodes)))
        case _:
            return node
