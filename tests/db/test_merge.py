"""Two copies of an archive worked on apart come together again, and nothing is lost."""

import dataclasses
import json
import shutil

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from db import (
    annotations,
    corrections,
    errors,
    figures,
    findings,
    history,
    ingest,
    links,
    merge,
    plots,
    reextraction,
    saved_searches,
    series,
    sources,
    storing,
    tags,
    versions,
)
from db.archive import Archive
from db.records import Target
from db.reextraction import Difference

# What is derived, or tells of one archive only, is not compared.
_ROWS = {
    "sources": "SELECT uuid, title, creator, date, genre, rights, notes, level, restricted,"
    " (SELECT uuid FROM sources AS p WHERE p.id = sources.parent_id), deleted_at IS NULL,"
    " (SELECT sha256 FROM texts WHERE id = text_id), passages FROM sources",
    "figures": 'SELECT figures.uuid, sources.uuid, start, "end", text, value, unit, of, figures.date,'
    " figures.earliest, status FROM figures JOIN sources ON sources.id = source_id",
    "series": "SELECT uuid, name, unit, status FROM series WHERE status = 'kept'",
    "series_figures": "SELECT series.uuid, figures.uuid, reading, reason FROM series_figures"
    " JOIN series ON series.id = series_id JOIN figures ON figures.id = figure_id"
    " WHERE series.status = 'kept'",
    "annotations": 'SELECT uuid, kind, start, "end", exact, body, colour,'
    " (SELECT uuid FROM sources WHERE id = source_id), (SELECT name FROM people WHERE id = person_id)"
    " FROM annotations WHERE deleted_at IS NULL",
    "tags": "SELECT uuid, name, colour, (SELECT uuid FROM tags AS p WHERE p.id = tags.parent_id)"
    " FROM tags",
    "taggings": "SELECT taggings.uuid, tags.uuid, (SELECT uuid FROM annotations WHERE id = annotation_id),"
    " (SELECT uuid FROM sources WHERE id = source_id), (SELECT uuid FROM figures WHERE id = figure_id)"
    " FROM taggings JOIN tags ON tags.id = tag_id",
    "links": "SELECT uuid, relation, note FROM links",
    "findings": "SELECT identity, judgement, reason FROM findings WHERE judgement IS NOT NULL",
}


def state(archive):
    return {
        name: sorted(map(repr, archive.reading().execute(sql).fetchall()))
        for name, sql in _ROWS.items()
    }


@pytest.fixture
def two(harbour, tmp_path):
    """Ours and theirs, both copies of one archive, open for writing."""
    other = shutil.copy(harbour, tmp_path / "copy.muniment")
    with Archive.open(harbour) as ours, Archive.open(other) as theirs:
        ours.person, theirs.person = "Ada", "Béatrice"
        yield ours, theirs


def all_is_well(archive):
    return [result for result in archive.check() if not result.ok] == []


def test_a_copy_nobody_worked_on_brings_nothing(two):
    ours, theirs = two
    assert merge.preview(ours, theirs.path).is_empty()
    before = history.log(ours)
    assert merge.merge(ours, theirs.path).is_empty()
    assert history.log(ours) == before


def test_an_archive_is_not_merged_with_itself(two):
    with pytest.raises(errors.SameArchive):
        merge.merge(two[0], two[0].path)


def test_what_only_one_side_changed_stands(two):
    ours, theirs = two
    first, second = [each.id for each in sources.all(ours)]
    sources.describe(ours, first, title="The ledger")
    sources.describe(theirs, first, creator="A clerk")
    sources.describe(theirs, second, title="Ada’s letter", date="1938")
    merged = merge.merge(ours, theirs.path)
    assert merged.changed == {"sources": 2}
    assert (merged.added, merged.conflicts) == ({}, [])
    kept = sources.get(ours, first)
    assert (kept.title, kept.creator) == ("The ledger", "A clerk")
    assert sources.get(ours, second).date == "1938"


