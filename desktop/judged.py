"""What the window asks about figures under judgement, as plain functions for jobs.

As in desktop/asked.py, db is imported when first asked, and nothing here may know a widget.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from db.records import Change, Context, FigureStatus
from desktop.jobs import Progress

if TYPE_CHECKING:
    from db.archive import Archive
    from db.figures import Written
    from db.plots import Plot
    from db.reextraction import Compared, Difference
    from db.review import Card, Waiting
    from db.series import Reading, Series

MOST_CHANGES = 2000


def waiting(archive: "Archive", wanted: Mapping[str, Any]) -> "Waiting":
    """The queue and its choices."""
    import db.review

    warm(archive)
    return db.review.waiting(archive, db.review.Wanted(**wanted))


def warm(_archive: "Archive") -> None:
    """Have the lexicons loaded (0.5 s) before the window's thread asks for them."""
    from db import edtf, quantities

    quantities.figures("2 tonnes", Context(language="en"))
    edtf.in_words(edtf.from_words("March 1900") or "1900")


def cards(archive: "Archive", ids: Sequence[int]) -> "dict[int, Card]":
    import db.review

    return db.review.cards(archive, ids)


def card_and_units(
    archive: "Archive", figure_id: int
) -> "tuple[Card | None, list[tuple[str, int]]]":
    """One figure with the words around it, and the units in use."""
    import db.figures
    import db.review

    warm(archive)
    return db.review.cards(archive, [figure_id]).get(figure_id), db.figures.units(archive)


def draft_and_units(
    archive: "Archive", source_id: int, start: int, end: int
) -> "tuple[Card | None, list[tuple[str, int]]]":
    """What the grammar makes of selected words, and the units in use."""
    import db.figures
    import db.review

    warm(archive)
    return db.review.drafted(archive, source_id, start, end), db.figures.units(archive)


def units(archive: "Archive") -> list[tuple[str, int]]:
    import db.figures

    return db.figures.units(archive)


def alike(archive: "Archive", figure_id: int) -> tuple[list[int], int]:
    """The proposals like this one, and in how many sources they stand."""
    import db.review

    ids = db.review.alike(archive, figure_id)
    return ids, db.review.sources_of(archive, ids)


def writes(archive: "Archive") -> int:
    import db.review

    return db.review.writes(archive)


def decide(archive: "Archive", ids: Sequence[int], status: FigureStatus) -> "Written":
    import db.figures

    return db.figures.decide(archive, ids, status)


def edit(archive: "Archive", figure_id: int, fields: Mapping[str, Any]) -> "Written":
    import db.figures

    return db.figures.edit(archive, figure_id, **fields)


def add(archive: "Archive", source_id: int, start: int, end: int, fields: Mapping[str, Any]) -> int:
    import db.figures

    return db.figures.add(archive, source_id, start, end, **fields)


def take_back(archive: "Archive", change_id: int) -> "Written | None":
    import db.review

    return db.review.take_back(archive, change_id)


# -- history ------------------------------------------------------------------------------------


def log(archive: "Archive") -> list[Change]:
    """The newest changes first."""
    import db.history

    return db.history.log(archive, MOST_CHANGES)


def step_to(archive: "Archive", progress: Progress, change_id: int, *, backwards: bool) -> int:
    """Undo the changes back to `change_id`, itself included, or redo up to it; how many."""
    import db.history
    import db.series

    changes = db.history.log(archive, MOST_CHANGES)
    if backwards:
        steps = [each for each in changes if not each.undone and each.id >= change_id]
    else:
        steps = [each for each in changes if each.undone and each.id <= change_id]
    for done, _ in enumerate(steps):
        progress(done, len(steps), "")
        step = db.history.undo if backwards else db.history.redo
        step(archive)
    if any(map(db.series.is_unsettled_by, steps)):
        db.series.propose(archive)
    return len(steps)


# -- series -------------------------------------------------------------------------------------


def all_series(archive: "Archive") -> "list[Series]":
    import db.series

    return db.series.all(archive)


def unsettles_series(change: "Change") -> bool:
    """Whether a change calls for `propose_series`."""
    import db.series

    return db.series.is_unsettled_by(change)


def propose_series(archive: "Archive", _progress: Progress) -> int:
    import db.series

    return db.series.propose(archive)


def rename_series(archive: "Archive", series_id: int, name: str) -> None:
    import db.series

    db.series.rename(archive, series_id, name)


def merge_series(archive: "Archive", into: int, others: Sequence[int]) -> None:
    import db.series

    db.series.merge(archive, into, others)


def split_series(archive: "Archive", series_id: int, ids: Sequence[int], name: str) -> int:
    import db.series

    return db.series.split(archive, series_id, ids, name)


def move_figures(archive: "Archive", ids: Sequence[int], from_: int, to: int) -> None:
    import db.series

    db.series.move(archive, ids, from_, to)


def set_readings(
    archive: "Archive", series_id: int, ids: Sequence[int], reading: "Reading", reason: str
) -> None:
    import db.series

    db.series.set_readings(archive, series_id, ids, reading, reason)


def ladders(archive: "Archive") -> "list[tuple[tuple[int, str], ...]]":
    """What was found of promises and deliveries: figures in their order, each with its stage."""
    import db.ladders

    return db.ladders.kept(archive)


def speaking_sources(archive: "Archive") -> list[tuple[int, str]]:
    """The sources that have words, by id and title."""
    import db.sources

    return [(each.id, each.title) for each in db.sources.all(archive) if each.passages]


# -- plots --------------------------------------------------------------------------------------


def all_plots(archive: "Archive") -> "list[Plot]":
    import db.plots

    return db.plots.all(archive)


def save_plot(archive: "Archive", name: str, state: Mapping[str, Any]) -> int:
    import db.plots

    return db.plots.save(archive, name, state)


def rename_plot(archive: "Archive", plot_id: int, name: str) -> None:
    import db.plots

    db.plots.rename(archive, plot_id, name)


def remove_plots(archive: "Archive", ids: Sequence[int]) -> None:
    import db.plots

    db.plots.remove(archive, ids)


# -- new readings -------------------------------------------------------------------------------


def outdated(archive: "Archive") -> list[int]:
    import db.reextraction

    return db.reextraction.outdated(archive)


def compare(archive: "Archive", progress: Progress, source_ids: Sequence[int]) -> "Compared":
    """Read the sources anew; none given: those that an older grammar has read."""
    import db.reextraction

    ids = list(source_ids) or db.reextraction.outdated(archive)
    return db.reextraction.compare_all(archive, ids, progress)


def apply(
    archive: "Archive",
    _progress: Progress,
    ticked: "Sequence[Difference]",
    source_ids: Sequence[int],
) -> int:
    import db.reextraction

    db.reextraction.apply(archive, ticked, source_ids)
    return len(ticked)
