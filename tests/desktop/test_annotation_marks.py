"""Marks in a text: overlapping ones stay readable, and only what is seen is marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication

from db.records import Annotation, Passage, Span, Tag, Target
from desktop import annotation_marks, mark_colours, theme
from desktop.text_view import Shown, TextView


def annotation(number, start, end, **fields):
    target = Target(source_id=1, start=start, end=end)
    return Annotation(number, str(number), fields.pop("kind", "highlight"), target, **fields)


SPANS = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 30)), max_size=10)


@given(SPANS, st.integers(0, 40), st.integers(0, 40))
def test_stretches_cover_what_is_annotated_once_and_no_more(spans, start, width):
    marked = [annotation(n, a, a + w) for n, (a, w) in enumerate(spans)]
    seen = Span(start, start + width)
    found = annotation_marks.stretches(annotation_marks.Ordered(marked), seen)
    for at in range(120):
        here = [each for each in found if each.start <= at < each.end]
        over = (
            {each.id for each in marked if each.target.start <= at < each.target.end}
            if seen.start <= at < seen.end
            else set()
        )
        assert len(here) == (1 if over else 0)
        assert {each.id for stretch in here for each in stretch.over} == over


@given(SPANS)
def test_no_two_that_touch_share_a_lane_but_the_last(spans):
    marked = [annotation(n, a, a + w) for n, (a, w) in enumerate(spans)]
    lanes = annotation_marks.lanes(marked)
    for one in marked:
        for other in marked:
            apart = one.target.end <= other.target.start or other.target.end <= one.target.start
            if one.id != other.id and not apart and lanes[one.id] < annotation_marks.MOST_LANES - 1:
                assert lanes[one.id] != lanes[other.id]


def test_overlapping_marks_are_told_by_a_line_and_not_by_colour_alone(qapp):
    marked = [annotation(1, 0, 20, colour="yellow"), annotation(2, 5, 10, colour="blue")]
    looks = [
        annotation_marks.look(each, {}, theme.palette(dark=False))
        for each in annotation_marks.stretches(annotation_marks.Ordered(marked), Span(0, 30))
    ]
    assert [look.fontOverline() for look in looks] == [False, True, False]
    assert looks[1].background().color() != looks[0].background().color()


def test_a_mark_takes_the_colour_of_its_tag_or_of_the_tag_above(qapp):
    tags = {1: Tag(1, "a", None, "top", colour="red"), 2: Tag(2, "b", 1, "low", letter="l")}
    marked = annotation(1, 0, 5, tag_ids=(2,))
    assert annotation_marks.colour(marked, tags) == "red"
    assert annotation_marks.sign(marked, tags) == "l"
    assert "# low" in annotation_marks.card([marked], tags)


def contrast(one, other):
    def light(colour):
        parts = [
            c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
            for c in (colour.redF(), colour.greenF(), colour.blueF())
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("colour", mark_colours.COLOURS)
def test_words_on_every_ground_and_bars_beside_the_paper_can_be_seen(qapp, dark, colour):
    palette = theme.palette(dark)
    assert contrast(palette.text().color(), mark_colours.ground(colour, palette)) >= 6.5
    assert contrast(palette.base().color(), mark_colours.ink(colour, palette)) >= 3
    for other in mark_colours.COLOURS:
        one, two = (mark_colours.ground(each, palette) for each in (colour, other))
        assert contrast(palette.text().color(), mark_colours.mixed(one, two, 0.6)) >= 6.5


def test_of_twenty_thousand_annotations_only_what_is_on_screen_is_marked(qtbot):
    line = "The mill sent thirty barrels down to the quay on a wet day.\n\n"
    text = line * 17_000
    passages = tuple(
        Passage(n, 1, n, n * len(line), (n + 1) * len(line) - 2, "paragraph", None, line.strip())
        for n in range(4_000)
    )
    shown = text[: 4_000 * len(line)]
    view = TextView()
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show()
    qtbot.waitExposed(view)
    asked = []

    def answer(span):
        asked.append(span)
        low, high = span.start // 50, span.end // 50 + 1
        view.show_annotations([annotation(n, n * 50, n * 50 + 40) for n in range(low, high)], {})

    view.annotations_wanted.connect(answer)
    view.show_text(Shown(shown, 0, passages))
    for place in (0, 100_000, 200_000):
        view.go_to(Span(place, place + 5), flash=False)
        seen = view.visible_span()
        assert 10 < view.visible_marks() <= (seen.end - seen.start) // 50 + 2
    assert all(span.end - span.start < 20_000 for span in asked)
    assert len(asked) <= 8
    assert QGuiApplication.instance() is not None


def test_in_a_source_of_one_megabyte_the_reader_marks_only_what_is_on_screen(
    qtbot, settings, tmp_path
):
    from db import annotations
    from db.archive import Archive
    from desktop.panels.reader import Reader
    from desktop.selection import Selected
    from desktop.session import Session
    from tests.db.annotated_archive import add_source

    text = "The mill sent thirty barrels down to the quay on a wet day.\n\n" * 17_000
    with Archive.create(tmp_path / "a.muniment") as archive:
        source_id, _ = add_source(archive, "Long", text)
        step = len(text) // 20_000
        targets = [
            Target(source_id=source_id, start=at * step, end=at * step + 30) for at in range(20_000)
        ]
        annotations.add_many(archive, "highlight", targets, colour="green")
    session = Session(settings)
    reader = Reader(session)
    qtbot.addWidget(reader)
    reader.resize(900, 700)
    reader.show()
    session.open(tmp_path / "a.muniment", lambda error: None)
    qtbot.waitUntil(session.is_open, timeout=10_000)
    for place in (0, 500_000, 1_000_000):
        reader.show_place(Selected(source_id=source_id, span=Span(place, place + 5)))
        qtbot.waitUntil(lambda: reader._text.visible_marks() > 10, timeout=10_000)
        seen = reader._text.visible_span()
        assert reader._text.visible_marks() <= 2 * (seen.end - seen.start) // step + 4
        assert len(reader._text._annotations) < 600
    qtbot.waitUntil(lambda: session.jobs.running() == 0, timeout=10_000)
    assert session.jobs.stop()
    session.close()
