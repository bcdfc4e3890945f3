"""What is left out of the frozen program, each with the reason; the README's table is this list."""

import re
from pathlib import Path

# (what, a pattern of paths inside the program's folder, why)
OF_QT = (
    ("QtQml, QtQuick and their plugins", r"Qt6?(Qml|Quick|Labs)|/qml/|/qmltooling/",
     "the window is made of widgets"),
    ("QtSql and its drivers", r"Qt6?Sql|/sqldrivers/",
     "a second SQLite in the process drops the locks of the first"),
    ("QtDesigner, QtHelp, QtUiTools, QtTest", r"Qt6?(Designer|Help|UiTools|Test)\b(?!/)",
     "tools of developers"),
    ("QtPdf", r"Qt6?Pdf|/imageformats/.*qpdf", "its library is not in the wheel"),
    ("the virtual keyboard", r"VirtualKeyboard|/virtualkeyboard/", "needs QtQuick"),
    ("Vulkan, framebuffer, VNC and minimal platforms",
     r"/platforms/.*q(eglfs|linuxfb|minimal|minimalegl|vkkhrdisplay|vnc|direct2d)\b|EglFS|EglFs",
     "no desktop uses them; offscreen stays, drawing without a window needs it"),
    ("egldeviceintegrations", r"/egldeviceintegrations/", "for devices without a desktop"),
    ("the GTK theme", r"/platformthemes/.*qgtk3", "brings GTK along; the style is our own"),
    ("TLS, networkinformation", r"/(tls|networkinformation)/", "the program never uses a network"),
    ("touch and tablet drivers", r"/generic/", "for devices without a desktop"),
    ("icns, tga, wbmp, vector image formats", r"/imageformats/.*q(icns|tga|wbmp)\b|/vectorimageformats/",
     "no source has such pictures"),
    ("Wayland's server side", r"WaylandCompositor|/wayland-graphics-integration-server/",
     "for compositors"),
    ("the software OpenGL of Windows", r"opengl32sw\.dll", "20 MB; widgets draw without it"),
    ("Qt's words in languages the program does not speak",
     r"/translations/(?!qtbase_(de|fr|ru|zh_CN|zh_TW)\.qm)", "6 MB"),
)  # fmt: skip

# Of a Linux system's own libraries only these come along, which Python's modules need in the
# version they were built with. All others must fit the system's fonts, themes and drivers (an old
# libstdc++ beside a new Mesa keeps its drivers from loading): the .deb declares what brings them.
OF_LINUX_TAKEN = r"lib(python3\.\d+|sqlite3|crypto|ffi|bz2|lzma|uuid)\.so"

MODULES = (
    "tkinter", "test", "lib2to3", "ensurepip", "idlelib",
    "pip", "setuptools", "pkg_resources", "wheel", "pygments", "IPython", "matplotlib",
    "pyqtgraph.examples", "pyqtgraph.opengl", "pyqtgraph.jupyter",
    "numpy.f2py", "numpy.distutils",
    "PySide6.QtSql", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtHelp", "PySide6.QtDesigner",
    "PySide6.QtUiTools", "PySide6.QtTest", "PySide6.QtPdf",
    "ssl", "_ssl", "pysqlite3", "apsw", "sqlean", "pytest", "hypothesis",
)  # fmt: skip

_QT = [re.compile(pattern) for _, pattern, _ in OF_QT]
_TAKEN = re.compile(rf"^/?{OF_LINUX_TAKEN}")


def is_left_out(destination: str, source: str = "") -> bool:
    """Whether a file from `source` that would lie at `destination` in the folder stays behind."""
    path = "/" + destination.replace("\\", "/")
    if any(pattern.search(path) for pattern in _QT):
        return True
    of_system = source.startswith(("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/"))
    if of_system and "/lib-dynload/" not in source and ".so" in path:
        return not _TAKEN.search(Path(path).name)
    return False