def test_what_both_changed_is_a_conflict_and_stays_ours_unless_theirs_is_chosen(two):
    ours, theirs = two
    first = sources.all(ours)[0]
    sources.describe(ours, first.id, title="The ledger")
    sources.describe(theirs, first.id, title="Harbour accounts")
    looked = merge.preview(ours, theirs.path)
    (conflict,) = looked.conflicts
    assert (conflict.table, conflict.uuid, conflict.field) == ("sources", first.uuid, "title")
    assert (conflict.ours, conflict.theirs) == ("The ledger", "Harbour accounts")
    assert looked.changed == {}
    merge.merge(ours, theirs.path)
    assert sources.get(ours, first.id).title == "The ledger"
    merge.merge(ours, theirs.path, choices={conflict.key: "theirs"})
    assert sources.get(ours, first.id).title == "Harbour accounts"


def test_what_was_decided_for_ours_is_not_asked_again_though_nothing_came(two):
    ours, theirs = two
    first = sources.all(ours)[0]
    sources.describe(ours, first.id, title="The ledger")
    sources.describe(theirs, first.id, title="Harbour accounts")
    (conflict,) = merge.preview(ours, theirs.path).conflicts
    merge.merge(ours, theirs.path, choices={conflict.key: "ours"})
    assert merge.preview(ours, theirs.path).is_empty()
    history.undo(ours)
    assert [each.key for each in merge.preview(ours, theirs.path).conflicts] == [conflict.key]
    history.redo(ours)
    assert merge.merge(theirs, ours.path).conflicts == []
    assert sources.get(theirs, first.id).title == "The ledger"


def test_sources_imported_into_the_copy_come_with_figures_and_can_be_found(two, tmp_path):
    ours, theirs = two
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "cable.txt").write_text("The quay cost $900 in May 1940. 🚢\n", "utf-8")
    ingest.add(theirs, [tmp_path / "more"])
    looked = merge.preview(ours, theirs.path)
    merged = merge.merge(ours, theirs.path)
    assert looked.added == merged.added
    assert merged.added["sources"] == 1
    assert merged.added["figures"] >= 1
    new = sources.all(ours)[-1]
    assert sources.text(ours, new.id) == "The quay cost $900 in May 1940. 🚢\n"
    assert state(ours) == state(theirs)
    assert all_is_well(ours)
    history.undo(ours)
    assert len(sources.all(ours)) == 2
    history.redo(ours)
    assert len(sources.all(ours)) == 3
    assert merge.merge(ours, theirs.path).is_empty()


def test_decisions_on_figures_meet_and_a_proposal_overrides_none(two):
    ours, theirs = two
    a, b, c, *_ = figures.ids(ours)
    figures.decide(ours, [a], "accepted")
    figures.decide(theirs, [b], "rejected")
    figures.edit(theirs, c, value=5.0)
    figures.decide(ours, [c], "accepted")
    merged = merge.merge(ours, theirs.path)
    assert {each.field for each in merged.conflicts} == {"status", "value"}
    kept = figures.rows(ours, [a, b, c])
    assert [kept[each].status for each in (a, b, c)] == ["accepted", "rejected", "accepted"]
    assert merge.merge(ours, theirs.path).is_empty()  # what was decided is not asked again
    history.undo(ours)
    merge.merge(ours, theirs.path, default="theirs")
    assert figures.rows(ours, [c])[c].figure.value == 5.0
    assert figures.rows(ours, [c])[c].status == "edited"


def test_annotations_tags_and_links_come_signed_and_join_tags_of_the_same_name(two):
    ours, theirs = two
    first = sources.all(ours)[0].id
    tags.add(ours, "Loans", colour="blue")
    loans = tags.add(theirs, "loans")
    note = annotations.add(
        theirs, "note", Target(first, 0, 6), body="which office?", tag_ids=[loans]
    )
    figure = figures.ids(theirs)[0]
    links.add(theirs, "supports", Target(annotation_id=note), Target(figure_id=figure))
    merged = merge.merge(ours, theirs.path)
    assert merged.added["annotations"] == 1
    assert merged.added["links"] == 1
    assert "tags" not in merged.added
    (kept,) = annotations.rows(ours, annotations.ids(ours)).values()
    assert (kept.body, kept.person) == ("which office?", "Béatrice")
    assert [each.name for each in tags.all(ours)] == ["Loans"]
    assert all_is_well(ours)


