from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton

from desktop.actions import COMMANDS, MENUS, TOOLBAR
from desktop.panels.welcome import Welcome


def test_no_key_is_used_twice(qapp):
    keys = [QKeySequence(key).toString() for command in COMMANDS for key in command.keys]
    assert all(keys)
    assert sorted(keys) == sorted(set(keys))


def test_no_id_is_used_twice():
    ids = [command.id for command in COMMANDS]
    assert sorted(ids) == sorted(set(ids))


def test_every_command_stands_in_a_menu_that_exists():
    assert {command.menu for command in COMMANDS} == {name for name, _ in MENUS}
    assert set(TOOLBAR) - {""} <= {command.id for command in COMMANDS}


def test_no_letter_is_underlined_twice_in_a_menu():
    for menu, _ in MENUS:
        letters = [
            command.text[command.text.index("&") + 1].lower()
            for command in COMMANDS
            if command.menu == menu and "&" in command.text
        ]
        assert sorted(letters) == sorted(set(letters)), menu


def test_no_letter_of_the_welcome_page_is_one_of_the_menu_bar(qtbot, settings):
    # Alt with the letter would do nothing: neither of two is chosen.
    page = Welcome(settings)
    qtbot.addWidget(page)
    texts = [title for _, title in MENUS]
    texts += [button.text() for button in page.findChildren(QPushButton)]
    letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert len(letters) >= 10
    assert sorted(letters) == sorted(set(letters))


def test_the_keys_that_the_product_promises_are_there():
    keys = {key for command in COMMANDS for key in command.keys}
    promised = (
        "Ctrl+N Ctrl+O Ctrl+I Ctrl+W Ctrl+Q Ctrl+L Ctrl+F F3 Shift+F3 Alt+Left Alt+Right Ctrl+Z"
        " Ctrl+Y Ctrl+Shift+C Ctrl+K Ctrl+1 Ctrl+2 Ctrl+3 Ctrl+4 Alt+1 Alt+2 Alt+3 Alt+4 F1 F6"
        " Ctrl+,"
    )
    assert set(promised.split()) <= keys


def test_every_icon_named_is_there():
    import resources

    named = {command.icon for command in COMMANDS if command.icon}
    assert {name for name in named if not resources.path(f"icons/{name}.svg").is_file()} == set()
