from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.positions import Positions, cuts, to_qt, with_cuts

texts = st.text(alphabet="ab \n€界𝟙🚜𠀋", max_size=60)


@settings(max_examples=200)
@given(texts, st.data())
def test_a_code_point_goes_to_qt_and_comes_back(text, data):
    at = data.draw(st.integers(0, len(text)))
    unit = Positions(text).to_qt(at)
    assert unit == len(text[:at].encode("utf-16-le")) // 2
    assert unit == to_qt(text, at)
    assert Positions(text).to_text(unit) == at


def test_half_of_a_pair_counts_as_its_start():
    assert Positions("a🚜b").to_text(2) == 1


def test_qt_agrees_on_every_position(qapp):
    from PySide6.QtGui import QTextCursor, QTextDocument

    text = "𠀋 a🚜\n1,300 tanks 𝟙𝟚 €5"
    document = QTextDocument()
    document.setPlainText(text)
    where = Positions(text)
    for start in range(len(text)):
        cursor = QTextCursor(document)
        cursor.setPosition(where.to_qt(start))
        cursor.setPosition(where.to_qt(start + 1), QTextCursor.MoveMode.KeepAnchor)
        assert cursor.selectedText().replace("\u2029", "\n") == text[start]


@settings(max_examples=200)
@given(texts.filter(len), st.data())
def test_the_map_holds_where_the_shown_text_has_lines_of_its_own(text, data):
    at = sorted(data.draw(st.sets(st.integers(1, len(text)), max_size=5)) - {len(text)})
    shown = with_cuts(text, at)
    where = Positions(text, at)
    encoded = shown.encode("utf-16-le")
    for n, character in enumerate(text):
        assert where.to_text(where.to_qt(n)) == n
        units = encoded[2 * where.to_qt(n) : 2 * where.to_qt(n + 1)].decode("utf-16-le")
        # A cut lies before its character, so the slice may begin with the line end it adds.
        assert units.removeprefix("\n" if n in at else "") == character


def test_long_runs_and_passages_of_one_line_are_cut():
    text = "one two " + "x" * 2500 + "\nthree"
    at = cuts(text, [0, 4, text.index("three")])
    assert at == [4, 1008, 2008]
    assert max(len(line) for line in with_cuts(text, at).split("\n")) <= 1004
