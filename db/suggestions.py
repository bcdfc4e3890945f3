"""What to offer while a query is typed, and when it finds nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db import folding, vocabulary
from db.query import And, Field, Node, Not, Or, Query, Words, joined

if TYPE_CHECKING:
    from db.archive import Archive

MOST_SUGGESTED = 5
MOST_COMPLETED = 10
_NEAREST = 3
_LIKE_ENOUGH = 0.6


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A query that would find something: its text and how many passages it finds."""

    text: str
    total: int


def suggest(archive: "Archive", query: Query) -> list[Suggestion]:
    """Near misses of a query that finds nothing, those nearest to it first.

    A word the archive has not is replaced by the nearest it has; else one part is left out.
    """
    from db import search

    if query.root is None:
        return []
    found: dict[str, Suggestion] = {}
    for root in _nearby(archive, query.root):
        near = Query(root, (), query.include_boilerplate)
        text = near.text()
        if text in found or root == query.root:
            continue
        if total := search.count(archive, near):
            found[text] = Suggestion(text, total)
        if len(found) >= MOST_SUGGESTED:
            break
    return list(found.values())


def complete(archive: "Archive", prefix: str, most: int = MOST_COMPLETED) -> list[str]:
    """What the word that is being typed may become: the archive's words, titles and tags."""
    tokens = folding.words(prefix)
    if not tokens:
        return []
    terms = [term for term, _ in vocabulary.completions(archive, tokens[-1], most)]
    head = tokens[:-1]
    words = ["-".join([*head, term]) for term in terms] if not head else []
    if head:
        words = [
            "-".join([*head, term])
            for term in terms
            if vocabulary.has_phrase(archive, (*head, term))
        ]
    wanted = "".join(" " + token for token in tokens)
    for name, values in (("tag", _tags(archive)), ("title", _titles(archive))):
        fitting = [value for value, folded in values if wanted in folded][: most // 3]
        words = words[: most - len(fitting)]
        words += [Query(Field(name, value)).text() for value in fitting]
    return words


def _nearby(archive: "Archive", root: Node) -> Iterator[Node]:
    """Trees like `root` that may find more."""
    for tree in _respelt(archive, root):
        # lend leese: "lend-lease" is likelier meant than the two words apart.
        if isinstance(tree, And) and all(_is_word(node) for node in tree.nodes):
            tokens = tuple(node.tokens[0] for node in tree.nodes if isinstance(node, Words))
            yield Words(tokens)
        yield tree
    yield from _loosened(root)
    if isinstance(root, And) and len(root.nodes) > 1:
        for left_out in range(len(root.nodes)):
            nodes = [node for at, node in enumerate(root.nodes) if at != left_out]
            fewer = joined(And, nodes)
            if fewer is not None and not all(isinstance(node, Not) for node in nodes):
                yield fewer


def _respelt(archive: "Archive", root: Node) -> Iterator[Node]:
    """`root` with each unknown word replaced; the nearest spellings together come first."""
    unknown = [
        token
        for leaf in Query(root).leaves()
        if isinstance(leaf, Words) and leaf.form in ("word", "phrase")
        for token in leaf.tokens
        if len(token) > 2 and not vocabulary.has(archive, token)
    ]
    nearest = {token: _nearest(archive, token) for token in dict.fromkeys(unknown)}
    if not nearest or not all(nearest.values()):
        return
    for rank in range(_NEAREST):
        spelling = {token: some[min(rank, len(some) - 1)] for token, some in nearest.items()}
        yield _with(root, spelling)


def _with(node: Node, spelling: dict[str, str]) -> Node:
    match node:
        case Words(tokens):
            return replace(node, tokens=tuple(spelling.get(token, token) for token in tokens))
        case Not(inner):
            return Not(_with(inner, spelling))
        case And(nodes) | Or(nodes):
            return type(node)(tuple(_with(each, spelling) for each in nodes))
        case _:
            return node


def _loosened(root: Node) -> Iterator[Node]:
    """Words in any form in place of words as written; side by side no more."""
    match root:
        case Words(tokens, "phrase" | "word") if len(tokens) > 1:
            yield And(tuple(Words((token,)) for token in tokens))
        case Words(tokens, "phrase"):
            yield Words(tokens)
        case And(nodes):
            for at, node in enumerate(nodes):
                for looser in _loosened(node):
                    loosened = joined(And, [*nodes[:at], looser, *nodes[at + 1 :]])
                    if loosened is not None:
                        yield loosened


def _is_word(node: Node) -> bool:
    return isinstance(node, Words) and node.form == "word" and len(node.tokens) == 1


def _nearest(archive: "Archive", word: str) -> list[str]:
    """The archive's words most like `word`, of equals the commoner."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    terms, passages = vocabulary.everything(archive)
    near = process.extract(
        word, terms, scorer=OSA.normalized_similarity, limit=20, score_cutoff=_LIKE_ENOUGH
    )
    near = [(term, likeness, at) for term, likeness, at in near if term != word]
    near.sort(key=lambda found: (-round(found[1], 2), -passages[found[2]], found[0]))
    return [term for term, _, _ in near[:_NEAREST]]


def _titles(archive: "Archive") -> list[tuple[str, str]]:
    sql = "SELECT title FROM sources WHERE deleted_at IS NULL ORDER BY id"
    return vocabulary.kept(archive, "titles", lambda: _with_folded(archive, sql))


def _tags(archive: "Archive") -> list[tuple[str, str]]:
    sql = "SELECT name FROM tags ORDER BY name"
    return vocabulary.kept(archive, "tags", lambda: _with_folded(archive, sql))


def _with_folded(archive: "Archive", sql: str) -> list[tuple[str, str]]:
    rows = archive.reading().conn.execute(sql)
    return [(text, "".join(" " + word for word in folding.words(text))) for (text,) in rows]
