from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.positions import Positions, to_qt

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
