"""Every change can be undone: row by row, in any order of commands."""

import json

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from db import errors, history
from db.archive import Archive


def rows(archive):
    cursor = archive.reading().execute("SELECT * FROM sources ORDER BY id")
    return cursor.fetchall()


def add(archive, title):
    with history.command(archive, "add", "sources") as recording:
        return recording.insert("sources", {"uuid": title, "title": title, "added_at": "now"})


def test_undo_takes_back_and_redo_makes_again(archive):
    add(archive, "Letter")
    with history.command(archive, "describe", "sources") as recording:
        recording.update("sources", [1], {"title": "Cable", "creator": "A clerk"})
    after = rows(archive)
    history.undo(archive)
    assert rows(archive)[0][6] == "Letter"
    history.undo(archive)
    assert rows(archive) == []
    history.redo(archive)
    history.redo(archive)
    assert rows(archive) == after


def test_a_row_that_is_to_become_what_it_is_leaves_no_trace(archive):
    first, second = add(archive, "Letter"), add(archive, "Cable")
    with history.command(archive, "arrange", "sources") as recording:
        recording.update_each("sources", {first: {"position": 0}, second: {"position": 1}})
    changed = "SELECT row_id FROM history_rows WHERE before IS NOT NULL"
    assert archive.reading().execute(changed).fetchall() == [(second,)]


def test_undo_works_after_a_restart(archive):
    add(archive, "Letter")
    archive.close()
    with Archive.open(archive.path) as again:
        change = history.undo(again)
        assert (change.label, change.undone) == ("add", True)
        assert rows(again) == []


def test_there_is_nothing_to_undo_in_a_new_archive(archive):
    with pytest.raises(errors.NothingToUndo):
        history.undo(archive)
    with pytest.raises(errors.NothingToUndo):
        history.redo(archive)


def test_a_new_change_closes_the_way_forward(archive):
    add(archive, "Letter")
    history.undo(archive)
    add(archive, "Cable")
    with pytest.raises(errors.NothingToUndo):
        history.redo(archive)
    assert [change.label for change in history.log(archive)] == ["add"]


def test_a_change_that_fails_leaves_no_line_in_the_history(archive):
    with pytest.raises(ZeroDivisionError), history.command(archive, "fail", "sources"):
        raise ZeroDivisionError
    assert history.log(archive) == []


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.text("abcdef", min_size=1, max_size=8)),
        st.tuples(st.just("rename"), st.integers(1, 6)),
        st.tuples(st.just("delete"), st.integers(1, 6)),
    ),
    max_size=8,
)


@given(STEPS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_commands_undone_give_the_archive_they_began_with(tmp_path_factory, own_home, steps):
    path = tmp_path_factory.mktemp("undo") / "a.muniment"
    with Archive.create(path) as archive:
        states = [rows(archive)]
        for number, (what, value) in enumerate(steps):
            with history.command(archive, what, "sources") as recording:
                if what == "add":
                    fields = {"uuid": str(number), "title": value, "added_at": "now"}
                    recording.insert("sources", fields)
                elif what == "rename":
                    recording.update("sources", [value], {"title": f"renamed {number}"})
                else:
                    recording.delete("sources", [value])
            states.append(rows(archive))
        for state in reversed(states[:-1]):
            history.undo(archive)
            assert rows(archive) == state
        for state in states[1:]:
            history.redo(archive)
            assert rows(archive) == state
        noted = archive.reading().execute("SELECT before, after FROM history_rows").fetchall()
        assert all(json.loads(side) is not None for row in noted for side in row if side)
