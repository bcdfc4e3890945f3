"""What a newer grammar reads differently, and that a person's decisions outlive it."""

import shutil

import pytest

from db import errors, figures, findings, history, ingest, quantities, reextraction
from db.archive import Archive
from db.records import Figure, KeptFigure

LETTER = """Report of the lighthouse

In 1912 the keeper burnt 80 barrels of oil. In 1913 he burnt 95 barrels.

The office paid $400 in 1912, and $520 in 1913.
"""


@pytest.fixture(scope="module")
def lighthouse_once(tmp_path_factory):
    place = tmp_path_factory.mktemp("lighthouse")
    (place / "report.txt").write_text(LETTER, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(place))
        with Archive.create(place / "a.muniment") as archive:
            ingest.add(archive, [place / "report.txt"])
    return place / "a.muniment"


@pytest.fixture
def lighthouse(lighthouse_once, tmp_path, home):
    with Archive.open(shutil.copy(lighthouse_once, tmp_path), adopt=True) as archive:
        yield archive


def by_words(archive, text):
    return next(kept for kept in figures.all(archive) if kept.figure.text == text)


def as_if_older(archive, **changes):
    """Let the stored proposals be those of an older grammar that read some things otherwise."""
    with archive.writing("figures") as database:
        database.execute("UPDATE sources SET grammar = '0'")
        for words, fields in changes.items():
            places = ", ".join(f"{name} = ?" for name in fields)
            database.execute(
                f"UPDATE figures SET {places} WHERE text = ?",
                [*fields.values(), words.replace("_", " ")],
            )


def rows(archive, table="figures"):
    return archive.reading().execute(f'SELECT * FROM "{table}" ORDER BY id').fetchall()


def test_nothing_differs_where_the_grammar_is_the_same(lighthouse):
    assert reextraction.outdated(lighthouse) == []
    assert reextraction.compare(lighthouse, 1) == []


def test_a_source_of_an_older_grammar_is_outdated_until_it_was_compared(lighthouse):
    as_if_older(lighthouse)
    assert reextraction.outdated(lighthouse) == [1]
    compared = reextraction.compare_all(lighthouse, [1])
    assert (compared.differences, compared.source_ids) == ([], [1])
    reextraction.apply(lighthouse, [], compared.source_ids)
    assert reextraction.outdated(lighthouse) == []
    history.undo(lighthouse)
    assert reextraction.outdated(lighthouse) == [1]


def test_a_source_that_could_not_be_read_is_not_asked_about_again(lighthouse):
    with lighthouse.writing("sources") as database:
        database.execute("UPDATE sources SET grammar = 'refused: timed_out'")
    assert reextraction.outdated(lighthouse) == []


def test_a_source_in_the_bin_is_not_outdated(lighthouse):
    from db import sources

    as_if_older(lighthouse)
    sources.remove(lighthouse, [1])
    assert reextraction.outdated(lighthouse) == []


def test_changed_new_and_gone_are_told_apart_in_the_order_of_the_text(lighthouse):
    as_if_older(lighthouse, **{"80_barrels": {"value": 8.0}})
    with lighthouse.writing("figures") as database:
        database.execute("DELETE FROM figures WHERE text = '$400'")
        place = LETTER.index("lighthouse")
        database.execute(
            'UPDATE figures SET start = ?, "end" = ?, text = ? WHERE text = ?',
            [place, place + 10, "lighthouse", "$520"],
        )
    found = reextraction.compare(lighthouse, 1)
    told = [(each.kind, (each.now or each.was).text) for each in found]
    assert told == [
        ("gone", "lighthouse"),
        ("changed", "80 barrels"),
        ("new", "$400"),
        ("new", "$520"),
    ]
    assert (found[1].was.value, found[1].now.value) == (8.0, 80.0)


@pytest.mark.parametrize("status", ["accepted", "rejected"])
def test_a_decided_figure_survives_re_extraction(lighthouse, status):
    as_if_older(lighthouse, **{"80_barrels": {"value": 8.0}})
    kept = by_words(lighthouse, "80 barrels")
    figures.decide(lighthouse, [kept.id], status)
    before = rows(lighthouse)
    (found,) = reextraction.compare(lighthouse, 1)
    assert found.decided
    reextraction.apply(lighthouse, [], [1])
    assert rows(lighthouse) == before


def test_an_edit_is_shown_between_what_was_and_what_is_read_now(lighthouse):
    as_if_older(lighthouse, **{"80_barrels": {"value": 8.0}})
    kept = by_words(lighthouse, "80 barrels")
    figures.edit(lighthouse, kept.id, value=81.0)
    (found,) = reextraction.compare(lighthouse, 1)
    assert (found.was.value, found.kept.figure.value, found.now.value) == (8.0, 81.0, 80.0)
    assert found.decided


