"""Imports: what comes in, what is told of the rest, and what a stop leaves behind."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from db import errors, extraction, figures, history, ingest, search, sources
from db.archive import Archive

ROOT = Path(__file__).resolve().parent.parent.parent
LETTER = """Chungking, 3 May 1940

The committee received a loan of 25 million dollars in March 1939 and bought 120 lorries.

Of these, 85 lorries had reached the depot by the end of April."""


@pytest.fixture
def box(tmp_path):
    """A folder of three files, one of them below another folder."""
    folder = tmp_path / "box"
    (folder / "more").mkdir(parents=True)
    (folder / "letter.txt").write_text(LETTER, encoding="utf-8")
    (folder / "note.md").write_text("# A note\n\nThe bridge carried 40 lorries a day.\n", "utf-8")
    (folder / "more" / "page.html").write_text(
        "<html><head><title>The road</title></head><body><nav><a href='/'>Home</a></nav>"
        "<p>In 1940 the road carried 3,000 tons a month.</p></body></html>",
        "utf-8",
    )
    return folder


def titles(archive):
    return [source.title for source in sources.all(archive)]


def check(archive):
    return [result for result in archive.check() if not result.ok]


def test_a_folder_comes_in_with_everything_below_it(archive, box):
    report = ingest.add(archive, [box])
    assert [Path(each.path).name for each in report.imported] == [
        "letter.txt",
        "note.md",
        "page.html",
    ]
    assert not report.failed
    assert "The road" in titles(archive)
    assert check(archive) == []


def test_every_passage_and_figure_stands_where_it_says(archive, box):
    ingest.add(archive, [box])
    assert figures.all(archive)
    for source in sources.all(archive):
        text = sources.text(archive, source.id)
        for passage in sources.passages(archive, source.id):
            assert text[passage.start : passage.end] == passage.text
        for kept in figures.in_source(archive, source.id):
            assert text[kept.figure.start : kept.figure.end] == kept.figure.text
        for period in figures.periods(archive, source.id):
            assert text[period.period.start : period.period.end] == period.period.text


def test_the_text_is_the_files(archive, box):
    ingest.add(archive, [box / "letter.txt"])
    (source,) = sources.all(archive)
    assert sources.text(archive, source.id) == LETTER
    assert sources.original(archive, source.id) == LETTER.encode()
    assert source.language == "en"


def test_the_same_file_again_adds_nothing(archive, box):
    ingest.add(archive, [box])
    before = titles(archive)
    report = ingest.add(archive, [box / "letter.txt"])
    assert report.imported == []
    assert report.duplicates == [(str(box / "letter.txt"), 1)]
    assert titles(archive) == before
    assert [change.label for change in history.log(archive)] == ["import"]


def test_two_equal_files_are_one_source(archive, tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("The same words.")
    report = ingest.add(archive, [tmp_path / "a.txt", tmp_path / "b.txt"])
    assert len(report.imported) == 1
    assert report.duplicates == [(str(tmp_path / "b.txt"), report.imported[0].source_ids[0])]


def test_undoing_an_import_takes_its_sources_out_of_sight_and_redoing_brings_them_back(
    archive, box
):
    ingest.add(archive, [box])
    history.undo(archive)
    assert titles(archive) == []
    assert search.find(archive, search.Query.parse("lorries")).total == 0
    history.redo(archive)
    assert len(titles(archive)) == 3


def test_bad_files_are_lines_of_the_report_and_the_good_ones_come_in(archive, tmp_path):
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "1 good.txt").write_text("Twelve waggons arrived.")
    (folder / "2 empty.txt").write_bytes(b"")
    (folder / "3 binary.bin").write_bytes(bytes(range(256)) * 40)
    (folder / "4 ff.txt").write_bytes(b"\xff" * 4096)
    (folder / "5 link.txt").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "6 pipe")
    (folder / "7 good.txt").write_text("Nine waggons left.")
    report = ingest.add(archive, [folder])
    assert [Path(each.path).name[0] for each in report.imported] == ["1", "2", "7"]
    reasons = {Path(path).name[0]: error.facts["reason"] for path, error in report.failed}
    assert reasons == {"3": "binary", "4": "binary", "5": "broken_link", "6": "not_a_file"}
    assert [each.passages for each in report.imported] == [1, 0, 1]


def test_a_file_too_large_to_be_a_source_is_refused_without_reading_it(archive, tmp_path):
    path = tmp_path / "line.txt"
    with path.open("wb") as file:
        file.truncate(200 << 20)
    report = ingest.add(archive, [path])
    assert [error.facts["reason"] for _, error in report.failed] in (["too_large"], ["binary"])


def test_the_archive_itself_is_not_imported_into_itself(archive):
    (archive.path.parent / "letter.txt").write_text(LETTER)
    report = ingest.add(archive, [archive.path.parent])
    assert [Path(each.path).name for each in report.imported] == ["letter.txt"]
    assert {Path(path).name for path in report.left_out} >= {"a.muniment", "a.muniment.lock"}
    report = ingest.add(archive, [archive.path])
    assert [error.facts["reason"] for _, error in report.failed] == ["is_this_archive"]


def test_a_file_name_that_is_no_text_is_shown_with_a_mark(archive, tmp_path):
    name = os.fsencode(tmp_path) + b"/na\xffme.txt"
    try:
        with open(name, "wb") as file:
            file.write(b"Twelve men came.")
    except OSError:
        pytest.skip("this disk takes only names that are text")
    report = ingest.add(archive, [Path(os.fsdecode(name))])
    assert [Path(each.path).name for each in report.imported] == ["na\ufffdme.txt"]
    assert [source.title for source in sources.all(archive)] == ["na\ufffdme"]


def test_halves_of_surrogate_pairs_become_marks_and_are_counted(archive, tmp_path):
    (tmp_path / "s.txt").write_bytes(b"bad \xed\xa0\x80 words, 3 guns")
    report = ingest.add(archive, [tmp_path / "s.txt"])
    assert report.imported[0].remarks == ("replaced:1",)
    assert sources.text(archive, 1) == "bad \ufffd words, 3 guns"


def test_hidden_files_in_folders_are_left_out_and_told(archive, box):
    (box / ".DS_Store").write_bytes(b"\x00\x01")
    report = ingest.add(archive, [box])
    assert [Path(path).name for path in report.left_out] == [".DS_Store"]


def test_a_manifest_describes_and_arranges_what_comes_in(archive, box):
    table = box / "table.csv"
    table.write_text(
        "path,title,creator,date,level,reference_code,parent,genre\n"
        ",The committee,,,series,C,,\n"
        "letter.txt,A letter,A clerk,1940-05-03,item,C/1,C,letter\n"
        "note.md,A note,,1940-05~,item,C/2,The committee,\n",
        "utf-8",
    )
    report = ingest.add(archive, [], manifest=table)
    assert not report.failed
    found = {source.reference_code: source for source in sources.all(archive)}
    assert found["C"].level == "series"
    assert found["C"].sha256 is None
    assert found["C/1"].parent_id == found["C/2"].parent_id == found["C"].id
    assert (found["C/1"].creator, found["C/1"].date, found["C/1"].genre) == (
        "A clerk",
        "1940-05-03",
        "letter",
    )


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("title,date\nA,1940\n", "no_path_column"),
        ('path,title\nletter.txt,"A letter', "not_csv"),
    ],
)
def test_a_manifest_that_cannot_be_used_is_refused_before_anything_comes_in(
    archive, box, table, problem
):
    (box / "table.csv").write_text(table)
    with pytest.raises(errors.BadManifest) as refused:
        ingest.add(archive, [], manifest=box / "table.csv")
    assert refused.value.facts["problem"] == problem
    assert titles(archive) == []


def table_of(box, *lines):
    table = box / "table.csv"
    table.write_text("path,title,level,reference_code,parent,notes\n" + "\n".join(lines) + "\n")
    return table


def test_a_row_that_says_nothing_fails_alone(archive, box):
    table = table_of(box, "letter.txt,,,,,", ",,item,C/9,,", "note.md,,,,,")
    report = ingest.add(archive, [], manifest=table)
    assert [Path(each.path).name for each in report.imported] == ["letter.txt", "note.md"]
    ((path, refusal),) = report.failed
    assert path == str(table)
    assert (refusal.facts["reason"], refusal.facts["line"]) == ("neither_path_nor_title", 3)


def test_a_row_whose_parent_is_nowhere_comes_in_and_says_so(archive, box):
    table = table_of(
        box,
        "gone.txt,The gone,,G,,",
        'letter.txt,Letter,,,G,"Torn,\nand wet"',
        "note.md,Note,,,Nobody,",
        "more/page.html,Page,,,Note,",
    )
    report = ingest.add(archive, [], manifest=table)
    assert [Path(path).name for path, _ in report.failed] == ["gone.txt"]
    found = {source.title: source for source in sources.all(archive)}
    assert found["Letter"].parent_id is found["Note"].parent_id is None
    assert found["Page"].parent_id == found["Note"].id
    assert found["Letter"].notes == "Torn,\nand wet\nParent in the table: G"
    assert [remark for _, remark in report.misplaced()] == [
        "unknown_parent:G",
        "unknown_parent:Nobody",
    ]


def test_a_table_taken_in_again_adds_nothing(archive, box):
    table = table_of(
        box,
        ",The committee,series,C,,",
        ",A photograph,item,,C,",
        ",A photograph,item,,C,",
        "letter.txt,Letter,,,C,",
    )
    first = ingest.add(archive, [], manifest=table)
    assert len(first.imported) == 4
    again = ingest.add(archive, [], manifest=table)
    assert again.imported == []
    assert [source_id for _, source_id in again.duplicates] == [
        each.source_ids[0] for each in first.imported
    ]
    assert len(titles(archive)) == 4


def test_a_stopped_table_is_taken_up_without_a_second_series(archive, box):
    table = table_of(box, ",The committee,series,C,,", *(f"{n}.txt,,,,C," for n in range(8)))
    for number in range(8):
        (box / f"{number}.txt").write_text(f"Waggon {number} carried {number + 10} tons.")
    with pytest.raises(errors.Cancelled):
        ingest.add(archive, [], stop_after(5), manifest=table)
    report = ingest.add(archive, [], manifest=table)
    assert len(report.imported) == 9
    assert not report.duplicates
    series, *files = sources.all(archive)
    assert series.title == "The committee"
    assert {each.parent_id for each in files} == {series.id}
    assert len(files) == 8


def test_a_table_beside_chosen_files_arranges_them_whatever_their_names(archive, box):
    table = table_of(
        box, ",The committee,series,C,,", "note.md,A note,,N,C,", "letter.txt,A letter,,,N,"
    )
    report = ingest.add(archive, [box / "letter.txt", box / "note.md"], manifest=table)
    assert not report.misplaced()
    found = {source.title: source for source in sources.all(archive)}
    assert found["A letter"].parent_id == found["A note"].id
    assert found["A note"].parent_id == found["The committee"].id


def test_a_file_that_goes_while_it_is_read_fails_alone(archive, box):
    def progress(done, of, what):
        if done:
            (box / "letter.txt").unlink(missing_ok=True)

    report = ingest.add(archive, [box / "letter.txt", box / "note.md"], progress, figures=False)
    assert [Path(path).name for path, _ in report.failed] == ["letter.txt"]
    assert [Path(each.path).name for each in report.imported] == ["note.md"]


def test_a_date_that_is_no_edtf_is_kept_in_the_notes(archive, box):
    (box / "table.csv").write_text("path,date\nletter.txt,sometime in May\n")
    report = ingest.add(archive, [], manifest=box / "table.csv")
    (source,) = sources.all(archive)
    assert source.date is None
    assert "sometime in May" in source.notes
    assert report.imported[0].remarks == ("date_not_edtf:sometime in May",)


def stop_after(files):
    def progress(done, of, what):
        if done >= files and what != "figures":
            raise errors.Cancelled

    return progress


def test_a_stopped_import_shows_nothing_and_is_taken_up_again(archive, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(8):
        (folder / f"{number}.txt").write_text(f"Waggon {number} carried {number + 10} tons.")
    with pytest.raises(errors.Cancelled):
        ingest.add(archive, [folder], stop_after(4))
    assert titles(archive) == []
    assert search.find(archive, search.Query.parse("waggon")).total == 0
    ((_, _, stored),) = ingest.unfinished(archive)
    assert stored >= 3
    report = ingest.add(archive, [folder])
    assert len(report.imported) == 8
    assert len(titles(archive)) == 8
    assert ingest.unfinished(archive) == []
    assert check(archive) == []


def test_a_stopped_import_can_be_kept_or_thrown_away(archive, box):
    with pytest.raises(errors.Cancelled):
        ingest.add(archive, [box], stop_after(2))
    ((import_id, _, stored),) = ingest.unfinished(archive)
    ingest.keep(archive, import_id)
    assert len(titles(archive)) == stored > 0
    (box / "x.txt").write_text("Another one.")
    (box / "y.txt").write_text("Yet another.")
    with pytest.raises(errors.Cancelled):
        ingest.add(archive, [box], stop_after(4))
    ((import_id, _, _),) = ingest.unfinished(archive)
    ingest.discard(archive, import_id)
    assert len(titles(archive)) == stored
    assert check(archive) == []


@pytest.mark.faults
def test_an_import_killed_at_any_moment_is_taken_up_by_the_same_command(tmp_path, own_home):
    folder = tmp_path / "box"
    folder.mkdir()
    for number in range(12):
        name = "abcdefghijkl"[number] * 3
        (folder / f"{name}.txt").write_text(f"The {name} depot held {number + 3} tanks.\n\n" * 40)
    path = tmp_path / "k.muniment"
    command = [sys.executable, "-m", "desktop", "import", str(path), str(folder)]
    for delay in (0.25, 0.4, 0.55, 0.7, 0.9):
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        time.sleep(delay)
        process.kill()
        process.wait()
        if not path.exists() or not path.stat().st_size:
            path.unlink(missing_ok=True)
            continue
        with Archive.open(path, writable=False) as archive:
            assert len(titles(archive)) in (0, 12)
            assert check(archive) == []
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    subprocess.run([*command[:3], "extract", str(path)], cwd=ROOT, check=True)
    with Archive.open(path) as archive:
        assert len(titles(archive)) == 12
        assert len(figures.all(archive)) == 12 * 40
        assert check(archive) == []


def test_figures_can_follow_later(archive, box):
    ingest.add(archive, [box], figures=False)
    assert figures.all(archive) == []
    assert search.find(archive, search.Query.parse("lorries")).total > 0
    assert extraction.extract(archive) == 3
    assert figures.all(archive)
    assert extraction.extract(archive) == 0


def test_too_little_room_is_said_before_anything_is_written(archive, box, monkeypatch):
    usage = type("Usage", (), {"free": 1000})
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    with pytest.raises(errors.DiskFull):
        ingest.add(archive, [box])
    assert titles(archive) == []


def test_offsets_are_code_points_whatever_the_encoding(archive, tmp_path):
    text = "Счёт № 4: 𝟏 😀 отправлено 12 самолётов.\r\n\r\nВ 1938 году — ещё 30 танков."
    (tmp_path / "ru.txt").write_bytes(text.encode("utf-16"))
    ingest.add(archive, [tmp_path / "ru.txt"])
    (source,) = sources.all(archive)
    stored = sources.text(archive, source.id)
    assert stored == text.replace("\r\n", "\n")
    assert [passage.text for passage in sources.passages(archive, source.id)] == stored.split(
        "\n\n"
    )
    assert check(archive) == []