def plot_state(archive, number):
    """A plot of a few figures and of a series, with a source hidden, as the plot panel keeps it."""
    chosen = figures.in_source(archive, number)
    (made,) = [each.id for each in series.all(archive) if each.name == "Debts"]
    return [
        {"subject": {"name": "", "series": made, "figures": None}, "hidden_sources": [number]},
        {"subject": {"name": "A", "series": None, "figures": [each.id for each in chosen]}},
    ]


def test_a_plot_shows_the_same_figures_here_though_their_ids_are_others(tmp_path, files):
    with (
        Archive.create(tmp_path / "a.muniment") as ours,
        Archive.create(tmp_path / "b.muniment") as theirs,
    ):
        names = [path.name for path in sorted(files.iterdir())]
        ingest.add(ours, [files / names[0]])
        ingest.add(ours, [files / names[1]])
        ingest.add(theirs, [files / names[1]])
        ingest.add(theirs, [files / names[0]])
        series.make(theirs, "Debts", figures.ids(theirs, unit="USD"))
        of_series, of_figures = plot_state(theirs, 1)
        plots.save(theirs, "Debts", of_series)
        kept = plots.save(theirs, "Chosen", of_figures)
        merge.merge(ours, theirs.path)
        wanted = plot_state(ours, 2)
        assert [plots.all(ours)[1].state, plots.all(ours)[0].state] == wanted
        assert wanted != plot_state(theirs, 1)
        plots.change(theirs, kept, of_figures | {"logarithmic": True})
        assert merge.preview(ours, theirs.path).conflicts == []
        merged = merge.merge(ours, theirs.path)
        assert (merged.changed, merged.conflicts) == ({"plots": 1}, [])
        assert plots.all(ours)[0].state == wanted[1] | {"logarithmic": True}
        assert merge.merge(ours, theirs.path).is_empty()


def test_a_plot_of_a_series_that_does_not_come_is_not_a_plot_of_everything():
    state = {"subject": {"name": "S", "series": 3, "figures": None}, "view": None}
    gone = plots.with_ids(state, lambda _table, _id: None)
    assert gone == {"subject": {"name": "S", "series": None, "figures": []}, "view": None}


def test_names_that_sources_have_in_a_plot_go_with_their_sources():
    state = {"source_names": [[3, "The bank"], [4, "The board"], "?"]}
    ours = plots.with_ids(state, lambda _table, theirs: {3: 30}.get(theirs))
    assert ours == {"source_names": [[30, "The bank"]]}


def test_what_was_seen_of_a_saved_search_is_not_taken_from_their_imports(two, files):
    ours, theirs = two
    for name in ("second", "third"):
        (files / f"{name}.txt").write_text(f"The {name} cannery closed.", "utf-8")
        ingest.add(theirs, [files / f"{name}.txt"])
    saved_searches.keep(theirs, "Canneries", "cannery")
    merge.merge(ours, theirs.path)
    (saved,) = saved_searches.all(ours)
    assert (saved.seen_import_id, saved.seen_total, saved.looked_at) == (None, None, None)
    news = saved_searches.news(ours, saved)
    assert len(news.new) == news.total > 2


def test_removed_on_one_side_and_changed_on_the_other_is_a_conflict(two):
    ours, theirs = two
    first, second = [each.id for each in sources.all(ours)]
    sources.remove(theirs, [first, second])
    annotations.add(ours, "note", Target(first, 0, 6), body="mine")
    merged = merge.merge(ours, theirs.path)
    assert [each.field for each in merged.conflicts] == ["deleted_at"]
    assert [each.id for each in sources.all(ours)] == [first]


def test_a_tag_removed_there_is_asked_about_where_one_was_put_below_it_here(two):
    ours, theirs = two
    loans = tags.add(ours, "Loans")
    merge.merge(theirs, ours.path)
    below = tags.add(ours, "Overdue", loans)
    tags.remove(theirs, [each.id for each in tags.all(theirs)])
    looked = merge.preview(ours, theirs.path)
    assert [(each.table, each.field) for each in looked.conflicts] == [("tags", "deleted")]
    merge.merge(ours, theirs.path, default="theirs")
    assert [(each.id, each.parent_id) for each in tags.all(ours)] == [(below, None)]
    history.undo(ours)
    assert tags.get(ours, below).parent_id == loans


