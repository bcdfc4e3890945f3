"""Nothing of a restricted source, nor of what lies below it, is in any file that leaves the archive."""

import io
import zipfile

import pypdfium2
import pytest
from click.testing import CliRunner

from db import annotations, links, series, sources, tags
from db.archive import Archive
from db.records import Target
from desktop import exported
from desktop.command_line import cli
from tests.db.annotated_archive import add_figure, add_source

PARENT = "Zqparentwords and three hands.\n"
CHILD = "Zqchildwords and four hands.\n"
# What is the restricted sources' own; a format holds those of it that it has a place for.
SECRETS = (
    "Zqparentwords", "Zqparenttitle", "Zqchildwords", "Zqchildtitle", "Zqcreator", "Zqnotes",
    "Zqrights", "Zqcode", "Zqgenre", "Zqtag", "Zqdescribed", "Zqunused", "Zqthrown", "Zqbody",
    "Zqmemo", "Zqfigure", "Zqseries", "Zqofseries", "Zqlink", "Zqfinding", "Zqoffinding",
    "Zqname", "Zqofname", "Zqperson",
)  # fmt: skip


@pytest.fixture
def archive_path(tmp_path):
    path = tmp_path / "a.muniment"
    with Archive.create(path, "An archive") as archive:
        _fill(archive)
    return path


def _fill(archive):
    archive.person = "Ada Reed"
    shown, text = add_source(archive, "Open letter", "Openwords and two hands.\n")
    parent, parent_text = add_source(archive, "Zqparenttitle", PARENT)
    child, child_text = add_source(archive, "Zqchildtitle", CHILD)
    sources.describe(
        archive, parent, restricted=True, creator="Zqcreator", notes="Zqnotes",
        rights="Zqrights", reference_code="Zqcode", genre="Zqgenre",
    )  # fmt: skip
    with archive.writing("sources") as database:
        database.execute("UPDATE sources SET parent_id = ? WHERE id = ?", [parent, child])
    two = add_figure(archive, shown, text, 14, 23)
    three = add_figure(archive, parent, parent_text, 18, 29)
    four = add_figure(archive, child, child_text, 17, 27)
    mixed = series.make(archive, "Zqseries", [two, four])
    open_tag = tags.at_path(archive, "Opentag/below")
    tag = tags.at_path(archive, "Zqtag")
    tags.change(archive, tag, description="Zqdescribed")
    tags.at_path(archive, "Zqtag/Zqunused")
    thrown = tags.at_path(archive, "Zqthrown")
    tags.put(archive, [tag], [Target(source_id=child), Target(figure_id=three)])
    annotations.add(archive, "note", Target(shown, 0, 9), body="Openbody", tag_ids=[open_tag])
    archive.person = "Zqperson"
    note = annotations.add(archive, "note", Target(child, 0, 12), body="Zqbody", tag_ids=[tag])
    gone = annotations.add(archive, "note", Target(child, 0, 12), body="x", tag_ids=[thrown])
    annotations.remove(archive, [gone])
    annotations.add(archive, "memo", Target(source_id=parent), body="Zqmemo")
    annotations.add(archive, "memo", Target(figure_id=four), body="Zqfigure")
    annotations.add(archive, "memo", Target(series_id=mixed), body="Zqofseries", tag_ids=[tag])
    for target in (Target(annotation_id=note), Target(figure_id=three)):
        links.add(archive, "explains", Target(source_id=shown), target, note="Zqlink")
    insert = (
        "INSERT INTO findings (uuid, kind, message, source_id, passage_id, identity)"
        " VALUES (?, ?, ?, ?, (SELECT id FROM passages WHERE source_id = ?), ?)"
    )
    with archive.writing("findings") as database:
        on_figures = database.execute(
            insert, ["u1", "disagreement", "Zqfinding", shown, shown, "i1"]
        ).lastrowid
        for figure in (two, four):
            database.execute(
                "INSERT INTO finding_figures (finding_id, figure_id) VALUES (?, ?)",
                [on_figures, figure],
            )
        on_passage = database.execute(
            insert, ["u2", "name", "Zqname", shown, child, "i2"]
        ).lastrowid
    annotations.add(archive, "memo", Target(finding_id=on_figures), body="Zqoffinding")
    annotations.add(archive, "memo", Target(finding_id=on_passage), body="Zqofname")


def said(path):
    """Every word of a file, whatever it is packed in."""
    data = path.read_bytes()
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            data = b"\n".join(name.encode() + package.read(name) for name in package.namelist())
    words = data.decode("utf-8", "replace")
    if data.startswith(b"%PDF"):
        pages = pypdfium2.PdfDocument(data)
        words += "".join(page.get_textpage().get_text_range() for page in pages)
        pages.close()
    return words


@pytest.mark.parametrize("name", exported.NAMES)
def test_no_word_of_what_is_restricted_leaves_unless_asked_for(qapp, archive_path, tmp_path, name):
    path = tmp_path / "out"
    command = ["export", str(archive_path), name, str(path)]
    done = CliRunner().invoke(cli, command)
    assert (done.exit_code, done.stderr) == (0, "Left out because restricted: 2 sources.\n")
    words = said(path)
    assert [each for each in SECRETS if each in words] == []
    assert "Open" in words or name == "figures.csv"
    done = CliRunner().invoke(cli, [*command, "--restricted"])
    assert done.exit_code == 0, done.output
    words = said(path)
    assert [each for each in SECRETS if each in words] != []
