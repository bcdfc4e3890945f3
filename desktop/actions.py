"""Every command once, as data: menus, tool bar, palette and the list of keys are made from it.

Long because it is one table: a command is found, and its key compared, in one place.
"""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QPalette

from desktop.icons import icon
from desktop.plain import QT_TRANSLATE_NOOP

# What must be so for a command to be available; the window says which of these hold.
ARCHIVE, WRITABLE, SOURCE, FIGURE, BACK, FORWARD, TEXT = (
    "archive", "writable", "source", "figure", "back", "forward", "text",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can ask for."""

    id: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    needs: frozenset[str] = frozenset()
    choice: str = ""  # commands of one choice are checkable, and one of them is checked
    section: bool = False  # a line above it in its menu


def _needs(*needs: str) -> frozenset[str]:
    return frozenset(needs)


MENUS: tuple[tuple[str, str], ...] = (
    ("archive", QT_TRANSLATE_NOOP("Actions", "&Archive")),
    ("edit", QT_TRANSLATE_NOOP("Actions", "&Edit")),
    ("view", QT_TRANSLATE_NOOP("Actions", "&View")),
    ("go", QT_TRANSLATE_NOOP("Actions", "&Go")),
    ("source", QT_TRANSLATE_NOOP("Actions", "&Source")),
    ("annotate", QT_TRANSLATE_NOOP("Actions", "A&nnotate")),
    ("figure", QT_TRANSLATE_NOOP("Actions", "Fig&ure")),
    ("help", QT_TRANSLATE_NOOP("Actions", "&Help")),
)

COMMANDS: tuple[Command, ...] = (
    Command("new", "archive", QT_TRANSLATE_NOOP("Actions", "&New Archive…"), ("Ctrl+N",), "new"),
    Command(
        "open",
        "archive",
        QT_TRANSLATE_NOOP("Actions", "&Open Archive…"),
        ("Ctrl+O",),
        "open",
    ),
    Command(
        "sample", "archive", QT_TRANSLATE_NOOP("Actions", "Open the &Sample Archive"), (), "archive"
    ),
    Command("sample_anew", "archive", QT_TRANSLATE_NOOP("Actions", "Make the Sample Ane&w…")),
    Command(
        "import",
        "archive",
        QT_TRANSLATE_NOOP("Actions", "&Import Files…"),
        ("Ctrl+I",),
        "import",
        _needs(ARCHIVE, WRITABLE),
        section=True,
    ),
    Command(
        "import_folder",
        "archive",
        QT_TRANSLATE_NOOP("Actions", "Import a &Folder…"),
        ("Ctrl+Shift+I",),
        "folder",
        _needs(ARCHIVE, WRITABLE),
    ),
    Command(
        "import_table",
        "archive",
        QT_TRANSLATE_NOOP("Actions", "Import by a Table…"),
        (),
        "table",
        _needs(ARCHIVE, WRITABLE),
    ),
    Command(
        "paste_source",
        "archive",
        QT_TRANSLATE_NOOP("Actions", "Paste as So&urce…"),
        ("Ctrl+Alt+V",),
        "",
        _needs(ARCHIVE, WRITABLE),
    ),
    Command(
        "watched",
        "archive",
        QT_TRANSLATE_NOOP("Actions", "Watched Folders…"),
        (),
        "",
        _needs(ARCHIVE),
    ),
    Command(
        "import_reports",
        "archive",
        QT_TRANSLATE_NOOP("Actions", "Import &Reports…"),
        (),
        "",
        _needs(ARCHIVE),
    ),
    Command(
        "extract",
        "archive",
        QT_TRANSLATE_NOOP("Actions", "Look for &Missing Figures"),
        (),
        "",
        _needs(ARCHIVE, WRITABLE),
    ),
    Command(
        "read_anew",
        "archive",
        QT_TRANSLATE_NOOP("Actions", "Read Figures &Anew…"),
        (),
        "refresh",
        _needs(ARCHIVE, WRITABLE),
    ),
    Command(
        "take_in",
        "archive",
        QT_TRANSLATE_NOOP("Actions", "Import from Another &Program…"),
        (),
        "",
        _needs(ARCHIVE, WRITABLE),
    ),
    Command(
        "export",
        "archive",
        QT_TRANSLATE_NOOP("Actions", "&Export…"),
        ("Ctrl+Shift+E",),
        "export",
        _needs(ARCHIVE),
        section=True,
    ),
    Command(
        "print",
        "archive",
        QT_TRANSLATE_NOOP("Actions", "Prin&t a Report…"),
        ("Ctrl+P",),
        "print",
        _needs(ARCHIVE),
    ),
    Command(
        "backup",
        "archive",
        QT_TRANSLATE_NOOP("Actions", "&Back Up…"),
        (),
        "copy",
        _needs(ARCHIVE),
        section=True,
    ),
    Command(
        "send_copy",
        "archive",
        QT_TRANSLATE_NOOP("Actions", "Sen&d a Copy…"),
        (),
        "",
        _needs(ARCHIVE),
    ),
    Command(
        "merge_copy",
        "archive",
        QT_TRANSLATE_NOOP("Actions", "Mer&ge a Copy…"),
        (),
        "",
        _needs(ARCHIVE, WRITABLE),
    ),
    Command(
        "check",
        "archive",
        QT_TRANSLATE_NOOP("Actions", "&Check the Archive"),
        (),
        "check",
        _needs(ARCHIVE),
    ),
    Command(
        "close",
        "archive",
        QT_TRANSLATE_NOOP("Actions", "C&lose Archive"),
        ("Ctrl+W",),
        "close",
        _needs(ARCHIVE),
        section=True,
    ),
    Command("quit", "archive", QT_TRANSLATE_NOOP("Actions", "&Quit"), ("Ctrl+Q",), ""),
    Command(
        "undo",
        "edit",
        QT_TRANSLATE_NOOP("Actions", "&Undo"),
        ("Ctrl+Z",),
        "undo",
        _needs(ARCHIVE, WRITABLE),
    ),
    Command(
        "redo",
        "edit",
        QT_TRANSLATE_NOOP("Actions", "&Redo"),
        ("Ctrl+Y", "Ctrl+Shift+Z"),
        "redo",
        _needs(ARCHIVE, WRITABLE),
    ),
    Command(
        "copy_evidence",
        "edit",
        QT_TRANSLATE_NOOP("Actions", "Copy as &Evidence"),
        ("Ctrl+Shift+C",),
        "quote",
        _needs(ARCHIVE, SOURCE),
        section=True,
    ),
    Command(
        "find",
        "edit",
        QT_TRANSLATE_NOOP("Actions", "&Find in This View"),
        ("Ctrl+F",),
        "",
        _needs(ARCHIVE),
        section=True,
    ),
    Command(
        "find_next",
        "edit",
        QT_TRANSLATE_NOOP("Actions", "Find Ne&xt"),
        ("F3",),
        "",
        _needs(ARCHIVE),
    ),
    Command(
        "find_previous",
        "edit",
        QT_TRANSLATE_NOOP("Actions", "Find Pre&vious"),
        ("Shift+F3",),
        "",
        _needs(ARCHIVE),
    ),
    Command(
        "preferences",
        "edit",
        QT_TRANSLATE_NOOP("Actions", "&Preferences…"),
        ("Ctrl+,",),
        "settings",
        section=True,
    ),
    Command(
        "workspace_read",
        "view",
        QT_TRANSLATE_NOOP("Actions", "&Reading Workspace"),
        ("Alt+1",),
        "",
        _needs(ARCHIVE),
    ),
    Command(
        "workspace_find",
        "view",
        QT_TRANSLATE_NOOP("Actions", "&Finding Workspace"),
        ("Alt+2",),
        "",
        _needs(ARCHIVE),
    ),
    Command(
        "workspace_figures",
        "view",
        QT_TRANSLATE_NOOP("Actions", "Fi&gures Workspace"),
        ("Alt+5",),
        "",
        _needs(ARCHIVE),
    ),
    Command(
        "workspace_compare",
        "view",
        QT_TRANSLATE_NOOP("Actions", "&Comparing Workspace"),
        ("Alt+3",),
        "",
        _needs(ARCHIVE),
    ),
    Command(
        "workspace_plot",
        "view",
        QT_TRANSLATE_NOOP("Actions", "&Plotting Workspace"),
        ("Alt+4",),
        "",
        _needs(ARCHIVE),
    ),
    Command(
        "larger",
        "view",
        QT_TRANSLATE_NOOP("Actions", "&Larger Text"),
        ("Ctrl++", "Ctrl+="),
        "zoom-in",
        _needs(ARCHIVE),
        section=True,
    ),
    Command(
        "smaller",
        "view",
        QT_TRANSLATE_NOOP("Actions", "&Smaller Text"),
        ("Ctrl+-",),
        "zoom-out",
        _needs(ARCHIVE),
    ),
    Command(
        "usual_size",
        "view",
        QT_TRANSLATE_NOOP("Actions", "&Usual Text Size"),
        ("Ctrl+0",),
        "",
        _needs(ARCHIVE),
    ),
    Command(
        "theme_system",
        "view",
        QT_TRANSLATE_NOOP("Actions", "Colours of the S&ystem"),
        choice="theme",
        section=True,
    ),
    Command("theme_light", "view", QT_TRANSLATE_NOOP("Actions", "L&ight Colours"), choice="theme"),
    Command("theme_dark", "view", QT_TRANSLATE_NOOP("Actions", "&Dark Colours"), choice="theme"),
    Command(
        "back", "go", QT_TRANSLATE_NOOP("Actions", "&Back"), ("Alt+Left",), "back", _needs(BACK)
    ),
    Command(
        "forward",
        "go",
        QT_TRANSLATE_NOOP("Actions", "&Forward"),
        ("Alt+Right",),
        "forward",
        _needs(FORWARD),
    ),
    Command(
        "search",
        "go",
        QT_TRANSLATE_NOOP("Actions", "&Search the Archive"),
        ("Ctrl+L",),
        "search",
        _needs(ARCHIVE),
        section=True,
    ),
    Command(
        "build_search",
        "go",
        QT_TRANSLATE_NOOP("Actions", "Search &with a Form"),
        ("Ctrl+Shift+F",),
        "filter",
        _needs(ARCHIVE),
    ),
    Command(
        "save_search",
        "go",
        QT_TRANSLATE_NOOP("Actions", "Save &This Search…"),
        ("Ctrl+S",),
        "",
        _needs(ARCHIVE, WRITABLE),
    ),
    Command("palette", "go", QT_TRANSLATE_NOOP("Actions", "Find a &Command…"), ("Ctrl+K",), ""),
    Command(
        "tab_read",
        "go",
        QT_TRANSLATE_NOOP("Actions", "&Read Tab"),
        ("Ctrl+1",),
        "",
        _needs(ARCHIVE),
        section=True,
    ),
    Command(
        "tab_find",
        "go",
        QT_TRANSLATE_NOOP("Actions", "F&ind Tab"),
        ("Ctrl+2",),
        "",
        _needs(ARCHIVE),
    ),
    Command(
        "tab_figures",
        "go",
        QT_TRANSLATE_NOOP("Actions", "Fi&gures Tab"),
        ("Ctrl+3",),
        "",
        _needs(ARCHIVE),
    ),
    Command(
        "tab_compare",
        "go",
        QT_TRANSLATE_NOOP("Actions", "C&ompare Tab"),
        ("Ctrl+4",),
        "",
        _needs(ARCHIVE),
    ),
    Command(
        "tab_plot",
        "go",
        QT_TRANSLATE_NOOP("Actions", "&Plot Tab"),
        ("Ctrl+5",),
        "",
        _needs(ARCHIVE),
    ),
    Command(
        "compare_with",
        "go",
        QT_TRANSLATE_NOOP("Actions", "Co&mpare with…"),
        ("Ctrl+D",),
        "compare",
        _needs(ARCHIVE, SOURCE),
    ),
    Command(
        "accounts",
        "go",
        QT_TRANSLATE_NOOP("Actions", "&Accounts of One Matter"),
        ("Ctrl+Shift+O",),
        "table",
        _needs(ARCHIVE),
    ),
    Command(
        "who_else",
        "figure",
        QT_TRANSLATE_NOOP("Actions", "Who Else Says Something on &This?"),
        ("Ctrl+Shift+D",),
        "compare",
        _needs(ARCHIVE, FIGURE),
    ),
    Command(
        "next_pane",
        "go",
        QT_TRANSLATE_NOOP("Actions", "&Next Pane"),
        ("F6",),
        "",
        _needs(ARCHIVE),
        section=True,
    ),
    Command(
        "previous_pane",
        "go",
        QT_TRANSLATE_NOOP("Actions", "Pre&vious Pane"),
        ("Shift+F6",),
        "",
        _needs(ARCHIVE),
    ),
    Command(
        "describe",
        "source",
        QT_TRANSLATE_NOOP("Actions", "&Describe Source…"),
        ("Alt+Return",),
        "edit",
        _needs(ARCHIVE, SOURCE, WRITABLE),
    ),
    Command(
        "new_source",
        "source",
        QT_TRANSLATE_NOOP("Actions", "&New Fonds, Series or File…"),
        ("Ctrl+Alt+N",),
        "folder",
        _needs(ARCHIVE, WRITABLE),
    ),
    Command(
        "map_columns",
        "source",
        QT_TRANSLATE_NOOP("Actions", "Fi&gures from Columns…"),
        ("Ctrl+Alt+G",),
        "table",
        _needs(ARCHIVE, SOURCE, WRITABLE),
    ),
    Command(
        "page",
        "source",
        QT_TRANSLATE_NOOP("Actions", "&Page of the Original"),
        ("Ctrl+Alt+P",),
        "",
        _needs(ARCHIVE),
    ),
    Command(
        "names",
        "source",
        QT_TRANSLATE_NOOP("Actions", "N&ames"),
        ("Ctrl+Alt+A",),
        "",
        _needs(ARCHIVE),
    ),
    Command(
        "accessions",
        "source",
        QT_TRANSLATE_NOOP("Actions", "Access&ions…"),
        (),
        "",
        _needs(ARCHIVE),
    ),
    Command(
        "move_source",
        "source",
        QT_TRANSLATE_NOOP("Actions", "&Move Source to…"),
        ("Ctrl+Shift+V",),
        "",
        _needs(ARCHIVE, SOURCE, WRITABLE),
        section=True,
    ),
    Command(
        "source_up",
        "source",
        QT_TRANSLATE_NOOP("Actions", "Move Source Up"),
        ("Ctrl+Shift+Up",),
        "",
        _needs(ARCHIVE, SOURCE, WRITABLE),
    ),
    Command(
        "source_down",
        "source",
        QT_TRANSLATE_NOOP("Actions", "Move Source Down"),
        ("Ctrl+Shift+Down",),
        "",
        _needs(ARCHIVE, SOURCE, WRITABLE),
    ),
    Command(
        "number_sources",
        "source",
        QT_TRANSLATE_NOOP("Actions", "Number &Reference Codes…"),
        (),
        "",
        _needs(ARCHIVE, SOURCE, WRITABLE),
    ),
    Command(
        "open_original",
        "source",
        QT_TRANSLATE_NOOP("Actions", "&Open Original"),
        ("Ctrl+Alt+O",),
        "document",
        _needs(ARCHIVE, SOURCE),
        section=True,
    ),
    Command(
        "export_original",
        "source",
        QT_TRANSLATE_NOOP("Actions", "&Export Original…"),
        (),
        "export",
        _needs(ARCHIVE, SOURCE),
    ),
    Command(
        "check_originals",
        "source",
        QT_TRANSLATE_NOOP("Actions", "&Check Originals…"),
        (),
        "check",
        _needs(ARCHIVE),
    ),
    Command(
        "remove_source",
        "source",
        QT_TRANSLATE_NOOP("Actions", "Move Source to the &Bin…"),
        ("Ctrl+Shift+Delete",),
        "bin",
        _needs(ARCHIVE, SOURCE, WRITABLE),
        section=True,
    ),
    Command(
        "bin",
        "source",
        QT_TRANSLATE_NOOP("Actions", "Re&store from the Bin…"),
        (),
        "",
        _needs(ARCHIVE),
    ),
    Command(
        "annotate_highlight",
        "annotate",
        QT_TRANSLATE_NOOP("Actions", "&Highlight"),
        ("Ctrl+E",),
        "highlight",
        _needs(TEXT, WRITABLE),
    ),
    Command(
        "annotate_note",
        "annotate",
        QT_TRANSLATE_NOOP("Actions", "&Note…"),
        ("Ctrl+M",),
        "note",
        _needs(TEXT, WRITABLE),
    ),
    Command(
        "annotate_tag",
        "annotate",
        QT_TRANSLATE_NOOP("Actions", "&Tag…"),
        ("Ctrl+T",),
        "tag",
        _needs(TEXT, WRITABLE),
    ),
    Command(
        "annotate_tag_again",
        "annotate",
        QT_TRANSLATE_NOOP("Actions", "Tag A&gain"),
        ("Ctrl+R",),
        "",
        _needs(TEXT, WRITABLE),
    ),
    Command(
        "annotate_bookmark",
        "annotate",
        QT_TRANSLATE_NOOP("Actions", "&Bookmark"),
        ("Ctrl+B",),
        "",
        _needs(TEXT, WRITABLE),
    ),
    Command(
        "annotate_link",
        "annotate",
        QT_TRANSLATE_NOOP("Actions", "&Link…"),
        ("Ctrl+Shift+L",),
        "link",
        _needs(TEXT, WRITABLE),
    ),
    Command(
        "annotate_remove",
        "annotate",
        QT_TRANSLATE_NOOP("Actions", "&Remove Annotation"),
        ("Ctrl+Shift+Backspace",),
        "",
        _needs(TEXT, WRITABLE),
        section=True,
    ),
    Command(
        "annotations",
        "annotate",
        QT_TRANSLATE_NOOP("Actions", "&Annotations"),
        ("Ctrl+Shift+A",),
        "annotation",
        _needs(ARCHIVE),
        section=True,
    ),
    Command(
        "tags",
        "annotate",
        QT_TRANSLATE_NOOP("Actions", "Tags &Panel"),
        ("Ctrl+Shift+T",),
        "tag",
        _needs(ARCHIVE),
    ),
    Command(
        "notes",
        "annotate",
        QT_TRANSLATE_NOOP("Actions", "Notes and &Journal"),
        ("Ctrl+Shift+M",),
        "note",
        _needs(ARCHIVE),
    ),
    Command(
        "links",
        "annotate",
        QT_TRANSLATE_NOOP("Actions", "L&inks Panel"),
        (),
        "link",
        _needs(ARCHIVE),
    ),
    Command(
        "shelf",
        "annotate",
        QT_TRANSLATE_NOOP("Actions", "&Orphan Shelf"),
        (),
        "bin",
        _needs(ARCHIVE),
    ),
    Command(
        "edit_text",
        "annotate",
        QT_TRANSLATE_NOOP("Actions", "&Correct the Text…"),
        (),
        "edit",
        _needs(TEXT, WRITABLE),
        section=True,
    ),
    Command(
        "next_figure",
        "figure",
        QT_TRANSLATE_NOOP("Actions", "&Next Figure in the Text"),
        ("F8",),
        "",
        _needs(TEXT),
    ),
    Command(
        "previous_figure",
        "figure",
        QT_TRANSLATE_NOOP("Actions", "&Previous Figure in the Text"),
        ("Shift+F8",),
        "",
        _needs(TEXT),
    ),
    Command(
        "show_in_text",
        "figure",
        QT_TRANSLATE_NOOP("Actions", "&Show in the Text"),
        (),
        "book",
        _needs(FIGURE),
    ),
    Command(
        "accept",
        "figure",
        QT_TRANSLATE_NOOP("Actions", "&Accept Figure"),
        ("Ctrl+Return",),
        "accept",
        _needs(FIGURE, WRITABLE),
        section=True,
    ),
    Command(
        "reject",
        "figure",
        QT_TRANSLATE_NOOP("Actions", "&Reject Figure"),
        ("Ctrl+Backspace",),
        "reject",
        _needs(FIGURE, WRITABLE),
    ),
    Command(
        "propose",
        "figure",
        QT_TRANSLATE_NOOP("Actions", "&Leave Undecided"),
        (),
        "skip",
        _needs(FIGURE, WRITABLE),
    ),
    Command(
        "edit_figure",
        "figure",
        QT_TRANSLATE_NOOP("Actions", "&Edit Figure…"),
        ("F2",),
        "edit",
        _needs(FIGURE, WRITABLE),
        section=True,
    ),
    Command(
        "new_figure",
        "figure",
        QT_TRANSLATE_NOOP("Actions", "Ne&w Figure from the Selected Words…"),
        ("Ctrl+Shift+N",),
        "new",
        _needs(TEXT, WRITABLE),
    ),
    Command(
        "review",
        "figure",
        QT_TRANSLATE_NOOP("Actions", "Re&view Figures"),
        ("F4",),
        "review",
        _needs(ARCHIVE),
        section=True,
    ),
    Command(
        "findings",
        "figure",
        QT_TRANSLATE_NOOP("Actions", "Fin&dings"),
        ("F9",),
        "findings",
        _needs(ARCHIVE),
    ),
    Command(
        "series",
        "figure",
        QT_TRANSLATE_NOOP("Actions", "Ser&ies"),
        ("Shift+F4",),
        "series",
        _needs(ARCHIVE),
    ),
    Command(
        "history",
        "view",
        QT_TRANSLATE_NOOP("Actions", "&History"),
        ("Ctrl+H",),
        "history",
        _needs(ARCHIVE),
        section=True,
    ),
    Command("help", "help", QT_TRANSLATE_NOOP("Actions", "&Help"), ("F1",), "help"),
    Command("keys", "help", QT_TRANSLATE_NOOP("Actions", "&Keys")),
    Command(
        "about", "help", QT_TRANSLATE_NOOP("Actions", "&About Muniment"), (), "info", section=True
    ),
)

TOOLBAR = (
    "back",
    "forward",
    "",
    "import",
    "search",
    "",
    "undo",
    "redo",
    "",
    "review",
    "copy_evidence",
)


def spoken(command: Command) -> str:
    """The command's text as a person reads it: translated, without & and …."""
    text = QCoreApplication.translate("Actions", command.text)
    return text.replace("&", "").rstrip("…")


class Actions(QObject):
    """The QActions made from COMMANDS; says which was chosen, not what it does."""

    chosen = Signal(str)  # the command's id

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        for command in COMMANDS:
            action = QAction(QCoreApplication.translate("Actions", command.text), self)
            action.setObjectName(command.id)
            action.setShortcuts([QKeySequence(key) for key in command.keys])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setToolTip(_with_key(command))
            # Rich text must not slip in through a status tip either.
            action.setStatusTip("")
            if command.choice:
                group = self._groups.setdefault(command.choice, QActionGroup(self))
                action.setCheckable(True)
                group.addAction(action)
            action.triggered.connect(partial(self._choose, command.id))
            self._actions[command.id] = action

    def __getitem__(self, command_id: str) -> QAction:
        return self._actions[command_id]

    def _choose(self, command_id: str, _checked: bool = False) -> None:
        self.chosen.emit(command_id)

    def paint(self, palette: QPalette) -> None:
        """Draw the icons in the palette's colours."""
        for command in COMMANDS:
            if command.icon:
                self._actions[command.id].setIcon(icon(command.icon, palette))

    def enable(self, holding: frozenset[str]) -> None:
        """Make available what can be done while `holding` holds."""
        for command in COMMANDS:
            self._actions[command.id].setEnabled(command.needs <= holding)


def _with_key(command: Command) -> str:
    name = spoken(command)
    return f"{name} ({_native(command.keys[0])})" if command.keys else name


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def native_keys(command: Command) -> str:
    """The command's keys as this system writes them."""
    return ", ".join(_native(key) for key in command.keys)