def test_a_figure_that_a_newer_grammar_read_there_comes_and_one_that_it_dropped_goes(two):
    ours, theirs = two
    letter = sources.all(theirs)[1]
    kept = figures.in_source(theirs, letter.id)
    gone, other = kept[0], kept[1].figure
    new = dataclasses.replace(other, start=0, end=4, text=sources.text(theirs, letter.id)[:4])
    reextraction.apply(
        theirs,
        [
            Difference("gone", letter.id, gone.figure, gone, None, decided=False),
            Difference("new", letter.id, None, None, new, decided=False),
        ],
    )
    merged = merge.merge(ours, theirs.path)
    assert (merged.added, merged.removed) == ({"figures": 1}, {"figures": 1})
    assert state(ours)["figures"] == state(theirs)["figures"]
    assert all_is_well(ours)


def test_a_series_removed_there_goes_and_one_extended_here_is_asked_about(two):
    ours, theirs = two
    first = figures.ids(ours, unit="USD")
    made = series.make(ours, "Debts", first[:2])
    merge.merge(theirs, ours.path)
    (there,) = [each for each in series.all(theirs) if each.name == "Debts"]
    with history.command(theirs, "remove", "series") as recording:
        recording.delete_with_rows_below("series", [there.id])
    looked = merge.preview(ours, theirs.path)
    assert looked.removed["series"] == 1
    series.set_reading(ours, made, first[0], "excluded", "twice")
    looked = merge.preview(ours, theirs.path)
    assert "series" in {each.table for each in looked.conflicts}


def test_the_same_file_imported_on_both_sides_is_one_source(tmp_path, files):
    with (
        Archive.create(tmp_path / "a.muniment") as ours,
        Archive.create(tmp_path / "b.muniment") as theirs,
    ):
        ingest.add(ours, [files])
        ingest.add(theirs, [files])
        there = sources.all(theirs)[0].id
        annotations.add(theirs, "highlight", Target(there, 3, 9), colour="green")
        decided = figures.in_source(theirs, there)[0]
        figures.edit(theirs, decided.id, value=7.0)
        merged = merge.merge(ours, theirs.path)
        assert "sources" not in merged.added
        assert merged.added["annotations"] == 1
        assert merged.changed == {"figures": 1}
        assert len(sources.all(ours)) == 2
        assert 7.0 in {each.figure.value for each in figures.all(ours)}
        assert all_is_well(ours)
        assert merge.merge(ours, theirs.path).is_empty()


def test_after_a_merge_the_other_takes_all_of_it_without_a_question(two):
    ours, theirs = two
    first = sources.all(ours)[0].id
    sources.describe(ours, first, title="Ours")
    sources.describe(theirs, first, title="Theirs", genre="letter")
    merge.merge(ours, theirs.path)
    back = merge.merge(theirs, ours.path)
    assert back.conflicts == []
    assert sources.get(theirs, first).title == "Ours"
    sources.describe(theirs, first, title="Third")
    again = merge.merge(ours, theirs.path)
    assert again.conflicts == []
    assert sources.get(ours, first).title == "Third"


def test_a_text_corrected_there_comes_and_what_stands_on_the_old_one_is_carried_over(two):
    ours, theirs = two
    letter = sources.all(ours)[1].id
    text = sources.text(theirs, letter)
    versions.correct(theirs, letter, "Postscript.\n\n" + text)
    start = text.index("cannery")
    annotations.add(ours, "highlight", Target(letter, start, start + 7))
    merged = merge.merge(ours, theirs.path)
    assert merged.added["texts"] == 1
    assert sources.text(ours, letter).startswith("Postscript.")
    (kept,) = annotations.rows(ours, annotations.ids(ours)).values()
    assert kept.target.start == start + len("Postscript.\n\n")
    assert all_is_well(ours)


