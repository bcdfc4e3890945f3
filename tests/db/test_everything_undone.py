"""Whatever a person does, in any order: undone it is as it was, done again as it had become."""

import shutil
from contextlib import suppress

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings

from db import (
    annotations,
    bin,
    corrections,
    errors,
    figures,
    findings,
    history,
    ingest,
    links,
    merge,
    names,
    plots,
    saved_searches,
    series,
    sources,
    tags,
    versions,
)
from db.archive import Archive
from db.records import Target

# What the program works out anew from the rest (proposed series, findings nobody judged) and the
# texts, passages and sources that nothing shows are no part of what a person did.
_SHOWN = {
    "sources": "SELECT * FROM sources WHERE deleted_at IS NULL",
    "figures": "SELECT figures.* FROM figures JOIN sources ON sources.text_id = figures.text_id"
    " WHERE sources.deleted_at IS NULL",
    "annotations": "SELECT * FROM annotations",
    "tags": "SELECT * FROM tags",
    "taggings": "SELECT * FROM taggings",
    "links": "SELECT * FROM links",
    "series": "SELECT * FROM series WHERE status = 'kept'",
    "series_figures": "SELECT series_figures.* FROM series_figures JOIN series"
    " ON series.id = series_id WHERE status = 'kept'",
    "plots": "SELECT * FROM plots",
    "searches": "SELECT * FROM searches",
    "names": "SELECT * FROM names",
    "name_variants": "SELECT * FROM name_variants",
    "alignments": "SELECT * FROM alignments",
    "accessions": "SELECT * FROM accessions",
    "findings": "SELECT id, judgement, reason, kind, verdict FROM findings"
    " WHERE judgement IS NOT NULL",
}


def shown(archive):
    return {
        name: sorted(map(repr, archive.reading().execute(sql).fetchall()))
        for name, sql in _SHOWN.items()
    }


def undone_and_done_again(archive, states):
    """Back through every state and forth again; one of them a command."""
    for state in reversed(states[:-1]):
        history.undo(archive)
        assert state in (None, shown(archive))
    for state in states[1:]:
        history.redo(archive)
        assert state in (None, shown(archive))


def some(found, number):
    found = list(found)
    return found[number % len(found)]


def figure(archive, number):
    return some(figures.ids(archive), number)


def source(archive, number):
    return some([each.id for each in sources.all(archive)], number)


def row(archive, table, number):
    return some([each for (each,) in archive.reading().execute(f"SELECT id FROM {table}")], number)


def passage(archive, number):
    rows = archive.reading().execute(
        "SELECT id FROM passages WHERE source_id = ?", [1 + number % 2]
    )
    return some([each for (each,) in rows.fetchall()], number)


