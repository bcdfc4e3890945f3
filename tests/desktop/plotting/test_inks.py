import pytest
from PySide6.QtGui import QColor

from desktop.plotting import coverage
from desktop.plotting.inks import inks, paper_inks, shape
from desktop.theme import palette


def brightness(colour):
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("look", ["light", "dark", "print"])
def test_text_and_every_series_stand_out_from_the_paper(qapp, look):
    shown = paper_inks() if look == "print" else inks(palette(look == "dark"))
    assert shown.is_dark == (look == "dark")
    for ink in (shown.text, shown.muted, *shown.series):
        assert contrast(ink, shown.paper) >= 4.5, ink.name()
    for line in (shown.frame, shown.chosen):
        assert contrast(line, shown.paper) >= 2.5, line.name()


@pytest.mark.parametrize("look", ["light", "dark", "print"])
def test_the_numbers_in_cells_can_be_read_however_many_they_count(qapp, look):
    shown = paper_inks() if look == "print" else inks(palette(look == "dark"))
    for many in (1, 5, 40):
        fill = coverage.shade(shown.colour(0), many, 40)
        assert contrast(shown.text, mixed(fill, shown.paper)) >= 4.5, many


def mixed(fill, paper):
    share = fill.alphaF()
    parts = zip(fill.getRgbF()[:3], paper.getRgbF()[:3], strict=True)
    return QColor.fromRgbF(*[over * share + under * (1 - share) for over, under in parts])


def test_sixty_four_series_differ_in_shape_or_colour(qapp):
    shown = paper_inks()
    looks = set()
    for series in range(64):
        outline = shape(series, 10.0)
        corners = tuple(
            (round(outline.elementAt(n).x, 3), round(outline.elementAt(n).y, 3))
            for n in range(outline.elementCount())
        )
        looks.add((shown.colour(series).name(), corners))
    assert len(looks) == 64