@pytest.mark.parametrize("said_here_too", [False, True])
def test_passages_joined_there_are_joined_here_on_the_corrected_text(two, said_here_too):
    ours, theirs = two
    ledger, letter = [each.id for each in sources.all(ours)]
    text = sources.text(ours, letter)
    versions.correct(ours, letter, "Postscript.\n\n" + text)
    here, there = [
        {each.text: each.id for each in sources.passages(archive, letter)}
        for archive in (ours, theirs)
    ]
    words = next(each for each in there if "cannery" in each)
    beside = sources.passages(theirs, ledger)[0].id
    corrections.join(theirs, beside, there[words])
    if said_here_too:
        corrections.part(ours, beside, here[words])
    merge.merge(ours, theirs.path)
    joined, parted = corrections.between(ours, ledger, letter)
    shown = (beside, here[words])
    assert (shown in joined, shown in parted) == (not said_here_too, said_here_too)
    assert all_is_well(ours)


def test_what_came_by_a_merge_is_news_to_a_saved_search(two, files):
    ours, theirs = two
    (files / "second.txt").write_text("The second cannery closed.", "utf-8")
    ingest.add(theirs, [files / "second.txt"])
    with theirs.writing() as database:
        database.execute("UPDATE imports SET completed_at = '1999-01-01T00:00:00+00:00'")
    saved_searches.keep(ours, "Canneries", "cannery")
    merge.merge(ours, theirs.path)
    (saved,) = saved_searches.all(ours)
    assert len(saved_searches.news(ours, saved).new) == 1


def test_a_file_of_another_kind_or_with_odd_rows_is_refused(two, tmp_path):
    ours, theirs = two
    (tmp_path / "not.muniment").write_text("no archive")
    with pytest.raises(errors.NotAnArchive):
        merge.merge(ours, tmp_path / "not.muniment")
    first = sources.all(theirs)[0].id
    annotations.add(theirs, "highlight", Target(first, 0, 6))
    with theirs.writing() as database:
        database.execute("UPDATE annotations SET exact = 'other words'")
    before = state(ours)
    with pytest.raises(errors.ForeignArchive):
        merge.preview(ours, theirs.path)
    with pytest.raises(errors.ForeignArchive):
        merge.merge(ours, theirs.path)
    assert state(ours) == before


@pytest.mark.parametrize(
    "crafted",
    [
        "UPDATE history_rows SET before = 'no object'",
        "UPDATE history_rows SET before = '[1]'",
        "UPDATE history SET label = 'merge a copy', facts = '{'",
        "UPDATE figures SET proposal = '['",
        "UPDATE figures SET proposal = '{}'",
        "UPDATE figures SET why = '{}'",
        "UPDATE figures SET why = '[1]'",
        "UPDATE figures SET rules = '[1]'",
        "UPDATE figures SET why = replace(hex(zeroblob(50000)), '0', '[')",
        "UPDATE history_rows SET before = replace(hex(zeroblob(50000)), '0', '[')",
        "UPDATE originals SET bytes = x'00', sha256 = 'none' WHERE id = 1",
    ],
)
def test_crafted_rows_are_refused_in_a_sentence_and_nothing_is_taken(two, crafted):
    ours, theirs = two
    figures.edit(theirs, figures.ids(theirs)[0], value=4.0)
    with theirs.writing() as database:
        database.execute(crafted)
    before = state(ours)
    with pytest.raises(errors.ForeignArchive):
        merge.merge(ours, theirs.path)
    assert state(ours) == before


def test_a_history_that_tells_nonsense_brings_no_crash(two):
    ours, theirs = two
    figures.edit(theirs, figures.ids(theirs)[0], value=4.0)
    series.make(theirs, "S", figures.ids(theirs)[:1])
    with theirs.writing() as database:
        database.execute(
            'UPDATE history_rows SET before = \'{"series_id": [1], "uuid": 5}\', after = NULL'
        )
    merge.preview(ours, theirs.path)
    assert all_is_well(ours)


