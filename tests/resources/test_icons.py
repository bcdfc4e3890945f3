"""Whether every icon is a plain drawing on the common grid that takes the theme's colour."""

import re
from pathlib import Path

import pytest
from lxml import etree

import resources

ICONS = sorted(resources.path("icons").glob("*.svg"))
PROGRAM = "muniment"
DRAWN = (PROGRAM, "document")  # in colours of their own: what the desktop shows of us
COMMANDS = (
    "archive open new import source folder series letter book search filter figures plot compare "
    "review findings history annotation highlight note tag link undo redo back forward settings "
    "help close accept reject edit skip copy export print zoom-in zoom-out fit warning info check "
    "light dark palette quote calendar sum"
)
# What draws by itself; no text, style, image or use that could ask for something from elsewhere.
SHAPES = {"svg", "path", "circle", "rect"}


def root(icon: Path):
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)
    return etree.fromstring(icon.read_bytes(), parser)


def test_no_icon_that_a_command_may_ask_for_is_missing():
    assert {*COMMANDS.split(), PROGRAM} <= {icon.stem for icon in ICONS}


@pytest.mark.parametrize("icon", ICONS, ids=lambda icon: icon.stem)
def test_an_icon_is_drawn_on_the_common_grid(icon: Path):
    side = 256 if icon.stem in DRAWN else 24
    assert root(icon).get("viewBox") == f"0 0 {side} {side}"


@pytest.mark.parametrize("icon", ICONS, ids=lambda icon: icon.stem)
def test_an_icon_refers_to_nothing_outside_itself(icon: Path):
    text = icon.read_text(encoding="utf-8")
    assert {etree.QName(element).localname for element in root(icon).iter()} <= SHAPES
    assert re.findall(r"href|url\(|<!|<\?|\bstyle=", text) == []
    assert re.findall(r"\w{2,6}://\S{1,60}", text) == ['http://www.w3.org/2000/svg"']


@pytest.mark.parametrize(
    "icon", [icon for icon in ICONS if icon.stem not in DRAWN], ids=lambda icon: icon.stem
)
def test_an_icon_takes_its_colour_and_its_stroke_from_the_common_style(icon: Path):
    drawing = root(icon)
    style = {"fill": "none", "stroke": "currentColor", "stroke-width": "1.75"}
    style |= {"stroke-linecap": "round", "stroke-linejoin": "round"}
    assert {key: drawing.get(key) for key in style} == style
    assert re.findall(r"#[0-9a-fA-F]{3,8}", icon.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("icon", ICONS, ids=lambda icon: icon.stem)
def test_a_drawing_stays_inside_its_grid(icon: Path, qapp):
    from PySide6.QtCore import QByteArray
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(QByteArray(icon.read_bytes().replace(b"currentColor", b"#000000")))
    assert renderer.isValid()
    # Twice the grid, so that whatever was drawn over the border would show.
    side = renderer.viewBox().width()
    renderer.setViewBox(renderer.viewBoxF().adjusted(-side / 2, -side / 2, side / 2, side / 2))
    image = QImage(192, 192, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    inked = [
        (x, y) for x in range(192) for y in range(192) if (image.pixel(x, y) >> 24) & 0xFF > 40
    ]
    assert len(inked) > 100
    assert all(47 <= x <= 144 and 47 <= y <= 144 for x, y in inked)
