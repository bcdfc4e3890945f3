"""Preferences say where a person's own words lie, and which line of them cannot be used."""

from db import known
from desktop.panels.about import Preferences
from desktop.plain import Label


def told(dialog):
    return "\n".join(label.text() for label in dialog.findChildren(Label))


def test_the_place_of_own_words_is_named_and_a_bad_line_by_its_number(qtbot, settings, window):
    folder = known.folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lexicon.csv").write_text(
        "language,unit,kind,words\nen,keg,count,keg; kegs\nxx,catty,mass,catty\n", "utf-8"
    )
    dialog = Preferences(settings, window)
    said = told(dialog)
    assert "lexicon.csv" in said
    assert "1 line in use" in said
    assert "Line 3" in said
    dialog.close()


def test_the_searches_made_before_are_forgotten_when_asked_for(qtbot, settings, window):
    settings.add_search("cannery")
    dialog = Preferences(settings, window)
    dialog.forget_searches.click()
    assert settings.searches == []
    assert not dialog.forget_searches.isEnabled()
    dialog.close()


def test_the_languages_of_scans_are_kept(qtbot, settings, window):
    dialog = Preferences(settings, window)
    dialog.scan_languages.setText(" eng+deu ")
    dialog.scan_languages.editingFinished.emit()
    assert settings.scan_languages == "eng+deu"
    dialog.close()
