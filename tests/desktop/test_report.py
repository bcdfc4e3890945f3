"""A report says what was marked and counted, opens in the programs it is for, and nothing in it acts."""

import io
import subprocess
import sys
import zipfile

import pytest
from docx import Document
from lxml import etree
from lxml import html as lxml_html

from db import annotations, series, sources, tags
from db.archive import Archive
from db.exchange import report
from db.records import Target
from desktop import exported
from desktop.report import blocks, html, pages, writing
from desktop.report.blocks import Grid, Heading, Paragraph, Picture, Quote
from tests.db.exchange.annotated import annotate, fill

NASTY = "<b>bold</b> & <img src='http://x.example/a.png'> <script>alert(1)</script>"


@pytest.fixture
def archive(tmp_path):
    with Archive.create(tmp_path / "a.muniment", "An archive") as opened:
        yield opened


@pytest.fixture
def made(archive):
    ids = fill(archive)
    annotate(archive, ids)
    annotations.add(archive, "note", Target(ids["letter"], 0, 4), body=NASTY)
    sources.describe(
        archive, ids["report"], title=f"Report {NASTY}", creator="Reed, Ada", date="1938~"
    )
    return archive


@pytest.fixture
def words(made):
    return blocks.make(report.content(made))


def texts(found):
    return [each.text for each in found if isinstance(each, (Heading, Paragraph, Quote))]


def test_a_report_has_what_was_marked_counted_and_noted(words):
    said = texts(words)
    assert said[0] == "An archive"
    for wanted in ("the mill", "Of the source", "Of a series", "A day in the archive", "ثلاثون"):
        assert any(wanted in each for each in said), wanted
    (quote,) = [each for each in words if isinstance(each, Quote) and each.text == "the mill"]
    assert quote.reference == "‘Letter’, An archive."
    assert quote.link.startswith("muniment:")
    grids = [each for each in words if isinstance(each, Grid)]
    assert {grid.rows[0][-5] for grid in grids} == {"two hands"}
    assert any("events/fire" in each and "Ada Reed" in each for each in said)


def test_only_series_that_a_person_kept_are_in_it(made):
    content = report.content(made)
    assert [each.name for each in content.series] == ["Hurt"]
    with made.writing("series") as database:
        database.execute("UPDATE series SET status = 'proposed'")
    assert report.content(made).series == report.kept_series(made) == ()
    assert "Series" not in texts(blocks.make(report.content(made)))


def test_restricted_sources_and_what_rests_on_them_stay_out(made):
    found = next(each for each in sources.all(made) if each.title.startswith("Report"))
    sources.describe(made, found.id, restricted=True)
    said = "\n".join(texts(blocks.make(report.content(made))))
    assert "Report <b>" not in said
    assert "Hurt" not in said  # the series rests on a figure of it
    assert "Left out because restricted: 1 sources." in said
    assert "Report <b>" in "\n".join(texts(blocks.make(report.content(made, restricted=True))))


def picture():
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtGui import QColor, QImage

    image = QImage(900, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return Picture(bytes(buffer.data().data()), "A plot")


def test_html_is_one_page_that_fetches_and_runs_nothing(qapp, words):
    data = html.page([*words, picture()])
    text = data.decode("utf-8")
    root = lxml_html.fromstring(text)
    assert root.xpath("//script") == []
    assert [each.get("src")[:22] for each in root.iter("img")] == ["data:image/png;base64,"]
    assert "default-src 'none'" in text
    assert NASTY in "".join(root.itertext())
    assert b"\r" not in data


def test_docx_opens_with_headings_tables_and_the_words(qapp, words):
    made = Document(io.BytesIO(writing.as_bytes("report.docx", [*words, picture()])))
    said = "\n".join(each.text for each in made.paragraphs)
    assert NASTY in said
    assert "ثلاثون" in said
    assert made.paragraphs[0].style.name == "Title"
    assert len(made.inline_shapes) == 1
    assert made.tables[0].rows[0].cells[-1].text == "State"


def test_odt_holds_the_words(qapp, words):
    data = writing.as_bytes("report.odt", [*words, picture()])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("content.xml"))
        assert package.read("mimetype") == b"application/vnd.oasis.opendocument.text"
    said = "".join(root.itertext())
    assert NASTY in said
    assert "ثلاثون" in said


def test_pdf_is_an_archival_one_of_several_pages(qapp, words):
    many = [*words, picture(), *(Paragraph(f"Line {n}") for n in range(200))]
    data = writing.as_bytes("report.pdf", many)
    assert data.startswith(b"%PDF-1.4")
    assert data.rstrip().endswith(b"%%EOF")
    assert data.count(b"/Type /Page\n") > 2 or data.count(b"/Type /Page ") > 2
    assert b"pdfaid" in data