def test_what_a_killed_merge_left_is_cleared_by_the_next(two, tmp_path):
    ours, theirs = two
    with ours.writing() as database:
        database.execute(
            "INSERT INTO imports (uuid, started_at, report) VALUES ('x', 'now', ?)",
            [json.dumps({"merge": True})],
        )
        database.execute(
            "INSERT INTO sources (uuid, title, added_at, import_id)"
            " SELECT 'half', 'half', 'now', id FROM imports WHERE uuid = 'x'"
        )
    assert ingest.unfinished(ours) == []  # an import does not take it up
    assert len(sources.all(ours)) == 2
    merge.merge(ours, theirs.path)
    assert ours.reading().execute("SELECT count(*) FROM sources").fetchone() == (2,)


def test_a_text_of_which_a_killed_merge_left_a_part_comes_whole(two):
    ours, theirs = two
    letter = sources.all(ours)[1].id
    versions.correct(theirs, letter, "Postscript.\n\n" + sources.text(theirs, letter))
    row = theirs.reading().execute(
        "SELECT text, sha256 FROM texts JOIN sources ON sources.text_id = texts.id"
        " WHERE sources.id = ?",
        [letter],
    )
    with ours.writing() as database:
        database.execute(
            "INSERT INTO texts (uuid, source_id, version, text, sha256, made_at, reason)"
            " VALUES ('half', ?, 2, ?, ?, 'now', ?)",
            [letter, *row.fetchone(), storing.UNFINISHED],
        )
    merge.merge(ours, theirs.path)
    assert len(sources.passages(ours, letter)) == len(sources.passages(theirs, letter)) > 0
    assert all_is_well(ours)


def test_a_stopped_merge_leaves_nothing(two, tmp_path):
    ours, theirs = two
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "cable.txt").write_text("The quay cost $900 in May 1940.\n", "utf-8")
    ingest.add(theirs, [tmp_path / "more"])
    counts = "SELECT (SELECT count(*) FROM sources), (SELECT count(*) FROM passages)"
    before = ours.reading().execute(counts).fetchone()

    def stop(_done, _of, what):
        if what == "tags":
            raise errors.Cancelled

    with pytest.raises(errors.Cancelled):
        merge.merge(ours, theirs.path, stop)
    assert ours.reading().execute(counts).fetchone() == before
    assert ingest.unfinished(ours) == []


def test_a_stopped_merge_leaves_no_figures_and_no_original_either(tmp_path, files):
    with (
        Archive.create(tmp_path / "a.muniment") as ours,
        Archive.create(tmp_path / "b.muniment") as theirs,
    ):
        ingest.add(ours, [files], figures=False)
        ingest.add(theirs, [files])
        (tmp_path / "better.txt").write_text("A better copy, 12 pages.", "utf-8")
        versions.replace(theirs, 1, tmp_path / "better.txt")
        counts = (
            "SELECT (SELECT count(*) FROM figures), (SELECT count(*) FROM periods),"
            " (SELECT count(*) FROM originals), (SELECT count(*) FROM texts),"
            " (SELECT count(*) FROM sources WHERE grammar IS NULL)"
        )
        before = ours.reading().execute(counts).fetchone()

        def stop(_done, _of, what):
            if what == "tags":
                raise errors.Cancelled

        with pytest.raises(errors.Cancelled):
            merge.merge(ours, theirs.path, stop)
        assert ours.reading().execute(counts).fetchone() == before
        merge.merge(ours, theirs.path)
        assert ours.reading().execute(counts).fetchone() != before


def test_what_the_document_gave_does_not_come_twice_with_the_figures_of_a_text(tmp_path):
    said = '<measure quantity="40" unit="sack">two score sacks</measure>'
    dated = '<date when="1938-05-02">the second of May</date>'
    (tmp_path / "mill.xml").write_text(
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>They ground {said} on {dated}, and'
        " sold 12 barrels in 1939.</p></body></text></TEI>",
        "utf-8",
    )
    with (
        Archive.create(tmp_path / "a.muniment") as ours,
        Archive.create(tmp_path / "b.muniment") as theirs,
    ):
        ingest.add(ours, [tmp_path / "mill.xml"], figures=False)
        ingest.add(theirs, [tmp_path / "mill.xml"])
        given = next(each for each in figures.all(theirs) if each.figure.value == 40)
        figures.decide(theirs, [given.id], "accepted")
        places = 'SELECT start, "end" FROM {} ORDER BY start'
        looked = merge.preview(ours, theirs.path)
        merged = merge.merge(ours, theirs.path)
        assert (looked.added, looked.changed) == (merged.added, merged.changed)
        for table in ("figures", "periods"):
            found = [
                each.reading().execute(places.format(table)).fetchall() for each in (ours, theirs)
            ]
            assert found[0] == found[1] != []
        assert {each.figure.value: each.status for each in figures.all(ours)}[40] == "accepted"


