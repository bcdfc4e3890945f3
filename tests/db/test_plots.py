"""Saved plots: kept as they were, and every step taken back."""

import pytest

from db import errors, history, plots
from db.archive import Archive

STATE = {"unit": "barrels", "view": [1.5, 2.25, -0.0625, 1e15], "hidden": [3], "name": "駁船 السفن"}


@pytest.fixture
def archive(tmp_path, home):
    with Archive.create(tmp_path / "a.muniment", "Ferry") as archive:
        archive.person = "Ada"
        yield archive


def rows(archive):
    return archive.reading().execute("SELECT * FROM plots ORDER BY id").fetchall()


def test_a_saved_plot_is_what_was_saved_and_who_saved_it(archive):
    plot_id = plots.save(archive, "Barrels", STATE)
    kept = plots.get(archive, plot_id)
    assert (kept.name, kept.state, kept.person) == ("Barrels", STATE, "Ada")
    assert plots.all(archive) == [kept]


def test_plots_are_listed_by_name(archive):
    for name in ("ferry", "Barrels", "lanterns"):
        plots.save(archive, name, {})
    assert [each.name for each in plots.all(archive)] == ["Barrels", "ferry", "lanterns"]


def test_saving_under_a_name_that_is_there_changes_that_plot(archive):
    first = plots.save(archive, "Barrels", STATE)
    assert plots.save(archive, "Barrels", {"unit": "pounds"}) == first
    assert plots.get(archive, first).state == {"unit": "pounds"}
    assert plots.get(archive, first).changed_at


def test_every_step_is_undone_and_done_again(archive):
    seen = [rows(archive)]
    plot_id = plots.save(archive, "Barrels", STATE)
    seen.append(rows(archive))
    plots.rename(archive, plot_id, "Casks")
    seen.append(rows(archive))
    plots.change(archive, plot_id, {"unit": "casks"})
    seen.append(rows(archive))
    plots.remove(archive, [plot_id])
    seen.append(rows(archive))
    for was in reversed(seen[:-1]):
        history.undo(archive)
        assert rows(archive) == was
    for becomes in seen[1:]:
        history.redo(archive)
        assert rows(archive) == becomes


def test_a_plot_that_is_not_there_is_said_so(archive):
    for do in (
        lambda: plots.get(archive, 9),
        lambda: plots.rename(archive, 9, "x"),
        lambda: plots.change(archive, 9, {}),
    ):
        with pytest.raises(errors.UnknownPlot):
            do()
    assert history.log(archive) == []


def test_a_state_that_is_no_object_is_an_empty_one(archive):
    plot_id = plots.save(archive, "Barrels", STATE)
    for broken in ("[1]", "{", "7"):
        with archive.writing("plots") as database:
            database.execute("UPDATE plots SET state = ? WHERE id = ?", [broken, plot_id])
        assert plots.get(archive, plot_id).state == {}