DONE = [
    lambda a, n: sources.describe(a, source(a, n), title=f"Title {n}", date="1938-03"),
    lambda a, n: sources.add(a, f"Box {n}", "file"),
    lambda a, n: sources.move(a, [source(a, n)], source(a, n + 1)),
    lambda a, n: sources.remove(a, [source(a, n)]),
    lambda a, n: bin.restore(a, [row(a, "sources", n)]),
    lambda a, n: figures.decide(a, figures.ids(a), "accepted" if n % 2 else "rejected"),
    lambda a, n: figures.edit(a, figure(a, n), of=f"thing {n}", value=float(n)),
    lambda a, n: figures.add(a, source(a, n), 0, 4, kind="count", value=float(n), unit="barrel"),
    lambda a, n: series.make(a, f"Series {n}", [figure(a, n)]),
    lambda a, n: series.rename(a, row(a, "series", n), f"Name {n}"),
    lambda a, n: series.merge(a, row(a, "series", n), [row(a, "series", n + 1)]),
    lambda a, n: series.set_readings(a, row(a, "series", n), [figure(a, n)], "excluded", "twice"),
    lambda a, n: plots.save(a, f"Plot {n % 3}", {"of": n}),
    lambda a, n: plots.rename(a, row(a, "plots", n), f"Other {n}"),
    lambda a, n: plots.remove(a, [row(a, "plots", n)]),
    lambda a, n: saved_searches.keep(a, f"Search {n}", "barrels"),
    lambda a, n: saved_searches.change(a, row(a, "searches", n), "quay", "relevance"),
    lambda a, n: saved_searches.remove(a, [row(a, "searches", n)]),
    lambda a, n: names.add(a, "person", f"Ada {n}", [f"A. {n}"]),
    lambda a, n: names.merge(a, row(a, "names", n), [row(a, "names", n + 1)]),
    lambda a, n: names.remove(a, [row(a, "names", n)]),
    lambda a, n: annotations.add(a, "note", Target(source(a, n), n, n + 6), body=f"why {n}"),
    lambda a, n: annotations.add(a, "memo", Target(figure_id=figure(a, n)), body="see"),
    lambda a, n: annotations.add(a, "memo", Target(series_id=row(a, "series", n)), body="so"),
    lambda a, n: annotations.add(a, "memo", Target(plot_id=row(a, "plots", n)), body="so"),
    lambda a, n: annotations.add(a, "memo", Target(finding_id=row(a, "findings", n)), body="so"),
    lambda a, n: annotations.remove(a, [row(a, "annotations", n)]),
    lambda a, n: tags.put(a, [tags.at_path(a, f"money/{n % 3}")], [Target(figure_id=figure(a, n))]),
    lambda a, n: tags.merge(a, row(a, "tags", n), [row(a, "tags", n + 1)]),
    lambda a, n: tags.remove(a, [row(a, "tags", n)]),
    lambda a, n: links.add(a, "repeats", Target(source_id=1), Target(figure_id=figure(a, n))),
    lambda a, n: findings.judge(a, row(a, "findings", n), "dismissed", "known"),
    lambda a, n: corrections.join(a, passage(a, n), passage(a, n + 1)),
]


@given(st.lists(st.tuples(st.sampled_from(DONE), st.integers(0, 9)), min_size=4, max_size=16))
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_sequence_of_commands_undone_is_the_archive_it_began_with(
    harbour, tmp_path_factory, steps
):
    path = shutil.copy(harbour, tmp_path_factory.mktemp("undo") / "a.muniment")
    with Archive.open(path, adopt=True) as archive:
        archive.person = "Ada"
        states = [shown(archive)]
        for do, number in steps:
            known = len(history.log(archive))
            # Refused, or there was nothing to do it to.
            with suppress(errors.ArchiveError, ZeroDivisionError):
                do(archive, number)
            made = len(history.log(archive)) - known
            if made:
                # Of two commands in one step only what both led to is known.
                states += [None] * (made - 1) + [shown(archive)]
            else:
                assert shown(archive) == states[-1]
        undone_and_done_again(archive, states)


def test_import_correction_and_merge_are_each_one_command(harbour, tmp_path):
    shutil.copy(harbour, tmp_path / "copy.muniment")
    (tmp_path / "more.txt").write_text("The quay cost $900 in May.\n", "utf-8")
    letters = "\n\n".join(
        f"Dear cousin,\n\nwe sent {number} barrels.\n\nYours truly,\nAda" for number in (4, 5, 6)
    )
    (tmp_path / "letters.txt").write_text(letters, "utf-8")
    with Archive.open(tmp_path / "copy.muniment", adopt=True) as theirs:
        theirs.person = "Béatrice"
        figures.decide(theirs, figures.ids(theirs)[:2], "accepted")
        annotations.add(theirs, "note", Target(1, 0, 6), body="whose?")
        versions.correct(theirs, 2, "Copied.\n\n" + sources.text(theirs, 2))
    with Archive.open(harbour) as archive:
        archive.person = "Ada"
        states = [shown(archive)]
        ids, known = figures.ids(archive), len(history.log(archive))
        for do in (
            lambda: figures.decide(archive, ids[2:4], "accepted"),
            lambda: annotations.add(archive, "note", Target(2, 0, 4), body="to whom?"),
            lambda: ingest.add(archive, [tmp_path / "more.txt"]),
            lambda: ingest.add(archive, [tmp_path / "letters.txt"], split=True),
            lambda: versions.correct(archive, 1, sources.text(archive, 1) + "\nPaid: $5.\n"),
            lambda: merge.merge(archive, tmp_path / "copy.muniment"),
        ):
            do()
            states.append(shown(archive))
            assert states[-1] != states[-2]
            assert len(history.log(archive)) == known + len(states) - 1
        undone_and_done_again(archive, states)
