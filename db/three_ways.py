"""Three sources side by side: two are held against the first, and stand in its order."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from db.counterparts import Pair, Relation


@dataclass(frozen=True, slots=True)
class Fate:
    """A passage of another source and what it is to the first's; None where it has none."""

    passage: int | None
    relation: Relation
    similarity: float


@dataclass(frozen=True, slots=True)
class Triple:
    """A passage of A (or None), and what became of it in B and in C.

    Of a row that only the other source has, a fate is None.
    """

    a: int | None
    b: Fate | None
    c: Fate | None


def triples(
    to_b: Sequence[Pair], to_c: Sequence[Pair], between: Iterable[Pair] = ()
) -> list[Triple]:
    """Rows of three from the pairs of A and B, those of A and C, and those of B and C.

    Every passage is in a row. Passages that B and C share and A has not stand in one row.
    """
    known_b, alone_b = _by_place(to_b)
    known_c, alone_c = _by_place(to_c)
    own_b = {each.passage: each for each in chain.from_iterable(alone_b.values())}
    own_c = {each.passage: each for each in chain.from_iterable(alone_c.values())}
    partner = {
        pair.b: pair.a for pair in between if pair.a in own_b and pair.b in own_c
    }  # the last of several: one row shows it
    partners = {b: c for c, b in partner.items()}
    found: list[Triple] = []
    done: set[int | None] = set()

    def put_own(place: int | None) -> None:
        for fate in alone_b.get(place, ()):
            if fate.passage not in done:
                found.append(_together(fate, own_c.get(partners.get(fate.passage, -1)), done))
        for fate in alone_c.get(place, ()):
            if fate.passage not in done:
                mate = own_b.get(partner.get(fate.passage))
                if mate is not None and mate.passage not in done:
                    found.append(_together(mate, fate, done))
                else:
                    done.add(fate.passage)
                    found.append(Triple(None, None, fate))

    put_own(None)
    for a in dict.fromkeys(pair.a for pair in chain(to_b, to_c) if pair.a is not None):
        mine, theirs = known_b.get(a, []), known_c.get(a, [])
        # Of a passage that is several in one of the others, the rest stands beside each.
        for at in range(max(len(mine), len(theirs))):
            found.append(Triple(a, _at(mine, at), _at(theirs, at)))
        put_own(a)
    return found


def _by_place(
    pairs: Sequence[Pair],
) -> tuple[dict[int, list[Fate]], dict[int | None, list[Fate]]]:
    """What became of each passage of A, and what only the other has, by A's passage before it."""
    known: dict[int, list[Fate]] = defaultdict(list)
    alone: dict[int | None, list[Fate]] = defaultdict(list)
    last: int | None = None
    for pair in pairs:
        fate = Fate(pair.b, pair.relation, pair.similarity)
        if pair.a is None:
            alone[last].append(fate)
        else:
            last = pair.a
            known[pair.a].append(fate)
    return known, alone


def _at(fates: Sequence[Fate], at: int) -> Fate | None:
    return fates[min(at, len(fates) - 1)] if fates else None


def _together(b: Fate, c: Fate | None, done: set[int | None]) -> Triple:
    done.add(b.passage)
    if c is not None and c.passage not in done:
        done.add(c.passage)
        return Triple(None, b, c)
    return Triple(None, b, None)