def test_a_person_who_overruled_a_reading_is_not_asked_about_it_again(lighthouse):
    kept = by_words(lighthouse, "80 barrels")
    figures.edit(lighthouse, kept.id, value=81.0, start=kept.figure.start, end=kept.figure.end - 1)
    assert reextraction.compare(lighthouse, 1) == []


def test_a_figure_made_by_hand_is_left_alone(lighthouse):
    place = LETTER.index("keeper")
    figures.add(lighthouse, 1, place, place + 6, value=1.0, unit="keeper")
    assert reextraction.compare(lighthouse, 1) == []


def test_what_is_ticked_is_applied_and_undone_row_by_row(lighthouse):
    as_if_older(lighthouse, **{"80_barrels": {"value": 8.0}, "95_barrels": {"unit": "cask"}})
    with lighthouse.writing("figures") as database:
        database.execute("DELETE FROM figures WHERE text = '$400'")
    edited = by_words(lighthouse, "80 barrels")
    figures.edit(lighthouse, edited.id, value=81.0)
    before, sources = rows(lighthouse), rows(lighthouse, "sources")
    compared = reextraction.compare_all(lighthouse, [1])
    assert len(compared.differences) == 3
    reextraction.apply(lighthouse, compared.differences, compared.source_ids)
    assert reextraction.compare(lighthouse, 1) == []
    now = by_words(lighthouse, "80 barrels")
    assert (now.id, now.status, now.figure.value) == (edited.id, "proposed", 80.0)
    assert by_words(lighthouse, "95 barrels").figure.unit == "barrel"
    assert by_words(lighthouse, "$400").figure.date == "1912"
    history.undo(lighthouse)
    assert rows(lighthouse) == before
    assert rows(lighthouse, "sources") == sources
    history.redo(lighthouse)
    assert by_words(lighthouse, "80 barrels").figure.value == 80.0


def test_a_figure_that_is_gone_takes_its_place_in_a_series_along_and_comes_back(lighthouse):
    from db import series

    ids = [by_words(lighthouse, words).id for words in ("$400", "$520")]
    kept_series = series.make(lighthouse, "Pay", ids)
    place = LETTER.index("lighthouse")
    as_if_older(lighthouse, **{"$400": {"start": place, '"end"': place + 4}})
    compared = reextraction.compare_all(lighthouse, [1])
    reextraction.apply(lighthouse, compared.differences, compared.source_ids)
    assert [point.figure_id for point in series.get(lighthouse, kept_series).points] == ids[1:]
    history.undo(lighthouse)
    assert [point.figure_id for point in series.get(lighthouse, kept_series).points] == ids


def test_comparing_stops_when_it_is_cancelled(lighthouse):
    def no(_done, _of, _what):
        raise errors.Cancelled

    with pytest.raises(errors.Cancelled):
        reextraction.compare_all(lighthouse, [1], no)


def figure(start, end, **more):
    return Figure(start, end, "x" * (end - start), "count", 1.0, **more)


def test_figures_that_lie_in_each_other_are_each_paired_once():
    kept = [
        KeptFigure(number, 1, "", 1, "proposed", figure(*span))
        for number, span in enumerate([(0, 50), (10, 20), (30, 40)])
    ]
    found = reextraction.differences(1, kept, [figure(10, 20), figure(30, 40)])
    # The widest comes first and takes the first that it overlaps.
    told = [(each.kind, each.kept.id) for each in found]
    assert told == [("changed", 0), ("gone", 1)]


def test_the_stored_grammar_is_that_of_the_program(lighthouse):
    stored = lighthouse.reading().execute("SELECT DISTINCT grammar FROM figures").fetchall()
    assert stored == [(quantities.GRAMMAR,)]


def test_a_figure_that_went_comes_back_by_undo_though_findings_were_made_anew(archive, tmp_path):
    text = "In 1940 it bought 120 lorries in all: 70 lorries in May and 50 lorries in June."
    (tmp_path / "sum.txt").write_text(text, "utf-8")
    ingest.add(archive, [tmp_path / "sum.txt"])
    kept = figures.in_source(archive, 1)
    gone = reextraction.Difference("gone", 1, kept[1].figure, kept[1], None, decided=False)
    reextraction.apply(archive, [gone])
    findings.find(archive)
    history.undo(archive)
    assert [each.figure for each in figures.in_source(archive, 1)] == [each.figure for each in kept]
    findings.find(archive)
    assert [(each.kind, each.verdict) for each in findings.all(archive)] == [("sum", "agrees")]
