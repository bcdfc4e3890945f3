"""What Qt needs of a Linux system, looked for before Qt aborts with a trace of the loader."""

import ctypes
import os
import sys
from collections.abc import Mapping

# soname -> Debian's package; tests/desktop/test_system_libraries.py holds the README to this list.
ALWAYS = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libbrotlidec.so.1": "libbrotli1",
}
UNDER_X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
UNDER_WAYLAND = {"libwayland-cursor.so.0": "libwayland-cursor0"}


def missing(environment: Mapping[str, str] | None = None) -> list[str]:
    """The packages a window needs and this system lacks; empty off Linux."""
    if not sys.platform.startswith("linux"):
        return []
    return [package for soname, package in wanted(environment).items() if not _loads(soname)]


def has_screen(environment: Mapping[str, str] | None = None) -> bool:
    """Whether there is anything a window could be shown on."""
    environment = os.environ if environment is None else environment
    if not sys.platform.startswith("linux"):
        return True
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(environment.get(name) for name in named)


def wanted(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """The libraries needed where a window is about to be shown, by their sonames."""
    environment = os.environ if environment is None else environment
    platform = environment.get("QT_QPA_PLATFORM", "").split(":")[0]
    wayland = platform == "wayland" or (not platform and bool(environment.get("WAYLAND_DISPLAY")))
    if wayland:
        return ALWAYS | UNDER_WAYLAND
    if platform in ("", "xcb"):
        return ALWAYS | UNDER_X11
    return dict(ALWAYS)


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True
