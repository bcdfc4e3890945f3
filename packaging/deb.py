"""The .deb and what it puts beside the program: menu entry, file type, icons, metadata."""

import gzip
import os
import shutil
import subprocess
from pathlib import Path

import project
from project import COMMAND, HERE, IDENTIFIER

# What a frozen program cannot bring along, because it must fit the system's screen, fonts and
# drivers. Each was found missing by running in an empty Debian.
DEPENDS = (
    "libc6 (>= 2.36)",
    "libgl1",
    "libegl1",
    "libglib2.0-0t64 | libglib2.0-0",
    "libdbus-1-3",
    "libfontconfig1",
    "libfreetype6",
    "libbrotli1",
    "libxkbcommon0",
    "libx11-6",
    "libx11-xcb1",
    "libxcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-shm0",
    "libxcb-sync1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libwayland-client0",
    "libwayland-cursor0",
    "libwayland-egl1",
    "fonts-dejavu-core | fonts-noto-core | fonts-liberation",
)
RECOMMENDS = (
    "desktop-file-utils",
    "shared-mime-info",
    "hicolor-icon-theme",
    # The sample has Chinese letters, and no other font has those.
    "fonts-noto-cjk | fonts-droid-fallback | fonts-wqy-zenhei",
)
SUGGESTS = ("tesseract-ocr",)


def tree(frozen: Path, icons: Path, licences: Path, into: Path) -> None:
    """Everything as it lies on a system, except DEBIAN/."""
    shutil.rmtree(into, ignore_errors=True)
    shutil.copytree(frozen, into / "usr/lib" / COMMAND, symlinks=True)
    (into / "usr/bin").mkdir(parents=True)
    (into / "usr/bin" / COMMAND).symlink_to(f"/usr/lib/{COMMAND}/{COMMAND}")
    integration(icons, into / "usr/share")
    documents = into / "usr/share/doc" / COMMAND
    documents.mkdir(parents=True)
    third = (licences / "THIRD-PARTY.txt").read_text(encoding="utf-8")
    text = project.filled(HERE / "linux/copyright", THIRD_PARTY=_indented(third))
    (documents / "copyright").write_text(text, encoding="utf-8")
    entry = project.filled(HERE / "linux/changelog", WHEN=_rfc_date())
    (documents / "changelog.gz").write_bytes(gzip.compress(entry.encode(), 9, mtime=0))
    manual = into / "usr/share/man/man1"
    manual.mkdir(parents=True)
    page = project.filled(HERE / "linux/muniment.1").encode()
    (manual / f"{COMMAND}.1.gz").write_bytes(gzip.compress(page, 9, mtime=0))
    lintian = into / "usr/share/lintian/overrides"
    lintian.mkdir(parents=True)
    shutil.copyfile(HERE / "linux/lintian-overrides", lintian / COMMAND)


def integration(icons: Path, share: Path) -> None:
    """Menu entry, file type, icons and metadata under a share folder, for every Linux package."""
    for template, place in (
        ("muniment.desktop", f"applications/{IDENTIFIER}.desktop"),
        ("mime.xml", f"mime/packages/{IDENTIFIER}.xml"),
        ("metainfo.xml", f"metainfo/{IDENTIFIER}.metainfo.xml"),
    ):
        target = share / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(project.filled(HERE / "linux" / template), encoding="utf-8")
    type_icon = project.MEDIA_TYPE.replace("/", "-")
    for drawing, kind, name in (
        ("muniment", "apps", IDENTIFIER),
        ("document", "mimetypes", type_icon),
    ):
        scalable = share / "icons/hicolor/scalable" / kind / f"{name}.svg"
        scalable.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(project.ROOT / "resources/icons" / f"{drawing}.svg", scalable)
        for size in (48, 128, 256):
            fixed = share / f"icons/hicolor/{size}x{size}" / kind / f"{name}.png"
            fixed.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(icons / f"{drawing}-{size}.png", fixed)


def pack(root: Path, into: Path, *, quick: bool) -> Path:
    """The .deb of a tree."""
    architecture = {"x86_64": "amd64", "aarch64": "arm64"}[os.uname().machine]
    installed = sum(f.stat().st_size for f in root.rglob("*") if f.is_file() and not f.is_symlink())
    control = project.filled(
        HERE / "linux/control",
        ARCHITECTURE=architecture,
        INSTALLED=str(installed // 1024),
        DEPENDS=", ".join(DEPENDS),
        RECOMMENDS=", ".join(RECOMMENDS),
        SUGGESTS=", ".join(SUGGESTS),
    )
    debian = root / "DEBIAN"
    debian.mkdir()
    (debian / "control").write_text(control, encoding="utf-8")
    _sums(root, debian / "md5sums")
    for each in [root, *root.rglob("*")]:
        if not each.is_symlink():
            runs = each.is_dir() or (each.stat().st_mode & 0o100 and ".so" not in each.name)
            each.chmod(0o755 if runs else 0o644)
    made = into / f"{COMMAND}_{project.version()}_{architecture}.deb"
    level = ["-Zgzip", "-z1"] if quick else ["-Zxz", "-z6"]
    command = ["dpkg-deb", "--root-owner-group", *level, "--build", str(root), str(made)]
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(project.epoch())}
    subprocess.run(command, check=True, env=environment)
    return made


def _sums(root: Path, into: Path) -> None:
    import hashlib

    lines = []
    for file in sorted(root.rglob("*")):
        if file.is_file() and not file.is_symlink() and file.parent.name != "DEBIAN":
            digest = hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()
            lines.append(f"{digest}  {file.relative_to(root)}\n")
    into.write_text("".join(lines), encoding="utf-8")


def _indented(text: str) -> str:
    return "\n".join(f" {line}" if line.strip() else " ." for line in text.rstrip().split("\n"))


def _rfc_date() -> str:
    from email.utils import formatdate

    return formatdate(project.epoch())