def test_a_document_of_qt_reads_no_markup_and_holds_no_picture_but_ours(qapp, tmp_path):
    from PySide6.QtGui import QTextDocument

    (tmp_path / "a.png").write_bytes(picture().png)
    said = f'<img src="file://{tmp_path}/a.png"> &lt; <b>two\nlines</b>  \ufffc'
    grid = Grid(("<i>Name</i>",), ((said,),))
    made = pages.document([Heading(said, 1), Paragraph(said), Quote(said, said, said), grid])
    assert made.toPlainText().count(said.replace("\ufffc", "")) == 6
    assert "<i>Name</i>" in made.toPlainText()
    assert not [each for each in made.allFormats() if each.isImageFormat()]
    made = pages.document([Paragraph(said), picture()])
    (image,) = [each.toImageFormat() for each in made.allFormats() if each.isImageFormat()]
    assert (image.width(), round(image.height())) == (620, 207)
    kept = made.resource(QTextDocument.ResourceType.ImageResource, image.name())
    assert kept.width() == 900


def test_what_xml_cannot_say_does_not_break_an_odt(qapp):
    data = writing.as_bytes("report.odt", [Paragraph("one\x01\ufffe\rtwo\u2029three")])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("content.xml"))
    (paragraph,) = [each for each in root.iter("{*}p")]
    assert "".join("".join(paragraph.itertext()).split()) == "one\ufffd\ufffdtwothree"


@pytest.mark.parametrize("name", [*filter(exported.is_report, exported.NAMES)])
def test_a_report_is_written_without_a_screen(made, tmp_path, name):
    path = tmp_path / name
    code = (
        "import sys; from desktop.command_line import main;"
        f"sys.argv = ['muniment', 'export', {str(made.path)!r}, {name!r}, {str(path)!r}]; main()"
    )
    import os

    environment = {n: v for n, v in os.environ.items() if n not in ("QT_QPA_PLATFORM", "DISPLAY")}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=environment, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert path.stat().st_size > 1000


def test_tags_of_a_source_are_named(made, words):
    assert any("Tags: people" in each for each in texts(words))
    assert tags.all(made)
    assert series.all(made)


def test_a_kept_series_is_drawn_into_the_report(qapp, made, tmp_path, own_home):
    figure = series.all(made)[0].points[0].figure_id
    with made.writing("figures") as database:
        # A second figure like the first, and a date for both.
        names = [row[1] for row in database.execute("PRAGMA table_info(figures)") if row[1] != "id"]
        columns = ", ".join(f'"{name}"' for name in names if name != "uuid")
        new = database.execute(
            f"INSERT INTO figures (uuid, {columns}) SELECT 'other', {columns} FROM figures"
            " WHERE id = ?",
            [figure],
        ).lastrowid
        days = ((figure, "1938", 707_500), (new, "1940", 708_300))
        for row_id, date, day in days:
            database.execute(
                "UPDATE figures SET date = ?, earliest = ?, latest = ?, date_basis = 'stated',"
                " unit = 'hand' WHERE id = ?",
                [date, day, day + 300, row_id],
            )
        database.execute("INSERT INTO series_figures (series_id, figure_id) VALUES (1, ?)", [new])
    from desktop.report import pictures

    drawn = pictures.drawn_at_once(report.kept_series(made), None)
    assert [each.caption for each in drawn.values()] == ["Hurt"]
    found = blocks.make(report.content(made), pictures=drawn)
    assert [each for each in found if isinstance(each, Picture)] == list(drawn.values())
    assert drawn[1].png.startswith(b"\x89PNG")


def test_a_finding_that_rests_on_a_restricted_passage_stays_out(made):
    places = made.reading().execute("SELECT id, source_id FROM passages ORDER BY id").fetchall()
    here = places[0]
    there = next(row for row in places if row[1] != here[1])
    with made.writing("findings") as database:
        for n, (passage_id, source_id) in enumerate((here, there)):
            database.execute(
                "INSERT INTO findings (uuid, kind, message, source_id, passage_id, identity)"
                " VALUES (?, 'name', ?, ?, ?, ?)",
                [f"u{n}", f"One name, two spellings {n}.", source_id, passage_id, f"i{n}"],
            )
    assert len(report.content(made).findings) == 2
    sources.describe(made, there[1], restricted=True)
    (left,) = report.content(made).findings
    assert left[0].message == "One name, two spellings 0."
