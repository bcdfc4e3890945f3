"""Figures of two archives laid side by side: decisions meet, proposals never override one."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db import figures
from db.merge_matching import Coming
from db.merge_past import ROWS_AT_A_TIME, UNRECORDED, chunks
from db.merge_rows import Merging, Row, rows
from db.merge_tables import ALWAYS_LOCAL, FIGURES, READING

if TYPE_CHECKING:
    from sqlite_utils import Database

_KEPT_TOGETHER = (
    "status", *(name for name in figures.FIELDS), "text_id", "source_id", "earliest", "latest",
    "doubts", "rules", "why", "grammar", "proposal",
)  # fmt: skip
# What other rows speak of must come, also where it was only proposed.
_NEEDED = """
    SELECT figure_id FROM annotations WHERE figure_id IS NOT NULL
     UNION SELECT figure_id FROM taggings WHERE figure_id IS NOT NULL
     UNION SELECT from_figure_id FROM links WHERE from_figure_id IS NOT NULL
     UNION SELECT to_figure_id FROM links WHERE to_figure_id IS NOT NULL
     UNION SELECT figure_id FROM series_figures
             JOIN series ON series.id = series_id WHERE status = 'kept'
"""


@dataclass(frozen=True, slots=True)
class Looked:
    """What laying figures side by side found: theirs -> ours, and those to be decided on.

    It holds as long as nobody has written figures since: `writes` says how often somebody had.
    """

    writes: int
    same: dict[int, int]
    differing: dict[int, int]
    only_theirs: list[int]

    def is_fresh(self, merging: Merging) -> bool:
        """Whether nobody has written figures since."""
        return self.writes == merging.figures_written()


def look(merging: Merging, coming: Coming) -> Looked:
    """Match their figures with ours and tell those that differ; changes nothing."""
    merging.taken_figures.clear()
    found = Looked(merging.figures_written(), {}, {}, [])
    new_texts = {*coming.texts, *coming.unread}
    names = ", ".join(f'"{name}"' for name in ("id", "uuid", "text_id", *READING))
    sql = f"SELECT {names} FROM figures WHERE id > ? ORDER BY id LIMIT {ROWS_AT_A_TIME}"
    mine_sql = f"SELECT {names} FROM figures WHERE uuid IN (SELECT value FROM json_each(?))"
    last = -(1 << 62)
    while batch := merging.theirs.execute(sql, [last]).fetchall():
        merging.breathe()
        last = batch[-1][0]
        mine = merging.ours.execute(mine_sql, [json.dumps([row[1] for row in batch])]).fetchall()
        here = {row[1]: row for row in mine}
        for row in batch:
            our_text = merging.ours_of("texts", row[2])
            if our_text is None:
                continue
            ours = here.get(row[1]) or _at_same_place(merging, row[0], our_text, names)
            if ours is not None:
                is_same = ours[2] == our_text and ours[3:] == row[3:]
                (found.same if is_same else found.differing)[row[0]] = ours[0]
            elif row[2] in new_texts:  # when only looking ahead: else it would be here
                found.same[row[0]] = merging.placeholder()
            else:
                found.only_theirs.append(row[0])
    return found


def take(merging: Merging, coming: Coming, looked: Looked) -> None:
    """Decide on the figures that differ, and bring what is only theirs and worth it."""
    if not looked.is_fresh(merging):
        looked = look(merging, coming)
    needed = {int(row[0]) for row in merging.theirs.execute(_NEEDED).fetchall()}
    ticked = merging.parting.theirs.born.get("figures", set())  # what a newer grammar reads
    gone = merging.gone_here(FIGURES)
    for figures_here in (looked.same, looked.differing):
        for their_id, our_id in figures_here.items():
            merging.match("figures", their_id, our_id)
    for some in chunks(sorted([*looked.differing, *looked.only_theirs])):
        merging.breathe()
        mine = _by_id(merging.ours, [looked.differing.get(each, 0) for each in some])
        for row in _by_id(merging.theirs, some).values():
            our_text = int(merging.ours_of("texts", row["text_id"]) or 0)
            if row["id"] in looked.differing:
                _compare(merging, mine[looked.differing[row["id"]]], row, our_text)
            elif row["status"] != "proposed" or row["id"] in needed or row["id"] in ticked:
                _come(merging, row, our_text, gone)
        merging.flush()
    merging.removals(FIGURES)


def _by_id(database: "Database", ids: Sequence[int]) -> dict[int, Row]:
    sql = "SELECT * FROM figures WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
    return {row["id"]: row for row in rows(database, sql, [json.dumps(list(ids))])}


def _come(merging: Merging, row: Row, our_text: int, gone: set[Any]) -> None:
    if merging.stays_gone(FIGURES, row, row, gone):
        return
    mapped = _mapped(merging, row, our_text)
    merging.insert(FIGURES, row, mapped)


def _compare(merging: Merging, mine: Row, row: Row, our_text: int) -> None:
    differing = [name for name in READING if mine[name] != row[name]]
    if mine["text_id"] != our_text:
        differing.append("text_id")
    if not differing or (
        mine["status"] == row["status"] == "proposed" and not _told(merging, mine, row)
    ):
        return
    mapped = _mapped(merging, row, our_text)
    if mine["status"] == row["status"] == "edited":
        # Two hands at one figure: what only one of them changed stands.
        merging.compare(FIGURES, mine, row, _only_reading(mapped))
        return
    verdict = _verdict(merging, mine, row, mapped)
    if verdict == "conflict":
        verdict = merging.conflict(
            FIGURES, mine, ("status", *(name for name in READING if name != "status")), mine, mapped
        )
    if verdict == "theirs":
        names = (*_KEPT_TOGETHER, "passage_id")
        merging.change(
            FIGURES, mine, {name: mapped[name] for name in names if mine[name] != mapped[name]}, row
        )


def _verdict(merging: Merging, mine: Row, row: Row, mapped: Row) -> str:
    unit = (*READING, "text_id")
    a_was, b_was = merging.was(FIGURES, unit, mine, row, mapped)
    a = tuple(mine[name] for name in unit)
    b = tuple(mapped[name] for name in unit)
    verdict = merging.parting.settle(a, b, a_was, b_was)
    if verdict not in ("conflict", "unknown"):
        return verdict
    # A new reading of the grammar is no decision; a person's reopening of one is.
    if _is_undecided(mine, a_was) != _is_undecided(row, b_was):
        return "theirs" if _is_undecided(mine, a_was) else "ours"
    return "conflict"


def _is_undecided(row: Row, was: Any) -> bool:
    return row["status"] == "proposed" and (was is UNRECORDED or was[0] == "proposed")


def _told(merging: Merging, mine: Row, row: Row) -> bool:
    parting = merging.parting
    return parting.ours.is_touched("figures", mine["id"]) or parting.theirs.is_touched(
        "figures", row["id"]
    )


def _only_reading(mapped: Row) -> Row:
    units = {name for unit in FIGURES.units for name in unit}
    wanted = units | set(READING)
    return {name: value for name, value in mapped.items() if name in wanted - ALWAYS_LOCAL}


def _mapped(merging: Merging, row: Row, our_text: int) -> Row:
    """Their figure as a row of ours, its words held against our text."""
    merging.verify_json("figures", row)
    mapped = dict(row)
    mapped["text_id"] = our_text
    mapped["source_id"] = merging.ours_of("sources", row["source_id"])
    mapped["earliest"], mapped["latest"] = figures.days(row["date"])
    mapped["passage_id"] = merging.placeholder()
    if our_text > 0:
        start, end = row["start"], row["end"]
        if merging.words(our_text, start, end) != row["text"]:
            raise merging.refuse(f"figures: words that do not stand at {start}–{end}")
        passage_id = merging.passage_at(our_text, start)
        if passage_id is None:
            raise merging.refuse("figures: one outside of every passage")
        mapped["passage_id"] = passage_id
    return mapped


def _at_same_place(merging: Merging, their_id: int, our_text: int, names: str) -> Any:
    """The figure of ours that stands on the same words, before or after an edit of either."""
    if our_text < 0:
        return None
    ((row,),) = (_by_id(merging.theirs, [their_id]).values(),)
    merging.verify_json("figures", row)
    spans = [(row["start"], row["end"])]
    proposal = json.loads(row["proposal"]) if row["proposal"] else None
    if isinstance(proposal, dict):
        start, end = proposal.get("start"), proposal.get("end")
        if isinstance(start, int) and isinstance(end, int):
            spans.append((start, end))
    source_id = merging.ours_of("sources", row["source_id"])
    proposed = _proposed_places(merging, source_id)
    for place in spans:
        found = rows(
            merging.ours,
            'SELECT * FROM figures WHERE source_id = ?1 AND start = ?2 AND "end" = ?3'
            " AND text_id = ?4 UNION SELECT * FROM figures WHERE text_id = ?4"
            " AND id IN (SELECT value FROM json_each(?5))",
            [source_id, *place, our_text, json.dumps(proposed.get(place, []))],
        )
        found.sort(
            key=lambda each: (
                each["value"] != row["value"], each["kind"] != row["kind"], each["id"],
            )
        )  # fmt: skip
        for each in found:
            theirs = merging.theirs.execute(
                "SELECT 1 FROM figures WHERE uuid = ?", [each["uuid"]]
            ).fetchone()
            if theirs is None and each["id"] not in merging.taken_figures:
                merging.taken_figures.add(each["id"])
                return merging.ours.execute(
                    f"SELECT {names} FROM figures WHERE id = ?", [each["id"]]
                ).fetchone()
    return None


def _proposed_places(merging: Merging, source_id: int | None) -> dict[tuple[int, int], list[int]]:
    """Where the figures of a source stood before an edit; worked out once a source."""
    known = merging.proposed_places
    if source_id not in known:
        known.clear()  # figures come by source, or nearly: one is enough to remember
        found = known.setdefault(source_id, {})
        sql = """
            SELECT id, json_extract(proposal, '$.start'), json_extract(proposal, '$.end')
              FROM figures WHERE source_id = ? AND proposal IS NOT NULL
        """
        for row_id, start, end in merging.ours.execute(sql, [source_id]).fetchall():
            found.setdefault((start, end), []).append(row_id)
    return known[source_id]
