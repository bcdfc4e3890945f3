import os
import subprocess
import sys

import pytest
from PySide6.QtGui import QImage

from desktop.plotting.draw import draw
from desktop.plotting.state import Look


@pytest.fixture
def figures(made):
    looks = ["stated", "inherited"]
    figures = [
        made(n, 1e6 * (n + 1), f"19{37 + n % 9}", source=n % 3, date_basis=looks[n % 2])
        for n in range(20)
    ]
    return [
        *figures,
        made(90, 4e6, "../1939-12", approx="more_than", nature="cumulative"),
        made(91, 4e6, "1941-04-28/..", approx="about", value_high=9e6, nature="flow"),
        made(92, 4e6, "1942~", status="rejected"),
        made(93, 4e6, None),
    ]


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_every_format_is_written(qapp, figures, tmp_path, suffix):
    path = draw(figures, tmp_path / f"plot{suffix}", title="Loans")
    assert path.stat().st_size > 5_000


def test_the_svg_holds_its_title_caption_sources_and_ticks_as_text(qapp, figures, tmp_path):
    svg = draw(figures, tmp_path / "plot.svg", title="Loans <b>& credits").read_text("utf-8")
    drawn_text = svg[svg.index("</defs>") :]
    assert "Loans &lt;b&gt;&amp; credits" in drawn_text
    assert "22 figures (USD), 22 not reviewed." in drawn_text
    assert "1 figure has no date and is not drawn." in drawn_text
    assert "Sources: Source 1" in drawn_text
    assert ">1940<" in drawn_text.replace("\n", "").replace("> ", ">").replace(" <", "<")
    assert "<b>" not in svg


def test_the_png_has_the_dots_for_print_and_marks_in_the_series_colours(qapp, figures, tmp_path):
    image = QImage(str(draw(figures, tmp_path / "plot.png")))
    assert (image.width(), image.height()) == (3840, 2160)
    colours = {
        image.pixelColor(x, y).name() for x in range(300, 3800, 4) for y in range(300, 1700, 4)
    }
    assert "#0063a6" in colours


def test_an_empty_plot_is_still_a_plot(qapp, tmp_path):
    assert draw([], tmp_path / "empty.png").stat().st_size > 2_000


def test_another_unit_can_be_asked_for(qapp, made, tmp_path):
    figures = [made(n, 5.0, "1940") for n in range(5)]
    figures.append(made(9, 12.0, "1941", unit="aircraft", kind="count"))
    path = draw(figures, tmp_path / "plot.svg", look=Look(quantity=("aircraft", None)))
    assert "1 figure (aircraft)" in path.read_text("utf-8")


def test_what_lies_outside_the_part_asked_for_is_said(qapp, figures, tmp_path):
    view = (707_300.0, 708_100.0, 0.0, 1e8)  # some two years from 1937 on
    path = draw(figures, tmp_path / "plot.svg", look=Look(view=view))
    assert "lie outside the part shown." in path.read_text("utf-8")


def test_a_legend_too_long_for_the_page_says_how_many_are_missing(qapp, made, tmp_path):
    title = "A report on the credits and on their use, part {}"
    many = [made(n, 5.0, "1940", source=n, title=title.format(n)) for n in range(40)]
    svg = draw(many, tmp_path / "plot.svg").read_text("utf-8")
    listed = sum(f"part {n}</text>" in svg.replace("\n", "") for n in range(40))
    assert listed
    assert f"and {40 - listed} more" in svg


def test_an_unknown_format_is_refused(qapp, tmp_path):
    with pytest.raises(ValueError, match=r"not '\.gif'"):
        draw([], tmp_path / "plot.gif")


def test_a_place_that_cannot_be_written_is_an_error_and_not_a_silent_nothing(qapp, tmp_path):
    for name in ("a.png", "a.svg", "a.pdf"):
        with pytest.raises(OSError, match="missing"):
            draw([], tmp_path / "missing" / name)


def test_it_works_in_a_process_without_window_or_application(tmp_path):
    code = (
        "from db.records import Figure, KeptFigure\n"
        "from desktop.plotting.draw import draw\n"
        "figure = Figure(0, 1, 'x', 'money', 5.0, unit='USD', date='1940')\n"
        f"draw([KeptFigure(1, 1, 'A', 1, 'proposed', figure)], {str(tmp_path / 'a.svg')!r})\n"
    )
    surroundings = {
        name: value
        for name, value in os.environ.items()
        if name not in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    }
    subprocess.run([sys.executable, "-c", code], check=True, env=surroundings, timeout=60)
    assert "1 figure (USD)" in (tmp_path / "a.svg").read_text("utf-8")
