"""Reference codes that number themselves: the next one at a place, and a whole branch at once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import history, sources
from db.records import Source

if TYPE_CHECKING:
    from db.archive import Archive

BETWEEN = "/"
_LAST_NUMBER = re.compile(r"((?:.{0,200}\D)?)([0-9]{1,9})(\D{0,20})", re.DOTALL)
_MARK = re.compile(r"[^\w\s]")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A source with the code it has and the one it would get."""

    source_id: int
    title: str
    now: str | None
    then: str


def proposed(found: Sequence[Source], parent_id: int | None) -> str | None:
    """The code for a new source below `parent_id`, of all `found`; None where nothing says how.

    It follows the last sibling's (H/2/09 gives H/2/10); the first one is made of its parent's.
    """
    known = {source.id: source for source in found}
    taken = {source.reference_code for source in found if source.reference_code}
    siblings = [each.reference_code for each in found if each.parent_id == parent_id]
    for code in reversed([each for each in siblings if each]):
        if (following := after(code, taken)) is not None:
            return following
    above = known[parent_id].reference_code if parent_id in known else None
    return after(f"{above}{_mark(found)}0", taken) if above else None


def numbered(archive: "Archive", source_id: int, *, only_missing: bool = True) -> list[Numbered]:
    """What numbering all below a source would change: its code, a mark, then 1, 2, 3 and so on.

    With `only_missing` those that have a code keep it, and no number is given twice.
    """
    found = sources.all(archive)
    children: dict[int, list[Source]] = {}
    for source in found:
        if source.parent_id is not None:
            children.setdefault(source.parent_id, []).append(source)
    mark = _mark(found)
    top = sources.get(archive, source_id)
    below = sources.below(found, [source_id])
    taken = {
        each.reference_code
        for each in found
        if each.reference_code and (only_missing or each.id not in below)
    }
    codes: dict[int, str] = {source_id: top.reference_code or ""}
    changes: list[Numbered] = []
    waiting = [source_id]
    while waiting:
        above = waiting.pop(0)
        number = 0
        for each in children.get(above, ()):
            if each.id in codes:
                continue  # a ring, of a hand-edited archive
            code = each.reference_code
            if code is None or not only_missing:
                code, number = _next_free(codes[above], mark, number, taken)
                taken.add(code)
            codes[each.id] = code
            if code != each.reference_code:
                changes.append(Numbered(each.id, each.title, each.reference_code, code))
            waiting.append(each.id)
    return changes


def number(archive: "Archive", codes: Mapping[int, str]) -> None:
    """Give sources these codes; one undoable command."""
    with history.command(
        archive, "number sources", "sources", facts={"count": len(codes)}
    ) as recording:
        recording.update_each(
            "sources", {each: {"reference_code": code} for each, code in codes.items()}
        )


def after(code: str, taken: set[str]) -> str | None:
    """The code one further by its last number, zeros kept (09 gives 10), that is not taken."""
    found = _LAST_NUMBER.fullmatch(code)
    if found is None:
        return None
    before, digits, behind = found.groups()
    number = int(digits)
    for step in range(1, len(taken) + 2):
        following = f"{before}{number + step:0{len(digits)}d}{behind}"
        if following not in taken:
            return following
    return None


def _next_free(above: str, mark: str, number: int, taken: set[str]) -> tuple[str, int]:
    while True:
        number += 1
        code = f"{above}{mark}{number}" if above else str(number)
        if code not in taken:
            return code, number


def _mark(found: Sequence[Source]) -> str:
    """What stands between a code and that of its parent, as the archive has it."""
    by_id = {source.id: source for source in found}
    for source in found:
        above = by_id.get(source.parent_id or 0)
        if above is None or not above.reference_code or not source.reference_code:
            continue
        rest = source.reference_code.removeprefix(above.reference_code)
        if rest != source.reference_code and rest and _MARK.match(rest):
            return rest[0]
    return BETWEEN
