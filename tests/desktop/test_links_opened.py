"""A copied link opens its archive at the words it means."""

from click.testing import CliRunner

from db import sources, stable_link
from db.archive import Archive
from db.records import Span
from desktop.command_line import cli


def test_the_window_opens_at_the_words_of_a_link(window, harbour, qtbot, idle):
    with Archive.open(harbour) as archive:
        found = next(each for each in sources.all(archive) if each.file_name == "letter.txt")
        text = sources.text(archive, found.id)
        at = text.index("14 of them")
        link = str(stable_link.of(archive, found.id, Span(at, at + 10)))
    window.follow_when_open(link)
    window.open_archive(harbour)
    qtbot.waitUntil(lambda: window.session.selection.now.span is not None, timeout=10_000)
    idle(window)
    assert window.desk.tab() == "read"
    reader = window.desk.reader
    assert reader.source().id == found.id
    assert reader._text.caret() in (at, at + 10)


def test_a_link_to_an_archive_not_known_here_is_one_sentence():
    link = f"muniment:{'1' * 8}-1111-4111-8111-{'1' * 12}/{'2' * 8}-2222-4222-8222-{'2' * 12}/1"
    done = CliRunner().invoke(cli, ["open", link])
    assert done.exit_code == 1
    assert "is not known on this computer" in done.output
    done = CliRunner().invoke(cli, ["open", "muniment:nonsense"])
    assert done.exit_code == 1
    assert "is not a link" in done.output
