"""The page of the original beside the text: it is the one the passage says it stands on."""

import pytest
from PySide6.QtGui import QImage

from db import ingest, page_pictures, sources
from desktop.panels.page import PagePanel
from tests.db.readers.made import pdf


@pytest.fixture
def book(session, settle, tmp_path):
    """A source of three pages, iv to vi, each with words at another height."""
    labels = "/PageLabels << /Nums [0 << /S /r /St 4 >>] >>"
    pages = [[(60, 700 - 200 * n, 40, f"Page number {n}.")] for n in range(3)]
    (tmp_path / "book.pdf").write_bytes(pdf(*pages, labels=labels))
    report = ingest.add(session.archive, [tmp_path / "book.pdf"])
    settle()
    return report.imported[0].source_ids[0]


@pytest.fixture
def panel(qtbot, session):
    panel = PagePanel(session)
    qtbot.addWidget(panel)
    panel.resize(400, 600)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def darkest_row(image: QImage) -> float:
    """How far down the page its words stand, from 0 to 1."""
    rows = [
        sum(image.pixelColor(x, y).lightness() for x in range(0, image.width(), 4))
        for y in range(0, image.height(), 4)
    ]
    return rows.index(min(rows)) / len(rows)


def test_the_page_shown_is_the_one_the_passage_stands_on(qtbot, session, settle, book, panel):
    places = []
    for passage in sources.passages(session.archive, book):
        session.selection.choose_passage(book, passage.id)
        qtbot.waitUntil(lambda passage=passage: f"Page {passage.page} " in panel._said.text())
        places.append(round(darkest_row(panel._pixmap.toImage()), 1))
    assert places == [0.1, 0.4, 0.6]
    assert "3 of 3" in panel._said.text()


def test_a_picture_is_shown_as_it_is_and_one_that_cannot_be_is_told(
    qtbot, session, settle, tmp_path, panel
):
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    image.save(str(tmp_path / "a.png"))
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 60)
    report = ingest.add(session.archive, [tmp_path / "a.png", tmp_path / "b.png"], ocr=None)
    first, second = (each.source_ids[0] for each in report.imported)
    session.selection.choose_source(first)
    qtbot.waitUntil(lambda: panel._pixmap.width() == 30)
    session.selection.choose_source(second)
    qtbot.waitUntil(lambda: "cannot be shown" in panel._said.text())


def test_a_source_without_pages_has_none(session, settle):
    assert page_pictures.of(session.archive, 1, None) is None