# -- any work on two copies -----------------------------------------------------------------------

_STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "describe",
                "decide",
                "edit",
                "series",
                "note",
                "tag",
                "untag",
                "bin",
                "rename",
                "undo",
            ]
        ),
        st.integers(0, 5),
        st.sampled_from(["one", "two", "three"]),
    ),
    max_size=6,
)


def work(archive, steps):
    """Do what people do, on whatever there is; what cannot be done is left."""
    for what, number, word in steps:
        found = figures.ids(archive)
        there = [each.id for each in sources.all(archive)]
        if not found or not there:
            return
        figure, source = found[number % len(found)], there[number % len(there)]
        try:
            if what == "describe":
                sources.describe(archive, source, **{"title" if number % 2 else "notes": word})
            elif what == "decide":
                figures.decide(archive, [figure], "accepted" if number % 2 else "rejected")
            elif what == "edit":
                figures.edit(archive, figure, of=word)
            elif what == "series":
                series.make(archive, word, [figure])
            elif what == "note":
                annotations.add(archive, "note", Target(source, number, number + 5), body=word)
            elif what == "tag":
                named = {each.name: each.id for each in tags.all(archive)}
                tag = named.get(word) or tags.add(archive, word)
                tags.put(archive, [tag], [Target(figure_id=figure)])
            elif what == "untag":
                tags.take_off(
                    archive, [each.id for each in tags.all(archive)], [Target(figure_id=figure)]
                )
            elif what == "bin":
                annotations.remove(archive, annotations.ids(archive)[:1])
            elif what == "rename":
                kept = [each.id for each in series.all(archive) if each.status == "kept"]
                series.rename(archive, kept[number % len(kept)], word)
            else:
                history.undo(archive)
        except (errors.ArchiveError, ZeroDivisionError):
            continue


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(common=_STEPS, mine=_STEPS, other=_STEPS)
def test_two_copies_worked_on_at_random_and_merged_both_ways_end_equal(
    harbour, tmp_path_factory, common, mine, other
):
    folder = tmp_path_factory.mktemp("pair")
    paths = [folder / name for name in ("a.muniment", "b.muniment", "b0.muniment")]
    shutil.copy(harbour, paths[0])
    with Archive.open(paths[0], adopt=True) as one:
        one.person = "Ada"
        work(one, common)
    shutil.copy(paths[0], paths[1])
    with Archive.open(paths[0]) as one, Archive.open(paths[1], adopt=True) as two:
        work(one, mine)
        two.person = "Béatrice"
        work(two, other)
        two.backup(paths[2])
        before = state(one)
        looked = merge.preview(two, one.path, default="theirs")
        merged = merge.merge(two, one.path, default="theirs")
        assert (looked.added, looked.changed, looked.removed) == (
            merged.added, merged.changed, merged.removed,
        )  # fmt: skip
        assert [each.key for each in looked.conflicts] == [each.key for each in merged.conflicts]
        merged = merge.merge(one, paths[2], default="ours")
        assert state(one) == state(two)
        assert not merge.merge(one, paths[2], default="ours").added
        assert all(result.ok for result in one.check())
        newest = next(iter(history.log(one)), None)
        if newest is not None and newest.label == "merge a copy":
            history.undo(one)
        assert state(one) == before


def test_what_a_merge_found_can_be_told_as_json(two):
    ours, theirs = two
    finding = findings.all(ours)
    if finding:
        findings.judge(theirs, finding[0].id, "dismissed", "known")
    sources.describe(theirs, sources.all(theirs)[0].id, title="T")
    merged = merge.merge(ours, theirs.path)
    assert json.dumps([merged.added, merged.changed])
