"""What a newer grammar reads differently: was, person's, now; a person ticks what is applied."""

import json
import uuid as uuids
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from db import figures, history, storing, worker
from db.records import Figure, KeptFigure

if TYPE_CHECKING:
    from db.archive import Archive

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


def compare(archive: "Archive", source_id: int) -> list[Difference]:
    """Read the source anew and say what differs; changes nothing."""
    text, blocks, context = storing.as_read(archive, source_id)
    one = worker.Worker()
    try:
        request = worker.extract_request(text, blocks, context)
        seconds = worker.SECONDS_FOR_FIGURES + len(text) / worker.CHARACTERS_A_SECOND
        read = worker.extraction_of(one.ask(request, seconds, lambda: False)).figures
    finally:
        one.close()
    return differences(source_id, figures.in_source(archive, source_id), read)


def differences(
    source_id: int, kept: Sequence[KeptFigure], read: Sequence[Figure]
) -> list[Difference]:
    """Pair what is kept with what is read now, by overlapping spans, in the text's order."""
    found = []
    waiting = list(read)
    for each in kept:
        match = next((figure for figure in waiting if _overlap(each.figure, figure)), None)
        decided = each.status != "proposed"
        if match is None:
            if each.status != "rejected" and "by_hand" not in each.figure.rules:
                found.append(Difference("gone", source_id, each.figure, each, None, decided))
            continue
        waiting.remove(match)
        if any(getattr(each.figure, name) != getattr(match, name) for name in COMPARED):
            found.append(Difference("changed", source_id, each.figure, each, match, decided))
    for figure in waiting:
        found.append(Difference("new", source_id, None, None, figure, decided=False))
    return sorted(found, key=_place)


def apply(archive: "Archive", ticked: Sequence[Difference]) -> None:
    """Make the ticked differences true: one undoable command. What is not ticked stays as it is."""
    with history.command(
        archive, "apply new readings", "figures", facts={"count": len(ticked)}
    ) as recording:
        for difference in ticked:
            _apply(recording, difference)


def _apply(recording: history.Recording, difference: Difference) -> None:
    if difference.kind == "gone":
        assert difference.kept is not None
        recording.delete_with_rows_below("figures", [difference.kept.id])
        return
    assert difference.now is not None
    if difference.kept is not None:
        recording.update("figures", [difference.kept.id], _row(difference.now))
        return
    passage = recording.database.execute(
        "SELECT passages.id, passages.text_id FROM passages JOIN sources"
        " ON sources.text_id = passages.text_id"
        ' WHERE sources.id = ? AND passages.start <= ? AND passages."end" >= ?',
        [difference.source_id, difference.now.start, difference.now.end],
    ).fetchone()
    if passage is None:
        return
    places = {
        "uuid": str(uuids.uuid4()),
        "source_id": difference.source_id,
        "passage_id": passage[0],
        "text_id": passage[1],
        "status": "proposed",
    }
    recording.insert("figures", places | _row(difference.now))


def _row(figure: Figure) -> dict[str, Any]:
    row = {name: getattr(figure, name) for name in figures.FIELDS}
    row["earliest"], row["latest"] = figures.days(figure.date)
    for name in ("rules", "doubts", "why"):
        row[name] = json.dumps(getattr(figure, name), ensure_ascii=False)
    return row


def _overlap(one: Figure, other: Figure) -> bool:
    return one.start < other.end and other.start < one.end


def _place(difference: Difference) -> int:
    figure = difference.now or (difference.kept.figure if difference.kept else None)
    return figure.start if figure else 0
