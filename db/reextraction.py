"""What a newer grammar reads differently: was, person's, now; a person ticks what is applied."""

import json
import uuid as uuids
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from db import errors, extraction, figures, history, own_words, quantities, worker
from db.records import Extraction, Figure, KeptFigure
from db.sources import VISIBLE

if TYPE_CHECKING:
    from db.archive import Archive

ProgressReport = Callable[[int, int, str], None]

COMPARED = (
    "start", "end", "kind", "value", "value_high", "approx", "unit", "per", "of", "giver",
    "receiver", "modality", "nature", "date", "date_basis",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that is read otherwise now.

    `was` is the proposal once made, `kept` what the archive holds (a person's reading where
    `decided`), `now` what the grammar reads; None where there is none.
    """

    kind: Literal["new", "gone", "changed"]
    source_id: int
    was: Figure | None
    kept: KeptFigure | None
    now: Figure | None
    decided: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """Sources read anew: what differs, which could be read, and which could not."""

    differences: list[Difference]
    source_ids: list[int]
    titles: dict[int, str]
    refused: list[int]


def outdated(archive: "Archive") -> list[int]:
    """The sources whose figures an older grammar proposed."""
    sql = f"""
        SELECT sources.id FROM sources
         WHERE {VISIBLE} AND sources.text_id IS NOT NULL AND sources.grammar IS NOT NULL
           AND sources.grammar NOT LIKE 'refused:%' AND sources.grammar <> ?
         ORDER BY sources.id
    """
    return [int(row[0]) for row in archive.reading().execute(sql, [quantities.GRAMMAR]).fetchall()]


def compare(archive: "Archive", source_id: int) -> list[Difference]:
    """Read the source anew and say what differs; changes nothing."""
    reply = next(iter(_read(archive, [source_id], lambda: False)))[1]
    return _against(archive, source_id, worker.extraction_of(reply))


def compare_all(
    archive: "Archive", source_ids: Sequence[int], progress: ProgressReport | None = None
) -> Compared:
    """Read sources anew, in workers, and say what differs; changes nothing."""
    told = progress or (lambda _done, _of, _what: None)
    done = 0

    def cancelled() -> bool:
        try:
            told(done, len(source_ids), "figures")
        except errors.Cancelled:
            return True
        return False

    compared = Compared([], [], _titles(archive, source_ids), [])
    for source_id, reply in _read(archive, source_ids, cancelled):
        told(done, len(source_ids), "figures")
        done += 1
        try:
            read = worker.extraction_of(reply) if reply else Extraction()
        except errors.Unreadable:
            compared.refused.append(source_id)
            continue
        compared.differences.extend(_against(archive, source_id, read))
        compared.source_ids.append(source_id)
    return compared


def differences(
    source_id: int,
    kept: Sequence[KeptFigure],
    read: Sequence[Figure],
    proposals: Mapping[int, Figure] | None = None,
) -> list[Difference]:
    """Pair what is kept with what is read now, by overlapping spans, in the text's order.

    `proposals` are those that a person's edit has replaced, by the figure's id: a person who
    overruled a reading is asked again only when the grammar comes to another one.
    """
    found = []
    now = sorted(read, key=lambda figure: figure.start)
    places = _Overlapping(now)
    for each in kept:
        was = (proposals or {}).get(each.id, each.figure)
        match = places.take(each.figure) or places.take(was)
        decided = each.status != "proposed"
        if match is None:
            if each.status != "rejected" and not _is_fixed(each.figure):
                found.append(Difference("gone", source_id, was, each, None, decided))
        elif not _is_fixed(each.figure) and _differ(was, match):
            found.append(Difference("changed", source_id, was, each, match, decided))
    for figure in places.left():
        found.append(Difference("new", source_id, None, None, figure, decided=False))
    return sorted(found, key=_place)


def _is_fixed(figure: Figure) -> bool:
    """Whether a person or the document itself said it, and no grammar."""
    return "by_hand" in figure.rules or any(rule.startswith("given.") for rule in figure.rules)


def apply(archive: "Archive", ticked: Sequence[Difference], source_ids: Sequence[int] = ()) -> None:
    """Make the ticked differences true: one undoable command. What is not ticked stays as it is.

    A figure that a person had decided and now ticks waits for review again, as the new reading.
    `source_ids` are the sources that were compared: from now on they are up to date.
    """
    with history.command(
        archive, "apply new readings", "figures", "sources", facts={"count": len(ticked)}
    ) as recording:
        for difference in ticked:
            _apply(recording, difference)
        recording.update("sources", list(source_ids), {"grammar": quantities.GRAMMAR})


def _apply(recording: history.Recording, difference: Difference) -> None:
    if difference.kind == "gone":
        assert difference.kept is not None
        recording.delete_with_rows_below("figures", [difference.kept.id])
        return
    assert difference.now is not None
    passage = recording.database.execute(
        "SELECT passages.id, passages.text_id FROM passages JOIN sources"
        " ON sources.text_id = passages.text_id"
        ' WHERE sources.id = ? AND passages.start <= ? AND passages."end" >= ?',
        [difference.source_id, difference.now.start, difference.now.end],
    ).fetchone()
    if passage is None:
        return
    row = _row(difference.now) | {"passage_id": passage[0], "status": "proposed"}
    if difference.kept is not None:
        recording.update("figures", [difference.kept.id], row | {"proposal": None})
        return
    places = {
        "uuid": str(uuids.uuid4()),
        "source_id": difference.source_id,
        "text_id": passage[1],
    }
    recording.insert("figures", places | row)


def _row(figure: Figure) -> dict[str, Any]:
    row = {name: getattr(figure, name) for name in figures.FIELDS}
    row["grammar"] = quantities.GRAMMAR
    row["earliest"], row["latest"] = figures.days(figure.date)
    for name in ("rules", "doubts", "why"):
        row[name] = json.dumps(getattr(figure, name), ensure_ascii=False)
    return row


def _read(
    archive: "Archive", source_ids: Sequence[int], cancelled: Callable[[], bool]
) -> Iterator[tuple[int, worker.Reply]]:
    words, _ = own_words.read()
    requests = ((each, *extraction.request(archive, each, words)) for each in source_ids)
    size = min(len(source_ids), 1) if len(source_ids) < 2 else None
    yield from worker.Crew(size).map(requests, cancelled)


def _against(archive: "Archive", source_id: int, read: Extraction) -> list[Difference]:
    kept = figures.in_source(archive, source_id)
    return differences(source_id, kept, read.figures, _proposals(archive, source_id))


def _proposals(archive: "Archive", source_id: int) -> dict[int, Figure]:
    """What was proposed where a person has put a reading of their own in its place."""
    rows = archive.reading().execute(
        "SELECT figures.id, figures.proposal FROM figures"
        " JOIN sources ON sources.id = figures.source_id AND sources.text_id = figures.text_id"
        " WHERE sources.id = ? AND figures.proposal IS NOT NULL",
        [source_id],
    )
    return {int(figure_id): Figure(**json.loads(fields)) for figure_id, fields in rows.fetchall()}


def _titles(archive: "Archive", source_ids: Sequence[int]) -> dict[int, str]:
    rows = archive.reading().execute(
        "SELECT id, title FROM sources WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(source_ids))],
    )
    return {int(source_id): str(title) for source_id, title in rows.fetchall()}


class _Overlapping:
    """Figures in the order of their text, each given away once to one that overlaps it."""

    def __init__(self, read: Sequence[Figure]) -> None:
        self._read = read
        self._taken = [False] * len(read)
        # The furthest end so far: rises, so that it can be searched where figures lie in each other.
        self._ends: list[int] = []
        for figure in read:
            self._ends.append(max(figure.end, self._ends[-1] if self._ends else 0))

    def take(self, figure: Figure) -> Figure | None:
        for at in range(bisect_right(self._ends, figure.start), len(self._read)):
            other = self._read[at]
            if other.start >= figure.end:
                return None
            if not self._taken[at] and other.end > figure.start:
                self._taken[at] = True
                return other
        return None

    def left(self) -> list[Figure]:
        return [figure for figure, taken in zip(self._read, self._taken, strict=True) if not taken]


def _differ(one: Figure, other: Figure) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in COMPARED)


def _place(difference: Difference) -> int:
    figure = difference.now or (difference.kept.figure if difference.kept else None)
    return figure.start if figure else 0
